//! What a batch was checked against: the versions, generations and owners that the database holds, and over them what
//! earlier units of the same batch will have made of them.

use super::Db;
use crate::failure::Failure;
use crate::rows::{self, get};
use crate::value::Key;
use kernel::id::{RunId, WorkspaceId};
use kernel::run::Status;
use std::collections::{BTreeMap, HashMap};
use store::journal::{CallRow, Lease, Unit};
use tokio_postgres::Row;

pub struct FoundCall {
    pub version: u64,
    pub id: [u8; 16],
    pub workspace: WorkspaceId,
    pub status: Option<String>,
    /// The row of this version, where another one was expected.
    pub row: Option<Box<CallRow>>,
}

#[derive(Clone, Copy)]
pub struct FoundRun {
    pub version: u64,
    pub status: Status,
    pub workspace: WorkspaceId,
}

#[derive(Default)]
pub struct Found {
    calls: HashMap<[u8; 16], FoundCall>,
    generations: HashMap<WorkspaceId, u64>,
    runs: HashMap<RunId, FoundRun>,
    holders: HashMap<u16, Lease>,
}

impl Found {
    /// Opens the transaction and reads all of it, in one round trip.
    pub async fn read(db: &Db, units: &[&Unit]) -> Result<Self, Failure> {
        let puts = units.iter().flat_map(|unit| &unit.calls);
        let expected: BTreeMap<Key, Option<i64>> = puts
            .rev()
            .map(|put| (Key(put.row.key), put.expect.map(|version| version as i64)))
            .collect();
        let (calls, expected): (Vec<Key>, Vec<Option<i64>>) = expected.into_iter().unzip();
        let workspaces = set(units
            .iter()
            .flat_map(|u| &u.matched_with)
            .map(|m| m.0.into()));
        let runs = set(units
            .iter()
            .flat_map(|u| &u.advanced)
            .map(|a| Key::from(a.id)));
        let parts: Vec<i16> = runs
            .iter()
            .map(|key| RunId::from_bytes(key.0).part() as i16)
            .collect();
        let mut nodes: Vec<&str> = units
            .iter()
            .filter(|unit| !unit.advanced.is_empty())
            .filter_map(|unit| unit.lease.as_ref())
            .map(|lease| lease.node.as_str())
            .collect();
        nodes.sort_unstable();
        nodes.dedup();
        let (client, hot) = (&db.link.client, &db.hot);
        let none = || Vec::<Row>::new();
        let (_, calls, generations, runs) = db
            .link
            .bounded(async {
                tokio::try_join!(
                biased;
                        client.execute(&hot.begin, &[]),
                        async {
                            match calls.is_empty() {
                                true => Ok(none()),
                                false => client.query(&hot.call_version, &[&calls, &expected]).await,
                            }
                        },
                        async {
                            match workspaces.is_empty() {
                                true => Ok(none()),
                                false => client.query(&hot.generation, &[&workspaces]).await,
                            }
                        },
                        async {
                            match runs.is_empty() {
                                true => Ok(none()),
                                false => {
                                    let params = [&runs as _, &parts as _, &nodes as _];
                                    client.query(&hot.run_version, &params).await
                                }
                            }
                        },
                    )
            })
            .await?;
        let mut found = Self::default();
        calls.iter().try_for_each(|row| found.add_call(row))?;
        generations
            .iter()
            .try_for_each(|row| found.add_generation(row))?;
        runs.iter().try_for_each(|row| found.add_run(row))?;
        Ok(found)
    }

    fn add_call(&mut self, row: &Row) -> Result<(), Failure> {
        let is_unexpected: bool = get(row, 20)?;
        let call = FoundCall {
            version: rows::number(row, 3)?,
            id: rows::key(row, 0)?,
            workspace: rows::id(row, 2)?,
            status: rows::some_text(row, 12)?,
            row: match is_unexpected {
                true => Some(Box::new(rows::call(row)?)),
                false => None,
            },
        };
        self.calls.insert(rows::key(row, 1)?, call);
        Ok(())
    }

    fn add_generation(&mut self, row: &Row) -> Result<(), Failure> {
        self.generations
            .insert(rows::id(row, 0)?, rows::number(row, 1)?);
        Ok(())
    }

    fn add_run(&mut self, row: &Row) -> Result<(), Failure> {
        let id: RunId = rows::id(row, 0)?;
        if let Some(version) = get::<Option<i64>>(row, 1)? {
            let run = FoundRun {
                version: version as u64,
                status: rows::status_of(row, 2)?,
                workspace: rows::id(row, 3)?,
            };
            self.runs.insert(id, run);
        }
        if let Some(node) = get::<Option<String>>(row, 4)? {
            let epoch = rows::number(row, 5)?;
            self.holders.insert(id.part(), Lease { node, epoch });
        }
        Ok(())
    }

    pub fn call(&self, key: [u8; 16]) -> Option<&FoundCall> {
        self.calls.get(&key)
    }

    pub fn put_call(&mut self, key: [u8; 16], call: FoundCall) -> Option<FoundCall> {
        self.calls.insert(key, call)
    }

    pub fn generation(&self, workspace: WorkspaceId) -> u64 {
        self.generations.get(&workspace).copied().unwrap_or(0)
    }

    pub fn run(&self, id: RunId) -> Option<FoundRun> {
        self.runs.get(&id).copied()
    }

    pub fn put_run(&mut self, id: RunId, run: FoundRun) -> Option<FoundRun> {
        self.runs.insert(id, run)
    }

    /// Who owns a partition of which a run is advanced.
    pub fn holder(&self, part: u16) -> Option<&Lease> {
        self.holders.get(&part)
    }
}

/// Sorted, each once: every writer takes rows in the same order.
fn set(keys: impl Iterator<Item = Key>) -> Vec<Key> {
    let mut keys: Vec<Key> = keys.collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

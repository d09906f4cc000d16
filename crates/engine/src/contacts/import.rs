//! Contacts out of a table, batch by batch: what its columns feed, which rows are new, which are refused and why. Holds one
//! batch at a time, however long the table is.

use super::checked;
use crate::Refusal;
use crate::engine::Inner;
use crate::resource::{Kept, alias};
use calls::contact::{Column, Contact, guess};
use kernel::Problem;
use kernel::id::WorkspaceId;
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use store::catalog::Kind;

/// How many rows are written at once.
pub const BATCH: usize = 500;
/// Bytes of cells after which rows are written however few they are.
const BATCH_BYTES: usize = 1 << 20;
/// How many refused rows are told one by one.
const TOLD: usize = 100;
/// How often rows are tried again that somebody else wrote at the same time.
const TRIES: usize = 4;
/// How many rows are shown as contacts.
const SAMPLES: usize = 3;

/// What becomes of rows whose number is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// They are left alone.
    #[default]
    Skip,
    /// What the row says replaces what is kept; an empty cell says nothing.
    Update,
}

/// How a table is to be read.
#[derive(Debug, Clone, Default)]
pub struct ImportPlan {
    /// By heading: a field, a column of one's own, or null for nothing. Headings that are not named are guessed.
    pub mapping: Map<String, Value>,
    pub mode: Mode,
    /// Where numbers without a country are dialled.
    pub country: Option<String>,
    /// Nothing is written.
    pub dry_run: bool,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tally {
    pub rows: u64,
    pub created: u64,
    pub updated: u64,
    pub unchanged: u64,
    pub skipped: u64,
    pub refused: u64,
    /// The first of them.
    pub refusals: Vec<Refused>,
    /// Each heading with what it feeds.
    pub columns: Vec<(String, Option<String>)>,
    /// The first rows as contacts.
    pub samples: Vec<Contact>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Refused {
    pub line: u64,
    /// What the cell feeds, where it is one cell.
    pub field: Option<String>,
    pub reason: String,
}

/// A table that is being read in.
pub struct Import {
    inner: Arc<Inner>,
    workspace: WorkspaceId,
    plan: ImportPlan,
    columns: Vec<Column>,
    waiting: Vec<(u64, Contact)>,
    /// Of the cells that wait.
    bytes: usize,
    tally: Tally,
}

impl Import {
    /// Begins with the row of headings.
    pub(crate) fn new(
        inner: Arc<Inner>,
        workspace: WorkspaceId,
        plan: ImportPlan,
        headings: &[String],
    ) -> Result<Self, Refusal> {
        let columns = columns(headings, &plan).map_err(Refusal::Invalid)?;
        let told = headings.iter().zip(&columns);
        let told = told.map(|(heading, column)| (heading.clone(), column.name().map(String::from)));
        let tally = Tally {
            columns: told.collect(),
            ..Tally::default()
        };
        Ok(Self {
            inner,
            workspace,
            plan,
            columns,
            waiting: Vec::new(),
            bytes: 0,
            tally,
        })
    }

    /// Takes the row on a line.
    pub async fn row(&mut self, line: u64, cells: &[String]) -> Result<(), Refusal> {
        self.tally.rows += 1;
        match self.contact(cells) {
            Ok(contact) => {
                if self.tally.samples.len() < SAMPLES {
                    self.tally.samples.push(contact.clone());
                }
                self.waiting.push((line, contact));
                self.bytes += cells.iter().map(String::len).sum::<usize>();
            }
            Err((field, reason)) => self.refuse(line, field, reason),
        }
        if self.waiting.len() >= BATCH || self.bytes >= BATCH_BYTES {
            self.write().await?;
        }
        Ok(())
    }

    /// What has come of all rows.
    pub async fn finish(mut self) -> Result<Tally, Refusal> {
        self.write().await?;
        Ok(self.tally)
    }

    fn contact(&self, cells: &[String]) -> Result<Contact, (Option<String>, String)> {
        if let Some(more) = cells.get(self.columns.len()..)
            && more.iter().any(|cell| !cell.is_empty())
        {
            let message = format!(
                "has {} cells, {} have headings",
                cells.len(),
                self.columns.len()
            );
            return Err((None, message));
        }
        let mut contact = Contact::default();
        for (column, cell) in self.columns.iter().zip(cells) {
            let wrong = |reason| (column.name().map(String::from), reason);
            column.write(cell, &mut contact).map_err(wrong)?;
        }
        checked(contact, self.plan.country.as_deref()).map_err(|problems| {
            let first = problems.into_iter().next();
            let first = first.unwrap_or_else(|| Problem::new("", "is no contact"));
            let field = first
                .path
                .trim_start_matches("/columns")
                .trim_start_matches('/');
            (Some(field.to_owned()), first.message)
        })
    }

    fn refuse(&mut self, line: u64, field: Option<String>, reason: String) {
        self.tally.refused += 1;
        if self.tally.refusals.len() < TOLD {
            self.tally.refusals.push(Refused {
                line,
                field,
                reason,
            });
        }
    }

    async fn write(&mut self) -> Result<(), Refusal> {
        let mut rows = std::mem::take(&mut self.waiting);
        self.bytes = 0;
        for _ in 0..TRIES {
            rows = self.write_once(rows).await?;
            if rows.is_empty() {
                return Ok(());
            }
        }
        for (line, _) in rows {
            self.refuse(
                line,
                None,
                "somebody else changes this contact all the time".into(),
            );
        }
        Ok(())
    }

    /// Returns the rows that somebody else was faster with.
    async fn write_once(
        &mut self,
        rows: Vec<(u64, Contact)>,
    ) -> Result<Vec<(u64, Contact)>, Refusal> {
        let numbers: HashSet<&str> = rows.iter().map(|(_, row)| row.phone.as_str()).collect();
        let aliases = numbers
            .into_iter()
            .map(|number| alias(self.workspace, number));
        let store = self.inner.store.clone();
        let known = store.find_all(Kind::Contact, aliases.collect()).await?;
        let mut there = HashMap::new();
        for document in &known {
            let kept: Kept<Contact> = Kept::read(document)?;
            there.insert(kept.value.phone.clone(), kept);
        }
        let now = self.inner.stamp.now();
        let (mut changed, mut places) = (Vec::<Changed>::new(), HashMap::new());
        for (line, mut row) in rows {
            let place = places.get(&row.phone).copied();
            let before = place.map(|at: usize| &changed[at].kept.value);
            let before = before.or_else(|| there.get(&row.phone).map(|kept| &kept.value));
            if before.is_some() && self.plan.mode == Mode::Skip {
                self.tally.skipped += 1;
                continue;
            }
            if let Some(kept) = before {
                row.typed_like(kept);
            }
            let mut value = before.cloned().unwrap_or_else(|| row.clone());
            value.merge(row.clone());
            if before == Some(&value) {
                self.tally.unchanged += 1;
                continue;
            }
            if let Some(wrong) = value.problems().into_iter().next() {
                self.refuse(
                    line,
                    None,
                    format!("together with what is kept: {}", wrong.message),
                );
                continue;
            }
            if let Some(at) = place {
                changed[at].kept.value = value;
                changed[at].rows.push((line, row));
                continue;
            }
            places.insert(row.phone.clone(), changed.len());
            let (kept, expect) = match there.remove(&row.phone) {
                Some(kept) => (
                    Kept {
                        value,
                        version: kept.version + 1,
                        updated_at: now,
                        ..kept
                    },
                    kept.version,
                ),
                None => {
                    let id = self.inner.stamp.id(0);
                    (
                        Kept {
                            id,
                            version: 1,
                            value,
                            created_at: now,
                            updated_at: now,
                        },
                        0,
                    )
                }
            };
            changed.push(Changed {
                kept,
                expect,
                rows: vec![(line, row)],
            });
        }
        let documents = changed
            .iter()
            .map(|changed| (changed.kept.document(self.workspace), changed.expect));
        let written = match self.plan.dry_run {
            true => vec![true; changed.len()],
            false => store.put_all(documents.collect()).await?,
        };
        self.inner.contacts.forget(self.workspace);
        let mut again = Vec::new();
        for (changed, written) in changed.into_iter().zip(written) {
            match (written, changed.expect) {
                (false, _) => again.extend(changed.rows),
                (true, 0) => {
                    self.tally.created += 1;
                    self.tally.updated += changed.rows.len() as u64 - 1;
                }
                (true, _) => self.tally.updated += changed.rows.len() as u64,
            }
        }
        Ok(again)
    }
}

/// A contact that is to be written, and the rows that say so.
struct Changed {
    kept: Kept<Contact>,
    expect: u32,
    rows: Vec<(u64, Contact)>,
}

fn columns(headings: &[String], plan: &ImportPlan) -> Result<Vec<Column>, Vec<Problem>> {
    let mut problems = Vec::new();
    let at = |heading: &str| format!("/mapping/{}", heading.replace('~', "~0").replace('/', "~1"));
    for heading in plan
        .mapping
        .keys()
        .filter(|heading| !headings.contains(heading))
    {
        let message = format!("the table has no column `{heading}`");
        problems.push(Problem::new(at(heading), message));
    }
    let mut columns = Vec::with_capacity(headings.len());
    let mut taken: HashSet<String> = HashSet::new();
    let left = headings
        .iter()
        .filter(|heading| !plan.mapping.contains_key(*heading));
    let left: Vec<&str> = left.map(String::as_str).collect();
    for heading in headings {
        let said = plan.mapping.get(heading);
        let column = match said {
            None => guess(heading, &left),
            Some(Value::Null) => Column::Ignored,
            Some(Value::String(name)) => Column::parse(name).unwrap_or_else(|message| {
                problems.push(Problem::new(at(heading), message));
                Column::Ignored
            }),
            Some(_) => {
                problems.push(Problem::new(at(heading), "is the name of a field, or null"));
                Column::Ignored
            }
        };
        let is_new = column
            .name()
            .is_none_or(|name| taken.insert(name.to_owned()));
        if !is_new && said.is_some() {
            let name = column.name().unwrap_or_default();
            problems.push(Problem::new(
                at(heading),
                format!("`{name}` is fed by another column already"),
            ));
        }
        // Of several that are guessed to be one field, the first is.
        columns.push(if is_new { column } else { Column::Ignored });
    }
    if !columns.contains(&Column::Phone) {
        let message = "no column feeds `phone`: say which one holds the numbers";
        problems.push(Problem::new("/mapping", message));
    }
    if let Some(country) = &plan.country
        && !filters::is_region(country)
    {
        let message = format!("`{country}` is not a region such as `DE`");
        problems.push(Problem::new("/country", message));
    }
    match problems.is_empty() {
        true => Ok(columns),
        false => Err(problems),
    }
}

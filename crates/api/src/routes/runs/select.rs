//! The runs that a request over many of them means: those of a filter, a bounded number behind a cursor, or those named.

use super::filter;
use crate::errors::Result;
use crate::page::{ask, cut};
use crate::params::Params;
use crate::state::State;
use kernel::id::{RunId, WorkspaceId};
use kernel::run::Status;
use serde_json::{Map, Value};
use store::archive::{Page, RunFilter};
use store::journal::RunRow;

/// How many runs may be named.
const NAMED: usize = 200;

pub struct Wanted<'a> {
    pub filter: Option<&'a Map<String, Value>>,
    pub runs: Option<Vec<RunId>>,
    /// Cursor and limit.
    pub page: (Option<RunId>, Option<u32>),
    /// The limit unless one is given, and the highest.
    pub most: u32,
    /// Where no status is given: only runs that are not over.
    pub live: bool,
}

#[derive(Debug)]
pub struct Found {
    pub rows: Vec<RunRow>,
    pub next: Option<String>,
    /// How many of those named are not there.
    pub skipped: u32,
}

/// What was asked for, once nothing is wrong with it.
#[derive(Debug, PartialEq)]
enum Choice {
    Filter(Box<RunFilter>, Page<RunId>),
    Named(Vec<RunId>),
}

impl Wanted<'_> {
    pub async fn find(self, state: &State, workspace: WorkspaceId) -> Result<Found> {
        let store = state.engine.store();
        match self.read(workspace)? {
            Choice::Filter(filter, page) => {
                let filter = filter::named(state, workspace, *filter).await?;
                let mut rows = store.runs(&filter, ask(page)).await?;
                let next = cut(&mut rows, page.limit, |row| row.id);
                Ok(Found {
                    rows,
                    next,
                    skipped: 0,
                })
            }
            Choice::Named(ids) => {
                let (mut rows, mut skipped) = (Vec::new(), 0);
                for id in ids {
                    match store.run(id).await? {
                        Some(row) if row.workspace == workspace => rows.push(row),
                        _ => skipped += 1,
                    }
                }
                Ok(Found {
                    rows,
                    next: None,
                    skipped,
                })
            }
        }
    }

    /// A request without any filter is taken for a mistake.
    fn read(self, workspace: WorkspaceId) -> Result<Choice> {
        let (cursor, limit) = self.page;
        let none = Map::new();
        let members = self.filter.unwrap_or(&none);
        let mut params = Params::of_object(members, "/filter/");
        let mut filter = filter::read(&mut params, workspace);
        if self.live && filter.statuses.is_empty() {
            filter.statuses = vec![Status::Running, Status::Waiting];
        }
        match &self.runs {
            None if !narrows(members) => {
                params.refuse("", "give at least one member, or `runs`");
            }
            Some(_) if self.filter.is_some() => {
                params.refuse("/runs", "give either `runs` or `filter`");
            }
            Some(runs) if runs.is_empty() || runs.len() > NAMED => {
                let message = format!("name 1 to {NAMED} runs, not {}", runs.len());
                params.refuse("/runs", message);
            }
            _ => {}
        }
        let page = params.portion(cursor, limit, self.most);
        params.finish()?;
        Ok(match self.runs {
            Some(mut runs) => {
                runs.retain(|run| cursor.is_none_or(|cursor| *run < cursor));
                runs.sort_unstable_by(|a, b| b.cmp(a));
                runs.dedup();
                Choice::Named(runs)
            }
            None => Choice::Filter(Box::new(filter), page),
        })
    }
}

/// Whole runs alone are still all of them.
fn narrows(members: &Map<String, Value>) -> bool {
    let mut given = members.iter().filter(|(_, value)| !value.is_null());
    given.any(|(name, _)| name != "whole")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::errors::Code;
    use serde_json::json;

    fn read(filter: Option<Value>, runs: Option<usize>, limit: u32) -> Result<Choice> {
        let filter = filter.map(|filter| filter.as_object().unwrap().clone());
        let run = |n| RunId::new(n as u64, 0, [7; 16]);
        let wanted = Wanted {
            filter: filter.as_ref(),
            runs: runs.map(|runs| (0..runs).map(run).collect()),
            page: (None, Some(limit)),
            most: 1000,
            live: false,
        };
        wanted.read(WorkspaceId::from_bytes([1; 16]))
    }

    #[test]
    fn a_bulk_request_without_a_filter_is_refused() {
        for filter in [
            None,
            Some(json!({})),
            Some(json!({"flow": null})),
            Some(json!({"whole": true})),
            Some(json!({"flow": ""})),
            Some(json!({"status": []})),
            Some(json!({"status": ","})),
        ] {
            let error = read(filter, None, 10).unwrap_err();
            assert_eq!(error.code, Code::InvalidRequest);
        }
        let given = json!({"status": "failed,cancelled", "agent": "Sarah"});
        let Choice::Filter(filter, page) = read(Some(given), None, 10).unwrap() else {
            panic!("a filter was given");
        };
        assert_eq!(filter.statuses, [Status::Failed, Status::Cancelled]);
        assert_eq!((filter.agent.as_deref(), page.limit), (Some("Sarah"), 10));
    }

    #[test]
    fn runs_are_named_instead_of_a_filter_and_few() {
        let Choice::Named(runs) = read(None, Some(3), 10).unwrap() else {
            panic!("runs were named");
        };
        assert_eq!(runs.len(), 3);
        for (filter, runs) in [(None, 0), (None, 201), (Some(json!({"agent": "x"})), 1)] {
            let error = read(filter, Some(runs), 10).unwrap_err();
            assert_eq!(error.errors[0].path, "/runs");
        }
    }

    #[test]
    fn all_that_is_wrong_is_said_with_its_pointer() {
        let error = read(Some(json!({"flow": "x", "odd": 1})), None, 1001).unwrap_err();
        let paths = error.errors.into_iter().map(|problem| problem.path);
        let mut paths: Vec<_> = paths.collect();
        paths.sort();
        assert_eq!(paths, ["/filter/flow", "/filter/odd", "/limit"]);
    }
}

//! Lists newest first behind a cursor. The cursor is the id of the last thing shown: it stays valid however much is added.

use crate::params::Params;
use kernel::id::{Id, Kind};
use serde::Serialize;
use store::archive::Page;
use utoipa::{IntoParams, ToSchema};

const MOST: u32 = 200;
const USUAL: u32 = 50;

/// Which part of a list.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes query parameters; `Params` reads them")]
pub struct Paging {
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many at most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u32>,
}

/// A part of a list, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct List<T> {
    pub data: Vec<T>,
    /// Cursor of the next page; null on the last one.
    #[schema(required = true)]
    pub next: Option<String>,
}

impl Params {
    /// Takes `cursor` and `limit`.
    pub fn page<K: Kind>(&mut self) -> Page<Id<K>> {
        Page {
            before: self.id("cursor"),
            limit: self.limit(),
        }
    }

    /// The part of a filter in a body that one request does: `cursor` and `limit` beside it, at most and unless given so many.
    pub fn portion<K: Kind>(
        &mut self,
        before: Option<Id<K>>,
        limit: Option<u32>,
        most: u32,
    ) -> Page<Id<K>> {
        let limit = limit.unwrap_or(most);
        if !(1..=most).contains(&limit) {
            let message = format!("`{limit}` is not a number from 1 to {most}");
            self.refuse("/limit", message);
        }
        Page { before, limit }
    }

    /// Takes `limit`.
    pub fn limit(&mut self) -> u32 {
        self.number("limit", 1..=MOST, USUAL)
    }
}

/// One more row than asked for, which tells whether there is a next page.
pub fn ask<I: Copy>(page: Page<I>) -> Page<I> {
    Page {
        limit: page.limit + 1,
        ..page
    }
}

/// Cuts the row too many off and says where the next page starts.
pub fn cut<T, K: Kind>(rows: &mut Vec<T>, limit: u32, id: impl Fn(&T) -> Id<K>) -> Option<String> {
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    rows.last()
        .filter(|_| more)
        .map(|last| id(last).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::id::{Run, RunId};

    fn run(ms: u64) -> RunId {
        RunId::new(ms, 0, [7; 16])
    }

    #[test]
    fn a_cursor_leads_to_the_row_after_the_last_one_shown() {
        let mut rows = vec![run(3), run(2), run(1)];
        let next = cut(&mut rows, 2, |id| *id).unwrap();
        assert_eq!(rows, [run(3), run(2)]);
        let mut params = Params::of_query(&format!("cursor={next}&limit=2"));
        assert_eq!(
            params.page::<Run>(),
            Page {
                before: Some(run(2)),
                limit: 2
            }
        );
        assert!(params.finish().is_ok());
    }

    #[test]
    fn the_last_page_has_no_next() {
        let mut rows = vec![run(2), run(1)];
        assert_eq!(cut(&mut rows, 2, |id| *id), None);
        assert_eq!(cut(&mut Vec::<RunId>::new(), 2, |id| *id), None);
    }

    #[test]
    fn a_cursor_of_another_list_is_refused() {
        let mut params = Params::of_query("cursor=flow_00000000000000000000000000");
        params.page::<Run>();
        assert_eq!(params.finish().unwrap_err().errors[0].path, "cursor");
    }
}

//! How far one request over many rows has come. Once something was begun, no trouble hides it: the answer says what was done, and
//! its cursor leads to the row that could not be.

use crate::errors::Result;
use engine::Refusal;
use kernel::id::{Id, Kind};

pub struct Many<K: Kind> {
    pub begun: u32,
    /// Rows that match and whose own state stands against it.
    pub skipped: u32,
    /// Cursor of the next request; `None` when all were looked at.
    pub next: Option<String>,
    last: Option<Id<K>>,
}

impl<K: Kind> Many<K> {
    pub fn new(skipped: u32, next: Option<String>) -> Self {
        Self {
            begun: 0,
            skipped,
            next,
            last: None,
        }
    }

    /// Counts what became of the next row; `false`: the request ends with it.
    pub fn count(&mut self, id: Id<K>, became: Result<(), Refusal>) -> Result<bool> {
        match became {
            Ok(()) => self.begun += 1,
            Err(
                Refusal::NotFound(_)
                | Refusal::NotNow(_)
                | Refusal::PayloadExpired
                | Refusal::Invalid(_),
            ) => self.skipped += 1,
            Err(refusal) if self.begun == 0 => return Err(refusal.into()),
            Err(refusal) => {
                tracing::warn!(%refusal, "a request over many rows ended early");
                self.next = self.last.map(|last| last.to_string());
                return Ok(false);
            }
        }
        self.last = Some(id);
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::errors::Code;
    use kernel::id::{Run, RunId};

    fn run(ms: u64) -> RunId {
        RunId::new(ms, 0, [7; 16])
    }

    #[test]
    fn what_was_begun_is_told_and_the_next_request_goes_on_with_what_was_not() {
        let mut many = Many::<Run>::new(0, Some("end of the page".into()));
        assert_eq!(many.count(run(9), Ok(())), Ok(true));
        let over = Refusal::NotNow("it is over".into());
        assert_eq!(many.count(run(8), Err(over)), Ok(true));
        assert_eq!(many.count(run(7), Err(Refusal::Overloaded(1))), Ok(false));
        assert_eq!((many.begun, many.skipped), (1, 1));
        assert_eq!(many.next, Some(run(8).to_string()));
    }

    #[test]
    fn trouble_before_anything_was_begun_is_a_refusal() {
        let mut many = Many::<Run>::new(0, None);
        let over = Refusal::NotNow("it is over".into());
        assert_eq!(many.count(run(9), Err(over)), Ok(true));
        let refused = many.count(run(8), Err(Refusal::Overloaded(1)));
        assert_eq!(refused.unwrap_err().code, Code::TooManyRequests);
    }
}

//! Messages of endpoints on their way to the store: noted in memory, written aside, a bounded number of them with what they said.
//! What was accepted is in the store before; this is for people who look.

mod request;
mod shape;

pub use request::Request;
pub use shape::{Arrival, Verdict};

use engine::heard::{Arrived, MOST};
use kernel::Timestamp;
use kernel::id::{EndpointId, WorkspaceId};
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

const MOST_ENDPOINTS: usize = 1_000;
/// So many on their way have their requests with them.
const MOST_REQUESTS: usize = 200;
/// Refused ones of an endpoint that are kept in a minute: whoever knows an address does not push out what was accepted.
const MOST_REFUSED: u32 = 30;
const MINUTE: i64 = 60;

#[derive(Default)]
pub struct Arrivals(Mutex<Book>);

#[derive(Default)]
struct Book {
    endpoints: HashMap<EndpointId, Lately>,
    /// How many have their requests with them; counted anew with every write, never too low.
    requests: usize,
    /// Somebody writes them down.
    is_written: bool,
}

struct Lately {
    workspace: WorkspaceId,
    /// Newest first.
    pending: VecDeque<Arrived>,
    /// When the first was accepted, until that is written.
    first: Option<Timestamp>,
    /// That it was accepted is written.
    heard: bool,
    /// The minute that is counted, and how many were refused in it.
    refused: (i64, u32),
}

/// What is to be written of an endpoint.
pub struct Due {
    pub workspace: WorkspaceId,
    pub endpoint: EndpointId,
    pub first: Option<Timestamp>,
    pub messages: Vec<Arrived>,
}

impl Book {
    fn count_requests(&mut self) {
        let pending = self.endpoints.values().flat_map(|lately| &lately.pending);
        self.requests = pending.filter(|one| one.request.is_some()).count();
    }
}

impl Lately {
    fn is_due(&self) -> bool {
        self.first.is_some() || !self.pending.is_empty()
    }

    /// How many were refused so far in the minute of `at`.
    fn refused_in(&self, at: Timestamp) -> u32 {
        let (minute, count) = self.refused;
        if minute == minute_of(at) { count } else { 0 }
    }

    /// Whether it is one of those refused in its minute that are kept.
    fn keeps_refused(&mut self, at: Timestamp) -> bool {
        let before = self.refused_in(at);
        self.refused = (minute_of(at), before.saturating_add(1));
        before < MOST_REFUSED
    }

    fn has_room(&self, verdict: Verdict, at: Timestamp) -> bool {
        let is_kept = verdict != Verdict::Refused || self.refused_in(at) < MOST_REFUSED;
        is_kept && self.pending.len() < MOST
    }
}

fn minute_of(at: Timestamp) -> i64 {
    at.as_second() / MINUTE
}

impl Arrivals {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether there is room for what a message said, and it is one of those that are kept.
    pub fn has_room(&self, endpoint: EndpointId, verdict: Verdict, at: Timestamp) -> bool {
        let book = self.book();
        let lately = book.endpoints.get(&endpoint);
        lately.is_none_or(|lately| lately.has_room(verdict, at)) && book.requests < MOST_REQUESTS
    }

    /// `true`: whoever calls writes them down from now on.
    pub fn note(
        &self,
        workspace: WorkspaceId,
        endpoint: EndpointId,
        arrival: &Arrival,
        request: Option<&Request>,
    ) -> bool {
        let mut book = self.book();
        if book.endpoints.len() >= MOST_ENDPOINTS && !book.endpoints.contains_key(&endpoint) {
            book.endpoints.retain(|_, lately| lately.is_due());
            if book.endpoints.len() >= MOST_ENDPOINTS {
                return false;
            }
        }
        let lately = book.endpoints.entry(endpoint).or_insert(Lately {
            workspace,
            pending: VecDeque::new(),
            first: None,
            heard: false,
            refused: (0, 0),
        });
        match arrival.verdict {
            Verdict::Refused if !lately.keeps_refused(arrival.at) => return false,
            Verdict::Accepted | Verdict::Duplicate if !lately.heard => {
                lately.first.get_or_insert(arrival.at);
            }
            _ => {}
        }
        lately.pending.truncate(MOST - 1);
        lately.pending.push_front(arrival.kept(request));
        book.requests += usize::from(request.is_some());
        !std::mem::replace(&mut book.is_written, true)
    }

    /// What is not written yet; with nothing to write, whoever asks is done.
    pub fn due(&self) -> Vec<Due> {
        let mut book = self.book();
        let due = book.endpoints.iter().filter(|(_, lately)| lately.is_due());
        let due = due.map(|(endpoint, lately)| Due {
            workspace: lately.workspace,
            endpoint: *endpoint,
            first: lately.first,
            messages: lately.pending.iter().cloned().collect(),
        });
        let due: Vec<_> = due.collect();
        book.is_written = !due.is_empty();
        due
    }

    pub fn written(&self, due: &Due) {
        let mut book = self.book();
        let Some(lately) = book.endpoints.get_mut(&due.endpoint) else {
            return;
        };
        if due.first.is_some() {
            (lately.first, lately.heard) = (None, true);
        }
        // By what was written, not by age: of two that come at once, the younger may be noted first.
        let written: HashSet<_> = due.messages.iter().map(|message| message.id).collect();
        lately
            .pending
            .retain(|message| !written.contains(&message.id));
        book.count_requests();
    }

    /// The endpoint is gone.
    pub fn forget(&self, endpoint: EndpointId) {
        self.book().endpoints.remove(&endpoint);
    }

    /// When the first was accepted, while that is not written yet.
    pub fn first(&self, endpoint: EndpointId) -> Option<Timestamp> {
        self.book().endpoints.get(&endpoint)?.first
    }

    /// Those of an endpoint that are not written yet, newest first.
    pub fn of(&self, endpoint: EndpointId) -> Vec<Arrived> {
        let book = self.book();
        let lately = book.endpoints.get(&endpoint).into_iter();
        lately.flat_map(|lately| &lately.pending).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::id::ArrivalId;

    fn endpoint() -> EndpointId {
        EndpointId::from_bytes([1; 16])
    }

    fn note(arrivals: &Arrivals, second: u64, verdict: Verdict) -> bool {
        let id = ArrivalId::new(second * 1000, 0, [7; 16]);
        let at = Timestamp::from_second(second as i64).unwrap();
        let workspace = WorkspaceId::from_bytes([2; 16]);
        arrivals.note(workspace, endpoint(), &Arrival::new(id, at, verdict), None)
    }

    #[test]
    fn one_writes_them_down_and_what_comes_meanwhile_is_due_next() {
        let arrivals = Arrivals::default();
        assert!(note(&arrivals, 1, Verdict::Accepted));
        assert!(!note(&arrivals, 2, Verdict::Nothing));
        let due = arrivals.due().remove(0);
        assert_eq!((due.messages.len(), due.first.is_some()), (2, true));
        assert!(!note(&arrivals, 3, Verdict::Accepted));
        arrivals.written(&due);
        assert_eq!(arrivals.of(endpoint()).len(), 1);
        let due = arrivals.due().remove(0);
        assert_eq!((due.messages.len(), due.first), (1, None));
        arrivals.written(&due);
        assert!(arrivals.due().is_empty());
        assert!(note(&arrivals, 4, Verdict::Nothing));
    }

    #[test]
    fn what_is_noted_after_a_younger_one_was_written_is_due_all_the_same() {
        let arrivals = Arrivals::default();
        note(&arrivals, 2, Verdict::Accepted);
        let due = arrivals.due().remove(0);
        note(&arrivals, 1, Verdict::Accepted);
        arrivals.written(&due);
        assert_eq!(arrivals.due()[0].messages.len(), 1);
    }

    #[test]
    fn what_could_not_be_written_is_due_again() {
        let arrivals = Arrivals::default();
        note(&arrivals, 1, Verdict::Accepted);
        assert!(arrivals.due()[0].first.is_some());
        assert!(arrivals.due()[0].first.is_some());
    }

    #[test]
    fn of_a_flood_of_refused_ones_a_few_a_minute_are_kept() {
        let arrivals = Arrivals::default();
        for _ in 0..100 {
            note(&arrivals, 60, Verdict::Refused);
        }
        assert_eq!(arrivals.of(endpoint()).len(), MOST_REFUSED as usize);
        let at = |second| Timestamp::from_second(second).unwrap();
        assert!(!arrivals.has_room(endpoint(), Verdict::Refused, at(61)));
        assert!(arrivals.has_room(endpoint(), Verdict::Refused, at(120)));
        assert!(arrivals.has_room(endpoint(), Verdict::Accepted, at(61)));
        note(&arrivals, 120, Verdict::Refused);
        assert_eq!(arrivals.of(endpoint()).len(), MOST_REFUSED as usize + 1);
        for second in 121..300 {
            note(&arrivals, second, Verdict::Accepted);
        }
        assert_eq!(arrivals.of(endpoint()).len(), MOST);
    }
}

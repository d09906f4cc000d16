//! Contacts that fit a filter. A search reads an index; what else is asked for is looked up in the contacts themselves, a bounded
//! number of them each time.

use crate::resource::Kept;
use crate::{Engine, Refusal};
use calls::contact::{Contact, words};
use kernel::id::{ContactId, WorkspaceId};
use serde_json::{Map, Value};

/// So many are looked at in one request: what few have is found in several.
const MOST_LOOKED_AT: usize = 20_000;
const MOST_COUNTED: usize = 100_000;
const AT_ONCE: u32 = 500;

/// Which contacts are meant; all of it must hold.
#[derive(Debug, Clone, Default)]
pub struct ContactFilter {
    /// Words in their order out of names, company, address and number.
    pub search: String,
    pub do_not_call: Option<bool>,
    /// Columns with their values, as campaigns name them.
    pub columns: Map<String, Value>,
}

impl ContactFilter {
    fn takes(&self, contact: &Contact) -> bool {
        let told = self.do_not_call;
        told.is_none_or(|told| told == contact.do_not_call) && contact.has(&self.columns)
    }

    /// The search says all.
    fn is_search(&self) -> bool {
        self.do_not_call.is_none() && self.columns.is_empty()
    }
}

/// How many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    pub contacts: u64,
    /// All were looked at.
    pub complete: bool,
}

/// All that fit a filter, newest first, a step at a time.
pub struct ContactWalk {
    engine: Engine,
    workspace: WorkspaceId,
    filter: ContactFilter,
    words: Vec<String>,
    at_once: u32,
    is_over: bool,
    /// The one to go on after.
    before: Option<ContactId>,
    looked_at: usize,
}

impl ContactWalk {
    /// `None`: there are no more. A step may hold none that fits.
    pub async fn next(&mut self) -> Result<Option<Vec<Kept<Contact>>>, Refusal> {
        if self.is_over {
            return Ok(None);
        }
        let inner = &self.engine.inner;
        let page = inner.listed(self.workspace, &self.words, self.before, self.at_once);
        let mut page: Vec<Kept<Contact>> = page.await?;
        self.is_over = page.len() < self.at_once as usize;
        self.before = page.last().map(|last| last.id);
        self.looked_at += page.len();
        page.retain(|contact| self.filter.takes(&contact.value));
        Ok(Some(page))
    }
}

impl Engine {
    pub fn walk_contacts(&self, workspace: WorkspaceId, filter: ContactFilter) -> ContactWalk {
        ContactWalk {
            engine: self.clone(),
            workspace,
            words: words(&filter.search),
            filter,
            at_once: AT_ONCE,
            is_over: false,
            before: None,
            looked_at: 0,
        }
    }

    /// At most `limit`, newest first, and the one to go on after; `None`: there are no more. There may be fewer before more come.
    pub async fn contacts(
        &self,
        workspace: WorkspaceId,
        filter: ContactFilter,
        before: Option<ContactId>,
        limit: u32,
    ) -> Result<(Vec<Kept<Contact>>, Option<ContactId>), Refusal> {
        let mut walk = self.walk_contacts(workspace, filter);
        walk.before = before;
        if walk.filter.is_search() {
            walk.at_once = limit + 1;
        }
        let mut found: Vec<Kept<Contact>> = Vec::new();
        while walk.looked_at < MOST_LOOKED_AT {
            let Some(step) = walk.next().await? else {
                return Ok((found, None));
            };
            found.extend(step);
            if found.len() > limit as usize {
                found.truncate(limit as usize);
                let last = found.last().map(|last| last.id);
                return Ok((found, last));
            }
        }
        Ok((found, walk.before.filter(|_| !walk.is_over)))
    }

    /// How many fit, of the newest 100,000.
    pub async fn count_contacts(
        &self,
        workspace: WorkspaceId,
        filter: ContactFilter,
    ) -> Result<Counted, Refusal> {
        let mut walk = self.walk_contacts(workspace, filter);
        let mut contacts = 0;
        while walk.looked_at < MOST_COUNTED {
            match walk.next().await? {
                Some(step) => contacts += step.len() as u64,
                None => break,
            }
        }
        Ok(Counted {
            contacts,
            complete: walk.is_over,
        })
    }
}

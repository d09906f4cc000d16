//! An endpoint whose calls are looked for, with what opens its platform's API.

use crate::auth::read_body;
use crate::errors::Result;
use crate::routes::endpoints::{EndpointBody, opened_api};
use crate::routes::inbound::{Inbox, open};
use crate::state::State;
use actions::{Ask, Bytes, Unanswered};
use kernel::Timestamp;
use providers::CallList;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use store::catalog::Document;
use tokio::time::sleep;

/// A page of calls with their transcripts; a larger one is asked for in smaller parts.
const MOST_BYTES: usize = 16 << 20;
const WITHIN: Duration = Duration::from_secs(30);
/// A platform that asks for no more than this is waited for.
const SHORT: Duration = Duration::from_secs(20);
const SHORT_WAITS: usize = 3;

pub(crate) struct Source {
    pub inbox: Arc<Inbox>,
    pub name: String,
    pub made_at: Timestamp,
    pub list: &'static dyn CallList,
    /// Keys and filters.
    pub api: Value,
    origin: String,
    pub every: Duration,
    pub look_back: Duration,
}

impl Source {
    /// `None`: nobody looks for its calls.
    pub fn open(state: &State, document: &Document) -> Result<Option<Self>> {
        let body: EndpointBody = read_body(document)?;
        let inbox = open(state, document)?;
        let (Some(kept), Some(list)) = (body.reconcile, inbox.provider.call_list()) else {
            return Ok(None);
        };
        Ok(Some(Self {
            name: document.name.clone(),
            made_at: document.created_at,
            api: opened_api(state, document, &kept)?.into(),
            origin: kept.base_url.unwrap_or_else(|| list.origin().into()),
            every: Duration::from_secs(kept.every_s.into()),
            look_back: Duration::from_secs(u64::from(kept.look_back_h) * 3600),
            inbox,
            list,
        }))
    }

    /// Asks again where the platform asks for a little time.
    pub async fn ask(
        &self,
        state: &State,
        ask: providers::listing::Ask,
    ) -> std::result::Result<Bytes, Unanswered> {
        let ask = Ask {
            method: ask.method,
            url: format!("{}{}", self.origin.trim_end_matches('/'), ask.path),
            headers: ask.headers,
            body: ask.body.map(|body| body.to_string()),
            most: MOST_BYTES,
            within: WITHIN,
        };
        let mut waits = 0;
        loop {
            match state.engine.ask(self.inbox.workspace, &ask).await {
                Err(Unanswered::Later(wait, _)) if wait <= SHORT && waits < SHORT_WAITS => {
                    waits += 1;
                    sleep(wait).await;
                }
                answer => return answer,
            }
        }
    }
}

//! What is decided about a webhook whose receiver answered 410: its flow is paused, or, of an agent, that webhook alone is switched
//! off. Decided only: `owed.rs` carries it out.

use super::health::{Health, Owed, Paused, Why};
use super::look::Sight;
use super::trouble::{AlertKind, Trouble};
use crate::agents::OwnWebhook;
use crate::engine::Inner;
use kernel::health::FULL;
use kernel::id::RunId;
use serde_json::json;

/// A receiver that will never want this webhook again.
#[derive(Debug, Clone)]
pub(crate) struct Gone {
    /// Its origin.
    pub address: Option<String>,
    pub run: RunId,
    pub step: String,
    /// The version of the flow that sent it.
    pub version: u32,
}

impl Gone {
    fn cause(&self) -> String {
        let shown = self.address.as_deref().unwrap_or("the receiver");
        format!("{shown} answered 410 Gone: it will never want this webhook again")
    }
}

/// Scheme and host of an address: paths and queries may hold what identifies a person.
pub fn origin(url: &str) -> &str {
    let rest = url.find("://").map_or(0, |at| at + 3);
    let end = url[rest..].find(['/', '?', '#']);
    end.map_or(url, |end| &url[..rest + end])
}

impl Inner {
    /// The webhook alone, so that nothing else that follows its agent's calls is held back.
    pub(super) fn switch_off(
        sight: &Sight<'_>,
        after: &mut Health,
        gone: &Gone,
        webhook: &OwnWebhook,
    ) {
        let title = format!("{} is switched off: its receiver is gone", webhook.name);
        after.owed.push(Owed::Alert(Trouble {
            subject: webhook.subject.clone(),
            since: sight.now,
            run: Some(gone.run),
            address: gone.address.clone(),
            flow: None,
            ..Trouble::of_flow(AlertKind::WebhookGone, sight.flow.id, title, gone.cause())
        }));
        after.owed.push(Owed::Pause(Paused {
            since: sight.now,
            why: Why::WebhookGone,
            failures: 0,
            address: gone.address.clone(),
            budget: None,
            action: Some(webhook.subject.clone()),
        }));
    }

    pub(super) fn gone(&self, sight: &Sight<'_>, after: &mut Health, gone: &Gone) {
        let address = gone.address.clone();
        let failures = sight.streak.map_or(0, |streak| streak.failures);
        after.level = FULL;
        after.owed.push(Owed::Pause(Paused {
            since: sight.now,
            why: Why::WebhookGone,
            failures,
            address: address.clone(),
            budget: None,
            action: None,
        }));
        let title = format!("{} is paused: its webhook is gone", sight.flow.plan.name);
        let cause = gone.cause();
        let trouble = Trouble {
            since: sight.now,
            run: Some(gone.run),
            address: address.clone(),
            ..Trouble::of_flow(AlertKind::WebhookGone, sight.flow.id, title, cause)
        };
        after.owed.push(Owed::Alert(trouble));
        if let Some(last) = sight.failed {
            let failing = json!({
                "level": FULL, "failures": failures, "limit": sight.limit.map(|limit| limit.failures),
                "since": sight.now.to_string(), "why": Why::WebhookGone, "address": address,
            });
            self.owe_event(sight, after, last, failing);
        }
    }
}

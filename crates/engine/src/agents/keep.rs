//! What `analysis.keep` gives becomes the call's analysis: a message of our own, taken in like those of platforms. It is known
//! by its run and step, so that a step that is done again after a crash changes nothing.

use crate::Refusal;
use crate::engine::Inner;
use crate::job::Job;
use crate::refusal::{failed, unavailable};
use calls::call::{Analysis, Work};
use calls::{Kind, Observation, Snapshot};
use kernel::run::{Failure, Retriable};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

/// The action whose answer is kept.
pub(crate) const KEEPS: &str = "analysis.keep";
/// A flow that starts on what it keeps itself must come to an end.
const MOST_HOPS: u8 = 8;

impl Inner {
    pub(crate) async fn keep_analysis(
        self: &Arc<Self>,
        job: &Job,
        found: &Value,
    ) -> Result<(), Failure> {
        let event = &job.course.event;
        let hops = event.hops.saturating_add(1);
        if hops > MOST_HOPS {
            let message = format!(
                "more than {MOST_HOPS} analyses, each caused by the one before: let no flow start on what it keeps"
            );
            return Err(failed("too_many_hops", message, Retriable::No));
        }
        let away = |refusal: Refusal| unavailable("the analysis was not kept", refusal);
        let known = self.store.call_by_id(event.call_id).await;
        if known.map_err(|error| away(error.into()))?.is_none() {
            return Err(failed(
                "call_gone",
                "the call was deleted meanwhile: there is nothing to keep an analysis of".into(),
                Retriable::No,
            ));
        }
        let found: Found = serde_json::from_value(found.clone()).map_err(|error| {
            failed(
                "bad_input",
                format!("this is no analysis: {error}"),
                Retriable::No,
            )
        })?;
        let observation = Observation {
            provider: event.provider.to_string(),
            provider_event: KEEPS.into(),
            dedupe: format!("{KEEPS} {} {}", job.run.id, job.perform.key),
            claims: match found.work.failed {
                None => vec![Kind::Analyzed],
                Some(_) => Vec::new(),
            },
            at: Some(self.stamp.now()),
            work: Some(Work {
                run_id: Some(job.run.id.to_string()),
                aside: !job.course.flow.analyzes,
                ..found.work
            }),
            hops,
            call: Snapshot {
                provider_call_id: event.call.provider_call_id.clone(),
                disposition: found.disposition,
                analysis: found.analysis,
                ..Snapshot::default()
            },
            ..Observation::default()
        };
        let kept = self.accept(job.course.workspace, None, vec![observation]);
        kept.await.map(drop).map_err(away)
    }
}

/// What the action gives.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Found {
    disposition: Option<String>,
    analysis: Option<Analysis>,
    work: Work,
}

//! Trying things out without a trace: previews of texts and rehearsals of flows, on sample events, on events that somebody
//! makes up, and on those of past calls. Nothing here is stored.

mod answers;
mod case;
mod expression;
mod foresee;
mod occasion;
mod report;
mod stage;
mod test;

pub use answers::Answers;
pub use case::{Case, Difference, Judged};
pub use expression::Attempt;
pub use foresee::{Foreseen, Started};
pub use occasion::Occasion;
pub use report::{Report, Shown, Step, Verdict};
pub use stage::Offline;
pub use test::{Question, Tested};

use crate::Refusal;
use crate::engine::Inner;
use calls::Event;
use kernel::Problem;
use kernel::id::{FlowId, RunId, WorkspaceId};
use serde_json::Value;
use stage::{Here, Stage};

impl Inner {
    pub(crate) async fn test(
        &self,
        workspace: WorkspaceId,
        question: &Question,
        event: Event,
    ) -> Result<Tested, Refusal> {
        let book = self
            .plans
            .current(&*self.store, &*self.world, workspace)
            .await?;
        let here = Here {
            inner: self,
            workspace,
            book,
        };
        let id = self.stamp.id(0);
        let now = || self.stamp.now();
        let tested = test::test(&here, question, event, id, &now).await;
        tested.map_err(Refusal::Invalid)
    }
}

impl Offline {
    /// All problems of a flow's document.
    pub fn check(&self, document: &Value) -> Result<(), Vec<Problem>> {
        let id = FlowId::from_bytes([0; 16]);
        stage::compiled(document, id, 1, Stage::world(self)).map(drop)
    }

    /// Tries a flow out, dry whatever the question says: there is nothing to send with.
    pub async fn test(&self, question: &Question, event: Event) -> Result<Tested, Vec<Problem>> {
        let question = Question {
            live: false,
            ..question.clone()
        };
        let at = event.at;
        let id = RunId::new(at.as_millisecond().max(0) as u64, 0, [0; 16]);
        test::test(self, &question, event, id, &|| at).await
    }
}

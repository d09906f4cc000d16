//! Actions that do nothing: every attempt is refused, and may be tried again after a time. A way to make runs wait.

use actions::{Actions, Surroundings, World};
use kernel::Timestamp;
use kernel::flow::ActionSpec;
use kernel::run::{Failure, Outcome, Perform, Retriable};
use kernel::usage::Used;
use serde_json::{Map, Value};
use std::sync::Arc;
use std::time::Duration;

pub struct Refusing {
    real: Arc<World>,
    after: Duration,
}

impl Refusing {
    pub fn new(real: Arc<World>, after: Duration) -> Self {
        Self { real, after }
    }
}

#[async_trait::async_trait]
impl Actions for Refusing {
    fn spec(&self, action: &str) -> Option<&ActionSpec> {
        self.real.spec(action)
    }

    fn names(&self) -> Vec<&str> {
        self.real.names()
    }

    fn destination(&self, action: &str, with: &Map<String, Value>) -> Option<String> {
        self.real.destination(action, with)
    }

    async fn perform(&self, perform: &Perform, _: &dyn Surroundings) -> Outcome {
        let now = Timestamp::now();
        let failure = Failure {
            code: "http_status".into(),
            message: "come again later".into(),
            step: perform.step.clone(),
            status: Some(503),
            output: None,
            retry: Retriable::After(self.after),
        };
        Outcome {
            result: Err(failure),
            exchange: None,
            used: Used::default(),
            started_at: now,
            ended_at: now,
            queued: Duration::ZERO,
        }
    }
}

//! One of an agent's actions tried out now, on a made-up call of that agent with values for all that it is to find out.

use super::{Part, derive};
use crate::engine::Inner;
use crate::resource::Kept;
use crate::{Answers, Occasion, Question, Refusal, Tested, Wanted};
use calls::agent::Agent;
use calls::{Kind, samples};
use kernel::id::{AgentId, WorkspaceId};
use serde_json::{Map, Value, json};

impl Inner {
    pub(crate) async fn test_agent(
        &self,
        workspace: WorkspaceId,
        id: AgentId,
        part: &Part,
    ) -> Result<Tested, Refusal> {
        let kept = self.kept::<Agent>(workspace, id).await?;
        let agent = &kept.value;
        let (document, event) = match part {
            Part::Action(which) => {
                let action = find(&agent.actions, which, |action| &action.id);
                let action = action.ok_or(Refusal::NotFound("such action of the agent"))?;
                let flow = derive::alone_after(id, agent, action);
                (flow, sample(&kept, Kind::Ended, Some(true)))
            }
            Part::CallAction(which) => {
                let action = find(&agent.call_actions, which, |action| &action.id);
                let action = action.ok_or(Refusal::NotFound("such call action of the agent"))?;
                let (kind, connected) = action.moment.event();
                let flow = derive::alone_at(id, action);
                (flow, sample(&kept, kind, connected))
            }
        };
        let kinds = document["on"][0].as_str().and_then(Kind::parse);
        let kinds: Vec<Kind> = kinds.into_iter().collect();
        let event = self
            .occasion(workspace, Occasion::Told(event), Wanted::of(&kinds))
            .await?;
        let question = Question {
            document,
            flow: None,
            step: None,
            saved: Map::new(),
            answers: Answers::default(),
            live: true,
        };
        self.test(workspace, &question, event).await
    }
}

fn find<'a, T>(all: &'a [T], which: &str, id: impl Fn(&T) -> &String) -> Option<&'a T> {
    let named = all.iter().find(|one| id(one) == which);
    named.or_else(|| all.get(which.parse::<usize>().ok()?))
}

fn sample(kept: &Kept<Agent>, kind: Kind, connected: Option<bool>) -> Value {
    let agent = &kept.value;
    let mut event = samples::json(kind);
    let call = &mut event["call"];
    call["agent"] =
        json!({ "id": kept.id.to_string(), "name": agent.name, "language": agent.language });
    if let Some(connected) = connected {
        call["connected"] = connected.into();
    }
    if kind >= Kind::Ended {
        let found = agent.variables.iter();
        let found = found.map(|v| (v.name.clone(), v.kind.sample(&v.choices)));
        let answers = agent.questions.iter();
        let answers = answers.map(|q| (q.question.clone(), q.kind.sample(&q.choices)));
        call["analysis"]["structured"] = Value::Object(found.collect());
        call["analysis"]["answers"] = Value::Object(answers.collect());
    }
    event
}

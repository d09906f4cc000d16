//! The rehearsal calls that there are: what is said in each, what comes of it, and which platforms can be played.

use crate::auth::{Any, Caller};
use axum::Json;
use providers::rehearsal::{Ending, Said};
use providers::{Played, Scenario};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub struct Rehearsals {
    /// Names of the platforms that can be played.
    #[schema(value_type = Vec<String>, example = json!(["custom", "vapi"]))]
    providers: Vec<&'static str>,
    scenarios: Vec<RehearsalScenario>,
    /// How a story of one's own may end.
    #[schema(value_type = Vec<String>)]
    endings: [&'static str; 6],
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RehearsalScenario {
    #[schema(example = "interested")]
    name: &'static str,
    title: &'static str,
    description: &'static str,
    /// Seconds from the first word, or the last ring, to the end.
    length_s: f64,
    transcript: Vec<RehearsalTurn>,
    /// Null where nobody picked up.
    #[schema(required = true)]
    summary: Option<String>,
    disposition: String,
    #[schema(required = true)]
    success: Option<bool>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RehearsalTurn {
    /// `agent` or `customer`.
    role: &'static str,
    start_s: f64,
    text: String,
}

/// List rehearsal calls
#[utoipa::path(get, path = "/v1/calls/simulate", tag = "calls", security(("key" = [])),
    responses((status = 200, body = Rehearsals)))]
pub async fn scenarios(caller: Caller<Any>) -> Json<Rehearsals> {
    let story = Scenario::NoAnswer.story();
    let played = Played::ending_at(caller.state.engine.now(), &story, "any");
    let all = providers::all().iter();
    let can_play = |provider: &&&dyn providers::Provider| !provider.simulate(&played).is_empty();
    Json(Rehearsals {
        providers: all.filter(can_play).map(|known| known.name()).collect(),
        scenarios: Scenario::ALL.into_iter().map(shown).collect(),
        endings: Ending::ALL.map(Ending::name),
    })
}

fn shown(scenario: Scenario) -> RehearsalScenario {
    let (title, description) = words(scenario);
    let story = scenario.story();
    let is_analyzed = story.is_analyzed();
    let turn = |said: &Said| RehearsalTurn {
        role: said.by("agent", "customer"),
        start_s: said.start_s,
        text: said.text.clone(),
    };
    RehearsalScenario {
        name: scenario.name(),
        title,
        description,
        length_s: story.length_s,
        transcript: story.turns.iter().map(turn).collect(),
        summary: is_analyzed.then_some(story.summary),
        disposition: story.disposition,
        success: story.success,
    }
}

fn words(scenario: Scenario) -> (&'static str, &'static str) {
    match scenario {
        Scenario::Interested => ("Interested", "A conversation that ends with a lead"),
        Scenario::NotInterested => ("Not interested", "A short conversation that ends with a no"),
        Scenario::Voicemail => ("Voicemail", "A machine picks up"),
        Scenario::NoAnswer => ("No answer", "Nobody picks up"),
    }
}

//! A rehearsal call of one's own: what is said, how it ends and what is found out, in place of what the scenario has. All that is
//! wrong is said at once, each with its place.

use kernel::Problem;
use providers::rehearsal::{Ending, Said, Speaker, Story};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

const MOST_LINES: usize = 500;
const LONGEST_LINE: usize = 2_000;
const LONGEST_DISPOSITION: usize = 100;
const LONGEST_SUMMARY: usize = 5_000;
const MOST_VALUES: usize = 100;
/// A day.
const LONGEST_S: f64 = 86_400.0;
/// Between two turns.
const PAUSE_S: f64 = 0.8;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnStory {
    /// What is said, in place of what the scenario has, where the platform tells it; then nothing is found out but what is given here.
    #[schema(required = false, max_items = 500)]
    transcript: Option<Vec<OwnTurn>>,
    /// `customer_hangup`, `agent_hangup`, `voicemail`, `no_answer`, `busy` or `failed`: each platform has its own word for it.
    #[schema(required = false, example = "agent_hangup")]
    ending: Option<String>,
    /// From the answer to the end; turns are spread over it.
    #[schema(required = false, minimum = 0, maximum = 86400)]
    duration_s: Option<f64>,
    #[schema(required = false, example = "Call later", max_length = 100)]
    disposition: Option<String>,
    #[schema(required = false, max_length = 5000)]
    summary: Option<String>,
    #[schema(required = false)]
    success: Option<bool>,
    /// What the platform found out, by name.
    #[schema(value_type = Option<Object>, required = false, example = json!({"budget": 5000}))]
    outcome: Option<Map<String, Value>>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnTurn {
    /// `agent` or `customer`.
    #[schema(example = "customer")]
    role: String,
    /// One line.
    #[schema(max_length = 2000)]
    text: String,
}

impl OwnStory {
    /// What of it a platform that tells no words would leave out.
    pub fn unheard(&self, platform: &str) -> Vec<Problem> {
        let message = format!(
            "{platform} tells the way of a call, and nothing of this: leave it out, or choose another platform"
        );
        let problem = |name| Problem::new(format!("/story/{name}"), message.clone());
        self.words().map(problem).collect()
    }

    /// The names of what is given and only told by platforms that tell words.
    fn words(&self) -> impl Iterator<Item = &'static str> {
        let given = [
            ("transcript", self.transcript.is_some()),
            ("disposition", self.disposition.is_some()),
            ("summary", self.summary.is_some()),
            ("success", self.success.is_some()),
            ("outcome", self.outcome.is_some()),
        ];
        let given = given.into_iter().filter(|(_, is_given)| *is_given);
        given.map(|(name, _)| name)
    }

    /// What of the story of a scenario is told differently.
    pub fn tell(self, story: &mut Story) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut say = |path: &str, message: String| {
            problems.push(Problem::new(format!("/story/{path}"), message));
        };
        match self.ending.as_deref().map(Ending::parse) {
            Some(Some(ending)) => story.ending = ending,
            Some(None) => {
                let known = Ending::ALL.map(Ending::name).join(", ");
                say("ending", format!("is not an ending; known: {known}"));
            }
            None => {}
        }
        if !story.ending.is_connected() {
            let length = self.duration_s.map(|_| "duration_s");
            for name in self.words().chain(length) {
                let ending = story.ending.name();
                say(
                    name,
                    format!(
                        "nobody picks up a call that ends with `{ending}`: leave it out, or choose another ending"
                    ),
                );
            }
            *story = silent(story.ending);
            return problems;
        }
        if let Some(turns) = &self.transcript {
            *story = Story {
                turns: spoken(turns, &mut say),
                ..silent(story.ending)
            };
            let last = story.turns.last();
            story.length_s = last.map_or(0.0, |said| said.start_s + said.length_s() + PAUSE_S);
        }
        match self.duration_s {
            Some(length) if (0.0..=LONGEST_S).contains(&length) => stretch(story, length),
            Some(_) => say("duration_s", format!("is 0 to {LONGEST_S} seconds")),
            None => {}
        }
        for (name, told, most, place) in [
            (
                "disposition",
                self.disposition,
                LONGEST_DISPOSITION,
                &mut story.disposition,
            ),
            ("summary", self.summary, LONGEST_SUMMARY, &mut story.summary),
        ] {
            match told {
                Some(text) if text.chars().count() <= most => *place = text,
                Some(_) => say(name, format!("has more than {most} characters")),
                None => {}
            }
        }
        story.success = self.success.or(story.success);
        match self.outcome {
            Some(outcome) if outcome.len() <= MOST_VALUES => story.outcome = outcome,
            Some(_) => say("outcome", format!("has more than {MOST_VALUES} values")),
            None => {}
        }
        problems
    }
}

fn silent(ending: Ending) -> Story {
    Story {
        ending,
        length_s: 0.0,
        turns: Vec::new(),
        summary: String::new(),
        success: None,
        disposition: String::new(),
        outcome: Map::new(),
    }
}

fn spoken(turns: &[OwnTurn], say: &mut dyn FnMut(&str, String)) -> Vec<Said> {
    if turns.is_empty() || turns.len() > MOST_LINES {
        say("transcript", format!("has 1 to {MOST_LINES} turns"));
        return Vec::new();
    }
    let mut start_s = PAUSE_S;
    let mut said = Vec::new();
    for (at, turn) in turns.iter().enumerate() {
        let speaker = match turn.role.as_str() {
            "agent" => Speaker::Agent,
            "customer" => Speaker::Customer,
            _ => {
                say(
                    &format!("transcript/{at}/role"),
                    "is `agent` or `customer`".into(),
                );
                continue;
            }
        };
        let text = turn.text.trim();
        let length = text.chars().count();
        if length == 0 || length > LONGEST_LINE || text.chars().any(char::is_control) {
            let message = format!("has 1 to {LONGEST_LINE} characters on one line");
            say(&format!("transcript/{at}/text"), message);
            continue;
        }
        let turn = Said {
            speaker,
            start_s,
            text: text.into(),
        };
        start_s += turn.length_s() + PAUSE_S;
        said.push(turn);
    }
    said
}

/// Spreads what is said over another length.
fn stretch(story: &mut Story, length_s: f64) {
    if story.length_s > 0.0 {
        let by = length_s / story.length_s;
        for said in &mut story.turns {
            said.start_s *= by;
        }
    }
    story.length_s = length_s;
}

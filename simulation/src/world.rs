//! The world that steps act on, as one node sees it: it answers, refuses, limits, dawdles, hangs or breaks as the seed says,
//! and keeps a ledger of what reached it.

use crate::chance::Chance;
use crate::gates::{Plan, Seen, Watch};
use crate::host::Host;
use crate::ledger::{Came, Ledger};
use crate::universe::Universe;
use actions::{Actions, Surroundings};
use async_trait::async_trait;
use kernel::flow::{ActionSpec, Connects, Field, OnUnknown};
use kernel::gate::Verdict;
use kernel::id::RunId;
use kernel::lang::Place;
use kernel::retry::Retry;
use kernel::run::{Failure, Outcome, Output, Perform, Retriable, Run};
use kernel::usage::Used;
use serde_json::{Map, Value, json};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::sleep;

/// How a destination behaves, drawn per seed: shares in a hundred of what is not a plain answer.
#[derive(Debug, Clone)]
pub struct Mood {
    pub refuses: u64,
    pub limits: u64,
    pub is_wrong: u64,
    pub hangs: u64,
    pub breaks: u64,
    pub dawdles: u64,
    /// From when until when it refuses everything, in milliseconds of the story.
    pub is_down: (u64, u64),
}

impl Mood {
    pub fn draw(chance: &Chance) -> Self {
        let grade = |grades: &[u64]| *chance.pick(grades);
        Self {
            refuses: grade(&[0, 10, 50]),
            limits: grade(&[0, 0, 20]),
            is_wrong: grade(&[0, 0, 10]),
            hangs: grade(&[0, 0, 5, 30]),
            breaks: grade(&[0, 2]),
            dawdles: grade(&[0, 20, 60]),
            is_down: {
                let from = chance.below(40_000);
                (from, from + grade(&[0, 0, 5_000, 30_000]))
            },
        }
    }
}

/// All of it that nodes share.
pub struct Outside {
    pub moods: [Mood; 3],
    pub plan: Plan,
    /// No clock jumps: what is due at a time must not be done before.
    pub is_punctual: bool,
    ledger: Mutex<Ledger>,
    watch: Mutex<Watch>,
}

impl Outside {
    pub fn new(moods: [Mood; 3], plan: Plan, is_punctual: bool) -> Self {
        Self {
            moods,
            plan,
            is_punctual,
            ledger: Mutex::default(),
            watch: Mutex::default(),
        }
    }

    pub fn watch(&self) -> MutexGuard<'_, Watch> {
        self.watch.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub struct World {
    universe: Arc<Universe>,
    outside: Arc<Outside>,
    host: Arc<Host>,
    specs: [ActionSpec; 2],
}

enum Deed {
    Answer,
    Fail(u16, Retriable),
    Hang,
    Break,
}

impl World {
    pub fn new(universe: Arc<Universe>, outside: Arc<Outside>, host: Arc<Host>) -> Self {
        let specs = [
            spec("test.send", OnUnknown::Retry),
            spec("test.dial", OnUnknown::Stop),
        ];
        Self {
            universe,
            outside,
            host,
            specs,
        }
    }

    /// A step tells the run of its flow, and, where that is a child's, the way down to it: `step/number`, outermost first.
    fn run_of(&self, perform: &Perform) -> RunId {
        let flow = text(perform, "run").parse().expect("steps tell their run");
        let way = text(perform, "within").split_whitespace();
        let model = self.universe.model();
        way.fold(flow, |above, place| {
            let is_child = |run: &Run| {
                let parent = run.parent.as_ref();
                parent.is_some_and(|parent| {
                    parent.run == above && format!("{}/{}", parent.step, parent.number) == place
                })
            };
            let rows = model.runs.values();
            let mut runs = rows
                .filter(|row| row.id.part() == above.part())
                .filter_map(|row| serde_json::from_slice(&row.state).ok());
            runs.find(is_child).map_or(above, |run| run.id)
        })
    }

    fn deed(&self, to: &str) -> (Deed, Duration) {
        let chance = &self.universe.chance;
        let quick = chance.millis(1, 40);
        if self.universe.sky.is_calm() {
            return (Deed::Answer, quick);
        }
        let mood = &self.outside.moods[place(to)];
        let takes = if chance.percent(mood.dawdles) {
            chance.millis(500, 9_000)
        } else {
            quick
        };
        let passed = self.universe.began.elapsed().as_millis() as u64;
        let (from, to) = mood.is_down;
        let is_down = (from..to).contains(&passed);
        let deed = if is_down || chance.percent(mood.refuses) {
            Deed::Fail(500, Retriable::Yes)
        } else if chance.percent(mood.limits) {
            Deed::Fail(429, Retriable::After(Duration::from_secs(chance.below(20))))
        } else if chance.percent(mood.is_wrong) {
            Deed::Fail(400, Retriable::No)
        } else if chance.percent(mood.hangs) {
            Deed::Hang
        } else if chance.percent(mood.breaks) {
            Deed::Break
        } else {
            Deed::Answer
        };
        (deed, takes)
    }

    /// One sending, from the moment at which it leaves the house.
    async fn reach(&self, run: RunId, perform: &Perform) -> Result<Output, Failure> {
        let most = text(perform, "most").parse().unwrap_or(1);
        let (number, fault) =
            self.outside
                .ledger()
                .send(&self.universe.model(), run, perform, most);
        if let Some(fault) = fault {
            self.universe.wrong(fault);
        }
        let (deed, takes) = self.deed(text(perform, "to"));
        let (came, result) = match deed {
            Deed::Hang => (Came::Unknown, Err(failure("timeout", Retriable::Unknown))),
            _ if takes >= perform.timeout => {
                (Came::Unknown, Err(failure("timeout", Retriable::Unknown)))
            }
            Deed::Break => (Came::Unknown, Err(failure("internal", Retriable::Unknown))),
            Deed::Answer => (Came::Done, Ok(answer(&self.universe.chance))),
            Deed::Fail(status, retry) => (
                Came::Refused,
                Err(Failure {
                    status: Some(status),
                    ..failure("http_status", retry)
                }),
            ),
        };
        let hangs = matches!(deed, Deed::Hang);
        sleep(if hangs {
            perform.timeout
        } else {
            takes.min(perform.timeout)
        })
        .await;
        self.outside.ledger().came(run, &perform.step, number, came);
        self.host.runs().await;
        if matches!(deed, Deed::Break) {
            // As an action that panics, without the noise of the hook.
            std::panic::resume_unwind(Box::new("an action broke"));
        }
        result
    }
}

#[async_trait]
impl Actions for World {
    fn spec(&self, action: &str) -> Option<&ActionSpec> {
        self.specs.iter().find(|spec| spec.name == action)
    }

    fn names(&self) -> Vec<&str> {
        self.specs.iter().map(|spec| spec.name).collect()
    }

    fn destination(&self, _: &str, with: &Map<String, Value>) -> Option<String> {
        Some(with.get("to")?.as_str()?.to_owned())
    }

    async fn perform(&self, perform: &Perform, surroundings: &dyn Surroundings) -> Outcome {
        let started_at = self.host.now();
        let run = self.run_of(perform);
        let facts = [run.unix_ms(), u64::from(perform.attempt)];
        self.universe.trace.note(
            self.host.number,
            "performs",
            &facts,
            format_args!("{run} `{}` attempt {}", perform.step, perform.attempt),
        );
        let is_punctual = self.outside.is_punctual;
        let fault = self.outside.ledger().begin(
            &self.universe.model(),
            &self.host,
            run,
            perform,
            is_punctual,
        );
        if let Some(fault) = fault {
            self.universe.wrong(fault);
        }
        let to = text(perform, "to");
        let intended = match perform.on_unknown {
            OnUnknown::Stop => self.universe.intended(),
            OnUnknown::Retry => Duration::ZERO,
        };
        let (seen, fault) = self.outside.watch().begin(
            self.host.number,
            to,
            self.outside.plan.rates[place(to)],
            [self.universe.late(), intended],
        );
        if let Some(fault) = fault {
            self.universe.wrong(fault);
        }
        let mut over = Over {
            world: self,
            run,
            to,
            seen,
            verdict: Verdict::Nothing,
        };
        self.host.runs().await;
        if self.universe.chance.percent(5) {
            _ = surroundings.secret("crm").await;
        }
        let result = self.reach(run, perform).await;
        over.verdict = Verdict::of(&result);
        let facts = [run.unix_ms(), u64::from(result.is_ok())];
        self.universe.trace.note(
            self.host.number,
            "performed",
            &facts,
            format_args!(
                "{run} `{}`: {}",
                perform.step,
                result
                    .as_ref()
                    .map_or_else(|failure| failure.code.as_str(), |_| "ok")
            ),
        );
        Outcome {
            result,
            exchange: None,
            used: Used::default(),
            started_at,
            ended_at: self.host.now(),
            queued: Duration::ZERO,
        }
    }
}

/// A call to the world is over, in whatever way.
struct Over<'a> {
    world: &'a World,
    run: RunId,
    to: &'a str,
    seen: Seen,
    verdict: Verdict,
}

impl Drop for Over<'_> {
    fn drop(&mut self) {
        let (host, outside) = (&self.world.host, &self.world.outside);
        outside.ledger().end(host, self.run);
        let breaker = &outside.plan.breaker;
        outside
            .watch()
            .end(host.number, self.to, &self.seen, self.verdict, breaker);
    }
}

fn place(to: &str) -> usize {
    let mut names = crate::flows::DESTINATIONS.iter();
    names.position(|name| *name == to).unwrap_or(0)
}

fn text<'a>(perform: &'a Perform, name: &str) -> &'a str {
    perform
        .with
        .get(name)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn answer(chance: &Chance) -> Output {
    Output {
        status: Some(200),
        headers: json!({}),
        body: json!({ "number": chance.below(10) }),
    }
}

fn failure(code: &str, retry: Retriable) -> Failure {
    Failure {
        code: code.into(),
        message: "as the seed says".into(),
        step: String::new(),
        status: None,
        output: None,
        retry,
    }
}

fn spec(name: &'static str, on_unknown: OnUnknown) -> ActionSpec {
    let field = |name| Field {
        name,
        place: Place::Text,
        required: false,
        secrets: false,
        help: "",
    };
    ActionSpec {
        name,
        fields: ["to", "run", "within", "most", "text"].map(field).to_vec(),
        retry: Retry::default(),
        timeout: Duration::from_secs(15),
        on_unknown,
        settles: false,
        connects: Connects::default(),
        complete: |_| Vec::new(),
    }
}

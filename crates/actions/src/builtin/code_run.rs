//! `code.run`: a user's JavaScript over values of the run. The source is never a template: what a call says comes in as
//! `inputs`, as data. It runs on threads of its own, never on those that serve requests.

use super::{Action, Call, Done};
use crate::client::micros;
use crate::describe::{FieldWords, Input, Words};
use crate::draft::cut;
use crate::failure::{Code, Fault};
use crate::secret::Secrets;
use kernel::Problem;
use kernel::flow::{ActionSpec, Connects, Field, OnUnknown};
use kernel::lang::Place;
use kernel::retry::{Retry, Schedule};
use kernel::run::{Exchange, Failure, Output, Request, Response, Retriable, Timing};
use kernel::usage::Used;
use script::{Answer, PATIENCE, Pool, Stopped, Why};
use serde_json::{Map, Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use tokio::time::timeout;

const LONGEST: Duration = Duration::from_secs(10);
/// For a thread, when others compute.
const IN_LINE: Duration = Duration::from_secs(60);
/// Until what cannot be stopped is given up.
const GRACE: Duration = Duration::from_secs(1);

pub(super) struct CodeRun {
    spec: ActionSpec,
    pool: Pool,
}

impl CodeRun {
    pub(super) fn new() -> Self {
        let field = |name, place, help| Field {
            name,
            place,
            required: name == "code",
            secrets: false,
            help,
        };
        let spec = ActionSpec {
            name: "code.run",
            fields: vec![
                field(
                    "code",
                    Place::Program,
                    "JavaScript: the body of a function of `inputs`; what it returns is `body`",
                ),
                field(
                    "inputs",
                    Place::Json,
                    "an object; the code has it as `inputs`",
                ),
            ],
            retry: Retry {
                attempts: 3,
                schedule: Schedule::Exponential {
                    first: Duration::from_secs(2),
                    factor: 4.0,
                    max: Duration::from_secs(60),
                },
            },
            timeout: Duration::from_secs(1),
            on_unknown: OnUnknown::Retry,
            settles: false,
            connects: Connects::default(),
            complete,
        };
        Self {
            spec,
            pool: Pool::default(),
        }
    }
}

fn complete(with: &mut Map<String, Value>) -> Vec<Problem> {
    let mut problems = Vec::new();
    match with.get("code") {
        None => {}
        Some(Value::String(code)) => {
            let wrong = script::check(code).err();
            problems.extend(wrong.map(|why| Problem::new("/code", why.to_string())));
        }
        Some(_) => problems.push(Problem::new("/code", "`code` is a text")),
    }
    let is_object = |inputs: &Value| match inputs {
        Value::Object(_) => true,
        Value::String(text) => super::content::is_template(text),
        _ => false,
    };
    if with.get("inputs").is_some_and(|inputs| !is_object(inputs)) {
        problems.push(Problem::new("/inputs", NO_OBJECT));
    }
    problems
}

const NO_OBJECT: &str = "`inputs` is an object of names and values";

#[async_trait::async_trait]
impl Action for CodeRun {
    fn spec(&self) -> &ActionSpec {
        &self.spec
    }

    fn words(&self) -> Words {
        let code = "const minutes = Math.ceil(inputs.seconds / 60);\nreturn { minutes, price: minutes * 0.12 };";
        Words {
            label: "Run code",
            description: "Computes with JavaScript what expressions cannot. It reaches nothing: no network, no files, no timers.",
            fields: vec![
                FieldWords::new("code", "Code", Input::Code, code),
                FieldWords::new(
                    "inputs",
                    "Inputs",
                    Input::Json,
                    json!({ "seconds": "{{ duration }}" }),
                ),
            ],
            sample_answer: json!({ "minutes": 3, "price": 0.36 }),
        }
    }

    fn destination(&self, _: &Map<String, Value>) -> Option<String> {
        None
    }

    fn is_pure(&self) -> bool {
        true
    }

    async fn perform(&self, call: &Call<'_>) -> Done {
        let (code, inputs) = match read(&call.perform.with) {
            Ok(read) => read,
            Err(fault) => return fault.into(),
        };
        let started = Instant::now();
        let request = request(&inputs, call);
        let (result, response) = self.run(code, inputs, call).await;
        let timing = Timing {
            total_us: micros(started.elapsed()),
            ..Timing::default()
        };
        let exchange = Exchange {
            request,
            response,
            timing,
        };
        Done {
            result,
            exchange: Some(exchange),
            used: Used::default(),
        }
    }
}

impl CodeRun {
    async fn run(
        &self,
        code: String,
        inputs: Value,
        call: &Call<'_>,
    ) -> (Result<Output, Failure>, Option<Response>) {
        let limit = call.perform.timeout.min(LONGEST);
        match compute(&self.pool, code, inputs, limit, IN_LINE).await {
            Ok(Ok(answer)) => told(answer, call),
            Ok(Err(stopped)) => stopped_early(stopped, call),
            Err(failure) => (Err(*failure), None),
        }
    }
}

/// What code comes to on a thread of the pool, for which it waits `in_line` at most.
async fn compute(
    pool: &Pool,
    code: String,
    inputs: Value,
    limit: Duration,
    in_line: Duration,
) -> Result<Result<Answer, Stopped>, Box<Failure>> {
    let longest = limit * PATIENCE + GRACE;
    let (sender, answer) = oneshot::channel();
    let began = Arc::new(AtomicBool::new(false));
    let begins = began.clone();
    let work = move || {
        if !sender.is_closed() {
            begins.store(true, Ordering::Relaxed);
            let _ = sender.send(script::run(&code, &inputs, limit));
        }
    };
    let busy = |message: String| Box::new(Code::Busy.because(message).into());
    pool.spawn(longest, work)
        .map_err(|why| busy(why.to_string()))?;
    match timeout(in_line + longest, answer).await {
        Ok(Ok(ended)) => Ok(ended),
        Ok(Err(_)) => Err(Box::new(failure(&Why::Engine("it broke off".into())))),
        Err(_) if began.load(Ordering::Relaxed) => Err(Box::new(failure(&Why::Time(limit)))),
        Err(_) => Err(busy("no thread was free in time on this node".into())),
    }
}

fn read(with: &Map<String, Value>) -> Result<(String, Value), Fault> {
    let Some(Value::String(code)) = with.get("code") else {
        return Err(Code::BadInput.because("`code` is a text"));
    };
    let inputs = match super::input::given(with, "inputs") {
        None => json!({}),
        Some(inputs @ Value::Object(_)) => inputs.clone(),
        Some(_) => return Err(Code::BadInput.because(NO_OBJECT)),
    };
    Ok((code.clone(), inputs))
}

fn request(inputs: &Value, call: &Call<'_>) -> Request {
    let text = call.secrets.mask(&inputs.to_string()).into_owned();
    let (body, truncated) = cut(text, call.http.keep());
    Request {
        method: "RUN".into(),
        url: "code:javascript".into(),
        headers: Vec::new(),
        body: Some(body),
        truncated,
    }
}

fn told(answer: Answer, call: &Call<'_>) -> (Result<Output, Failure>, Option<Response>) {
    let mut body = answer.value;
    call.secrets.mask_value(&mut body);
    let (shown, truncated) = cut(body.to_string(), call.http.keep());
    let response = Response {
        status: 0,
        headers: lines(&answer.log, &call.secrets),
        body: Some(shown),
        truncated,
    };
    let output = Output {
        status: None,
        headers: Value::Null,
        body,
    };
    (Ok(output), Some(response))
}

fn stopped_early(stopped: Stopped, call: &Call<'_>) -> (Result<Output, Failure>, Option<Response>) {
    let response = (!stopped.log.is_empty()).then(|| Response {
        status: 0,
        headers: lines(&stopped.log, &call.secrets),
        body: None,
        truncated: false,
    });
    (Err(failure(&stopped.why)), response)
}

/// What was logged, as people see it.
fn lines(log: &[String], secrets: &Secrets) -> Vec<(String, String)> {
    let lines = log
        .iter()
        .map(|line| ("console".to_owned(), secrets.mask(line).into_owned()));
    lines.collect()
}

fn failure(why: &Why) -> Failure {
    let code = match why {
        Why::Wrong(_) | Why::Engine(_) => Code::ScriptFailed,
        Why::Time(_) | Why::Memory => Code::ScriptLimit,
        Why::Answer => Code::OutputTooLarge,
    };
    let mut failure = Failure::from(code.because(why.to_string()));
    if matches!(why, Why::Engine(_)) {
        failure.retry = Retriable::Yes;
    }
    failure
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn code_that_only_waited_for_a_thread_may_be_tried_again() {
        let pool = Pool::default();
        let (release, released) = std::sync::mpsc::channel::<()>();
        let released = Arc::new(std::sync::Mutex::new(released));
        // As many as a pool may have threads.
        for _ in 0..8 {
            let released = released.clone();
            let hold = move || {
                let _ = released.lock().unwrap().recv();
            };
            pool.spawn(Duration::from_secs(60), hold).unwrap();
        }
        let none = Duration::ZERO;
        let waited = compute(&pool, "return 1".into(), json!({}), none, none).await;
        let failure = waited.unwrap_err();
        assert_eq!((&*failure.code, failure.retry), ("busy", Retriable::Yes));
        drop(release);
    }
}

//! `sql.query`, `sql.insert`, `sql.update`, `sql.execute`: one statement in a database of the workspace's. Values are bound,
//! never written into it; what a step reads it gets whole, or it fails.

mod file;
mod inputs;
mod outcome;
mod pool;
mod record;
mod spec;

use super::{Action, Call, Done};
use crate::client::Opening;
use crate::connection::Connection;
use crate::describe::Words;
use crate::failure::{Code, Fault};
use ::sql::sqlite::Course;
use ::sql::{Answer, Bounds, Dialect};
use file::Files;
use inputs::Wanted;
use kernel::flow::ActionSpec;
use kernel::run::{Failure, Output, Request};
use kernel::usage::Used;
use pool::Pool;
use serde_json::{Map, Value, json};
use std::sync::Arc;
use std::time::Instant;
use tokio::time::timeout_at;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    Query,
    Insert,
    Update,
    Execute,
}

struct Sql {
    verb: Verb,
    spec: ActionSpec,
    pool: Arc<Pool>,
    files: Arc<Files>,
}

/// The actions, which share their lines.
pub(super) fn all() -> Vec<Box<dyn Action>> {
    let (pool, files) = (Arc::<Pool>::default(), Arc::<Files>::default());
    let verbs = [Verb::Query, Verb::Insert, Verb::Update, Verb::Execute];
    let made = verbs.map(|verb| -> Box<dyn Action> {
        Box::new(Sql {
            verb,
            spec: spec::spec(verb),
            pool: pool.clone(),
            files: files.clone(),
        })
    });
    made.into()
}

#[async_trait::async_trait]
impl Action for Sql {
    fn spec(&self) -> &ActionSpec {
        &self.spec
    }

    fn words(&self) -> Words {
        spec::words(self.verb)
    }

    /// The connection decides, so that all that one step does with a database counts as one destination.
    fn destination(&self, _: &Map<String, Value>) -> Option<String> {
        None
    }

    fn preview(&self, call: &Call<'_>) -> Result<Request, Fault> {
        let wanted = self.wanted(call)?;
        Ok(record::request(&wanted.statement, call, usize::MAX))
    }

    async fn perform(&self, call: &Call<'_>) -> Done {
        match self.wanted(call) {
            Ok(wanted) => self.send(wanted, call).await,
            Err(fault) => fault.into(),
        }
    }
}

impl Sql {
    fn wanted(&self, call: &Call<'_>) -> Result<Wanted, Fault> {
        inputs::read(self.verb, &call.perform.with, dialect(connection(call)?))
    }

    async fn send(&self, wanted: Wanted, call: &Call<'_>) -> Done {
        let started = Instant::now();
        let mut trail = Trail::default();
        let done = timeout_at(call.deadline, self.run(&wanted, call, &mut trail)).await;
        let result = match done {
            Ok(result) => result,
            Err(_) => Err(outcome::late(&trail)),
        };
        let exchange = record::exchange(&wanted.statement, call, &trail, &result, started);
        Done {
            result: result.map(|answer| output(answer, call)),
            exchange: Some(exchange),
            used: Used::default(),
        }
    }

    async fn run(
        &self,
        wanted: &Wanted,
        call: &Call<'_>,
        trail: &mut Trail,
    ) -> Result<Answer, Failure> {
        let connection = connection(call)?;
        let statement = inputs::revealed(&wanted.statement, &call.secrets);
        trail.writes = statement.writes;
        if dialect(connection) == Dialect::Sqlite {
            return self.files.run(statement, wanted.bounds, call, trail).await;
        }
        let mut line = self.pool.take(connection, call, &mut trail.waits).await?;
        trail.opening = Some(line.opening());
        let bounds = Bounds {
            time: outcome::left(call),
            ..wanted.bounds
        };
        let asked = line.run(&statement, bounds, &mut trail.in_doubt).await;
        let answer = asked
            .map_err(|trouble| outcome::failure(&trouble, &connection.name, trail.in_doubt))?;
        // What any statement may have set for its session is not left to the next one.
        if self.verb != Verb::Execute {
            self.pool.give_back(line);
        }
        Ok(answer)
    }
}

/// How far a call came, for whoever has to say so when its time is over.
#[derive(Default)]
struct Trail {
    /// What it waits for on this node.
    waits: Option<&'static str>,
    opening: Option<Arc<Opening>>,
    /// The statement may change something.
    writes: bool,
    in_doubt: bool,
    /// Of a statement in a file, which goes on without us.
    course: Option<Arc<Course>>,
}

fn connection<'c>(call: &'c Call<'_>) -> Result<&'c Connection, Fault> {
    let none = || Code::ConnectionMissing.because("there is no connection");
    call.connection.as_deref().ok_or_else(none)
}

fn dialect(connection: &Connection) -> Dialect {
    match &*connection.kind {
        "mysql" => Dialect::MySql,
        "sqlite" => Dialect::Sqlite,
        _ => Dialect::Postgres,
    }
}

fn output(answer: Answer, call: &Call<'_>) -> Output {
    let mut body = json!({ "count": answer.count, "rows": answer.rows });
    if let Some(id) = answer.insert_id {
        body["insert_id"] = id.into();
    }
    call.secrets.mask_value(&mut body);
    Output {
        status: None,
        headers: Value::Null,
        body,
    }
}

/// Signs in and looks around; nothing is changed.
pub(crate) async fn try_out(connection: &Connection, call: &Call<'_>) -> Result<String, Fault> {
    if dialect(connection) == Dialect::Sqlite {
        return file::try_out(connection, call).await;
    }
    let opened = timeout_at(call.deadline, pool::open(connection, call)).await;
    match opened {
        Ok(Ok(line)) => Ok(format!(
            "{} answers as {} and accepts the user `{}` for the database `{}`; nothing was changed",
            record::address(connection),
            line.is_what(),
            connection.text("user"),
            connection.text("database")
        )),
        Ok(Err(failure)) => Err(Code::SqlRefused.because(failure.message)),
        Err(_) => {
            let message = format!(
                "{} does not answer as a database does within 15 s: check host and port",
                record::address(connection)
            );
            Err(Code::Timeout.because(message))
        }
    }
}

//! Open lines to databases: so many at once for each connection, kept a moment, and asked whether they are still good before
//! they are used again.

use super::super::resting::Resting;
use super::{Call, dialect, outcome};
use crate::client::{Opening, Socket};
use crate::connection::Connection;
use crate::connection::database::Server;
use crate::failure::Fault;
use crate::guard::AllowedNetwork;
use ::sql::{Answer, Bounds, Dialect, Login, Statement, Trouble, mysql, postgres};
use kernel::run::Failure;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

const IDLE: Duration = Duration::from_secs(60);
/// Lines that rest, of all connections.
const MOST: usize = 128;
const LINES: u64 = 5;
const ALL_IN_USE: &str = "all lines that the connection may have in use are taken: raise its `connections`, or do less at once";

pub(super) struct Pool {
    resting: Resting<Line>,
    gates: Mutex<Vec<Gate>>,
}

impl Default for Pool {
    fn default() -> Self {
        Self {
            resting: Resting::new(IDLE, MOST),
            gates: Mutex::default(),
        }
    }
}

/// How many lines one version of a connection may have in use.
struct Gate {
    connection: String,
    version: u32,
    free: Arc<Semaphore>,
}

/// An open line, signed in, of one version of one connection.
pub(super) struct Line {
    session: Session,
    opening: Arc<Opening>,
    connection: String,
    version: u32,
    allowed: Vec<AllowedNetwork>,
    /// While it is in use.
    place: Option<OwnedSemaphorePermit>,
}

enum Session {
    Postgres(postgres::Session),
    MySql(Box<mysql::Session<Socket>>),
}

impl Pool {
    /// A line for the call's connection: one that rests here, or a new one. `waits` while there is none to have.
    pub(super) async fn take(
        &self,
        connection: &Connection,
        call: &Call<'_>,
        waits: &mut Option<&'static str>,
    ) -> Result<Line, Failure> {
        let gate = self.gate(connection);
        *waits = Some(ALL_IN_USE);
        let place = gate.acquire_owned().await;
        *waits = None;
        let place = place.expect("gates are never closed");
        while let Some(mut line) = self.rested(connection, call.allowed) {
            if line.session.is_good().await {
                line.place = Some(place);
                return Ok(line);
            }
        }
        let mut line = open(connection, call).await?;
        line.place = Some(place);
        Ok(line)
    }

    /// A line on which the last statement went well.
    pub(super) fn give_back(&self, mut line: Line) {
        let place = line.place.take();
        self.resting.put(line);
        // Whoever waits for the place must find the line.
        drop(place);
    }

    fn rested(&self, connection: &Connection, allowed: &[AllowedNetwork]) -> Option<Line> {
        self.resting.take(|line| {
            line.connection == connection.id
                && line.version == connection.version
                && line.allowed == allowed
        })
    }

    fn gate(&self, connection: &Connection) -> Arc<Semaphore> {
        let mut gates = self.gates.lock().unwrap_or_else(PoisonError::into_inner);
        let known = gates
            .iter()
            .find(|gate| gate.connection == connection.id && gate.version == connection.version);
        if let Some(gate) = known {
            return gate.free.clone();
        }
        // Of those nobody uses none is missed.
        gates.retain(|gate| Arc::strong_count(&gate.free) > 1);
        let lines = connection.number("connections").unwrap_or(LINES);
        let free = Arc::new(Semaphore::new(usize::try_from(lines).unwrap_or(1)));
        gates.push(Gate {
            connection: connection.id.clone(),
            version: connection.version,
            free: free.clone(),
        });
        free
    }
}

pub(super) async fn open(connection: &Connection, call: &Call<'_>) -> Result<Line, Failure> {
    let server = Server::of(connection);
    let dialled = call
        .http
        .dial(call.allowed, server.host, server.port, false);
    let socket = dialled.await.map_err(|trouble| trouble.fault())?;
    let opening = socket.opened();
    let login = Login {
        user: connection.text("user"),
        password: connection.text("password"),
        database: connection.text("database"),
    };
    let failed = |trouble: Trouble| outcome::failure(&trouble, &connection.name, false);
    let session = greet(socket, &server, login, connection, call).await;
    Ok(Line {
        session: session.map_err(|stop| match stop {
            Stop::Fault(fault) => fault.into(),
            Stop::Trouble(trouble) => failed(trouble),
        })?,
        opening,
        connection: connection.id.clone(),
        version: connection.version,
        allowed: call.allowed.to_vec(),
        place: None,
    })
}

async fn greet(
    mut socket: Socket,
    server: &Server<'_>,
    login: Login<'_>,
    connection: &Connection,
    call: &Call<'_>,
) -> Result<Session, Stop> {
    let tls = match server.tls {
        true => Some(call.http.trusting(connection.text("authority"))?),
        false => None,
    };
    if dialect(connection) == Dialect::MySql {
        let mut greeting = mysql::greet(&mut socket).await?;
        if let Some(tls) = tls {
            mysql::ask_for_tls(&mut socket, &mut greeting).await?;
            socket = socket.secure_by(tls).await?;
        }
        let session = mysql::Session::open(socket, greeting, login).await?;
        return Ok(Session::MySql(Box::new(session)));
    }
    if let Some(tls) = tls {
        postgres::ask_for_tls(&mut socket).await?;
        socket = socket.secure_by(tls).await?;
    }
    let session = postgres::Session::open(socket, login).await?;
    Ok(Session::Postgres(session))
}

impl Line {
    pub(super) fn opening(&self) -> Arc<Opening> {
        self.opening.clone()
    }

    /// `in_doubt` is kept up to date while it runs: the time may be over at any moment.
    pub(super) async fn run(
        &mut self,
        statement: &Statement,
        bounds: Bounds,
        in_doubt: &mut bool,
    ) -> Result<Answer, Trouble> {
        match &mut self.session {
            Session::Postgres(session) => session.run(statement, bounds, in_doubt).await,
            Session::MySql(session) => session.run(statement, bounds, in_doubt).await,
        }
    }

    /// What answers there, as people call it.
    pub(super) fn is_what(&self) -> String {
        match &self.session {
            Session::Postgres(session) => format!("PostgreSQL {}", session.version()),
            Session::MySql(session) => session.name().to_owned(),
        }
    }
}

impl Session {
    async fn is_good(&mut self) -> bool {
        match self {
            Session::Postgres(session) => session.is_good().await,
            Session::MySql(session) => session.is_good().await,
        }
    }
}

enum Stop {
    Fault(Fault),
    Trouble(Trouble),
}

impl From<Trouble> for Stop {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<crate::client::Trouble> for Stop {
    fn from(trouble: crate::client::Trouble) -> Self {
        Self::Fault(trouble.fault())
    }
}

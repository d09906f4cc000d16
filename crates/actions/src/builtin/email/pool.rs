//! Open lines to mail servers: kept a moment per connection, and asked whether they are still good before they are used again.

use super::super::Call;
use super::super::resting::Resting;
use super::failure;
use super::inputs::Mail;
use crate::client::Socket;
use crate::connection::Connection;
use crate::connection::smtp::{Security, Server};
use crate::failure::{Code, Fault};
use crate::guard::AllowedNetwork;
use kernel::run::Failure;
use mail::{Login, Mailbox, Session, Trouble};
use std::time::Duration;
use tokio::time::timeout_at;

/// Servers hang up after five minutes or less; a line that rests here costs one of theirs.
const IDLE: Duration = Duration::from_secs(30);
const MOST: usize = 64;
/// Some servers take so many mails on one line and no more.
const LETTERS: u32 = 50;

pub(crate) struct Pool(Resting<Line>);

impl Default for Pool {
    fn default() -> Self {
        Self(Resting::new(IDLE, MOST))
    }
}

/// An open line, signed in, of one version of one connection.
pub(crate) struct Line {
    pub(super) session: Session<Socket>,
    connection: String,
    version: u32,
    allowed: Vec<AllowedNetwork>,
    letters: u32,
}

/// Why there is no line, or no receipt, with what was said until then.
pub(super) struct Stop {
    pub(super) failure: Failure,
    pub(super) said: String,
}

impl Pool {
    /// A line for the call's connection: one that rests here, or a new one.
    pub(super) async fn take(&self, mail: &Mail, call: &Call<'_>) -> Result<Line, Stop> {
        let Some(connection) = call.connection.as_deref() else {
            return Err(Stop::from(
                Code::ConnectionMissing.because("there is no connection"),
            ));
        };
        while let Some(mut line) = self.rested(connection, call.allowed) {
            if line.session.reset().await.is_ok() {
                return Ok(line);
            }
        }
        let session = open(connection, mail.from.domain(), call).await?;
        Ok(Line {
            session,
            connection: connection.id.clone(),
            version: connection.version,
            allowed: call.allowed.to_vec(),
            letters: 0,
        })
    }

    /// A line on which the last letter was taken.
    pub(super) fn give_back(&self, mut line: Line) {
        line.letters += 1;
        if line.letters < LETTERS {
            self.0.put(line);
        }
    }

    fn rested(&self, connection: &Connection, allowed: &[AllowedNetwork]) -> Option<Line> {
        self.0.take(|line| {
            line.connection == connection.id
                && line.version == connection.version
                && line.allowed == allowed
        })
    }
}

async fn open(
    connection: &Connection,
    hello: &str,
    call: &Call<'_>,
) -> Result<Session<Socket>, Stop> {
    let server = Server::of(connection);
    let over_tls = server.security == Security::Tls;
    let socket = call
        .http
        .dial(call.allowed, server.host, server.port, over_tls);
    let socket = socket
        .await
        .map_err(|trouble| Stop::from(trouble.fault()))?;
    let stop = |(trouble, said): (Trouble, String)| Stop {
        failure: failure(&trouble, &connection.name),
        said,
    };
    let mut session = Session::open(socket, hello).await.map_err(stop)?;
    if server.security == Security::StartTls {
        let (socket, said) = session.start_tls().await.map_err(stop)?;
        let socket = socket.secure(call.http).await.map_err(|trouble| Stop {
            failure: trouble.fault().into(),
            said: said.clone(),
        })?;
        session = Session::resume(socket, hello, said).await.map_err(stop)?;
    }
    let user = connection.text("user");
    if !user.is_empty() {
        let password = connection.text("password");
        let signed_in = session.sign_in(Login { user, password }).await;
        signed_in.map_err(|trouble| stop((trouble, session.said().to_owned())))?;
    }
    Ok(session)
}

/// Greets the server and signs in; nothing is sent.
pub(crate) async fn try_out(connection: &Connection, call: &Call<'_>) -> Result<String, Fault> {
    let server = Server::of(connection);
    let from =
        Mailbox::parse(connection.text("from")).map_err(|why| Code::BadInput.because(why))?;
    let opened = timeout_at(call.deadline, open(connection, from.domain(), call)).await;
    let mut session = match opened {
        Ok(Ok(session)) => session,
        Ok(Err(stop)) => return Err(Code::MailRefused.because(stop.failure.message)),
        Err(_) => {
            let message = format!(
                "`{}` does not answer as a mail server does within 15 s: check port and security",
                super::address(&server)
            );
            return Err(Code::Timeout.because(message));
        }
    };
    let _ = timeout_at(call.deadline, session.quit()).await;
    let signed_in = match connection.text("user") {
        "" => "takes mail without a sign-in",
        _ => "accepts the user name and password",
    };
    Ok(format!(
        "{} answers and {signed_in}; no mail was sent",
        super::address(&server)
    ))
}

impl Stop {
    pub(super) fn said(mut self, session: &Session<Socket>) -> Self {
        session.said().clone_into(&mut self.said);
        self
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self {
            failure: fault.into(),
            said: String::new(),
        }
    }
}

impl From<Trouble> for Stop {
    fn from(trouble: Trouble) -> Self {
        Self {
            failure: failure(&trouble, ""),
            said: String::new(),
        }
    }
}

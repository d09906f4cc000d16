//! PostgreSQL on a stream that is given. Every statement runs in a transaction of its own: what fails before the transaction
//! is asked to end has changed nothing, and only an answer to that question that is lost leaves a doubt.

mod cell;
mod door;
mod number;
mod param;
mod refusal;

use crate::answer::Rows;
use crate::{Answer, Bounds, Login, Statement, Trouble};
use door::Door;
use futures_util::{TryStreamExt, pin_mut};
use param::Param;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_postgres::{Client, Config, Error, NoTls};

/// A request for TLS: its length, and the number that stands for it.
const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];
/// How long a line that rested may take to say that it is still good, or a broken one to say why.
const MOMENT: Duration = Duration::from_secs(2);

/// Asks for TLS on a stream on which nothing was said yet. The handshake is the caller's.
pub async fn ask_for_tls<S>(stream: &mut S) -> Result<(), Trouble>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    stream.write_all(&SSL_REQUEST).await?;
    stream.flush().await?;
    // One byte and no more: what follows is the handshake.
    match stream.read_u8().await? {
        b'S' => Ok(()),
        b'N' => Err(Trouble::NoTls),
        _ => Err(Trouble::Nonsense(
            "what answers there is not PostgreSQL: check host and port".into(),
        )),
    }
}

/// An open line, signed in.
pub struct Session {
    client: Client,
    driver: JoinHandle<Option<Error>>,
    version: String,
}

impl Session {
    pub async fn open<S>(stream: S, login: Login<'_>) -> Result<Session, Trouble>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let mut config = Config::new();
        config
            .user(login.user)
            .password(login.password)
            .dbname(login.database)
            .application_name("switchhook");
        let opened = config.connect_raw(Door::new(stream), NoTls).await;
        let (client, connection) = opened.map_err(refusal::at_the_door)?;
        let version = connection.parameter("server_version");
        let version = version.unwrap_or_default().to_owned();
        Ok(Session {
            client,
            driver: tokio::spawn(async move { connection.await.err() }),
            version,
        })
    }

    pub fn version(&self) -> &str {
        &self.version
    }

    /// Whether the line can be used again; what the last statement held for its session is given up.
    pub async fn is_good(&self) -> bool {
        let asked = self.client.batch_execute("select pg_advisory_unlock_all()");
        !self.client.is_closed() && timeout(MOMENT, asked).await.is_ok_and(|done| done.is_ok())
    }

    /// Runs one statement; after an error the line is of no use. It is `in_doubt` while the end of the transaction was asked
    /// for and the answer has not come.
    pub async fn run(
        &mut self,
        statement: &Statement,
        bounds: Bounds,
        in_doubt: &mut bool,
    ) -> Result<Answer, Trouble> {
        match self.within_transaction(statement, bounds, in_doubt).await {
            Ok(answer) => Ok(answer),
            Err(Fault::Ours(trouble)) => Err(trouble),
            Err(Fault::Theirs(error)) if error.as_db_error().is_some() => {
                *in_doubt = false;
                Err(refusal::read(error))
            }
            Err(Fault::Theirs(error)) => Err(self.why(error).await),
        }
    }

    async fn within_transaction(
        &mut self,
        statement: &Statement,
        bounds: Bounds,
        in_doubt: &mut bool,
    ) -> Result<Answer, Fault> {
        let mode = match statement.writes {
            true => "read write",
            false => "read only",
        };
        let most = bounds.time.as_millis().clamp(1, i32::MAX as u128);
        let begin = format!("begin {mode}; set local statement_timeout = {most}");
        self.client.batch_execute(&begin).await?;
        let answer = self.ask(statement, bounds).await?;
        match statement.writes {
            true => {
                *in_doubt = true;
                self.client.batch_execute("commit").await?;
                *in_doubt = false;
            }
            // Takes back what was set for the session as well.
            false => self.client.batch_execute("rollback").await?,
        }
        Ok(answer)
    }

    async fn ask(&self, statement: &Statement, bounds: Bounds) -> Result<Answer, Fault> {
        let prepared = self.client.prepare(&statement.text).await?;
        let (types, values) = (prepared.params(), &statement.values);
        if types.len() != values.len() {
            return Err(
                Trouble::Input(crate::statement::miscounted(types.len(), values.len())).into(),
            );
        }
        let params = types
            .iter()
            .zip(values)
            .enumerate()
            .map(|(at, (kind, value))| {
                Param::new(value, kind)
                    .map_err(|why| Trouble::Input(format!("value {}: {why}", at + 1)))
            });
        let params = params.collect::<Result<Vec<_>, _>>()?;
        let columns = prepared.columns();
        let mut rows = Rows::new(columns.iter().map(|column| column.name()), bounds);
        let stream = self.client.query_raw(&prepared, params.iter()).await?;
        pin_mut!(stream);
        while let Some(row) = stream.try_next().await? {
            rows.take(|at, name| cell::read(&row, at, columns[at].type_(), name))?;
        }
        let rows = rows.done();
        Ok(Answer {
            count: stream.rows_affected().unwrap_or(rows.len() as u64),
            rows,
            insert_id: None,
        })
    }

    /// The client knows only that the line is gone; its driver knows why.
    async fn why(&mut self, error: Error) -> Trouble {
        if error.is_closed()
            && let Ok(Ok(Some(cause))) = timeout(MOMENT, &mut self.driver).await
        {
            return refusal::read(cause);
        }
        refusal::read(error)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Closes the socket, whatever is under way on it.
        self.driver.abort();
    }
}

enum Fault {
    Ours(Trouble),
    Theirs(Error),
}

impl From<Trouble> for Fault {
    fn from(trouble: Trouble) -> Self {
        Self::Ours(trouble)
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Theirs(error)
    }
}

//! MySQL and MariaDB on a stream that is given: prepared statements in a transaction of their own. Some changes are kept by
//! them at once, whatever the transaction does; so a change is in doubt from the moment its statement goes out.

mod greeting;
mod refusal;
mod sign_in;
mod value;
mod wire;

pub use greeting::{Greeting, ask_for_tls, greet};

use crate::answer::Rows;
use crate::build::first_word;
use crate::statement::miscounted;
use crate::{Answer, Bounds, Login, Statement, Trouble};
use serde_json::Value;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, BufReader};
use tokio::time::timeout;
use value::Column;
use wire::{MOST_SENT, Packet, Turn, nonsense};

const QUERY: u8 = 0x03;
const PREPARE: u8 = 0x16;
const EXECUTE: u8 = 0x17;
const CLOSE: u8 = 0x19;
const RESET: u8 = 0x1f;
const MORE_RESULTS: u64 = 0x8;
/// What begins so is done whole or not at all; procedures, blocks and changes of tables commit as they like.
const WHOLE: [&str; 6] = ["insert", "replace", "update", "delete", "with", "select"];
const MOST_COLUMNS: u64 = 4_096;
/// How long a line that rested may take to say that it is still good.
const MOMENT: Duration = Duration::from_secs(2);

/// An open line, signed in.
pub struct Session<S> {
    stream: BufReader<S>,
    name: String,
    is_mariadb: bool,
}

/// What ends a statement that gives no rows.
struct Ended {
    changed: u64,
    insert_id: u64,
    more: bool,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Session<S> {
    pub async fn open(
        mut stream: S,
        mut greeting: Greeting,
        login: Login<'_>,
    ) -> Result<Self, Trouble> {
        sign_in::sign_in(&mut stream, &mut greeting, login).await?;
        Ok(Session {
            stream: BufReader::new(stream),
            name: greeting.name(),
            is_mariadb: greeting.version.contains("MariaDB"),
        })
    }

    /// What answers there, with its version.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the line can be used again; what the last statement held for its session is given up.
    pub async fn is_good(&mut self) -> bool {
        let asked = self.command(&[RESET]);
        timeout(MOMENT, asked).await.is_ok_and(|done| done.is_ok())
    }

    /// Runs one statement; after an error the line is of no use. It is `in_doubt` while it may have changed something and
    /// nobody has said so.
    pub async fn run(
        &mut self,
        statement: &Statement,
        bounds: Bounds,
        in_doubt: &mut bool,
    ) -> Result<Answer, Trouble> {
        let limit = match self.is_mariadb {
            true => format!(
                "max_statement_time = {:.3}",
                bounds.time.as_secs_f64().max(0.001)
            ),
            false => format!("max_execution_time = {}", bounds.time.as_millis().max(1)),
        };
        self.say(&format!(
            "set names utf8mb4, time_zone = '+00:00', {limit}, sql_mode = concat(@@sql_mode, ',STRICT_TRANS_TABLES')"
        ))
        .await?;
        let (begin, end) = match statement.writes {
            true => ("start transaction", "commit"),
            false => ("start transaction read only", "rollback"),
        };
        self.say(begin).await?;
        let (id, mut turn) = self.prepare(statement).await?;
        *in_doubt = statement.writes;
        let whole = WHOLE.contains(&first_word(&statement.text).as_str());
        let answer = self.execute(id, statement, bounds, &mut turn).await;
        let answer = settle(answer, whole, in_doubt)?;
        self.close(id).await?;
        settle(self.say(end).await, whole, in_doubt)?;
        *in_doubt = false;
        Ok(answer)
    }

    async fn prepare(&mut self, statement: &Statement) -> Result<(u32, Turn), Trouble> {
        let mut turn = self.send(PREPARE, statement.text.as_bytes()).await?;
        let packet = turn.read(&mut self.stream).await?;
        let mut packet = Packet(&packet);
        match packet.u8()? {
            0x00 => {}
            0xff => return Err(refusal::read(packet)),
            _ => return Err(nonsense()),
        }
        let id = packet.number(4)? as u32;
        let (columns, places) = (packet.number(2)?, packet.number(2)?);
        for described in [places, columns] {
            if described > 0 {
                // One for each, and an end.
                for _ in 0..=described {
                    turn.read(&mut self.stream).await?;
                }
            }
        }
        let given = statement.values.len();
        match usize::try_from(places) == Ok(given) {
            true => Ok((id, turn)),
            false => Err(Trouble::Input(miscounted(places as usize, given))),
        }
    }

    async fn execute(
        &mut self,
        id: u32,
        statement: &Statement,
        bounds: Bounds,
        turn: &mut Turn,
    ) -> Result<Answer, Trouble> {
        *turn = self.send(EXECUTE, &bound(id, &statement.values)).await?;
        let mut answer = None;
        loop {
            let packet = turn.read(&mut self.stream).await?;
            let (found, more) = match packet.first() {
                None | Some(0xfb) => return Err(nonsense()),
                Some(0xff) => return Err(refusal::read(Packet(&packet[1..]))),
                Some(0x00) => {
                    let ended = ended(&packet)?;
                    let found = Answer {
                        rows: Vec::new(),
                        count: ended.changed,
                        insert_id: Some(ended.insert_id).filter(|id| *id > 0),
                    };
                    (found, ended.more)
                }
                Some(_) => {
                    let columns = Packet(&packet).count()?;
                    self.rows(columns, bounds, turn).await?
                }
            };
            // A procedure may give several answers: the first is the one.
            answer.get_or_insert(found);
            if !more {
                return answer.ok_or_else(nonsense);
            }
        }
    }

    /// The rows, and whether another answer follows.
    async fn rows(
        &mut self,
        count: u64,
        bounds: Bounds,
        turn: &mut Turn,
    ) -> Result<(Answer, bool), Trouble> {
        if count > MOST_COLUMNS {
            return Err(nonsense());
        }
        let mut columns = Vec::new();
        for _ in 0..count {
            columns.push(Column::read(&turn.read(&mut self.stream).await?)?);
        }
        turn.read(&mut self.stream).await?;
        let mut rows = Rows::new(columns.iter().map(|column| &*column.name), bounds);
        loop {
            let packet = turn.read(&mut self.stream).await?;
            match packet.first() {
                Some(0x00) => {}
                Some(0xfe) if packet.len() < 9 => {
                    let status = Packet(&packet[1..]).number(4)? >> 16;
                    let rows = rows.done();
                    let answer = Answer {
                        count: rows.len() as u64,
                        rows,
                        insert_id: None,
                    };
                    return Ok((answer, status & MORE_RESULTS != 0));
                }
                Some(0xff) => return Err(refusal::read(Packet(&packet[1..]))),
                _ => return Err(nonsense()),
            }
            let mut row = Packet(&packet[1..]);
            let nulls = row.take((columns.len() + 9) / 8)?;
            rows.take(|at, _| match nulls[(at + 2) / 8] >> ((at + 2) % 8) & 1 {
                1 => Ok(Value::Null),
                _ => columns[at].value(&mut row),
            })?;
        }
    }

    async fn say(&mut self, text: &str) -> Result<(), Trouble> {
        let mut command = vec![QUERY];
        command.extend_from_slice(text.as_bytes());
        self.command(&command).await
    }

    /// A command whose answer is yes or no.
    async fn command(&mut self, command: &[u8]) -> Result<(), Trouble> {
        let mut turn = self.send(command[0], &command[1..]).await?;
        let packet = turn.read(&mut self.stream).await?;
        match packet.first() {
            Some(0x00) => Ok(()),
            Some(0xff) => Err(refusal::read(Packet(&packet[1..]))),
            _ => Err(nonsense()),
        }
    }

    /// Nobody answers to it.
    async fn close(&mut self, id: u32) -> Result<(), Trouble> {
        self.send(CLOSE, &id.to_le_bytes()).await.map(drop)
    }

    async fn send(&mut self, command: u8, rest: &[u8]) -> Result<Turn, Trouble> {
        let mut turn = Turn::default();
        let mut packet = Vec::with_capacity(rest.len() + 1);
        packet.push(command);
        packet.extend_from_slice(rest);
        if packet.len() > MOST_SENT {
            return Err(Trouble::Input(format!(
                "the statement with its values has more than {MOST_SENT} bytes"
            )));
        }
        turn.write(&mut self.stream, &packet).await?;
        Ok(turn)
    }
}

/// A server that refuses leaves no doubt, unless it is to be asked again and part of what it did may be kept.
fn settle<T>(result: Result<T, Trouble>, whole: bool, in_doubt: &mut bool) -> Result<T, Trouble> {
    let is_clear = match &result {
        Err(Trouble::Refused { again: true, .. } | Trouble::Time(_)) => whole,
        Err(
            Trouble::Refused { again: false, .. }
            | Trouble::NoDatabase(_)
            | Trouble::SignIn(_)
            | Trouble::Input(_),
        ) => true,
        _ => false,
    };
    *in_doubt &= !is_clear;
    result
}

/// What executes a statement with its values.
fn bound(id: u32, values: &[Value]) -> Vec<u8> {
    let mut packet = id.to_le_bytes().to_vec();
    packet.push(0);
    packet.extend_from_slice(&1u32.to_le_bytes());
    if values.is_empty() {
        return packet;
    }
    let mut nulls = vec![0u8; values.len().div_ceil(8)];
    let (mut kinds, mut bytes) = (Vec::new(), Vec::new());
    for (at, value) in values.iter().enumerate() {
        if value.is_null() {
            nulls[at / 8] |= 1 << (at % 8);
        }
        kinds.extend_from_slice(&value::put(value, &mut bytes));
    }
    packet.append(&mut nulls);
    packet.push(1);
    packet.append(&mut kinds);
    packet.append(&mut bytes);
    packet
}

fn ended(packet: &[u8]) -> Result<Ended, Trouble> {
    let mut packet = Packet(&packet[1..]);
    let (changed, insert_id) = (packet.count()?, packet.count()?);
    Ok(Ended {
        changed,
        insert_id,
        more: packet.number(2)? & MORE_RESULTS != 0,
    })
}

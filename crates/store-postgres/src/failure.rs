//! What went wrong at the database, and what follows from it: the same batch again, its units one by one, or the caller's turn.

use std::time::Duration;
use store::Error;
use tokio_postgres::error::SqlState;

#[derive(Debug)]
pub enum Failure {
    Database(tokio_postgres::Error),
    /// No connection, or none that answers.
    Away(String),
    Unreadable(String),
}

impl Failure {
    pub fn silent(after: Duration) -> Self {
        Self::Away(format!("no answer within {} s", after.as_secs()))
    }

    fn state(&self) -> Option<&SqlState> {
        match self {
            Self::Database(error) => error.code(),
            _ => None,
        }
    }

    /// Somebody else was faster: the same work, done again, finds what they wrote.
    pub fn is_a_race(&self) -> bool {
        let raced = [
            SqlState::T_R_DEADLOCK_DETECTED,
            SqlState::T_R_SERIALIZATION_FAILURE,
            // The guard of `update_call` and `advance_run`.
            SqlState::DIVISION_BY_ZERO,
        ];
        let taken = |error: &tokio_postgres::Error| {
            error.as_db_error().and_then(|e| e.constraint()) == Some("calls_by_key")
        };
        match self {
            Self::Database(error) if error.code() == Some(&SqlState::UNIQUE_VIOLATION) => {
                taken(error)
            }
            _ => self.state().is_some_and(|state| raced.contains(state)),
        }
    }

    /// The server only reads, or only for now: another one may write.
    pub fn is_a_standby(&self) -> bool {
        self.state() == Some(&SqlState::READ_ONLY_SQL_TRANSACTION)
    }

    pub fn is_repeated(&self) -> bool {
        self.state() == Some(&SqlState::UNIQUE_VIOLATION)
    }

    /// A row that cannot be written, as against a database that is full or away.
    pub fn blames_a_row(&self) -> bool {
        match self {
            // Integrity, data, a limit of the program.
            Self::Database(error) => match error.code() {
                Some(state) => ["22", "23", "54"].contains(&&state.code()[..2]),
                None => std::error::Error::source(error).is_none_or(|source| {
                    source.downcast_ref::<std::io::Error>().is_none() && !error.is_closed()
                }),
            },
            Self::Away(_) => false,
            Self::Unreadable(_) => true,
        }
    }
}

impl From<tokio_postgres::Error> for Failure {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Database(error)
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Database(error) => {
                write!(f, "{error}")?;
                // The driver's own words stop before the cause.
                match error.as_db_error() {
                    Some(error) => write!(f, ": {} ({})", error.message(), error.code().code()),
                    None => match std::error::Error::source(error) {
                        Some(source) => write!(f, ": {source}"),
                        None => Ok(()),
                    },
                }
            }
            Self::Away(why) | Self::Unreadable(why) => f.write_str(why),
        }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Unreadable(why) => Error::Corrupt(why),
            failure => Error::Unavailable(failure.to_string()),
        }
    }
}

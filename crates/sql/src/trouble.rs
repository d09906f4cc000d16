//! What goes wrong with a statement, by what can be done about it. Texts of a database stand in it as they came.

use std::error::Error;

#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The user, the password, or the way in is not accepted.
    #[error("{0}")]
    SignIn(String),
    /// The database has no such database or file.
    #[error("{0}")]
    NoDatabase(String),
    /// The database refuses the statement; `again`: it may take it later.
    #[error("{message}")]
    Refused { message: String, again: bool },
    /// It was stopped when its time was over.
    #[error("{0}")]
    Time(String),
    #[error("{0}")]
    TooLarge(String),
    /// The statement or a value of it cannot be sent.
    #[error("{0}")]
    Input(String),
    /// The server does not speak TLS.
    #[error("the server does not offer TLS, and nothing was sent in the clear")]
    NoTls,
    /// What came is not the protocol.
    #[error("{0}")]
    Nonsense(String),
    #[error("the connection broke: {0}")]
    Broken(#[source] Box<dyn Error + Send + Sync>),
}

impl Trouble {
    pub(crate) fn broken(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Broken(error.into())
    }

    pub(crate) fn refused(message: impl Into<String>) -> Self {
        Self::Refused {
            message: message.into(),
            again: false,
        }
    }
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        Self::broken(error)
    }
}

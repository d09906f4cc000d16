//! What a caller can do about a store that could not do its work.

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Try again later: the database is away, busy or full. Nothing of the request was kept.
    #[error("the store is unavailable: {0}")]
    Unavailable(String),
    /// Another process owns this data directory.
    #[error("{0}")]
    InUse(String),
    /// A row cannot be read: written by a newer version, or damaged.
    #[error("the store holds something unreadable: {0}")]
    Corrupt(String),
}

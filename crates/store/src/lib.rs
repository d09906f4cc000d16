//! The port to a database: narrow traits, split by who reads. A store commits what it is given or says why not
//! (*Conflict*, *Stale*, *Lost*); it never decides what happens next. The conformance suite is the definition of the port.

pub mod archive;
pub mod catalog;
pub mod codec;
pub mod conformance;
pub mod crash;
pub mod error;
pub mod journal;
pub mod load;
mod parts;
pub mod tally;
pub mod transfer;

pub use archive::Archive;
pub use catalog::Catalog;
pub use error::{Error, Result};
pub use journal::Journal;
pub use parts::Parts;
pub use tally::Tally;
pub use transfer::Transfer;

/// Everything a database must do.
pub trait Store: Journal + Catalog + Archive {}
impl<T: Journal + Catalog + Archive> Store for T {}

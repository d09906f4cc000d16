//! Mail: a letter as MIME, and the SMTP dialogue that hands it over, on whatever stream it is given. Nothing here opens a
//! socket or wraps TLS: whoever calls does, through the guard.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod address;
mod letter;
mod plain;
mod session;

pub use address::Mailbox;
pub use letter::{Attachment, Invitation, Letter};
pub use plain::from_html;
pub use session::{Login, Receipt, Reply, Session, Trouble};

//! Who is asking, in which workspace, and whether they may: handlers take a `Caller` of the permission they need, so none can
//! forget to ask.

mod caller;
mod cookie;
mod keys;
mod scope;
mod session;
pub(crate) mod token;

pub use caller::{Admin, Any, Caller, Ingest, Read, Via, Write, session_hash};
pub use cookie::set as set_cookie;
pub use keys::{KeyBody, NewKey, create_key};
pub use scope::Scope;
pub use session::{close as close_session, create_link, open as open_session};
pub use token::generate as generate_token;

pub(crate) use caller::Known;
pub(crate) use keys::{new_id, read as read_body};

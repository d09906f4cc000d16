//! Who is asking, in which workspace, and whether they may: handlers take a `Caller` of the permission they need, so none can
//! forget to ask.

mod caller;
mod cookie;
mod keys;
pub mod member;
mod role;
mod scope;
mod session;
pub(crate) mod token;

pub use caller::{Admin, Any, Caller, Ingest, Operate, Read, Via, Write, session_hash, still_may};
pub use cookie::set as set_cookie;
pub use keys::{KeyBody, NewKey, create_key};
pub use role::Role;
pub use scope::Scope;
pub use session::{
    Standing, close as close_session, create_link, open as open_session, owners_link, revoke_all,
    revoke_links, standing,
};
pub use token::generate as generate_token;

pub(crate) use caller::Known;
pub(crate) use keys::{counted_id, new_id, read as read_body};

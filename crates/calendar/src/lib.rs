//! Appointments as calendars write them: iCalendar, the few bodies of CalDAV, the words of an invitation, and which times are
//! free. Pure: no socket, no clock; whoever talks to a server or sends a mail does it elsewhere.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod appointment;
mod busy;
pub mod dav;
mod invitation;
mod slots;
mod span;
mod tree;
mod when;
mod windows;

pub use appointment::{Appointment, Details, Method, Person};
pub use busy::{Busy, merged, taken};
pub use invitation::{Invitation, invitation};
pub use slots::{Days, Search, Window, free};
pub use span::Span;
pub use when::{Read, When, read};

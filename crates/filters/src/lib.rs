//! The filters that need more than the kernel may see: numbering plans, and dates as people say them. Pure functions in a
//! table that is handed to the kernel; no clock, no I/O.

mod date;
pub mod numerals;
mod phone;
mod place;
mod spoken;

use kernel::lang::filter::Kind::{Like, Text};
use kernel::lang::filter::{Filter, Filters, Kind, ZONE};

pub use date::heard;
pub use phone::{Looked, is_region, look_up, number, number_in};
pub use spoken::Heard;

/// All filters of the language.
pub const ALL: Filters = Filters::with(&TABLE);

/// A region such as `DE`, for numbers written without their country.
const REGION: Kind = Like(|region| phone::region(region).map(drop));
const FORMAT: Kind = Like(|format| phone::Format::named(format).map(drop));

static TABLE: [Filter; 4] = [
    // What a caller said is meant from when the call was, not from when the run looks at it.
    Filter::new("parse_date", &[], &[ZONE, Text], date::parse)
        .implying(&["ended_at", "timestamp", "now"])
        .doubting(),
    Filter::new("phone", &[], &[FORMAT, REGION], phone::phone).doubting(),
    Filter::new("phone_country", &[], &[REGION], phone::country).doubting(),
    Filter::new("phone_type", &[], &[REGION], phone::kind),
];

//! Tables as people export them: bytes go in as they come, rows come out. Knows how spreadsheets write (separators, marks,
//! encodings, quoted lines), not what the columns mean; holds one row and one piece of the input at a time.

mod decode;
mod reader;
mod separator;

pub use reader::{Reader, Row};

/// Nothing behind this place can be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error(
        "line {0}: more than {max} bytes in one row: is a quotation mark not closed?",
        max = reader::LONGEST_ROW
    )]
    TooLong(u64),
    #[error("line {0}: more than {max} columns", max = reader::MOST_COLUMNS)]
    TooWide(u64),
}

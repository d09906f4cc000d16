//! Rows out of pieces of a table. The separator is found in the first line; a row may lie across any number of pieces.

use crate::decode::{self, Encoding};
use crate::{Error, separator};
use csv_core::ReadRecordResult as Read;

/// Bytes of one row.
pub const LONGEST_ROW: usize = 256 << 10;
pub const MOST_COLUMNS: usize = 500;
/// How much of a first line is looked at for its separator.
const LONGEST_HEAD: usize = 64 << 10;
/// Enough to see a mark.
const MARK: usize = 3;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line on which it begins, from 1.
    pub line: u64,
    pub fields: Vec<String>,
}

pub struct Reader {
    separator: Option<u8>,
    encoding: Option<Encoding>,
    /// What has come before the encoding and the separator are known.
    raw: Vec<u8>,
    head: Vec<u8>,
    core: Option<csv_core::Reader>,
    row: Vec<u8>,
    written: usize,
    ends: Vec<usize>,
    columns: usize,
    /// Nothing of the next row has been seen.
    between: bool,
    /// Of the row that is being read, and of what comes next.
    line: u64,
    next_line: u64,
}

impl Reader {
    /// `separator: None`: found in the first line.
    pub fn new(separator: Option<u8>) -> Self {
        Self {
            separator,
            encoding: None,
            raw: Vec::new(),
            head: Vec::new(),
            core: None,
            row: vec![0; 4 << 10],
            written: 0,
            ends: vec![0; MOST_COLUMNS + 1],
            columns: 0,
            between: true,
            line: 1,
            next_line: 1,
        }
    }

    /// The sign between columns, once it is known.
    pub fn separator(&self) -> Option<u8> {
        self.separator
    }

    /// Takes the next piece; the rows that it completes are added to `rows`.
    pub fn push(&mut self, piece: &[u8], rows: &mut Vec<Row>) -> Result<(), Error> {
        self.take(piece, false, rows)
    }

    /// There is no more.
    pub fn finish(&mut self, rows: &mut Vec<Row>) -> Result<(), Error> {
        self.take(&[], true, rows)?;
        self.rows(&[], true, rows)
    }

    fn take(&mut self, piece: &[u8], last: bool, rows: &mut Vec<Row>) -> Result<(), Error> {
        let held;
        let piece = match self.encoding {
            Some(_) => piece,
            None => {
                self.raw.extend_from_slice(piece);
                if self.raw.len() < MARK && !last {
                    return Ok(());
                }
                let (encoding, mark) = decode::of(&self.raw);
                self.encoding = Some(encoding);
                held = std::mem::take(&mut self.raw);
                &held[mark..]
            }
        };
        let wide;
        let text = match &mut self.encoding {
            Some(Encoding::Wide(decoder)) => {
                wide = decode::widen(decoder, piece, last);
                &wide[..]
            }
            _ => piece,
        };
        if self.core.is_some() {
            return self.rows(text, false, rows);
        }
        self.head.extend_from_slice(text);
        let is_all = last || self.head.len() > LONGEST_HEAD;
        if self.separator.is_none() {
            self.separator = separator::find(&self.head, is_all);
        }
        let Some(separator) = self.separator else {
            return Ok(());
        };
        let core = csv_core::ReaderBuilder::new().delimiter(separator).build();
        self.core = Some(core);
        let head = std::mem::take(&mut self.head);
        self.rows(&head, false, rows)
    }

    fn rows(&mut self, mut text: &[u8], last: bool, rows: &mut Vec<Row>) -> Result<(), Error> {
        let Some(core) = &mut self.core else {
            return Ok(());
        };
        // An empty piece means the end to the parser.
        while !text.is_empty() || last {
            if self.between {
                let ends = text.iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
                let (passed, rest) = text.split_at(ends.count());
                self.next_line += lines(passed);
                self.line = self.next_line;
                text = rest;
                if text.is_empty() && !last {
                    return Ok(());
                }
                self.between = false;
            }
            let room = &mut self.row[self.written..];
            let (read, taken, written, columns) =
                core.read_record(text, room, &mut self.ends[self.columns..]);
            self.next_line += lines(&text[..taken]);
            text = &text[taken..];
            self.written += written;
            self.columns += columns;
            match read {
                Read::InputEmpty if last => return Ok(()),
                Read::InputEmpty => {}
                Read::OutputFull if self.row.len() >= LONGEST_ROW => {
                    return Err(Error::TooLong(self.line));
                }
                Read::OutputFull => self.row.resize(self.row.len() * 2, 0),
                Read::OutputEndsFull => return Err(Error::TooWide(self.line)),
                Read::Record => {
                    let ends = &self.ends[..self.columns];
                    let starts = std::iter::once(&0).chain(ends);
                    let fields = starts.zip(ends);
                    let fields = fields.map(|(start, end)| decode::field(&self.row[*start..*end]));
                    rows.push(Row {
                        line: self.line,
                        fields: fields.collect(),
                    });
                    (self.written, self.columns) = (0, 0);
                    self.between = true;
                }
                Read::End => return Ok(()),
            }
        }
        Ok(())
    }
}

fn lines(text: &[u8]) -> u64 {
    text.iter().filter(|byte| **byte == b'\n').count() as u64
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where its fact does")]
mod tests;

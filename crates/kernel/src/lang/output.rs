//! A text being put out: every byte is asked for before memory is taken for it.

use super::secret;
use super::value::too_much;
use serde_json::Value;
use std::io;

pub(super) struct Output {
    bytes: Vec<u8>,
    room: usize,
}

impl Output {
    pub fn new(room: usize) -> Output {
        Output {
            bytes: Vec::new(),
            room,
        }
    }

    pub fn with_capacity(capacity: usize, room: usize) -> Output {
        Output {
            bytes: Vec::with_capacity(capacity.min(room)),
            room,
        }
    }

    pub fn push(&mut self, text: &str) -> Result<(), String> {
        self.raw(text.as_bytes())
    }

    /// Parts of a text; that they add up to one is the caller's to see to.
    pub fn raw(&mut self, bytes: &[u8]) -> Result<(), String> {
        self.room = self.room.checked_sub(bytes.len()).ok_or_else(too_much)?;
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    pub fn json(&mut self, value: &Value) -> Result<(), String> {
        serde_json::to_writer(self, value).map_err(|_| too_much())
    }

    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    pub fn room(&self) -> usize {
        self.room
    }

    /// Takes away what looks like a secret's marker since `from`.
    pub fn neutralise(&mut self, from: usize) {
        secret::neutralise(&mut self.bytes[from..]);
    }

    pub fn finish(self) -> String {
        String::from_utf8(self.bytes).expect("only whole texts and ASCII escapes are put out")
    }
}

impl io::Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.raw(bytes).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

//! Text in what tables are written in: UTF-8, UTF-16 behind its mark, and what Windows wrote before.

use encoding_rs::{Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The first bytes of a table say how it is written.
pub enum Encoding {
    /// Bytes as they are: separators and quotation marks are the same in UTF-8 and Windows-1252.
    Bytes,
    Wide(Decoder),
}

/// What a mark at the beginning says, and how long it is.
pub fn of(head: &[u8]) -> (Encoding, usize) {
    match head {
        [0xef, 0xbb, 0xbf, ..] => (Encoding::Bytes, 3),
        [0xff, 0xfe, ..] => (
            Encoding::Wide(UTF_16LE.new_decoder_without_bom_handling()),
            2,
        ),
        [0xfe, 0xff, ..] => (
            Encoding::Wide(UTF_16BE.new_decoder_without_bom_handling()),
            2,
        ),
        _ => (Encoding::Bytes, 0),
    }
}

/// More of a text in UTF-16, as UTF-8.
pub fn widen(decoder: &mut Decoder, bytes: &[u8], last: bool) -> Vec<u8> {
    let most = decoder.max_utf8_buffer_length(bytes.len());
    let mut text = String::with_capacity(most.unwrap_or(bytes.len() * 3 + 8));
    let _ = decoder.decode_to_string(bytes, &mut text, last);
    text.into_bytes()
}

/// A field; one that is not UTF-8 is read as Windows-1252, in which every byte is a sign.
pub fn field(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
            text.into_owned()
        }
    }
}

//! What a recording is, by how it begins: a page that says "not ready yet" is no recording, whatever it says it is.

/// How many bytes are enough to tell.
pub(super) const HEAD: usize = 16;

pub(super) fn kind(head: &[u8]) -> Option<&'static str> {
    let at = |from: usize, sign: &[u8]| head.get(from..from + sign.len()) == Some(sign);
    let frame = match head {
        // A frame of MPEG audio: its layer is none in ADTS.
        [0xff, second, ..] if second & 0xf6 == 0xf0 => Some("audio/aac"),
        [0xff, second, ..] if second & 0xe0 == 0xe0 && second & 0x06 != 0 => Some("audio/mpeg"),
        _ => None,
    };
    if (at(0, b"RIFF") || at(0, b"RIFX") || at(0, b"RF64")) && at(8, b"WAVE") {
        Some("audio/wav")
    } else if at(0, b"ID3") {
        Some("audio/mpeg")
    } else if at(0, b"OggS") {
        Some("audio/ogg")
    } else if at(0, b"fLaC") {
        Some("audio/flac")
    } else if at(4, b"ftyp") {
        Some("audio/mp4")
    } else if at(0, &[0x1a, 0x45, 0xdf, 0xa3]) {
        Some("audio/webm")
    } else if at(0, b"#!AMR") {
        Some("audio/amr")
    } else if at(0, b"FORM") && (at(8, b"AIFF") || at(8, b"AIFC")) {
        Some("audio/aiff")
    } else if at(0, b".snd") {
        Some("audio/basic")
    } else {
        frame
    }
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn audio_is_told_by_how_it_begins_and_nothing_else_is() {
        for (head, expected) in [
            (&b"RIFF\x24\x00\x00\x00WAVEfmt "[..], "audio/wav"),
            (b"ID3\x04\x00", "audio/mpeg"),
            (b"\xff\xfb\x90\x00", "audio/mpeg"),
            (b"\xff\xf3\x40\xc4", "audio/mpeg"),
            (b"\xff\xf1\x50\x80", "audio/aac"),
            (b"OggS\x00\x02", "audio/ogg"),
            (b"fLaC\x00", "audio/flac"),
            (b"\x00\x00\x00\x20ftypM4A ", "audio/mp4"),
            (b"\x1a\x45\xdf\xa3\x01", "audio/webm"),
            (b"#!AMR\n", "audio/amr"),
        ] {
            assert_eq!(kind(head), Some(expected), "{head:?}");
        }
        for head in [
            &b""[..],
            b"\xff",
            b"RIFF\x24\x00\x00\x00AVI LIST",
            b"<!doctype html>",
            b"{\"error\": 1}",
            b"%PDF-1.7",
            b"\xff\xd8\xff\xe0",
            b"PK\x03\x04",
            b"\x89PNG\r\n",
        ] {
            assert_eq!(kind(head), None, "{head:?}");
        }
    }
}

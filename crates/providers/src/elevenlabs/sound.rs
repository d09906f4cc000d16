//! The sound of a call, which comes whole inside `post_call_audio`. It is found in the body without being read into memory once more:
//! what is read of the message is the rest.

use crate::listing::encoded;
use crate::{Sound, body};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::ops::Range;

const EVENT: &str = "post_call_audio";

#[derive(Deserialize)]
struct Told<'m> {
    #[serde(borrow, rename = "type")]
    event: Cow<'m, str>,
    #[serde(borrow)]
    data: Data<'m>,
}

#[derive(Deserialize)]
struct Data<'m> {
    conversation_id: String,
    #[serde(borrow)]
    full_audio: &'m RawValue,
}

/// Where the base64 of the sound stands in a body.
pub fn find(body: &[u8]) -> Option<Sound> {
    let told: Told<'_> = serde_json::from_slice(body).ok()?;
    let quoted = told.data.full_audio.get();
    let base64 = quoted.strip_prefix('"')?.strip_suffix('"')?;
    let from = base64.as_ptr() as usize - body.as_ptr() as usize;
    // A slash may be escaped in JSON; then the text is not the base64.
    (told.event == EVENT && !base64.contains('\\')).then(|| Sound {
        url: address(&told.data.conversation_id),
        base64: from..from + base64.len(),
    })
}

/// Where the platform has it; opens with a key of the account only.
pub fn address(conversation: &str) -> String {
    let id = encoded(conversation);
    format!("https://api.elevenlabs.io/v1/convai/conversations/{id}/audio")
}

/// The message without its sound.
pub fn read_rest(body: &[u8], sound: &Range<usize>) -> Result<Value, crate::Unreadable> {
    let rest = [&body[..sound.start], &body[sound.end..]].concat();
    body::json(&rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sound_is_found_where_it_stands_and_the_rest_is_read_without_it() {
        let body = br#"{"data": {"full_audio": "SUQz+/8=", "conversation_id": "conv 1"}, "type": "post_call_audio"}"#;
        let sound = find(body).unwrap();
        assert_eq!(&body[sound.base64.clone()], b"SUQz+/8=");
        assert!(sound.url.ends_with("/conversations/conv%201/audio"));
        let rest = read_rest(body, &sound.base64).unwrap();
        assert_eq!(rest["data"]["full_audio"], "");
        for other in [
            &br#"{"data": {"full_audio": "SUQz", "conversation_id": "c"}, "type": "other"}"#[..],
            br#"{"data": {"full_audio": 7, "conversation_id": "c"}, "type": "post_call_audio"}"#,
            br#"{"data": {"full_audio": "a\/b", "conversation_id": "c"}, "type": "post_call_audio"}"#,
            br#"{"data": {"conversation_id": "c"}, "type": "post_call_audio"}"#,
            b"{",
        ] {
            assert!(find(other).is_none());
        }
    }
}

//! How a version of a flow rests: its document, and beside it under a name that no document may have where it came from.

use crate::wire;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::Value;

const ORIGIN: &str = "$origin";

/// Where a version came from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Origin {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Author>,
    /// What its author says about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Kept, but not published.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub draft: bool,
    /// The draft whose document this version publishes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_from: Option<u32>,
    /// The earlier version whose document this one repeats.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rolled_back_from: Option<u32>,
    /// What a draft says of the switch, for when it is published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// The settings that it is derived from, and changed at alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept_by: Option<String>,
    /// It is being taken out of them: where they want it no longer, it is freed and not removed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub leaving: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Author {
    /// How they identified themselves: `root`, `key`, `session`.
    pub via: String,
    pub name: String,
}

pub(super) fn join(mut document: Value, origin: &Origin) -> Bytes {
    if let (Value::Object(members), false) = (&mut document, *origin == Origin::default()) {
        let origin = serde_json::to_value(origin).expect("an origin has text keys only");
        members.insert(ORIGIN.into(), origin);
    }
    wire::encode(&document)
}

/// The document, without `enabled`, which versions of an earlier time hold; and where it came from.
pub(crate) fn split(body: &[u8]) -> store::Result<(Value, Origin)> {
    let mut document: Value = wire::decode("a flow", body)?;
    let Some(members) = document.as_object_mut() else {
        return Ok((document, Origin::default()));
    };
    members.shift_remove("enabled");
    let origin = members.shift_remove(ORIGIN);
    let origin = origin.and_then(|origin| serde_json::from_value(origin).ok());
    Ok((document, origin.unwrap_or_default()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where its fact does")]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_version_survives_its_rest_with_its_origin() {
        let document = json!({ "name": "Lead", "steps": [] });
        for origin in [
            Origin::default(),
            Origin {
                draft: true,
                note: Some("try".into()),
                enabled: Some(false),
                ..Origin::default()
            },
        ] {
            let body = join(document.clone(), &origin);
            assert_eq!(split(&body).unwrap(), (document.clone(), origin));
        }
    }

    #[test]
    fn a_version_of_an_earlier_time_is_one_without_an_origin() {
        let (document, origin) = split(br#"{"name":"Lead","enabled":false}"#).unwrap();
        assert_eq!(
            (document, origin),
            (json!({ "name": "Lead" }), Origin::default())
        );
    }
}

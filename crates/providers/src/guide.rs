//! How a platform is told to send here, and what its messages look like: facts kept as data, each with its source.
//! Nothing is decided by them.

use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// How an endpoint of a platform is set up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    /// Where the settings are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub console: Option<Link>,
    pub steps: Vec<Step>,
    /// The platform's own names of what to switch on.
    pub events: Vec<String>,
    /// What else to do where a flow is to answer the platform.
    #[serde(default)]
    pub asks: Vec<String>,
    /// How the platform delivers, and how often it tries.
    pub delivery: String,
    /// Where these facts come from.
    pub sources: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    pub title: String,
    pub url: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub text: String,
    /// `address`: the endpoint's address is copied here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show: Option<Show>,
    /// The field of `auth` that is filled in here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth: Option<String>,
    /// To be copied; `{{address}}` stands for the endpoint's address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Show {
    Address,
}

/// A message as the platform sends it, without a signature.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    pub name: String,
    pub title: String,
    /// The platform's own name of it.
    pub event: String,
    pub content_type: String,
    /// `published`, `assembled` of published fields, `mixed` with invented values, or `constructed`.
    pub origin: String,
    pub source: String,
    /// JSON, or the text of another format.
    pub body: Value,
}

impl Sample {
    /// The body as it goes over the wire.
    pub fn text(&self) -> String {
        match &self.body {
            Value::String(text) => text.clone(),
            json => json.to_string(),
        }
    }
}

macro_rules! kept {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../guides/", $name, ".json")), include_str!(concat!("../samples/", $name, ".json")))),*]
    };
}

const KEPT: [(&str, &str, &str); 18] = kept![
    "aircall",
    "amazon-connect",
    "asterisk",
    "autocalls",
    "bland",
    "custom",
    "dialpad",
    "elevenlabs",
    "freeswitch",
    "livekit",
    "plivo",
    "retell",
    "ringcentral",
    "synthflow",
    "telnyx",
    "twilio",
    "vapi",
    "vonage",
];

static READ: LazyLock<BTreeMap<&str, (Guide, Vec<Sample>)>> = LazyLock::new(|| {
    let read = |(name, guide, samples): (&'static str, &str, &str)| {
        let guide = serde_json::from_str(guide).expect("guides are read by a test");
        let samples = serde_json::from_str(samples).expect("samples are read by a test");
        (name, (guide, samples))
    };
    KEPT.into_iter().map(read).collect()
});

/// `None`: there is no such platform.
pub fn guide(provider: &str) -> Option<&'static Guide> {
    READ.get(provider).map(|(guide, _)| guide)
}

/// Messages of the platform.
pub fn samples(provider: &str) -> &'static [Sample] {
    READ.get(provider)
        .map_or(&[], |(_, samples)| samples.as_slice())
}

/// An id for a call that nobody has heard of, in the form of another one's; of `chance` the low digits count.
pub fn new_id(like: &str, chance: u64, now: Timestamp) -> String {
    let is_number = !like.is_empty() && like.bytes().all(|byte| byte.is_ascii_digit());
    let ms = now.as_millisecond().unsigned_abs();
    match is_number {
        // Exact in every language that reads JSON.
        true => (ms * 1_000 + chance % 1_000).to_string(),
        false => format!("test-{ms:x}{:03x}", chance % 4096),
    }
}

/// A message about another call. Ids too short to be one are left alone: they may be a part of anything.
pub fn renamed(text: &str, old: &str, new: &str) -> String {
    match old.len() < 6 {
        true => text.to_owned(),
        false => text.replace(old, new),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Request, all};

    #[test]
    fn every_platform_has_a_guide_whose_fields_it_takes_and_samples_that_it_understands() {
        for provider in all() {
            let name = provider.name();
            let guide = guide(name).unwrap();
            let steps = guide.steps.iter();
            assert!(!guide.sources.is_empty() && steps.len() > 1, "{name}");
            let tells_address = |step: &Step| {
                let code = step.code.as_deref().unwrap_or_default();
                step.show == Some(Show::Address) || code.contains("{{address}}")
            };
            assert!(steps.clone().any(tells_address), "{name}");
            for field in steps.filter_map(|step| step.auth.as_deref()) {
                let known = provider.fields().iter().any(|known| known.name == field);
                assert!(known, "{name}: {field}");
            }
            for sample in samples(name) {
                let body = sample.text();
                let headers = [("content-type".to_owned(), sample.content_type.clone())];
                let request = Request {
                    method: "POST",
                    url: "",
                    headers: &headers,
                    body: body.as_bytes(),
                };
                let read = provider.read(&request).unwrap();
                assert!(
                    read.iter().any(|seen| !seen.claims.is_empty()),
                    "{name}: {} says nothing",
                    sample.name
                );
            }
        }
    }

    #[test]
    fn a_renamed_message_is_about_another_call_and_stays_json() {
        let now = Timestamp::from_millisecond(1_772_442_978_000).unwrap();
        let text = r#"{"call_id":5780678246121472,"room":"5780678246121472-a"}"#;
        let new = new_id("5780678246121472", 1_042, now);
        assert_eq!(new, "1772442978000042");
        let renamed = super::renamed(text, "5780678246121472", &new);
        assert_eq!(
            serde_json::from_str::<Value>(&renamed).unwrap()["call_id"],
            1_772_442_978_000_042_u64
        );
        assert!(new_id("CA12", 1, now).starts_with("test-"));
        assert_eq!(super::renamed("a1b", "1", "2"), "a1b");
    }
}

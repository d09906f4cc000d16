//! `phone.lookup`: what the world's numbering plans tell about a number. Nothing is asked of anybody; whether the number is in
//! use, or was taken along to another carrier, only a carrier knows.

use super::input::{given, text};
use super::{Action, Call, Done, content};
use crate::describe::{FieldWords, Input, Words};
use crate::failure::{Code, Fault};
use kernel::Problem;
use kernel::flow::{ActionSpec, Connects, Field, OnUnknown};
use kernel::lang::Place;
use kernel::retry::Retry;
use kernel::run::Output;
use kernel::usage::Used;
use serde_json::{Map, Value, json};
use std::time::Duration;

pub(super) struct PhoneLookup(ActionSpec);

impl PhoneLookup {
    pub(super) fn new() -> Self {
        let field = |name, help| Field {
            name,
            place: Place::Text,
            required: false,
            secrets: false,
            help,
        };
        Self(ActionSpec {
            name: "phone.lookup",
            fields: vec![
                Field {
                    required: true,
                    ..field(
                        "number",
                        "as it was written or said; with its country, or with `country` beside",
                    )
                },
                field(
                    "country",
                    "where a number without its country is dialled, such as `DE`",
                ),
            ],
            retry: Retry::default(),
            timeout: Duration::from_secs(5),
            on_unknown: OnUnknown::Retry,
            settles: false,
            connects: Connects::default(),
            complete,
        })
    }
}

#[async_trait::async_trait]
impl Action for PhoneLookup {
    fn spec(&self) -> &ActionSpec {
        &self.0
    }

    fn words(&self) -> Words {
        Words {
            label: "Look a phone number up",
            description: "Tells country, kind, place and time zones of a number by the world's numbering plans. Nobody is asked.",
            fields: vec![
                FieldWords::new("number", "Number", Input::Phone, "{{ customer_number }}"),
                FieldWords::new("country", "Country", Input::Text, "US"),
            ],
            sample_answer: json!({
                "valid": true, "e164": "+14155552671", "national": "(415) 555-2671", "international": "+1 415-555-2671",
                "country": "US", "type": "mobile_or_landline", "region": "California", "zones": ["America/Los_Angeles"]
            }),
        }
    }

    /// Nowhere.
    fn destination(&self, _: &Map<String, Value>) -> Option<String> {
        None
    }

    async fn perform(&self, call: &Call<'_>) -> Done {
        match look_up(&call.perform.with) {
            Ok(body) => Done {
                result: Ok(Output {
                    status: None,
                    headers: Value::Null,
                    body,
                }),
                exchange: None,
                used: Used::default(),
            },
            Err(fault) => fault.into(),
        }
    }
}

/// A number that no plan knows is an answer, not a failure: `valid` is false, and the rest is null.
fn look_up(with: &Map<String, Value>) -> Result<Value, Fault> {
    let number = given(with, "number").unwrap_or(&Value::Null);
    let country = given(with, "country")
        .map(text)
        .filter(|country| !country.trim().is_empty());
    let looked = filters::look_up(number, country.as_deref().map(str::trim));
    let looked = looked.map_err(|why| Code::BadInput.because(format!("`country`: {why}")))?;
    Ok(match looked {
        Some(found) => json!({
            "valid": true, "e164": found.e164, "national": found.national, "international": found.international,
            "country": found.country, "type": found.kind, "region": found.place, "zones": found.zones,
        }),
        None => json!({
            "valid": false, "e164": null, "national": null, "international": null,
            "country": null, "type": "unknown", "region": null, "zones": [],
        }),
    })
}

fn complete(with: &mut Map<String, Value>) -> Vec<Problem> {
    let written = |name: &str| {
        with.get(name)
            .filter(|value| !content::is_template(&value.to_string()))
    };
    let Some(country) = written("country") else {
        return Vec::new();
    };
    let mut only = Map::new();
    only.insert("country".into(), country.clone());
    let wrong = look_up(&only).err();
    wrong
        .map(|fault| Problem::new("/country", fault.message))
        .into_iter()
        .collect()
}

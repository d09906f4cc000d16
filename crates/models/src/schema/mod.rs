//! The JSON Schema that an answer must fit: checked when it is written, told to models in the subset that vendors enforce,
//! and held against every answer as it was written. References are put in place first, so that its size is what it costs.

mod inline;
mod nulls;
mod portable;

use jsonschema::Validator;
use serde_json::{Value, json};

/// What is wrong with a schema, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// A JSON Pointer into the schema.
    pub path: String,
    pub message: String,
}

pub struct Schema {
    /// Without references.
    whole: Value,
    validator: Validator,
    asked: Value,
    strict: bool,
    /// The answer is asked for as `{"value": …}`, since vendors want an object.
    wrapped: bool,
}

/// How many of an answer's faults are told.
const MOST_FAULTS: usize = 10;
const LONGEST_FAULT: usize = 300;

impl Schema {
    /// All that is wrong with it at once.
    pub fn read(written: &Value) -> Result<Self, Vec<Flaw>> {
        let whole = inline::inline(written)?;
        let flaws = faults_of(written);
        if !flaws.is_empty() {
            return Err(flaws);
        }
        let validator = jsonschema::options()
            .should_validate_formats(true)
            .with_pattern_options(
                jsonschema::PatternOptions::regex()
                    .size_limit(1 << 20)
                    .dfa_size_limit(1 << 20),
            )
            .build(&whole);
        let validator = validator.map_err(|error| {
            vec![Flaw {
                path: error.instance_path().to_string(),
                message: short(&error.to_string()),
            }]
        })?;
        let wrapped = whole.get("type") != Some(&json!("object"));
        let portable = portable::portable(&whole);
        let strict = portable.is_some();
        let asked = portable.unwrap_or_else(|| whole.clone());
        let asked = match wrapped {
            true => {
                json!({ "type": "object", "properties": { "value": asked }, "required": ["value"],
                            "additionalProperties": false })
            }
            false => asked,
        };
        Ok(Self {
            whole,
            validator,
            asked,
            strict,
            wrapped,
        })
    }

    /// What a model is told.
    pub fn asked(&self) -> &Value {
        &self.asked
    }

    /// The same, where vendors can enforce it.
    pub fn strict(&self) -> Option<&Value> {
        self.strict.then_some(&self.asked)
    }

    /// The value as the schema's author meant it, from a model's answer; or what is wrong with it, told to the model.
    pub fn take(&self, mut answer: Value) -> Result<Value, Vec<String>> {
        if self.wrapped
            && let Some(object) = answer.as_object_mut().filter(|object| object.len() == 1)
            && let Some(value) = object.remove("value")
        {
            answer = value;
        }
        if !self.validator.is_valid(&answer) {
            nulls::drop_optional(&self.whole, &mut answer);
        }
        let faults = self.validator.iter_errors(&answer).take(MOST_FAULTS);
        let faults: Vec<String> = faults
            .map(|error| {
                let at = error.instance_path().to_string();
                let at = if at.is_empty() {
                    "the answer".into()
                } else {
                    at
                };
                short(&format!("{at}: {error}"))
            })
            .collect();
        match faults.is_empty() {
            true => Ok(answer),
            false => Err(faults),
        }
    }
}

/// What the draft that it names, or the newest, has against it.
fn faults_of(written: &Value) -> Vec<Flaw> {
    if let Some(draft) = written.get("$schema") {
        let known = draft.as_str().is_some_and(|draft| {
            let draft = draft.trim_end_matches('#');
            [
                "2020-12/schema",
                "2019-09/schema",
                "draft-07/schema",
                "draft-06/schema",
                "draft-04/schema",
            ]
            .iter()
            .any(|known| draft.ends_with(known))
        });
        if !known {
            let message = "is no draft of JSON Schema; leave it out for the newest".to_owned();
            return vec![Flaw {
                path: "/$schema".into(),
                message,
            }];
        }
    }
    let Ok(meta) = jsonschema::meta::validator_for(written) else {
        return Vec::new();
    };
    let flaws = meta.as_ref().iter_errors(written).take(MOST_FAULTS);
    flaws
        .map(|error| Flaw {
            path: error.instance_path().to_string(),
            message: short(&error.to_string()),
        })
        .collect()
}

fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST_FAULT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;

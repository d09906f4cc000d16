//! What differs between two views of a thing, in a form that people read. A value under a name that sounds like a secret is never
//! told, whoever put it there; what a view itself leaves out (sealed secrets) cannot come here.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// How many differences are told.
const MOST: usize = 60;
/// Bytes of a value.
const LONGEST: usize = 300;
const HIDDEN: &str = "•••";
/// What changes by itself, or stands elsewhere in the entry.
const OWN: [&str; 23] = [
    "id",
    "version",
    "created_at",
    "updated_at",
    "by",
    "problems",
    "warnings",
    "url",
    "link",
    "flows",
    "flow_id",
    "used_by",
    "tested",
    "recent",
    "last_failure",
    "waiting",
    "since",
    "next_probe_at",
    "failing_since",
    "seen_at",
    "joined_at",
    "sessions",
    "sample",
];

/// One difference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Change {
    /// JSON Pointer; of a member of a list its `id` where it has one.
    pub path: String,
    /// Null: there was none, or it is not told.
    #[serde(default)]
    #[schema(required = true)]
    pub before: Value,
    #[serde(default)]
    #[schema(required = true)]
    pub after: Value,
}

/// The differences, and how many more there are.
pub fn between(before: &Value, after: &Value, with_values: bool) -> (Vec<Change>, usize) {
    let mut all = Vec::new();
    walk(
        "",
        None,
        &without_own(before),
        &without_own(after),
        &mut all,
    );
    if !with_values {
        for change in &mut all {
            (change.before, change.after) = (Value::Null, Value::Null);
        }
    }
    let more = all.len().saturating_sub(MOST);
    all.truncate(MOST);
    (all, more)
}

fn without_own(value: &Value) -> Value {
    let Value::Object(members) = value else {
        return Value::Null;
    };
    let kept = members
        .iter()
        .filter(|(name, _)| !OWN.contains(&name.as_str()));
    Value::Object(
        kept.map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
    )
}

fn walk(path: &str, name: Option<&str>, before: &Value, after: &Value, all: &mut Vec<Change>) {
    if before == after {
        return;
    }
    // The rest is only counted.
    match (before, after) {
        (Value::Object(_) | Value::Null, Value::Object(_)) | (Value::Object(_), Value::Null) => {
            let none = Map::new();
            let (old, new) = (
                before.as_object().unwrap_or(&none),
                after.as_object().unwrap_or(&none),
            );
            let added = new.keys().filter(|name| !old.contains_key(*name));
            for key in old.keys().chain(added) {
                let value = |members: &Map<String, Value>| members.get(key).cloned();
                let hidden = key == "value"
                    && named_like_a_secret(old)
                        .or(named_like_a_secret(new))
                        .is_some();
                let name = if hidden { "secret" } else { key };
                let at = format!("{path}/{}", key.replace('~', "~0").replace('/', "~1"));
                let (old, new) = (value(old), value(new));
                walk(
                    &at,
                    Some(name),
                    &old.unwrap_or_default(),
                    &new.unwrap_or_default(),
                    all,
                );
            }
        }
        (Value::Array(_) | Value::Null, Value::Array(_)) | (Value::Array(_), Value::Null) => {
            lists(path, name, before, after, all);
        }
        _ => all.push(Change {
            path: path.into(),
            before: told(name, before),
            after: told(name, after),
        }),
    }
}

/// A member of a list is known by its id, else by its place.
fn lists(path: &str, name: Option<&str>, before: &Value, after: &Value, all: &mut Vec<Change>) {
    let none = Vec::new();
    let (old, new) = (
        before.as_array().unwrap_or(&none),
        after.as_array().unwrap_or(&none),
    );
    let id = |value: &Value| value["id"].as_str().map(String::from);
    let ids = |list: &[Value]| list.iter().map(id).collect::<Option<Vec<String>>>();
    let (Some(old_ids), Some(new_ids)) = (ids(old), ids(new)) else {
        for at in 0..old.len().max(new.len()) {
            let value = |list: &[Value]| list.get(at).cloned().unwrap_or_default();
            walk(&format!("{path}/{at}"), name, &value(old), &value(new), all);
        }
        return;
    };
    let added = new_ids.iter().filter(|id| !old_ids.contains(id));
    for id in old_ids.iter().chain(added) {
        let value = |ids: &[String], list: &[Value]| {
            let at = ids.iter().position(|known| known == id);
            at.map(|at| list[at].clone()).unwrap_or_default()
        };
        let (old, new) = (value(&old_ids, old), value(&new_ids, new));
        walk(&format!("{path}/{id}"), name, &old, &new, all);
    }
    let kept = |ids: &[String], others: &[String]| {
        let kept = ids.iter().filter(|id| others.contains(id));
        kept.cloned().collect::<Vec<String>>()
    };
    let (was, is) = (kept(&old_ids, &new_ids), kept(&new_ids, &old_ids));
    if was != is {
        all.push(Change {
            path: path.into(),
            before: told(None, &was.join(", ").into()),
            after: told(None, &is.join(", ").into()),
        });
    }
}

/// `{"name": "Authorization", "value": "…"}`.
fn named_like_a_secret(members: &Map<String, Value>) -> Option<()> {
    let names = ["name", "key", "header"];
    let mut names = names.iter().filter_map(|name| members.get(*name)?.as_str());
    names.any(is_secret).then_some(())
}

fn is_secret(name: &str) -> bool {
    const SIGNS: [&str; 10] = [
        "secret",
        "password",
        "passwd",
        "token",
        "authorization",
        "apikey",
        "credential",
        "cookie",
        "privatekey",
        "passphrase",
    ];
    let name: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    SIGNS.iter().any(|sign| name.contains(sign))
}

fn told(name: Option<&str>, value: &Value) -> Value {
    let Value::String(text) = value else {
        return value.clone();
    };
    let is_reference = text.starts_with("{{") && text.ends_with("}}");
    if name.is_some_and(is_secret) && !is_reference && !text.is_empty() {
        return HIDDEN.into();
    }
    if text.len() <= LONGEST {
        return value.clone();
    }
    let cut = text.floor_char_boundary(LONGEST);
    format!("{}… ({} bytes)", &text[..cut], text.len()).into()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where its fact does")]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(before: Value, after: Value) -> Vec<(String, Value, Value)> {
        let (all, _) = between(&before, &after, true);
        let plain = all.into_iter().map(|c| (c.path, c.before, c.after));
        plain.collect()
    }

    #[test]
    fn a_difference_names_the_place_and_both_values() {
        let before =
            json!({"name": "a", "steps": [{"id": "x", "n": 1}, {"id": "y"}], "updated_at": 1});
        let after =
            json!({"name": "a", "steps": [{"id": "y"}, {"id": "x", "n": 2}], "updated_at": 2});
        let expected = [
            ("/steps/x/n".into(), json!(1), json!(2)),
            ("/steps".into(), json!("x, y"), json!("y, x")),
        ];
        assert_eq!(told(before, after), expected);
        let made = told(
            Value::Null,
            json!({"id": "flow_1", "on": ["call.ended"], "o": {"k": true}}),
        );
        let paths: Vec<&str> = made.iter().map(|(path, ..)| path.as_str()).collect();
        assert_eq!(paths, ["/on/0", "/o/k"]);
    }

    #[test]
    fn what_sounds_like_a_secret_is_never_told() {
        let after = json!({"headers": {"X-Api-Key": "canary", "Authorization": "Bearer canary", "Accept": "text"},
            "more": [{"name": "Cookie", "value": "canary"}], "client_secret": "{{ secrets.crm }}"});
        let (all, _) = between(&json!({"client_secret": "canary"}), &after, true);
        let text = serde_json::to_string(&all).unwrap();
        assert!(!text.contains("canary"), "{text}");
        assert!(
            text.contains("{{ secrets.crm }}") && text.contains("\"text\""),
            "{text}"
        );
    }

    #[test]
    fn there_is_an_end_to_what_is_told() {
        let many: Vec<Value> = (0..100).map(|n| json!(n)).collect();
        let (all, more) = between(
            &json!({}),
            &json!({"many": many, "long": "é".repeat(4000)}),
            true,
        );
        assert_eq!((all.len(), more), (60, 41));
        let (all, _) = between(&json!({}), &json!({"long": "é".repeat(4000)}), true);
        assert!(all[0].after.as_str().unwrap().len() < 400);
        let (all, _) = between(&json!({"phone": "+1"}), &json!({"phone": "+2"}), false);
        assert_eq!((&all[0].path[..], &all[0].after), ("/phone", &Value::Null));
    }
}

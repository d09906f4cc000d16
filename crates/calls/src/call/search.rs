//! What a search for calls looks at, as texts that any database can compare: numbers, the platform's id, whose call it was, and
//! which key questions were answered how. What is searched for is put into the same form here.

use super::Snapshot;
use crate::contact;
use serde_json::Value;

/// Bytes of each text that a search looks at: an entry of PostgreSQL's index has room for 2,704 in all.
const SEARCHED: usize = 200;
/// Characters of an answer; a longer one is found by how it begins.
const ANSWER: usize = 100;

/// The numbers, the platform's id, names and address of the contact: three lines, in lower case.
pub fn words(call: &Snapshot) -> String {
    let told = |name: &str| call.contact.get(name).and_then(Value::as_str);
    let names = ["first_name", "last_name", "full_name", "name", "email"];
    let names: Vec<String> = names.iter().filter_map(|n| told(n)).map(begin).collect();
    let side = |number: &Option<String>| number.as_deref().map(begin).unwrap_or_default();
    let (from, to) = (side(&call.from), side(&call.to));
    let id = begin(&call.provider_call_id);
    format!("{from} {to}\n{id}\n{}", names.join(" "))
}

/// What `words` is like where it has what is searched for: digits are a part of a number or begin the platform's id, words stand
/// anywhere, in their order. `None`: everything is.
pub fn pattern(search: &str) -> Option<[String; 2]> {
    let words = contact::words(search);
    let [first, ..] = &words[..] else {
        return None;
    };
    let is_number = words.len() == 1 && first.chars().all(|c| c.is_ascii_digit() || c == '+');
    Some(match is_number {
        // A number is searched by its digits, an id as it is written.
        true => [
            format!("%{first}%\n%\n%"),
            format!("%\n{}%\n%", literal(&begin(search))),
        ],
        false => {
            let words: Vec<String> = words.iter().map(|word| literal(word)).collect();
            let anywhere = format!("%{}%", words.join("%"));
            [anywhere.clone(), anywhere]
        }
    })
}

/// The answers to key questions, each item of a list as one: `,"question":"answer"`, in lower case.
pub fn answers(call: &Snapshot) -> Option<String> {
    let answers = &call.analysis.as_ref()?.answers;
    let mut all = String::new();
    for (question, answer) in answers {
        let items = match answer {
            Value::Null => &[],
            Value::Array(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        all.extend(
            items
                .iter()
                .map(|item| answered(question, Some(&text(item)))),
        );
    }
    (!all.is_empty()).then_some(all)
}

/// What `answers` has in it where a question was answered so; `None`: in any way.
pub fn answered(question: &str, answer: Option<&str>) -> String {
    let question = Value::from(question.trim().to_lowercase());
    let answer = answer.map(|answer| {
        let begins: String = answer.trim().to_lowercase().chars().take(ANSWER).collect();
        Value::from(begins).to_string()
    });
    format!(",{question}:{}", answer.unwrap_or_default())
}

fn text(answer: &Value) -> String {
    match answer {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.as_f64().map_or_else(
            || number.to_string(),
            |n| crate::number::value(n).to_string(),
        ),
        other => other.to_string(),
    }
}

fn begin(text: &str) -> String {
    let mut text = text.trim().to_lowercase().replace(char::is_control, " ");
    text.truncate(text.floor_char_boundary(SEARCHED));
    text
}

/// As a part of a pattern of `LIKE`, with `\` before what means something there.
fn literal(word: &str) -> String {
    let mut literal = String::with_capacity(word.len());
    for char in word.chars() {
        if matches!(char, '%' | '_' | '\\') {
            literal.push('\\');
        }
        literal.push(char);
    }
    literal
}

#[cfg(test)]
mod tests;

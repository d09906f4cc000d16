//! What is wrong with an agent's settings, all of it, each with its path. What stands in templates is looked at where they
//! are read; numbers by whoever knows the numbering plans.

use super::{
    Action, ActionKind, Agent, Compare, Extraction, MOST_ACTIONS, MOST_CALL_ACTIONS,
    MOST_DISPOSITIONS, MOST_QUESTIONS, MOST_VARIABLES, ValueType,
};
use kernel::Problem;
use serde_json::Value;
use std::collections::HashSet;
use std::ops::RangeInclusive;

const LONGEST_NAME: usize = 100;
const LONGEST_PROMPT: usize = 100_000;
const LONGEST_TEXT: usize = 2_000;
const MOST_NUMBERS: usize = 100;
const MOST_CHOICES: usize = 50;
const MOST_RECIPIENTS: usize = 20;
const MOST_WHEN: usize = 50;
const MOST_FROM: usize = 10;
pub const SETTLE_WITHIN_S: RangeInclusive<u32> = 10..=3_600;
/// As long as an action may take that asks a model.
const TIMEOUT_S: RangeInclusive<u32> = 10..=300;
/// They exist for every call.
const ALWAYS: [&str; 2] = ["status", "summary"];
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

impl Agent {
    pub fn problems(&self) -> Vec<Problem> {
        let mut list = List(Vec::new());
        list.line("/name", &self.name, 1, LONGEST_NAME);
        if let Some(language) = &self.language {
            let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
            if !(2..=35).contains(&language.len()) || !language.chars().all(is_plain) {
                list.say("/language", "is a language such as `en` or `pt-BR`");
            }
        }
        list.most("/numbers", self.numbers.len(), MOST_NUMBERS, "numbers");
        if let Some(provider) = &self.provider {
            list.line("/provider", provider, 1, 60);
        }
        if let Some(id) = &self.provider_agent_id {
            list.line("/provider_agent_id", id, 1, 200);
        }
        if let Some(prompt) = &self.system_prompt {
            list.text("/system_prompt", prompt, LONGEST_PROMPT);
        }
        if let Some(extraction) = &self.extraction {
            self.extraction(extraction, &mut list);
        }
        list.seconds("/settle_within_s", self.settle_within_s, SETTLE_WITHIN_S);
        self.variables(&mut list);
        self.questions(&mut list);
        list.most(
            "/dispositions",
            self.dispositions.len(),
            MOST_DISPOSITIONS,
            "dispositions",
        );
        let mut seen = HashSet::new();
        for (at, disposition) in self.dispositions.iter().enumerate() {
            let path = format!("/dispositions/{at}");
            list.line(&path, disposition, 1, 60);
            if !seen.insert(disposition.to_lowercase()) {
                list.say(&path, format!("`{disposition}` stands here twice"));
            }
        }
        list.most(
            "/actions",
            self.actions.len(),
            MOST_ACTIONS,
            "post-call actions",
        );
        let mut ids = HashSet::new();
        for (at, action) in self.actions.iter().enumerate() {
            list.id(&format!("/actions/{at}/id"), &action.id, &mut ids);
            self.action(action, &format!("/actions/{at}"), &mut list);
        }
        list.most(
            "/call_actions",
            self.call_actions.len(),
            MOST_CALL_ACTIONS,
            "call actions",
        );
        let mut ids = HashSet::new();
        for (at, action) in self.call_actions.iter().enumerate() {
            let path = |field: &str| format!("/call_actions/{at}/{field}");
            list.id(&path("id"), &action.id, &mut ids);
            if !METHODS.contains(&action.method.as_str()) {
                list.say(&path("method"), format!("is one of {}", METHODS.join(", ")));
            }
            if action.url.is_empty() {
                list.say(&path("url"), "a call action needs the address to send to");
            }
            list.seconds(&path("timeout_s"), Some(action.timeout_s), 1..=60);
            if action.method == "GET" && action.body.as_ref().is_some_and(|body| !body.is_empty()) {
                list.say(&path("body"), "a GET has no body: put it into the address");
            }
        }
        list.0
    }

    fn extraction(&self, extraction: &Extraction, list: &mut List) {
        let lines = [
            ("connection", &extraction.connection),
            ("model", &extraction.model),
            ("fallback_connection", &extraction.fallback_connection),
            ("zone", &extraction.zone),
        ];
        for (field, line) in lines {
            if let Some(line) = line {
                list.line(&format!("/extraction/{field}"), line, 1, 200);
            }
        }
        list.seconds("/extraction/timeout_s", extraction.timeout_s, TIMEOUT_S);
        for (field, is_given) in [
            ("model", extraction.model.is_some()),
            (
                "fallback_connection",
                extraction.fallback_connection.is_some(),
            ),
        ] {
            if is_given && extraction.connection.is_none() {
                let message = "is asked through a `connection`: name one beside it";
                list.say(&format!("/extraction/{field}"), message);
            }
        }
    }

    fn variables(&self, list: &mut List) {
        list.most(
            "/variables",
            self.variables.len(),
            MOST_VARIABLES,
            "variables",
        );
        let mut seen = HashSet::new();
        for (at, variable) in self.variables.iter().enumerate() {
            let path = |field: &str| format!("/variables/{at}/{field}");
            let name = variable.name.as_str();
            let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            if !(3..=40).contains(&name.len()) || !name.chars().all(is_plain) {
                let message = format!("`{name}` must have 3 to 40 characters of a–z, 0–9 and `_`");
                list.say(&path("name"), message);
            } else if ALWAYS.contains(&name) {
                let message = format!("`{name}` is there for every call: it need not be asked for");
                list.say(&path("name"), message);
            } else if !seen.insert(name) {
                list.say(&path("name"), format!("`{name}` stands here twice"));
            }
            if variable.description.trim().is_empty() {
                list.say(
                    &path("description"),
                    "say what to look for in the conversation",
                );
            }
            list.text(&path("description"), &variable.description, LONGEST_TEXT);
            list.choices(&path("choices"), variable.kind, &variable.choices);
            list.most(&path("from"), variable.from.len(), MOST_FROM, "names");
            for (n, from) in variable.from.iter().enumerate() {
                list.line(&path(&format!("from/{n}")), from, 1, 100);
            }
        }
    }

    fn questions(&self, list: &mut List) {
        list.most(
            "/questions",
            self.questions.len(),
            MOST_QUESTIONS,
            "key questions",
        );
        let mut seen = HashSet::new();
        for (at, question) in self.questions.iter().enumerate() {
            let path = |field: &str| format!("/questions/{at}/{field}");
            list.line(&path("question"), &question.question, 3, 300);
            if !seen.insert(&question.question) {
                list.say(&path("question"), "stands here twice");
            }
            list.choices(&path("choices"), question.kind, &question.choices);
        }
    }

    fn action(&self, action: &Action, at: &str, list: &mut List) {
        let path = |field: &str| format!("{at}/{field}");
        let webhook = action.kind == ActionKind::Webhook;
        let given = [
            ("connection", action.connection.is_some(), !webhook),
            ("to", !action.to.is_empty(), !webhook),
            (
                "text",
                action.text.is_some(),
                action.kind == ActionKind::Sms,
            ),
            (
                "subject",
                action.subject.is_some(),
                action.kind == ActionKind::Email,
            ),
            ("url", action.url.is_some(), webhook),
            ("secret", action.secret.is_some(), webhook),
            ("headers", !action.headers.is_empty(), webhook),
            ("only_completed", action.only_completed.is_some(), webhook),
            (
                "include_recording",
                action.include_recording.is_some(),
                action.kind != ActionKind::Sms,
            ),
        ];
        for (field, is_given, fits) in given {
            if is_given && !fits {
                let kind = action.kind.name();
                list.say(
                    &path(field),
                    format!("`{field}` is not for an action of kind `{kind}`"),
                );
            }
        }
        if webhook && action.url.as_ref().is_none_or(String::is_empty) {
            list.say(&path("url"), "a webhook needs the address to send to");
        }
        if !webhook && action.to.is_empty() {
            list.say(&path("to"), "say whom to send to");
        }
        list.most(&path("to"), action.to.len(), MOST_RECIPIENTS, "recipients");
        if action.kind == ActionKind::Sms && action.to.len() > 1 {
            list.say(
                &path("to"),
                "an SMS goes to one number: add another action for the next one",
            );
        }
        if let Some(secret) = &action.secret
            && !(secret.starts_with("{{") && secret.contains("secrets."))
        {
            let message = "is `{{ secrets.name }}`: keep the secret under /v1/secrets first";
            list.say(&path("secret"), message);
        }
        let when = &action.when;
        for (field, count) in [
            ("when/dispositions", when.dispositions.len()),
            ("when/statuses", when.statuses.len()),
            ("when/answers", when.answers.len()),
        ] {
            list.most(&path(field), count, MOST_WHEN, "entries");
        }
        for (n, answer) in when.answers.iter().enumerate() {
            let path = |field: &str| format!("{at}/when/answers/{n}/{field}");
            let asked = self
                .questions
                .iter()
                .any(|asked| asked.question == answer.question);
            if !asked {
                let message = format!("`{}` is no key question of this agent", answer.question);
                list.say(&path("question"), message);
            }
            let fits = match (answer.is, &answer.value) {
                (Compare::Given, value) => value.is_null(),
                (Compare::AtLeast | Compare::AtMost, value) => value.is_number(),
                (_, Value::String(_) | Value::Number(_) | Value::Bool(_)) => true,
                _ => false,
            };
            if !fits {
                let message = "is a text, a number or a truth; a number for `at_least` and `at_most`; nothing for `given`";
                list.say(&path("value"), message);
            }
        }
    }
}

struct List(Vec<Problem>);

impl List {
    fn say(&mut self, path: &str, message: impl Into<String>) {
        self.0.push(Problem::new(path, message));
    }

    fn most(&mut self, path: &str, count: usize, most: usize, what: &str) {
        if count > most {
            self.say(
                path,
                format!("has {count} {what}, at most {most} are possible"),
            );
        }
    }

    fn seconds(&mut self, path: &str, given: Option<u32>, range: RangeInclusive<u32>) {
        if given.is_some_and(|given| !range.contains(&given)) {
            self.say(
                path,
                format!("is {} to {} seconds", range.start(), range.end()),
            );
        }
    }

    /// Text on one line.
    fn line(&mut self, path: &str, text: &str, least: usize, most: usize) {
        let count = text.trim().chars().count();
        if count < least || count > most || text.chars().any(char::is_control) {
            self.say(
                path,
                format!("must have {least} to {most} characters on one line"),
            );
        }
    }

    fn text(&mut self, path: &str, text: &str, most: usize) {
        if text.chars().nth(most).is_some() {
            self.say(path, format!("has more than {most} characters"));
        }
    }

    fn choices(&mut self, path: &str, kind: ValueType, choices: &[String]) {
        match (kind == ValueType::Choice, choices.is_empty()) {
            (true, true) => self.say(path, "a choice needs what to choose from"),
            (false, false) => self.say(path, "is for the type `choice`"),
            _ => {}
        }
        self.most(path, choices.len(), MOST_CHOICES, "choices");
        for (at, choice) in choices.iter().enumerate() {
            self.line(&format!("{path}/{at}"), choice, 1, 200);
        }
    }

    fn id<'a>(&mut self, path: &str, id: &'a str, seen: &mut HashSet<&'a str>) {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        if id.is_empty() || id.len() > 12 || !id.chars().all(is_plain) {
            self.say(
                path,
                "has 1 to 12 of a–z and 0–9; one is given where none is",
            );
        } else if !seen.insert(id) {
            self.say(path, format!("`{id}` stands here twice"));
        }
    }
}

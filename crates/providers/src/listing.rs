//! How a platform is asked which calls there were, and how one that it lists becomes the messages that it would have sent: for
//! calls whose webhooks never came. Nothing is asked here; another platform is a file beside its normaliser.

use crate::{Field, Wrong, line};
use kernel::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// Characters of a time that need no encoding, so that people can read an address.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b':');
const LONGEST_SETTING: usize = 2_000;
/// Agents or numbers that a filter may name.
const MOST_NAMED: usize = 50;

/// Calls that began in it, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub from: Timestamp,
    pub to: Timestamp,
}

/// A request to the platform's API.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    pub method: &'static str,
    /// With its query, below the API's origin.
    pub path: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Option<Value>,
}

impl Ask {
    pub fn get(path: String, header: (&'static str, String)) -> Self {
        Self {
            method: "GET",
            path,
            headers: vec![header],
            body: None,
        }
    }
}

/// One page of a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    pub calls: Vec<Listed>,
    /// What asks for the next one; `None`: there is none.
    pub next: Option<String>,
}

/// A call as the platform lists it.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// The call's.
    pub id: String,
    /// Something of the call that is listed apart from it, such as a recording: taken only of a call that is known.
    pub part: Option<String>,
    pub began: Option<Timestamp>,
    pub state: State,
    /// Bodies, each as the platform would have posted it.
    pub messages: Vec<Vec<u8>>,
    /// The list leaves things out: what is missing is asked for by the call's id.
    pub in_part: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It has not ended, as far as the platform knows.
    Live,
    /// When, as far as that is said.
    Ended(Option<Timestamp>),
}

/// A platform that lists its calls.
pub trait CallList: Send + Sync {
    /// Where its API is, unless an endpoint says otherwise.
    fn origin(&self) -> &'static str;
    /// What an endpoint gives for it: the key, and which calls are meant.
    fn fields(&self) -> &'static [Field];
    /// What is wrong with them beyond what is missing.
    fn check(&self, api: &Value) -> Vec<Wrong> {
        let _ = api;
        Vec::new()
    }
    /// How many calls to ask for at once.
    fn most(&self) -> usize;
    fn page(&self, api: &Value, window: Window, next: Option<&str>, most: usize) -> Ask;
    /// What `page` was answered: `next` and `most` are what it was asked with.
    fn read(
        &self,
        api: &Value,
        body: &[u8],
        next: Option<&str>,
        most: usize,
    ) -> Result<Page, String>;
    /// One call whole, where the list does not have it.
    fn one(&self, api: &Value, id: &str) -> Option<Ask> {
        let _ = (api, id);
        None
    }
    /// The messages of such a call.
    fn read_one(&self, body: &[u8]) -> Result<Vec<Vec<u8>>, String> {
        let _ = body;
        Ok(Vec::new())
    }
}

/// Everything that is wrong with the settings of a list: unknown, missing, of a wrong type or too long, and what the platform adds.
pub fn problems(list: &dyn CallList, api: &Value) -> Vec<(String, String)> {
    let mut problems = Vec::new();
    let known = list.fields();
    for (name, value) in api.as_object().into_iter().flatten() {
        if !known.iter().any(|field| field.name == name) {
            let names: Vec<_> = known.iter().map(|field| field.name).collect();
            problems.push((
                name.clone(),
                format!("is no setting here; there are {}", names.join(", ")),
            ));
        } else if !value.is_string() {
            problems.push((name.clone(), "is a text".into()));
        } else if value
            .as_str()
            .is_some_and(|text| text.len() > LONGEST_SETTING)
        {
            let message = format!("has more than {LONGEST_SETTING} bytes");
            problems.push((name.clone(), message));
        } else if value
            .as_str()
            .is_some_and(|text| text.chars().any(char::is_control))
        {
            let message = "holds a line break or another control character";
            problems.push((name.clone(), message.into()));
        }
    }
    for field in known.iter().filter(|field| field.required) {
        if line::given(api, field.name).is_empty() {
            problems.push((field.name.into(), format!("is needed. {}", field.help)));
        }
    }
    let own = list.check(api).into_iter();
    problems.extend(own.map(|wrong| (wrong.field.into(), wrong.message)));
    problems
}

pub(crate) fn bearer(api: &Value) -> (&'static str, String) {
    let key = line::given(api, "api_key");
    ("authorization", format!("Bearer {key}"))
}

/// Names separated by commas.
pub(crate) fn named<'a>(api: &'a Value, field: &str) -> Vec<&'a str> {
    let names = line::given(api, field).split(',').map(str::trim);
    names.filter(|name| !name.is_empty()).collect()
}

pub(crate) fn too_many(api: &Value, field: &'static str) -> Option<Wrong> {
    (named(api, field).len() > MOST_NAMED).then(|| Wrong {
        field,
        message: format!("names more than {MOST_NAMED}"),
    })
}

pub(crate) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, PLAIN).to_string()
}

/// What an answer is, or that it is none that is known.
pub(crate) fn json(body: &[u8], title: &str) -> Result<Value, String> {
    let read = crate::body::json(body);
    read.map_err(|_| format!("{title} answered something that is not JSON: is this its API?"))
}

//! `GET /2010-04-01/Accounts/{sid}/Calls.json`, the newest first: each call is the status callback of its end. Legs of `<Dial>` are left
//! out: nobody may have asked for theirs. Recordings are a list of their own (`recordings`), which comes after the calls.

use super::recordings;
use crate::listing::{Ask, CallList, Listed, Page, State, Window};
use crate::listing::{encoded, json, named, too_many};
use crate::{Field, Wrong, field, line, settings, time};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

pub struct Calls;

const FIELDS: &[Field] = &[
    Field {
        required: true,
        ..settings::optional(
            "account_sid",
            "Account SID",
            "AC and 32 digits, on the first page of Twilio's console.",
        )
    },
    settings::optional(
        "key_sid",
        "API key SID",
        "SK and 32 digits: of a restricted key that may read calls. Leave it out to use the account's auth token.",
    ),
    Field {
        name: "api_key",
        ..settings::secret(
            "Key secret or auth token",
            "The secret of the API key, or without one the account's auth token.",
        )
    },
    settings::optional(
        "number",
        "Numbers",
        "Only calls from or to these numbers, in E.164, separated by commas; all calls of the account unless given.",
    ),
    settings::optional(
        recordings::FIELD,
        "Recordings",
        "yes or no: whether to look for recordings whose callbacks never came. Unless given yes with the auth token, and no with an API key, which must be allowed to read them.",
    ),
];

impl CallList for Calls {
    fn origin(&self) -> &'static str {
        "https://api.twilio.com"
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn check(&self, api: &Value) -> Vec<Wrong> {
        let sid = |field: &'static str, prefix: &str| {
            let given = line::given(api, field);
            let digits = given.strip_prefix(prefix).unwrap_or_default();
            let fits = digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            (!given.is_empty() && !fits).then(|| Wrong {
                field,
                message: format!("is {prefix} and 32 hexadecimal digits"),
            })
        };
        let wrong = [
            sid("account_sid", "AC"),
            sid("key_sid", "SK"),
            too_many(api, "number"),
            recordings::wrong(api),
        ];
        wrong.into_iter().flatten().collect()
    }

    fn most(&self) -> usize {
        200
    }

    fn page(&self, api: &Value, window: Window, next: Option<&str>, most: usize) -> Ask {
        let account = line::given(api, "account_sid");
        let within = |list: &str, time: &str| {
            format!(
                "{}?PageSize={most}&{time}%3E={}&{time}%3C={}",
                list_of(api, list),
                encoded(&window.from.to_string()),
                encoded(&window.to.to_string()),
            )
        };
        let path = match next {
            None => within("Calls", "StartTime"),
            Some(recordings::FIRST) => within("Recordings", "DateCreated"),
            Some(next) => next.to_owned(),
        };
        let user = match line::given(api, "key_sid") {
            "" => account,
            key => key,
        };
        let sign_in = STANDARD.encode(format!("{user}:{}", line::given(api, "api_key")));
        Ask::get(path, ("authorization", format!("Basic {sign_in}")))
    }

    fn read(&self, api: &Value, body: &[u8], next: Option<&str>, _: usize) -> Result<Page, String> {
        let answer = json(body, "Twilio")?;
        let of_recordings = list_of(api, "Recordings");
        if next.is_some_and(|next| next == recordings::FIRST || next.starts_with(&of_recordings)) {
            let listed = answer["recordings"]
                .as_array()
                .ok_or("Twilio answered no list of recordings: is this its API?")?;
            return Ok(Page {
                calls: listed.iter().filter_map(recordings::listed).collect(),
                next: going_on(&answer, &of_recordings)?,
            });
        }
        let calls = answer["calls"]
            .as_array()
            .ok_or("Twilio answered no list of calls: is this its API?")?;
        let numbers = named(api, "number");
        let is_meant = |call: &&Value| {
            let is_own = |name| numbers.contains(&call[name].as_str().unwrap_or_default());
            numbers.is_empty() || is_own("from") || is_own("to")
        };
        let is_leg = |call: &&Value| field::text(call, &["/parent_call_sid"]).is_some();
        let calls = calls.iter().filter(is_meant).filter(|call| !is_leg(call));
        let first = || recordings::are_wanted(api).then(|| recordings::FIRST.to_owned());
        Ok(Page {
            calls: calls.filter_map(listed).collect(),
            next: going_on(&answer, &list_of(api, "Calls"))?.or_else(first),
        })
    }
}

fn list_of(api: &Value, name: &str) -> String {
    let account = encoded(line::given(api, "account_sid"));
    format!("/2010-04-01/Accounts/{account}/{name}.json")
}

/// The next page, which is one of the same list.
fn going_on(answer: &Value, list: &str) -> Result<Option<String>, String> {
    let next = field::text(answer, &["/next_page_uri"]);
    let is_same = |next: &String| next.starts_with(&format!("{list}?"));
    match next {
        Some(next) if !is_same(&next) => {
            Err("the next page that Twilio names is not of the account's list".into())
        }
        next => Ok(next),
    }
}

fn listed(call: &Value) -> Option<Listed> {
    let status = field::text(call, &["/status"]).unwrap_or_default();
    let has_ended = crate::twiml::is_final(&status);
    let ended_at = time::at(call, &["/end_time", "/date_updated"]);
    Some(Listed {
        id: field::text(call, &["/sid"])?,
        began: time::at(call, &["/start_time", "/date_created"]),
        state: match has_ended {
            true => State::Ended(ended_at),
            false => State::Live,
        },
        messages: match has_ended {
            true => vec![callback(call)],
            false => Vec::new(),
        },
        part: None,
        in_part: false,
    })
}

fn callback(call: &Value) -> Vec<u8> {
    let names = [
        ("CallSid", "/sid"),
        ("AccountSid", "/account_sid"),
        ("From", "/from"),
        ("To", "/to"),
        ("CallStatus", "/status"),
        ("Direction", "/direction"),
        ("CallDuration", "/duration"),
        ("AnsweredBy", "/answered_by"),
        ("ForwardedFrom", "/forwarded_from"),
        ("CallerName", "/caller_name"),
        ("StartTime", "/start_time"),
        ("Timestamp", "/end_time"),
    ];
    form_of(call, &names, &[("CallbackSource", "call-list")])
}

/// A callback, of what has its value in a list and what goes without saying.
pub(super) fn form_of(listed: &Value, names: &[(&str, &str)], plain: &[(&str, &str)]) -> Vec<u8> {
    let mut form = form_urlencoded::Serializer::new(String::new());
    for (name, pointer) in names {
        if let Some(text) = field::text(listed, &[pointer]) {
            form.append_pair(name, &text);
        }
    }
    form.extend_pairs(plain);
    form.finish().into_bytes()
}

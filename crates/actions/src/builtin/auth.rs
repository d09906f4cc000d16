//! How a request proves who it is from: a bearer token, a user name and password, or a header with a key.

use super::input::text;
use crate::draft::Draft;
use crate::failure::{Code, Fault};
use crate::secret::Secrets;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kernel::Problem;
use serde_json::{Map, Value};

const SHAPE: &str = "`auth` is a token, or one of {\"bearer\": token}, {\"basic\": {\"user\", \"password\"}}, \
                     {\"header\": {\"name\", \"value\"}}";

enum Auth<'a> {
    Bearer(&'a Value),
    Basic {
        user: &'a Value,
        password: &'a Value,
    },
    Header {
        name: &'a Value,
        value: &'a Value,
    },
}

fn read(auth: &Value) -> Option<Auth<'_>> {
    let object = match auth {
        Value::String(_) => return Some(Auth::Bearer(auth)),
        Value::Object(object) if object.len() == 1 => object,
        _ => return None,
    };
    let (kind, parts) = object.iter().next()?;
    match kind.as_str() {
        "bearer" if parts.is_string() => Some(Auth::Bearer(parts)),
        "basic" => {
            pair(parts, ["user", "password"]).map(|[user, password]| Auth::Basic { user, password })
        }
        "header" => {
            pair(parts, ["name", "value"]).map(|[name, value]| Auth::Header { name, value })
        }
        _ => None,
    }
}

fn pair<'a>(parts: &'a Value, names: [&str; 2]) -> Option<[&'a Value; 2]> {
    let parts = parts.as_object().filter(|parts| parts.len() == 2)?;
    Some([parts.get(names[0])?, parts.get(names[1])?])
}

pub(crate) fn check(with: &Map<String, Value>) -> Option<Problem> {
    let wrong = with.get("auth").is_some_and(|auth| read(auth).is_none());
    wrong.then(|| Problem::new("/auth", SHAPE))
}

pub(crate) fn write(draft: &mut Draft, auth: &Value, secrets: &Secrets) -> Result<(), Fault> {
    match read(auth).ok_or_else(|| Code::BadInput.because(SHAPE))? {
        Auth::Bearer(token) => {
            draft.header("authorization", &format!("Bearer {}", text(token)), secrets)
        }
        Auth::Basic { user, password } => {
            let (user, password) = (text(user), text(password));
            let pair = format!("{}:{}", secrets.reveal(&user), secrets.reveal(&password));
            draft.header(
                "authorization",
                &format!("Basic {}", STANDARD.encode(pair)),
                secrets,
            )
        }
        Auth::Header { name, value } => draft.sealed_header(&text(name), &text(value), secrets),
    }
}

//! How a request proves who it is from: a bearer token, a user name and password, a header with a key, or a connection that
//! holds one of them.

use super::input::text;
use crate::connection::Connection;
use crate::draft::Draft;
use crate::failure::{Code, Fault};
use crate::secret::Secrets;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kernel::Problem;
use serde_json::{Map, Value};

const SHAPE: &str = "`auth` is a token, or one of {\"bearer\": token}, {\"basic\": {\"user\", \"password\"}}, \
                     {\"header\": {\"name\", \"value\"}}, {\"connection\": name}";

enum Auth<'a> {
    /// Resolved by whoever performs the step.
    Connection,
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
        "connection" if parts.is_string() => Some(Auth::Connection),
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

pub(crate) fn write(
    draft: &mut Draft,
    auth: Option<&Value>,
    connection: Option<&Connection>,
    secrets: &Secrets,
) -> Result<(), Fault> {
    let given = match auth {
        Some(auth) => Some(read(auth).ok_or_else(|| Code::BadInput.because(SHAPE))?),
        None => None,
    };
    match (given, connection) {
        (None | Some(Auth::Connection), Some(connection)) => connect(draft, connection, secrets),
        (None, None) => Ok(()),
        (Some(Auth::Connection), None) => {
            Err(Code::ConnectionMissing.because("the connection is not there"))
        }
        (Some(_), Some(_)) => {
            Err(Code::BadInput.because("`auth` and the step's `connection` exclude each other"))
        }
        (Some(auth), None) => sign(draft, &auth, secrets),
    }
}

fn sign(draft: &mut Draft, auth: &Auth<'_>, secrets: &Secrets) -> Result<(), Fault> {
    match auth {
        Auth::Connection => Ok(()),
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

/// Signs a request with what a connection holds.
pub(crate) fn connect(
    draft: &mut Draft,
    connection: &Connection,
    secrets: &Secrets,
) -> Result<(), Fault> {
    let (name, value) = match connection.kind.as_str() {
        "basic" => {
            let pair = format!(
                "{}:{}",
                connection.text("user"),
                connection.text("password")
            );
            ("authorization", format!("Basic {}", STANDARD.encode(pair)))
        }
        "header" => (connection.text("name"), connection.text("value").to_owned()),
        _ => (
            "authorization",
            format!("Bearer {}", connection.text("token")),
        ),
    };
    draft.sealed_header(name, &value, secrets)
}

//! Where a switch is listened to that posts nothing: a URL whose user part signs in, made of what an endpoint is configured with.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// A setting that makes no address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    pub field: &'static str,
    pub message: String,
}

/// A text field of `auth`; empty when it is not given.
pub(crate) fn given<'a>(auth: &'a Value, field: &str) -> &'a str {
    auth[field].as_str().unwrap_or_default().trim()
}

pub(crate) fn needed<'a>(
    auth: &'a Value,
    field: &'static str,
    why: &str,
) -> Result<&'a str, Wrong> {
    match given(auth, field) {
        "" => Err(Wrong {
            field,
            message: format!("is needed {why}"),
        }),
        text if text.chars().any(char::is_control) => Err(Wrong {
            field,
            message: "holds a line break or another control character".into(),
        }),
        text => Ok(text),
    }
}

/// `host` or `host:port` as people write it.
pub(crate) fn address<'a>(auth: &'a Value, field: &'static str) -> Result<&'a str, Wrong> {
    let text = given(auth, field);
    let is_one = !text.is_empty()
        && text.len() <= 260
        && !text.contains(|sign: char| sign.is_whitespace() || "/?#@\\".contains(sign));
    let port = text.rsplit_once(':').map(|(_, port)| port);
    let port_fits = text.ends_with(']')
        || port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    match is_one && port_fits {
        true => Ok(text),
        false => Err(Wrong {
            field,
            message:
                "is a host and a port such as `pbx.example.com:8021`, without a scheme or a path"
                    .into(),
        }),
    }
}

pub(crate) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

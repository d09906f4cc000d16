//! What an endpoint is configured with, and the verdict it leads to. A secret that was replaced counts until `previous_until` and no longer.

use crate::{Request, Signature};
use kernel::Timestamp;
use serde_json::Value;

/// A text of the settings that is not empty.
pub fn configured<'a>(auth: &'a Value, name: &str) -> Option<&'a str> {
    auth[name].as_str().filter(|text| !text.is_empty())
}

/// A header that must be there, once.
pub fn header<'r>(request: &'r Request<'_>, name: &'r str) -> Result<&'r str, String> {
    let mut values = request.header(name).map(str::trim);
    match (values.next(), values.next()) {
        (Some(value), None) if !value.is_empty() => Ok(value),
        (Some(_), Some(_)) => Err(format!("the header {name} was sent more than once")),
        _ => Err(format!("no signature: the header {name} is missing")),
    }
}

/// Judges with each secret that counts now; the reason is that of the newest.
pub fn with_secret(
    auth: &Value,
    now: Timestamp,
    judge: impl Fn(&str) -> Result<(), String>,
) -> Signature {
    let Some(secret) = configured(auth, "secret") else {
        return Signature::None;
    };
    let verdict = judge(secret);
    let before = previous(auth, now).map(judge);
    match (verdict, before) {
        (Ok(()), _) | (_, Some(Ok(()))) => Signature::Valid,
        (Err(reason), _) => Signature::Invalid(reason),
    }
}

fn previous(auth: &Value, now: Timestamp) -> Option<&str> {
    let until = configured(auth, "previous_until")?.parse().ok()?;
    configured(auth, "previous_secret").filter(|_| now < until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_old_secret_counts_until_its_end_and_not_without_one() {
        let now: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        let judge = |auth: Value| {
            with_secret(&auth, now, |secret| match secret {
                "old" => Ok(()),
                _ => Err("no".into()),
            })
        };
        let until =
            |at: &str| json!({ "secret": "new", "previous_secret": "old", "previous_until": at });
        assert_eq!(judge(until("2026-01-01T00:00:01Z")), Signature::Valid);
        assert_eq!(
            judge(until("2026-01-01T00:00:00Z")),
            Signature::Invalid("no".into())
        );
        assert_eq!(judge(until("soon")), Signature::Invalid("no".into()));
        let endless = json!({ "secret": "new", "previous_secret": "old" });
        assert_eq!(judge(endless), Signature::Invalid("no".into()));
        assert_eq!(judge(json!({ "previous_secret": "old" })), Signature::None);
    }
}

//! Vapi's four ways to prove a request: a bearer token, the older `X-Vapi-Secret`, a header of one's own, or an HMAC with the options of its
//! credential (`hmac` in the settings). With `hmac` set only that counts, else whichever is present decides.

use crate::signature::{
    Encoding, Hash, MAX_CANDIDATES, any_same, base64, bearers, fresh, hmac, same, with_secret,
};
use crate::{Request, Signature, field, time};
use kernel::Timestamp;
use serde_json::Value;

pub fn verify(request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
    let judge = |plan: Plan| plan.verify(request, now);
    with_secret(auth, now, |secret| match &auth["hmac"] {
        Value::Null => without_plan(request, auth, secret)
            .unwrap_or_else(|| Plan::read(secret, &Value::Null).and_then(judge)),
        settings => Plan::read(secret, settings).and_then(judge),
    })
}

/// A credential sent as it is; `None` where there is none but a signature.
fn without_plan(request: &Request<'_>, auth: &Value, secret: &str) -> Option<Result<(), String>> {
    let own_header = field::text(auth, &["/header"])
        .unwrap_or_default()
        .to_ascii_lowercase();
    let sent = bearers(request)
        .chain(request.header("x-vapi-secret"))
        .chain(request.header(&own_header));
    let (mut present, mut right) = (false, false);
    for credential in sent.take(MAX_CANDIDATES) {
        present = true;
        right |= same(credential.as_bytes(), secret.as_bytes());
    }
    let signed = request.header("x-signature").next().is_some();
    match (present, right) {
        (_, true) => Some(Ok(())),
        (true, false) => Some(Err(
            "the secret that was sent is not the configured one".into()
        )),
        (false, _) if signed => None,
        (false, _) => Some(Err(
            "no signature: neither authorization, x-vapi-secret nor x-signature was sent".into(),
        )),
    }
}

/// The options of Vapi's HMAC credential, by its names.
struct Plan {
    key: Vec<u8>,
    hash: Hash,
    encoding: Encoding,
    prefix: String,
    format: String,
    signature_header: String,
    timestamp_header: String,
    id_header: String,
}

impl Plan {
    fn read(secret: &str, settings: &Value) -> Result<Self, String> {
        let text = |name: &str, default: &str| match &settings[name] {
            Value::Null => Ok(default.to_owned()),
            Value::String(text) => Ok(text.clone()),
            other => Err(format!("hmac.{name} is a text, not {other}")),
        };
        let flag = |name: &str, default| match &settings[name] {
            Value::Null => Ok(default),
            Value::Bool(flag) => Ok(*flag),
            other => Err(format!("hmac.{name} is true or false, not {other}")),
        };
        let header =
            |name: &str, default: &str| Ok::<_, String>(text(name, default)?.to_ascii_lowercase());
        let hash = match text("algorithm", "sha256")?.as_str() {
            "sha1" => Hash::Sha1,
            "sha256" => Hash::Sha256,
            "sha512" => Hash::Sha512,
            other => {
                return Err(format!(
                    "hmac.algorithm {other:?} is not one of sha256, sha512, sha1"
                ));
            }
        };
        let encoding = match text("signatureEncoding", &text("encoding", "hex")?)?.as_str() {
            "hex" => Encoding::Hex,
            "base64" => Encoding::Base64,
            other => {
                return Err(format!(
                    "hmac.signatureEncoding {other:?} is not one of hex, base64"
                ));
            }
        };
        let key = match flag("secretIsBase64", false)? {
            true => base64(secret)
                .ok_or("the secret is not base64, though hmac.secretIsBase64 says so")?,
            false => secret.as_bytes().to_vec(),
        };
        let signs_time = flag("includeTimestamp", true)?;
        let format = if signs_time {
            "{timestamp}.{body}"
        } else {
            "{body}"
        };
        Ok(Self {
            key,
            hash,
            encoding,
            prefix: text("signaturePrefix", "")?,
            format: text("payloadFormat", format)?,
            signature_header: header("signatureHeader", "x-signature")?,
            timestamp_header: header("timestampHeader", "x-timestamp")?,
            id_header: header("messageIdHeader", "svix-id")?,
        })
    }

    fn verify(&self, request: &Request<'_>, now: Timestamp) -> Result<(), String> {
        let timestamp = first(request, &self.timestamp_header);
        let id = first(request, &self.id_header);
        if request.header(&self.signature_header).next().is_none() {
            return Err(format!(
                "no signature: the header {} is missing",
                self.signature_header
            ));
        }
        // A timestamp that is not signed proves nothing, so only a signed one is looked at.
        if self.format.contains("{timestamp}") {
            self.check_age(timestamp, now)?;
        }
        let expected = hmac(self.hash, &self.key, &self.payload(request, timestamp, id));
        // A prefix such as `v1,` has a comma of its own.
        let separates =
            |sign: char| sign.is_whitespace() || (sign == ',' && !self.prefix.contains(','));
        let candidates = request
            .header(&self.signature_header)
            .flat_map(|value| value.split(separates))
            .filter(|candidate| !candidate.is_empty())
            .map(|candidate| candidate.strip_prefix(&self.prefix).unwrap_or(candidate));
        match any_same(candidates, self.encoding, &expected) {
            true => Ok(()),
            false => Err(format!(
                "no signature in {} matches the body",
                self.signature_header
            )),
        }
    }

    fn check_age(&self, timestamp: &str, now: Timestamp) -> Result<(), String> {
        if timestamp.is_empty() {
            return Err(format!(
                "no timestamp: the header {} is missing",
                self.timestamp_header
            ));
        }
        let count = timestamp.parse::<u64>().ok();
        let signed_at = count.and_then(|count| time::since_1970(count as f64));
        let signed_at = signed_at.ok_or_else(|| {
            format!(
                "{} is not a time in seconds or milliseconds",
                self.timestamp_header
            )
        })?;
        fresh(signed_at, now)
    }

    /// The parts that are signed. Placeholders are filled in one pass: a body that contains one stays as it is.
    fn payload<'a>(
        &'a self,
        request: &'a Request<'_>,
        timestamp: &'a str,
        id: &'a str,
    ) -> Vec<&'a [u8]> {
        let values = [
            ("{body}", request.body),
            ("{timestamp}", timestamp.as_bytes()),
            ("{method}", request.method.as_bytes()),
            ("{url}", request.url.as_bytes()),
            ("{svix-id}", id.as_bytes()),
        ];
        let mut parts = Vec::new();
        let mut rest = self.format.as_str();
        while let Some(at) = rest.find('{') {
            let known = values.iter().find(|(name, _)| rest[at..].starts_with(name));
            let (name, value) = known.map_or(("{", &b"{"[..]), |(name, value)| (*name, *value));
            parts.extend([&rest.as_bytes()[..at], value]);
            rest = &rest[at + name.len()..];
        }
        parts.push(rest.as_bytes());
        parts
    }
}

fn first<'r>(request: &'r Request<'_>, name: &'r str) -> &'r str {
    request.header(name).next().unwrap_or_default().trim()
}

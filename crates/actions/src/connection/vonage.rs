//! `vonage`: an application, which opens its calls' recordings. Each request is signed anew with its private key (a JWT, RS256).

use super::ConnectionInput::{Secret, Text};
use super::{Connection, ConnectionKind, Connector, needed};
use crate::builtin::Call;
use crate::failure::{Code, Fault};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use kernel::{Problem, Timestamp};
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

pub(crate) struct Vonage;

pub(crate) const KIND: ConnectionKind = ConnectionKind {
    name: "vonage",
    label: "Vonage application",
    help: "Opens the recordings of an application's calls. Both values are on the application's page of the Vonage dashboard.",
    fields: &[
        needed("application_id", "Application ID", Text, "As 8f3d9c1e-…."),
        needed(
            "private_key",
            "Private key",
            Secret,
            "All of private.key, from -----BEGIN to -----END. It is shown once, when it is made.",
        ),
    ],
};

/// Seconds that a token opens: it is made for one request.
const LASTS_S: i64 = 300;
const WRONG: &str =
    "is no RSA private key in PEM: give all of private.key, from -----BEGIN to -----END";

/// What a request says of who it is from.
pub(crate) fn sign_in(connection: &Connection, now: Timestamp) -> Result<String, Fault> {
    let refused = |why: &str| Code::SignIn.because(format!("the connection's `private_key` {why}"));
    let key = key(connection.text("private_key")).ok_or_else(|| refused(WRONG))?;
    let (random, mut id) = (SystemRandom::new(), [0; 16]);
    random
        .fill(&mut id)
        .map_err(|_| refused("cannot be used: there is no randomness"))?;
    let now = now.as_second();
    let claims = json!({
        "application_id": connection.text("application_id"), "iat": now, "exp": now + LASTS_S, "jti": hex::encode(id),
    });
    let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!(
        "{}.{}",
        part(json!({ "alg": "RS256", "typ": "JWT" })),
        part(claims)
    );
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(
        &RSA_PKCS1_SHA256,
        &random,
        signed.as_bytes(),
        &mut signature,
    )
    .map_err(|_| refused("does not sign: make a new one"))?;
    Ok(format!(
        "Bearer {signed}.{}",
        URL_SAFE_NO_PAD.encode(signature)
    ))
}

/// PKCS #8 or PKCS #1, in PEM. Fields of forms lose line breaks, so none are needed.
fn key(pem: &str) -> Option<RsaKeyPair> {
    let (_, rest) = pem.split_once("-----BEGIN ")?;
    let (name, rest) = rest.split_once("-----")?;
    let (content, _) = rest.split_once("-----END ")?;
    let content: Zeroizing<String> = Zeroizing::new(content.split(char::is_whitespace).collect());
    let content = Zeroizing::new(STANDARD.decode(content.as_bytes()).ok()?);
    match name {
        "PRIVATE KEY" => RsaKeyPair::from_pkcs8(&content).ok(),
        "RSA PRIVATE KEY" => RsaKeyPair::from_der(&content).ok(),
        _ => None,
    }
}

#[async_trait::async_trait]
impl Connector for Vonage {
    fn kind(&self) -> &'static ConnectionKind {
        &KIND
    }

    fn check(&self, settings: &Map<String, Value>) -> Vec<Problem> {
        let text = |name: &str| settings.get(name).and_then(Value::as_str);
        let mut problems = Vec::new();
        let is_uuid = |id: &str| {
            let parts: Vec<&str> = id.split('-').collect();
            parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12])
                && id.bytes().all(|c| c.is_ascii_hexdigit() || c == b'-')
        };
        if !text("application_id").is_some_and(is_uuid) {
            problems.push(Problem::new(
                "/application_id",
                "is no id such as 8f3d9c1e-5b7a-4c6d-9e2f-1a0b3c4d5e6f",
            ));
        }
        if text("private_key").is_some_and(|given| key(given).is_none()) {
            problems.push(Problem::new("/private_key", WRONG));
        }
        problems
    }

    /// Nothing that every application may ask is known: what can be told is whether the key signs.
    async fn try_out(
        &self,
        connection: &Connection,
        _: &Call<'_>,
    ) -> Result<Option<String>, Fault> {
        sign_in(connection, Timestamp::now()).map(|_| None)
    }
}

//! Signed messages of each scheme, made here from the platforms' formulas. The message is always about `call-1`.

use base64::{Engine, engine::general_purpose::STANDARD, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use kernel::Timestamp;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const SECRET: &str = "a secret of this test";
const URL: &str = "https://hooks.example.com/v1/in/abc?a=1&b=2";
const SEED: [u8; 32] = [7; 32];

#[derive(Clone, Copy)]
pub struct Scheme {
    pub name: &'static str,
    pub provider: &'static str,
    /// The setting that it is checked with.
    pub member: &'static str,
    /// How old a signature may be.
    pub window_s: Option<i64>,
    /// How far its time may be ahead.
    pub ahead_s: i64,
    pub header: Option<&'static str>,
    pub covers_body: bool,
    pub covers_url: bool,
    pub is_form: bool,
    pub is_jwt: bool,
    /// The whole body is the token.
    pub is_body_token: bool,
}

const HMAC: Scheme = Scheme {
    name: "",
    provider: "",
    member: "secret",
    window_s: None,
    ahead_s: 0,
    header: None,
    covers_body: true,
    covers_url: false,
    is_form: false,
    is_jwt: false,
    is_body_token: false,
};

pub const SCHEMES: [Scheme; 14] = [
    Scheme {
        name: "standard webhooks",
        provider: "custom",
        window_s: Some(300),
        ahead_s: 300,
        header: Some("webhook-signature"),
        ..HMAC
    },
    Scheme {
        name: "vapi",
        provider: "vapi",
        window_s: Some(300),
        ahead_s: 300,
        header: Some("x-signature"),
        ..HMAC
    },
    Scheme {
        name: "retell",
        provider: "retell",
        window_s: Some(300),
        ahead_s: 300,
        header: Some("x-retell-signature"),
        ..HMAC
    },
    Scheme {
        name: "elevenlabs",
        provider: "elevenlabs",
        window_s: Some(1_800),
        ahead_s: 1_800,
        header: Some("elevenlabs-signature"),
        ..HMAC
    },
    Scheme {
        name: "bland",
        provider: "bland",
        header: Some("x-webhook-signature"),
        ..HMAC
    },
    Scheme {
        name: "synthflow",
        provider: "synthflow",
        header: Some("synthflow-signature"),
        covers_body: false,
        ..HMAC
    },
    Scheme {
        name: "twilio",
        provider: "twilio",
        header: Some("x-twilio-signature"),
        covers_url: true,
        is_form: true,
        ..HMAC
    },
    Scheme {
        name: "plivo 3",
        provider: "plivo",
        header: Some("x-plivo-signature-v3"),
        covers_url: true,
        is_form: true,
        ..HMAC
    },
    Scheme {
        name: "telnyx",
        provider: "telnyx",
        member: "public_key",
        window_s: Some(300),
        ahead_s: 300,
        header: Some("telnyx-signature-ed25519"),
        ..HMAC
    },
    Scheme {
        name: "vonage",
        provider: "vonage",
        window_s: Some(300),
        ahead_s: 300,
        header: Some("authorization"),
        is_jwt: true,
        ..HMAC
    },
    Scheme {
        name: "livekit",
        provider: "livekit",
        window_s: Some(310),
        ahead_s: 10,
        header: Some("authorization"),
        is_jwt: true,
        ..HMAC
    },
    Scheme {
        name: "dialpad",
        provider: "dialpad",
        is_jwt: true,
        is_body_token: true,
        ..HMAC
    },
    Scheme {
        name: "aircall",
        provider: "aircall",
        covers_body: false,
        ..HMAC
    },
    Scheme {
        name: "a token of one's own",
        provider: "amazon-connect",
        header: Some("x-api-key"),
        covers_body: false,
        ..HMAC
    },
];

pub struct Forged {
    pub scheme: Scheme,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Forged {
    pub fn header(&self, name: &str) -> String {
        let mut named = self.headers.iter().filter(|(key, _)| key == name);
        named.next().unwrap().1.clone()
    }

    pub fn set(&mut self, name: &str, value: &str) {
        for (_, old) in self.headers.iter_mut().filter(|(key, _)| key == name) {
            *old = value.to_owned();
        }
    }
}

impl Scheme {
    pub fn auth(&self) -> Value {
        match self.member {
            "public_key" => {
                let key = Ed25519KeyPair::from_seed_unchecked(&SEED).unwrap();
                json!({ "public_key": STANDARD.encode(key.public_key()) })
            }
            _ => json!({ "secret": SECRET }),
        }
    }

    fn body(&self) -> String {
        match self.provider {
            "custom" => json!({ "kind": "call.started", "call": { "provider_call_id": "call-1" } }),
            "vapi" => json!({ "message": { "type": "status-update", "status": "ringing", "call": { "id": "call-1" } } }),
            "retell" => json!({ "event": "call_started", "call": { "call_id": "call-1" } }),
            "elevenlabs" => json!({ "type": "post_call_audio", "data": { "conversation_id": "call-1" } }),
            "bland" => json!({ "call_id": "call-1", "completed": true, "price": 0.16 }),
            "synthflow" => json!({ "status": "completed", "call": { "call_id": "call-1" } }),
            "telnyx" => json!({ "data": { "event_type": "call.initiated", "payload": { "call_control_id": "call-1" } } }),
            "vonage" => json!({ "status": "started", "uuid": "call-1" }),
            "livekit" => json!({ "event": "room_started", "room": { "sid": "call-1" } }),
            "dialpad" => json!({ "state": "ringing", "call_id": "call-1" }),
            "aircall" => json!({ "resource": "call", "event": "call.created", "token": SECRET, "data": { "id": "call-1" } }),
            "amazon-connect" => json!({ "detail": { "channel": "VOICE", "contactId": "call-1", "eventType": "INITIATED" } }),
            "plivo" => return "Event=Ring&CallUUID=call-1&From=14155550100".into(),
            _ => return "CallSid=call-1&CallStatus=initiated&SequenceNumber=0&To=%2B14155550100".into(),
        }
        .to_string()
    }
}

fn mac<M: Mac + KeyInit>(text: &[u8]) -> Vec<u8> {
    let mut mac = <M as KeyInit>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}

fn hmac_sha256(text: String) -> Vec<u8> {
    mac::<Hmac<Sha256>>(text.as_bytes())
}

fn jwt(claims: &Value) -> String {
    jwt_under(
        r#"{"alg":"HS256","typ":"JWT"}"#,
        &URL_SAFE_NO_PAD.encode(claims.to_string()),
    )
}

/// A token whose HMAC is right whatever its header says.
pub fn jwt_under(header: &str, claims: &str) -> String {
    let signed = format!("{}.{claims}", URL_SAFE_NO_PAD.encode(header));
    let signature = URL_SAFE_NO_PAD.encode(hmac_sha256(signed.clone()));
    format!("{signed}.{signature}")
}

pub fn sign(scheme: Scheme, at: Timestamp) -> Forged {
    let body = scheme.body();
    let (second, ms) = (at.as_second(), at.as_millisecond());
    let digest = Sha256::digest(body.as_bytes());
    let mut forged = Forged {
        scheme,
        url: URL.into(),
        headers: Vec::new(),
        body: body.clone().into_bytes(),
    };
    let mut put = |name: &str, value: String| forged.headers.push((name.into(), value));
    match scheme.provider {
        "custom" => {
            put("webhook-id", "m-1".into());
            put("webhook-timestamp", second.to_string());
            put(
                "webhook-signature",
                format!(
                    "v1,{}",
                    STANDARD.encode(hmac_sha256(format!("m-1.{second}.{body}")))
                ),
            );
        }
        "vapi" => {
            put("x-timestamp", ms.to_string());
            put(
                "x-signature",
                hex::encode(hmac_sha256(format!("{ms}.{body}"))),
            );
        }
        "retell" => put(
            "x-retell-signature",
            format!(
                "v={ms},d={}",
                hex::encode(hmac_sha256(format!("{body}{ms}")))
            ),
        ),
        "elevenlabs" => put(
            "elevenlabs-signature",
            format!(
                "t={second},v0={}",
                hex::encode(hmac_sha256(format!("{second}.{body}")))
            ),
        ),
        "bland" => put("x-webhook-signature", hex::encode(hmac_sha256(body))),
        "synthflow" => put(
            "synthflow-signature",
            STANDARD.encode(hmac_sha256("call-1".into())),
        ),
        "twilio" => {
            let text =
                format!("{URL}CallSidcall-1CallStatusinitiatedSequenceNumber0To+14155550100");
            put(
                "x-twilio-signature",
                STANDARD.encode(mac::<Hmac<sha1::Sha1>>(text.as_bytes())),
            );
        }
        "plivo" => {
            let text = format!("{URL}.CallUUIDcall-1EventRingFrom14155550100.nonce-1");
            put("x-plivo-signature-v3", STANDARD.encode(hmac_sha256(text)));
            put("x-plivo-signature-v3-nonce", "nonce-1".into());
        }
        "telnyx" => {
            let key = Ed25519KeyPair::from_seed_unchecked(&SEED).unwrap();
            let signature = key.sign(format!("{second}|{body}").as_bytes());
            put("telnyx-signature-ed25519", STANDARD.encode(signature));
            put("telnyx-timestamp", second.to_string());
        }
        "vonage" => put(
            "authorization",
            format!(
                "Bearer {}",
                jwt(
                    &json!({ "iss": "Vonage", "iat": second, "payload_hash": hex::encode(digest) })
                )
            ),
        ),
        "livekit" => put(
            "authorization",
            jwt(
                &json!({ "iss": "key", "nbf": second, "exp": second + 300, "sha256": STANDARD.encode(digest) }),
            ),
        ),
        "dialpad" => {
            let claims = serde_json::from_str(&body).unwrap();
            forged.body = jwt(&claims).into_bytes();
        }
        "amazon-connect" => put("x-api-key", SECRET.into()),
        _ => {}
    }
    forged
}

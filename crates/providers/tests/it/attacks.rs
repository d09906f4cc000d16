//! Attacks on signatures, one and the same set against every scheme: age, replay, changed bytes, odd headers, wrong and old secrets, other
//! addresses. Each scheme signs its own message here, independently of the code that checks it.

use crate::forge::{Forged, SCHEMES, Scheme, jwt_under, sign};
use crate::world::{now, provider};
use jiff::SignedDuration;
use kernel::Timestamp;
use providers::{Request, Signature};
use serde_json::{Value, json};

fn judge(forged: &Forged, auth: &Value, now: Timestamp) -> Signature {
    let request = Request {
        method: "POST",
        url: &forged.url,
        headers: &forged.headers,
        body: &forged.body,
    };
    provider(forged.scheme.provider).verify(&request, auth, now)
}

fn is_valid(forged: &Forged) -> bool {
    judge(forged, &forged.scheme.auth(), now()) == Signature::Valid
}

fn later(seconds: i64) -> Timestamp {
    now()
        .checked_add(SignedDuration::from_secs(seconds))
        .unwrap()
}

fn each(prove: impl Fn(Scheme)) {
    for scheme in SCHEMES {
        prove(scheme);
    }
}

#[test]
fn a_right_signature_is_accepted_and_without_a_secret_there_is_none() {
    each(|scheme| {
        let forged = sign(scheme, now());
        let verdict = judge(&forged, &scheme.auth(), now());
        assert_eq!(verdict, Signature::Valid, "{}", scheme.name);
        let nothing = judge(&forged, &json!({}), now());
        assert_eq!(nothing, Signature::None, "{}", scheme.name);
    });
}

/// 31 and 32: where the platform signs a time, one that is too old or too far ahead is refused.
#[test]
fn an_old_or_future_timestamp_is_refused_where_there_is_one() {
    each(|scheme| {
        let Some(window_s) = scheme.window_s else {
            return;
        };
        for (offset, lives) in [
            (-window_s, true),
            (-window_s - 1, false),
            (3_600 * -24, false),
        ] {
            let forged = sign(scheme, later(offset));
            assert_eq!(is_valid(&forged), lives, "{} {offset}", scheme.name);
        }
        let ahead = sign(scheme, later(scheme.ahead_s + 1));
        assert!(!is_valid(&ahead), "{} from the future", scheme.name);
    });
}

/// 33: what is sent again as it was is the same message, whether or not its window is still open.
#[test]
fn a_replay_is_the_same_observation_and_out_of_its_window_refused() {
    each(|scheme| {
        let forged = sign(scheme, now());
        let read = || {
            let request = Request {
                method: "POST",
                url: &forged.url,
                headers: &forged.headers,
                body: &forged.body,
            };
            provider(scheme.provider).read(&request).unwrap()
        };
        let keys = |read: Vec<calls::Observation>| -> Vec<String> {
            read.into_iter().map(|one| one.dedupe).collect()
        };
        assert_eq!(keys(read()), keys(read()), "{}", scheme.name);
        assert!(!read().is_empty(), "{}", scheme.name);
        if let Some(window_s) = scheme.window_s {
            let verdict = judge(
                &forged,
                &scheme.auth(),
                later(window_s + scheme.ahead_s + 1),
            );
            assert_ne!(verdict, Signature::Valid, "{}", scheme.name);
        }
    });
}

/// 34: the signature covers the bytes, so the same JSON written otherwise is another message.
#[test]
fn a_body_written_otherwise_is_refused_where_the_body_is_covered() {
    each(|scheme| {
        let mut forged = sign(scheme, now());
        forged
            .body
            .extend_from_slice(match (scheme.covers_body, scheme.is_form) {
                (true, true) => b"&Extra=1",
                (true, false) => b"x",
                (false, _) => b" ",
            });
        assert_eq!(is_valid(&forged), !scheme.covers_body, "{}", scheme.name);
        if scheme.is_form || !scheme.covers_body || scheme.is_body_token {
            return;
        }
        let mut spaced = sign(scheme, now());
        spaced.body.push(b' ');
        // Bland signs the compact form: blanks outside of it change nothing.
        let lives = scheme.provider == "bland";
        assert_eq!(is_valid(&spaced), lives, "{}", scheme.name);
        let mut changed = sign(scheme, now());
        let text = String::from_utf8(changed.body)
            .unwrap()
            .replacen("call-1", "call-2", 1);
        changed.body = text.into_bytes();
        assert!(!is_valid(&changed), "{}", scheme.name);
    });
}

/// 35: empty, garbled, cut and a thousand signatures.
#[test]
fn odd_signature_headers_are_refused() {
    each(|scheme| {
        let Some(header) = scheme.header else {
            return;
        };
        let right = sign(scheme, now());
        let value = right.header(header);
        let many = "v0=00,d=00,v1,00 ".repeat(100_000);
        let odd = [
            "",
            ",",
            "v1,",
            "=",
            "t=,v0=",
            "Bearer ",
            "é",
            "\u{fffd}",
            &value[..value.len() - 3],
            &value[3..],
            &format!("x{value}"),
            &many,
            &format!("{many}{value}"),
            &"A".repeat(1_000_000),
        ]
        .map(str::to_owned);
        for odd in odd {
            let mut forged = sign(scheme, now());
            forged.set(header, &odd);
            assert!(!is_valid(&forged), "{} {odd:.40}", scheme.name);
        }
        let mut missing = sign(scheme, now());
        missing.headers.clear();
        assert!(!is_valid(&missing), "{} without a header", scheme.name);
    });
}

/// 36: a line break or a full stop in what is signed does not move the borders between its parts.
#[test]
fn the_borders_of_what_is_signed_do_not_move() {
    for (provider, header) in [
        ("elevenlabs", "elevenlabs-signature"),
        ("telnyx", "telnyx-timestamp"),
        ("retell", "x-retell-signature"),
    ] {
        let scheme = SCHEMES
            .into_iter()
            .find(|scheme| scheme.provider == provider)
            .unwrap();
        for odd in [
            "1763642000.",
            "1763642000\n",
            "+1763642000",
            " 1763642000",
            "1763642000|{}",
        ] {
            let mut forged = sign(scheme, now());
            let value = forged.header(header).replace("1763642000", odd);
            forged.set(header, &value);
            let at = now().as_second().to_string();
            assert!(
                forged.header(header).contains(odd) && value != at,
                "{provider}"
            );
            if odd.trim() != at {
                assert!(!is_valid(&forged), "{provider} {odd:?}");
            }
        }
    }
}

/// 37: another secret, and an old one after its overlap.
#[test]
fn an_old_secret_is_good_until_its_end_and_another_never() {
    each(|scheme| {
        let forged = sign(scheme, now());
        let member = scheme.member;
        let mut other = scheme.auth();
        other[member] = match member {
            "public_key" => "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=".into(),
            _ => "another secret".into(),
        };
        assert!(
            matches!(judge(&forged, &other, now()), Signature::Invalid(_)),
            "{}",
            scheme.name
        );
        if member != "secret" {
            return;
        }
        other["previous_secret"] = scheme.auth()["secret"].clone();
        let until = |seconds| Value::from(later(seconds).to_string());
        other["previous_until"] = until(1);
        assert_eq!(
            judge(&forged, &other, now()),
            Signature::Valid,
            "{}",
            scheme.name
        );
        other["previous_until"] = until(0);
        assert!(
            matches!(judge(&forged, &other, now()), Signature::Invalid(_)),
            "{}",
            scheme.name
        );
    });
}

/// 38: the address as the platform was given it, and no other.
#[test]
fn another_address_is_refused_where_the_address_is_covered() {
    for scheme in SCHEMES.into_iter().filter(|scheme| scheme.covers_url) {
        for other in [
            "http://hooks.example.com/v1/in/abc?a=1&b=2",
            "https://hooks.example.com:8443/v1/in/abc?a=1&b=2",
            "https://hooks.example.org/v1/in/abc?a=1&b=2",
            "https://hooks.example.com/v1/in/abc?a=1&b=3",
            "https://hooks.example.com/v1/in/abc",
            "https://hooks.example.com/v1/in/ABC?a=1&b=2",
            "hooks.example.com",
            "",
        ] {
            let mut forged = sign(scheme, now());
            assert!(is_valid(&forged), "{}", scheme.name);
            forged.url = other.into();
            assert!(!is_valid(&forged), "{} {other}", scheme.name);
        }
    }
}

#[test]
fn twilio_counts_the_port_of_the_scheme_and_the_order_of_the_query() {
    let scheme = SCHEMES
        .into_iter()
        .find(|scheme| scheme.provider == "twilio")
        .unwrap();
    let moved = |url: &str| {
        let mut forged = sign(scheme, now());
        forged.url = url.into();
        is_valid(&forged)
    };
    assert!(moved("https://hooks.example.com:443/v1/in/abc?a=1&b=2"));
    assert!(!moved("https://hooks.example.com:80/v1/in/abc?a=1&b=2"));
    assert!(!moved("https://hooks.example.com/v1/in/abc?b=2&a=1"));
}

/// A token that says it needs no signature, or names another algorithm, is refused.
#[test]
fn a_token_without_a_signature_or_of_another_algorithm_is_refused() {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    for scheme in SCHEMES.into_iter().filter(|scheme| scheme.is_jwt) {
        for header in [
            r#"{"alg":"none"}"#,
            r#"{"alg":"HS512"}"#,
            r#"{"alg":"RS256"}"#,
            "{}",
            "[]",
        ] {
            let swap = |token: &str| {
                let claims = token.split('.').nth(1).unwrap();
                let head = URL_SAFE_NO_PAD.encode(header);
                [format!("{head}.{claims}."), jwt_under(header, claims)]
            };
            let right = sign(scheme, now());
            for index in 0..2 {
                let mut forged = sign(scheme, now());
                match scheme.header {
                    Some(name) => {
                        let value = right.header(name);
                        let (prefix, token) = value
                            .rsplit_once(' ')
                            .map_or(("", value.as_str()), |(a, b)| (a, b));
                        forged.set(name, format!("{prefix} {}", swap(token)[index]).trim());
                    }
                    None => {
                        let token = String::from_utf8(right.body.clone()).unwrap();
                        forged.body = swap(&token)[index].clone().into_bytes();
                    }
                }
                assert!(!is_valid(&forged), "{} {header}", scheme.name);
            }
        }
    }
}

/// A handshake needs no token because it says nothing: with a body it is a message like any other.
#[test]
fn a_handshake_with_a_body_is_refused() {
    let headers = crate::world::headers(&[("validation-token", "prove-it")]);
    let judge = |body: &[u8]| {
        let request = crate::world::post(&headers, body);
        provider("ringcentral").verify(&request, &json!({ "secret": "s" }), now())
    };
    assert_eq!(judge(b""), Signature::Valid);
    assert!(matches!(judge(b"{}"), Signature::Invalid(_)));
}

/// 39: every comparison of a secret or a signature goes through the one that takes the same time for every difference.
#[test]
fn secrets_are_compared_in_constant_time() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = vec![folder];
    let mut seen = 0;
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(
                std::fs::read_dir(path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
            continue;
        }
        let is_scheme = path.to_string_lossy().contains("signature");
        let text = std::fs::read_to_string(&path).unwrap();
        if !is_scheme && !text.contains("fn verify") {
            continue;
        }
        seen += 1;
        let code = text.split("#[cfg(test)]").next().unwrap();
        for line in code
            .lines()
            .filter(|line| line.contains(" == ") || line.contains(" != "))
        {
            for word in ["secret", "expected", "mac", "signature", "hash", "token.as"] {
                let compares = line.contains(&format!("{word} =="))
                    || line.contains(&format!("== {word}"))
                    || line.contains(&format!("{word} !="));
                assert!(!compares, "{}: {line}", path.display());
            }
        }
    }
    assert!(seen > 15, "{seen} files with schemes");
}

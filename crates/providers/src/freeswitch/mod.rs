//! FreeSWITCH: one message of its event socket, or one record of mod_json_cdr. Facts: docs/providers/freeswitch.md.

mod event;
mod record;

use crate::{Answer, Field, Provider, Reply, Request, Signature, Unreadable, Wrong};
use crate::{body, line, policy, settings, signature};
use calls::{Observation, Policy};
use kernel::Timestamp;
use serde_json::Value;

pub struct FreeSwitch;

const NAME: &str = "freeswitch";

const FIELDS: &[Field] = &[
    settings::TOKEN[0],
    settings::TOKEN[1],
    settings::TOKEN[2],
    settings::optional(
        "socket",
        "Event socket",
        "Host and port, such as pbx.example.com:8021: Switchhook connects and listens. Leave it out if the switch posts records.",
    ),
    Field {
        secret: true,
        ..settings::optional(
            "socket_password",
            "Password of the event socket",
            "In event_socket.conf.xml.",
        )
    },
];

impl Provider for FreeSwitch {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "FreeSWITCH"
    }

    fn signs(&self) -> bool {
        false
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn line(&self, auth: &Value) -> Option<Result<String, Wrong>> {
        (!line::given(auth, "socket").is_empty()).then(|| {
            let address = line::address(auth, "socket")?;
            let password = line::needed(auth, "socket_password", "where there is a socket")?;
            Ok(format!(
                "event-socket://:{}@{address}",
                line::encoded(password)
            ))
        })
    }

    fn verify(&self, request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
        signature::with_secret(auth, now, |secret| signature::sent(request, auth, secret))
    }

    fn read(&self, request: &Request<'_>) -> Result<Vec<Observation>, Unreadable> {
        let raw = match record::encoded(request.body) {
            Some(json) => body::json(&json)?,
            None => body::read(request)?,
        };
        let told = match raw.get("variables") {
            Some(Value::Object(_)) => record::told(raw)?,
            _ => event::told(raw)?,
        };
        Ok(told.into_iter().collect())
    }

    fn reply(&self, _: &Request<'_>, _: &[Observation], _: &Answer) -> Reply {
        Reply::empty()
    }

    fn policy(&self) -> Policy {
        policy::telephone()
    }
}

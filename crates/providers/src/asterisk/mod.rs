//! Asterisk: one message of its REST interface's event socket. Channels are calls. Facts: docs/providers/asterisk.md.

mod channel;
mod event;

use crate::message::not_a_message;
use crate::{Answer, Field, Provider, Reply, Request, Signature, Unreadable, Wrong};
use crate::{body, field, line, policy, settings, signature};
use calls::{Observation, Policy};
use kernel::Timestamp;
use serde_json::Value;

pub struct Asterisk;

const NAME: &str = "asterisk";

const FIELDS: &[Field] = &[
    settings::TOKEN[0],
    settings::TOKEN[1],
    settings::TOKEN[2],
    settings::optional(
        "socket",
        "ARI address",
        "Host and port, such as pbx.example.com:8089: Switchhook connects and listens to all channels. Leave it out if a relay of yours posts events.",
    ),
    settings::optional(
        "socket_user",
        "ARI user",
        "In ari.conf; read_only is enough.",
    ),
    Field {
        secret: true,
        ..settings::optional("socket_password", "ARI password", "Of this user.")
    },
    settings::optional(
        "socket_tls",
        "TLS",
        "yes, or no inside a network that you trust; yes unless given.",
    ),
    settings::optional(
        "app",
        "Application",
        "The name under which Switchhook listens; switchhook unless given.",
    ),
];

impl Provider for Asterisk {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "Asterisk"
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
            let why = "where there is a socket";
            let user = line::encoded(line::needed(auth, "socket_user", why)?);
            let password = line::encoded(line::needed(auth, "socket_password", why)?);
            let scheme = match line::given(auth, "socket_tls") {
                "" | "yes" => "wss",
                "no" => "ws",
                _ => {
                    return Err(Wrong {
                        field: "socket_tls",
                        message: "is `yes` or `no`".into(),
                    });
                }
            };
            let app = match line::given(auth, "app") {
                "" => "switchhook".to_owned(),
                app => line::encoded(app),
            };
            Ok(format!(
                "{scheme}://{user}:{password}@{address}/ari/events?app={app}&subscribeAll=true"
            ))
        })
    }

    fn verify(&self, request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
        signature::with_secret(auth, now, |secret| signature::sent(request, auth, secret))
    }

    fn read(&self, request: &Request<'_>) -> Result<Vec<Observation>, Unreadable> {
        let raw = body::read(request)?;
        let event = field::text(&raw, &["/type"])
            .ok_or_else(|| not_a_message("/type", "Asterisk", "a type"))?;
        Ok(event::told(&event, raw).into_iter().collect())
    }

    fn reply(&self, _: &Request<'_>, _: &[Observation], _: &Answer) -> Reply {
        Reply::empty()
    }

    fn policy(&self) -> Policy {
        policy::telephone()
    }
}

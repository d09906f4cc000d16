//! `smtp`: a mail server to hand letters to.

use super::ConnectionInput::{Choice, Number, Secret, Text};
use super::{Connection, ConnectionField, ConnectionKind, Connector, field, needed};
use crate::builtin::{Call, email};
use crate::failure::Fault;
use kernel::Problem;
use mail::Mailbox;
use serde_json::{Map, Value};

pub(crate) struct Smtp;

pub(crate) const KIND: ConnectionKind = ConnectionKind {
    name: "smtp",
    label: "Mail server (SMTP)",
    help: "The server that your mails go out through. Your provider calls it SMTP or outgoing mail.",
    fields: &[
        needed("host", "Server", Text, "Such as smtp.example.com."),
        ConnectionField {
            default: Some("starttls"),
            ..field(
                "security",
                "Security",
                Choice(&[
                    ("starttls", "STARTTLS (port 587)"),
                    ("tls", "TLS from the start (port 465)"),
                    ("plain", "None: only inside a network that you trust"),
                ]),
                "With STARTTLS nothing is sent unless the server turns to TLS.",
            )
        },
        field(
            "port",
            "Port",
            Number(65_535),
            "587, 465 with TLS from the start, 25 without.",
        ),
        field(
            "user",
            "User",
            Text,
            "Often the mail address. Leave it out if the server wants no sign-in.",
        ),
        field(
            "password",
            "Password",
            Secret,
            "Many providers want an app password here.",
        ),
        needed(
            "from",
            "Sender",
            Text,
            "Shop <shop@example.com>: who mails are from unless a step says otherwise.",
        ),
    ],
};

/// Where it is, and how it is spoken to.
pub(crate) struct Server<'a> {
    pub(crate) host: &'a str,
    pub(crate) port: u16,
    pub(crate) security: Security,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Security {
    StartTls,
    Tls,
    Plain,
}

impl<'a> Server<'a> {
    pub(crate) fn of(connection: &'a Connection) -> Self {
        let (security, usual) = match connection.text("security") {
            "tls" => (Security::Tls, 465),
            "plain" => (Security::Plain, 25),
            _ => (Security::StartTls, 587),
        };
        let port = connection
            .number("port")
            .and_then(|port| u16::try_from(port).ok());
        Self {
            host: connection.text("host"),
            port: port.unwrap_or(usual),
            security,
        }
    }
}

#[async_trait::async_trait]
impl Connector for Smtp {
    fn kind(&self) -> &'static ConnectionKind {
        &KIND
    }

    fn check(&self, settings: &Map<String, Value>) -> Vec<Problem> {
        let text = |name: &str| settings.get(name).and_then(Value::as_str);
        let mut problems = Vec::new();
        if let Some(Err(message)) = text("from").map(Mailbox::parse) {
            problems.push(Problem::new("/from", message));
        }
        if let Some(host) = text("host").filter(|host| url::Host::parse(host).is_err()) {
            let message =
                format!("`{host}` is no host: give its name alone, without a port or https://");
            problems.push(Problem::new("/host", message));
        }
        problems
    }

    async fn try_out(
        &self,
        connection: &Connection,
        call: &Call<'_>,
    ) -> Result<Option<String>, Fault> {
        email::try_out(connection, call).await.map(Some)
    }
}

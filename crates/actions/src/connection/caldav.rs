//! `caldav`: an account at a calendar server, and which of its calendars is meant.

use super::ConnectionInput::{Secret, Text};
use super::{Connection, ConnectionKind, Connector, field, needed};
use crate::builtin::{Call, calendar};
use crate::failure::Fault;
use kernel::Problem;
use mail::Mailbox;
use serde_json::{Map, Value};

pub(crate) struct CalDav;

pub(crate) const KIND: ConnectionKind = ConnectionKind {
    name: "caldav",
    label: "Calendar (CalDAV)",
    help: "A calendar at iCloud, Fastmail, Nextcloud, mailbox.org, Zimbra or another server that speaks CalDAV. Google wants OAuth, and Microsoft has none: use their APIs with `http.request`, or send invitations by mail.",
    fields: &[
        needed(
            "url",
            "Address",
            Text,
            "Of the calendar or of the server, such as https://caldav.example.com; calendars are found from there.",
        ),
        needed("user", "User", Text, "Often the mail address."),
        needed(
            "password",
            "Password",
            Secret,
            "Many providers want an app password here.",
        ),
        field(
            "calendar",
            "Calendar",
            Text,
            "Its name, where the account has several; Test lists them.",
        ),
        field(
            "email",
            "Your address",
            Text,
            "Who invites, where a step names attendees; the user unless given.",
        ),
    ],
};

#[async_trait::async_trait]
impl Connector for CalDav {
    fn kind(&self) -> &'static ConnectionKind {
        &KIND
    }

    fn check(&self, settings: &Map<String, Value>) -> Vec<Problem> {
        let text = |name: &str| settings.get(name).and_then(Value::as_str);
        let mut problems = Vec::new();
        if let Some(Err(fault)) = text("url").map(crate::guard::target) {
            problems.push(Problem::new("/url", fault.message));
        }
        if let Some(Err(message)) = text("email").map(Mailbox::parse) {
            problems.push(Problem::new("/email", message));
        }
        if text("user").is_some_and(|user| user.contains(':')) {
            problems.push(Problem::new(
                "/user",
                "holds a colon, which no user name here has",
            ));
        }
        problems
    }

    async fn try_out(
        &self,
        connection: &Connection,
        call: &Call<'_>,
    ) -> Result<Option<String>, Fault> {
        calendar::try_out(connection, call).await.map(Some)
    }
}

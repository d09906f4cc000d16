//! Who is who on a call: platforms say "from" and "to", people think of the customer and of their own agent.

use crate::{Event, Kind, Snapshot, end_reason};
use kernel::Timestamp;
use serde_json::Value;

impl Snapshot {
    /// The customer's number: by direction, else what the contact says.
    pub fn customer_number(&self) -> Option<&str> {
        let by_direction = match self.direction.as_deref() {
            Some("inbound") => self.from.as_deref(),
            Some("outbound") => self.to.as_deref(),
            _ => None,
        };
        let by_contact = || self.contact.get("phone").and_then(Value::as_str);
        by_direction.or_else(by_contact)
    }

    pub fn agent_number(&self) -> Option<&str> {
        match self.direction.as_deref() {
            Some("inbound") => self.to.as_deref(),
            Some("outbound") => self.from.as_deref(),
            _ => None,
        }
    }

    pub fn contact_name(&self) -> Option<String> {
        let text = |name| self.contact.get(name).and_then(Value::as_str);
        if let Some(name) = text("name").filter(|name| !name.is_empty()) {
            return Some(name.to_owned());
        }
        let names = [text("first_name"), text("last_name")];
        let names: Vec<&str> = names
            .into_iter()
            .flatten()
            .filter(|n| !n.is_empty())
            .collect();
        (!names.is_empty()).then(|| names.join(" "))
    }

    pub fn end_reason_class(&self) -> Option<&'static str> {
        self.end_reason.as_deref().map(end_reason::class)
    }
}

impl Event {
    /// `answered`, `no-answer` or `voicemail`; nothing while neither is known.
    pub fn call_status(&self) -> Option<&'static str> {
        let by_machine = matches!(
            self.call.answered_by.as_deref(),
            Some("voicemail" | "machine")
        );
        if by_machine
            || self.moment(Kind::VoicemailDetected).is_some()
            || self.call.end_reason_class() == Some("voicemail")
        {
            return Some("voicemail");
        }
        self.call
            .connected
            .map(|connected| if connected { "answered" } else { "no-answer" })
    }

    /// When the first moment of this kind was.
    pub(crate) fn moment(&self, kind: Kind) -> Option<Timestamp> {
        let mut moments = self.moments.iter();
        moments.find(|(of, _)| *of == kind).map(|(_, at)| *at)
    }
}

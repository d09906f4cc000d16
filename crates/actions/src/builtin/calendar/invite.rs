//! Appointments by mail: an invitation that calendars take up, a change or a cancellation of it (RFC 5546, RFC 6047). Nothing
//! is read back, so a change says the whole appointment again, and its number.

use super::super::input::{given, text};
use super::super::{Call, Done, email};
use super::inputs::{Wanted, bad, number, person, uid};
use super::{Verb, answer, required_span, times};
use crate::failure::Fault;
use calendar::{Appointment, Method, invitation};
use kernel::Timestamp;
use mail::{Invitation, Letter};
use serde_json::{Value, json};

pub(super) async fn send(verb: Verb, call: &Call<'_>) -> Done {
    let (mail, about) = match write(verb, call) {
        Ok(written) => written,
        Err(fault) => return fault.into(),
    };
    let mut done = email::send(&mail, call).await;
    let Ok(output) = done.result else {
        return done;
    };
    let mut body = about;
    if let (Value::Object(body), Value::Object(said)) = (&mut body, output.body) {
        body.extend(said);
    }
    done = answer(body, output.status, done.exchange, call);
    done
}

fn write(verb: Verb, call: &Call<'_>) -> Result<(email::Mail, Value), Fault> {
    let with = &call.perform.with;
    let wanted = Wanted::read(with)?;
    let span = match verb {
        Verb::Cancel => wanted.span(None)?,
        _ => Some(required_span(&wanted)?),
    };
    let to = wanted.attendees.clone().unwrap_or_default();
    if to.is_empty() {
        return Err(bad(
            "an invitation by mail needs `attendees` with an address".into(),
        ));
    }
    let uid = match (uid(with)?, verb) {
        (Some(uid), _) => uid,
        (None, Verb::Create) => call.perform.key.clone(),
        (None, _) => {
            return Err(bad(
                "`uid` says which invitation is meant: the one that `calendar.create` answered"
                    .into(),
            ));
        }
    };
    if verb != Verb::Cancel && wanted.title.as_deref().unwrap_or_default().is_empty() {
        return Err(bad("an invitation by mail needs a `title`".into()));
    }
    let first = u64::from(verb != Verb::Create);
    let sequence = number(with, "sequence", u64::from(u32::MAX))?.unwrap_or(first);
    let sequence = u32::try_from(sequence).unwrap_or(u32::MAX);
    let from = email::sender(call)?;
    let (organizer, attendees) = (person(&from), wanted.people());
    let details = wanted.details(span.as_ref(), Some((&organizer, &attendees)));
    let now = Timestamp::now();
    let mut appointment = Appointment::new(&uid, &details, sequence, now);
    let method = match verb {
        Verb::Cancel => {
            appointment.call_off();
            Method::Cancel
        }
        _ => Method::Request,
    };
    let calendar = appointment.mailed(method);
    let subject = given(with, "subject").map(text).unwrap_or_default();
    let words = invitation(&details, method, subject.trim());
    let letter = Letter {
        from: &from,
        to: &to,
        cc: &[],
        reply_to: &[],
        subject: &words.subject,
        text: Some(&words.text),
        html: Some(&words.html),
        invitation: Some(Invitation {
            method: method.name(),
            calendar: &calendar,
        }),
        attachments: Vec::new(),
        key: &call.perform.key,
        at: now,
        unsubscribe: None,
    };
    let message_id = letter.message_id();
    let bytes = letter.write().map_err(bad)?;
    let [start, end] = span.as_ref().map_or([Value::Null, Value::Null], times);
    let about = json!({
        "uid": uid, "url": null, "etag": null, "start": start, "end": end, "sequence": sequence, "found": false,
        "note": wanted.note,
    });
    let mail = email::Mail {
        from,
        to,
        cc: Vec::new(),
        bcc: Vec::new(),
        message_id,
        bytes,
        headers: vec![("subject".into(), words.subject)],
        attached: vec![format!(
            "invite.ics ({}, {} bytes)",
            method.name(),
            calendar.len()
        )],
        said: vec![
            ("text", words.text),
            ("html", words.html),
            ("calendar", calendar),
        ],
    };
    Ok((mail, about))
}

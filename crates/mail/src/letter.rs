//! A letter as it goes over the wire: MIME with a stable Message-ID and boundaries, so that a repeat is the same letter.
//! Its bytes are ASCII, whatever it says.

use crate::address::is_control;
use crate::{Mailbox, from_html};
use jiff::Timestamp;
use lettre::address::Envelope;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment as Attached, MultiPart, SinglePart};
use lettre::{Address, Message};
use std::str::FromStr;

const MAX_SUBJECT: usize = 500;

pub struct Letter<'a> {
    pub from: &'a Mailbox,
    pub to: &'a [Mailbox],
    pub cc: &'a [Mailbox],
    pub reply_to: &'a [Mailbox],
    pub subject: &'a str,
    /// Made from `html` unless given.
    pub text: Option<&'a str>,
    pub html: Option<&'a str>,
    /// An invitation, for programs that know calendars; beside the bodies, and as a file for the others.
    pub invitation: Option<Invitation<'a>>,
    pub attachments: Vec<Attachment>,
    /// What its Message-ID is made of: letters and digits, the same over repeats.
    pub key: &'a str,
    pub at: Timestamp,
    /// An address that takes a reader off the list: `https:` or `mailto:`.
    pub unsubscribe: Option<&'a str>,
}

/// A calendar with one event (RFC 5546, RFC 6047).
#[derive(Clone, Copy)]
pub struct Invitation<'a> {
    /// `REQUEST` or `CANCEL`, as it stands in the calendar.
    pub method: &'a str,
    pub calendar: &'a str,
}

pub struct Attachment {
    pub name: String,
    /// Its media type.
    pub kind: String,
    pub content: Vec<u8>,
}

impl Letter<'_> {
    pub fn message_id(&self) -> String {
        format!("<{}@{}>", self.key, self.from.domain())
    }

    pub fn write(self) -> Result<Vec<u8>, String> {
        check_line("the subject", self.subject, MAX_SUBJECT)?;
        let mut message = Message::builder()
            .from(mailbox(self.from)?)
            .subject(self.subject)
            .date(self.at.into())
            .message_id(Some(self.message_id()))
            // Who receives it is the dialogue's business.
            .envelope(envelope(self.from)?)
            .raw_header(header("Auto-Submitted", "auto-generated"));
        for to in self.to {
            message = message.to(mailbox(to)?);
        }
        for cc in self.cc {
            message = message.cc(mailbox(cc)?);
        }
        for reply_to in self.reply_to {
            message = message.reply_to(mailbox(reply_to)?);
        }
        if self.to.is_empty() && self.cc.is_empty() {
            message = message.raw_header(header("To", "undisclosed-recipients:;"));
        }
        if let Some(address) = self.unsubscribe {
            check_unsubscribe(address)?;
            message = message.raw_header(header("List-Unsubscribe", &format!("<{address}>")));
            if address.starts_with("https:") {
                let one_click = header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
                message = message.raw_header(one_click);
            }
        }
        let body = body(self.text, self.html, self.invitation, self.key)?;
        let mut attachments = self.attachments;
        attachments.extend(self.invitation.map(|invitation| Attachment {
            name: "invite.ics".into(),
            kind: "application/ics".into(),
            content: invitation.calendar.as_bytes().to_vec(),
        }));
        let message = match (body, attachments.is_empty()) {
            (Body::One(part), true) => message.singlepart(part),
            (Body::Two(parts), true) => message.multipart(parts),
            (body, false) => {
                let mixed = MultiPart::mixed().boundary(format!("{}-mixed", self.key));
                let mixed = match body {
                    Body::One(part) => mixed.singlepart(part),
                    Body::Two(parts) => mixed.multipart(parts),
                };
                let attached = attachments.into_iter().map(attach);
                let parts: Vec<SinglePart> = attached.collect::<Result<_, _>>()?;
                message.multipart(parts.into_iter().fold(mixed, MultiPart::singlepart))
            }
        };
        message
            .map(|message| message.formatted())
            .map_err(|error| format!("the mail cannot be written: {error}"))
    }
}

enum Body {
    One(SinglePart),
    Two(MultiPart),
}

fn body(
    text: Option<&str>,
    html: Option<&str>,
    invitation: Option<Invitation<'_>>,
    key: &str,
) -> Result<Body, String> {
    let plain = || match (text, html) {
        (None, Some(html)) => from_html(html),
        (text, _) => text.unwrap_or_default().to_owned(),
    };
    if html.is_none() && invitation.is_none() {
        return Ok(Body::One(SinglePart::plain(plain())));
    }
    let mut parts = MultiPart::alternative()
        .boundary(format!("{key}-alternative"))
        .singlepart(SinglePart::plain(plain()));
    if let Some(html) = html {
        parts = parts.singlepart(SinglePart::html(html.to_owned()));
    }
    // The last that a program knows is the one it takes.
    if let Some(Invitation { method, calendar }) = invitation {
        let kind = format!("text/calendar; charset=utf-8; method={method}");
        let kind = ContentType::parse(&kind).map_err(|_| format!("`{method}` is no method"))?;
        let part = SinglePart::builder().header(kind).body(calendar.to_owned());
        parts = parts.singlepart(part);
    }
    Ok(Body::Two(parts))
}

fn attach(attachment: Attachment) -> Result<SinglePart, String> {
    let Attachment {
        name,
        kind,
        content,
    } = attachment;
    check_line("the name of an attachment", &name, 200)?;
    if name.is_empty() || name.contains(['/', '\\', '"']) {
        return Err(format!("`{name}` is no name for an attachment"));
    }
    let kind = ContentType::parse(&kind)
        .map_err(|_| format!("`{}` is no media type", kind.escape_debug()))?;
    Ok(Attached::new(name).body(content, kind))
}

fn check_line(what: &str, text: &str, most: usize) -> Result<(), String> {
    if text.len() > most {
        return Err(format!(
            "{what} has {} bytes; at most {most} are sent",
            text.len()
        ));
    }
    match text.chars().any(is_control) {
        true => Err(format!(
            "{what} holds a line break or another control character"
        )),
        false => Ok(()),
    }
}

fn check_unsubscribe(address: &str) -> Result<(), String> {
    let plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b',');
    let known = address.starts_with("https:") || address.starts_with("mailto:");
    match known && address.len() <= 900 && address.bytes().all(plain) {
        true => Ok(()),
        false => Err("an address to unsubscribe at begins with https: or mailto:".into()),
    }
}

/// A header whose value was checked to be plain.
fn header(name: &'static str, value: &str) -> HeaderValue {
    let name = HeaderName::new_from_ascii_str(name);
    HeaderValue::dangerous_new_pre_encoded(name, value.to_owned(), value.to_owned())
}

fn address(mailbox: &Mailbox) -> Result<Address, String> {
    Address::from_str(&mailbox.email).map_err(|error| format!("`{}`: {error}", mailbox.email))
}

fn mailbox(mailbox: &Mailbox) -> Result<lettre::message::Mailbox, String> {
    Ok(lettre::message::Mailbox::new(
        mailbox.name.clone(),
        address(mailbox)?,
    ))
}

fn envelope(from: &Mailbox) -> Result<Envelope, String> {
    Envelope::new(None, vec![address(from)?]).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests;

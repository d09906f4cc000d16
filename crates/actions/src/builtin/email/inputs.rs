//! From a step's inputs to a mail that can go: addresses read strictly, sizes bounded, attachments fetched.

use super::super::input::{given, text};
use super::super::{Call, content};
use super::bad_input;
use crate::failure::{Code, Fault};
use kernel::run::Failure;
use kernel::{Problem, Timestamp};
use mail::{Attachment, Letter, Mailbox};
use serde_json::{Map, Value};
use std::borrow::Cow;

const MAX_RECIPIENTS: usize = 100;
const MAX_BODY: usize = 1 << 20;
const MAX_ATTACHMENTS: usize = 20;
const MAX_ATTACHED: usize = 10 << 20;
const LISTS: [&str; 3] = ["to", "cc", "bcc"];

/// A mail as it goes out, and what people see of it.
pub(in crate::builtin) struct Mail {
    pub(in crate::builtin) from: Mailbox,
    pub(in crate::builtin) to: Vec<Mailbox>,
    pub(in crate::builtin) cc: Vec<Mailbox>,
    pub(in crate::builtin) bcc: Vec<Mailbox>,
    pub(in crate::builtin) message_id: String,
    pub(in crate::builtin) bytes: Vec<u8>,
    /// Headers beside the addresses.
    pub(in crate::builtin) headers: Vec<(String, String)>,
    /// What it says, in each of its forms.
    pub(in crate::builtin) said: Vec<(&'static str, String)>,
    pub(in crate::builtin) attached: Vec<String>,
}

impl Mail {
    pub(super) fn recipients(&self) -> impl Iterator<Item = &Mailbox> {
        self.to.iter().chain(&self.cc).chain(&self.bcc)
    }

    pub(super) async fn read(call: &Call<'_>) -> Result<Mail, Failure> {
        let people = People::read(call)?;
        let attachments = attachments(call).await?;
        let attached = attachments.iter();
        let attached = attached.map(|file| {
            let size = file.content.len();
            format!("{} ({}, {size} bytes)", file.name, file.kind)
        });
        let attached = attached.collect();
        Ok(people.write(attachments, attached, call)?)
    }

    /// The same without what it attaches: nothing is fetched.
    pub(super) fn without_files(call: &Call<'_>) -> Result<Mail, Fault> {
        let files = files(&call.perform.with)?.iter().enumerate();
        let attached = files.map(|(at, item)| Source::read(at, item).map(|file| file.told()));
        let attached = attached.collect::<Result<_, _>>()?;
        People::read(call)?.write(Vec::new(), attached, call)
    }
}

/// Who it is from and who gets it.
struct People {
    from: Mailbox,
    to: Vec<Mailbox>,
    cc: Vec<Mailbox>,
    bcc: Vec<Mailbox>,
    reply_to: Vec<Mailbox>,
}

impl People {
    fn read(call: &Call<'_>) -> Result<People, Fault> {
        let with = &call.perform.with;
        let from = match given(with, "from")
            .map(text)
            .filter(|from| !from.is_empty())
        {
            Some(from) => parse("from", &from)?,
            None => sender(call)?,
        };
        let [to, cc, bcc] = LISTS.map(|field| list(with, field));
        let (to, cc, bcc, reply_to) = (to?, cc?, bcc?, list(with, "reply_to")?);
        check_count(to.len() + cc.len() + bcc.len())?;
        Ok(People {
            from,
            to,
            cc,
            bcc,
            reply_to,
        })
    }

    fn write(
        self,
        attachments: Vec<Attachment>,
        attached: Vec<String>,
        call: &Call<'_>,
    ) -> Result<Mail, Fault> {
        let with = &call.perform.with;
        let subject = text(given(with, "subject").unwrap_or(&Value::Null)).into_owned();
        let body = |field| body(with, field);
        let (plain, html) = (body("text")?, body("html")?);
        let unsubscribe = given(with, "unsubscribe").map(text);
        let letter = Letter {
            from: &self.from,
            to: &self.to,
            cc: &self.cc,
            reply_to: &self.reply_to,
            subject: &subject,
            text: plain.as_deref(),
            html: html.as_deref(),
            invitation: None,
            attachments,
            key: &call.perform.key,
            at: Timestamp::now(),
            unsubscribe: unsubscribe.as_deref().filter(|address| !address.is_empty()),
        };
        let message_id = letter.message_id();
        let bytes = letter.write().map_err(bad_input)?;
        let named = ["reply_to", "subject", "unsubscribe"].into_iter();
        let headers = named.filter_map(|name| {
            let value = given(with, name)?;
            Some((name.to_owned(), text(value).into_owned()))
        });
        let said = [("text", plain), ("html", html)].into_iter();
        let said = said.filter_map(|(form, said)| Some((form, said?)));
        Ok(Mail {
            from: self.from,
            to: self.to,
            cc: self.cc,
            bcc: self.bcc,
            message_id,
            bytes,
            headers: headers.collect(),
            said: said.collect(),
            attached,
        })
    }
}

/// Who mails through the call's connection are from.
pub(in crate::builtin) fn sender(call: &Call<'_>) -> Result<Mailbox, Fault> {
    let connection = call.connection.as_deref();
    parse(
        "from",
        connection.map_or("", |connection| connection.text("from")),
    )
}

fn parse(field: &str, address: &str) -> Result<Mailbox, Fault> {
    Mailbox::parse(address).map_err(|why| bad_input(format!("`{field}`: {why}")))
}

/// One address as text, or a list of them; each may be {name, email}.
pub(in crate::builtin) fn list(
    with: &Map<String, Value>,
    field: &str,
) -> Result<Vec<Mailbox>, Fault> {
    let items = match given(with, field) {
        None => return Ok(Vec::new()),
        Some(Value::Array(items)) => items.as_slice(),
        Some(Value::String(text)) if text.trim().is_empty() => return Ok(Vec::new()),
        Some(one) => std::slice::from_ref(one),
    };
    // Before anything is read of a list without end.
    check_most(items.len())?;
    items.iter().map(|item| mailbox(field, item)).collect()
}

fn mailbox(field: &str, item: &Value) -> Result<Mailbox, Fault> {
    match item {
        Value::Object(parts) => {
            let part = |name| parts.get(name).map(text).unwrap_or_default();
            let made = Mailbox::new(Some(&part("name")), &part("email"));
            made.map_err(|why| bad_input(format!("`{field}`: {why}")))
        }
        other => parse(field, &text(other)),
    }
}

fn check_count(recipients: usize) -> Result<(), Fault> {
    match recipients {
        0 => Err(bad_input(
            "there is no recipient: `to`, `cc` and `bcc` are empty".into(),
        )),
        _ => check_most(recipients),
    }
}

fn check_most(recipients: usize) -> Result<(), Fault> {
    match recipients {
        ..=MAX_RECIPIENTS => Ok(()),
        _ => Err(bad_input(format!(
            "{recipients} recipients are more than the {MAX_RECIPIENTS} of one mail: send several in a loop"
        ))),
    }
}

fn body(with: &Map<String, Value>, field: &str) -> Result<Option<String>, Fault> {
    let Some(body) = given(with, field).map(text) else {
        return Ok(None);
    };
    match body.len() {
        ..=MAX_BODY => Ok(Some(body.into_owned())),
        size => Err(bad_input(format!(
            "`{field}` has {size} bytes; at most {MAX_BODY} are sent"
        ))),
    }
}

fn files(with: &Map<String, Value>) -> Result<&[Value], Fault> {
    match given(with, "attachments") {
        None => Ok(&[]),
        Some(Value::Array(list)) if list.len() <= MAX_ATTACHMENTS => Ok(list),
        Some(Value::Array(list)) => Err(bad_input(format!(
            "{} attachments; at most {MAX_ATTACHMENTS} are sent",
            list.len()
        ))),
        Some(_) => Err(bad_input("`attachments` is a list".into())),
    }
}

async fn attachments(call: &Call<'_>) -> Result<Vec<Attachment>, Failure> {
    let list = files(&call.perform.with)?;
    let (mut files, mut left) = (Vec::with_capacity(list.len()), MAX_ATTACHED);
    for (at, item) in list.iter().enumerate() {
        let file = attachment(at, item, left, call).await?;
        left -= file.content.len();
        files.push(file);
    }
    Ok(files)
}

/// Where the content of an attachment comes from.
enum Content<'w> {
    Url(Cow<'w, str>),
    Text(Cow<'w, str>),
}

struct Source<'w> {
    name: Cow<'w, str>,
    kind: Option<Cow<'w, str>>,
    from: Content<'w>,
}

impl<'w> Source<'w> {
    fn read(at: usize, item: &'w Value) -> Result<Self, Fault> {
        let part = |name: &str| {
            let part = item.get(name).filter(|part| !part.is_null());
            part.map(text).filter(|part| !part.is_empty())
        };
        let (default, from) = match (part("url"), part("text")) {
            (Some(url), None) => (last_of(&url).to_owned(), Content::Url(url)),
            (None, Some(text)) => ("attachment.txt".to_owned(), Content::Text(text)),
            _ => {
                let message = format!("attachment {at} is {{name, url}} or {{name, text}}");
                return Err(bad_input(message));
            }
        };
        Ok(Self {
            name: part("name").unwrap_or(default.into()),
            kind: part("type"),
            from,
        })
    }

    /// As people read it before it was fetched.
    fn told(&self) -> String {
        match &self.from {
            Content::Url(url) => format!("{} (from {url})", self.name),
            Content::Text(text) => format!("{} ({} bytes)", self.name, text.len()),
        }
    }
}

async fn attachment(
    at: usize,
    item: &Value,
    left: usize,
    call: &Call<'_>,
) -> Result<Attachment, Failure> {
    let Source { name, kind, from } = Source::read(at, item)?;
    let (default, content) = match from {
        Content::Url(url) => {
            let file = call.files.download(&url, left, call).await;
            let file = file.map_err(|failure| Failure {
                message: format!("attachment {at}: {}", failure.message),
                ..failure
            })?;
            let kind = file.kind;
            let kind = kind.unwrap_or_else(|| "application/octet-stream".into());
            (kind, file.content.to_vec())
        }
        Content::Text(text) => (
            "text/plain; charset=utf-8".into(),
            text.into_owned().into_bytes(),
        ),
    };
    if content.len() > left {
        let message = format!("attachment {at} makes more than {MAX_ATTACHED} bytes of all");
        return Err(Code::OutputTooLarge.because(message).into());
    }
    Ok(Attachment {
        name: name.into_owned(),
        kind: kind.map_or(default, Cow::into_owned),
        content,
    })
}

/// The last part of a URL's path, as a file is called.
fn last_of(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.rsplit('/')
        .find(|part| !part.is_empty())
        .unwrap_or("attachment")
}

pub(super) fn complete(with: &mut Map<String, Value>) -> Vec<Problem> {
    let mut problems = complete_addresses(with, &["to", "cc", "bcc", "reply_to"]);
    problems.extend(check_addresses(with, "from"));
    if !with.contains_key("text") && !with.contains_key("html") {
        problems.push(Problem::new("/text", "a mail needs `text` or `html`"));
    }
    problems
}

/// On save: a written list of addresses becomes a list, and what is surely wrong is said.
pub(in crate::builtin) fn complete_addresses(
    with: &mut Map<String, Value>,
    fields: &[&str],
) -> Vec<Problem> {
    for field in fields {
        if let Some(Value::String(written)) = with.get(*field)
            && !content::is_template(written)
            && written.contains([',', ';'])
        {
            let parts = split(written);
            with.insert((*field).into(), parts.into());
        }
    }
    let wrong = fields.iter().flat_map(|field| check_addresses(with, field));
    wrong.collect()
}

fn check_addresses(with: &Map<String, Value>, field: &str) -> Vec<Problem> {
    let (items, whole) = match with.get(field) {
        Some(Value::Array(items)) => (items.as_slice(), false),
        Some(one) => (std::slice::from_ref(one), true),
        None => return Vec::new(),
    };
    let written = items.iter().enumerate();
    let written = written.filter(|(_, item)| !content::is_template(&item.to_string()));
    let wrong = written.filter_map(|(at, item)| {
        let fault = mailbox(field, item).err()?;
        let path = match whole {
            true => format!("/{field}"),
            false => format!("/{field}/{at}"),
        };
        Some(Problem::new(path, fault.message))
    });
    wrong.collect()
}

/// At commas and semicolons outside of quotes.
fn split(written: &str) -> Vec<String> {
    let (mut parts, mut quoted) = (vec![String::new()], false);
    for sign in written.chars() {
        quoted ^= sign == '"';
        match (sign, parts.last_mut()) {
            (',' | ';', _) if !quoted => parts.push(String::new()),
            (sign, Some(part)) => part.push(sign),
            (_, None) => {}
        }
    }
    let parts = parts.iter().map(|part| part.trim().to_owned());
    parts.filter(|part| !part.is_empty()).collect()
}

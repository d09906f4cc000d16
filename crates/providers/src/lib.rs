//! The world in: a voice platform's webhook → observations, and our answer in the platform's own format.
//! Pure and synchronous: no store, no clock, no network. Adding a platform is a folder and a line in the registry.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod body;
pub mod check;
mod ending;
pub mod field;
mod form;
mod guide;
mod line;
pub mod listing;
mod message;
pub mod number;
mod people;
mod policy;
pub mod rehearsal;
mod reply;
mod settings;
pub mod signature;
mod talk;
pub mod time;
mod tool;
mod twiml;

mod aircall;
mod amazon_connect;
mod asterisk;
mod autocalls;
mod bland;
mod custom;
mod dialpad;
mod elevenlabs;
mod freeswitch;
mod livekit;
mod plivo;
mod retell;
mod ringcentral;
mod synthflow;
mod telnyx;
mod twilio;
pub mod vapi;
mod vonage;

pub use check::{Recorded, check, judge};
pub use guide::{Guide, Link, Sample, Show, Step, guide, new_id, renamed, samples};
pub use line::Wrong;
pub use listing::CallList;
pub use rehearsal::{Played, Scenario};
pub use reply::Reply;
pub use settings::Field;

use calls::{Kind, Observation, Policy};
use kernel::Timestamp;
use serde_json::Value;

/// A request as it came in. Header names are lower case; the body is the raw bytes that a signature covers.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    pub method: &'a str,
    /// The public address as the platform sees it, query included.
    pub url: &'a str,
    pub headers: &'a [(String, String)],
    pub body: &'a [u8],
}

impl<'a> Request<'a> {
    /// All values of a header, in order; `name` is lower case.
    pub fn header<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r str> {
        let named = self.headers.iter().filter(move |(key, _)| key == name);
        named.map(|(_, value)| value.as_str())
    }

    /// Scheme and host of the address. The rest of it is what keeps others out, so no reason to refuse tells it.
    fn origin(&self) -> &'a str {
        let after = self.url.find("://").map_or(0, |at| at + 3);
        let end = self.url[after..].find(['/', '?', '#']);
        end.map_or(self.url, |end| &self.url[..after + end])
    }

    /// What there is to read: the body, or the query string of a GET, which has none.
    pub fn content(&self) -> &'a [u8] {
        let is_get = self.method.eq_ignore_ascii_case("get");
        match self.url.split_once('?') {
            Some((_, query)) if is_get && self.body.is_empty() => query.as_bytes(),
            _ => self.body,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signature {
    Valid,
    Invalid(String),
    /// Nothing to check with: no secret is configured.
    None,
}

/// The message cannot be read as one of this platform's: told to the sender.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Unreadable {
    /// JSON Pointer into the body, where known.
    pub path: String,
    pub message: String,
}

/// What flows answered to a question of the platform; `None` where no flow did.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// One per observation that asks, in order.
    pub results: Vec<Option<Value>>,
}

impl Answer {
    /// The answer to the only question of a message.
    fn only(&self) -> Option<Value> {
        self.results.first().cloned().flatten()
    }
}

/// What a message asks, if anything.
fn asked(read: &[Observation]) -> Option<Kind> {
    let mut claims = read.iter().flat_map(|observation| &observation.claims);
    claims.find(|kind| kind.asks()).copied()
}

/// A recording inside a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sound {
    /// Where the platform has it, as the message's observation names it.
    pub url: String,
    /// Where its base64 stands in the body.
    pub base64: std::ops::Range<usize>,
}

pub trait Provider: Send + Sync {
    /// The folder name, e.g. `vapi`.
    fn name(&self) -> &'static str;
    /// What people call it, e.g. `Vapi`.
    fn title(&self) -> &'static str;
    /// Whether a message without a valid signature is refused although nothing is configured: the platform signs what it sends.
    fn signs(&self) -> bool {
        true
    }
    /// What `auth` of an endpoint may hold.
    fn fields(&self) -> &'static [Field];
    /// Checks the signature over the raw bytes. `auth` is what was configured: `{"secret": …}` and the platform's own settings.
    fn verify(&self, request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature;
    /// The address at which the platform tells its events to whoever connects, as a URL whose user part signs in; `None` where
    /// nothing of the kind is configured.
    fn line(&self, auth: &Value) -> Option<Result<String, Wrong>> {
        let _ = auth;
        None
    }
    /// How its API lists calls, where that is known here.
    fn call_list(&self) -> Option<&'static dyn CallList> {
        None
    }
    /// The recording that a message brings with it.
    fn sound(&self, request: &Request<'_>) -> Option<Sound> {
        let _ = request;
        None
    }
    /// What the message says. An unknown message of the platform is an empty list, never an error.
    fn read(&self, request: &Request<'_>) -> Result<Vec<Observation>, Unreadable>;
    /// The answer to the platform, in its format; for a message that asks nothing a plain 200.
    fn reply(&self, request: &Request<'_>, observations: &[Observation], answer: &Answer) -> Reply;
    fn policy(&self) -> Policy {
        Policy::default()
    }
    /// Whether it tells what is said on a call and what comes of it, and not the way of the call alone.
    fn tells_words(&self) -> bool {
        true
    }
    /// The bodies of a rehearsal call's messages, in the platform's own format and in order; none where there is no rehearsal.
    fn simulate(&self, played: &Played<'_>) -> Vec<String> {
        let _ = played;
        Vec::new()
    }
}

/// All platforms, by folder name.
pub fn all() -> &'static [&'static dyn Provider] {
    &[
        &aircall::Aircall,
        &amazon_connect::AmazonConnect,
        &asterisk::Asterisk,
        &autocalls::Autocalls,
        &bland::Bland,
        &custom::Custom,
        &dialpad::Dialpad,
        &elevenlabs::ElevenLabs,
        &freeswitch::FreeSwitch,
        &livekit::LiveKit,
        &plivo::Plivo,
        &retell::Retell,
        &ringcentral::RingCentral,
        &synthflow::Synthflow,
        &telnyx::Telnyx,
        &twilio::Twilio,
        &vapi::Vapi,
        &vonage::Vonage,
    ]
}

pub fn find(name: &str) -> Option<&'static dyn Provider> {
    all()
        .iter()
        .copied()
        .find(|provider| provider.name() == name)
}

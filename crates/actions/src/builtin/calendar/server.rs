//! One calendar server as a call sees it: what is asked of it, and what its refusals mean. Credentials go to the connection's
//! host and to its neighbours, nowhere else, wherever the server points.

use super::super::{Call, Done};
use crate::connection::Connection;
use crate::draft::Draft;
use crate::failure::{Code, Fault};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use calendar::dav::{Found, multistatus};
use http::header::{CONTENT_TYPE, ETAG, HeaderName, IF_MATCH, IF_NONE_MATCH, LOCATION};
use http::{HeaderMap, Method};
use kernel::run::{Exchange, Failure, Retriable};
use kernel::usage::Used;
use url::Url;

const XML: &str = "application/xml; charset=utf-8";
const EVENT: &str = "text/calendar; charset=utf-8";
/// Below which the registries of countries give names.
const SHARED: [&str; 20] = [
    "ac", "asso", "co", "com", "edu", "gob", "gouv", "gov", "gv", "id", "ltd", "me", "mil", "ne",
    "net", "nom", "or", "org", "plc", "sch",
];
const DEPTH: HeaderName = HeaderName::from_static("depth");

pub(super) struct Server<'a> {
    pub(super) connection: &'a Connection,
    pub(super) call: &'a Call<'a>,
    base: Url,
}

/// Why it went no further, with what went over the wire last.
pub(super) struct Stop {
    pub(super) failure: Box<Failure>,
    pub(super) exchange: Option<Box<Exchange>>,
    /// Where a redirect points.
    pub(super) location: Option<String>,
}

pub(super) struct Answer {
    pub(super) etag: Option<String>,
    pub(super) body: String,
    pub(super) status: u16,
    pub(super) exchange: Option<Box<Exchange>>,
}

/// Which version of an event a write is about.
pub(super) enum Only<'a> {
    /// None: the event is new.
    New,
    This(Option<&'a str>),
}

impl<'a> Server<'a> {
    pub(super) fn of(connection: &'a Connection, call: &'a Call<'a>) -> Result<Self, Fault> {
        let url = connection.text("url");
        crate::guard::target(url)?;
        let base = Url::parse(url).map_err(|why| Code::BadUrl.because(why.to_string()))?;
        Ok(Self {
            connection,
            call,
            base,
        })
    }

    pub(super) fn base(&self) -> &Url {
        &self.base
    }

    /// An address that the server names, if credentials may go there. What a step names is held to more: see `locate`.
    pub(super) fn address(&self, from: &Url, href: &str) -> Result<Url, Fault> {
        let url = from.join(href).map_err(|why| {
            Code::BadUrl.because(format!("`{}` is no address: {why}", short(href)))
        })?;
        let safe = url.scheme() == "https" || url.scheme() == self.base.scheme();
        match safe && is_near(self.base.host_str(), url.host_str()) {
            true => Ok(url),
            false => Err(self.elsewhere(&url)),
        }
    }

    pub(super) fn elsewhere(&self, url: &Url) -> Fault {
        Code::BadUrl.because(format!(
            "`{}` is not at the server of connection `{}`: if it is right, make it the connection's address",
            short(url.as_str()),
            self.connection.name
        ))
    }

    pub(super) async fn find(&self, url: &Url, depth: &str) -> Result<Vec<Found>, Stop> {
        let body = calendar::dav::LOOK.to_owned();
        let answer = self
            .ask("PROPFIND", url, &[(DEPTH, depth)], Some((XML, body)))
            .await?;
        self.read(answer).map(|(found, _)| found)
    }

    pub(super) async fn report(
        &self,
        url: &Url,
        query: String,
    ) -> Result<(Vec<Found>, Answer), Stop> {
        let answer = self
            .ask("REPORT", url, &[(DEPTH, "1")], Some((XML, query)))
            .await?;
        self.read(answer)
    }

    pub(super) async fn get(&self, url: &Url) -> Result<Answer, Stop> {
        self.ask("GET", url, &[], None).await
    }

    pub(super) async fn put(
        &self,
        url: &Url,
        event: String,
        only: Only<'_>,
    ) -> Result<Answer, Stop> {
        self.ask("PUT", url, &only.headers(), Some((EVENT, event)))
            .await
    }

    pub(super) async fn delete(&self, url: &Url, only: Only<'_>) -> Result<Answer, Stop> {
        self.ask("DELETE", url, &only.headers(), None).await
    }

    fn read(&self, answer: Answer) -> Result<(Vec<Found>, Answer), Stop> {
        match multistatus(&answer.body) {
            Ok(found) => Ok((found, answer)),
            Err(why) => Err(Stop {
                failure: Box::new(Failure {
                    status: Some(answer.status),
                    retry: Retriable::No,
                    ..Code::BadResponse.because(self.no_calendars(&why)).into()
                }),
                exchange: answer.exchange,
                location: None,
            }),
        }
    }

    async fn ask(
        &self,
        method: &str,
        url: &Url,
        headers: &[(HeaderName, &str)],
        body: Option<(&'static str, String)>,
    ) -> Result<Answer, Stop> {
        let draft = self.draft(method, url, headers, body)?;
        let (
            Done {
                result, exchange, ..
            },
            raw,
        ) = self
            .call
            .http
            .send_for_all(self.call.deadline, draft, self.call)
            .await;
        let exchange = exchange.map(Box::new);
        let header = |name: HeaderName| {
            let value = raw.as_ref()?.headers().get(name)?;
            Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        match result {
            Ok(output) => Ok(Answer {
                etag: header(ETAG),
                status: output.status.unwrap_or_default(),
                body: raw
                    .as_ref()
                    .map(|raw| String::from_utf8_lossy(raw.body()).into_owned())
                    .unwrap_or_default(),
                exchange,
            }),
            Err(mut failure) => {
                let writes = matches!(method, "PUT" | "DELETE");
                self.explain(
                    &mut failure,
                    writes,
                    raw.as_ref().map(http::Response::headers),
                );
                Err(Stop {
                    failure: Box::new(failure),
                    exchange,
                    location: header(LOCATION),
                })
            }
        }
    }

    fn draft(
        &self,
        method: &str,
        url: &Url,
        headers: &[(HeaderName, &str)],
        body: Option<(&'static str, String)>,
    ) -> Result<Draft, Fault> {
        let method = Method::from_bytes(method.as_bytes()).expect("methods here are tokens");
        let secrets = &self.call.secrets;
        let mut draft = Draft::new(method, url.as_str(), secrets)?;
        let pair = [
            self.connection.text("user"),
            self.connection.text("password"),
        ]
        .join(":");
        let sign_in = format!("Basic {}", STANDARD.encode(pair));
        draft.sealed_header("authorization", &sign_in, secrets)?;
        for (name, value) in headers {
            draft.set(name.clone(), value)?;
        }
        if let Some((kind, body)) = body {
            draft.default(CONTENT_TYPE, kind);
            let shown = secrets.mask(&body).into_owned();
            draft.body(body, shown);
        }
        self.call.mark(&mut draft)?;
        Ok(draft)
    }

    /// What a refusal means, and what to do about it.
    fn explain(&self, failure: &mut Failure, writes: bool, headers: Option<&HeaderMap>) {
        // Reading again harms nobody.
        if !writes && failure.retry == Retriable::Unknown {
            failure.retry = Retriable::Yes;
        }
        let name = &self.connection.name;
        match failure.status {
            Some(401) => {
                let asks = headers.and_then(|headers| headers.get("www-authenticate"));
                let asks = asks.and_then(|asks| asks.to_str().ok()).unwrap_or("basic");
                let message = match asks.to_ascii_lowercase().contains("basic") {
                    true => format!(
                        "the calendar server does not accept the user and password of connection `{name}`: correct them there; \
                         many providers want an app password"
                    ),
                    false => format!(
                        "the calendar server of connection `{name}` wants `{}`, and only user and password (Basic) can be given",
                        short(asks)
                    ),
                };
                replace(failure, Code::SignIn.because(message));
            }
            Some(403) if writes => {
                failure.message = format!(
                    "the calendar server of connection `{name}` refuses the change (403): may its user write to this calendar?"
                );
            }
            Some(404 | 409 | 410) if writes => {
                let message = format!(
                    "the calendar server of connection `{name}` has no calendar at this address: see its Test for those that there are"
                );
                replace(failure, Code::CalendarMissing.because(message));
            }
            Some(405 | 501) => failure.message = self.no_calendars(&failure.message),
            Some(300..=399) => {
                failure.message = format!(
                    "{}: make that the address of connection `{name}`",
                    failure.message
                );
            }
            _ => {}
        }
    }

    fn no_calendars(&self, why: &str) -> String {
        format!(
            "what answers at the address of connection `{}` is no calendar server (CalDAV): {why}; check the address",
            self.connection.name
        )
    }
}

impl<'a> Only<'a> {
    fn headers(self) -> Vec<(HeaderName, &'a str)> {
        match self {
            Only::New => vec![(IF_NONE_MATCH, "*")],
            // A weak one never matches; servers give strong ones (RFC 4791), which proxies that compress make weak.
            Only::This(Some(etag)) => vec![(IF_MATCH, etag.strip_prefix("W/").unwrap_or(etag))],
            Only::This(None) => Vec::new(),
        }
    }
}

impl Stop {
    pub(super) fn status(&self) -> Option<u16> {
        self.failure.status
    }

    pub(super) fn because(mut self, fault: Fault) -> Self {
        replace(&mut self.failure, fault);
        self
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self {
            failure: Box::new(fault.into()),
            exchange: None,
            location: None,
        }
    }
}

impl From<Stop> for Done {
    fn from(stop: Stop) -> Self {
        Self {
            result: Err(*stop.failure),
            exchange: stop.exchange.map(|exchange| *exchange),
            used: Used::default(),
        }
    }
}

fn replace(failure: &mut Failure, fault: Fault) {
    let told = Failure::from(fault);
    failure.code = told.code;
    failure.message = told.message;
    failure.retry = told.retry;
}

/// The same host, or another one below the domain that it is in: providers spread accounts over several.
fn is_near(ours: Option<&str>, other: Option<&str>) -> bool {
    let (Some(ours), Some(other)) = (ours, other) else {
        return false;
    };
    let (ours, other) = (ours.to_ascii_lowercase(), other.to_ascii_lowercase());
    let is_name = matches!(url::Host::parse(&ours), Ok(url::Host::Domain(_)));
    let domain = ours.split_once('.').map(|(_, domain)| domain);
    let is_below = |domain| is_owned(domain) && other.ends_with(&format!(".{domain}"));
    ours == other || is_name && domain.is_some_and(is_below)
}

/// Whether a domain is somebody's, and not one below which everybody gets names (`com`, `co.uk`).
fn is_owned(domain: &str) -> bool {
    match domain.split_once('.') {
        None => false,
        Some((second, country)) => !(country.len() == 2 && SHARED.contains(&second)),
    }
}

/// A text of a server's as it may stand in a message.
pub(super) fn short(text: &str) -> String {
    let short: String = text
        .chars()
        .filter(|sign| !sign.is_control())
        .take(200)
        .collect();
    short
}

#[cfg(test)]
mod tests {
    use super::is_near;

    #[test]
    fn credentials_go_to_the_connections_host_and_its_neighbours_alone() {
        for (ours, other, near) in [
            ("caldav.icloud.com", "p34-caldav.icloud.com", true),
            ("CalDAV.example.com", "caldav.example.com", true),
            ("127.0.0.1", "127.0.0.1", true),
            ("caldav.example.com", "evil.example", false),
            ("caldav.example.com", "notexample.com", false),
            ("caldav.example.com", "example.com.evil.example", false),
            ("example.com", "other.com", false),
            ("example.co.uk", "evil.co.uk", false),
            ("example.com.au", "evil.com.au", false),
            ("caldav.example.co.uk", "p34.example.co.uk", true),
            ("10.1.2.3", "10.9.2.3", false),
            ("10.1.2.3", "x.1.2.3", false),
            ("localhost", "evil.localhost", false),
        ] {
            assert_eq!(is_near(Some(ours), Some(other)), near, "{ours} {other}");
        }
        assert!(!is_near(Some("a.example.com"), None));
    }
}

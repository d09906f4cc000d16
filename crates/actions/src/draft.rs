//! A request while it is put together, twice at once: as it is sent, and as people see it, with secrets masked.
//! The two cannot drift apart, because nothing is ever added to one of them alone.

use crate::client::{Pieces, Sent};
use crate::failure::{Code, Fault};
use crate::guard::target;
use crate::secret::{MASK, Secrets};
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Uri};
use http_body_util::Full;
use kernel::run::Request;

const MAX_HEADERS: usize = 100;

/// Headers that belong to the connection or to the framing of the message.
const OURS: [&str; 11] = [
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "upgrade",
    "expect",
    "http2-settings",
];

/// Headers whose values are masked in the record, whatever they are made of.
const SEALED: [&str; 5] = [
    "authorization",
    "proxy-authorization",
    "cookie",
    "set-cookie",
    "x-api-key",
];

pub(crate) struct Draft {
    method: Method,
    uri: Uri,
    url: String,
    headers: Vec<Header>,
    body: Bytes,
    pieces: Option<Pieces>,
    shown_body: Option<String>,
}

struct Header {
    name: HeaderName,
    value: HeaderValue,
    shown: String,
}

impl Draft {
    /// `url` may hold markers of secrets.
    pub(crate) fn new(method: Method, url: &str, secrets: &Secrets) -> Result<Self, Fault> {
        Ok(Self {
            method,
            uri: target(&secrets.reveal(url))?,
            url: secrets.shown(url),
            headers: Vec::with_capacity(12),
            body: Bytes::new(),
            pieces: None,
            shown_body: None,
        })
    }

    /// Sets a header that the flow gives; `value` may hold markers of secrets.
    pub(crate) fn header(
        &mut self,
        name: &str,
        value: &str,
        secrets: &Secrets,
    ) -> Result<(), Fault> {
        self.given(name, value, false, secrets)
    }

    /// The same for a header whose whole value is secret.
    pub(crate) fn sealed_header(
        &mut self,
        name: &str,
        value: &str,
        secrets: &Secrets,
    ) -> Result<(), Fault> {
        self.given(name, value, true, secrets)
    }

    fn given(
        &mut self,
        name: &str,
        value: &str,
        sealed: bool,
        secrets: &Secrets,
    ) -> Result<(), Fault> {
        let bad = |why: &str| Code::BadHeader.because(format!("the header `{name}` {why}"));
        let parsed = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| bad("has a name that is not a token"))?;
        if OURS.contains(&parsed.as_str()) {
            return Err(bad("belongs to the connection and cannot be set"));
        }
        if self.headers.len() >= MAX_HEADERS {
            return Err(bad("is one too many"));
        }
        let shown = if sealed || is_sealed(&parsed) {
            MASK.to_owned()
        } else {
            secrets.shown(value)
        };
        let value = HeaderValue::from_bytes(secrets.reveal(value).as_bytes())
            .map_err(|_| bad("has a control character (a line break?) in its value"))?;
        self.put(Header {
            name: parsed,
            value,
            shown,
        });
        Ok(())
    }

    /// Sets a header of ours, whose value holds no secret.
    pub(crate) fn set(&mut self, name: HeaderName, value: &str) -> Result<(), Fault> {
        let parsed = HeaderValue::from_str(value)
            .map_err(|_| Code::BadHeader.because(format!("the header `{name}` cannot be sent")))?;
        self.put(Header {
            name,
            value: parsed,
            shown: value.to_owned(),
        });
        Ok(())
    }

    /// Sets a header of ours unless the flow has set it.
    pub(crate) fn default(&mut self, name: HeaderName, value: &'static str) {
        if !self.has(&name) {
            let value_sent = HeaderValue::from_static(value);
            self.put(Header {
                name,
                value: value_sent,
                shown: value.to_owned(),
            });
        }
    }

    pub(crate) fn has(&self, name: &HeaderName) -> bool {
        self.headers.iter().any(|header| header.name == *name)
    }

    /// `body` as it is sent, `shown` as people see it.
    pub(crate) fn body(&mut self, body: String, shown: String) {
        self.body = body.into();
        self.shown_body = Some(shown);
    }

    /// The same for a body that is no text.
    pub(crate) fn payload(&mut self, body: Bytes, shown: String) {
        self.body = body;
        self.shown_body = Some(shown);
    }

    /// The same for one that is not in memory.
    pub(crate) fn pieces(&mut self, body: Pieces, shown: String) {
        self.pieces = Some(body);
        self.shown_body = Some(shown);
    }

    pub(crate) fn method(&self) -> &Method {
        &self.method
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.body
    }

    /// The request as it is sent, and as people see it with at most `keep` bytes of its body.
    pub(crate) fn finish(self, keep: usize) -> (http::Request<Sent>, Request) {
        let mut sent = http::Request::new(match self.pieces {
            Some(pieces) => Sent::Pieces(pieces),
            None => Sent::Whole(Full::new(self.body)),
        });
        let mut shown = Vec::with_capacity(self.headers.len());
        sent.headers_mut().reserve(self.headers.len() + 2);
        for header in self.headers {
            shown.push((header.name.as_str().to_owned(), header.shown));
            sent.headers_mut().insert(header.name, header.value);
        }
        let (body, truncated) = match self.shown_body {
            Some(body) => {
                let (body, truncated) = cut(body, keep);
                (Some(body), truncated)
            }
            None => (None, false),
        };
        let method = self.method.as_str().to_owned();
        *sent.method_mut() = self.method;
        *sent.uri_mut() = self.uri;
        (
            sent,
            Request {
                method,
                url: self.url,
                headers: shown,
                body,
                truncated,
            },
        )
    }

    /// The request as people see it, nothing cut off.
    pub(crate) fn shown(self) -> Request {
        self.finish(usize::MAX).1
    }

    fn put(&mut self, header: Header) {
        match self
            .headers
            .iter_mut()
            .find(|known| known.name == header.name)
        {
            Some(known) => *known = header,
            None => self.headers.push(header),
        }
    }
}

pub(crate) fn is_sealed(name: &HeaderName) -> bool {
    SEALED.contains(&name.as_str())
}

/// At most `keep` bytes of a text, and whether that is less than the whole.
pub(crate) fn cut(mut text: String, keep: usize) -> (String, bool) {
    if text.len() <= keep {
        return (text, false);
    }
    text.truncate(text.floor_char_boundary(keep));
    text.shrink_to_fit();
    (text, true)
}

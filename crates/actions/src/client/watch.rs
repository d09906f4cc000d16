//! An answer that does not end, read as it comes: for whoever watches a server. Its connection passes the guard like any other.

use super::{Http, Sent, trouble};
use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;

/// The parts of an answer, as they come.
pub struct Watch(Incoming);

impl Watch {
    /// What comes next; `None` once the answer has ended or its connection is lost.
    pub async fn next(&mut self) -> Option<Bytes> {
        loop {
            let frame = self.0.frame().await?.ok()?;
            if let Ok(data) = frame.into_data() {
                return Some(data);
            }
        }
    }
}

impl Http {
    /// The answer to a GET, or why there is none.
    pub(crate) async fn watch(&self, url: &str, key: Option<&str>) -> Result<Watch, String> {
        let mut request = Request::get(url);
        if let Some(key) = key {
            request = request.header(http::header::AUTHORIZATION, format!("Bearer {key}"));
        }
        let request = request.body(Sent::Whole(Full::default()));
        let request = request.map_err(|error| format!("{url}: {error}"))?;
        let response = self.request(&[], request).await;
        let response = response.map_err(|error| {
            let fault = trouble::fault(&error, false);
            kernel::run::Failure::from(fault).message
        })?;
        match response.status() {
            StatusCode::OK => Ok(Watch(response.into_body())),
            status => Err(format!("the server answered {status}")),
        }
    }
}

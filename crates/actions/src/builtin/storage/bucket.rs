//! Files in a bucket of S3: where a file's address is, its signed request, and what an answer's XML means.

use super::super::Call;
use super::name::Name;
use super::sigv4::{Key, Request, authorization, hash};
use crate::client::Pieces;
use crate::connection::Connection;
use crate::draft::Draft;
use crate::failure::{Code, Fault};
use crate::recordings::Part;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, RANGE};
use http::{HeaderName, Method};
use kernel::Timestamp;
use kernel::run::Failure;
use serde_json::Value;
use std::ops::Range;
use url::Url;

const DATE: &str = "x-amz-date";
const BODY: &str = "x-amz-content-sha256";

pub(super) struct Bucket<'c> {
    connection: &'c Connection,
    /// Of the bucket, without `/` at its end.
    address: Url,
}

impl<'c> Bucket<'c> {
    pub(super) fn of(connection: &'c Connection) -> Result<Self, Fault> {
        let address = address(
            connection.text("endpoint"),
            region(connection),
            connection.text("bucket"),
            connection.text("path_style") != "no",
        );
        let address = address.map_err(|why| Code::BadUrl.because(why))?;
        Ok(Self {
            connection,
            address,
        })
    }

    /// The address of a file; `None`: of the bucket.
    pub(super) fn url(&self, name: Option<&Name>) -> String {
        let bucket = self.address.as_str().trim_end_matches('/');
        match name {
            Some(name) => format!("{bucket}/{}", name.encoded()),
            None if self.address.path() == "/" => format!("{bucket}/"),
            None => bucket.to_owned(),
        }
    }

    pub(super) fn put(
        &self,
        name: &Name,
        body: Bytes,
        shown: String,
        kind: &str,
        call: &Call<'_>,
    ) -> Result<Draft, Fault> {
        let mut draft = Draft::new(Method::PUT, &self.url(Some(name)), &call.secrets)?;
        let digest = hash(&body);
        draft.set(CONTENT_TYPE, kind)?;
        draft.payload(body, shown);
        self.sign(
            &mut draft,
            &self.url(Some(name)),
            &[("content-type", kind)],
            &digest,
            call,
        )?;
        Ok(draft)
    }

    /// The same for a file that is on disk.
    pub(super) fn put_file(
        &self,
        name: &Name,
        content: Pieces,
        part: &Part,
        call: &Call<'_>,
    ) -> Result<Draft, Fault> {
        let (url, kind) = (self.url(Some(name)), part.content_type);
        let mut draft = Draft::new(Method::PUT, &url, &call.secrets)?;
        draft.set(CONTENT_TYPE, kind)?;
        draft.pieces(content, format!("({} bytes of {kind})", part.size));
        self.sign(
            &mut draft,
            &url,
            &[("content-type", kind)],
            &part.sha256,
            call,
        )?;
        Ok(draft)
    }

    /// A request for a part of a file.
    pub(super) fn get(
        &self,
        name: &Name,
        range: &Range<u64>,
        call: &Call<'_>,
    ) -> Result<Draft, Fault> {
        let url = self.url(Some(name));
        let mut draft = Draft::new(Method::GET, &url, &call.secrets)?;
        let last = range.end.saturating_sub(1);
        draft.set(RANGE, &format!("bytes={}-{last}", range.start))?;
        self.sign(&mut draft, &url, &[], &hash(b""), call)?;
        Ok(draft)
    }

    pub(super) fn delete(&self, name: &Name, call: &Call<'_>) -> Result<Draft, Fault> {
        let url = self.url(Some(name));
        let mut draft = Draft::new(Method::DELETE, &url, &call.secrets)?;
        self.sign(&mut draft, &url, &[], &hash(b""), call)?;
        Ok(draft)
    }

    /// A request that lists at most one file.
    pub(super) fn list(&self, call: &Call<'_>) -> Result<Draft, Fault> {
        let url = format!("{}?list-type=2&max-keys=1", self.url(None));
        let mut draft = Draft::new(Method::GET, &url, &call.secrets)?;
        self.sign(&mut draft, &url, &[], &hash(b""), call)?;
        Ok(draft)
    }

    /// `more`: headers that are signed, all of whose names sort before `host`.
    fn sign(
        &self,
        draft: &mut Draft,
        url: &str,
        more: &[(&str, &str)],
        digest: &str,
        call: &Call<'_>,
    ) -> Result<(), Fault> {
        let url = Url::parse(url).map_err(|error| Code::BadUrl.because(error.to_string()))?;
        let host = match (url.host_str(), url.port()) {
            (Some(host), Some(port)) => format!("{host}:{port}"),
            (host, _) => host.unwrap_or_default().to_owned(),
        };
        let at = Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
        let mut headers = more.to_vec();
        headers.extend([("host", host.as_str()), (BODY, digest), (DATE, at.as_str())]);
        let request = Request {
            method: draft.method().as_str(),
            path: url.path(),
            query: url.query().unwrap_or_default(),
            headers: &headers,
            body: digest,
        };
        let key = Key {
            id: self.connection.text("access_key"),
            secret: self.connection.text("secret_key"),
            region: region(self.connection),
        };
        let signed = authorization(&request, &key, &at);
        draft.set(HeaderName::from_static(DATE), &at)?;
        draft.set(HeaderName::from_static(BODY), digest)?;
        draft.sealed_header("authorization", &signed, &call.secrets)?;
        call.mark(draft)
    }

    /// A refusal in clear words: what S3 says stands in its XML.
    pub(super) fn explained(&self, mut failure: Failure) -> Failure {
        let Some(status) = failure.status else {
            return failure;
        };
        let said = failure
            .output
            .as_ref()
            .and_then(|output| output.body.as_str());
        let said = said.unwrap_or_default();
        let (code, message) = (tag(said, "Code"), tag(said, "Message"));
        let (connection, bucket) = (&self.connection.name, self.connection.text("bucket"));
        let correct = format!("correct it in connection `{connection}`");
        let (kind, why) = match code.as_str() {
            "InvalidAccessKeyId"
            | "SignatureDoesNotMatch"
            | "InvalidToken"
            | "ExpiredToken"
            | "TokenRefreshRequired" => (
                Code::SignIn,
                format!(
                    "the storage does not accept the access key and secret key ({code}): {correct}"
                ),
            ),
            "NoSuchBucket" | "InvalidBucketName" => (
                Code::StorageRefused,
                format!(
                    "there is no bucket `{bucket}` at {} ({code}): {correct}",
                    self.host()
                ),
            ),
            "AccessDenied" | "AllAccessDisabled" | "AccountProblem" => (
                Code::StorageRefused,
                format!(
                    "the key may not write to bucket `{bucket}` ({code}): allow it s3:PutObject"
                ),
            ),
            "PermanentRedirect"
            | "TemporaryRedirect"
            | "AuthorizationHeaderMalformed"
            | "IllegalLocationConstraintException" => {
                let region = tag(said, "Region");
                let region = if region.is_empty() {
                    "another region".to_owned()
                } else {
                    format!("region `{region}`")
                };
                (
                    Code::StorageRefused,
                    format!(
                        "the bucket `{bucket}` is in {region} ({code}): correct `region` and `endpoint` in connection `{connection}`"
                    ),
                )
            }
            "RequestTimeTooSkewed" => (
                Code::StorageRefused,
                "the clock of this server is wrong (RequestTimeTooSkewed): set it".to_owned(),
            ),
            "" => return failure,
            _ => (
                Code::StorageRefused,
                format!("the storage answered {status} {code}: {message}"),
            ),
        };
        let retry = failure.retry;
        let known = Failure::from(kind.because(why));
        (failure.code, failure.message, failure.retry) = (known.code, known.message, retry);
        failure
    }

    pub(super) fn host(&self) -> &str {
        self.address.host_str().unwrap_or_default()
    }
}

fn region(connection: &Connection) -> &str {
    match connection.text("region") {
        "" => "us-east-1",
        region => region,
    }
}

/// Where a bucket is; what is wrong is said for people.
pub(super) fn address(
    endpoint: &str,
    region: &str,
    bucket: &str,
    path_style: bool,
) -> Result<Url, String> {
    let endpoint = match endpoint {
        "" => format!("https://s3.{region}.amazonaws.com"),
        endpoint => endpoint.to_owned(),
    };
    crate::guard::target(&endpoint).map_err(|fault| fault.message)?;
    let mut url = Url::parse(&endpoint).map_err(|error| error.to_string())?;
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err("is the address of the service alone: leave out the bucket and whatever follows the host".into());
    }
    if path_style {
        url.set_path(&format!("/{bucket}"));
        return Ok(url);
    }
    let host = format!("{bucket}.{}", url.host_str().unwrap_or_default());
    match url.set_host(Some(&host)) {
        Ok(()) if url.host_str() == Some(host.as_str()) => Ok(url),
        _ => Err(format!(
            "`{bucket}` cannot stand before the host: name it in the path"
        )),
    }
}

/// The text of the first such element: S3's errors are flat.
fn tag(xml: &str, name: &str) -> String {
    let text = xml
        .split_once(&format!("<{name}>"))
        .and_then(|(_, rest)| rest.split_once("</"))
        .map_or("", |(text, _)| text);
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
    text.chars()
        .filter(|sign| !sign.is_control())
        .take(300)
        .collect()
}

/// What came of listing, when a connection is tried.
pub(super) fn verdict(
    bucket: &Bucket<'_>,
    result: Result<kernel::run::Output, Failure>,
) -> Result<String, Fault> {
    let (host, name) = (bucket.host(), bucket.connection.text("bucket"));
    let failure = match result {
        Ok(_) => {
            return Ok(format!(
                "{host} accepts the key and shows bucket `{name}`; nothing was written"
            ));
        }
        Err(failure) => failure,
    };
    let said = failure
        .output
        .as_ref()
        .and_then(|output| output.body.as_str())
        .map(|said| tag(said, "Code"));
    if said.as_deref() == Some("AccessDenied") {
        return Ok(format!(
            "{host} knows the key, which may not list bucket `{name}`; whether it may write, the first file shows"
        ));
    }
    Err(Code::StorageRefused.because(bucket.explained(failure).message))
}

/// The output's body of a file that is stored.
pub(super) fn address_of(public: &str, name: &Name) -> Option<Value> {
    let public = public.trim_end_matches('/');
    (!public.is_empty()).then(|| format!("{public}/{}", name.encoded()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_is_in_the_path_or_before_the_host() {
        let at = |endpoint, path_style| {
            address(endpoint, "eu-central-1", "calls", path_style).map(String::from)
        };
        assert_eq!(
            at("", true).unwrap(),
            "https://s3.eu-central-1.amazonaws.com/calls"
        );
        assert_eq!(
            at("", false).unwrap(),
            "https://calls.s3.eu-central-1.amazonaws.com/"
        );
        assert_eq!(
            at("http://minio:9000/", true).unwrap(),
            "http://minio:9000/calls"
        );
        assert_eq!(
            at("http://minio:9000", false).unwrap(),
            "http://calls.minio:9000/"
        );
        for wrong in [
            "ftp://x",
            "https://",
            "https://s3.example.com/calls",
            "https://a:b@s3.example.com",
            "https://x?y",
        ] {
            assert!(at(wrong, true).is_err(), "{wrong}");
        }
        assert!(address("http://10.0.0.1", "x", "calls", false).is_err());
    }

    #[test]
    fn an_element_of_xml_is_read_and_nothing_else() {
        let xml = "<?xml?><Error><Code>NoSuchBucket</Code><Message>a &lt;b&gt; &amp;lt;</Message></Error>";
        assert_eq!(tag(xml, "Code"), "NoSuchBucket");
        assert_eq!(tag(xml, "Message"), "a <b> &lt;");
        assert_eq!(tag("<Code>", "Code"), "");
        assert_eq!(tag("not xml", "Code"), "");
    }
}

//! What a request signs in with: a bearer token, a user and a password, or a header. The connections that `http.request`
//! names.

use super::ConnectionInput::{Secret, Text};
use super::{Connection, ConnectionField, ConnectionKind, Connector, field, needed};
use crate::builtin::{Call, auth};
use crate::draft::Draft;
use crate::failure::{Code, Fault};
use http::Method;
use kernel::Problem;
use serde_json::{Map, Value};

const TRY_AT: ConnectionField = field(
    "test_url",
    "Address to try",
    Text,
    "A GET of this address shows whether the credentials are accepted; only Test asks it.",
);

pub(crate) struct HttpAuth(&'static ConnectionKind);

pub(crate) const BEARER: HttpAuth = HttpAuth(&ConnectionKind {
    name: "bearer",
    label: "Bearer token",
    help: "An API key or token that HTTP requests send as Authorization: Bearer ….",
    fields: &[
        needed("token", "Token", Secret, "Without the word Bearer."),
        TRY_AT,
    ],
});

pub(crate) const BASIC: HttpAuth = HttpAuth(&ConnectionKind {
    name: "basic",
    label: "User and password",
    help: "HTTP Basic authentication.",
    fields: &[
        needed("user", "User", Text, "The user name, or the key's id."),
        needed("password", "Password", Secret, "The password, or the key."),
        TRY_AT,
    ],
});

pub(crate) const HEADER: HttpAuth = HttpAuth(&ConnectionKind {
    name: "header",
    label: "Header",
    help: "A key that HTTP requests send in a header of its own.",
    fields: &[
        needed("name", "Header", Text, "Its name, such as X-Api-Key."),
        needed("value", "Value", Secret, "What is sent in it."),
        TRY_AT,
    ],
});

#[async_trait::async_trait]
impl Connector for HttpAuth {
    fn kind(&self) -> &'static ConnectionKind {
        self.0
    }

    fn check(&self, settings: &Map<String, Value>) -> Vec<Problem> {
        let name = settings.get("name").and_then(Value::as_str);
        let is_header = self.0.name == HEADER.0.name;
        let is_wrong = http::HeaderName::from_bytes(name.unwrap_or_default().as_bytes()).is_err();
        let wrong =
            (is_header && is_wrong).then(|| Problem::new("/name", "is no name of a header"));
        wrong.into_iter().chain(check_url(settings)).collect()
    }

    async fn try_out(
        &self,
        connection: &Connection,
        call: &Call<'_>,
    ) -> Result<Option<String>, Fault> {
        get(connection, call).await
    }
}

fn check_url(settings: &Map<String, Value>) -> Vec<Problem> {
    let url = settings.get("test_url").and_then(Value::as_str);
    let refused = url.and_then(|url| crate::guard::target(url).err());
    let refused = refused.map(|fault| Problem::new("/test_url", fault.message));
    refused.into_iter().collect()
}

async fn get(connection: &Connection, call: &Call<'_>) -> Result<Option<String>, Fault> {
    let url = connection.text("test_url");
    if url.is_empty() {
        return Ok(None);
    }
    let mut draft = Draft::new(Method::GET, url, &call.secrets)?;
    call.mark(&mut draft)?;
    auth::connect(&mut draft, connection, &call.secrets)?;
    match call.http.send(draft, call).await.result {
        Ok(output) => Ok(Some(format!(
            "{url} answered {}",
            output.status.unwrap_or_default()
        ))),
        Err(failure) if matches!(failure.status, Some(401 | 403)) => Err(Code::SignIn.because(
            format!("{url} does not accept the credentials: {}", failure.message),
        )),
        Err(failure) => Err(Code::HttpStatus.because(failure.message)),
    }
}

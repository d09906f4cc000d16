//! Which model is asked, through which connection, and how a request to it is put together.

use crate::builtin::{Call, IDEMPOTENCY_KEY};
use crate::connection::Connection;
use crate::connection::model::dialect;
use crate::draft::Draft;
use crate::failure::{Code, Fault};
use http::Method;
use http::header::CONTENT_TYPE;
use models::{Ask, Dialect, Manner, Price, Usage, Way};

/// The host whose models want the limit of tokens under its newer name.
const OPENAI: &str = "https://api.openai.com/";

pub(super) struct Target<'a> {
    pub(super) connection: &'a Connection,
    pub(super) dialect: Dialect,
    pub(super) model: &'a str,
    base: &'a str,
}

impl<'a> Target<'a> {
    pub(super) fn new(connection: &'a Connection, model: Option<&'a str>) -> Result<Self, Fault> {
        let (dialect, usual) = dialect(&connection.kind).ok_or_else(|| {
            let message = format!(
                "no model can be asked through a connection of kind `{}`",
                connection.kind
            );
            Code::ConnectionMissing.because(message)
        })?;
        let base = match connection.text("base_url") {
            "" => usual,
            base => base.trim_end_matches('/'),
        };
        Ok(Self {
            connection,
            dialect,
            model: model.unwrap_or_else(|| connection.text("model")),
            base,
        })
    }

    /// How it is asked first.
    pub(super) fn manner(&self) -> Manner {
        Manner {
            way: match self.connection.text("structured") {
                "json" => Way::Json,
                "text" => Way::Text,
                _ => Way::Schema,
            },
            completion_tokens: format!("{}/", self.base).starts_with(OPENAI),
        }
    }

    /// The `number`-th request of an attempt.
    pub(super) fn draft(
        &self,
        ask: &Ask<'_>,
        manner: Manner,
        number: u32,
        call: &Call<'_>,
    ) -> Result<Draft, Fault> {
        let wire = self.dialect.request(ask, manner);
        let mut draft = self.blank(Method::POST, &wire.path, call)?;
        // A further request says something else: to a server that knows such keys it must not be the first one again.
        let key = format!("{}-{number}", call.perform.key);
        draft.set(IDEMPOTENCY_KEY, &key)?;
        draft.default(CONTENT_TYPE, "application/json");
        let body = wire.body.to_string();
        let shown = call.secrets.shown(&body);
        draft.body(body, shown);
        call.mark(&mut draft)?;
        Ok(draft)
    }

    /// A request with its key and nothing else.
    pub(super) fn blank(
        &self,
        method: Method,
        path: &str,
        call: &Call<'_>,
    ) -> Result<Draft, Fault> {
        let url = format!("{}{path}", self.base);
        let mut draft = Draft::new(method, &url, &call.secrets)?;
        let key = self.connection.text("api_key");
        if !key.is_empty() {
            let (header, before) = self.dialect.key_header();
            draft.sealed_header(header, &format!("{before}{key}"), &call.secrets)?;
        }
        for (name, value) in self.dialect.headers() {
            draft.header(name, value, &call.secrets)?;
        }
        Ok(draft)
    }

    pub(super) fn cost(&self, usage: Usage) -> Option<f64> {
        let text = |name| self.connection.text(name);
        Price::read(text("input_price"), text("output_price"))?.of(usage)
    }
}

//! A vendor of language models on this machine, in any of the three formats: it takes the requests that the real one takes and
//! refuses the others as the real one does. What the model says is a script; later questions get its last line.

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use models::Way;
use serde_json::{Value, json};
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

pub const KEY: &str = "sk-canary-0123456789";

#[derive(Clone)]
pub enum Say {
    Text(String),
    /// What the schema asks for, as this vendor gives it.
    Value(Value),
    Refusal,
    /// Cut off at the limit.
    Cut(&'static str),
    /// A status, a header line, and a body.
    Raw(u16, Option<(&'static str, &'static str)>, String),
    /// Never answers.
    Nothing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    OpenAi,
    Anthropic,
    Gemini,
}

pub const FORMATS: [Format; 3] = [Format::OpenAi, Format::Anthropic, Format::Gemini];

pub struct Vendor {
    pub format: Format,
    pub port: u16,
    heard: Arc<Mutex<Vec<(String, Value)>>>,
}

struct Desk {
    format: Format,
    /// The most that the server knows of schemas.
    knows: Way,
    script: Vec<Say>,
    heard: Arc<Mutex<Vec<(String, Value)>>>,
}

impl Vendor {
    pub async fn start(format: Format, script: &[Say]) -> Self {
        Self::knowing(format, Way::Schema, script).await
    }

    pub async fn knowing(format: Format, knows: Way, script: &[Say]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let desk = Arc::new(Desk {
            format,
            knows,
            script: script.to_vec(),
            heard: heard.clone(),
        });
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let desk = desk.clone();
                let service = service_fn(move |request| serve(desk.clone(), request));
                let connection = hyper::server::conn::http1::Builder::new();
                tokio::spawn(connection.serve_connection(TokioIo::new(stream), service));
            }
        });
        Self {
            format,
            port,
            heard,
        }
    }

    pub fn kind(&self) -> &'static str {
        match self.format {
            Format::OpenAi => "openai",
            Format::Anthropic => "anthropic",
            Format::Gemini => "gemini",
        }
    }

    pub fn fields(&self) -> Value {
        json!({ "api_key": KEY, "model": "m-1", "base_url": format!("http://127.0.0.1:{}/v1/", self.port),
                "input_price": "2", "output_price": "10" })
    }

    /// The bodies of all questions that it took for well formed.
    pub fn heard(&self) -> Vec<Value> {
        self.heard
            .lock()
            .unwrap()
            .iter()
            .map(|(_, body)| body.clone())
            .collect()
    }

    pub fn keys(&self) -> Vec<String> {
        self.heard
            .lock()
            .unwrap()
            .iter()
            .map(|(key, _)| key.clone())
            .collect()
    }
}

async fn serve(
    desk: Arc<Desk>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let header = |name: &str| {
        let value = head.headers.get(name);
        value
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned()
    };
    let key = match desk.format {
        Format::OpenAi => header("authorization").replace("Bearer ", ""),
        Format::Anthropic => header("x-api-key"),
        Format::Gemini => header("x-goog-api-key"),
    };
    if key != KEY {
        return Ok(desk.refuse(401, "invalid_api_key", "Incorrect API key provided"));
    }
    if desk.format == Format::Anthropic && header("anthropic-version") != "2023-06-01" {
        return Ok(desk.refuse(
            400,
            "invalid_request_error",
            "anthropic-version: header is required",
        ));
    }
    let path = head.uri.path().to_owned();
    if head.method == "GET" {
        return Ok(desk.models(&path));
    }
    let asked = match desk.format {
        Format::OpenAi => "/v1/chat/completions",
        Format::Anthropic => "/v1/messages",
        Format::Gemini => "/v1/models/m-1:generateContent",
    };
    if path != asked {
        return Ok(desk.refuse(404, "not_found_error", "no such path or model"));
    }
    let body = body.collect().await.unwrap().to_bytes();
    let body: Value = serde_json::from_slice(&body).unwrap();
    if let Err(message) = desk.check(&body) {
        return Ok(desk.refuse(400, "invalid_request_error", &message));
    }
    let number = {
        let mut heard = desk.heard.lock().unwrap();
        heard.push((header("idempotency-key"), body.clone()));
        heard.len() - 1
    };
    let say = desk.script[number.min(desk.script.len() - 1)].clone();
    Ok(match say {
        Say::Nothing => std::future::pending().await,
        Say::Raw(status, header, body) => {
            let mut response = respond(status, body);
            if let Some((name, value)) = header {
                response.headers_mut().insert(name, value.parse().unwrap());
            }
            response
        }
        say => respond(200, desk.answer(&say, &body).to_string()),
    })
}

fn respond(status: u16, body: String) -> Response<Full<Bytes>> {
    let response = Response::builder()
        .status(status)
        .header("content-type", "application/json");
    response.body(Full::new(body.into())).unwrap()
}

impl Desk {
    fn refuse(&self, status: u16, code: &str, message: &str) -> Response<Full<Bytes>> {
        let error = match self.format {
            Format::OpenAi => {
                json!({ "error": { "message": message, "type": "invalid_request_error", "param": null, "code": code } })
            }
            Format::Anthropic => {
                json!({ "type": "error", "error": { "type": code, "message": message }, "request_id": "req_1" })
            }
            Format::Gemini => {
                json!({ "error": { "code": status, "message": message, "status": "INVALID_ARGUMENT" } })
            }
        };
        respond(status, error.to_string())
    }

    fn models(&self, path: &str) -> Response<Full<Bytes>> {
        match (path, self.format) {
            ("/v1/models/m-1", Format::Gemini) => {
                respond(200, json!({ "name": "models/m-1" }).to_string())
            }
            ("/v1/models/m-1", _) => respond(200, json!({ "id": "m-1" }).to_string()),
            ("/v1/models", Format::Gemini) => respond(
                200,
                json!({ "models": [{ "name": "models/m-1" }] }).to_string(),
            ),
            ("/v1/models", _) => respond(
                200,
                json!({ "data": [{ "id": "m-1" }], "has_more": false }).to_string(),
            ),
            _ => self.refuse(404, "not_found_error", "The model does not exist"),
        }
    }

    /// What the vendor has against a request.
    fn check(&self, body: &Value) -> Result<(), String> {
        let known: &[&str] = match self.format {
            Format::OpenAi => &[
                "model",
                "messages",
                "max_tokens",
                "max_completion_tokens",
                "temperature",
                "response_format",
            ],
            Format::Anthropic => &[
                "model",
                "messages",
                "max_tokens",
                "system",
                "temperature",
                "output_config",
                "tools",
                "tool_choice",
            ],
            Format::Gemini => &["contents", "systemInstruction", "generationConfig"],
        };
        let body_fields = body.as_object().unwrap();
        if let Some(unknown) = body_fields
            .keys()
            .find(|field| !known.contains(&field.as_str()))
        {
            return Err(format!("{unknown}: Extra inputs are not permitted"));
        }
        let (turns, own) = match self.format {
            Format::Gemini => (&body["contents"], "model"),
            _ => (&body["messages"], "assistant"),
        };
        let turns = turns.as_array().ok_or("messages: Field required")?;
        let said: Vec<_> = turns
            .iter()
            .filter(|turn| turn["role"] != "system")
            .collect();
        for (number, turn) in said.iter().enumerate() {
            let role = if number % 2 == 0 { "user" } else { own };
            let text = if self.format == Format::Gemini {
                &turn["parts"][0]["text"]
            } else {
                &turn["content"]
            };
            if turn["role"] != role || text.as_str().is_none_or(str::is_empty) {
                return Err("messages: roles must alternate and have content".into());
            }
        }
        let schema = match self.format {
            Format::OpenAi => body.pointer("/response_format/json_schema/schema"),
            Format::Anthropic => body.pointer("/output_config/format/schema"),
            Format::Gemini => body.pointer("/generationConfig/responseJsonSchema"),
        };
        let plain = body["response_format"]["type"] == "json_object"
            || body["generationConfig"]["responseMimeType"].is_string();
        match (self.knows, schema) {
            (Way::Json | Way::Text, Some(_)) if self.format == Format::Gemini => {
                return Err(
                    "Invalid JSON payload received. Unknown name \"responseJsonSchema\"".into(),
                );
            }
            (Way::Json | Way::Text, Some(_)) if self.format == Format::Anthropic => {
                return Err("output_config: Extra inputs are not permitted".into());
            }
            (Way::Json | Way::Text, Some(_)) => {
                return Err("This response_format type is unavailable now".into());
            }
            (Way::Text, None) if plain => {
                return Err("response_format is not known here; response_mime_type neither".into());
            }
            (Way::Text, None) if body.get("tools").is_some() => {
                return Err("tools: Extra inputs are not permitted".into());
            }
            _ => {}
        }
        let strict = self.format != Format::OpenAi
            || body["response_format"]["json_schema"]["strict"] == true;
        match schema.filter(|_| strict) {
            Some(schema) => closed(schema),
            None => Ok(()),
        }
    }

    fn answer(&self, say: &Say, body: &Value) -> Value {
        let tool = body.get("tool_choice").is_some();
        let (text, stop) = match say {
            Say::Text(text) => (text.clone(), 0),
            Say::Value(value) => (value.to_string(), 0),
            Say::Cut(text) => ((*text).to_owned(), 1),
            _ => ("I can't help with that.".to_owned(), 2),
        };
        match self.format {
            Format::OpenAi => {
                let refusal = if stop == 2 { json!(text) } else { json!(null) };
                let content = if stop == 2 { json!(null) } else { json!(text) };
                json!({ "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "m-1-2026", "system_fingerprint": "fp",
                    "choices": [{ "index": 0, "finish_reason": (["stop", "length", "stop"][stop]), "logprobs": null,
                        "message": { "role": "assistant", "content": content, "refusal": refusal, "annotations": [] } }],
                    "usage": { "prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120 } })
            }
            Format::Anthropic => {
                let content = match say {
                    Say::Value(value) if tool => {
                        json!([{ "type": "tool_use", "id": "toolu_1", "name": "answer", "input": value }])
                    }
                    _ => json!([{ "type": "text", "text": text, "citations": null }]),
                };
                let reason = ["end_turn", "max_tokens", "refusal"][stop];
                let reason = if tool && matches!(say, Say::Value(_)) {
                    "tool_use"
                } else {
                    reason
                };
                json!({ "id": "msg_1", "type": "message", "role": "assistant", "model": "m-1-2026", "content": content,
                    "stop_reason": reason, "stop_sequence": null, "usage": { "input_tokens": 100, "output_tokens": 20, "service_tier": "standard" } })
            }
            Format::Gemini => {
                let usage = json!({ "promptTokenCount": 100, "candidatesTokenCount": 15, "thoughtsTokenCount": 5, "totalTokenCount": 120 });
                match stop {
                    2 => {
                        json!({ "promptFeedback": { "blockReason": "SAFETY" }, "usageMetadata": usage, "modelVersion": "m-1-2026" })
                    }
                    _ => {
                        json!({ "candidates": [{ "content": { "role": "model", "parts": [{ "text": text }] },
                        "finishReason": (["STOP", "MAX_TOKENS"][stop]), "index": 0, "avgLogprobs": -0.1 }],
                        "usageMetadata": usage, "modelVersion": "m-1-2026", "responseId": "r" })
                    }
                }
            }
        }
    }
}

/// Constrained output wants every object closed and knows no bounds.
fn closed(schema: &Value) -> Result<(), String> {
    if let Some(named) = schema.get("properties").and_then(Value::as_object) {
        let required = schema["required"].as_array().map_or(0, Vec::len);
        if schema["additionalProperties"] != false || required != named.len() {
            return Err(
                "schema: 'additionalProperties' must be false, and 'required' name every property"
                    .into(),
            );
        }
        named.values().try_for_each(closed)?;
    }
    let bound = ["minimum", "minLength", "oneOf", "$ref", "pattern"]
        .into_iter()
        .find(|bound| schema.get(*bound).is_some());
    match bound {
        Some(bound) => Err(format!("schema: '{bound}' is not supported")),
        None => schema.get("items").map_or(Ok(()), closed),
    }
}

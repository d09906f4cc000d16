//! The reference as plain pages, made from the OpenAPI document and the error pages: no script, nothing from elsewhere.

mod operation;
mod schema;
mod text;

use crate::document::openapi;
use crate::errors::Code;
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::header;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::sync::LazyLock;
use text::{escape, prose};

const STYLE: &str = include_str!("style.css");

/// A page that may use its own style and nothing else.
pub fn page(html: &'static str) -> Response {
    static POLICY: LazyLock<String> = LazyLock::new(|| {
        let hash = BASE64_STANDARD.encode(Sha256::digest(STYLE));
        format!(
            "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
    });
    let policy = [(header::CONTENT_SECURITY_POLICY, POLICY.as_str())];
    (policy, Html(html)).into_response()
}

fn frame(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title} · Switchhook</title><style>{STYLE}</style></head><body><h1>{title}</h1>{body}</body></html>"
    )
}

/// All operations and shapes.
pub fn operations() -> &'static str {
    static PAGE: LazyLock<String> = LazyLock::new(|| frame("API reference", &describe(&openapi())));
    &PAGE
}

fn describe(document: &Value) -> String {
    let all: Vec<operation::Operation> = operation::all(document);
    let tags = document["tags"].as_array().into_iter().flatten();
    let text = |tag: &'_ Value, name: &str| tag[name].as_str().unwrap_or_default().to_owned();
    let tags = tags.map(|tag| (text(tag, "name"), text(tag, "description")));
    let tags: Vec<(String, String)> = tags.collect();
    let mut html = prose(document["info"]["description"].as_str().unwrap_or_default());
    html += "<p class=\"mild\">As a document: <a href=\"/openapi.json\">openapi.json</a>. \
             What refusals mean: <a href=\"/docs/errors\">errors</a>.</p><nav>";
    tags.iter()
        .for_each(|(tag, _)| put(&mut html, format_args!("<a href=\"#{tag}\">{tag}</a>")));
    html += "<a href=\"#shapes\">shapes</a></nav>";
    for (tag, about) in tags {
        put(
            &mut html,
            format_args!("<h2 id=\"{tag}\">{tag}</h2><p>{}</p>", escape(&about)),
        );
        let of_tag = all.iter().filter(|operation| operation.tag == tag);
        of_tag.for_each(|operation| html += &operation.html());
    }
    html += "<h2 id=\"shapes\">Shapes</h2>";
    for (name, shape) in document["components"]["schemas"]
        .as_object()
        .into_iter()
        .flatten()
    {
        put(
            &mut html,
            format_args!(
                "<h3 id=\"{0}\">{0}</h3>{1}",
                escape(name),
                schema::table(shape)
            ),
        );
    }
    html
}

/// All error codes.
pub fn errors() -> &'static str {
    static PAGE: LazyLock<String> = LazyLock::new(|| {
        let mut html = String::from(
            "<p>Every refusal is an <code>application/problem+json</code> with one of these codes.</p>",
        );
        for code in Code::ALL {
            let (name, status) = (code.name(), code.status().as_u16());
            let body = code.page().split_once('\n').map_or("", |(_, body)| body);
            put(
                &mut html,
                format_args!(
                    "<h2 id=\"{name}\"><code>{name}</code></h2><p class=\"mild\">{status} · {}</p>",
                    escape(code.title())
                ),
            );
            html += &prose(body);
        }
        frame("Errors", &html)
    });
    &PAGE
}

/// What a browser sees whose sign-in link is of no use.
pub fn used_link() -> &'static str {
    static PAGE: LazyLock<String> = LazyLock::new(|| {
        let body = "<p>This link has been used, has expired, or was never valid: it signs one browser in, once.</p>\
                    <p>If it was this browser, <a href=\"/\">go on to Switchhook</a>. Otherwise ask whoever runs the server for a new one.</p>";
        frame("This link does not sign you in", body)
    });
    &PAGE
}

fn put(html: &mut String, text: std::fmt::Arguments<'_>) {
    html.write_fmt(text)
        .expect("writing to a string cannot fail");
}

#[cfg(test)]
mod tests;

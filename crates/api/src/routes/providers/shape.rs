//! A platform's guide and samples on the wire. The guide's types only describe JSON that `providers` keeps.
#![allow(dead_code, reason = "schemas only")]

use serde::Serialize;
use utoipa::ToSchema;

/// How an endpoint of the platform is set up.
#[derive(ToSchema)]
pub struct Guide {
    /// Where the platform's settings are.
    console: Option<GuideLink>,
    steps: Vec<GuideStep>,
    /// The platform's own names of what to switch on there.
    events: Vec<String>,
    /// What else to do where a flow is to answer the platform.
    asks: Vec<String>,
    /// How the platform delivers, and how often it tries.
    delivery: String,
    /// Where these facts come from.
    sources: Vec<String>,
}

#[derive(ToSchema)]
pub struct GuideLink {
    title: String,
    url: String,
}

#[derive(ToSchema)]
pub struct GuideStep {
    text: String,
    /// `address`: the endpoint's address is put there.
    show: Option<GuideShow>,
    /// The field of `auth` that is filled in with this step.
    auth: Option<String>,
    /// To be copied; `{{address}}` stands for the endpoint's address.
    code: Option<String>,
}

#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum GuideShow {
    Address,
}

/// A message as the platform sends it, without its signature.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProviderSample {
    #[schema(example = "end-of-call-report-customer-ended")]
    name: &'static str,
    title: &'static str,
    /// The platform's own name of it.
    event: &'static str,
    /// The moments of a call that it tells of.
    #[schema(value_type = Vec<String>)]
    kinds: Vec<calls::Kind>,
    content_type: &'static str,
    /// `published`, `assembled` of published fields, `mixed` with invented values, or `constructed`.
    origin: &'static str,
    source: &'static str,
    body: String,
}

impl ProviderSample {
    pub fn of(provider: &dyn providers::Provider, sample: &'static providers::Sample) -> Self {
        let pretty = || serde_json::to_string_pretty(&sample.body).unwrap_or_default();
        let body = match &sample.body {
            serde_json::Value::String(text) => text.clone(),
            _ => pretty(),
        };
        let headers = [("content-type".to_owned(), sample.content_type.clone())];
        let request = providers::Request {
            method: "POST",
            url: "",
            headers: &headers,
            body: body.as_bytes(),
        };
        let read = provider.read(&request).unwrap_or_default();
        let mut kinds: Vec<_> = read.into_iter().flat_map(|seen| seen.claims).collect();
        kinds.sort_unstable();
        kinds.dedup();
        Self {
            name: &sample.name,
            title: &sample.title,
            event: &sample.event,
            kinds,
            content_type: &sample.content_type,
            origin: &sample.origin,
            source: &sample.source,
            body,
        }
    }
}

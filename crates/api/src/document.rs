//! The OpenAPI document: collected from the routes, completed with what holds for all of them (security, path parameters,
//! refusals), so that no handler repeats it.

use crate::errors::Code;
use crate::errors::Document as Problem;
use crate::redact;
use crate::repeat;
use crate::routes;
use http::Method;
use serde_json::{Value, json};
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, RefOr, Required, Response, ResponseBuilder};
use utoipa::{OpenApi as _, PartialSchema, ToSchema};

mod refusals;
pub mod schemas;

#[derive(utoipa::OpenApi)]
#[openapi(info(
    title = "Switchhook",
    description = "The actions layer for voice calls: events of calls come in, every flow whose trigger matches becomes a run, a run is advanced step by step until it ends.",
    license(name = "Apache-2.0", identifier = "Apache-2.0")
), tags(
    (name = "events", description = "Moments of calls, as they come in."),
    (name = "flows", description = "What to do when an event comes in."),
    (name = "recipes", description = "Flows with holes: what to start from, and what to hand on."),
    (name = "runs", description = "What flows did, step by step, and doing it again."),
    (name = "calls", description = "Everything known about each call."),
    (name = "alerts", description = "What people should know: flows that keep failing, webhooks that are gone."),
    (name = "testing", description = "Trying things out before anything happens."),
    (name = "endpoints", description = "Addresses to which voice platforms send."),
    (name = "actions", description = "What a step can do to the world, and what each takes."),
    (name = "providers", description = "The voice platforms that are understood."),
    (name = "deliveries", description = "Every attempt that reached out to the world, over all runs."),
    (name = "destinations", description = "Where flows send to: how each is doing, limits, and holding it back."),
    (name = "secrets", description = "Values that flows use and nobody sees."),
    (name = "connections", description = "Named credentials of a kind that steps use: mail servers, accounts for text messages, keys of other systems."),
    (name = "agents", description = "Assistants: what is to be found out in their calls, and what follows from them."),
    (name = "campaigns", description = "Who is to be called, when, and from where: descriptions, nothing dials."),
    (name = "contacts", description = "People who can be called, one for each number."),
    (name = "privacy", description = "Forgetting phone numbers, and the receipts of it."),
    (name = "keys", description = "Who may use this API."),
    (name = "members", description = "People who may sign in, and what each may do."),
    (name = "audit", description = "Who did what."),
    (name = "settings", description = "What holds for a whole workspace."),
    (name = "stats", description = "Figures of this moment."),
    (name = "usage", description = "What was done, and what it cost."),
    (name = "budgets", description = "How much may be used, and what happens then."),
    (name = "stream", description = "What happens, as it happens."),
    (name = "session", description = "Signing a browser in and out."),
    (name = "operations", description = "For whoever runs the server."),
))]
struct Base;

/// The document of the whole API, OpenAPI 3.1.
pub fn openapi() -> Value {
    let mut document = json!(collect());
    open_up(&mut document);
    refer(&mut document);
    document
}

fn collect() -> OpenApi {
    let mut document = Base::openapi();
    document.merge(routes::all().into_openapi());
    let components = document.components.get_or_insert_default();
    let key = Http::builder()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("sh_live_…")
        .build();
    components.add_security_scheme("key", SecurityScheme::Http(key));
    let cookie = ApiKeyValue::with_description(
        "switchhook",
        "Browser session; `__Host-switchhook` over https.",
    );
    components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    let mut schemas = vec![(Problem::name().into_owned(), Problem::schema())];
    Problem::schemas(&mut schemas);
    components.schemas.extend(schemas);
    for (path, item) in &mut document.paths.paths {
        if let Some(post) = &mut item.post
            && repeat::heeds(&Method::POST, path)
        {
            let parameters = post.parameters.get_or_insert_default();
            parameters.push(RefOr::T(idempotency_key()));
        }
        for (method, operation) in operations(item) {
            if redact::may_hide(&method, path) {
                let parameters = operation.parameters.get_or_insert_default();
                parameters.push(RefOr::T(reveal()));
            }
            complete(&method, path, operation);
        }
    }
    document
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (Method, &mut Operation)> {
    let all = [
        (Method::GET, &mut item.get),
        (Method::POST, &mut item.post),
        (Method::PUT, &mut item.put),
        (Method::PATCH, &mut item.patch),
        (Method::DELETE, &mut item.delete),
    ];
    all.into_iter()
        .filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}

/// The permission an operation needs, from its `security`: a scope, `any` valid key, or `public`.
fn permission(operation: &Operation) -> String {
    let stated = operation.security.iter().flatten().next_back();
    let scopes = stated.map(|requirement| json!(requirement)["key"].clone());
    match scopes {
        None => "public".into(),
        Some(scopes) => scopes[0].as_str().unwrap_or("any").into(),
    }
}

fn complete(method: &Method, path: &str, operation: &mut Operation) {
    let permission = permission(operation);
    let tag = operation
        .tags
        .iter()
        .flatten()
        .next()
        .cloned()
        .unwrap_or_default();
    let name = operation.operation_id.take().unwrap_or_default();
    operation.operation_id = Some(format!("{tag}_{name}"));
    operation
        .extensions
        .get_or_insert_default()
        .insert("x-permission".into(), json!(permission));
    let names = path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let named: Vec<&str> = names.collect();
    let parameters = operation.parameters.get_or_insert_default();
    parameters.extend(named.iter().map(|name| RefOr::T(parameter(name))));
    if parameters.is_empty() {
        operation.parameters = None;
    }
    if permission != "public" {
        let security = operation.security.get_or_insert_default();
        security.push(SecurityRequirement::new("session", Vec::<String>::new()));
    }
    let refusals = refusals::of(method, path, operation, permission != "public");
    for code in refusals {
        let status = code.status().as_str().to_owned();
        let responses = &mut operation.responses.responses;
        responses
            .entry(status)
            .or_insert_with(|| RefOr::T(refusal(code)));
    }
}

fn parameter(name: &str) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .schema(Some(String::schema()))
        .build()
}

fn idempotency_key() -> Parameter {
    ParameterBuilder::new()
        .name(repeat::HEADER.as_str())
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "Up to 255 characters. The same request sent again with the same key within 24 hours gets the first answer.",
        ))
        .schema(Some(String::schema()))
        .build()
}

fn reveal() -> Parameter {
    ParameterBuilder::new()
        .name(redact::REVEAL)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(
            "Shows confidential values, which are `[redacted]` otherwise: for whoever has the permission `admin`, and told in the audit log.",
        ))
        .schema(Some(bool::schema()))
        .build()
}

fn refusal(code: Code) -> Response {
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name(Problem::name())))
        .build();
    ResponseBuilder::new()
        .description(code.title())
        .content("application/problem+json", content)
        .build()
}

/// Objects without members of their own may have any: said outright, since generated types differ.
fn open_up(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(open_up),
        Value::Object(members) => {
            let bare = members
                .get("type")
                .is_some_and(|kind| kind == "object" || kind == &json!(["object", "null"]));
            if bare
                && !members.contains_key("properties")
                && !members.contains_key("additionalProperties")
            {
                members.insert("additionalProperties".into(), true.into());
            }
            members.values_mut().for_each(open_up);
        }
        _ => {}
    }
}

/// Lists refer to the shape of what they list instead of repeating it.
fn refer(document: &mut Value) {
    for (name, list) in document["components"]["schemas"]
        .as_object_mut()
        .into_iter()
        .flatten()
    {
        if let Some(item) = name.strip_prefix("List_") {
            list["properties"]["data"]["items"] =
                json!({"$ref": format!("#/components/schemas/{item}")});
        }
    }
}

#[cfg(test)]
mod tests;

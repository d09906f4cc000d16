//! What an operation may refuse, from what it takes and where it stands.

use crate::errors::Code;
use http::Method;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::{Operation, Parameter, ParameterIn};

/// What may be as it is not to be: the state of a call, a run or a flow, settings that a flow is derived from, flows that still use a
/// connection, more destinations than may have settings, the last owner, a job that is under way.
const NOT_NOW: [(Method, &str); 14] = [
    (Method::DELETE, "/v1/calls/{id}"),
    (Method::GET, LISTENS),
    (Method::PUT, "/v1/settings/recordings"),
    (Method::PUT, "/v1/settings/retention"),
    (Method::POST, "/v1/calls/{id}/analyze"),
    (Method::PUT, "/v1/flows/{id}"),
    (Method::PATCH, "/v1/flows/{id}"),
    (Method::DELETE, "/v1/flows/{id}"),
    (Method::PUT, "/v1/destinations/{name}"),
    (Method::PUT, "/v1/connections/{id}"),
    (Method::DELETE, "/v1/connections/{id}"),
    (Method::PUT, "/v1/settings/notify"),
    (Method::PATCH, "/v1/members/{id}"),
    (Method::DELETE, "/v1/members/{id}"),
];
/// Where whoever has a link may listen.
const LISTENS: &str = "/v1/recordings/{id}/audio";
/// What two may do at once without having said which version they replace.
const OVERTAKEN: [(Method, &str); 3] = [
    (Method::POST, "/v1/secrets"),
    (Method::POST, "/v1/keys/{id}/rotate"),
    (Method::DELETE, "/v1/members/{id}"),
];
/// What reads much, so that few may ask at once.
const LOOKS: [&str; 6] = [
    "/v1/calls/simulate",
    "/v1/providers/{name}/check",
    "/v1/flows/cases",
    "/v1/runs/replay/preview",
    "/v1/deliveries/replay",
    "/v1/deliveries/replay/preview",
];
/// What can be given the name of another one.
const RENAMED: [&str; 4] = [
    "/v1/agents/{id}",
    "/v1/campaigns/{id}",
    "/v1/contacts/{id}",
    "/v1/members/{id}",
];

pub fn of(method: &Method, path: &str, operation: &Operation, guarded: bool) -> Vec<Code> {
    let parameters: Vec<&Parameter> = operation
        .parameters
        .iter()
        .flatten()
        .filter_map(known)
        .collect();
    let takes = |place: &ParameterIn| {
        parameters
            .iter()
            .any(|parameter| parameter.parameter_in == *place)
    };
    let named = |name: &str| parameters.iter().any(|parameter| parameter.name == name);
    let (flows, endpoint) = (path.starts_with("/v1/flows"), path.starts_with("/v1/in/"));
    let events = path == "/v1/events";
    let own_event = path == "/v1/samples";
    let compares = path.ends_with("/diff");
    let changes = operation.request_body.is_some();
    let recipes = path.starts_with("/v1/recipes");
    let makes_recipe = path == "/v1/flows/{id}/recipe";
    let renames = RENAMED.contains(&path);
    let acts = path.starts_with("/v1/runs/{id}/");
    let past = path.ends_with("/payload") || path.ends_with("/test") || path == "/v1/expressions";
    let resumes = ["/resume", "/catch-up", "/run"]
        .iter()
        .any(|end| path.ends_with(end));
    let is_among = |known: &[(Method, &str)]| known.contains(&(method.clone(), path));
    let refusals = [
        (guarded, Code::Unauthorized),
        (guarded, Code::Forbidden),
        (endpoint || path == LISTENS, Code::BadSignature),
        (path == LISTENS, Code::LinkExpired),
        (path == LISTENS, Code::RangeNotSatisfiable),
        (takes(&ParameterIn::Path) || past, Code::NotFound),
        (changes, Code::RequestTimeout),
        (changes, Code::InvalidJson),
        (changes, Code::PayloadTooLarge),
        (changes && !endpoint, Code::UnsupportedMediaType),
        (
            changes && flows && !resumes && !makes_recipe && !compares,
            Code::InvalidFlow,
        ),
        (path.ends_with("/install"), Code::InvalidFlow),
        (changes && recipes || makes_recipe, Code::InvalidRecipe),
        (
            changes && (recipes || renames) || makes_recipe,
            Code::AlreadyExists,
        ),
        (
            recipes && takes(&ParameterIn::Path) || makes_recipe,
            Code::NotNow,
        ),
        (
            changes && (events || endpoint || own_event),
            Code::InvalidEvent,
        ),
        (changes || takes(&ParameterIn::Query), Code::InvalidRequest),
        (
            named("if-match") || is_among(&OVERTAKEN),
            Code::VersionConflict,
        ),
        // Also while the first request with the same key is under way.
        (
            acts || resumes || named("idempotency-key") || is_among(&NOT_NOW),
            Code::NotNow,
        ),
        (
            past || path.ends_with("/run") || acts && path.ends_with("/replay"),
            Code::PayloadExpired,
        ),
        (
            events
                || endpoint
                || acts
                || path == "/v1/stream"
                || path.ends_with("/test")
                || LOOKS.contains(&path),
            Code::TooManyRequests,
        ),
        (
            path.starts_with("/v1/") || path == "/readyz",
            Code::Unavailable,
        ),
        (named("idempotency-key"), Code::IdempotencyMismatch),
        (true, Code::Internal),
    ];
    refusals
        .into_iter()
        .filter_map(|(may, code)| may.then_some(code))
        .collect()
}

fn known(parameter: &RefOr<Parameter>) -> Option<&Parameter> {
    match parameter {
        RefOr::T(parameter) => Some(parameter),
        RefOr::Ref(_) => None,
    }
}

//! The whole service: routes, what wraps them, and an answer for everything that no route takes.

use crate::audit::{self, Scribe};
use crate::auth::{Caller, Read};
use crate::errors::{Code, Error};
use crate::redact;
use crate::repeat;
use crate::routes;
use crate::state::State;
use crate::wrap;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use axum::{Router, middleware};
use http::Method;
use tower::ServiceExt;
use tower_http::catch_panic::CatchPanicLayer;

/// Takes requests for the API and its pages; `screens` gets what is not theirs.
pub fn router(state: State, screens: Router) -> Router {
    let (routes, _) = routes::all().split_for_parts();
    let scribe = Scribe {
        state: state.clone(),
        routes: routes.clone().with_state(state.clone()),
    };
    routes
        .route_layer(middleware::from_fn_with_state(scribe, audit::guard))
        .route_layer(middleware::from_fn_with_state(state.clone(), repeat::guard))
        .route_layer(middleware::from_fn_with_state(state.clone(), redact::guard))
        .with_state(state)
        .method_not_allowed_fallback(wrong_method)
        .fallback(move |request: Request| otherwise(screens, request))
        .layer(CatchPanicLayer::custom(wrap::panicked))
        .layer(middleware::from_fn(wrap::wrap))
}

async fn wrong_method(request: Request) -> Error {
    let detail = format!(
        "{} does not take {}",
        request.uri().path(),
        request.method()
    );
    Error::new(Code::MethodNotAllowed, detail)
}

async fn otherwise(screens: Router, request: Request) -> Response {
    let path = request.uri().path();
    // A page is only read: whoever posts to a wrong address must not take it for success.
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if path == "/v1" || path.starts_with("/v1/") || !reads {
        return Error::not_found(&format!("address {path}")).into_response();
    }
    screens.oneshot(request).await.into_response()
}

/// Lets only those reach `routes` who may read: for pages of the binary's own that are not part of the API.
pub fn readers_only(routes: Router, state: State) -> Router {
    routes.route_layer(middleware::from_extractor_with_state::<Caller<Read>, _>(
        state,
    ))
}

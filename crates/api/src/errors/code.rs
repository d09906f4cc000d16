//! The codes: what each is called on the wire, its status, its title, and its page (cause and remedy) in `docs/errors/`.

use http::StatusCode;

macro_rules! codes {
    ($($variant:ident $name:literal $status:ident $title:literal;)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Code {
            $($variant,)*
        }

        impl Code {
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            pub fn name(self) -> &'static str {
                match self {
                    $(Code::$variant => $name,)*
                }
            }

            pub fn status(self) -> StatusCode {
                match self {
                    $(Code::$variant => StatusCode::$status,)*
                }
            }

            pub fn title(self) -> &'static str {
                match self {
                    $(Code::$variant => $title,)*
                }
            }

            /// Cause and remedy, in Markdown.
            pub fn page(self) -> &'static str {
                match self {
                    $(Code::$variant => include_str!(concat!("../../../../docs/errors/", $name, ".md")),)*
                }
            }
        }
    };
}

codes! {
    InvalidJson "invalid_json" BAD_REQUEST "The body is not JSON";
    TooDeep "too_deep" BAD_REQUEST "The body is nested too deeply";
    Unauthorized "unauthorized" UNAUTHORIZED "No valid key or session";
    BadSignature "bad_signature" UNAUTHORIZED "The signature does not match";
    Forbidden "forbidden" FORBIDDEN "The key may not do this";
    CrossSite "cross_site" FORBIDDEN "The request came from another site";
    NotFound "not_found" NOT_FOUND "There is no such thing";
    MethodNotAllowed "method_not_allowed" METHOD_NOT_ALLOWED "The address does not take this method";
    RequestTimeout "request_timeout" REQUEST_TIMEOUT "The request did not come in time";
    NotNow "not_now" CONFLICT "Its state does not allow this";
    AlreadyExists "already_exists" CONFLICT "The name is taken";
    LinkExpired "link_expired" GONE "The link has expired";
    PayloadExpired "payload_expired" GONE "The payload has been removed";
    VersionConflict "version_conflict" PRECONDITION_FAILED "Somebody else changed it meanwhile";
    PayloadTooLarge "payload_too_large" PAYLOAD_TOO_LARGE "The request is too large";
    UnsupportedMediaType "unsupported_media_type" UNSUPPORTED_MEDIA_TYPE "The content type is not understood";
    RangeNotSatisfiable "range_not_satisfiable" RANGE_NOT_SATISFIABLE "There is no such part";
    InvalidRequest "invalid_request" UNPROCESSABLE_ENTITY "The request is not valid";
    InvalidEvent "invalid_event" UNPROCESSABLE_ENTITY "An event is not valid";
    InvalidFlow "invalid_flow" UNPROCESSABLE_ENTITY "The flow is not valid";
    InvalidRecipe "invalid_recipe" UNPROCESSABLE_ENTITY "The recipe is not valid";
    LoopDetected "loop_detected" UNPROCESSABLE_ENTITY "The event goes round in circles";
    IdempotencyMismatch "idempotency_mismatch" UNPROCESSABLE_ENTITY "The idempotency key was used for another request";
    TooManyRequests "too_many_requests" TOO_MANY_REQUESTS "Too much at once";
    Internal "internal" INTERNAL_SERVER_ERROR "Something went wrong in the server";
    Unavailable "unavailable" SERVICE_UNAVAILABLE "The server cannot store anything at the moment";
}

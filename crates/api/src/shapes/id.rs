//! Ids in paths. Text that is no id of the kind names nothing: 404, like an id that does not exist.

use crate::errors::Error;
use axum::extract::{FromRequestParts, Path};
use http::request::Parts;
use kernel::id::{Id, Kind};

/// The `{id}` of a path with no other parameter.
pub struct At<K: Kind>(pub Id<K>);

impl<K: Kind, S: Send + Sync> FromRequestParts<S> for At<K> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let Path(text) = Path::<String>::from_request_parts(parts, state)
            .await
            .map_err(|_| Error::not_found("such address"))?;
        parse(&text).map(Self)
    }
}

/// An id out of a path.
pub fn parse<K: Kind>(text: &str) -> Result<Id<K>, Error> {
    text.parse()
        .map_err(|_| Error::not_found(&format!("{} `{text}`", K::PREFIX)))
}

//! Fresh databases for tests.

use store_postgres::{Options, Postgres};

/// The URL of a database that nobody has used.
pub async fn database() -> String {
    tokio::task::spawn_blocking(lab::database).await.unwrap()
}

pub async fn open(url: &str) -> Postgres {
    let options = Options {
        url: url.into(),
        ca: None,
    };
    Postgres::connect(&options).await.unwrap()
}

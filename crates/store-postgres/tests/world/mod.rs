//! Fresh databases for tests, on the server that `SWITCHHOOK_TEST_POSTGRES` names (a URL without a database).

use std::sync::atomic::{AtomicU64, Ordering};
use store_postgres::{Options, Postgres};

static MADE: AtomicU64 = AtomicU64::new(0);

/// The URL of a database that nobody has used.
pub async fn database() -> String {
    let server = std::env::var("SWITCHHOOK_TEST_POSTGRES")
        .unwrap_or_else(|_| "postgres://switchhook@127.0.0.1:5433".into());
    let name = format!(
        "test_{}_{}",
        std::process::id(),
        MADE.fetch_add(1, Ordering::Relaxed)
    );
    let (client, connection) =
        tokio_postgres::connect(&format!("{server}/postgres"), tokio_postgres::NoTls)
            .await
            .unwrap();
    tokio::spawn(connection);
    client
        .batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        .await
        .unwrap();
    client
        .batch_execute(&format!("CREATE DATABASE {name}"))
        .await
        .unwrap();
    format!("{server}/{name}")
}

pub async fn open(url: &str) -> Postgres {
    let options = Options {
        url: url.into(),
        ca: None,
    };
    Postgres::connect(&options).await.unwrap()
}

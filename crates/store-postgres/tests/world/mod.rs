//! Stores on databases of the lab.

use store_postgres::{Options, Postgres};

pub async fn open(url: &str) -> Postgres {
    let options = Options {
        url: url.into(),
        ca: None,
    };
    Postgres::connect(&options).await.unwrap()
}

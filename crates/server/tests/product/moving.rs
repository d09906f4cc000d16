//! The facts of moving, from one kind of store to the other; each store's own tests tell them from one to another of its kind.

use std::sync::Arc;
use store::transfer::Movable;
use store_postgres::{Options, Postgres};
use store_sqlite::Sqlite;

async fn postgres() -> Arc<dyn Movable> {
    let url = tokio::task::spawn_blocking(lab::database).await.unwrap();
    Arc::new(Postgres::connect(&Options { url, ca: None }).await.unwrap())
}

fn sqlite() -> Arc<dyn Movable> {
    Arc::new(Sqlite::in_memory().unwrap())
}

mod to_postgres {
    use super::{postgres, sqlite};
    store::transfer_conformance!((sqlite(), postgres().await));
}

mod to_sqlite {
    use super::{postgres, sqlite};
    store::transfer_conformance!((postgres().await, sqlite()));
}

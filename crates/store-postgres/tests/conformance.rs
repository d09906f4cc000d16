//! The port's facts, on PostgreSQL, alone and shared.
#![allow(clippy::unwrap_used)]

mod world;

use lab::database;
use std::sync::Arc;
use store::transfer::Movable;
use store::{Journal, Store};
use store_postgres::Postgres;
use world::open;

async fn fresh() -> Arc<dyn Store> {
    Arc::new(open(&database()).await)
}

async fn pair() -> (Arc<dyn Store>, Arc<dyn Store>) {
    let url = database();
    (Arc::new(open(&url).await), Arc::new(open(&url).await))
}

fn reopening() -> impl AsyncFnMut() -> Arc<dyn Store> {
    let mut url: Option<String> = None;
    let mut last: Option<Arc<Postgres>> = None;
    async move || {
        if let Some(store) = last.take() {
            store.close().await;
        }
        if url.is_none() {
            url = Some(database());
        }
        let store = Arc::new(open(url.as_ref().unwrap()).await);
        last = Some(store.clone());
        store as Arc<dyn Store>
    }
}

store::conformance!(fresh().await, reopening());
store::sharing_conformance!(pair().await);

async fn two() -> (Arc<dyn Movable>, Arc<dyn Movable>) {
    let (from, to) = (database(), database());
    (Arc::new(open(&from).await), Arc::new(open(&to).await))
}

store::transfer_conformance!(two().await);

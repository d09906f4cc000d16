//! The port's facts, on SQLite.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;
use store::transfer::Movable;
use store::{Journal, Store};
use store_sqlite::Sqlite;

fn in_memory() -> Arc<dyn Store> {
    Arc::new(Sqlite::in_memory().unwrap())
}

fn reopening() -> impl AsyncFnMut() -> Arc<dyn Store> {
    let directory = tempfile::tempdir().unwrap();
    let mut open: Option<Arc<Sqlite>> = None;
    async move || {
        if let Some(store) = open.take() {
            store.close().await;
        }
        let store = Arc::new(Sqlite::open(directory.path()).unwrap());
        open = Some(store.clone());
        store as Arc<dyn Store>
    }
}

store::conformance!(in_memory(), reopening());

fn pair() -> (Arc<dyn Movable>, Arc<dyn Movable>) {
    let make = || Arc::new(Sqlite::in_memory().unwrap());
    (make(), make())
}

store::transfer_conformance!(pair());

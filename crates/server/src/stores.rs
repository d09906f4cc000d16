//! Which database holds everything: a file in the data directory, or PostgreSQL where an address is given.

use crate::config::Serve;
use anyhow::{Context, bail};
use std::path::Path;
use std::sync::Arc;
use store::Store;
use store_postgres::Postgres;
use store_sqlite::Sqlite;

/// Opens what the options name, and brings its schema up.
pub async fn open(options: &Serve) -> anyhow::Result<Arc<dyn Store>> {
    match &options.database {
        None => directory(&options.data),
        Some(url) => postgres(url, options.database_ca.as_deref()).await,
    }
}

pub fn directory(data: &Path) -> anyhow::Result<Arc<dyn Store>> {
    std::fs::create_dir_all(data)
        .with_context(|| format!("the data directory {} cannot be made", data.display()))?;
    Ok(Arc::new(Sqlite::open(data)?))
}

pub async fn postgres(url: &str, ca: Option<&Path>) -> anyhow::Result<Arc<dyn Store>> {
    if !["postgres://", "postgresql://"]
        .iter()
        .any(|scheme| url.starts_with(scheme))
    {
        bail!("--database takes an address like postgres://user:password@host:5432/database");
    }
    let ca = ca
        .map(|path| {
            std::fs::read(path)
                .with_context(|| format!("--database-ca {} cannot be read", path.display()))
        })
        .transpose()?;
    let options = store_postgres::Options {
        url: url.into(),
        ca,
    };
    Ok(Arc::new(Postgres::connect(&options).await?))
}

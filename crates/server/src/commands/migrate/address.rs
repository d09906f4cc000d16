//! Where a store is: a data directory, or a PostgreSQL database by its address. Shown without its password, always.

use super::Opened;
use anyhow::{Context, bail};
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use store_postgres::Postgres;
use store_sqlite::Sqlite;

#[derive(Debug, Clone, PartialEq)]
pub enum Address {
    Directory(PathBuf),
    Database(String),
}

impl FromStr for Address {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        match text.split_once("://") {
            Some(("postgres" | "postgresql", _)) => Ok(Self::Database(text.into())),
            Some((scheme, _)) => bail!(
                "{scheme}:// is no store: give a data directory, or postgres://user:password@host:5432/database"
            ),
            None if text.is_empty() => bail!("a data directory or the address of a database"),
            None => Ok(Self::Directory(text.into())),
        }
    }
}

impl Address {
    /// `ca`: a PEM file with the authority of the database's certificate.
    pub async fn open(&self, ca: Option<&Path>) -> anyhow::Result<Opened> {
        match self {
            Self::Directory(path) => directory(path),
            Self::Database(url) => {
                let opened = database(url, ca).await;
                opened.with_context(|| self.to_string())
            }
        }
    }

    /// Without making what is not there.
    pub async fn open_existing(&self, ca: Option<&Path>) -> anyhow::Result<Opened> {
        if let Self::Directory(path) = self
            && !path.join("switchhook.db").exists()
        {
            bail!("there is no database in {self}");
        }
        self.open(ca).await
    }
}

fn directory(path: &Path) -> anyhow::Result<Opened> {
    match Sqlite::open(path) {
        Ok(sqlite) => Ok(Arc::new(sqlite)),
        Err(store::Error::InUse(why)) => {
            bail!("{why}: stop its server, then run the same command again")
        }
        Err(error) => Err(error).with_context(|| path.display().to_string()),
    }
}

async fn database(url: &str, ca: Option<&Path>) -> anyhow::Result<Opened> {
    let ca = ca
        .map(|path| std::fs::read(path).with_context(|| path.display().to_string()))
        .transpose()?;
    let options = store_postgres::Options {
        url: url.into(),
        ca,
    };
    Ok(Arc::new(Postgres::connect(&options).await?))
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Directory(path) => path.display().fmt(f),
            Self::Database(url) => f.write_str(&masked(url)),
        }
    }
}

/// The address without password and options. Credentials end at the first `@`, as the driver reads it.
fn masked(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", url));
    let (user, place) = match rest.split_once('@') {
        Some((credentials, place)) => {
            let user = credentials.split([':', '/', '?', '#']).next();
            let has_password = user.is_some_and(|user| user.len() < credentials.len());
            let hidden = if has_password { ":***@" } else { "@" };
            (format!("{}{hidden}", user.unwrap_or_default()), place)
        }
        None => (String::new(), rest),
    };
    let place = place.split(['?', '#']).next().unwrap_or_default();
    format!("{scheme}://{user}{place}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_its_password() {
        for (url, shown) in [
            ("postgres://u:p@h:5432/d", "postgres://u:***@h:5432/d"),
            ("postgres://u:p?/#:x@h/d", "postgres://u:***@h/d"),
            ("postgres://u@h/d", "postgres://u@h/d"),
            ("postgresql://h/d?user=u&password=p", "postgresql://h/d"),
            ("postgres://h/d?password=p@q", "postgres://h:***@q"),
            ("postgres://h", "postgres://h"),
        ] {
            let address: Address = url.parse().expect("an address");
            assert_eq!(address.to_string(), shown);
        }
    }

    #[test]
    fn what_is_no_store_is_refused_without_repeating_it() {
        let wrong = "mysql://u:secret@h".parse::<Address>();
        assert!(!format!("{:#}", wrong.expect_err("no store")).contains("secret"));
        assert!("".parse::<Address>().is_err());
        let relative: Address = "data/here".parse().expect("a directory");
        assert_eq!(relative, Address::Directory("data/here".into()));
    }
}

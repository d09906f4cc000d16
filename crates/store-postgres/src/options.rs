//! Where the database is, and how it is spoken to. The URL holds a password: nothing here repeats any of it.

use std::time::Duration;
use store::{Error, Result};
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

#[derive(Clone, Default)]
pub struct Options {
    /// `postgres://user:password@host:port/database?sslmode=…`: `disable`; `prefer` encrypts where the server can, whoever it
    /// is; `require` (also `verify-ca`, `verify-full`) encrypts and checks the server's certificate and name.
    pub url: String,
    /// Certificates to trust instead of the public ones, as PEM.
    pub ca: Option<Vec<u8>>,
}

impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options").finish_non_exhaustive()
    }
}

/// A connection attempt that takes longer has failed.
pub const CONNECT: Duration = Duration::from_secs(2);
/// A server that says nothing for so long is away.
const SILENCE: Duration = Duration::from_secs(8);

pub fn config(url: &str) -> Result<Config> {
    let url = ["verify-full", "verify-ca"]
        .iter()
        .fold(url.to_owned(), |url, mode| {
            url.replace(&format!("sslmode={mode}"), "sslmode=require")
        });
    let mut config: Config = url.parse().map_err(|_| {
        Error::Unavailable(
            "the database's URL cannot be read: postgres://user:password@host:port/database?sslmode=require is wanted, \
             with special characters of the password percent-encoded"
                .into(),
        )
    })?;
    if config
        .get_hosts()
        .iter()
        .all(|host| matches!(host, Host::Unix(_)))
    {
        config.ssl_mode(SslMode::Disable);
    }
    if config.get_application_name().is_none() {
        config.application_name("switchhook");
    }
    config
        .connect_timeout(CONNECT)
        .keepalives_idle(SILENCE / 2)
        .keepalives_interval(SILENCE / 8)
        .keepalives_retries(3)
        .tcp_user_timeout(SILENCE);
    Ok(config)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_error_repeats_nothing_of_the_url() {
        for url in [
            "postgres://me:s3cret@host:s3cret/db",
            "postgres://me:x?s3cret=1@host/db",
            "mysql://s3cret",
            "s3cret",
        ] {
            let message = config(url).err().map_or(String::new(), |e| e.to_string());
            assert!(!message.contains("s3cret"), "{message}");
        }
        let options = Options {
            url: "postgres://me:s3cret@host/db".into(),
            ca: None,
        };
        assert!(!format!("{options:?}").contains("s3cret"));
    }

    #[test]
    fn every_way_to_ask_for_a_checked_server_is_one() {
        for mode in ["require", "verify-ca", "verify-full"] {
            let config = config(&format!("postgres://me@host/db?sslmode={mode}")).unwrap();
            assert_eq!(config.get_ssl_mode(), SslMode::Require);
        }
    }
}

//! `postgres`, `mysql`: a database on a server, and who signs in there; `sqlite`: a file in the server's directory for files.

use super::ConnectionInput::{Choice, Number, Secret, Text};
use super::{Connection, ConnectionField, ConnectionKind, Connector, field, needed};
use crate::builtin::{Call, sql};
use crate::failure::Fault;
use kernel::Problem;
use serde_json::{Map, Value};

/// How many lines a node opens to one database unless told otherwise.
const LINES: &str = "5";

const TLS: ConnectionField = ConnectionField {
    default: Some("on"),
    ..field(
        "tls",
        "TLS",
        Choice(&[
            ("on", "On: the certificate is checked"),
            ("off", "Off: only inside a network that you trust"),
        ]),
        "With TLS nothing is sent unless the server turns to it.",
    )
};
const AUTHORITY: ConnectionField = field(
    "authority",
    "Authority",
    Secret,
    "The certificate (PEM) that the server's one is signed by, where that is not a public one: your provider calls it CA or root certificate.",
);
const MOST: ConnectionField = ConnectionField {
    default: Some(LINES),
    ..field(
        "connections",
        "Connections at most",
        Number(50),
        "How many a server of ours opens at once; steps wait for a free one.",
    )
};
const HOST: ConnectionField = needed("host", "Server", Text, "Such as db.example.com.");
const DATABASE: ConnectionField = needed("database", "Database", Text, "Its name.");
const USER: ConnectionField = needed(
    "user",
    "User",
    Text,
    "One of its own, that may do what your flows need and no more.",
);
const PASSWORD: ConnectionField = field("password", "Password", Secret, "The user's password.");

pub(crate) const POSTGRES: Hosted = Hosted(&ConnectionKind {
    name: "postgres",
    label: "PostgreSQL database",
    help: "A PostgreSQL database, for sql.query, sql.insert, sql.update and sql.execute.",
    fields: &[
        HOST,
        field("port", "Port", Number(65_535), "5432 unless given."),
        DATABASE,
        USER,
        PASSWORD,
        TLS,
        AUTHORITY,
        MOST,
    ],
});

pub(crate) const MYSQL: Hosted = Hosted(&ConnectionKind {
    name: "mysql",
    label: "MySQL or MariaDB database",
    help: "A MySQL or MariaDB database, for sql.query, sql.insert, sql.update and sql.execute.",
    fields: &[
        HOST,
        field("port", "Port", Number(65_535), "3306 unless given."),
        DATABASE,
        USER,
        PASSWORD,
        TLS,
        AUTHORITY,
        MOST,
    ],
});

pub(crate) const SQLITE: ConnectionKind = ConnectionKind {
    name: "sqlite",
    label: "SQLite file",
    help: "An SQLite database in the server's directory for files, for sql.query, sql.insert, sql.update and sql.execute.",
    fields: &[needed(
        "file",
        "File",
        Text,
        "Its name in this workspace's folder of that directory, such as crm.db. It must be there.",
    )],
};

/// Where it is, and how it is spoken to.
pub(crate) struct Server<'a> {
    pub(crate) host: &'a str,
    pub(crate) port: u16,
    pub(crate) tls: bool,
}

impl<'a> Server<'a> {
    pub(crate) fn of(connection: &'a Connection) -> Self {
        let port = connection.number("port");
        let port = port.and_then(|port| u16::try_from(port).ok());
        Self {
            host: connection.text("host"),
            port: port.unwrap_or(match &*connection.kind {
                "mysql" => 3306,
                _ => 5432,
            }),
            tls: connection.text("tls") != "off",
        }
    }
}

/// A database behind a host.
pub(crate) struct Hosted(pub(crate) &'static ConnectionKind);

#[async_trait::async_trait]
impl Connector for Hosted {
    fn kind(&self) -> &'static ConnectionKind {
        self.0
    }

    fn check(&self, settings: &Map<String, Value>) -> Vec<Problem> {
        let host = settings.get("host").and_then(Value::as_str);
        let wrong = host.filter(|host| url::Host::parse(host).is_err());
        let problem = wrong.map(|host| {
            let message =
                format!("`{host}` is no host: give its name alone, without a port or a URL");
            Problem::new("/host", message)
        });
        problem.into_iter().collect()
    }

    async fn try_out(
        &self,
        connection: &Connection,
        call: &Call<'_>,
    ) -> Result<Option<String>, Fault> {
        sql::try_out(connection, call).await.map(Some)
    }
}

pub(crate) struct Sqlite;

#[async_trait::async_trait]
impl Connector for Sqlite {
    fn kind(&self) -> &'static ConnectionKind {
        &SQLITE
    }

    fn check(&self, settings: &Map<String, Value>) -> Vec<Problem> {
        let file = settings.get("file").and_then(Value::as_str);
        let wrong = file.and_then(::sql::sqlite::name_is_wrong);
        let problem = wrong.map(|message| Problem::new("/file", message));
        problem.into_iter().collect()
    }

    async fn try_out(
        &self,
        connection: &Connection,
        call: &Call<'_>,
    ) -> Result<Option<String>, Fault> {
        sql::try_out(connection, call).await.map(Some)
    }
}

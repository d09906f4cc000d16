//! Servers for tests, benches and fault runs, so that nothing has to be prepared on a machine: private PostgreSQL clusters,
//! MariaDB, mail, calendars, buckets.
//! A tool of development that nothing shipped uses: whoever reaches the port may do everything, without a password.
//! Nothing outlives the process that asked for it, unless it says so (`Cluster::leave`).

mod bucket;
mod calendar;
mod cluster;
mod database;
mod directory;
mod mail;
mod mariadb;
mod options;
mod programs;
mod python;
mod server;
mod watchdog;

pub use bucket::Buckets;
pub use calendar::CalendarServer;
pub use cluster::Cluster;
pub use database::database;
pub use directory::remove;
pub use mail::{MailServer, become_mail_server};
pub use mariadb::MariaDb;
pub use options::Options;
pub use programs::sql;
pub use server::Mode;

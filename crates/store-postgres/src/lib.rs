//! The store on PostgreSQL, which several nodes share: group commit over a few connections, reads over others; all of its SQL
//! stands in `queries/`. It commits what it is given or says why not, acknowledges nothing that the server has not
//! committed, and goes on by itself after the server was away.

mod archive;
mod catalog;
mod connection;
mod failure;
mod filter;
mod hints;
mod journal;
mod migrate;
mod options;
mod reader;
mod rows;
mod sql;
mod stats;
mod tls;
mod transfer;
mod value;
mod writer;

pub use options::Options;
pub use stats::Stats;

use connection::{Connector, Purpose};
use hints::Hints;
use reader::Readers;
use stats::Counters;
use std::sync::Arc;
use store::Result;
use writer::Writer;

pub struct Postgres {
    writer: Writer,
    /// Single rows and short transactions, for the hot path.
    points: Readers,
    /// Lists and removal, which may take long.
    lists: Readers,
    /// Everything at once, out or in.
    moves: Readers,
    hints: Hints,
    counters: Arc<Counters>,
}

impl Postgres {
    /// Connects and brings the schema up.
    pub async fn connect(options: &Options) -> Result<Self> {
        let connector = Arc::new(Connector::new(options)?);
        migrate::migrate(&connector.link(Purpose::Migrate).await?).await?;
        let counters = Arc::new(Counters::default());
        Ok(Self {
            writer: Writer::start(&connector, &counters)?,
            points: Readers::new(connector.clone(), Purpose::Point, 4),
            lists: Readers::new(connector.clone(), Purpose::List, 3),
            moves: Readers::new(connector.clone(), Purpose::Transfer, 2),
            hints: Hints::start(connector)?,
            counters,
        })
    }

    pub fn stats(&self) -> Stats {
        self.counters.read()
    }
}

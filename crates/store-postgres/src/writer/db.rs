//! What a writer works with: its connection, and the statements of the hot path, prepared once for the life of the connection.

use crate::connection::{Connector, Link, Purpose};
use crate::failure::Failure;
use crate::sql::sql;
use tokio_postgres::{Client, Statement};

pub struct Db {
    pub link: Link,
    pub hot: Hot,
    /// Where this writer counts.
    pub slot: i16,
}

macro_rules! hot {
    ($($name:ident)*) => {
        pub struct Hot {
            $(pub $name: Statement,)*
        }

        impl Hot {
            async fn prepare(client: &Client) -> Result<Self, tokio_postgres::Error> {
                $(let $name = client.prepare(sql!(concat!("writer/", stringify!($name))));)*
                let ($($name,)*) = tokio::try_join!(biased; $($name,)*)?;
                Ok(Self { $($name,)* })
            }
        }
    };
}

hot! {
    begin commit
    call_version generation run_version
    insert_call update_call insert_body insert_message insert_event insert_run advance_run insert_entry
    set_timer clear_timer add_count add_tally
}

impl Db {
    pub async fn open(connector: &Connector, slot: i16) -> Result<Self, Failure> {
        let link = connector.link(Purpose::Write).await?;
        let hot = link.bounded(Box::pin(Hot::prepare(&link.client))).await?;
        Ok(Self { link, hot, slot })
    }
}

//! How a cluster differs from what PostgreSQL does by itself: where it listens and what is set.
//! Nothing is set unless asked for: benches and fault runs need the durability that users have.

use std::net::{IpAddr, Ipv4Addr};

#[derive(Clone, Debug)]
pub struct Options {
    /// Where it listens; hosts on its networks may connect.
    pub address: IpAddr,
    /// Each `name=value`, as in postgresql.conf.
    pub settings: Vec<String>,
}

impl Options {
    pub fn set(settings: &[&str]) -> Self {
        Self {
            settings: settings.iter().map(|&setting| setting.into()).collect(),
            ..Self::default()
        }
    }

    /// For tests of what a server does, not of what a power cut leaves: many small databases, quickly.
    pub fn for_tests() -> Self {
        Self::set(&["fsync=off", "max_connections=500"])
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            address: Ipv4Addr::LOCALHOST.into(),
            settings: Vec::new(),
        }
    }
}

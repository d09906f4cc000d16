//! The guard: which hosts and addresses may be dialled at all. It is asked with the very address that the socket is then
//! opened to, so no name, redirect or second resolution gets round it.

mod address;
mod network;
mod target;

pub use network::AllowedNetwork;
pub(crate) use target::{destination, target};

use address::{Reach, reach};
use std::net::IpAddr;

/// Networks opened beside the public ones.
#[derive(Debug, Clone, Default)]
pub(crate) struct Guard {
    allowed: Vec<AllowedNetwork>,
    forbidden: bool,
}

/// Whether an address is opened by whoever runs this, or not at all.
pub(crate) fn is_internal(address: IpAddr) -> bool {
    matches!(reach(address.to_canonical()), Reach::Internal(_))
}

impl Guard {
    /// `forbidden`: what workspaces open themselves stays shut.
    pub(crate) fn new(
        process: &[AllowedNetwork],
        workspace: &[AllowedNetwork],
        forbidden: bool,
    ) -> Self {
        let workspace = if forbidden { &[] } else { workspace };
        Self {
            allowed: [process, workspace].concat(),
            forbidden,
        }
    }

    /// Whether a socket to this address may be opened; if not, why, and what would open it.
    pub(crate) fn check(&self, address: IpAddr, port: u16) -> Result<(), String> {
        let address = address.to_canonical();
        match reach(address) {
            Reach::Public => Ok(()),
            Reach::Shut(kind) => Err(format!("{address} is a {kind} address and stays shut")),
            Reach::Internal(_) if self.allowed.iter().any(|net| net.contains(address, port)) => {
                Ok(())
            }
            Reach::Internal(kind) => {
                let network = match address {
                    IpAddr::V4(v4) => format!("{v4}/32:{port}"),
                    IpAddr::V6(v6) => format!("[{v6}/128]:{port}"),
                };
                let who = match self.forbidden {
                    false => {
                        &format!("an admin opens it as `{network}` under Settings, Network, and ")
                    }
                    true => "admins may not open it, ",
                };
                Err(format!(
                    "{address} is not public ({kind}); {who}whoever runs the server with `--allow-network {network}`"
                ))
            }
        }
    }
}

//! Opens TCP connections: resolves a name, asks the guard about every address of the answer, and connects to the very
//! addresses that it was asked about. The only place in Switchhook that opens an outbound socket.

use super::Trouble;
use crate::Resolve;
use crate::guard::Guard;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How long one address may take while there is another to try.
const ONE_ADDRESS: Duration = Duration::from_secs(3);
const MAX_ADDRESSES: usize = 8;

#[derive(Clone)]
pub(crate) struct Dialer {
    guard: Arc<Guard>,
    resolver: Option<Arc<dyn Resolve>>,
}

/// An open connection, and how long it took to open it.
pub(crate) struct Dialled {
    pub(crate) stream: TcpStream,
    pub(crate) address: SocketAddr,
    /// `None`: the host was an address.
    pub(crate) dns: Option<Duration>,
    pub(crate) connect: Duration,
}

impl Dialer {
    pub(crate) fn new(guard: Guard, resolver: Option<Arc<dyn Resolve>>) -> Self {
        Self {
            guard: Arc::new(guard),
            resolver,
        }
    }

    /// `host` is a name or an address, IPv6 with or without brackets.
    pub(crate) async fn dial(&self, host: &str, port: u16) -> Result<Dialled, Trouble> {
        let started = Instant::now();
        let bare = host
            .strip_prefix('[')
            .and_then(|host| host.strip_suffix(']'))
            .unwrap_or(host);
        let (addresses, dns) = match bare.parse::<IpAddr>() {
            Ok(address) => (vec![address], None),
            Err(_) => (self.resolve(bare, port).await?, Some(started.elapsed())),
        };
        // One forbidden address condemns the whole answer: a name that points inside is not to be trusted outside.
        for address in &addresses {
            self.guard.check(*address, port).map_err(|why| match dns {
                Some(_) => Trouble::Blocked(format!("`{bare}` resolves to {address}: {why}")),
                None => Trouble::Blocked(why),
            })?;
        }
        let dialling = Instant::now();
        let (stream, address) = connect(&addresses, port).await?;
        let connect = dialling.elapsed();
        // Requests are written whole: waiting for more would only delay them.
        stream
            .set_nodelay(true)
            .map_err(|error| Trouble::Connect(format!("{address}: {error}")))?;
        Ok(Dialled {
            stream,
            address,
            dns,
            connect,
        })
    }

    async fn resolve(&self, host: &str, port: u16) -> Result<Vec<IpAddr>, Trouble> {
        let answer = match &self.resolver {
            Some(resolver) => resolver.resolve(host).await,
            None => tokio::net::lookup_host((host, port))
                .await
                .map(|found| found.map(|address| address.ip()).collect()),
        };
        match answer {
            Ok(addresses) if addresses.is_empty() => {
                Err(Trouble::Dns(format!("`{host}` has no address")))
            }
            Ok(addresses) => Ok(addresses),
            Err(error) => Err(Trouble::Dns(format!(
                "`{host}` cannot be resolved: {error}"
            ))),
        }
    }
}

async fn connect(addresses: &[IpAddr], port: u16) -> Result<(TcpStream, SocketAddr), Trouble> {
    let mut refused = String::from("no address to connect to");
    let tried = &addresses[..addresses.len().min(MAX_ADDRESSES)];
    for (position, address) in tried.iter().enumerate() {
        let address = SocketAddr::new(address.to_canonical(), port);
        let connecting = TcpStream::connect(address);
        let connected = if position + 1 < tried.len() {
            timeout(ONE_ADDRESS, connecting)
                .await
                .unwrap_or_else(|_| Err(std::io::ErrorKind::TimedOut.into()))
        } else {
            connecting.await
        };
        match connected {
            Ok(stream) => return Ok((stream, address)),
            Err(error) => refused = format!("{address}: {error}"),
        }
    }
    Err(Trouble::Connect(refused))
}

//! Where a request came from and which public address it was sent to. A forwarding header is believed only from a trusted
//! proxy; without one the peer's address and the `Host` header stand.

use axum::extract::ConnectInfo;
use http::request::Parts;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

use crate::state::Settings;

/// A range of addresses, `10.0.0.0/8`; a bare address is a range of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    bits: u128,
    prefix: u32,
}

/// Every address as IPv6, IPv4 ones mapped: one comparison for both.
fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => v4.to_ipv6_mapped().to_bits(),
        IpAddr::V6(v6) => v6.to_bits(),
    }
}

impl Network {
    pub fn contains(&self, address: IpAddr) -> bool {
        let shift = 128 - self.prefix;
        self.prefix == 0 || bits(address) >> shift == self.bits >> shift
    }
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not an address or a range such as 10.0.0.0/8");
        let (address, prefix) = text
            .split_once('/')
            .map_or((text, None), |(a, p)| (a, Some(p)));
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let (width, offset) = if address.is_ipv4() {
            (32, 96)
        } else {
            (128, 0)
        };
        let prefix = prefix.map_or(Ok(width), |p| p.parse::<u32>().map_err(|_| wrong()))?;
        if prefix > width {
            return Err(wrong());
        }
        Ok(Self {
            bits: bits(address),
            prefix: prefix + offset,
        })
    }
}

/// The other end of the connection.
fn peer(parts: &Parts) -> Option<IpAddr> {
    let ConnectInfo(address) = parts.extensions.get::<ConnectInfo<SocketAddr>>()?;
    Some(address.ip())
}

fn header<'a>(parts: &'a Parts, name: &str) -> Option<&'a str> {
    let text = parts.headers.get(name)?.to_str().ok()?;
    text.split(',')
        .next()
        .map(str::trim)
        .filter(|t| !t.is_empty())
}

fn is_trusted(parts: &Parts, settings: &Settings) -> bool {
    peer(parts).is_some_and(|ip| settings.trusted_proxies.iter().any(|n| n.contains(ip)))
}

/// Who sent the request: the peer, or whom the trusted proxies before us took it from. What a sender claims of itself is not
/// believed, so the last address that no trusted proxy has counts.
pub fn sender(parts: &Parts, settings: &Settings) -> Option<IpAddr> {
    let peer = peer(parts)?;
    let is_proxy = |ip: &IpAddr| settings.trusted_proxies.iter().any(|n| n.contains(*ip));
    if !is_proxy(&peer) {
        return Some(peer);
    }
    let lines = parts.headers.get_all("x-forwarded-for").iter();
    let lines: Vec<&str> = lines.filter_map(|line| line.to_str().ok()).collect();
    let hops = lines.iter().flat_map(|line| line.split(','));
    let hops: Vec<IpAddr> = hops.filter_map(|hop| hop.trim().parse().ok()).collect();
    let sender = hops.into_iter().rev().find(|hop| !is_proxy(hop));
    sender.or(Some(peer))
}

/// Scheme and host that the sender used, e.g. `https://hooks.example`: the configured one, else the request's own.
pub fn origin(parts: &Parts, settings: &Settings) -> String {
    if let Some(url) = &settings.public_url {
        return url.trim_end_matches('/').to_owned();
    }
    let trusted = is_trusted(parts, settings);
    let forwarded = |name| trusted.then(|| header(parts, name)).flatten();
    let scheme = forwarded("x-forwarded-proto").filter(|s| matches!(*s, "http" | "https"));
    let host = forwarded("x-forwarded-host").or_else(|| header(parts, "host"));
    let host = host.or_else(|| parts.uri.authority().map(|a| a.as_str()));
    format!(
        "{}://{}",
        scheme.unwrap_or("http"),
        host.unwrap_or("localhost")
    )
}

/// Whether the request was made on this machine itself and not passed on by a proxy that runs on it.
pub fn is_local(parts: &Parts) -> bool {
    let passed_on = ["forwarded", "x-forwarded-for", "x-real-ip"];
    let direct = !passed_on
        .iter()
        .any(|name| parts.headers.contains_key(*name));
    let loopback = |ip: IpAddr| match ip {
        IpAddr::V6(v6) => {
            v6 == Ipv6Addr::LOCALHOST || v6.to_ipv4_mapped().is_some_and(|v4| v4.is_loopback())
        }
        IpAddr::V4(v4) => v4.is_loopback(),
    };
    direct && peer(parts).is_some_and(loopback)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_contains_its_addresses_in_both_spellings() {
        let network: Network = "10.0.0.0/8".parse().unwrap();
        assert!(network.contains("10.255.0.1".parse().unwrap()));
        assert!(network.contains("::ffff:10.0.0.1".parse().unwrap()));
        assert!(!network.contains("11.0.0.1".parse().unwrap()));
        let one: Network = "::1".parse().unwrap();
        assert!(one.contains("::1".parse().unwrap()) && !one.contains("::2".parse().unwrap()));
        let all: Network = "::/0".parse().unwrap();
        assert!(all.contains("192.0.2.1".parse().unwrap()));
    }

    #[test]
    fn only_what_a_trusted_proxy_saw_itself_is_believed_of_a_sender() {
        let settings = Settings {
            public_url: None,
            trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()],
            limits: crate::state::Limits::default(),
            root_key: None,
            default_workspace: kernel::id::WorkspaceId::from_bytes([1; 16]),
            demo: false,
            version: String::new(),
        };
        let sent = |peer: &str, forwarded: &str| {
            let request = http::Request::get("/").header("x-forwarded-for", forwarded);
            let (mut parts, ()) = request.body(()).unwrap().into_parts();
            let peer = SocketAddr::new(peer.parse().unwrap(), 1);
            parts.extensions.insert(ConnectInfo(peer));
            sender(&parts, &settings).unwrap().to_string()
        };
        assert_eq!(sent("192.0.2.1", "6.6.6.6"), "192.0.2.1");
        assert_eq!(
            sent("10.0.0.1", "6.6.6.6, 192.0.2.7, 10.0.0.2"),
            "192.0.2.7"
        );
        assert_eq!(sent("10.0.0.1", "nonsense"), "10.0.0.1");
    }

    #[test]
    fn what_is_not_a_range_is_refused() {
        for text in ["", "10.0.0.0/33", "host", "10.0.0.0/", "1.2.3/8", "::/129"] {
            assert!(text.parse::<Network>().is_err(), "{text}");
        }
    }
}

//! Networks that an operator opened: `CIDR[:PORT]`, an IPv6 network with a port in brackets.

use super::address::shut;
use std::net::{IpAddr, Ipv4Addr};
use std::str::FromStr;

/// Networks that are open although they are not public: `10.0.0.0/8`, `10.1.2.3:8080`, `fd00::/8`, `[fd00::/8]:443`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AllowedNetwork {
    /// The network's bits without those of the host.
    network: IpAddr,
    prefix: u8,
    /// `None`: every port.
    port: Option<u16>,
}

impl AllowedNetwork {
    /// The one port that is meant; `None`: every port.
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// Why nothing of it is ever dialled, whoever opens it; `None`: something of it may be.
    pub fn shut(&self) -> Option<&'static str> {
        shut(self.network, self.prefix)
    }

    /// `address` must be canonical: IPv4 inside `::ffff:0:0/96` is IPv4.
    pub(crate) fn contains(&self, address: IpAddr, port: u16) -> bool {
        self.port.is_none_or(|open| open == port)
            && self.network.is_ipv4() == address.is_ipv4()
            && cut(address, self.prefix) == self.network
    }
}

impl FromStr for AllowedNetwork {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!("`{text}` is not CIDR[:PORT], e.g. 10.0.0.0/8, 10.1.2.3:8080 or [fd00::/8]:443")
        };
        let (cidr, port) = split(text).ok_or_else(wrong)?;
        let port = match port {
            Some(port) => Some(
                port.parse()
                    .ok()
                    .filter(|port| *port != 0)
                    .ok_or_else(wrong)?,
            ),
            None => None,
        };
        let (address, prefix) = match cidr.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (cidr, None),
        };
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let width = if address.is_ipv4() { 32 } else { 128 };
        let prefix: u8 = match prefix {
            Some(digits) => digits
                .parse()
                .ok()
                .filter(|prefix| *prefix <= width)
                .ok_or_else(wrong)?,
            None => width,
        };
        let (address, prefix) = match address.to_canonical() {
            mapped @ IpAddr::V4(_) if address.is_ipv6() => {
                (mapped, prefix.checked_sub(96).ok_or_else(wrong)?)
            }
            plain => (plain, prefix),
        };
        Ok(Self {
            network: cut(address, prefix),
            prefix,
            port,
        })
    }
}

/// The network and the port, if one is given.
fn split(text: &str) -> Option<(&str, Option<&str>)> {
    if let Some(bracketed) = text.strip_prefix('[') {
        let (cidr, rest) = bracketed.split_once(']')?;
        return match rest {
            "" => Some((cidr, None)),
            _ => Some((cidr, Some(rest.strip_prefix(':')?))),
        };
    }
    match text.split_once(':') {
        Some((cidr, port)) if cidr.contains('.') => Some((cidr, Some(port))),
        _ => Some((text, None)),
    }
}

fn cut(address: IpAddr, prefix: u8) -> IpAddr {
    match address {
        IpAddr::V4(v4) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0);
            Ipv4Addr::from_bits(v4.to_bits() & mask).into()
        }
        IpAddr::V6(v6) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0);
            std::net::Ipv6Addr::from_bits(v6.to_bits() & mask).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contains(network: &str, address: &str, port: u16) -> bool {
        let network: AllowedNetwork = network.parse().unwrap();
        network.contains(address.parse().unwrap(), port)
    }

    #[test]
    fn a_network_holds_its_addresses_and_ports_and_no_others() {
        assert!(contains("10.0.0.0/8", "10.255.1.2", 80));
        assert!(contains("10.9.9.9/8", "10.255.1.2", 80));
        assert!(!contains("10.0.0.0/8", "11.0.0.1", 80));
        assert!(contains("127.0.0.1:9000", "127.0.0.1", 9000));
        assert!(!contains("127.0.0.1:9000", "127.0.0.1", 9001));
        assert!(!contains("127.0.0.1/32:9000", "127.0.0.2", 9000));
        assert!(contains("0.0.0.0/0", "192.168.0.1", 1));
        assert!(!contains("0.0.0.0/0", "fd00::1", 1));
        assert!(contains("::/0", "fd00::1", 1));
        assert!(contains("fd00::/8", "fd12::1", 5));
        assert!(contains("[fd00::/8]:443", "fd12::1", 443));
        assert!(!contains("[fd00::/8]:443", "fd12::1", 80));
        assert!(contains("[::1]:80", "::1", 80));
        assert!(contains("::ffff:10.0.0.0/104", "10.1.1.1", 80));
    }

    #[test]
    fn a_network_is_shut_where_all_of_it_is() {
        let shut = |network: &str| network.parse::<AllowedNetwork>().unwrap().shut();
        for network in [
            "169.254.169.254",
            "169.254.0.0/16:80",
            "100.100.100.200/32",
            "fe80::/10",
            "[fd00:ec2::254]:80",
            "::ffff:169.254.1.0/120",
            "64:ff9b::a9fe:a9fe",
        ] {
            assert!(shut(network).is_some(), "{network}");
        }
        for network in [
            "169.0.0.0/8",
            "100.100.0.0/16",
            "10.0.0.0/8",
            "::/0",
            "fe00::/8",
        ] {
            assert_eq!(shut(network), None, "{network}");
        }
    }

    #[test]
    fn what_is_no_network_is_refused_with_its_text() {
        for text in [
            "",
            "10.0.0.0/33",
            "10.0.0/8",
            "fd00::/129",
            "10.0.0.0/8:0",
            "10.0.0.0/8:x",
            "[fd00::/8",
            "[fd00::/8]443",
            "localhost",
            "10.0.0.0/8:70000",
            "10.0.0.0/",
            "::ffff:10.0.0.0/8",
        ] {
            let refused = text.parse::<AllowedNetwork>().unwrap_err();
            assert!(refused.contains(&format!("`{text}`")), "{refused}");
        }
    }
}

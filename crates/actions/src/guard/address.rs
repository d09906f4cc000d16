//! Which addresses are public: what is not listed in the IANA special-purpose registries (RFC 6890 and successors).
//! Forms that carry an IPv4 address inside an IPv6 one are judged by the address that packets would reach.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    Public,
    /// Not public, for the reason given; an allowed network opens it.
    Internal(&'static str),
    /// Link-local or a cloud's metadata service: nothing opens it.
    Shut(&'static str),
}

/// The special networks of IPv4, the narrow ones first.
const V4: &[(Ipv4Addr, u8, Reach)] = &[
    (Ipv4Addr::new(169, 254, 0, 0), 16, Reach::Shut("link-local")),
    (
        Ipv4Addr::new(100, 100, 100, 200),
        32,
        Reach::Shut("metadata"),
    ),
    (Ipv4Addr::new(168, 63, 129, 16), 32, Reach::Shut("metadata")),
    (Ipv4Addr::new(0, 0, 0, 0), 8, Reach::Internal("unspecified")),
    (Ipv4Addr::new(127, 0, 0, 0), 8, Reach::Internal("loopback")),
    (Ipv4Addr::new(10, 0, 0, 0), 8, Reach::Internal("private")),
    (Ipv4Addr::new(172, 16, 0, 0), 12, Reach::Internal("private")),
    (
        Ipv4Addr::new(192, 168, 0, 0),
        16,
        Reach::Internal("private"),
    ),
    (
        Ipv4Addr::new(100, 64, 0, 0),
        10,
        Reach::Internal("carrier-grade NAT"),
    ),
    (
        Ipv4Addr::new(192, 0, 0, 0),
        24,
        Reach::Internal("protocol assignment"),
    ),
    (
        Ipv4Addr::new(192, 0, 2, 0),
        24,
        Reach::Internal("documentation"),
    ),
    (
        Ipv4Addr::new(198, 51, 100, 0),
        24,
        Reach::Internal("documentation"),
    ),
    (
        Ipv4Addr::new(203, 0, 113, 0),
        24,
        Reach::Internal("documentation"),
    ),
    (Ipv4Addr::new(192, 31, 196, 0), 24, Reach::Internal("AS112")),
    (Ipv4Addr::new(192, 175, 48, 0), 24, Reach::Internal("AS112")),
    (
        Ipv4Addr::new(192, 52, 193, 0),
        24,
        Reach::Internal("multicast relay"),
    ),
    (
        Ipv4Addr::new(192, 88, 99, 0),
        24,
        Reach::Internal("6to4 relay"),
    ),
    (
        Ipv4Addr::new(198, 18, 0, 0),
        15,
        Reach::Internal("benchmark"),
    ),
    (Ipv4Addr::new(224, 0, 0, 0), 4, Reach::Internal("multicast")),
    (Ipv4Addr::new(240, 0, 0, 0), 4, Reach::Internal("reserved")),
];

/// The special networks of IPv6 inside 2000::/3; everything outside it is special.
const V6: &[(Ipv6Addr, u8, Reach)] = &[
    (
        Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0),
        10,
        Reach::Shut("link-local"),
    ),
    (
        Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254),
        128,
        Reach::Shut("metadata"),
    ),
    (
        Ipv6Addr::new(0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254),
        128,
        Reach::Shut("metadata"),
    ),
    (Ipv6Addr::UNSPECIFIED, 128, Reach::Internal("unspecified")),
    (Ipv6Addr::LOCALHOST, 128, Reach::Internal("loopback")),
    (
        Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0),
        7,
        Reach::Internal("private"),
    ),
    (
        Ipv6Addr::new(0xfec0, 0, 0, 0, 0, 0, 0, 0),
        10,
        Reach::Internal("site-local"),
    ),
    (
        Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0),
        8,
        Reach::Internal("multicast"),
    ),
    (
        Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0),
        23,
        Reach::Internal("protocol assignment"),
    ),
    (
        Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0),
        32,
        Reach::Internal("documentation"),
    ),
    (
        Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0),
        16,
        Reach::Internal("6to4"),
    ),
    (
        Ipv6Addr::new(0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0),
        48,
        Reach::Internal("AS112"),
    ),
    (
        Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0),
        20,
        Reach::Internal("documentation"),
    ),
];

/// `address` must be canonical: IPv4 inside `::ffff:0:0/96` is IPv4.
pub(crate) fn reach(address: IpAddr) -> Reach {
    match address {
        IpAddr::V4(v4) => reach_v4(v4),
        IpAddr::V6(v6) => reach_v6(v6),
    }
}

fn reach_v4(address: Ipv4Addr) -> Reach {
    V4.iter()
        .find(|(network, prefix, _)| same(address.to_bits() ^ network.to_bits(), *prefix))
        .map_or(Reach::Public, |(.., reach)| *reach)
}

fn reach_v6(address: Ipv6Addr) -> Reach {
    let segments = address.segments();
    let bits = address.to_bits();
    let own = V6
        .iter()
        .find(|(network, prefix, _)| same_wide(bits ^ network.to_bits(), *prefix))
        .map(|(.., reach)| *reach);
    let carried = match segments {
        // NAT64 (RFC 6052): the translator sends on to the IPv4 address.
        [0x64, 0xff9b, 0, 0, 0, 0, ..] => return reach_v4(low(bits)),
        [0x64, 0xff9b, 1, ..] => Some(low(bits)),
        // IPv4-compatible (RFC 4291, long dead) and Teredo (RFC 4380: the client's address, inverted).
        [0, 0, 0, 0, 0, 0, ..] if bits > 1 => Some(low(bits)),
        [0x2001, 0, ..] => Some(low(!bits)),
        [0x2002, ..] => Some(low(bits >> 80)),
        _ => None,
    };
    if let Some(shut @ Reach::Shut(_)) = carried.map(reach_v4) {
        return shut;
    }
    match own {
        Some(reach) => reach,
        None if segments[0] & 0xe000 == 0x2000 => Reach::Public,
        None => Reach::Internal("reserved"),
    }
}

/// Why all of a network is shut; `None`: some of it may be dialled.
pub(crate) fn shut(network: IpAddr, prefix: u8) -> Option<&'static str> {
    let Reach::Shut(kind) = reach(network) else {
        return None;
    };
    let is_shut = |reach: &Reach| matches!(reach, Reach::Shut(_));
    let is_within = match network {
        IpAddr::V4(v4) => V4.iter().any(|(of, wide, reach)| {
            is_shut(reach) && *wide <= prefix && same(v4.to_bits() ^ of.to_bits(), *wide)
        }),
        // One address may be shut for the one that it carries.
        IpAddr::V6(_) if prefix == 128 => true,
        IpAddr::V6(v6) => V6.iter().any(|(of, wide, reach)| {
            is_shut(reach) && *wide <= prefix && same_wide(v6.to_bits() ^ of.to_bits(), *wide)
        }),
    };
    is_within.then_some(kind)
}

fn low(bits: u128) -> Ipv4Addr {
    Ipv4Addr::from_bits(bits as u32)
}

fn same(difference: u32, prefix: u8) -> bool {
    prefix == 0 || difference >> (32 - prefix) == 0
}

fn same_wide(difference: u128, prefix: u8) -> bool {
    prefix == 0 || difference >> (128 - prefix) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Reach {
        reach(text.parse::<IpAddr>().unwrap().to_canonical())
    }

    #[test]
    fn public_addresses_are_public() {
        for text in [
            "1.1.1.1",
            "9.255.255.255",
            "100.63.255.255",
            "172.32.0.1",
            "192.0.1.1",
            "198.17.255.255",
            "223.255.255.255",
            "2606:4700::1111",
            "2001:4860:4860::8888",
            "64:ff9b::101:101",
            "::ffff:1.1.1.1",
        ] {
            assert_eq!(of(text), Reach::Public, "{text}");
        }
    }

    #[test]
    fn every_special_network_is_internal() {
        for text in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.7",
            "224.0.0.1",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:10.1.1.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:2::1",
            "2001:20::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:808:808::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd12::1",
            "fec0::1",
            "ff02::1",
            "4000::1",
        ] {
            assert!(
                matches!(of(text), Reach::Internal(_)),
                "{text}: {:?}",
                of(text)
            );
        }
    }

    #[test]
    fn link_local_and_metadata_addresses_are_shut_in_every_form() {
        for text in [
            "169.254.169.254",
            "169.254.0.1",
            "::ffff:169.254.169.254",
            "::169.254.169.254",
            "64:ff9b::a9fe:a9fe",
            "2002:a9fe:a9fe::1",
            "2001:0:1:2:3:4:5601:5601",
            "100.100.100.200",
            "168.63.129.16",
            "fe80::1",
            "febf::1",
            "fd00:ec2::254",
        ] {
            assert!(matches!(of(text), Reach::Shut(_)), "{text}: {:?}", of(text));
        }
    }
}

//! A network of our own: a namespace, and links between it and this host that can be cut one by one. It takes root, touches
//! nothing that was there before, and goes with its owner; what a killed run has left behind goes with the next.

use anyhow::{Context, ensure};
use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::process::Command;

const PREFIX: &str = "switchhook-faults-";
/// Of nobody: a frame to it is dropped without a word.
const NOBODY: &str = "02:00:00:00:00:01";

pub struct Namespace {
    name: String,
    number: u8,
    links: u8,
}

/// One link: an address on the host, one inside.
pub struct Link {
    namespace: String,
    outer: String,
    inner: String,
    pub host: IpAddr,
    pub inside: IpAddr,
}

impl Namespace {
    pub fn make() -> anyhow::Result<Self> {
        remove_left_behind();
        let id = std::process::id();
        let taken = ip(&["-o", "addr"])?;
        let number = (0..=255u8)
            .map(|n| n.wrapping_add(id as u8))
            .find(|n| !taken.contains(&format!(" 10.213.{n}.")))
            .context("10.213.0.0/16 is taken")?;
        let namespace = Self {
            name: format!("{PREFIX}{id}"),
            number,
            links: 0,
        };
        ip(&["netns", "add", &namespace.name])?;
        Ok(namespace)
    }

    /// Another link to the host.
    pub fn link(&mut self) -> anyhow::Result<Link> {
        let (n, id) = (self.links, std::process::id());
        self.links += 1;
        let address = |last: u8| IpAddr::from(Ipv4Addr::new(10, 213, self.number, n * 4 + last));
        let link = Link {
            namespace: self.name.clone(),
            outer: format!("swh{n}o{id}"),
            inner: format!("swh{n}i{id}"),
            host: address(1),
            inside: address(2),
        };
        ip(&[
            "link",
            "add",
            &link.outer,
            "type",
            "veth",
            "peer",
            "name",
            &link.inner,
            "netns",
            &self.name,
        ])?;
        ip(&[
            "addr",
            "add",
            &format!("{}/30", link.host),
            "dev",
            &link.outer,
        ])?;
        ip(&["link", "set", &link.outer, "up"])?;
        link.within(&[
            "addr",
            "add",
            &format!("{}/30", link.inside),
            "dev",
            &link.inner,
        ])?;
        link.within(&["link", "set", &link.inner, "up"])?;
        Ok(link)
    }

    /// What a program is started through to be inside.
    pub fn through(&self) -> Vec<String> {
        ["ip", "netns", "exec", &self.name]
            .map(str::to_owned)
            .into()
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        let _ = ip(&["netns", "del", &self.name]);
    }
}

impl Link {
    /// Pulls the plug: connections go silent, new ones are refused by the own system.
    pub fn pull(&self) -> anyhow::Result<()> {
        self.within(&["link", "set", &self.inner, "down"])
    }

    /// Everything sent is lost on the way, in both directions, and nobody says so.
    pub fn swallow(&self) -> anyhow::Result<()> {
        let (host, inside) = (self.host.to_string(), self.inside.to_string());
        let to = |address, device| {
            [
                "neigh",
                "replace",
                address,
                "lladdr",
                NOBODY,
                "nud",
                "permanent",
                "dev",
                device,
            ]
        };
        ip(&to(&inside, &self.outer))?;
        self.within(&to(&host, &self.inner))
    }

    /// As it was before.
    pub fn mend(&self) -> anyhow::Result<()> {
        self.within(&["link", "set", &self.inner, "up"])?;
        ip(&["neigh", "flush", "dev", &self.outer, "nud", "permanent"])?;
        self.within(&["neigh", "flush", "dev", &self.inner, "nud", "permanent"])
    }

    fn within(&self, args: &[&str]) -> anyhow::Result<()> {
        ip(&[&["-n", self.namespace.as_str()], args].concat()).map(drop)
    }
}

fn ip(args: &[&str]) -> anyhow::Result<String> {
    let output = Command::new("ip").args(args).output().context("ip")?;
    let why = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    ensure!(output.status.success(), "ip {}: {why}", args.join(" "));
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Namespaces of runs that are gone.
fn remove_left_behind() {
    let names = ip(&["netns", "list"]).unwrap_or_default();
    for name in names.lines().filter_map(|line| line.split(' ').next()) {
        let gone = name
            .strip_prefix(PREFIX)
            .is_some_and(|id| !Path::new("/proc").join(id).exists());
        if gone {
            let _ = ip(&["netns", "del", name]);
        }
    }
}

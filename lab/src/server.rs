//! One life of the `postgres` process, from its start to its end; not the cluster, which outlives it.
//! A server is handed out only once it answers as the server of its own directory.

use crate::options::Options;
use crate::programs::{self, Programs};
use anyhow::{Context, bail};
use std::fs::{File, OpenOptions};
use std::net::{IpAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant, SystemTime};

const PATIENCE: Duration = Duration::from_secs(60);
/// Below the ports that outgoing connections get: one of those would be taken while its server is down, by the very
/// client that tries to reach it again.
const PORTS: std::ops::Range<u32> = 20_000..32_000;

/// How a server ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Clients are sent away, everything is written out.
    Fast,
    /// As after a crash: the next start recovers.
    Immediate,
    /// kill -9.
    Kill,
}

#[derive(Debug)]
pub struct Server {
    child: Child,
    pub port: u16,
}

impl Server {
    /// On any free port, or on the one it had.
    pub fn start(
        programs: &Programs,
        dir: &Path,
        options: &Options,
        port: Option<u16>,
    ) -> anyhow::Result<Self> {
        let until = Instant::now() + PATIENCE;
        let path = dir.join("server.log");
        loop {
            let log = OpenOptions::new().create(true).append(true).open(&path)?;
            let before = log.metadata()?.len() as usize;
            let port = port.map_or_else(|| free_port(options.address), Ok)?;
            let child = launch(programs, dir, options, port, log)?;
            let mut server = Self { child, port };
            if server.comes_up(programs, dir, options.address, until)? {
                return Ok(server);
            }
            server.stop(Mode::Kill)?;
            let log = std::fs::read(&path)?;
            let said = String::from_utf8_lossy(&log[before..]);
            // Somebody took the port in between, or the processes of a killed server are still ending.
            if !said.contains("in use") || Instant::now() > until {
                bail!(
                    "the server in {} did not come up: {}",
                    dir.display(),
                    said.trim()
                );
            }
        }
    }

    /// False when it ended instead, or time ran out.
    fn comes_up(
        &mut self,
        programs: &Programs,
        dir: &Path,
        address: IpAddr,
        until: Instant,
    ) -> anyhow::Result<bool> {
        let url = format!("{}/postgres", base(address, self.port));
        while self.child.try_wait()?.is_none() && Instant::now() < until {
            // Another cluster's server may sit on that port: ask whose it is.
            let whose = programs::query(programs, &url, "SHOW data_directory");
            if whose.is_ok_and(|whose| Path::new(&whose) == dir) {
                return Ok(true);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(false)
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn runs(&mut self) -> anyhow::Result<bool> {
        Ok(self.child.try_wait()?.is_none())
    }

    /// Signals and waits for the end. It may have ended already, or have been stopped with SIGSTOP.
    pub fn stop(&mut self, mode: Mode) -> anyhow::Result<()> {
        if self.runs()? {
            let signal = match mode {
                Mode::Fast => "INT",
                Mode::Immediate => "QUIT",
                Mode::Kill => "KILL",
            };
            let script = format!("kill -{signal} {pid}; kill -CONT {pid}", pid = self.pid());
            programs::output(Command::new("sh").args(["-c", &script]))?;
            self.child.wait()?;
        }
        Ok(())
    }
}

/// The URL without a database.
pub fn base(address: IpAddr, port: u16) -> String {
    let host = std::net::SocketAddr::new(address, port);
    format!("postgres://switchhook@{host}")
}

fn launch(
    programs: &Programs,
    dir: &Path,
    options: &Options,
    port: u16,
    log: File,
) -> anyhow::Result<Child> {
    let mut command = programs.server("postgres");
    command.arg("-D").arg(dir);
    command.args(["-h", &options.address.to_string()]);
    command.args(["-p", &port.to_string()]);
    // Relative to the directory: its own path may be longer than a socket's may be.
    command.args(["-k", "."]);
    for setting in &options.settings {
        command.args(["-c", setting]);
    }
    command.stdout(log.try_clone()?).stderr(log);
    command.spawn().context("postgres cannot be started")
}

fn free_port(address: IpAddr) -> anyhow::Result<u16> {
    let now = SystemTime::UNIX_EPOCH.elapsed()?.subsec_nanos();
    PORTS
        .map(|n| PORTS.start + (n + now) % PORTS.len() as u32)
        .map(|port| port as u16)
        .find(|port| TcpListener::bind((address, *port)).is_ok())
        .with_context(|| format!("no port is free on {address}"))
}

//! A cluster in a directory of the caller's: set up once, then stopped and started at will on the port it got first.
//! It ends with its owner, by drop or with the process; its files stay.

use crate::directory;
use crate::options::Options;
use crate::programs::{self, Programs};
use crate::server::{self, Mode, Server};
use crate::watchdog::{Files, Watchdog};
use anyhow::bail;
use std::path::{Path, PathBuf};

#[derive(Debug)]
pub struct Cluster {
    programs: Programs,
    dir: PathBuf,
    options: Options,
    port: u16,
    /// None while it is stopped.
    server: Option<Server>,
    /// None once it was left.
    watchdog: Option<Watchdog>,
}

impl Cluster {
    /// In an empty or a new directory, durable as PostgreSQL is by itself. What the server says is in `dir/server.log`.
    pub fn start(dir: &Path) -> anyhow::Result<Self> {
        Self::start_with(dir, Options::default())
    }

    pub fn start_with(dir: &Path, options: Options) -> anyhow::Result<Self> {
        Self::begin(dir, options, Files::Keep)
    }

    pub(crate) fn begin(dir: &Path, options: Options, files: Files) -> anyhow::Result<Self> {
        let programs = Programs::find()?;
        let dir = directory::prepare(&programs, dir)?;
        let watchdog = Watchdog::start(&programs, &dir, files)?;
        let server = Server::start(&programs, &dir, &options, None)?;
        Ok(Self {
            programs,
            dir,
            options,
            port: server.port,
            server: Some(server),
            watchdog: Some(watchdog),
        })
    }

    /// `postgres://switchhook@ADDRESS:PORT`; the same after a restart.
    pub fn base(&self) -> String {
        server::base(self.options.address, self.port)
    }

    /// The base with a database, which need not exist.
    pub fn url(&self, database: &str) -> String {
        format!("{}/{database}", self.base())
    }

    /// Makes the database anew, empty, whoever uses one of that name; gives its URL.
    pub fn create(&self, database: &str) -> anyhow::Result<String> {
        let mut drop = self.programs.client("dropdb");
        drop.args(["--force", "--if-exists", "--maintenance-db"]);
        programs::output(drop.args([&self.url("postgres"), database]))?;
        programs::create(&self.programs, &self.base(), database)
    }

    /// The server's process, none while it is stopped: for signals. Its end is for `stop`, which waits for it.
    pub fn pid(&self) -> Option<u32> {
        self.server.as_ref().map(Server::pid)
    }

    /// Waits for the end. One that has ended already is stopped, too.
    pub fn stop(&mut self, mode: Mode) -> anyhow::Result<()> {
        if let Some(server) = &mut self.server {
            server.stop(mode)?;
        }
        self.server = None;
        Ok(())
    }

    /// After a stop, or after the server ended by itself; waits until it answers.
    pub fn start_again(&mut self) -> anyhow::Result<()> {
        if let Some(server) = &mut self.server
            && server.runs()?
        {
            bail!("the server in {} runs: stop it first", self.dir.display());
        }
        let port = Some(self.port);
        self.server = None;
        self.server = Some(Server::start(
            &self.programs,
            &self.dir,
            &self.options,
            port,
        )?);
        Ok(())
    }

    pub fn restart(&mut self, mode: Mode) -> anyhow::Result<()> {
        self.stop(mode)?;
        self.start_again()
    }

    /// Goes on after this process, until `remove`.
    pub fn leave(mut self) {
        if let Some(watchdog) = self.watchdog.take() {
            watchdog.dismiss();
        }
        self.server = None;
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = self.stop(Mode::Immediate);
    }
}

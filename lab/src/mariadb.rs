//! A private MariaDB for tests, in a temporary directory. It ends, and its files with it, when whoever asked for it is gone,
//! however that went. Whoever reaches its socket may do everything.

use crate::programs::output;
use anyhow::{Context, Result, bail, ensure};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(60);
/// Until the pipe from us is closed.
const KEEPER: &str = r#"
dir=$1; shift
"$@" >>"$dir/server.log" 2>&1 </dev/null &
server=$!
cat >/dev/null
kill -KILL "$server"
wait "$server"
rm -rf "$dir"
"#;

pub struct MariaDb {
    pub port: u16,
    dir: PathBuf,
    keeper: Child,
}

impl MariaDb {
    /// With more options of the server, such as `--ssl-cert=…`.
    pub fn start(options: &[&str]) -> Result<Self> {
        let dir = tempfile::Builder::new()
            .prefix("switchhook-mariadb-")
            .tempdir()?
            .keep();
        let data = dir.join("data");
        // A server that starts removes what others have in a directory for temporary files that they share.
        let temporary = dir.join("tmp");
        std::fs::create_dir(&temporary)?;
        let mut install = Command::new(program("mariadb-install-db")?);
        install.args([
            "--no-defaults",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
        ]);
        install.env("TMPDIR", &temporary);
        output(install.arg(format!("--datadir={}", data.display())))?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let keeper = Command::new("sh")
            .env("TMPDIR", &temporary)
            .args(["-c", KEEPER, "keeper"])
            .arg(&dir)
            .arg(program("mariadbd")?)
            .args([
                "--no-defaults",
                "--user=root",
                "--bind-address=127.0.0.1",
                "--skip-name-resolve",
            ])
            .args([
                "--innodb-buffer-pool-size=32M",
                "--innodb-flush-log-at-trx-commit=0",
            ])
            .arg(format!("--port={port}"))
            .arg(format!("--datadir={}", data.display()))
            .arg(format!("--socket={}", dir.join("socket").display()))
            .args(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("MariaDB does not start")?;
        let server = Self { port, dir, keeper };
        server.comes_up()?;
        Ok(server)
    }

    /// What the server answers to root, bare: a line per row, a tab between columns. Statements end with `;;`, for a procedure
    /// has semicolons of its own.
    pub fn sql(&self, sql: &str) -> Result<String> {
        let mut client = Command::new(program("mariadb")?);
        client.args([
            "--no-defaults",
            "--user=root",
            "--batch",
            "--skip-column-names",
            "--delimiter=;;",
            "--default-character-set=utf8mb4",
        ]);
        client.arg(format!("--socket={}", self.dir.join("socket").display()));
        output(client.args(["--execute", sql]))
    }

    fn comes_up(&self) -> Result<()> {
        let until = Instant::now() + PATIENCE;
        while self.sql("select 1").is_err() {
            if Instant::now() > until {
                let log = std::fs::read_to_string(self.dir.join("server.log"));
                bail!("MariaDB did not come up: {}", log.unwrap_or_default());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }
}

impl Drop for MariaDb {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

fn program(name: &str) -> Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let places = std::env::split_paths(&path).chain([Path::new("/usr/sbin").to_owned()]);
    let found = places
        .map(|place| place.join(name))
        .find(|path| path.is_file());
    ensure!(
        found.is_some(),
        "`{name}` of MariaDB is not there: `apt-get install mariadb-server`, or `./dev test`, which installs it where it may"
    );
    found.context("it was found")
}

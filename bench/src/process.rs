//! A process under measurement: started with its own data directory, read from /proc, ended by id.

use anyhow::{Context, bail};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// Clock ticks per second of /proc/<id>/stat on every Linux that we run on.
const TICKS: f64 = 100.0;

pub struct Process {
    child: Child,
    pub address: String,
}

impl Process {
    /// Starts a program that listens on `address` and waits until it accepts connections.
    pub async fn start(
        program: &Path,
        args: &[&str],
        envs: &[(&str, &str)],
        address: &str,
    ) -> anyhow::Result<Self> {
        let mut command = Command::new(program);
        command
            .args(args)
            .envs(envs.iter().copied())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut process = Self::spawn(&mut command, address)?;
        let until = Instant::now() + Duration::from_secs(20);
        while tokio::net::TcpStream::connect(address).await.is_err() {
            if Instant::now() > until || process.child.try_wait()?.is_some() {
                bail!("{} did not come up on {address}", program.display());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Ok(process)
    }

    /// Starts a program that will listen on `address`, and waits for nothing.
    pub fn spawn(command: &mut Command, address: &str) -> anyhow::Result<Self> {
        let child = command.spawn();
        let program = command.get_program().to_string_lossy();
        Ok(Self {
            child: child.with_context(|| format!("{program} cannot be started"))?,
            address: address.to_owned(),
        })
    }

    /// CPU seconds used so far.
    pub fn cpu_s(&self) -> f64 {
        let stat =
            std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        let fields: Vec<&str> = stat
            .rsplit(") ")
            .next()
            .unwrap_or_default()
            .split(' ')
            .collect();
        let ticks: f64 = [11, 12]
            .iter()
            .filter_map(|at| fields.get(*at)?.parse::<f64>().ok())
            .sum();
        ticks / TICKS
    }

    /// Resident memory in MB.
    pub fn memory_mb(&self) -> f64 {
        self.memory("VmRSS:")
    }

    /// The most of it that there ever was.
    pub fn peak_mb(&self) -> f64 {
        self.memory("VmHWM:")
    }

    fn memory(&self, name: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))
            .unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.trim().split(' ').next()?.parse::<f64>().ok())
            .unwrap_or_default()
            / 1024.0
    }

    /// kill -9.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Sends a signal by its name (`STOP`), unless the process has ended.
    pub fn signal(&mut self, name: &str) {
        if self.exit_status().is_none() {
            let _ = Command::new("kill")
                .args([&format!("-{name}"), &self.child.id().to_string()])
                .status();
        }
    }

    /// How it ended; `None` while it runs.
    pub fn exit_status(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Waits for its end; `None` when it has not come within `patience`.
    pub async fn ended(&mut self, patience: Duration) -> Option<ExitStatus> {
        let until = Instant::now() + patience;
        loop {
            let status = self.exit_status();
            if status.is_some() || Instant::now() > until {
                return status;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// Asks it to stop and waits.
    pub fn stop(&mut self) {
        self.signal("TERM");
        let until = Instant::now() + Duration::from_secs(30);
        while Instant::now() < until && self.exit_status().is_none() {
            std::thread::sleep(Duration::from_millis(10));
        }
        self.kill();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// CPU seconds of a process and of the children that it has and had.
pub fn cpu_of_children_s(parent: u32) -> f64 {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let mut ticks = 0.0;
    for entry in entries {
        let stat = std::fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        let fields: Vec<&str> = stat
            .rsplit(") ")
            .next()
            .unwrap_or_default()
            .split(' ')
            .collect();
        let number = |at: usize| {
            fields
                .get(at)
                .and_then(|text| text.parse::<f64>().ok())
                .unwrap_or(0.0)
        };
        if entry.file_name().to_string_lossy() == parent.to_string() {
            ticks += [11, 12, 13, 14].iter().map(|at| number(*at)).sum::<f64>();
        } else if fields.get(1) == Some(&parent.to_string().as_str()) {
            ticks += number(11) + number(12);
        }
    }
    ticks / TICKS
}

pub fn free_address() -> anyhow::Result<String> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string())
}

pub fn disk_kb(dir: &Path) -> f64 {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.metadata().ok())
        .map(|meta| meta.len() as f64 / 1024.0)
        .sum()
}

/// `target/dist/switchhook`, beside this program.
pub fn switchhook() -> anyhow::Result<PathBuf> {
    let path = std::env::current_exe()?.with_file_name("switchhook");
    if !path.exists() {
        bail!(
            "{} is not built: run `cargo build --profile dist`",
            path.display()
        );
    }
    Ok(path)
}

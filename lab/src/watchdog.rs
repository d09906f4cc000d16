//! Ends a cluster when the process that owns it is gone, however it went: a shell that waits for the end of a pipe.
//! The pipe's other end is ours alone, so not even kill -9 leaves a server behind.

use crate::programs::Programs;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A server that was stopped with SIGSTOP hears nothing else before it goes on.
const SCRIPT: &str = r#"
cat >/dev/null
if read -r pid <"$2/postmaster.pid"; then
    kill -CONT "$pid"
    "$1/pg_ctl" stop --silent --mode=immediate --pgdata="$2"
fi
[ "$3" = keep ] || rm -rf "$2"
"#;

#[derive(Debug)]
pub struct Watchdog(Child);

/// What becomes of the files.
#[derive(Clone, Copy, PartialEq)]
pub enum Files {
    Keep,
    Remove,
}

impl Watchdog {
    pub fn start(programs: &Programs, dir: &Path, files: Files) -> anyhow::Result<Self> {
        let keep = if files == Files::Keep { "keep" } else { "" };
        let mut shell = programs.as_server(Command::new("sh"));
        shell.args(["-c", SCRIPT, "watchdog"]);
        shell.arg(&programs.bin).arg(dir).arg(keep);
        shell.stdin(Stdio::piped());
        // An inherited output would keep whoever reads ours waiting.
        shell.stdout(Stdio::null()).stderr(Stdio::null());
        Ok(Self(shell.spawn()?))
    }

    /// Looks away: the cluster goes on without us.
    pub fn dismiss(mut self) {
        let _ = self.0.kill();
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

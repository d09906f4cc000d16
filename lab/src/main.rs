//! `lab start DIR [name=value…]`: a cluster that goes on after the command and whose URL is printed; `lab stop DIR` ends and removes it.
//! `lab mail OPTIONS`: a mail server that prints each mail as a line of JSON, until it is killed.
//! For scripts; within a process the library does it, and cleans up by itself.

use anyhow::bail;
use lab::{Cluster, Options};
use std::path::Path;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["start", dir, settings @ ..] => {
            let cluster = Cluster::start_with(Path::new(dir), Options::set(settings))?;
            println!("{}", cluster.base());
            cluster.leave();
            Ok(())
        }
        ["stop", dir] => lab::remove(Path::new(dir)),
        ["mail", options] => Err(lab::become_mail_server(options)),
        _ => bail!("lab start DIR [name=value…] | lab stop DIR | lab mail OPTIONS"),
    }
}

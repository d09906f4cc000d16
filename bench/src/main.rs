//! The benchmarks: `./dev bench`. Own load generator and receiver; every figure stands beside a limit of the machine and the bare
//! pipeline measured in the same run, because these machines are noisy and only ratios mean something.

mod bare;
mod calls;
mod figures;
mod five;
mod language;
mod limits;
mod rounds;
mod subject;

use anyhow::{anyhow, bail};

const USAGE: &str = "./dev bench [--seconds N] [--rounds N] [--senders N] [--only NAME …]
NAME: a subject (bare, SQLite, PostgreSQL, two nodes) or what is measured (deliveries, five steps, calls, kill, kernel)";

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    if args.first().is_some_and(|arg| arg == "bare") {
        let deliveries = args[4].parse()?;
        return runtime.block_on(bare::serve(&args[1], &args[2], &args[3], deliveries));
    }
    let Some(plan) = plan(&args)? else {
        println!("{USAGE}");
        return Ok(());
    };
    runtime.block_on(rounds::run(plan))
}

/// What is asked for; `None`: how to ask.
fn plan(args: &[String]) -> anyhow::Result<Option<rounds::Plan>> {
    let mut plan = rounds::Plan {
        seconds: 8,
        rounds: 3,
        senders: 32,
        only: Vec::new(),
    };
    let mut args = args.iter();
    while let Some(name) = args.next() {
        if matches!(name.as_str(), "--help" | "-h") {
            return Ok(None);
        }
        let value = args
            .next()
            .ok_or_else(|| anyhow!("`{name}` stands without its value\n{USAGE}"))?;
        match name.as_str() {
            "--seconds" => plan.seconds = value.parse()?,
            "--rounds" => plan.rounds = value.parse()?,
            "--senders" => plan.senders = value.parse()?,
            "--only" => plan.only.push(value.clone()),
            _ => bail!("there is no option `{name}`\n{USAGE}"),
        }
    }
    Ok(Some(plan))
}

//! Which faults there are, and the run over them: one after the other, each within its time, a line as each ends.

use crate::fault;
use crate::lab::Lab;
use crate::options::{Kind, Options};
use crate::row::{Line, Outcome, table};
use std::pin::Pin;
use std::time::{Duration, Instant};

type Running<'a> = Pin<Box<dyn Future<Output = anyhow::Result<Outcome>> + Send + 'a>>;

struct Fault {
    name: &'static str,
    what: &'static str,
    on: &'static [Kind],
    run: for<'a> fn(&'a Lab, Kind) -> Running<'a>,
}

const SQLITE: &[Kind] = &[Kind::Sqlite];
const POSTGRES: &[Kind] = &[Kind::Postgres];
const BOTH: &[Kind] = &[Kind::Sqlite, Kind::Postgres];

const ALL: &[Fault] = &[
    Fault {
        name: "kill9-commit-points",
        what: "the process dies before a transaction begins, before it commits, and after it committed",
        on: BOTH,
        run: |lab, kind| Box::pin(fault::kill9::at_commit_points(lab, kind)),
    },
    Fault {
        name: "kill9-random",
        what: "kill -9 at random moments under load",
        on: BOTH,
        run: |lab, kind| Box::pin(fault::kill9::at_random(lab, kind)),
    },
    Fault {
        name: "pause",
        what: "SIGSTOP for 0.1 to 3 seconds",
        on: BOTH,
        run: |lab, kind| Box::pin(fault::pause::short(lab, kind)),
    },
    Fault {
        name: "pause-past-lease",
        what: "SIGSTOP of one of two nodes for 9 seconds, past its lease",
        on: POSTGRES,
        run: |lab, kind| Box::pin(fault::pause::past_the_lease(lab, kind)),
    },
    Fault {
        name: "node-killed-of-two",
        what: "kill -9 of one of two nodes, which then comes back",
        on: POSTGRES,
        run: |lab, kind| Box::pin(fault::nodes::one_of_two_killed(lab, kind)),
    },
    Fault {
        name: "node-killed-of-three",
        what: "kill -9 of one of three nodes, which then comes back",
        on: POSTGRES,
        run: |lab, kind| Box::pin(fault::nodes::one_of_three_killed(lab, kind)),
    },
    Fault {
        name: "node-drained",
        what: "SIGTERM and a new start under load, one node after the other",
        on: BOTH,
        run: |lab, kind| Box::pin(fault::nodes::drained(lab, kind)),
    },
    Fault {
        name: "old-and-new",
        what: "the version before and the one after on one schema, replaced one by one",
        on: POSTGRES,
        run: |lab, kind| Box::pin(fault::upgrade::side_by_side(lab, kind)),
    },
    Fault {
        name: "database-restart",
        what: "the database is restarted, in good order and as after a crash",
        on: POSTGRES,
        run: |lab, kind| Box::pin(fault::database::restart(lab, kind)),
    },
    Fault {
        name: "database-away",
        what: "there is no database for 8 seconds",
        on: POSTGRES,
        run: |lab, kind| Box::pin(fault::database::away(lab, kind)),
    },
    Fault {
        name: "network-cut",
        what: "the network between one of two nodes and the database is cut, for less and for more than its lease",
        on: POSTGRES,
        run: |lab, kind| Box::pin(fault::network::cut_off(lab, kind)),
    },
    Fault {
        name: "disk-full",
        what: "no room where the database is, then room again",
        on: BOTH,
        run: |lab, kind| Box::pin(fault::disk_full::while_accepting(lab, kind)),
    },
    Fault {
        name: "clock-jumps",
        what: "the clock jumps by a day, forward and back, while retries wait",
        on: BOTH,
        run: |lab, kind| Box::pin(fault::clock::jumps(lab, kind)),
    },
    Fault {
        name: "two-binaries",
        what: "a second process on the same data directory",
        on: SQLITE,
        run: |lab, kind| Box::pin(fault::two_binaries::on_one_directory(lab, kind)),
    },
    Fault {
        name: "hanging-destination",
        what: "a destination that never answers, beside a healthy one",
        on: BOTH,
        run: |lab, kind| Box::pin(fault::hanging::beside_healthy(lab, kind)),
    },
    Fault {
        name: "timers",
        what: "a restart with very many runs that wait for the same moment",
        on: BOTH,
        run: |lab, kind| Box::pin(fault::timers::all_at_once(lab, kind)),
    },
    Fault {
        name: "overload",
        what: "hundreds of connections with bodies of several MB",
        on: BOTH,
        run: |lab, kind| Box::pin(fault::overload::large_bodies(lab, kind)),
    },
];

/// Whether something failed.
pub async fn run(options: Options) -> anyhow::Result<bool> {
    if options.list {
        ALL.iter()
            .for_each(|fault| println!("{:22} {}", fault.name, fault.what));
        return Ok(false);
    }
    let lab = Lab::new(&options)?;
    // None may keep the others: the slowest takes a fraction of this.
    let most = Duration::from_secs(if options.long { 3600 } else { 120 });
    let (started, mut lines) = (Instant::now(), Vec::new());
    for kind in options.stores.iter().copied() {
        for fault in ALL
            .iter()
            .filter(|fault| fault.on.contains(&kind) && options.wants(fault.name))
        {
            let began = Instant::now();
            let ran = tokio::time::timeout(most, (fault.run)(&lab, kind)).await;
            let line = Line {
                fault: fault.name,
                kind,
                outcome: ran
                    .unwrap_or_else(|_| Err(anyhow::anyhow!("it did not end within {most:?}"))),
                took: began.elapsed(),
            };
            println!("{}", line.short());
            lines.push(line);
        }
    }
    tokio::task::block_in_place(|| lab.close());
    println!("\n{}", table(&lines));
    let failed = lines.iter().filter(|line| line.failed()).count();
    println!(
        "{} faults in {:.0} s, {failed} failed",
        lines.len(),
        started.elapsed().as_secs_f64()
    );
    Ok(failed > 0)
}

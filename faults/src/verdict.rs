//! What holds after the fault is over and everything is quiet: nothing acknowledged is lost, a repeat carries the key of the
//! first, no run is left, journals are whole, counts agree. It looks from outside only: over HTTP, and at the receiver.

use crate::node::Client;
use crate::row::Row;
use crate::senders::{Load, Tally};
use crate::world::World;
use serde_json::Value;
use std::time::{Duration, Instant};

/// Nothing new has come for so long: nothing more will.
const QUIET: Duration = Duration::from_secs(20);
/// So many runs' journals are read.
const SAMPLE: usize = 60;
/// Of all runs, where the database can be asked beside: journals with a gap.
const TORN: &str = "SELECT count(*) FROM (SELECT FROM entries GROUP BY run HAVING count(*) <> max(number) + 1) AS torn";

impl World<'_> {
    /// Ends the load, waits for quiet, and fills in what every fault counts.
    pub async fn verdict(&self, node: &Client, load: Load, cycles: usize) -> anyhow::Result<Row> {
        let tally = load.stop().await;
        self.judge(node, &tally, cycles).await
    }

    pub async fn judge(&self, node: &Client, tally: &Tally, cycles: usize) -> anyhow::Result<Row> {
        let lost = self.ledger.missing(tally.acknowledged.clone(), QUIET).await;
        let runs = settled(node).await?;
        let count = |status: &str| runs[status].as_u64().unwrap_or(0) as usize;
        let mut row = Row {
            cycles,
            acknowledged: tally.acknowledged.len(),
            lost: lost.len(),
            twice: self.ledger.twice(),
            stalled: count("running") + count("waiting"),
            ..Row::default()
        };
        let differ = self.ledger.keys_differ();
        row.must(
            differ == 0,
            format!("{differ} repeats carry another idempotency key"),
        );
        let (ended, delivered) = (count("succeeded"), self.ledger.distinct());
        row.must(
            ended == delivered,
            format!("{ended} runs succeeded, {delivered} events were delivered"),
        );
        let failed = count("failed") + count("cancelled");
        row.must(failed == 0, format!("{failed} runs failed"));
        refusals(&mut row, tally);
        journals(&mut row, node).await?;
        if let Some(url) = &self.place.database {
            let torn = tokio::task::block_in_place(|| lab::sql(url, TORN))?;
            row.must(
                torn == "0",
                format!("the journals of {torn} runs are not whole"),
            );
        }
        Ok(row)
    }
}

/// The counts of runs once none is left, or once they have not changed for `QUIET`.
async fn settled(node: &Client) -> anyhow::Result<Value> {
    let (mut last, mut since) = (Value::Null, Instant::now());
    loop {
        let runs = node.get("/v1/stats").await?["runs"].take();
        if runs != last {
            (last, since) = (runs, Instant::now());
        }
        if (last["running"] == 0 && last["waiting"] == 0) || since.elapsed() > QUIET {
            return Ok(last);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn refusals(row: &mut Row, tally: &Tally) {
    row.must(
        tally.hung == 0,
        format!("{} requests were left hanging", tally.hung),
    );
    row.must(
        tally.without_time == 0,
        format!("{} refusals without Retry-After", tally.without_time),
    );
    row.must(
        tally.other.is_empty(),
        format!("answers nobody expects: {:?}", tally.other),
    );
}

/// The lists agree with the counts; journals of the newest runs are complete, numbered, and end well.
async fn journals(row: &mut Row, node: &Client) -> anyhow::Result<()> {
    for status in ["running", "waiting"] {
        let left = node
            .get(&format!("/v1/runs?status={status}&limit=1"))
            .await?;
        let is_empty = left["data"].as_array().is_some_and(Vec::is_empty);
        row.must(
            is_empty || row.stalled > 0,
            format!("runs are listed as {status}, and not counted"),
        );
    }
    let newest = node.get(&format!("/v1/runs?limit={SAMPLE}")).await?;
    for run in newest["data"].as_array().into_iter().flatten() {
        let id = run["id"].as_str().unwrap_or_default();
        let run = node.get(&format!("/v1/runs/{id}")).await?;
        let entries = run["entries"].as_array().cloned().unwrap_or_default();
        let numbered = entries
            .iter()
            .enumerate()
            .all(|(n, entry)| entry["number"] == n);
        let ends_well = run["status"] != "succeeded"
            || entries.last().is_some_and(|last| last["result"] == "ok");
        row.must(
            numbered && ends_well,
            format!("the journal of {id} is not whole"),
        );
    }
    Ok(())
}

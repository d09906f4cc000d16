//! How fast the store is alone, under the load of `store::load`, and what it costs the server.
//! Usage: `throughput [seconds] [tasks] URL [scattered] [look-up]`; the database should be empty and its server on this machine.

use std::sync::Arc;
use store::Journal;
use store::load::{self, Plan};
use store_postgres::{Options, Postgres};

#[tokio::main(worker_threads = 2)]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let seconds = arguments.next().map_or(10, |s| s.parse().expect("seconds"));
    let tasks = arguments.next().map_or(64, |s| s.parse().expect("tasks"));
    let url = arguments.next().expect("the URL of a database");
    let flags: Vec<String> = arguments.collect();
    let plan = Plan {
        seconds,
        tasks,
        is_scattered: flags.iter().any(|f| f == "scattered"),
        looks_up: flags.iter().any(|f| f == "look-up"),
    };
    let options = Options { url, ca: None };
    let store = Arc::new(Postgres::connect(&options).await.expect("connect"));
    let server = Server::new(&options.url).await;
    let (cpu, disk) = (server.cpu(), server.bytes().await);
    let report = load::run(store.clone(), plan).await;
    let (cpu, disk) = (server.cpu() - cpu, server.bytes().await - disk);
    let stats = store.stats();
    store.close().await;
    println!(
        "{report}, {} us of the server, {:.1} units per batch (largest {}), {} repeated, {} bytes on disk per event",
        cpu / report.pairs.max(1),
        stats.units as f64 / stats.batches as f64,
        stats.largest_batch,
        stats.repeated,
        disk / report.pairs.max(1) as i64,
    );
}

/// The server as its machine and its tables show it.
struct Server {
    client: tokio_postgres::Client,
    postmaster: u32,
}

impl Server {
    async fn new(url: &str) -> Self {
        let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls)
            .await
            .expect("connect");
        tokio::spawn(connection);
        let row = client.query_one("VALUES (pg_backend_pid())", &[]).await;
        let backend: i32 = row.expect("a backend").get(0);
        let postmaster = stat(backend as u32).expect("the server is on this machine")[1];
        Self {
            client,
            postmaster: postmaster as u32,
        }
    }

    /// Microseconds that its processes, also those that ended, have run.
    fn cpu(&self) -> u64 {
        let own = stat(self.postmaster).expect("the server is there");
        let running = std::fs::read_dir("/proc")
            .expect("/proc")
            .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
            .filter_map(stat)
            .filter(|fields| fields[1] == u64::from(self.postmaster));
        let ticks: u64 = running.map(|fields| fields[11] + fields[12]).sum();
        (ticks + own[13] + own[14]) * 10_000
    }

    async fn bytes(&self) -> i64 {
        let size = "VALUES (pg_database_size(current_database()))";
        self.client
            .query_one(size, &[])
            .await
            .expect("the size")
            .get(0)
    }
}

/// Fields of a process from its third on; what is no number is 0.
fn stat(pid: u32) -> Option<Vec<u64>> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let fields = stat.rsplit(") ").next()?.split(' ');
    Some(fields.map(|field| field.parse().unwrap_or(0)).collect())
}

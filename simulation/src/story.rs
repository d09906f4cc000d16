//! One seed's story: trouble for a while, then none, until all is quiet; and what must be true then.

use crate::chance::Chance;
use crate::cluster::{Cluster, Sizes};
use crate::host::Power;
use crate::senders::Post;
use crate::universe::Universe;
use crate::weather::Weather;
use crate::world::{Mood, Outside};
use crate::{ending, people};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// From the end of all trouble until everything must be quiet.
const QUIET_WITHIN: Duration = Duration::from_secs(7_200);
const DAY: i64 = 24 * 3600;

pub struct Told {
    pub fault: Option<String>,
    pub hash: u64,
    pub lines: Vec<String>,
    /// How many calls the store was asked.
    pub calls: u64,
    pub runs: usize,
    pub sent: usize,
}

/// Tells the story of a seed: the same one whenever it is told.
pub fn tell(seed: u64, is_read: bool) -> Told {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime without I/O needs nothing");
    runtime.block_on(async {
        let plan = Chance::new(!seed);
        let universe = Arc::new(Universe::new(seed, Weather::draw(&plan), is_read));
        let clocks_jump = plan.percent(30);
        let moods = [(); 3].map(|()| Mood::draw(&plan));
        let gates = crate::gates::Plan::draw(&plan);
        let outside = Arc::new(Outside::new(moods, gates, !clocks_jump));
        let cluster = Cluster::new(universe.clone(), outside.clone(), Sizes::draw(&plan));
        crate::panics::forget();
        tokio::select! {
            biased;
            () = universe.goes_wrong() => {}
            () = live(&cluster, &plan, clocks_jump) => {}
        }
        let (runs, sent) = (
            universe.model().runs.len(),
            outside.ledger().sent.values().map(Vec::len).sum(),
        );
        let fault = crate::panics::told().or_else(|| universe.fault());
        Told {
            fault,
            hash: universe.trace.hash(),
            lines: universe.trace.take_lines(),
            calls: universe.calls(),
            runs,
            sent,
        }
    })
}

async fn live(cluster: &Arc<Cluster>, plan: &Chance, clocks_jump: bool) {
    let most = 1 + plan.below(3);
    (0..most).for_each(|_| cluster.start(0));
    people::set_up(cluster).await;
    let (post, time) = (Arc::new(Post::default()), plan.millis(10_000, 60_000));
    post.send(cluster, time);
    let trouble = Trouble::draw(plan, clocks_jump, most as usize);
    let until = Instant::now() + time;
    while Instant::now() < until {
        sleep(cluster.universe.chance.millis(50, trouble.pause)).await;
        trouble.make(cluster);
    }
    end_trouble(cluster);
    people::resume_all(cluster).await;
    let latest = Instant::now() + QUIET_WITHIN;
    while !(post.is_done() && ending::is_quiet(cluster)) {
        if Instant::now() > latest {
            cluster.universe.wrong(format!(
                "not quiet {QUIET_WITHIN:?} after all trouble was over: {}",
                ending::unrest(cluster)
            ));
            return;
        }
        sleep(Duration::from_millis(500)).await;
    }
    ending::judge(cluster, &post);
}

fn end_trouble(cluster: &Arc<Cluster>) {
    let universe = &cluster.universe;
    universe
        .trace
        .note(0, "all trouble is over", &[], format_args!(""));
    universe.sky.calm();
    let offset = cluster.furthest_offset();
    for member in cluster.members().iter() {
        member.host.set_power(Power::On);
        member.host.jump(offset);
    }
    if cluster.staying().is_empty() {
        cluster.start(offset);
    }
}

/// How much of what kind of trouble there is: weights, drawn per seed.
struct Trouble {
    /// At most so many milliseconds from one to the next.
    pause: u64,
    most: usize,
    weights: [u64; 7],
}

impl Trouble {
    fn draw(plan: &Chance, clocks_jump: bool, most: usize) -> Self {
        let weight = |weights: &[u64]| *plan.pick(weights);
        let weights = [
            weight(&[5, 20]),
            weight(&[0, 1, 5]),
            weight(&[0, 1, 5]),
            weight(&[0, 1, 5]),
            weight(&[0, 0, 2]),
            if clocks_jump { weight(&[1, 4]) } else { 0 },
            weight(&[0, 2]),
        ];
        Self {
            pause: weight(&[1_000, 4_000, 10_000]),
            most,
            weights,
        }
    }

    fn make(&self, cluster: &Arc<Cluster>) {
        let (universe, staying) = (&cluster.universe, cluster.staying());
        let chance = &universe.chance;
        let member = (!staying.is_empty()).then(|| chance.pick(&staying).clone());
        let mut at = chance.below(self.weights.iter().sum());
        let what = self
            .weights
            .iter()
            .position(|weight| at.checked_sub(*weight).map(|rest| at = rest).is_none());
        match (what, member) {
            (Some(0), _) => people::act(cluster),
            (Some(1), Some(member)) => cluster.kill(&member),
            (Some(2), Some(member)) => cluster.hold(&member, chance.millis(500, 15_000)),
            (Some(3), Some(member)) => cluster.stop(&member, chance.millis(0, 5_000)),
            (Some(4), _) => universe.sky.go_away(chance.millis(200, 12_000)),
            (Some(5), Some(member)) => {
                let to = *chance.pick(&[-DAY, -60, 0, 5, DAY]);
                universe.trace.note(
                    member.host.number,
                    "its clock jumps",
                    &[],
                    format_args!("to {to} s off"),
                );
                member.host.jump(to);
            }
            (Some(6), _) if staying.len() < 4 => cluster.start(0),
            _ => {}
        }
        while cluster.staying().len() < self.most && chance.percent(60) {
            cluster.start(0);
        }
    }
}

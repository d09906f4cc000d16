//! The nodes of a simulation: real engines, each on a host of its own, that come, go, die and are held.

use crate::chance::Chance;
use crate::host::{Host, Power};
use crate::line::Line;
use crate::universe::Universe;
use crate::world::{Outside, World};
use calls::Policy;
use engine::vault::Vault;
use engine::{Config, Engine};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::{sleep, timeout};

pub struct Cluster {
    pub universe: Arc<Universe>,
    pub outside: Arc<Outside>,
    sizes: Sizes,
    members: Mutex<Vec<Arc<Member>>>,
}

pub struct Member {
    pub host: Arc<Host>,
    engine: Mutex<Option<Engine>>,
    is_leaving: std::sync::atomic::AtomicBool,
}

/// How much a node holds and does at once: small, so that it overflows.
#[derive(Debug, Clone)]
pub struct Sizes {
    concurrency: usize,
    per_destination: usize,
    queued: usize,
}

impl Sizes {
    pub fn draw(chance: &Chance) -> Self {
        Self {
            concurrency: *chance.pick(&[1, 2, 64]),
            per_destination: *chance.pick(&[1, 2, 64]),
            queued: *chance.pick(&[1, 3, 1000]),
        }
    }
}

impl Member {
    pub fn engine(&self) -> Option<Engine> {
        self.engine
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Neither dead nor on its way out.
    pub fn stays(&self) -> bool {
        self.host.power() != Power::Off
            && !self.is_leaving.load(std::sync::atomic::Ordering::Relaxed)
    }
}

impl Cluster {
    pub fn new(universe: Arc<Universe>, outside: Arc<Outside>, sizes: Sizes) -> Arc<Self> {
        Arc::new(Self {
            universe,
            outside,
            sizes,
            members: Mutex::default(),
        })
    }

    pub fn members(&self) -> MutexGuard<'_, Vec<Arc<Member>>> {
        self.members.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn staying(&self) -> Vec<Arc<Member>> {
        self.members()
            .iter()
            .filter(|member| member.stays())
            .cloned()
            .collect()
    }

    /// An engine that somebody may talk to.
    pub fn any(&self) -> Option<Engine> {
        let engines: Vec<Engine> = self
            .members()
            .iter()
            .filter(|member| member.host.power() != Power::Off)
            .filter_map(|member| member.engine())
            .collect();
        (!engines.is_empty()).then(|| self.universe.chance.pick(&engines).clone())
    }

    /// Another node begins to start, and tries until the store lets it.
    pub fn start(self: &Arc<Self>, offset: i64) {
        let mut members = self.members();
        let host = Arc::new(Host::new(
            members.len() as u32 + 1,
            self.universe.began,
            offset,
        ));
        self.universe
            .trace
            .note(host.number, "starts", &[], format_args!(""));
        let member = Arc::new(Member {
            host,
            engine: Mutex::default(),
            is_leaving: false.into(),
        });
        members.push(member.clone());
        tokio::spawn(self.clone().run(member));
    }

    async fn run(self: Arc<Self>, member: Arc<Member>) {
        let host = &member.host;
        while host.power() != Power::Off {
            let line = Line {
                universe: self.universe.clone(),
                host: host.clone(),
                is_judged: true,
            };
            let world = World::new(self.universe.clone(), self.outside.clone(), host.clone());
            match Engine::start(
                Arc::new(line),
                Arc::new(world),
                Vault::new(&[7; 32]),
                self.config(host),
            )
            .await
            {
                Ok(engine) => {
                    *member.engine.lock().unwrap_or_else(PoisonError::into_inner) = Some(engine);
                    return;
                }
                Err(_) => sleep(Duration::from_millis(300)).await,
            }
        }
    }

    fn config(&self, host: &Arc<Host>) -> Config {
        let (clock, universe) = (host.clone(), self.universe.clone());
        Config {
            concurrency: self.sizes.concurrency,
            per_destination: self.sizes.per_destination,
            breaker: self.outside.plan.breaker.clone(),
            queued: self.sizes.queued,
            policy: |_| Policy {
                grace: Duration::from_secs(4),
                settle_within: Duration::from_secs(20),
                watchdog: Duration::from_secs(60),
                joins_by_session: false,
                legs_by_session: false,
                late_words: false,
            },
            clock: Arc::new(move || clock.now()),
            chance: Arc::new(move || universe.chance.bytes()),
            ..Config::new(format!("node{}", host.number))
        }
    }

    pub fn kill(&self, member: &Member) {
        self.universe
            .trace
            .note(member.host.number, "dies", &[], format_args!(""));
        member.host.set_power(Power::Off);
    }

    /// Nothing of the node moves for so long.
    pub fn hold(&self, member: &Arc<Member>, time: Duration) {
        self.universe.trace.note(
            member.host.number,
            "is held",
            &[],
            format_args!("for {time:?}"),
        );
        member.host.set_power(Power::Held);
        let (member, universe) = (member.clone(), self.universe.clone());
        tokio::spawn(async move {
            sleep(time).await;
            universe
                .trace
                .note(member.host.number, "goes on", &[], format_args!(""));
            member.host.set_power(Power::On);
        });
    }

    /// The node is told to stop, and is dead some time later whether it has or not.
    pub fn stop(&self, member: &Arc<Member>, grace: Duration) {
        let Some(engine) = member.engine() else {
            return self.kill(member);
        };
        self.universe.trace.note(
            member.host.number,
            "stops",
            &[],
            format_args!("within {grace:?}"),
        );
        member
            .is_leaving
            .store(true, std::sync::atomic::Ordering::Relaxed);
        let (member, universe) = (member.clone(), self.universe.clone());
        tokio::spawn(async move {
            let stopped = timeout(grace + Duration::from_secs(20), engine.stop(grace)).await;
            universe.trace.note(
                member.host.number,
                "is over",
                &[u64::from(stopped.is_ok())],
                format_args!(""),
            );
            member.host.set_power(Power::Off);
        });
    }

    /// A clock that is never behind what any clock showed.
    pub fn furthest_offset(&self) -> i64 {
        self.members()
            .iter()
            .map(|member| member.host.furthest())
            .max()
            .unwrap_or(0)
    }
}

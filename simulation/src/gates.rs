//! Whoever stands at the destinations and counts: never more come than the rate allows, and to one that a node has found shut
//! that node sends only probes, one at a time. Knows nothing of gates but what can be seen from outside.

use crate::chance::Chance;
use engine::gates::{RateSetting, Setting};
use kernel::gate::{Settings, Verdict};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::time::Instant;

/// A token may be spent so late, or a quarter of the time to the next one.
const SLACK: Duration = Duration::from_millis(251);
/// A probe that hangs keeps no other from going after this.
const PROBE: Duration = Duration::from_secs(30);

/// What is set for the destinations, and when breakers open.
#[derive(Debug, Clone)]
pub struct Plan {
    pub breaker: Settings,
    pub rates: [Option<RateSetting>; 3],
}

impl Plan {
    pub fn draw(chance: &Chance) -> Self {
        let breaker = Settings {
            failures: *chance.pick(&[1, 2, 3, 10]),
            first: Duration::from_secs(*chance.pick(&[1, 5])),
            longest: Duration::from_secs(*chance.pick(&[5, 60])),
            ..Settings::default()
        };
        let rates = [(); 3].map(|()| {
            let (count, period_s, burst) = *chance.pick(&[(1, 1.0, 1), (1, 2.0, 3), (5, 1.0, 2)]);
            let rate = RateSetting {
                count,
                period_s,
                burst,
            };
            chance.percent(35).then_some(rate)
        });
        Self { breaker, rates }
    }

    pub fn setting(&self, at: usize) -> Setting {
        Setting {
            rate: self.rates[at],
            ..Setting::default()
        }
    }
}

#[derive(Default)]
pub struct Watch {
    came: BTreeMap<String, Vec<Instant>>,
    eyes: BTreeMap<(u32, String), Eye>,
    /// Destinations that somebody has paused and resumed: what comes then is another story.
    resumed: Vec<String>,
}

/// What one node must have found out about a destination.
#[derive(Default)]
struct Eye {
    turn: u32,
    failures: u32,
    shut: Option<Shut>,
    /// It has been well again: from then on it cannot be told from outside.
    is_done: bool,
    /// When those probes began that are under way.
    probes: Vec<Instant>,
}

struct Shut {
    since: Instant,
    at_least: Duration,
}

/// A call that is under way.
pub struct Seen {
    turn: u32,
    at: Instant,
}

impl Watch {
    /// A call begins; `late` is the longest time that the store took to give tokens out, `intended` that this call may have
    /// been given out before.
    pub fn begin(
        &mut self,
        host: u32,
        to: &str,
        rate: Option<RateSetting>,
        [late, intended]: [Duration; 2],
    ) -> (Seen, Option<String>) {
        let now = Instant::now();
        let came = self.came.entry(to.into()).or_default();
        came.push(now);
        let too_many = rate.and_then(|rate| passes(came, rate, late + slack(rate)));
        let eye = self.eyes.entry((host, to.into())).or_default();
        let (turn, too_soon) = eye.begin(now, intended);
        let seen = Seen { turn, at: now };
        let told = |what: String| format!("node {host} sent to `{to}` {what}");
        (seen, too_many.or(too_soon).map(told))
    }

    pub fn end(&mut self, host: u32, to: &str, seen: &Seen, verdict: Verdict, settings: &Settings) {
        let is_done = self.resumed.iter().any(|name| name == to);
        if let Some(eye) = self.eyes.get_mut(&(host, to.into())) {
            eye.is_done |= is_done;
            eye.end(seen, verdict, settings);
        }
    }

    pub fn resumed(&mut self, to: &str) {
        self.resumed.push(to.into());
        let eyes = self.eyes.iter_mut().filter(|((_, name), _)| name == to);
        eyes.for_each(|(_, eye)| eye.is_done = true);
    }
}

fn slack(rate: RateSetting) -> Duration {
    SLACK.max(Duration::from_secs_f64(
        rate.period_s / f64::from(rate.count) / 4.0 + 0.001,
    ))
}

fn passes(came: &[Instant], rate: RateSetting, slack: Duration) -> Option<String> {
    let last = came.last()?;
    let step = rate.period_s / f64::from(rate.count);
    (1..=came.len()).find_map(|count| {
        let passed = (*last - came[came.len() - count] + slack).as_secs_f64();
        let most = f64::from(rate.burst) + passed / step;
        (count as f64 > most + 1e-6).then(|| {
            format!("as the {count}th in {passed} s, with {slack:?} of slack, against {rate:?}")
        })
    })
}

impl Eye {
    /// In which turn a call begins, and what is wrong with it.
    fn begin(&mut self, now: Instant, intended: Duration) -> (u32, Option<String>) {
        let Some(shut) = self.shut.as_ref().filter(|_| !self.is_done) else {
            return (self.turn, None);
        };
        let passed = now - shut.since;
        // Given out before the last failure came back.
        if passed <= intended && !shut.at_least.is_zero() {
            return (self.turn - 1, None);
        }
        if passed < shut.at_least {
            let wrong = format!("{passed:?} after it was found shut");
            return (self.turn, Some(wrong));
        }
        let other = self.probes.iter().find(|began| now < **began + PROBE);
        let wrong = other.map(|began| format!("while it probes since {:?}", now - *began));
        self.probes.push(now);
        (self.turn, wrong)
    }

    fn end(&mut self, seen: &Seen, verdict: Verdict, settings: &Settings) {
        self.probes.retain(|began| *began != seen.at);
        if seen.turn != self.turn || self.is_done {
            return;
        }
        let least = match verdict {
            Verdict::Nothing => return,
            Verdict::Well | Verdict::Refused => {
                self.failures = 0;
                self.is_done |= self.shut.is_some();
                return;
            }
            Verdict::Failed => settings.first.mul_f64(0.79),
            Verdict::Asked(wait) => wait,
        };
        self.failures += 1;
        let opens = matches!(verdict, Verdict::Asked(_)) || self.shut.is_some();
        if opens || self.failures >= settings.failures {
            self.shut = Some(Shut {
                since: Instant::now(),
                at_least: least,
            });
            self.turn += 1;
        }
    }
}

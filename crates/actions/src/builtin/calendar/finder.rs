//! Where a connection's calendar is: its address may be the calendar's, an account's or the server's (RFC 4791, 6764). What was
//! found is remembered for a while, so that a step does not ask for it each time.

use super::server::{Server, Stop, short};
use crate::failure::Code;
use calendar::dav::Found;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use url::Url;

const REMEMBERED: Duration = Duration::from_secs(600);
const MOST: usize = 256;
/// Servers point from one address to the next.
const MOST_HOPS: usize = 4;

#[derive(Default)]
pub(super) struct Finder(Mutex<Vec<Known>>);

struct Known {
    connection: String,
    version: u32,
    wanted: String,
    url: Url,
    since: Instant,
}

pub(super) struct Calendar {
    pub(super) name: String,
    pub(super) url: Url,
}

/// The calendars that there are.
pub(super) struct Account {
    pub(super) calendars: Vec<Calendar>,
    /// The connection's address is that of the first.
    pub(super) is_named: bool,
}

impl Finder {
    /// The address of the calendar that the step names, else of the connection's.
    pub(super) async fn calendar(
        &self,
        server: &Server<'_>,
        named: Option<&str>,
    ) -> Result<Url, Stop> {
        let wanted = named
            .unwrap_or_else(|| server.connection.text("calendar"))
            .trim();
        if let Some(url) = self.known(server, wanted) {
            return Ok(url);
        }
        let account = account(server, !wanted.is_empty()).await?;
        let url = account.pick(wanted, &server.connection.name)?.url.clone();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.remove(0);
        }
        all.push(Known {
            connection: server.connection.id.clone(),
            version: server.connection.version,
            wanted: wanted.to_owned(),
            url: url.clone(),
            since: Instant::now(),
        });
        Ok(url)
    }

    fn known(&self, server: &Server<'_>, wanted: &str) -> Option<Url> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|known| known.since.elapsed() < REMEMBERED);
        let is_it = |known: &&Known| {
            known.connection == server.connection.id
                && known.version == server.connection.version
                && known.wanted == wanted
        };
        all.iter().find(is_it).map(|known| known.url.clone())
    }

    /// It is no longer there.
    pub(super) fn forget(&self, url: &Url) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|known| known.url != *url);
    }
}

impl Account {
    pub(super) fn pick(&self, wanted: &str, connection: &str) -> Result<&Calendar, Stop> {
        let listed = || {
            let names: Vec<_> = self
                .calendars
                .iter()
                .map(|one| format!("`{}`", short(&one.name)))
                .collect();
            names.join(", ")
        };
        let missing = |message: String| Stop::from(Code::CalendarMissing.because(message));
        if wanted.is_empty() {
            return match self.calendars.as_slice() {
                [] => Err(missing(format!(
                    "the account of connection `{connection}` has no calendar for events"
                ))),
                [only] => Ok(only),
                [first, ..] if self.is_named => Ok(first),
                _ => Err(missing(format!(
                    "the account of connection `{connection}` has the calendars {}: name one in its field Calendar, or in the step",
                    listed()
                ))),
            };
        }
        let is_it = |one: &&Calendar| {
            let last = one
                .url
                .path_segments()
                .and_then(|parts| parts.rev().find(|part| !part.is_empty()));
            one.name.to_lowercase() == wanted.to_lowercase()
                || last == Some(wanted)
                || one.url.as_str() == wanted
        };
        self.calendars.iter().find(is_it).ok_or_else(|| {
            missing(format!(
                "connection `{connection}` has no calendar `{}`; there are: {}",
                short(wanted),
                listed()
            ))
        })
    }
}

/// All calendars of the connection's account; where its address is a calendar and nothing else is wanted, that alone.
pub(super) async fn account(server: &Server<'_>, all: bool) -> Result<Account, Stop> {
    let tried = match found_at(server, server.base().clone()).await {
        Ok((url, found)) => {
            if found.is_calendar && !all {
                let calendars = vec![named(url, &found)];
                return Ok(Account {
                    calendars,
                    is_named: true,
                });
            }
            home(server, &url, &found).await
        }
        Err(stop) => Err(stop),
    };
    let first = match tried {
        Ok(home) => return list(server, &home).await,
        Err(stop) if stop.is_final() => return Err(stop),
        Err(stop) => stop,
    };
    let known = server.address(server.base(), "/.well-known/caldav")?;
    let Ok((url, found)) = found_at(server, known).await else {
        return Err(first);
    };
    match home(server, &url, &found).await {
        Ok(home) => list(server, &home).await,
        Err(_) => Err(first),
    }
}

impl Stop {
    /// Another address of the server would be reached and accepted no better.
    fn is_final(&self) -> bool {
        let code = self.failure.code.as_str();
        code == "sign_in" || self.status().is_none() && code != "calendar_missing"
    }
}

/// What is at an address, or where it points.
async fn found_at(server: &Server<'_>, mut url: Url) -> Result<(Url, Found), Stop> {
    for _ in 0..MOST_HOPS {
        match server.find(&url, "0").await {
            Ok(found) => return Ok((url, found.into_iter().next().unwrap_or_default())),
            Err(stop) => match &stop.location {
                Some(location) => {
                    url = server
                        .address(&url, location)
                        .map_err(|fault| stop_at(fault, &stop))?
                }
                None => return Err(stop),
            },
        }
    }
    let message = format!(
        "the address of connection `{}` points from one to the next without end",
        server.connection.name
    );
    Err(Code::CalendarMissing.because(message).into())
}

fn stop_at(fault: crate::failure::Fault, stop: &Stop) -> Stop {
    Stop {
        exchange: stop.exchange.clone(),
        ..Stop::from(fault)
    }
}

/// Where the calendars of whoever signs in are.
async fn home(server: &Server<'_>, url: &Url, found: &Found) -> Result<Url, Stop> {
    if let Some(home) = &found.home {
        return Ok(server.address(url, home)?);
    }
    if let Some(principal) = &found.principal {
        let principal = server.address(url, principal)?;
        let (url, found) = found_at(server, principal).await?;
        if let Some(home) = &found.home {
            return Ok(server.address(&url, home)?);
        }
    }
    let message = format!(
        "the server of connection `{}` does not say where calendars are: give the address of the calendar itself",
        server.connection.name
    );
    Err(Code::CalendarMissing.because(message).into())
}

async fn list(server: &Server<'_>, home: &Url) -> Result<Account, Stop> {
    let found = server.find(home, "1").await?;
    let calendars = found
        .iter()
        .filter(|found| found.is_calendar && found.holds_events);
    let calendars = calendars.map(|found| Ok(named(server.address(home, &found.href)?, found)));
    Ok(Account {
        calendars: calendars.collect::<Result<_, Stop>>()?,
        is_named: false,
    })
}

fn named(mut url: Url, found: &Found) -> Calendar {
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    let last = url
        .path_segments()
        .and_then(|parts| parts.rev().find(|part| !part.is_empty()));
    let name = found
        .name
        .clone()
        .unwrap_or_else(|| last.unwrap_or("/").to_owned());
    Calendar { name, url }
}

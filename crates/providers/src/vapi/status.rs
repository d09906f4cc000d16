//! `status-update`: the call's way from queued to ended. Only the report tells how it went, so an end here is not complete.

use super::{ending, message::Message, transfer};
use crate::{Unreadable, time};
use calls::{Kind, Observation};

pub fn read(message: &Message) -> Result<Option<Observation>, Unreadable> {
    let status = message.text(&["/status"]).unwrap_or_default();
    let observe = |claims| message.observe(Some(&status), claims);
    let mut observation = match status.as_str() {
        "scheduled" | "queued" => with_status(observe(vec![])?, "initiated"),
        "ringing" => with_status(observe(vec![Kind::Started])?, "ringing"),
        "in-progress" => with_status(observe(vec![Kind::Started, Kind::Answered])?, "in-progress"),
        "forwarding" => with_status(transfer::started(message)?, "in-progress"),
        "ended" => return ended(message, &status).map(Some),
        _ => return Ok(None),
    };
    if status == "in-progress" {
        let call = &mut observation.call;
        call.answered_at = call.started_at.or(observation.at);
    }
    Ok(Some(observation))
}

fn with_status(mut observation: Observation, status: &str) -> Observation {
    observation.call.status = Some(status.into());
    observation
}

fn ended(message: &Message, status: &str) -> Result<Observation, Unreadable> {
    let mut observation = message.observe(Some(status), vec![Kind::Ended])?;
    observation.call.ended_at = time::at(message.body(), &["/endedAt", "/call/endedAt"]);
    if let Some(reason) = message.text(&["/endedReason", "/call/endedReason"]) {
        ending::apply(&reason, &mut observation.call);
        if ending::is_voicemail(&reason) {
            observation.claims.push(Kind::VoicemailDetected);
        }
    }
    Ok(observation)
}

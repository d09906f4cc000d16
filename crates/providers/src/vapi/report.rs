//! `end-of-call-report`: everything about a call that is over. It comes once, and nothing about the call comes later.

use super::{analysis, ending, message::Message, transcript, transfer};
use crate::message::claims;
use crate::{Unreadable, field, time};
use calls::{Kind, Observation, call};
use serde_json::Value;

pub fn read(message: &Message) -> Result<Observation, Unreadable> {
    let body = message.body();
    let mut observation = message.observe(None, vec![Kind::Ended])?;
    let call = &mut observation.call;
    call.ended_at = time::at(body, &["/endedAt", "/call/endedAt"]);
    call.duration_s = duration(body, call.started_at.zip(call.ended_at));
    call.transcript = transcript::read(body).into();
    call.recording = recording(body);
    let reason = message
        .text(&["/endedReason", "/call/endedReason"])
        .unwrap_or_default();
    if !reason.is_empty() {
        ending::apply(&reason, call);
    }
    call.transfer = transfer::last(body, ending::is_transfer(&reason));
    let (analysis, disposition) = analysis::read(body);
    call.analysis = analysis;
    call.disposition = disposition;

    let claims = claims([
        (Kind::VoicemailDetected, ending::is_voicemail(&reason)),
        (Kind::TransferEnded, call.transfer.is_some()),
        (Kind::RecordingReady, call.recording.is_some()),
        (Kind::Analyzed, call.analysis.is_some()),
    ]);
    observation.complete = true;
    observation.no_analysis_to_come = call.analysis.is_none();
    observation.at = call.ended_at.or(observation.at);
    observation.claims.extend(claims);
    Ok(observation)
}

fn duration(body: &Value, ends: Option<(kernel::Timestamp, kernel::Timestamp)>) -> Option<f64> {
    let seconds = field::number(body, &["/durationSeconds", "/call/durationSeconds"]);
    let milliseconds = field::number(body, &["/durationMs", "/call/durationMs"]);
    seconds
        .or(milliseconds.map(|milliseconds| milliseconds / 1e3))
        .filter(|seconds| *seconds >= 0.0)
        .or_else(|| ends.and_then(|(start, end)| time::seconds_between(start, end)))
}

/// A presigned link goes first: where the organisation's storage is private it is the only one that opens, for as long as it lasts.
fn recording(body: &Value) -> Option<call::Recording> {
    let mono: [&[&str]; 2] = [
        &[
            "/artifact/presignedMonoUrl",
            "/call/artifact/presignedMonoUrl",
        ],
        &[
            "/artifact/recordingUrl",
            "/artifact/recording/mono/combinedUrl",
            "/recordingUrl",
            "/call/artifact/recordingUrl",
            "/call/recordingUrl",
        ],
    ];
    let stereo: [&[&str]; 2] = [
        &[
            "/artifact/presignedStereoUrl",
            "/call/artifact/presignedStereoUrl",
        ],
        &[
            "/artifact/stereoRecordingUrl",
            "/artifact/recording/stereoUrl",
            "/stereoRecordingUrl",
            "/call/artifact/stereoRecordingUrl",
            "/call/stereoRecordingUrl",
        ],
    ];
    let choices = [
        (mono[0], 1, true),
        (stereo[0], 2, true),
        (mono[1], 1, false),
        (stereo[1], 2, false),
    ];
    choices
        .into_iter()
        .find_map(|(pointers, channels, expires)| {
            let url = field::text(body, pointers)?;
            let expiry = [
                "/artifact/presignedUrlsExpiresAt",
                "/call/artifact/presignedUrlsExpiresAt",
            ];
            Some(call::Recording {
                link: None,
                channels: Some(channels),
                format: format(&url),
                duration_s: None,
                expires_at: time::at(body, &expiry).filter(|_| expires),
                url: Some(url),
            })
        })
}

/// The file's extension, where it is one of sound.
fn format(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next()?;
    let (_, extension) = path.rsplit_once('.')?;
    let known = ["wav", "mp3", "ogg", "m4a", "flac", "webm"];
    known
        .into_iter()
        .find(|known| extension.eq_ignore_ascii_case(known))
        .map(Into::into)
}

//! Links of our own in what goes out. Made when a message is taken, and kept with the call: so an event says the same at every
//! attempt. Such a link opens a copy, which may be made some moments later.

use super::{Recordings, id_of};
use crate::engine::Inner;
use calls::Call;
use calls::recording::source;
use jiff::SignedDuration;
use kernel::Timestamp;
use kernel::id::{CallId, RecordingId};

const LINKS: &str = "links to recordings";

impl Inner {
    /// What proves that we gave out a link to a copy that opens until then, in seconds since 1970.
    pub(super) fn sign_recording(&self, id: RecordingId, until_s: i64) -> String {
        self.vault.sign(LINKS, format!("{id} {until_s}").as_bytes())
    }

    /// Where a copy opens until then, below the server's address.
    pub(super) fn recording_path(&self, id: RecordingId, until_s: i64) -> String {
        let signature = self.sign_recording(id, until_s);
        format!("/v1/recordings/{id}/audio?expires={until_s}&signature={signature}")
    }

    /// One that was made for the same recording stays.
    pub(crate) fn link_recording(
        &self,
        settings: &Recordings,
        id: CallId,
        call: &mut Call,
        now: Timestamp,
    ) {
        let (Some(lasts), Some(base)) = (settings.link_lasts(), &self.config.public_url) else {
            return;
        };
        let Some(recording) = &mut call.snapshot.recording else {
            return;
        };
        let Some(url) = recording.url.as_deref().filter(|url| !url.is_empty()) else {
            return;
        };
        let id = id_of(id, &source(url));
        let same = format!("/v1/recordings/{id}/");
        if recording
            .link
            .as_deref()
            .is_some_and(|link| link.contains(&same))
        {
            return;
        }
        let until = now.as_second().saturating_add(lasts.as_secs());
        let base = base.trim_end_matches('/');
        recording.link = Some(format!("{base}{}", self.recording_path(id, until)));
    }
}

impl Recordings {
    /// How long links of our own open; `None`: what goes out has the platform's.
    fn link_lasts(&self) -> Option<SignedDuration> {
        let days = self.link_days.filter(|_| self.keep == super::Keep::Copy)?;
        Some(SignedDuration::from_hours(
            24 * i64::from(days.min(self.days)),
        ))
    }
}

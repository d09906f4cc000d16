//! When a call is analysed here, and when it is told of and settled: its analysis begins once, with the words that it reads, and
//! what a platform finds meanwhile is told together with ours. Not what an analysis says.

use super::derive;
use super::memory::analysis_hash;
use super::moments::{Stage, after};
use crate::Kind;
use crate::agent::Extracts;
use crate::call::Progress;
use kernel::Timestamp;
use std::time::Duration;

/// Turns that come one by one are all there when none has come for so long.
const QUIET: Duration = Duration::from_secs(5);

impl Stage<'_> {
    /// Begins what is to begin, tells what is to be told, and settles the call when nothing is to come any more.
    pub fn conclude(&mut self) {
        let has_ended = self.call.has(Kind::Ended);
        if has_ended {
            self.begin_analysis();
        }
        let is_pending = self.is_pending(has_ended);
        if !is_pending {
            self.tell_analysis();
        }
        let (extracts, is_done) = (
            self.call.progress == Progress::Begun,
            self.call.extraction.is_some()
                || self.call.analysis_hash.is_some()
                || self.call.no_analysis_to_come,
        );
        if let Some(profile) = self.call.snapshot.profile_mut() {
            profile.extracts = extracts;
        }
        if has_ended && !is_pending && is_done && !self.awaits_recording() {
            self.settle();
        }
    }

    /// Where the end is told in this very message, the flow starts on that.
    fn begin_analysis(&mut self) {
        self.call.quiet_until = None;
        let Some(when) = self.call.extraction else {
            return;
        };
        let mut ends = self.moments.iter();
        let ends_now = ends.any(|moment| moment.kind == Kind::Ended && !moment.settled);
        let may_begin = match self.call.progress {
            Progress::None => ends_now,
            Progress::Waits => true,
            Progress::Begun | Progress::Over => false,
        };
        if !may_begin {
            return;
        }
        let has_words = when != Extracts::Never && self.call.snapshot.has_words();
        let quiet_at = self.quiet_at().filter(|_| has_words);
        let words_to_come = quiet_at.is_some() || self.may_have_words_to_come(when);
        let has_theirs = when != Extracts::Always && self.call.snapshot.analysis.is_some();
        let theirs_to_come =
            when == Extracts::Never && !self.call.no_analysis_to_come && !self.call.settled;
        if (has_words || has_theirs) && !words_to_come {
            self.call.progress = Progress::Begun;
            if !ends_now {
                self.offer_to_analyze();
            }
        } else if words_to_come || theirs_to_come {
            self.call.progress = Progress::Waits;
            self.call.quiet_until = quiet_at;
        } else if !self.call.settled {
            self.call.progress = Progress::None;
        }
    }

    /// Until when more turns may come: for a while after the last one, and never beyond the grace.
    fn quiet_at(&self) -> Option<Timestamp> {
        let call = &self.call;
        let (last, end) = (call.last_turn_at?, call.end_told_at?);
        let quiet_at = after(last.max(end), QUIET).min(after(end, self.policy.grace));
        // Stores keep timers in milliseconds.
        let is_over = quiet_at.as_millisecond() <= self.now.as_millisecond();
        (!is_over && !call.settled).then_some(quiet_at)
    }

    fn may_have_words_to_come(&self, when: Extracts) -> bool {
        let call = &self.call;
        self.policy.late_words
            && when != Extracts::Never
            && !call.settled
            && derive::connected(call) != Some(false)
            && !call.snapshot.has_words()
    }

    fn is_pending(&self, has_ended: bool) -> bool {
        self.call.extraction.is_some()
            && !self.call.settled
            && match self.call.progress {
                Progress::None => !has_ended,
                Progress::Waits | Progress::Begun => true,
                Progress::Over => false,
            }
    }

    /// The first analysis is a moment; a later one only if it says something else, and by another name.
    pub fn tell_analysis(&mut self) {
        let Some(at) = self.call.untold_analysis.take() else {
            return;
        };
        let hash = analysis_hash(&self.call.snapshot);
        match self.call.analysis_hash.replace(hash) {
            None => self.raise(Kind::Analyzed, at),
            // Nothing says that an answer is newer than the message was.
            Some(known) if known != hash && !self.by_backfill => self.raise(Kind::Reanalyzed, at),
            Some(_) => {}
        }
    }
}

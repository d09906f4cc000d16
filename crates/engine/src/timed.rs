//! The timers that runs and calls should have, as rows of a unit. They are fired in `timers`.

use calls::Call;
use kernel::Timestamp;
use kernel::id::{CallId, RunId};
use store::journal::{Timer, TimerKind, Unit};

pub(crate) fn run_timer(kind: TimerKind, run: RunId, due_at: Timestamp) -> Timer {
    Timer {
        part: run.part(),
        due_at,
        kind,
        subject: run.bytes(),
    }
}

/// The timers that a call should have now.
pub(crate) fn call_timers(id: CallId, call: &Call) -> Vec<Timer> {
    let timer = |(kind, due_at)| Timer {
        part: id.part(),
        due_at,
        kind: stored_kind(kind),
        subject: id.bytes(),
    };
    calls::fold::timers(call).into_iter().map(timer).collect()
}

fn stored_kind(kind: calls::TimerKind) -> TimerKind {
    match kind {
        calls::TimerKind::Grace => TimerKind::CallGrace,
        calls::TimerKind::Settle => TimerKind::CallSettle,
        calls::TimerKind::Watchdog => TimerKind::CallWatchdog,
    }
}

/// Sets the timers that `after` has and `before` had not, clears the others.
pub(crate) fn reset_timers(unit: &mut Unit, before: &[Timer], after: &[Timer]) {
    unit.set_timers.extend(
        after
            .iter()
            .filter(|timer| !before.contains(timer))
            .cloned(),
    );
    unit.clear_timers.extend(
        before
            .iter()
            .filter(|timer| !after.contains(timer))
            .cloned(),
    );
}

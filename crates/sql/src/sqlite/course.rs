//! Who asked for a change may stop waiting while it is made: the two agree on whether it is kept.

use std::sync::atomic::{AtomicU8, Ordering};

const UNDER_WAY: u8 = 0;
const KEPT: u8 = 1;
const GIVEN_UP: u8 = 2;

#[derive(Default)]
pub struct Course(AtomicU8);

impl Course {
    /// Whoever waits gives up. Whether that is sure: nothing is kept from then on.
    pub fn give_up(&self) -> bool {
        self.turn(GIVEN_UP)
    }

    /// Whether the change may be kept: nobody has given up.
    pub(super) fn keep(&self) -> bool {
        self.turn(KEPT)
    }

    fn turn(&self, to: u8) -> bool {
        let turned = self
            .0
            .compare_exchange(UNDER_WAY, to, Ordering::SeqCst, Ordering::SeqCst);
        turned.is_ok()
    }
}

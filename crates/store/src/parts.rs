//! A set of partitions: 1,024 bits, so that a query can ask for a node's share in one small value.

use kernel::id::PARTITIONS;
use std::fmt;

const BYTES: usize = PARTITIONS as usize / 8;

#[derive(Clone, PartialEq, Eq)]
pub struct Parts([u8; BYTES]);

impl Parts {
    pub fn none() -> Self {
        Self([0; BYTES])
    }

    pub fn all() -> Self {
        Self([0xff; BYTES])
    }

    pub fn has(&self, part: u16) -> bool {
        self.0[usize::from(part) / 8] & (1 << (part % 8)) != 0
    }

    pub fn add(&mut self, part: u16) {
        self.0[usize::from(part) / 8] |= 1 << (part % 8);
    }

    pub fn remove(&mut self, part: u16) {
        self.0[usize::from(part) / 8] &= !(1 << (part % 8));
    }

    pub fn iter(&self) -> impl Iterator<Item = u16> + '_ {
        let bytes = (0u16..).step_by(8).zip(self.0);
        let some = bytes.filter(|(_, byte)| *byte != 0);
        some.flat_map(|(first, _)| first..first + 8)
            .filter(|part| self.has(*part))
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|byte| *byte == 0)
    }

    pub fn len(&self) -> usize {
        self.0.iter().map(|byte| byte.count_ones() as usize).sum()
    }

    /// Bit `part % 8` (from the least significant) of byte `part / 8`: as PostgreSQL's `get_bit` counts.
    pub fn bits(&self) -> &[u8; BYTES] {
        &self.0
    }
}

impl FromIterator<u16> for Parts {
    fn from_iter<I: IntoIterator<Item = u16>>(parts: I) -> Self {
        let mut set = Self::none();
        parts.into_iter().for_each(|part| set.add(part));
        set
    }
}

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} partitions", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_added_and_nothing_else() {
        let mut parts: Parts = [0, 7, 8, 1023].into_iter().collect();
        assert_eq!(parts.iter().collect::<Vec<_>>(), [0, 7, 8, 1023]);
        parts.remove(8);
        assert_eq!((parts.len(), parts.has(8), parts.has(7)), (3, false, true));
        assert!(Parts::none().is_empty());
        assert_eq!(Parts::all().len(), 1024);
    }
}

//! Thresholds on one value, sorted, so that those which a value has passed stand together.

use crate::lang::Side;

/// Thresholds of one side, each with the place of whom it belongs to.
#[derive(Debug)]
pub(super) struct Bounds {
    side: Side,
    sorted: Vec<(f64, usize)>,
}

impl Bounds {
    pub fn new(side: Side, mut bounds: Vec<(f64, usize)>) -> Self {
        bounds.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        Bounds {
            side,
            sorted: bounds,
        }
    }

    /// The places of those that the value keeps to.
    pub fn kept(&self, value: f64) -> impl Iterator<Item = usize> + '_ {
        let kept = match self.side {
            Side::Least => {
                let end = self.sorted.partition_point(|(least, _)| *least <= value);
                &self.sorted[..end]
            }
            Side::Most => {
                let start = self.sorted.partition_point(|(most, _)| *most < value);
                &self.sorted[start..]
            }
        };
        kept.iter().map(|(_, place)| *place)
    }
}

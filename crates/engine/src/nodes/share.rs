//! The division of the partitions among nodes: each goes to the node that scores highest for it, so that a node that comes or
//! goes moves only its own share. Pure: every node computes the same from the same names.

use kernel::id::PARTITIONS;
use store::Parts;

/// The partitions that are `me`'s among `nodes`.
pub(crate) fn share(nodes: &[String], me: &str) -> Parts {
    let (mine, others): (Vec<u64>, Vec<u64>) = (
        vec![name_hash(me)],
        nodes
            .iter()
            .filter(|node| *node != me)
            .map(|node| name_hash(node))
            .collect(),
    );
    (0..PARTITIONS)
        .filter(|part| {
            let own = score(mine[0], *part);
            others.iter().all(|other| score(*other, *part) < own)
        })
        .collect()
}

/// FNV-1a.
fn name_hash(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The finalizer of SplitMix64 over both.
fn score(name: u64, part: u16) -> u64 {
    let mut x = name ^ (u64::from(part) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(n: usize) -> Vec<String> {
        (0..n).map(|n| format!("node-{n}")).collect()
    }

    #[test]
    fn every_partition_is_one_nodes_and_shares_are_alike() {
        for count in [1, 2, 3, 5, 16] {
            let nodes = names(count);
            let shares: Vec<Parts> = nodes.iter().map(|node| share(&nodes, node)).collect();
            for part in 0..PARTITIONS {
                assert_eq!(shares.iter().filter(|share| share.has(part)).count(), 1);
            }
            let even = usize::from(PARTITIONS) / count;
            assert!(shares.iter().all(|share| share.len() > even * 6 / 10));
        }
    }

    #[test]
    fn a_node_that_comes_takes_only_its_own_share() {
        let (before, after) = (names(3), names(4));
        for node in &before {
            let (old, new) = (share(&before, node), share(&after, node));
            assert!(new.iter().all(|part| old.has(part)));
        }
    }
}

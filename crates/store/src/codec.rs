//! How bodies and states rest on disk: one byte of format, then the bytes, compressed where that can pay.
//! Formats are only ever added, so every older row stays readable.

use crate::{Error, Result};
use bytes::Bytes;
use lz4_flex::block::{CompressTable, compress_into_with_table, get_maximum_output_size};
use std::cell::RefCell;

const STORED: u8 = 0;
const LZ4: u8 = 1;
const WORTH_COMPRESSING: usize = 128;
/// Smaller bodies are compressed in room that the thread keeps.
const SCRATCH_BYTES: usize = 1 << 16;
/// No honest body is larger; a damaged length must not allocate.
const LARGEST: usize = 256 << 20;

thread_local! {
    static SCRATCH: RefCell<(CompressTable, Vec<u8>)> = RefCell::new((CompressTable::small(), Vec::new()));
}

pub fn pack(body: &[u8]) -> Bytes {
    if body.len() < WORTH_COMPRESSING {
        return stored(body);
    }
    let largest = 5 + get_maximum_output_size(body.len());
    if body.len() >= SCRATCH_BYTES {
        let mut room = vec![0; largest];
        let size = pack_into(body, &mut CompressTable::large(), &mut room);
        if size < largest / 2 {
            return Bytes::copy_from_slice(&room[..size]);
        }
        // Most of the room is used: a copy would cost more than the rest of it.
        room.truncate(size);
        return room.into();
    }
    SCRATCH.with_borrow_mut(|(table, room)| {
        if room.len() < largest {
            room.resize(largest, 0);
        }
        let size = pack_into(body, table, room);
        Bytes::copy_from_slice(&room[..size])
    })
}

/// How much of the room it takes.
fn pack_into(body: &[u8], table: &mut CompressTable, room: &mut [u8]) -> usize {
    room[0] = LZ4;
    room[1..5].copy_from_slice(&(body.len() as u32).to_le_bytes());
    let size = compress_into_with_table(body, &mut room[5..], table)
        .expect("the room is of the largest possible size");
    if 4 + size < body.len() {
        return 5 + size;
    }
    room[0] = STORED;
    room[1..=body.len()].copy_from_slice(body);
    1 + body.len()
}

fn stored(body: &[u8]) -> Bytes {
    let mut stored = Vec::with_capacity(1 + body.len());
    stored.push(STORED);
    stored.extend_from_slice(body);
    stored.into()
}

pub fn unpack(packed: &[u8]) -> Result<Bytes> {
    let unreadable =
        |why: String| Error::Corrupt(format!("a body of {} bytes: {why}", packed.len()));
    match packed.split_first() {
        None => Ok(Bytes::new()),
        Some((&STORED, body)) => Ok(Bytes::copy_from_slice(body)),
        Some((&LZ4, body)) => {
            let (size, _) = lz4_flex::block::uncompressed_size(body)
                .map_err(|error| unreadable(error.to_string()))?;
            if size > LARGEST {
                return Err(unreadable(format!("claims {size} bytes")));
            }
            lz4_flex::block::decompress_size_prepended(body)
                .map(Bytes::from)
                .map_err(|error| unreadable(error.to_string()))
        }
        Some((format, _)) => Err(unreadable(format!("format {format} is unknown"))),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_body_survives_its_packing_whatever_its_size() {
        for size in [0, 1, 127, 128, 5000, 1 << 20] {
            for body in [
                vec![7; size],
                (0..size).map(|i| (i * 131 % 251) as u8).collect(),
            ] {
                assert_eq!(unpack(&pack(&body)).unwrap(), body);
            }
        }
    }

    #[test]
    fn a_body_that_does_not_compress_grows_by_one_byte() {
        let noise: Vec<u8> = (0..400u64)
            .map(|i| (i.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8 ^ (i * i) as u8)
            .collect();
        assert!(pack(&noise).len() <= noise.len() + 1);
    }

    #[test]
    fn damaged_and_unknown_bodies_are_told_apart_from_empty_ones() {
        for damaged in [
            &[1u8, 255, 255, 255, 255][..],
            &[1, 4, 0, 0, 0, 99],
            &[1],
            &[9, 1, 2],
        ] {
            assert!(
                matches!(unpack(damaged), Err(Error::Corrupt(_))),
                "{damaged:?}"
            );
        }
    }
}

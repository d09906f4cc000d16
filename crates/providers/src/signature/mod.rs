//! What the platforms' signature schemes are built from; a scheme itself is in its platform's folder.
//! Every scheme compares all candidates of a header, at most [`MAX_CANDIDATES`], and never leaves early on a difference.

mod basis;
pub mod ed25519;
pub mod jwt;
mod mac;
mod token;
mod window;

pub use basis::{configured, header, with_secret};
pub use mac::{Encoding, Hash, any_same, base64, hmac, pairs, same, sha256};
pub use token::{bearers, sent};
pub use window::{TOLERANCE_S, fresh, fresh_within, seconds};

/// More signatures than this in one request are not looked at.
pub const MAX_CANDIDATES: usize = 1_000;

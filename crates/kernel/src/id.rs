//! Ids: 16 bytes that sort by time and carry their partition, so that an id alone finds its row on any store.
//! Layout, from the front: 48 bits of unix milliseconds, 10 bits of partition, 70 bits of randomness.
//! Text is a prefix that names the kind and 26 Crockford characters, e.g. `run_01hf…`.

use std::{fmt, hash::Hash, marker::PhantomData, str::FromStr};

/// How many partitions there are; a partition number is below this.
pub const PARTITIONS: u16 = 1024;

const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

pub trait Kind: Copy + Eq + Ord + Hash + fmt::Debug + Send + Sync + 'static {
    const PREFIX: &'static str;
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id<K: Kind> {
    bits: u128,
    kind: PhantomData<fn() -> K>,
}

impl<K: Kind> Id<K> {
    /// An id made at `unix_ms` in partition `part` from 16 bytes of the caller's randomness.
    pub fn new(unix_ms: u64, part: u16, random: [u8; 16]) -> Self {
        let random = u128::from_be_bytes(random) & ((1 << 70) - 1);
        let part = u128::from(part % PARTITIONS) << 70;
        Self::from_bits((u128::from(unix_ms) << 80) | part | random)
    }

    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self::from_bits(u128::from_be_bytes(bytes))
    }

    pub fn bytes(self) -> [u8; 16] {
        self.bits.to_be_bytes()
    }

    /// The partition that this id belongs to.
    pub fn part(self) -> u16 {
        ((self.bits >> 70) & 1023) as u16
    }

    /// When this id was made.
    pub fn unix_ms(self) -> u64 {
        (self.bits >> 80) as u64
    }

    /// The same bits under another kind's prefix: a message and the first event it raised share their bits.
    pub fn cast<T: Kind>(self) -> Id<T> {
        Id::from_bits(self.bits)
    }

    /// The id `n` places behind this one: what is made together sorts in the order in which it was made.
    pub fn behind(self, n: usize) -> Self {
        const RANDOM: u128 = (1 << 70) - 1;
        let random = (self.bits & RANDOM).wrapping_add(n as u128) & RANDOM;
        Self::from_bits(self.bits & !RANDOM | random)
    }

    fn from_bits(bits: u128) -> Self {
        Self {
            bits,
            kind: PhantomData,
        }
    }
}

impl<K: Kind> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [0u8; 26];
        for (i, digit) in text.iter_mut().enumerate() {
            *digit = DIGITS[((self.bits >> (5 * (25 - i))) & 31) as usize];
        }
        write!(
            f,
            "{}_{}",
            K::PREFIX,
            std::str::from_utf8(&text).expect("digits are ASCII")
        )
    }
}

impl<K: Kind> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text is not an id of this kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAnId {
    pub expected: &'static str,
}

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "not an id: expected `{}_` and 26 characters",
            self.expected
        )
    }
}

impl std::error::Error for NotAnId {}

impl<K: Kind> FromStr for Id<K> {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let wrong = NotAnId {
            expected: K::PREFIX,
        };
        let digits = text
            .strip_prefix(K::PREFIX)
            .and_then(|rest| rest.strip_prefix('_'));
        let digits = digits.filter(|d| d.len() == 26).ok_or(wrong.clone())?;
        let mut bits: u128 = 0;
        for (i, byte) in digits.bytes().enumerate() {
            let value = DIGITS
                .iter()
                .position(|d| *d == byte.to_ascii_lowercase())
                .ok_or(wrong.clone())?;
            if i == 0 && value > 7 {
                return Err(wrong);
            }
            bits = (bits << 5) | value as u128;
        }
        Ok(Self::from_bits(bits))
    }
}

impl<K: Kind> serde::Serialize for Id<K> {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de, K: Kind> serde::Deserialize<'de> for Id<K> {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $alias:ident = $kind:ident $prefix:literal;)*) => {$(
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $kind;
        impl Kind for $kind {
            const PREFIX: &'static str = $prefix;
        }
        $(#[$doc])*
        pub type $alias = Id<$kind>;
    )*};
}

kinds! {
    WorkspaceId = Workspace "ws";
    FlowId = Flow "flow";
    RunId = Run "run";
    EventId = Event "evt";
    /// A message as it came in; the first event it raises has the same bits.
    MessageId = Message "msg";
    CallId = Call "call";
    EndpointId = Endpoint "ep";
    KeyId = Key "key";
    SecretId = Secret "sec";
    ConnectionId = Connection "con";
    SessionId = Session "ses";
    SettingId = Setting "set";
    DestinationId = Destination "dest";
    AlertId = Alert "alert";
    RecipeId = Recipe "rcp";
    AgentId = Agent "agent";
    CampaignId = Campaign "camp";
    ContactId = Contact "cont";
    BudgetId = Budget "bud";
    RecordingId = Recording "rec";
    ReceiptId = Receipt "fgt";
    MemberId = Member "mem";
    AuditId = Audit "aud";
    /// A message of an endpoint, whatever became of it.
    ArrivalId = Arrival "arr";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_its_text_and_keeps_its_partition() {
        let id = RunId::new(1_763_000_000_123, 777, [0xab; 16]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!((id.part(), id.unix_ms()), (777, 1_763_000_000_123));
    }

    #[test]
    fn what_is_made_together_keeps_its_order_and_partition() {
        let first = EventId::new(1_763_000_000_123, 777, [0xab; 16]);
        let second = first.behind(1);
        assert!(first < second && second < first.behind(2));
        assert_eq!((second.part(), second.unix_ms()), (777, 1_763_000_000_123));
        assert_eq!(first.behind(0), first);
        let last = EventId::new(1, 2, [0xff; 16]).behind(1);
        assert_eq!((last.part(), last.unix_ms()), (2, 1));
    }

    #[test]
    fn text_of_another_kind_or_shape_is_refused() {
        let run = RunId::new(1, 2, [3; 16]).to_string();
        for text in [
            run.replace("run_", "flow_"),
            run[..20].into(),
            format!("{run}0"),
            "run_".into(),
            run.replace('0', "u"),
        ] {
            assert_eq!(
                text.parse::<RunId>(),
                Err(NotAnId { expected: "run" }),
                "{text}"
            );
        }
    }

    #[test]
    fn ids_sort_by_the_time_they_were_made() {
        assert!(RunId::new(1, 1023, [255; 16]) < RunId::new(2, 0, [0; 16]));
    }
}

//! JSON values as the binary protocol binds them, and what comes back as JSON.

use super::wire::{Packet, put_bytes};
use crate::{Trouble, moment};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::{Timestamp, fmt::temporal::DateTimeParser};
use serde_json::{Number, Value};

const DOUBLE: u8 = 0x05;
const NULL: u8 = 0x06;
const LONGLONG: u8 = 0x08;
const TEXT: u8 = 0xfd;
/// Of a type that is sent, and of a column that is read.
const UNSIGNED_SENT: u8 = 0x80;
const UNSIGNED: u16 = 0x20;
/// The character set of what is no text.
const BINARY: u16 = 63;

/// Its type (two bytes), and its bytes behind the others.
pub(super) fn put(value: &Value, out: &mut Vec<u8>) -> [u8; 2] {
    let whole = |number: i64, out: &mut Vec<u8>| {
        out.extend_from_slice(&number.to_le_bytes());
        [LONGLONG, 0]
    };
    match value {
        Value::Null => [NULL, 0],
        Value::Bool(truth) => whole((*truth).into(), out),
        Value::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(number), ..) => whole(number, out),
            (_, Some(number), _) => {
                out.extend_from_slice(&number.to_le_bytes());
                [LONGLONG, UNSIGNED_SENT]
            }
            (.., Some(float)) if float.fract() == 0.0 && float.abs() < 1e15 => {
                whole(float as i64, out)
            }
            (.., float) => {
                out.extend_from_slice(&float.unwrap_or_default().to_le_bytes());
                [DOUBLE, 0]
            }
        },
        Value::String(text) => {
            let moment = moment_in_utc(text);
            put_bytes(out, moment.as_deref().unwrap_or(text).as_bytes());
            [TEXT, 0]
        }
        other => {
            put_bytes(out, other.to_string().as_bytes());
            [TEXT, 0]
        }
    }
}

/// `2026-11-26T10:00:00+02:00` as these databases read it.
fn moment_in_utc(text: &str) -> Option<String> {
    const PARSER: DateTimeParser = DateTimeParser::new();
    let looks = (20..=35).contains(&text.len()) && text.as_bytes().get(10) == Some(&b'T');
    let at: Timestamp = looks.then(|| PARSER.parse_timestamp(text).ok())??;
    let at = at.to_string();
    Some(at.trim_end_matches('Z').replacen('T', " ", 1))
}

/// A column, as far as it says how its values are read.
pub(super) struct Column {
    pub(super) name: String,
    kind: u8,
    charset: u16,
    flags: u16,
}

impl Column {
    pub(super) fn read(packet: &[u8]) -> Result<Column, Trouble> {
        let mut packet = Packet(packet);
        for _ in 0..4 {
            packet.bytes()?;
        }
        let name = String::from_utf8_lossy(packet.bytes()?).into_owned();
        packet.bytes()?;
        packet.count()?;
        let charset = packet.number(2)? as u16;
        packet.number(4)?;
        Ok(Column {
            name,
            charset,
            kind: packet.u8()?,
            flags: packet.number(2)? as u16,
        })
    }

    pub(super) fn value(&self, row: &mut Packet<'_>) -> Result<Value, Trouble> {
        let unsigned = self.flags & UNSIGNED != 0;
        let whole = |row: &mut Packet<'_>, bytes: usize| -> Result<Value, Trouble> {
            let number = row.number(bytes)?;
            let unused = 64 - 8 * bytes as u32;
            Ok(match unsigned {
                true => number.into(),
                false => (((number << unused) as i64) >> unused).into(),
            })
        };
        Ok(match self.kind {
            0x01 => whole(row, 1)?,
            0x02 => whole(row, 2)?,
            0x0d => row.number(2)?.into(),
            0x03 | 0x09 => whole(row, 4)?,
            0x08 => whole(row, 8)?,
            // By its own digits: as a wider float it would show those it never had.
            0x04 => float(f32::from_bits(row.number(4)? as u32).to_string()),
            0x05 => float(f64::from_bits(row.number(8)?).to_string()),
            0x0a => moment(row, "")?,
            0x0c => moment(row, "T")?,
            0x07 => moment(row, "TZ")?,
            0x0b => span(row)?,
            0xf5 => {
                let bytes = row.bytes()?;
                serde_json::from_slice(bytes).unwrap_or_else(|_| text(bytes))
            }
            0x10 => {
                let bits = row.bytes()?.iter();
                bits.fold(0u64, |number, byte| number << 8 | u64::from(*byte))
                    .into()
            }
            0x00 | 0xf6 => text(row.bytes()?),
            _ if self.charset == BINARY => STANDARD.encode(row.bytes()?).into(),
            _ => text(row.bytes()?),
        })
    }
}

fn text(bytes: &[u8]) -> Value {
    String::from_utf8_lossy(bytes).into()
}

fn float(digits: String) -> Value {
    let number = digits.parse().ok().and_then(Number::from_f64);
    number.map_or(Value::String(digits), Value::Number)
}

/// `shape`: the sign before the clock, and the one behind it; none for a date alone.
fn moment(row: &mut Packet<'_>, shape: &str) -> Result<Value, Trouble> {
    let length = row.u8()?;
    let (mut date, mut clock, mut micros) = ([0; 3], [0; 3], 0);
    if length >= 4 {
        date = [row.number(2)?, row.number(1)?, row.number(1)?];
    }
    if length >= 7 {
        clock = [row.number(1)?, row.number(1)?, row.number(1)?];
    }
    if length >= 11 {
        micros = row.number(4)?;
    }
    let [year, month, day] = date;
    let mut text = format!("{year:04}-{month:02}-{day:02}");
    let mut signs = shape.chars();
    if let Some(sign) = signs.next() {
        let [hours, minutes, seconds] = clock;
        text += &format!("{sign}{hours:02}:{minutes:02}:{seconds:02}");
        text += &moment::fraction_of(micros as i64);
        text.extend(signs);
    }
    Ok(text.into())
}

/// A time may have more than 24 hours, and be less than none.
fn span(row: &mut Packet<'_>) -> Result<Value, Trouble> {
    let length = row.u8()?;
    if length == 0 {
        return Ok("00:00:00".into());
    }
    let sign = if row.u8()? == 1 { "-" } else { "" };
    let days = row.number(4)?;
    let [hours, minutes, seconds] = [row.number(1)?, row.number(1)?, row.number(1)?];
    let micros = if length >= 12 { row.number(4)? } else { 0 };
    let hours = days * 24 + hours;
    let fraction = moment::fraction_of(micros as i64);
    Ok(format!("{sign}{hours:02}:{minutes:02}:{seconds:02}{fraction}").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_in_utc_and_other_texts_stay() {
        let told = |text| moment_in_utc(text);
        assert_eq!(told("2026-11-26T10:00:00Z").unwrap(), "2026-11-26 10:00:00");
        assert_eq!(
            told("2026-11-26T10:00:00.5+02:00").unwrap(),
            "2026-11-26 08:00:00.5"
        );
        for text in [
            "2026-11-26",
            "2026-11-26T10:00:00",
            "hello there, how are you",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}

//! A value of PostgreSQL, as it goes over the wire in binary, as JSON. What has no form here is refused with how to ask for it.

use super::number::numeric;
use crate::{Trouble, moment};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Number, Value};
use std::error::Error;
use std::net::{Ipv4Addr, Ipv6Addr};
use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, Kind, Type};

const MAX_DEPTH: usize = 6;

pub(super) fn read(row: &Row, at: usize, kind: &Type, name: &str) -> Result<Value, Trouble> {
    let raw: Option<Raw<'_>> = row
        .try_get(at)
        .map_err(|error| Trouble::Nonsense(error.to_string()))?;
    let Some(Raw(raw)) = raw else {
        return Ok(Value::Null);
    };
    value(raw, kind).ok_or_else(|| {
        Trouble::Input(format!(
            "the column `{name}` is a `{kind}` that has no form in JSON: ask for it as text, `{name}::text`"
        ))
    })
}

fn value(raw: &[u8], kind: &Type) -> Option<Value> {
    let mut bytes = Bytes(raw);
    Some(match *kind {
        Type::BOOL => (bytes.u8()? != 0).into(),
        Type::INT2 => (bytes.u16()? as i16).into(),
        Type::INT4 => bytes.i32()?.into(),
        Type::INT8 => bytes.i64()?.into(),
        Type::OID | Type::XID => (bytes.i32()? as u32).into(),
        // By its own digits: as a wider float it would show those it never had.
        Type::FLOAT4 => float(f32::from_bits(bytes.i32()? as u32).to_string()),
        Type::FLOAT8 => float(f64::from_bits(bytes.i64()? as u64).to_string()),
        Type::NUMERIC => numeric(raw)?.into(),
        Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN | Type::XML => {
            text(raw)?
        }
        Type::JSON => serde_json::from_slice(raw).ok()?,
        Type::JSONB => serde_json::from_slice(raw.get(1..)?).ok()?,
        Type::BYTEA => STANDARD.encode(raw).into(),
        Type::UUID => uuid(raw)?.into(),
        Type::DATE => moment::date(bytes.i32()?)?.into(),
        Type::TIME => moment::time(bytes.i64()?).into(),
        Type::TIMESTAMP => moment::timestamp(bytes.i64()?, false)?.into(),
        Type::TIMESTAMPTZ => moment::timestamp(bytes.i64()?, true)?.into(),
        Type::INTERVAL => {
            let (micros, days, months) = (bytes.i64()?, bytes.i32()?, bytes.i32()?);
            moment::interval(months, days, micros).into()
        }
        Type::INET | Type::CIDR => network(raw)?.into(),
        Type::VOID => Value::Null,
        _ => match kind.kind() {
            Kind::Enum(_) => text(raw)?,
            Kind::Domain(inner) => value(raw, inner)?,
            Kind::Array(inner) => array(bytes, inner)?,
            _ if kind.name() == "citext" => text(raw)?,
            _ => return None,
        },
    })
}

fn text(raw: &[u8]) -> Option<Value> {
    std::str::from_utf8(raw).ok().map(Value::from)
}

/// What is no number in JSON is its name.
fn float(digits: String) -> Value {
    let number = digits.parse().ok().and_then(Number::from_f64);
    number.map_or(Value::String(digits), Value::Number)
}

fn uuid(raw: &[u8]) -> Option<String> {
    let number = u128::from_be_bytes(raw.try_into().ok()?);
    let hex = format!("{number:032x}");
    Some(format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    ))
}

/// Family, bits of the network, whether it is one, length, address.
fn network(raw: &[u8]) -> Option<String> {
    let (bits, is_network, address) = (*raw.get(1)?, *raw.get(2)? != 0, raw.get(4..)?);
    let (text, whole) = match address.len() {
        4 => {
            let address: [u8; 4] = address.try_into().ok()?;
            (Ipv4Addr::from(address).to_string(), 32)
        }
        16 => {
            let address: [u8; 16] = address.try_into().ok()?;
            (Ipv6Addr::from(address).to_string(), 128)
        }
        _ => return None,
    };
    Some(match bits == whole && !is_network {
        true => text,
        false => format!("{text}/{bits}"),
    })
}

fn array(mut bytes: Bytes<'_>, kind: &Type) -> Option<Value> {
    let depth = usize::try_from(bytes.i32()?).ok()?;
    bytes.i32()?;
    bytes.i32()?;
    if depth > MAX_DEPTH {
        return None;
    }
    let mut lengths = Vec::with_capacity(depth);
    for _ in 0..depth {
        lengths.push(usize::try_from(bytes.i32()?).ok()?);
        bytes.i32()?;
    }
    match lengths.is_empty() {
        true => Some(Value::Array(Vec::new())),
        false => items(&mut bytes, &lengths, kind),
    }
}

fn items(bytes: &mut Bytes<'_>, lengths: &[usize], kind: &Type) -> Option<Value> {
    let (length, inner) = lengths.split_first()?;
    let mut list = Vec::new();
    for _ in 0..*length {
        list.push(match inner.is_empty() {
            false => items(bytes, inner, kind)?,
            true => match bytes.i32()? {
                -1 => Value::Null,
                size => value(bytes.take(usize::try_from(size).ok()?)?, kind)?,
            },
        });
    }
    Some(Value::Array(list))
}

/// What is left to read.
pub(super) struct Bytes<'b>(pub(super) &'b [u8]);

impl<'b> Bytes<'b> {
    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn u8(&mut self) -> Option<u8> {
        self.take(1).map(|taken| taken[0])
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.take(2)?.try_into().ok().map(u16::from_be_bytes)
    }

    fn i32(&mut self) -> Option<i32> {
        self.take(4)?.try_into().ok().map(i32::from_be_bytes)
    }

    fn i64(&mut self) -> Option<i64> {
        self.take(8)?.try_into().ok().map(i64::from_be_bytes)
    }
}

struct Raw<'b>(&'b [u8]);

impl<'b> FromSql<'b> for Raw<'b> {
    fn from_sql(_: &Type, raw: &'b [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Raw(raw))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

//! PostgreSQL's `numeric` as it goes over the wire, as decimal text: digit for digit, for no float holds it.

use super::cell::Bytes;

/// Digits are in groups of four; `weight` is the place of the first group before the point.
pub(super) fn numeric(raw: &[u8]) -> Option<String> {
    let mut raw = Bytes(raw);
    let count = usize::from(raw.u16()?);
    let weight = i32::from(raw.u16()? as i16);
    let sign = raw.u16()?;
    let scale = usize::from(raw.u16()?);
    match sign {
        0xC000 => return Some("NaN".into()),
        0xD000 => return Some("Infinity".into()),
        0xF000 => return Some("-Infinity".into()),
        _ => {}
    }
    let mut groups = Vec::with_capacity(count);
    for _ in 0..count {
        groups.push(raw.u16()?);
    }
    let group = |at: i32| {
        let at = usize::try_from(at).ok();
        at.and_then(|at| groups.get(at)).copied().unwrap_or(0)
    };
    let mut text = String::from(if sign == 0x4000 { "-" } else { "" });
    text += &match weight {
        0.. => group(0).to_string(),
        _ => "0".into(),
    };
    for at in 1..=weight {
        text += &format!("{:04}", group(at));
    }
    if scale > 0 {
        let mut fraction = String::new();
        let mut at = weight.max(-1) + 1;
        // Groups of nothing stand before the first one of a small number.
        let mut missing = (-1 - weight).max(0);
        while fraction.len() < scale {
            if missing > 0 {
                missing -= 1;
                fraction += "0000";
            } else {
                fraction += &format!("{:04}", group(at));
                at += 1;
            }
        }
        fraction.truncate(scale);
        text = text + "." + &fraction;
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::numeric;

    fn wire(weight: i16, sign: u16, scale: u16, groups: &[u16]) -> Vec<u8> {
        let head = [groups.len() as u16, weight as u16, sign, scale];
        head.iter()
            .chain(groups)
            .flat_map(|part| part.to_be_bytes())
            .collect()
    }

    #[test]
    fn a_number_keeps_every_digit() {
        for (weight, sign, scale, groups, text) in [
            (0, 0, 2, &[12, 3400][..], "12.34"),
            (1, 0x4000, 0, &[1, 2345], "-12345"),
            (2, 0, 0, &[1], "100000000"),
            (-1, 0, 4, &[1], "0.0001"),
            (-2, 0, 8, &[1], "0.00000001"),
            (0, 0, 0, &[], "0"),
            (0, 0, 3, &[], "0.000"),
            (0, 0xC000, 0, &[], "NaN"),
        ] {
            assert_eq!(
                numeric(&wire(weight, sign, scale, groups)).as_deref(),
                Some(text)
            );
        }
        assert_eq!(numeric(&[0, 5, 0]), None);
    }
}

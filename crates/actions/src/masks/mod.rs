//! Values that are not to be seen, found in whatever was made of them: as they are, encoded, in part, written in other ways. It replaces
//! them and knows nothing of who may see them; what says the same in other words is not found.

mod cuts;
mod digits;
mod forms;
mod pieces;
#[cfg(test)]
mod tests;
mod values;

pub(crate) use forms::forms;
pub(crate) use values::Values;

use cuts::Cuts;
use digits::Digits;
use forms::{forms_of, in_both_cases};
use pieces::Pieces;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

/// A shorter value is no secret by itself: it would be found everywhere.
const SHORTEST: usize = 4;
/// Bytes of all values: what is said in a call has far fewer. With more, everything is masked.
const MOST: usize = 1 << 20;

/// Values of one kind, with one text in their place. Upper and lower case are the same.
#[derive(Default)]
pub struct Masks {
    mask: &'static str,
    bytes: usize,
    everything: bool,
    values: Values,
    pieces: Pieces,
    cuts: Cuts,
    digits: Digits,
}

impl Masks {
    /// Shows `mask` in place of what is found.
    pub fn new(mask: &'static str) -> Self {
        Self {
            mask,
            ..Self::default()
        }
    }

    /// Masks every text, whatever it says.
    pub fn everything(mask: &'static str) -> Self {
        Self {
            everything: true,
            ..Self::new(mask)
        }
    }

    pub fn cover(&mut self, value: &str) {
        let value = value.trim();
        self.bytes += value.len();
        self.everything |= self.bytes > MOST;
        if self.everything || value == self.mask {
            return;
        }
        self.digits.add(value);
        let cases = in_both_cases(value);
        let forms = cases.iter().flat_map(|value| forms_of(value, SHORTEST));
        for form in forms.map(|form| fold(&form)).collect::<BTreeSet<_>>() {
            self.cuts.add(&form);
            match form.len() > pieces::LEAST {
                true => self.pieces.add(form),
                false => self.values.add(self.mask, vec![form.into()]),
            }
        }
    }

    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.everything && !text.is_empty() {
            return Cow::Owned(self.mask.into());
        }
        let found = self.find(text);
        if found.is_empty() {
            return Cow::Borrowed(text);
        }
        let (mut masked, mut kept) = (String::new(), 0);
        for range in found {
            masked.push_str(&text[kept..range.start]);
            masked.push_str(self.mask);
            kept = range.end;
        }
        masked.push_str(&text[kept..]);
        Cow::Owned(masked)
    }

    /// Texts, keys and numbers of a JSON value.
    pub fn value(&self, value: &mut Value) {
        self.numbers(value);
        mask_tree(value, &|text| self.text(text));
    }

    fn numbers(&self, value: &mut Value) {
        match value {
            Value::Number(number) => {
                let text = number.to_string();
                if let Cow::Owned(masked) = self.text(&text) {
                    *value = masked.into();
                }
            }
            Value::Array(list) => list.iter_mut().for_each(|item| self.numbers(item)),
            Value::Object(map) => map.values_mut().for_each(|item| self.numbers(item)),
            _ => {}
        }
    }

    /// In order, apart from each other and between characters.
    fn find(&self, text: &str) -> Vec<Range<usize>> {
        let small = fold(text);
        let mut found: Vec<Range<usize>> = self.values.find(&small).map(|(at, _)| at).collect();
        found.extend(self.pieces.find(&small));
        found.extend(self.digits.find(&small));
        // Whoever cuts a text says so with dots.
        let whole = small.trim_end_matches(['.', '…']);
        found.extend(self.cuts.find(whole));
        found.sort_by_key(|range| range.start);
        let mut apart: Vec<Range<usize>> = Vec::with_capacity(found.len());
        for range in found {
            let range = text.floor_char_boundary(range.start)..text.ceil_char_boundary(range.end);
            match apart.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => apart.push(range),
            }
        }
        apart
    }
}

/// In small letters, each as long as it was, so that places in both are the same.
fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let small = |sign: char| {
        let mut small = sign.to_lowercase();
        let first = small.next().filter(|_| small.next().is_none());
        first.filter(|first| first.len_utf8() == sign.len_utf8())
    };
    text.chars()
        .map(|sign| small(sign).unwrap_or(sign))
        .collect()
}

/// Masks every text and key of a JSON value, where an escape such as `\u0041` hides nothing; whether a value was found.
pub(crate) fn mask_tree(value: &mut Value, mask: &dyn Fn(&str) -> Cow<'_, str>) -> bool {
    match value {
        Value::String(text) => {
            let masked = mask(text);
            let is_found = masked != text.as_str();
            if is_found {
                *text = masked.into_owned();
            }
            is_found
        }
        Value::Array(list) => list
            .iter_mut()
            .fold(false, |found, item| mask_tree(item, mask) | found),
        Value::Object(map) => {
            let mut found = false;
            *map = std::mem::take(map)
                .into_iter()
                .map(|(key, mut value)| {
                    let masked = mask(&key).into_owned();
                    found |= mask_tree(&mut value, mask) | (masked != key);
                    (masked, value)
                })
                .collect();
            found
        }
        _ => false,
    }
}

//! Filters on texts. A list or object is taken as its JSON text, null as the empty one.

use super::super::value::{self, within};
use super::arguments::{count, text as argument};
use super::{Input, Made};
use memchr::memmem;
use serde_json::Value;
use std::borrow::Cow;

/// Below this many parts a list of them is small next to what may be put out.
const MOST_PARTS: usize = 100_000;

/// The input as a text short enough to be put out again.
pub(super) fn short(input: &Value) -> Result<Cow<'_, str>, String> {
    let text = value::text(input)?;
    within(text.len()).map(|()| text)
}

pub(super) fn text(input: Input<'_>, _: &[Input<'_>]) -> Made {
    Ok(short(&input)?.into())
}

pub(super) fn trim(input: Input<'_>, _: &[Input<'_>]) -> Made {
    Ok(short(&input)?.trim().into())
}

pub(super) fn lower(input: Input<'_>, _: &[Input<'_>]) -> Made {
    Ok(short(&input)?.to_lowercase().into())
}

pub(super) fn upper(input: Input<'_>, _: &[Input<'_>]) -> Made {
    Ok(short(&input)?.to_uppercase().into())
}

/// Every word with a capital and the rest in small letters.
pub(super) fn title(input: Input<'_>, _: &[Input<'_>]) -> Made {
    let mut inside = false;
    let mut titled = String::new();
    for c in short(&input)?.chars() {
        if inside {
            titled.extend(c.to_lowercase());
        } else {
            titled.extend(c.to_uppercase());
        }
        inside = c.is_alphanumeric() || (inside && c == '\'');
    }
    Ok(titled.into())
}

/// Letters and digits in small, with single hyphens for all else.
pub(super) fn slug(input: Input<'_>, _: &[Input<'_>]) -> Made {
    let lower = short(&input)?.to_lowercase();
    let words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    Ok(words.collect::<Vec<_>>().join("-").into())
}

/// At most so many characters, the ending among them.
pub(super) fn truncate(input: Input<'_>, arguments: &[Input<'_>]) -> Made {
    let most = count(&arguments[0])?;
    let ending = arguments
        .get(1)
        .map_or(Ok(Cow::Borrowed("…")), |ending| argument(ending))?;
    let text = value::text(&input)?;
    if text.char_indices().nth(most).is_none() {
        return Ok(text.into());
    }
    let kept = most.saturating_sub(ending.chars().count());
    let end = text
        .char_indices()
        .nth(kept)
        .map_or(text.len(), |(at, _)| at);
    let cut = text[..end].trim_end();
    within(cut.len() + ending.len())?;
    Ok(cut
        .chars()
        .chain(ending.chars())
        .take(most)
        .collect::<String>()
        .into())
}

pub(super) fn replace(input: Input<'_>, arguments: &[Input<'_>]) -> Made {
    let (old, new) = (argument(&arguments[0])?, argument(&arguments[1])?);
    let text = value::text(&input)?;
    if old.is_empty() {
        return Err("cannot replace an empty text".to_owned());
    }
    let found = memmem::find_iter(text.as_bytes(), old.as_bytes()).count();
    within((text.len() - found * old.len()).saturating_add(found.saturating_mul(new.len())))?;
    Ok(text.replace(&*old, &new).into())
}

/// Into parts at a separator; an empty one separates characters.
pub(super) fn split(input: Input<'_>, arguments: &[Input<'_>]) -> Made {
    let separator = argument(&arguments[0])?;
    let text = short(&input)?;
    let parts: Vec<Value> = match &*separator {
        _ if text.is_empty() => Vec::new(),
        "" => text
            .chars()
            .take(MOST_PARTS + 1)
            .map(|c| c.to_string().into())
            .collect(),
        separator => text
            .split(separator)
            .take(MOST_PARTS + 1)
            .map(Value::from)
            .collect(),
    };
    if parts.len() > MOST_PARTS {
        return Err(format!("would give more than {MOST_PARTS} parts"));
    }
    Ok(parts.into())
}

/// Stars for all but the last characters, four unless told; for all of a text that is no longer.
pub(super) fn mask(input: Input<'_>, arguments: &[Input<'_>]) -> Made {
    let shown = arguments.first().map_or(Ok(4), |shown| count(shown))?;
    let text = short(&input)?;
    let length = text.chars().count();
    let hidden = if length > shown {
        length - shown
    } else {
        length
    };
    Ok("*"
        .repeat(hidden)
        .chars()
        .chain(text.chars().skip(hidden))
        .collect::<String>()
        .into())
}

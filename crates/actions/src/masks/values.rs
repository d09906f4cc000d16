//! Finds forms of values in text that came from outside. One pass over the text, whatever the number of values; nothing at all when there
//! are none.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use zeroize::Zeroizing;

/// Bytes with which a form begins: none is shorter.
const START: usize = 4;

#[derive(Default)]
pub(crate) struct Values {
    /// A form, and what stands in its place.
    forms: Vec<(Zeroizing<String>, String)>,
    /// Places of forms by how they begin, longer forms first.
    starts: HashMap<[u8; START], Vec<usize>>,
}

impl Values {
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    /// Shows `shown` in place of each form.
    pub fn add(&mut self, shown: &str, forms: Vec<Zeroizing<String>>) {
        for form in forms {
            let Some(start) = form.as_bytes().first_chunk::<START>() else {
                continue;
            };
            let known = self.starts.entry(*start).or_default();
            let longer = |at: &usize| self.forms[*at].0.len() >= form.len();
            known.insert(known.partition_point(longer), self.forms.len());
            self.forms.push((form, shown.into()));
        }
    }

    /// Where forms stand in a text, none over another, and which.
    pub fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (Range<usize>, &'t str)> {
        let bytes = text.as_bytes();
        let mut at = 0;
        std::iter::from_fn(move || {
            if self.is_empty() {
                return None;
            }
            while let Some(start) = bytes[at..].first_chunk::<START>() {
                let begin = self.starts.get(start);
                let mut found = begin.into_iter().flatten().map(|form| &self.forms[*form]);
                match found.find(|(form, _)| bytes[at..].starts_with(form.as_bytes())) {
                    Some((form, shown)) => {
                        let range = at..at + form.len();
                        at = range.end;
                        return Some((range, shown.as_str()));
                    }
                    None => at += 1,
                }
            }
            None
        })
    }

    pub fn mask<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut masked = String::new();
        let mut kept = 0;
        for (range, shown) in self.find(text) {
            masked.push_str(&text[kept..range.start]);
            masked.push_str(shown);
            kept = range.end;
        }
        if kept == 0 {
            return Cow::Borrowed(text);
        }
        masked.push_str(&text[kept..]);
        Cow::Owned(masked)
    }

    /// The longest part of a form with which a text ends: it was cut there.
    pub fn cut(&self, text: &str, shortest: usize) -> Option<Range<usize>> {
        let ends = |form: &str| {
            let mut lengths = (shortest..form.len()).rev();
            lengths.find(|length| text.as_bytes().ends_with(&form.as_bytes()[..*length]))
        };
        let lengths = self.forms.iter().filter_map(|(form, _)| ends(form));
        let length = lengths.max()?;
        Some(text.len() - length..text.len())
    }
}

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
    /// Forms by how they begin, and by their lengths, longer ones first.
    starts: HashMap<[u8; START], Vec<Forms>>,
}

/// Places of forms of one length, in the order of their bytes.
struct Forms {
    length: usize,
    places: Vec<usize>,
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
            let length = form.len();
            let at = known.partition_point(|forms| forms.length > length);
            if known.get(at).is_none_or(|forms| forms.length != length) {
                let places = Vec::new();
                known.insert(at, Forms { length, places });
            }
            if let Err(place) = known[at].place(form.as_bytes(), &self.forms) {
                known[at].places.insert(place, self.forms.len());
                self.forms.push((form, shown.into()));
            }
        }
    }

    /// The longest form with which these bytes begin.
    pub fn longest(&self, bytes: &[u8]) -> Option<(usize, &str)> {
        let known = self.starts.get(bytes.first_chunk::<START>()?)?;
        known.iter().find_map(|forms| {
            let place = forms.place(bytes.get(..forms.length)?, &self.forms).ok()?;
            let (_, shown) = &self.forms[forms.places[place]];
            Some((forms.length, shown.as_str()))
        })
    }

    /// Where forms stand in a text, none over another, and which.
    pub fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (Range<usize>, &'t str)> {
        let bytes = text.as_bytes();
        let mut at = if self.is_empty() { bytes.len() } else { 0 };
        std::iter::from_fn(move || {
            while at < bytes.len() {
                let from = at;
                match self.longest(&bytes[from..]) {
                    Some((length, shown)) => {
                        at += length;
                        return Some((from..at, shown));
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
}

impl Forms {
    fn place(&self, form: &[u8], all: &[(Zeroizing<String>, String)]) -> Result<usize, usize> {
        self.places
            .binary_search_by(|known| all[*known].0.as_bytes().cmp(form))
    }
}

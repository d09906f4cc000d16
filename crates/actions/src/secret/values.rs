//! Finds the values of secrets in text that came from outside. One pass over the text, whatever the number of values;
//! nothing at all when there are none.

use std::borrow::Cow;
use zeroize::Zeroizing;

#[derive(Default)]
pub(super) struct Values {
    /// A form and the name of its secret, longer forms first.
    forms: Vec<(Zeroizing<String>, String)>,
    /// Bytes with which a form begins.
    first: Option<Box<[bool; 256]>>,
}

impl Values {
    pub(super) fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    pub(super) fn add(&mut self, name: &str, forms: Vec<Zeroizing<String>>) {
        for form in forms {
            let first = self.first.get_or_insert_with(|| Box::new([false; 256]));
            first[usize::from(form.as_bytes()[0])] = true;
            self.forms.push((form, name.into()));
        }
        self.forms
            .sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
    }

    pub(super) fn mask<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let Some(first) = &self.first else {
            return Cow::Borrowed(text);
        };
        let bytes = text.as_bytes();
        let mut masked = String::new();
        let (mut kept, mut at) = (0, 0);
        while at < bytes.len() {
            let found = first[usize::from(bytes[at])]
                .then(|| {
                    self.forms
                        .iter()
                        .find(|(form, _)| bytes[at..].starts_with(form.as_bytes()))
                })
                .flatten();
            match found {
                Some((form, name)) => {
                    masked.push_str(&text[kept..at]);
                    masked.push_str("‹secret:");
                    masked.push_str(name);
                    masked.push('›');
                    at += form.len();
                    kept = at;
                }
                None => at += 1,
            }
        }
        if kept == 0 {
            return Cow::Borrowed(text);
        }
        masked.push_str(&text[kept..]);
        Cow::Owned(masked)
    }
}

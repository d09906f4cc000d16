//! A contact as platforms describe one. The parts of a name are its first word and the rest.

use crate::number;
use serde_json::{Map, Value};

#[derive(Debug, Default)]
pub struct Person {
    pub id: Option<String>,
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
}

impl Person {
    pub fn contact(self) -> Map<String, Value> {
        let mut contact = Map::new();
        let mut put = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                contact.insert(name.into(), value.into());
            }
        };
        let (first, last) = match self.name.as_deref().map(|name| name.split_once(' ')) {
            Some(Some((first, last))) => (Some(first.to_owned()), Some(last.trim().to_owned())),
            _ => (self.name.clone(), None),
        };
        put("id", self.id);
        put("name", self.name);
        put("first_name", first);
        put("last_name", last);
        put("email", self.email);
        put("phone", self.phone.as_deref().map(number::shown));
        contact
    }
}

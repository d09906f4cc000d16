//! Columns of a table and what they feed in a contact: guessed from their headings, or as somebody says.

use super::check::wrong_name;
use super::{Contact, LONGEST_NAME};
use serde_json::Value;

/// What a column of a table feeds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    Phone,
    FirstName,
    LastName,
    /// Both names in one.
    FullName,
    Email,
    Company,
    DoNotCall,
    /// A column of the contact's own.
    Own(String),
    /// Nothing.
    Ignored,
}

/// Headings, without signs and in lower case, that mean a field.
const HEADINGS: [(Column, &[&str]); 7] = [
    (
        Column::Phone,
        &[
            "phone",
            "phonenumber",
            "mobile",
            "mobilephone",
            "mobilenumber",
            "cell",
            "cellphone",
            "tel",
            "telephone",
            "telephonenumber",
            "number",
            "customerphone",
            "customernumber",
            "contactnumber",
            "telefon",
            "telefonnummer",
            "handy",
            "mobil",
            "rufnummer",
            "telefono",
            "téléphone",
            "teléfono",
        ],
    ),
    (
        Column::FirstName,
        &[
            "firstname",
            "first",
            "givenname",
            "forename",
            "vorname",
            "prénom",
            "nombre",
        ],
    ),
    (
        Column::LastName,
        &[
            "lastname",
            "last",
            "surname",
            "familyname",
            "nachname",
            "nom",
            "apellido",
            "apellidos",
        ],
    ),
    (
        Column::FullName,
        &["name", "fullname", "contactname", "customername", "contact"],
    ),
    (
        Column::Email,
        &["email", "emailaddress", "mail", "mailaddress", "correo"],
    ),
    (
        Column::Company,
        &[
            "company",
            "companyname",
            "organization",
            "organisation",
            "firm",
            "account",
            "accountname",
            "firma",
            "unternehmen",
            "empresa",
            "entreprise",
        ],
    ),
    (
        Column::DoNotCall,
        &[
            "donotcall",
            "dnc",
            "optout",
            "optedout",
            "blocked",
            "nichtanrufen",
        ],
    ),
];

/// What a column with this heading most probably feeds, in a table with these headings: beside a field under its own name, what
/// only sounds like it is a column of one's own.
pub fn guess(heading: &str, all: &[&str]) -> Column {
    let column = by_sound(heading);
    let is_there = match &column {
        Column::Own(_) | Column::Ignored => false,
        Column::FullName => all.contains(&"first_name") || all.contains(&"last_name"),
        field => field.name().is_some_and(|name| all.contains(&name)),
    };
    match is_there && wrong_name(heading).is_none() {
        true => Column::Own(heading.into()),
        false => column,
    }
}

fn by_sound(heading: &str) -> Column {
    let bare: String = heading
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    let known = HEADINGS
        .iter()
        .find(|(_, words)| words.contains(&bare.as_str()));
    match known {
        Some((column, _)) => column.clone(),
        None => match own_name(heading) {
            Some(name) => Column::Own(name),
            None => Column::Ignored,
        },
    }
}

/// `Lead source (2024)` → `lead_source_2024`.
fn own_name(heading: &str) -> Option<String> {
    let mut name = String::new();
    for c in heading.to_lowercase().chars() {
        match c {
            'a'..='z' | '0'..='9' => name.push(c),
            'ä' => name.push_str("ae"),
            'ö' => name.push_str("oe"),
            'ü' => name.push_str("ue"),
            'ß' => name.push_str("ss"),
            _ if !name.is_empty() && !name.ends_with('_') => name.push('_'),
            _ => {}
        }
    }
    let mut name = name.trim_end_matches('_').to_owned();
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert_str(0, "c_");
    }
    name.truncate(LONGEST_NAME);
    wrong_name(&name).is_none().then_some(name)
}

impl Column {
    /// As a mapping names it.
    pub fn parse(name: &str) -> Result<Column, String> {
        Ok(match name {
            "phone" => Column::Phone,
            "first_name" => Column::FirstName,
            "last_name" => Column::LastName,
            "full_name" => Column::FullName,
            "email" => Column::Email,
            "company" => Column::Company,
            "do_not_call" => Column::DoNotCall,
            "" => Column::Ignored,
            own => match wrong_name(own) {
                None => Column::Own(own.into()),
                Some(message) => return Err(message),
            },
        })
    }

    /// `None`: it feeds nothing.
    pub fn name(&self) -> Option<&str> {
        Some(match self {
            Column::Phone => "phone",
            Column::FirstName => "first_name",
            Column::LastName => "last_name",
            Column::FullName => "full_name",
            Column::Email => "email",
            Column::Company => "company",
            Column::DoNotCall => "do_not_call",
            Column::Own(name) => name,
            Column::Ignored => return None,
        })
    }

    /// Writes a cell into a contact; an empty one says nothing.
    pub fn write(&self, cell: &str, contact: &mut Contact) -> Result<(), String> {
        let text = plain(cell);
        if text.is_empty() {
            return Ok(());
        }
        let some = || Some(text.to_owned());
        match self {
            Column::Phone => contact.phone = text.to_owned(),
            Column::FirstName => contact.first_name = some(),
            Column::LastName => contact.last_name = some(),
            Column::FullName => match text.rsplit_once(char::is_whitespace) {
                Some((first, last)) => {
                    contact.first_name = Some(first.trim().to_owned());
                    contact.last_name = Some(last.to_owned());
                }
                None => contact.first_name = some(),
            },
            Column::Email => contact.email = some(),
            Column::Company => contact.company = some(),
            Column::DoNotCall => contact.do_not_call = truth(text)?,
            Column::Own(name) => {
                contact.columns.insert(name.clone(), Value::from(text));
            }
            Column::Ignored => {}
        }
        Ok(())
    }
}

/// A cell without the `="…"` in which spreadsheets keep numbers from being rounded, or the `'` before what only looks like a formula.
fn plain(cell: &str) -> &str {
    let cell = cell.trim();
    let signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    if let Some(guarded) = cell.strip_prefix('\'').map(str::trim)
        && guarded.starts_with(signs)
    {
        return guarded;
    }
    let formula = cell
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'));
    formula.map_or(cell, str::trim)
}

fn truth(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "y" | "1" | "x" | "ja" | "dnc" | "oui" | "si" | "sí" => Ok(true),
        "false" | "no" | "n" | "0" | "nein" | "non" => Ok(false),
        _ => Err(format!("`{text}` is neither yes nor no")),
    }
}

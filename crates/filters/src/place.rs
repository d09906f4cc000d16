//! What a number's first digits tell about where it is: the place of its area code and the time zones there. They tell where the
//! number was given out, not where its phone is; mobile numbers tell their country's zones at most.

use std::sync::LazyLock;

/// Prefix, place, zones; sorted by prefix.
static PLACES: LazyLock<Vec<[&str; 3]>> = LazyLock::new(|| {
    let lines = include_str!("../data/places.txt").lines();
    let columns = lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let (prefix, rest) = line.split_once('|')?;
            let (place, zones) = rest.split_once('|')?;
            Some([prefix, place, zones])
        });
    columns.collect()
});

/// `digits` with the country's.
pub(crate) fn place(digits: &str) -> Option<&'static str> {
    deepest(digits, 1)
}

pub(crate) fn zones(digits: &str) -> Vec<&'static str> {
    deepest(digits, 2).map_or(Vec::new(), |zones| zones.split('&').collect())
}

/// What the longest prefix says that says something in this column.
fn deepest(digits: &str, column: usize) -> Option<&'static str> {
    (1..=digits.len()).rev().find_map(|length| {
        let prefix = digits.get(..length)?;
        let at = PLACES
            .binary_search_by_key(&prefix, |[prefix, ..]| prefix)
            .ok()?;
        Some(PLACES[at][column]).filter(|said| !said.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;

    #[test]
    fn the_table_is_sorted_and_its_zones_are_known() {
        assert!(PLACES.len() > 6_000);
        assert!(PLACES.is_sorted_by(|[one, ..], [next, ..]| one < next));
        for [prefix, _, zones] in &*PLACES {
            assert!(prefix.bytes().all(|byte| byte.is_ascii_digit()), "{prefix}");
            for zone in zones.split('&').filter(|zone| !zone.is_empty()) {
                assert!(TimeZone::get(zone).is_ok(), "{prefix}: {zone}");
            }
        }
    }

    #[test]
    fn the_longest_prefix_tells() {
        for (digits, told, where_) in [
            (
                "14155552671",
                Some("California"),
                vec!["America/Los_Angeles"],
            ),
            ("4930901820", Some("Berlin"), vec!["Europe/Berlin"]),
            ("12082011234", Some("Idaho"), vec!["America/Denver"]),
            ("819012345678", None, vec!["Asia/Tokyo"]),
            ("", None, vec![]),
        ] {
            assert_eq!((place(digits), zones(digits)), (told, where_), "{digits}");
        }
    }
}

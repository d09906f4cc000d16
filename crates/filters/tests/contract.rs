//! The filters that the language promises; `docs/language-tests.md` lists all that it promises.

/// The filters that the language promises, in its own order.
const FILTERS: &str = "default required json text trim lower upper title slug truncate replace split join first last length \
    map where sort unique sum min max round number bool date in_zone add_time to_iso to_unix parse_date phone phone_country \
    phone_type mask hash hmac base64 unbase64 urlencode markdown_escape html_escape csv pick omit merge entries";

#[test]
fn every_promised_filter_is_there_and_no_other() {
    let mut promised: Vec<&str> = FILTERS.split_whitespace().collect();
    let mut known: Vec<&str> = filters::ALL.iter().map(|filter| filter.name).collect();
    promised.sort_unstable();
    known.sort_unstable();
    assert_eq!(known, promised);
}

//! What the language promises, row by row, and the test that shows each: a row whose test is gone fails here.

const FILES: [(&str, &str); 8] = [
    (
        "expressions",
        include_str!("../../kernel/tests/lang_expressions.rs"),
    ),
    (
        "templates",
        include_str!("../../kernel/tests/lang_templates.rs"),
    ),
    ("fuzz", include_str!("../../kernel/tests/lang_fuzz.rs")),
    ("index", include_str!("../../kernel/tests/index.rs")),
    ("documented", include_str!("documented.rs")),
    ("phrases", include_str!("phrases.rs")),
    ("phones", include_str!("phones.rs")),
    ("schema", include_str!("../../calls/tests/schema.rs")),
];

/// Promise, file, test.
const ROWS: &[(&str, &str, &str)] = &[
    (
        "dotted paths, [0], ['odd key']",
        "expressions",
        "paths_lead_into_objects_and_lists",
    ),
    (
        "an expression always ends, in time linear in its input",
        "fuzz",
        "work_is_linear_in_the_input",
    ),
    (
        "no statements, no calls, no assignment",
        "fuzz",
        "payloads_against_other_engines_do_nothing",
    ),
    (
        "problems say what was meant",
        "expressions",
        "mistakes_in_writing_are_problems_that_say_what_to_do",
    ),
    (
        "it lists the paths it reads",
        "expressions",
        "what_is_not_there_is_listed_once_as_written",
    ),
    (
        "{{ '{{' }} and $${ give the signs",
        "templates",
        "text_is_filled_in",
    ),
    (
        "${path}: dotted paths only",
        "templates",
        "all_problems_come_at_once_with_their_places",
    ),
    (
        "${path} looks in the payload first",
        "templates",
        "a_payload_view_comes_before_the_common_scope_in_the_second_spelling",
    ),
    (
        "a JSON tree keeps types",
        "templates",
        "a_leaf_that_is_one_placeholder_keeps_its_type",
    ),
    (
        "a raw JSON body stays JSON",
        "templates",
        "a_raw_json_body_stays_json",
    ),
    (
        "whatever its values hold",
        "templates",
        "a_raw_body_is_json_whatever_its_values_hold",
    ),
    (
        "a raw body is what its content type says",
        "templates",
        "a_raw_body_is_written_as_its_content_type_says",
    ),
    (
        "forms and queries",
        "templates",
        "forms_and_queries_are_plain_text",
    ),
    (
        "URL: path, query, fragment",
        "templates",
        "a_value_in_a_url_is_one_component",
    ),
    (
        "URL: host",
        "templates",
        "no_value_chooses_where_a_request_goes",
    ),
    (
        "URL: whatever its values hold",
        "templates",
        "a_url_goes_where_it_says_whatever_its_values_hold",
    ),
    ("headers", "templates", "headers_cannot_be_injected"),
    ("HTML and XML text", "templates", "markup_is_escaped"),
    (
        "HTML and XML attributes, links, scripts",
        "templates",
        "a_placeholder_in_markup_stands_where_escaping_is_enough",
    ),
    (
        "SQL placeholders are bound",
        "templates",
        "a_value_in_a_statement_is_bound_and_never_part_of_it",
    ),
    (
        "the source of code is never a template",
        "templates",
        "a_literal_is_left_alone",
    ),
    (
        "missing is not empty, and listed",
        "templates",
        "what_is_missing_is_null_in_json_and_empty_in_text_and_listed",
    ),
    (
        "required makes it an error",
        "expressions",
        "a_default_fills_what_is_missing_null_or_empty_and_nothing_else",
    ),
    (
        "a template is never evaluated twice",
        "templates",
        "text_from_a_value_is_never_a_template",
    ),
    (
        "attack 51",
        "fuzz",
        "payloads_against_other_engines_do_nothing",
    ),
    (
        "attack 52",
        "fuzz",
        "a_template_inside_data_is_never_evaluated",
    ),
    (
        "attack 53",
        "fuzz",
        "a_hostile_pattern_takes_linear_time_or_is_refused",
    ),
    (
        "attack 50",
        "phones",
        "what_is_no_number_is_null_and_a_warning_and_never_a_panic",
    ),
    (
        "attack 49",
        "templates",
        "a_value_in_a_statement_is_bound_and_never_part_of_it",
    ),
    ("attack 45", "templates", "headers_cannot_be_injected"),
    (
        "output is bounded before memory is taken",
        "templates",
        "output_is_bounded",
    ),
    (
        "nesting and sizes of expressions",
        "fuzz",
        "what_nests_is_bounded_where_it_is_written",
    ),
    (
        "what is looked at is bounded",
        "fuzz",
        "a_thousand_terms_over_a_long_text_are_cut_short",
    ),
    (
        "no panic: bytes",
        "fuzz",
        "any_bytes_are_an_expression_or_a_problem",
    ),
    (
        "no panic: expressions and mutations",
        "fuzz",
        "any_mutation_ends_within_its_bounds",
    ),
    (
        "no panic: templates in every place",
        "fuzz",
        "any_template_keeps_to_its_place",
    ),
    (
        "conditions: and, or, not, in, contains, …",
        "expressions",
        "conditions_combine",
    ),
    (
        "every operator",
        "documented",
        "every_operator_has_an_example",
    ),
    (
        "numbers given as text compare as numbers",
        "expressions",
        "numbers_given_as_text_compare_as_numbers",
    ),
    (
        "nothing is ordered with null",
        "expressions",
        "nothing_compares_with_null_but_null",
    ),
    (
        "+ - * /",
        "expressions",
        "arithmetic_is_exact_where_it_can_be",
    ),
    (
        "every filter",
        "documented",
        "every_filter_has_its_row_and_an_example",
    ),
    ("filters on text", "expressions", "text_filters"),
    (
        "filters on lists and objects",
        "expressions",
        "list_and_object_filters",
    ),
    ("filters on numbers", "expressions", "number_filters"),
    (
        "date, in_zone, add_time, to_iso, to_unix",
        "expressions",
        "time_filters_follow_zones_through_clock_changes",
    ),
    (
        "hash, hmac, base64, csv, …",
        "expressions",
        "encodings_and_digests",
    ),
    (
        "phone(format)",
        "phones",
        "a_number_is_written_in_each_format",
    ),
    (
        "phone_country, phone_type",
        "phones",
        "a_number_has_a_country_and_a_type",
    ),
    (
        "dates understand spoken phrases",
        "phrases",
        "every_phrase_of_the_table_means_what_it_says",
    ),
    (
        "relative to the call and its time zone",
        "phrases",
        "a_phrase_is_relative_to_the_call_and_read_in_the_zone_that_is_given",
    ),
    (
        "what is not understood",
        "phrases",
        "what_is_not_understood_is_null_and_a_warning_or_an_error_where_it_is_required",
    ),
    (
        "secrets stand alone",
        "templates",
        "a_secret_stands_alone_or_not_at_all",
    ),
    (
        "a secret's marker cannot be forged",
        "templates",
        "a_marker_cannot_be_forged",
    ),
    (
        "outcome.* before the call is refused",
        "schema",
        "what_an_analysis_says_is_late_at_the_end_and_impossible_before",
    ),
    (
        "args.* outside an ask is refused",
        "schema",
        "arguments_exist_only_where_somebody_asks",
    ),
    (
        "a grouped path that cannot exist is refused",
        "schema",
        "a_part_that_no_event_has_is_refused_with_the_nearest",
    ),
    (
        "an unknown bare name gets a suggestion",
        "schema",
        "an_unknown_bare_name_gets_the_nearest_known_one",
    ),
    (
        "filters of triggers",
        "index",
        "the_index_finds_what_matches_and_nothing_else",
    ),
];

/// The filters that the language promises, in its own order.
const FILTERS: &str = "default required json text trim lower upper title slug truncate replace split join first last length \
    map where sort unique sum min max round number bool date in_zone add_time to_iso to_unix parse_date phone phone_country \
    phone_type mask hash hmac base64 unbase64 urlencode markdown_escape html_escape csv pick omit merge entries";

#[test]
fn every_promise_has_its_test() {
    for (promise, file, test) in ROWS {
        let (_, source) = FILES.iter().find(|(name, _)| name == file).expect(file);
        assert!(
            source.contains(&format!("fn {test}(")),
            "{promise}: no test {test}"
        );
    }
}

#[test]
fn every_promised_filter_is_there_and_no_other() {
    let mut promised: Vec<&str> = FILTERS.split_whitespace().collect();
    let mut known: Vec<&str> = filters::ALL.iter().map(|filter| filter.name).collect();
    promised.sort_unstable();
    known.sort_unstable();
    assert_eq!(known, promised);
}

//! Statements: a value is bound, never written into the text.

use super::*;

/// Attack 49.
#[test]
fn a_value_in_a_statement_is_bound_and_never_part_of_it() {
    assert_eq!(
        render(
            "SELECT * FROM leads WHERE phone = {{ caller_number }} AND note = ${html} -- it's\n AND d > {{ duration }}",
            Place::Sql
        ),
        Ok(json!({
            "text": ["SELECT * FROM leads WHERE phone = ", " AND note = ", " -- it's\n AND d > ", ""],
            "values": ["+1555", "<script>alert('x')</script> & \"co\"", 125]
        }))
    );
    assert_eq!(
        render(
            "INSERT INTO t (a, b) VALUES ('it''s', {{ gone }}, {{ tags }}, {{ secrets.k }})",
            Place::Sql
        ),
        Ok(json!({
            "text": ["INSERT INTO t (a, b) VALUES ('it''s', ", ", ", ", ", ")"],
            "values": [null, ["a", "b"], "\u{FDD0}tk\u{FDD1}"]
        }))
    );
    assert_eq!(
        render("SELECT 1", Place::Sql),
        Ok(json!({ "text": ["SELECT 1"], "values": [] }))
    );
    let at = "/with";
    refused(
        Place::Sql,
        &[
            (json!("SELECT '{{ html }}'"), at, "without quotes"),
            (json!("SELECT \"{{ html }}\""), at, "without quotes"),
            (json!("SELECT `{{ html }}`"), at, "without quotes"),
            (json!("SELECT 1 -- {{ html }}"), at, "comment"),
            (json!("SELECT /* {{ html }} */ 1"), at, "comment"),
            (json!("SELECT * FROM {{ html }}"), at, "names of tables"),
            (
                json!("insert into\n{{ html }} values (1)"),
                at,
                "names of tables",
            ),
            (json!({ "a": 1 }), at, "must be a text"),
        ],
    );
}

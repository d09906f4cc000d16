//! Tables as they are written, and what is made harmless in them.

use super::*;

fn csv(with: Value) -> Result<String, String> {
    let mut with = with.as_object().unwrap().clone();
    let problems = complete(&mut with);
    assert!(problems.is_empty(), "{problems:?}");
    match build(&with) {
        Ok(body) => Ok(body["text"].as_str().unwrap().to_owned()),
        Err(fault) => Err(fault.message),
    }
}

#[test]
fn objects_become_columns_in_the_order_of_their_names() {
    let rows =
        json!([{ "a": 1, "b": null }, { "c": true, "a": "x, \"y\"\nz" }, { "b": { "k": [1] } }]);
    assert_eq!(
        csv(json!({ "rows": rows })).unwrap(),
        "a,b,c\r\n1,,\r\n\"x, \"\"y\"\"\nz\",,true\r\n,\"{\"\"k\"\":[1]}\",\r\n"
    );
    assert_eq!(
        csv(
            json!({ "rows": rows, "columns": ["c", "a", "none"], "separator": ";", "header": "no" })
        )
        .unwrap(),
        ";1;\r\ntrue;\"x, \"\"y\"\"\nz\";\r\n;;\r\n"
    );
}

#[test]
fn lists_stay_in_their_order() {
    let rows = json!([["a", " b "], [1, 2]]);
    assert_eq!(
        csv(json!({ "rows": rows, "separator": "tab" })).unwrap(),
        "a\t\" b \"\r\n1\t2\r\n"
    );
    assert_eq!(
        csv(json!({ "rows": rows, "columns": ["x", "y"] })).unwrap(),
        "x,y\r\na,\" b \"\r\n1,2\r\n"
    );
    assert_eq!(csv(json!({ "rows": [] })).unwrap(), "");
}

#[test]
fn no_text_becomes_a_formula_and_phone_numbers_stay() {
    let is_guarded = |text: &str| {
        let written = csv(json!({ "rows": [[text]] })).unwrap();
        written.trim_start_matches('"').starts_with('\'')
    };
    for formula in [
        "=1+1",
        "=HYPERLINK(\"http://e.com\")",
        "@SUM(1)",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "\t=1",
        "\r\n=1",
        "  =1",
        "+1e5",
        "＝1+1",
        "+1*2",
    ] {
        assert!(is_guarded(formula), "{formula}");
    }
    for harmless in [
        "+14155550100",
        "+44 (20) 7946-0018",
        "-5.20",
        "-1,000.00",
        "plain",
        "a=b",
        "",
    ] {
        assert!(!is_guarded(harmless), "{harmless}");
    }
    // A number of JSON is never one, a name of a column may be.
    let with = json!({ "rows": [{ "=x": -1.5 }] });
    assert_eq!(csv(with).unwrap(), "'=x\r\n-1.5\r\n");
    let with = json!({ "rows": [["=1+1"]], "guard": "no" });
    assert_eq!(csv(with).unwrap(), "=1+1\r\n");
}

#[test]
fn what_is_no_table_is_said_with_its_row() {
    let wrong = |with| csv(with).unwrap_err();
    assert!(wrong(json!({ "rows": [{}, []] })).contains("row 0 is an object"));
    assert!(wrong(json!({ "rows": [[], 5] })).contains("row 1 is neither"));
    assert!(wrong(json!({ "rows": [[1, 2]], "columns": ["a"] })).contains("row 0 has 2 cells"));
    assert!(wrong(json!({ "rows": [[1]], "columns": [1] })).contains("`columns`"));
    assert!(wrong(json!({ "rows": vec![json!([]); 10_001] })).contains("10001 rows"));
    assert!(wrong(json!({ "rows": [vec![1; 501]] })).contains("500 columns"));
    let large = vec![json!(["x".repeat(200)]); 10_000];
    assert!(wrong(json!({ "rows": large })).contains("more than"));
}

#[test]
fn what_is_surely_wrong_is_said_on_save() {
    let mut with = json!({ "rows": 5, "separator": ":", "columns": "a" });
    let problems = complete(with.as_object_mut().unwrap());
    let paths: Vec<_> = problems.iter().map(|p| p.path.as_str()).collect();
    assert_eq!(paths, ["/separator", "/rows", "/columns"]);
    let mut with = json!({ "rows": "{{ rows }}", "header": true });
    assert!(complete(with.as_object_mut().unwrap()).is_empty());
}

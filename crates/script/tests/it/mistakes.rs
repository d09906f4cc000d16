//! Mistakes are found where they are, before anything runs where that can be.

use super::why;
use script::{Why, check};

fn place(why: Why) -> (String, Option<(u32, u32)>) {
    match why {
        Why::Wrong(mistake) => (mistake.message, mistake.at),
        other => panic!("{other}"),
    }
}

#[test]
fn a_syntax_error_is_found_without_running_anything() {
    for (source, line) in [
        ("return inputs.;", 1),
        ("const a = 1;\nconst b = = 2;\nreturn b;", 2),
        ("const a = 1;\nconst a = 2;", 2),
        ("if (true) {\nreturn 1;", 2),
        ("return `never closed", 1),
        ("import x from 'os'", 1),
        ("with (inputs) {}", 1),
    ] {
        let (message, at) = place(check(source).unwrap_err());
        assert!(message.starts_with("SyntaxError"), "{source}: {message}");
        assert_eq!(
            at.map(|(line, _)| line),
            Some(line),
            "{source}: {message} {at:?}"
        );
        assert_eq!(place(why(source)), (message, at), "{source}");
    }
    for fine in [
        "",
        "return 1",
        "// only words",
        "await 1; return {a: {{}}}",
        "for (;;);",
        "throw new Error('x')",
    ] {
        assert_eq!(
            check(fine).err(),
            if fine.contains("{{}}") {
                check(fine).err()
            } else {
                None
            },
            "{fine}"
        );
    }
    check("while (true) {}\nthrow globalThis.x = 1").unwrap();
}

#[test]
fn what_is_thrown_is_said_with_its_place() {
    for (source, said, at) in [
        ("const a = inputs.none;\nreturn a.b;", "TypeError", (2, 10)),
        (
            "function f() {\n  throw new Error('no such item');\n}\nf();",
            "Error: no such item",
            (2, 13),
        ),
        (
            "undefinedName",
            "ReferenceError: undefinedName is not defined",
            (1, 1),
        ),
        ("x = 1", "ReferenceError", (1, 1)),
        ("JSON.parse('{')", "SyntaxError", (1, 6)),
    ] {
        let (message, place) = place(why(source));
        assert!(message.starts_with(said), "{source}: {message}");
        let (line, column) = place.unwrap_or_default();
        assert_eq!(line, at.0, "{source}: {message} {place:?}");
        assert!(column.abs_diff(at.1) <= 3, "{source}: {message} {place:?}");
    }
    assert_eq!(place(why("throw 'no'")).0, "the code threw no");
    assert_eq!(
        place(why("throw { code: 7 }")).0,
        "the code threw {\"code\":7}"
    );
    assert_eq!(place(why("throw undefined")).0, "the code threw undefined");
    let text = why("const a = 1;\n\nreturn a.b.c;").to_string();
    assert!(text.starts_with("line 3, column "), "{text}");
}

#[test]
fn a_source_has_bounds() {
    let long = format!("return {}1", " ".repeat(64 << 10));
    assert!(check(&long).unwrap_err().to_string().contains("65536"));
    assert!(
        check("return '\0'")
            .unwrap_err()
            .to_string()
            .contains("NUL")
    );
    // Whoever closes the function that stands around the code gains nothing.
    for source in [
        "} console.log(1); {",
        "}\nexport const x = 1;\nfunction f() {",
        "} throw new Error('out'); {",
    ] {
        let _ = check(source);
        let _ = super::run(source);
    }
}

#[test]
fn deep_sources_end() {
    for part in ["(", "[", "{a:", "!", "-", "`${", "()=>", "if(1){"] {
        let _ = check(&part.repeat((64 << 10) / part.len()));
    }
    let _ = check(&format!("return {}1", "1+".repeat(30_000)));
    let _ = check(&format!(
        "return {}1{}",
        "(".repeat(30_000),
        ")".repeat(30_000)
    ));
    let _ = super::run(&format!("return {}1", "1+".repeat(30_000)));
}

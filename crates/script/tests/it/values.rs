//! What goes in and what comes out.

use super::{run, value, why, with};
use serde_json::json;

#[test]
fn code_is_the_body_of_a_function_of_its_inputs() {
    let code = "const total = inputs.items.reduce((sum, item) => sum + item.price * item.count, 0);\nreturn { total, name: inputs.name.toUpperCase() };";
    let inputs = json!({ "items": [{ "price": 2.5, "count": 4 }, { "price": 1, "count": 3 }], "name": "ada" });
    let answer = with(code, inputs).unwrap();
    assert_eq!(answer.value, json!({ "total": 13, "name": "ADA" }));
    assert!(answer.log.is_empty());
}

#[test]
fn every_json_value_goes_in_and_comes_out_as_it_was() {
    let inputs = json!({
        "text": "\"{{ x }}\" ${y} \u{0} \u{2028} 😀 </script>", "list": [1, -2.5, true, null, [], {}], "big": 9_007_199_254_740_991_u64,
        "__proto__": { "polluted": true }, "constructor": "c", "toJSON": "t", "z": 1, "a": 2
    });
    let answer = with("return inputs;", inputs.clone()).unwrap();
    assert_eq!(answer.value.to_string(), inputs.to_string());
    let answer = with(
        "return [({}).polluted, Object.keys(inputs).length];",
        inputs,
    )
    .unwrap();
    assert_eq!(answer.value, json!([null, 8]));
}

#[test]
fn a_text_from_a_call_is_data() {
    let inputs = json!({ "said": "'); throw 1; ('`${(() => { throw 2 })()}` \\u0027 */ }" });
    let answer = with("return inputs.said.length;", inputs).unwrap();
    assert_eq!(answer.value, json!(53));
}

#[test]
fn braces_of_templates_are_javascript() {
    assert_eq!(
        value("const a = {b: {c: 1}}; return {x: {y: a}};"),
        json!({ "x": { "y": { "b": { "c": 1 } } } })
    );
    assert_eq!(
        value("if (true) {{ return '{{ caller }}' }}"),
        json!("{{ caller }}")
    );
}

#[test]
fn what_json_has_no_word_for_is_said() {
    assert_eq!(value("return undefined"), json!(null));
    assert_eq!(value(""), json!(null));
    assert_eq!(
        value("return { a: undefined, f() {}, s: Symbol(), l: [undefined] }"),
        json!({ "l": [null] })
    );
    assert_eq!(
        value("return new Date(0)"),
        json!("1970-01-01T00:00:00.000Z")
    );
    assert_eq!(
        value("return [-0, 1e21, 0.1 + 0.2]"),
        json!([0, 1e21, 0.300_000_000_000_000_04])
    );
    assert_eq!(
        value("return '\\ud800x\\udc00'"),
        json!("\u{fffd}x\u{fffd}")
    );
    assert_eq!(value("return new Map([[1, 2]])"), json!({}));
    for (source, said) in [
        ("return NaN", "it is NaN"),
        ("return { a: [1, { rate: 1 / 0 }] }", "`rate` is infinite"),
        ("return [0 / 0]", "`0` is NaN"),
        ("return { id: 10n }", "`id` is a BigInt"),
        ("return () => 1", "a function or a symbol"),
        ("return Symbol('x')", "a function or a symbol"),
        ("const a = {}; a.b = [a]; return a", "holds itself"),
        (
            "let a = []; for (let i = 0; i < 200; i++) a = [a]; return a",
            "cannot be read as JSON: recursion limit",
        ),
    ] {
        let said_so = why(source).to_string();
        assert!(said_so.contains(said), "{source}: {said_so}");
    }
}

#[test]
fn promises_are_awaited_and_one_that_never_comes_is_said() {
    assert_eq!(
        value("const a = await Promise.all([1, Promise.resolve(2)]); return a"),
        json!([1, 2])
    );
    assert_eq!(value("return new Promise(done => done(3))"), json!(3));
    assert_eq!(
        value("return (async () => { await null; return 4 })()"),
        json!(4)
    );
    assert_eq!(value("return { then(done) { done(5) } }"), json!(5));
    let never = why("await new Promise(() => {})").to_string();
    assert!(never.contains("never comes"), "{never}");
    let rejected = why("return Promise.reject(new RangeError('too far'))").to_string();
    assert!(rejected.contains("RangeError: too far"), "{rejected}");
}

#[test]
fn what_is_logged_is_kept_within_bounds() {
    let answer = run("console.log('a', 1, null, undefined, { b: [1] }, 10n, () => 1, Symbol('s'), new Error('no'))\nconsole.warn('w')").unwrap();
    assert_eq!(
        answer.log,
        [
            "a 1 null undefined {\"b\":[1]} 10 (a function) (a symbol) no",
            "w"
        ]
    );
    let log = run("for (let i = 0; i < 5000; i++) console.log(i)")
        .unwrap()
        .log;
    assert_eq!((log.len(), log[100].as_str()), (101, "… and 4900 more"));
    let log = run("console.log('é'.repeat(100000))").unwrap().log;
    assert_eq!(log[0].chars().count(), 2_001);
    let log = run("const a = {}; a.a = a; console.log(a, { get x() { throw 1 } }, '\\ud800', 1)")
        .unwrap()
        .log;
    assert!(
        log[0].ends_with(" 1") && log[0].contains("cannot be shown"),
        "{log:?}"
    );
    // What was logged before it failed is what one looks for.
    assert_eq!(
        run("console.log('here'); throw new Error('x')")
            .unwrap_err()
            .log,
        ["here"]
    );
}

#[test]
fn there_is_nothing_to_reach_the_world_with_and_nothing_stays() {
    let names = "['require', 'process', 'fetch', 'XMLHttpRequest', 'std', 'os', 'setTimeout', 'Deno', 'Worker', 'print', 'scriptArgs', 'WebAssembly']";
    assert_eq!(
        value(&format!(
            "return {names}.filter(name => name in globalThis)"
        )),
        json!([])
    );
    let refused = why("return import('os')").to_string();
    assert!(refused.contains("os"), "{refused}");
    run("globalThis.left = 1; Array.prototype.map = null; Object.freeze(Object.prototype)")
        .unwrap();
    assert_eq!(
        value("return [typeof left, [1].map(x => x + 1)]"),
        json!(["undefined", [2]])
    );
}

//! Code that wants more than it may have. Each ends within its limits, and this process goes on.

use super::{LIMIT, run, why, with};
use script::{Stopped, Why};
use serde_json::json;
use std::time::Instant;

#[track_caller]
fn is_late(source: &str) {
    let began = Instant::now();
    assert_eq!(why(source), Why::Time(LIMIT), "{source}");
    assert!(
        began.elapsed() < LIMIT * 20,
        "{source}: {:?}",
        began.elapsed()
    );
}

#[test]
fn loops_without_end_are_stopped() {
    is_late("for (;;);");
    is_late("while (true) { try { for (;;); } catch {} finally { for (;;); } }");
    is_late("try { for (;;); } catch { return 'escaped' }");
    is_late("[3, 2, 1].sort(() => { for (;;); })");
    is_late("for (;;) await null");
    is_late("for (;;) { try { await (async () => { for (;;); })() } catch {} }");
    is_late(
        "const again = () => { Promise.resolve().then(again) }; again(); await new Promise(() => {})",
    );
    is_late("return (function* () { for (;;) yield 1 })().forEach(() => {})");
    is_late("console.log({ toJSON() { for (;;); } }); return 'escaped'");
    is_late("console.log({ get message() { for (;;); } }); for (;;);");
    is_late("return eval('for (;;);')");
    is_late("return new Function('for (;;);')()");
}

#[test]
fn a_pattern_that_backtracks_without_end_is_stopped() {
    is_late("return /^(a+)+$/.test('a'.repeat(50) + 'b')");
    is_late("return 'a'.repeat(50).replace(/(a|a)*c/g, '')");
    let inputs = json!({ "said": "a".repeat(60) });
    let stopped = with("return /^(\\w+\\s?)*$/.test(inputs.said + '!')", inputs).unwrap_err();
    assert_eq!(stopped.why, Why::Time(LIMIT));
}

#[test]
fn answers_that_run_code_are_bounded_too() {
    is_late("return { toJSON() { for (;;); } }");
    is_late("return { get x() { for (;;); } }");
    is_late("return new Proxy({}, { ownKeys() { for (;;); } })");
    is_late("throw { toJSON() { for (;;); } }");
    is_late(
        "const e = new Error(); Object.defineProperty(e, 'message', { get() { for (;;); } }); throw e",
    );
    is_late(
        "const e = new Error(); Object.defineProperty(e, 'stack', { get() { for (;;); } }); throw e",
    );
    is_late("return { then(done) { for (;;); } }");
}

#[test]
fn memory_ends_before_the_process_does() {
    for source in [
        "const a = []; for (;;) a.push(new Array(1000).fill(1.5))",
        "return new Array(1e9).fill(0).length",
        "return new Uint8Array(1e9).length",
        "const b = new ArrayBuffer(8, { maxByteLength: 1e9 }); b.resize(1e9); return new Uint8Array(b).fill(1).length",
        "return 'x'.repeat(1e9).length",
        "return Array.from({ length: 1e9 }).length",
        "return 'x'.padEnd(1e9).length",
        "const m = new Map(); for (let i = 0;; i++) m.set(i, {})",
        "const a = []; for (;;) a.push(() => a)",
        "const a = []; for (;;) a.push(Promise.resolve())",
        "return structuredClone(new Array(1e9))",
        // Each promise waits for the next one.
        "const again = () => Promise.resolve().then(again); await again()",
        "const all = []; for (;;) { try { for (;;) all.push('x'.repeat(1e5) + all.length) } catch (e) { throw e } }",
    ] {
        let stopped = run(source).unwrap_err();
        let is_expected = match &stopped.why {
            Why::Memory | Why::Time(_) => true,
            Why::Wrong(mistake) => ["RangeError", "invalid", "structuredClone"]
                .iter()
                .any(|word| mistake.message.contains(word)),
            _ => false,
        };
        assert!(is_expected, "{source}: {stopped:?}");
    }
}

#[test]
fn what_is_logged_is_copied_no_more_than_it_is_kept() {
    let began = Instant::now();
    let answer = run("console.log(...new Array(5000).fill('x'.repeat(8e6))); return 1").unwrap();
    assert_eq!(answer.log[0].len(), 2_000 + "…".len());
    let many = "const x = 'x'.repeat(8e6); for (let i = 0; i < 9000; i++) console.log(x, x, x)";
    assert!(matches!(
        run(many),
        Ok(_)
            | Err(Stopped {
                why: Why::Time(_),
                ..
            })
    ));
    is_late("const a = new Array(1e5).fill('x'.repeat(1e5)); for (;;) console.log(a, a, a)");
    assert!(began.elapsed() < LIMIT * 40, "{:?}", began.elapsed());
}

#[test]
fn texts_that_double_end() {
    let stopped = why("let s = 'x'; for (;;) s += s");
    assert!(
        matches!(&stopped, Why::Memory) || stopped.to_string().contains("string"),
        "{stopped}"
    );
    let stopped = why("let s = 'x'; for (;;) s = s.replace(/x/g, 'xx')");
    assert!(
        matches!(&stopped, Why::Memory | Why::Time(_)) || stopped.to_string().contains("string"),
        "{stopped}"
    );
    let stopped = why("let s = 'x'; for (;;) s = `${s}${s}`.slice(0)");
    assert!(
        matches!(&stopped, Why::Memory) || stopped.to_string().contains("string"),
        "{stopped}"
    );
}

#[test]
fn running_out_of_memory_again_and_again_ends() {
    let stopped =
        run("const keep = []; for (;;) { try { for (;;) keep.push({}) } catch { } }").unwrap_err();
    assert!(
        matches!(stopped.why, Why::Memory | Why::Time(_)),
        "{stopped:?}"
    );
}

#[test]
fn recursion_without_end_is_stopped() {
    for source in [
        "const f = () => f() + 1; f()",
        "const a = { get b() { return this.b } }; a.b",
        "const p = new Proxy({}, { get: (t, k, r) => r[k] }); p.x",
        "class A { toString() { return `${this}` } } `${new A()}`",
        "let a = []; for (let i = 0; i < 1e5; i++) a = [a]; JSON.stringify(a)",
        "JSON.parse('['.repeat(1e6))",
        "const f = async () => { await f() }; await f()",
        "let r = '('.repeat(1e5) + ')'.repeat(1e5); new RegExp(r)",
        "let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return a",
        "let a = []; for (let i = 0; i < 1e5; i++) a = [a]; `${a}`",
        "const f = () => { try { f() } finally { f() } }; f()",
    ] {
        let stopped = run(source);
        assert!(stopped.is_err(), "{source}: {stopped:?}");
    }
    let said = why("const f = () => f() + 1; f()").to_string();
    assert!(said.contains("calls itself too deep"), "{said}");
}

#[test]
fn an_answer_has_a_size() {
    assert_eq!(why("return 'x'.repeat(1 << 20)"), Why::Answer);
    assert_eq!(
        why("return new Array(30).fill('x'.repeat(50000))"),
        Why::Answer
    );
    assert_eq!(
        run("return 'x'.repeat((1 << 20) - 2)")
            .unwrap()
            .value
            .as_str()
            .unwrap()
            .len(),
        (1 << 20) - 2
    );
    let escaped = why("return '\\u0000'.repeat(1 << 20)");
    assert!(matches!(escaped, Why::Answer | Why::Memory), "{escaped}");
}

#[test]
fn what_surrounds_the_code_cannot_be_changed() {
    let pollution = "Object.prototype.toJSON = () => 'mine'; Array.prototype.toJSON = () => 'mine';
        JSON.stringify = () => 'mine'; JSON.parse = () => 'mine'; Function.prototype.call = () => 'mine';
        Promise.prototype.then = () => 'mine'; Promise.resolve = () => 'mine'; globalThis.console = null;
        globalThis.Promise = null; globalThis.Error = null; String.prototype.toString = () => 'mine';";
    let answer = run(&format!("{pollution} Object.defineProperty(Object.prototype, 'x', {{ get() {{ throw 1 }}, configurable: true }}); return 1")).unwrap();
    assert_eq!(answer.value, json!(1));
    // What code does to its own objects is its own affair.
    assert_eq!(
        run(&format!("{pollution} return {{}}")).unwrap().value,
        json!("mine")
    );
    let stopped = run(&format!("{pollution} throw new TypeError('plain')")).unwrap_err();
    assert!(stopped.to_string().contains("plain"), "{stopped}");
    let proxy = "return new Proxy({}, { ownKeys: () => ['a', 'b'], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }), get: (t, k) => k === 'toJSON' ? undefined : 7 })";
    assert_eq!(run(proxy).unwrap().value, json!({ "a": 7, "b": 7 }));
    assert!(
        run("return new Proxy([], { get() { throw new Error('trap') } })")
            .unwrap_err()
            .to_string()
            .contains("trap")
    );
}

#[test]
fn odd_corners_of_the_language_end() {
    for source in [
        "return 2n ** 100000n ** 2n",
        "Atomics.wait(new Int32Array(new SharedArrayBuffer(8)), 0, 0)",
        "const r = new FinalizationRegistry(() => { for (;;); }); for (let i = 0; i < 1e4; i++) r.register({}, i)",
        "new WeakRef({}).deref()",
        "const i = { [Symbol.iterator]() { return { next: () => ({}) } } }; const [...x] = i",
        "return new Date(8.64e15 + 1)",
        "return Intl",
        "Object.defineProperty(globalThis, 'undefined', { value: 1 })",
        "delete globalThis.Object; return {}",
        "return arguments",
        "return this",
        "debugger",
        "label: for (;;) { break label }",
        "async function* g() { yield* g() } for await (const x of g());",
    ] {
        let began = Instant::now();
        let _ = run(source);
        assert!(
            began.elapsed() < LIMIT * 20,
            "{source}: {:?}",
            began.elapsed()
        );
    }
}

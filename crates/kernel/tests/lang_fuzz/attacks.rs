//! What other engines were broken with: payloads, templates inside data, patterns.

use super::*;

/// Attack 51: what other engines were broken with is arithmetic, a missing path or a problem here.
#[test]
fn payloads_against_other_engines_do_nothing() {
    let world = &*WORLD;
    for payload in [
        "7*7",
        "7*'7'",
        "constructor",
        "constructor.constructor",
        "__globals__",
        "__proto__.polluted",
        "o.__proto__",
        "o.constructor.prototype",
        "text.length",
        "self._TemplateReference__context",
        "config.items",
        "request.application.__globals__",
        "lipsum.__globals__.os",
        "process.env.SECRET",
        "$json.x",
        "this.constructor",
        "global.process.mainModule",
    ] {
        let Ok(expr) = Expr::parse(payload, "", Filters::default()) else {
            continue;
        };
        let value = expr
            .eval(world, &mut Report::default())
            .unwrap()
            .into_owned();
        assert!(value.is_null() || value == 49, "{payload}: {value}");
    }
    for payload in [
        "constructor.constructor('return process')()",
        "''.__class__.__mro__[1].__subclasses__()",
        "cycler.__init__.__globals__.os.popen('id').read()",
        "(()=>{})()",
        "[].map.constructor('x')()",
        "#with 'constructor' as |f|",
        "% include 'x' %",
        "x ? y : z",
        "`id`",
        "$eval('1')",
        "{a: 1}",
        "x = 1",
        "x; y",
        "import('fs')",
        "new Function('x')",
        "n | attr('__class__')",
        "n | eval",
    ] {
        assert!(
            Expr::parse(payload, "", Filters::default()).is_err(),
            "{payload}"
        );
    }
}

/// Attack 52: what a caller says is data, however often it goes through a template.
#[test]
fn a_template_inside_data_is_never_evaluated() {
    let said = "{{secrets.crm}} ${n} {{ n }} $${x} {{ '{{' }}";
    let mut scope = WORLD.clone();
    let said_again = json!(said);
    scope.insert("said".into(), said_again.clone());
    for source in [
        "{{ said }}",
        "${said}",
        "{{ said | trim }}",
        "{{ [said] | first }}",
        "{{ said | default(said) }}",
    ] {
        for _ in 0..3 {
            let mut problems = Vec::new();
            let template = Template::compile(
                &json!(source),
                Place::Text,
                "",
                Filters::default(),
                &mut problems,
            );
            assert!(problems.is_empty() && template.paths().iter().all(|path| path.root == "said"));
            let value = template.render(&scope, &mut Report::default()).unwrap();
            assert_eq!(value, said_again, "{source}");
            scope.insert("said".into(), value);
        }
    }
}

/// Attack 53: patterns that other engines take for ever over.
#[test]
fn a_hostile_pattern_takes_linear_time_or_is_refused() {
    let mut scope = Map::new();
    scope.insert("x".into(), format!("{}!", "a".repeat(200_000)).into());
    for pattern in [
        "^(a+)+$",
        "(a|aa)+$",
        "^(a|a?)+$",
        "(.*a){20}b",
        "(x+x+)+y",
        "([a-zA-Z]+)*$",
        "a*a*a*a*a*a*b",
    ] {
        for source in [
            format!("x matches '{pattern}'"),
            format!("x matches ('{pattern}' | text)"),
        ] {
            let expr = Expr::parse(&source, "", Filters::default()).unwrap();
            let mut report = Report::default();
            assert!(expr.holds(&scope, &mut report).is_ok(), "{source}");
            assert!(report.work < 1 << 21, "{source}: {}", report.work);
        }
    }
    let nested = format!("x matches '{}a{}'", "(".repeat(100), ")".repeat(100));
    let long = format!("x matches '{}'", "a".repeat(1_001));
    for refused in [
        "x matches '(a{1000}){1000}'",
        "x matches '((a{100}){100}){100}'",
        "x matches '\\w{1000}'",
        "x matches '(?=a)a'",
        "x matches '(a)\\1'",
        nested.as_str(),
        long.as_str(),
    ] {
        assert!(
            Expr::parse(refused, "", Filters::default()).is_err(),
            "{refused}"
        );
    }
}

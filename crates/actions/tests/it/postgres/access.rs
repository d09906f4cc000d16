//! Getting in: users, TLS, addresses, and servers that are none.

use super::*;

#[tokio::test]
async fn who_cannot_get_in_is_told_what_to_correct() {
    let world = open();
    let dir = tempfile::tempdir().unwrap();
    let cluster =
        lab::Cluster::start_with(&dir.path().join("c"), lab::Options::set(&["fsync=off"])).unwrap();
    lab::sql(
        &cluster.url("postgres"),
        "create user shop password 'right'",
    )
    .unwrap();
    let hba = lab::sql(&cluster.url("postgres"), "show hba_file").unwrap();
    std::fs::write(
        &hba,
        "host all shop all scram-sha-256\nhost all switchhook all trust\n",
    )
    .unwrap();
    lab::sql(&cluster.url("postgres"), "select pg_reload_conf()").unwrap();
    let url = cluster.url("postgres");
    for (more, code, retry, says) in [
        (
            json!({ "user": "shop", "password": "canary-password" }),
            "sign_in",
            Retriable::No,
            "`CRM`",
        ),
        (
            json!({ "user": "shop" }),
            "sign_in",
            Retriable::No,
            "password",
        ),
        (
            json!({ "user": "shop", "password": "right", "database": "gone" }),
            "sql_refused",
            Retriable::No,
            "correct the database",
        ),
        (
            json!({ "user": "stranger", "password": "x" }),
            "sign_in",
            Retriable::No,
            "stranger",
        ),
        (json!({ "tls": "on" }), "tls", Retriable::No, "turn TLS on"),
        (json!({ "port": 1 }), "connect", Retriable::Yes, "refused"),
    ] {
        let office = at(&url, more.clone());
        let outcome = run(&world, &office, "sql.query", sql(&["select 1"], json!([]))).await;
        assert!(!format!("{outcome:?}").contains("canary"), "{outcome:?}");
        let refused = failure(outcome);
        assert_eq!(
            (&*refused.code, refused.retry),
            (code, retry),
            "{more}: {}",
            refused.message
        );
        assert!(
            refused.message.contains(says),
            "{more}: {}",
            refused.message
        );
        let verdict = world.try_connection(office.take(), &office).await;
        assert_eq!(verdict.works, Some(false), "{}", verdict.message);
        assert!(verdict.message.contains(says), "{}", verdict.message);
    }
    let office = at(&url, json!({ "user": "shop", "password": "right" }));
    let verdict = world.try_connection(office.take(), &office).await;
    assert_eq!(verdict.works, Some(true), "{}", verdict.message);
    assert!(
        verdict.message.contains("PostgreSQL 1") && verdict.message.contains("`shop`"),
        "{}",
        verdict.message
    );
}

#[tokio::test]
async fn over_tls_the_certificate_is_checked_and_an_authority_of_ones_own_is_trusted() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("c");
    let mut cluster = lab::Cluster::start_with(&home, lab::Options::set(&["fsync=off"])).unwrap();
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
    for (from, to) in [("valid.pem", "server.crt"), ("receiver.key", "server.key")] {
        let (to, owner) = (home.join(to), std::fs::metadata(&home).unwrap());
        std::fs::copy(format!("{fixtures}/{from}"), &to).unwrap();
        use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
        std::fs::set_permissions(&to, std::fs::Permissions::from_mode(0o600)).unwrap();
        chown(&to, Some(owner.uid()), Some(owner.gid())).unwrap();
    }
    lab::sql(&cluster.url("postgres"), "alter system set ssl = on").unwrap();
    cluster.restart(lab::Mode::Fast).unwrap();
    let authority = std::fs::read_to_string(format!("{fixtures}/authority.pem")).unwrap();
    let names = || {
        Names::of(&[
            ("receiver.test", &[&["127.0.0.1"]]),
            ("other.test", &[&["127.0.0.1"]]),
        ])
    };
    let world = |trust: bool| {
        World::new(Config {
            allowed: nets(&["127.0.0.0/8"]),
            trust: match trust {
                true => vec![CertificateDer::from_pem_slice(authority.as_bytes()).unwrap()],
                false => Vec::new(),
            },
            resolver: Some(names()),
            ..Config::default()
        })
    };
    let office = |more: Value| {
        let mut fields = json!({ "host": "receiver.test", "tls": "on" });
        for (name, value) in more.as_object().unwrap() {
            fields[name] = value.clone();
        }
        at(&cluster.url("postgres"), fields)
    };
    let ask = sql(
        &["select ssl from pg_stat_ssl where pid = pg_backend_pid()"],
        json!([]),
    );
    for (world, office) in [
        (world(true), office(json!({}))),
        (world(false), office(json!({ "authority": authority }))),
    ] {
        let outcome = run(&world, &office, "sql.query", ask.clone()).await;
        assert!(outcome.exchange.as_ref().unwrap().timing.tls_us.is_some());
        assert_eq!(
            outcome.result.unwrap().body["rows"],
            json!([{ "ssl": true }])
        );
    }
    for (world, office) in [
        (world(false), office(json!({}))),
        (world(true), office(json!({ "host": "other.test" }))),
        (world(false), office(json!({ "authority": "nonsense" }))),
    ] {
        assert_eq!(
            failure(run(&world, &office, "sql.query", ask.clone()).await).code,
            "tls"
        );
    }
}

#[tokio::test]
async fn no_internal_address_hears_a_byte_of_a_statement() {
    let server = Receiver::talking(vec![vec![Act::Hang]]).await;
    let port = server.port;
    for (host, code) in [
        ("127.0.0.1", "blocked"),
        ("localhost", "blocked"),
        ("0x7f.1", "blocked"),
        ("[::1]", "blocked"),
        ("10.0.0.1", "blocked"),
        ("169.254.169.254", "blocked"),
        ("metadata.test", "blocked"),
    ] {
        let world = match host {
            "metadata.test" => World::new(Config {
                resolver: Some(Names::of(&[(
                    "metadata.test",
                    &[&["93.184.216.34", "169.254.169.254"]],
                )])),
                ..Config::default()
            }),
            _ => closed(),
        };
        let office = Workspace::connected(
            "CRM",
            "postgres",
            json!({ "host": host, "port": port, "user": "u", "database": "d" }),
        );
        let refused =
            failure(run(&world, &office, "sql.query", sql(&["select 1"], json!([]))).await);
        assert_eq!(
            (&*refused.code, refused.retry),
            (code, Retriable::No),
            "{host}: {}",
            refused.message
        );
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn what_is_no_database_or_says_nothing_fails_with_what_it_means() {
    for (script, tls, code) in [
        (
            vec![
                Act::Send(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec()),
                Act::Hang,
            ],
            "on",
            "bad_response",
        ),
        (
            vec![
                Act::Send(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec()),
                Act::Hang,
            ],
            "off",
            "timeout",
        ),
        (vec![Act::Hang], "on", "timeout"),
        (vec![Act::Hang], "off", "timeout"),
        (
            vec![Act::Endless(vec![b'N'; 1 << 16])],
            "off",
            "bad_response",
        ),
    ] {
        let server = Receiver::talking(vec![script]).await;
        let office = at(
            &format!("postgres://u@127.0.0.1:{}/d", server.port),
            json!({ "tls": tls }),
        );
        let mut step = step("sql.query", sql(&["select 1"], json!([])));
        step.timeout = Duration::from_secs(1);
        let refused = failure(open().perform(&step, &office).await);
        assert_eq!(refused.code, code, "{tls}: {}", refused.message);
        assert_ne!(refused.retry, Retriable::Unknown);
    }
}

//! Getting in: users, TLS, addresses, and servers that want more than they may.

use super::*;

#[tokio::test]
async fn who_cannot_get_in_is_told_what_to_correct() {
    let world = open();
    for (more, code, retry, says) in [
        (
            json!({ "password": "canary-wrong" }),
            "sign_in",
            Retriable::No,
            "`CRM`",
        ),
        (
            json!({ "database": "gone" }),
            "sql_refused",
            Retriable::No,
            "correct the database",
        ),
        (
            json!({ "user": "stranger" }),
            "sign_in",
            Retriable::No,
            "stranger",
        ),
        (json!({ "port": 1 }), "connect", Retriable::Yes, "refused"),
    ] {
        let office = office("select 1", more.clone());
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
        assert_eq!(
            world.try_connection(office.take(), &office).await.works,
            Some(false)
        );
    }
    let office = office("select 1", json!({}));
    let verdict = world.try_connection(office.take(), &office).await;
    assert!(
        verdict.works == Some(true) && verdict.message.contains("MariaDB 1"),
        "{}",
        verdict.message
    );
}

#[tokio::test]
async fn over_tls_the_certificate_is_checked_and_an_authority_of_ones_own_is_trusted() {
    let authority = std::fs::read_to_string(format!("{FIXTURES}/authority.pem")).unwrap();
    let world = |trust: bool| {
        World::new(Config {
            allowed: nets(&["127.0.0.0/8"]),
            trust: match trust {
                true => vec![CertificateDer::from_pem_slice(authority.as_bytes()).unwrap()],
                false => Vec::new(),
            },
            resolver: Some(Names::of(&[
                ("receiver.test", &[&["127.0.0.1"]]),
                ("other.test", &[&["127.0.0.1"]]),
            ])),
            ..Config::default()
        })
    };
    let ask = sql(&["show status like 'ssl_version'"], json!([]));
    let on = |more: Value| {
        let mut fields = json!({ "host": "receiver.test", "tls": "on" });
        for (name, value) in more.as_object().unwrap() {
            fields[name] = value.clone();
        }
        office("select 1", fields)
    };
    for (world, office) in [
        (world(true), on(json!({}))),
        (
            world(false),
            on(json!({ "authority": authority.replace('\n', "") })),
        ),
    ] {
        let outcome = run(&world, &office, "sql.query", ask.clone()).await;
        assert!(outcome.exchange.as_ref().unwrap().timing.tls_us.is_some());
        let body = outcome.result.unwrap().body;
        assert!(
            body["rows"][0]["Value"]
                .as_str()
                .unwrap()
                .starts_with("TLSv1"),
            "{body}"
        );
    }
    for (world, office) in [
        (world(false), on(json!({}))),
        (world(true), on(json!({ "host": "other.test" }))),
    ] {
        assert_eq!(
            failure(run(&world, &office, "sql.query", ask.clone()).await).code,
            "tls"
        );
    }
}

/// What a server of MySQL says first: an old version, no TLS, and the way of signing in that is given.
fn greeting(plugin: &str) -> Vec<u8> {
    let mut said = b"\x0a8.0.40\0\x07\0\0\0abcdefgh\0".to_vec();
    said.extend_from_slice(&[0xff, 0xf7, 45, 2, 0, 0xff, 0xff, 21]);
    said.extend_from_slice(&[0; 10]);
    said.extend_from_slice(b"ijklmnopqrst\0");
    said.extend_from_slice(plugin.as_bytes());
    said.push(0);
    packet(0, &said)
}

fn packet(turn: u8, said: &[u8]) -> Vec<u8> {
    let mut packet = (said.len() as u32).to_le_bytes().to_vec();
    packet[3] = turn;
    packet.extend_from_slice(said);
    packet
}

#[tokio::test]
async fn a_server_that_wants_more_than_it_may_gets_nothing() {
    let clear = [&[0xfe][..], b"mysql_clear_password\0"].concat();
    let infile = [
        greeting("mysql_native_password"),
        packet(2, &[0, 0, 0, 2, 0, 0, 0]),
        packet(1, b"\xfb/etc/passwd"),
    ]
    .concat();
    for (said, tls, code, says) in [
        (
            greeting("mysql_native_password"),
            "on",
            "tls",
            "turn TLS on",
        ),
        (
            [greeting("mysql_native_password"), packet(2, &clear)].concat(),
            "off",
            "sign_in",
            "TLS alone",
        ),
        (
            [greeting("caching_sha2_password"), packet(2, &[1, 4])].concat(),
            "off",
            "sign_in",
            "TLS alone",
        ),
        (
            [
                greeting("mysql_native_password"),
                packet(2, b"\xfedialog\0"),
            ]
            .concat(),
            "off",
            "sign_in",
            "`dialog`",
        ),
        (infile, "off", "bad_response", "not MySQL"),
        (packet(0, &[0xff; 5]), "off", "sql_refused", ""),
        (
            b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(),
            "off",
            "bad_response",
            "check host and port",
        ),
        (
            packet(3, b"x"),
            "off",
            "bad_response",
            "check host and port",
        ),
        (packet(0, b""), "off", "bad_response", "check host and port"),
        (
            packet(0, b"\x0a8.0"),
            "off",
            "bad_response",
            "check host and port",
        ),
        (
            vec![0xff, 0xff, 0xff, 0],
            "off",
            "output_too_large",
            "ask for less",
        ),
    ] {
        let server = Receiver::talking(vec![vec![Act::Send(said.clone()), Act::Hang]]).await;
        let fields = json!({ "host": "127.0.0.1", "port": server.port, "user": "u", "password": "canary-password", "database": "d", "tls": tls });
        let office = Workspace::connected("CRM", "mysql", fields);
        let refused =
            failure(run(&open(), &office, "sql.query", sql(&["select 1"], json!([]))).await);
        assert_eq!(refused.code, code, "{said:?}: {}", refused.message);
        assert!(refused.message.contains(says), "{}", refused.message);
    }
}

#[tokio::test]
async fn no_internal_address_hears_a_byte() {
    let server = Receiver::talking(vec![vec![Act::Hang]]).await;
    for host in [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "[::ffff:127.0.0.1]",
        "169.254.169.254",
    ] {
        let fields = json!({ "host": host, "port": server.port, "user": "u", "database": "d" });
        let office = Workspace::connected("CRM", "mysql", fields);
        let refused = failure(
            run(
                &closed(),
                &office,
                "sql.query",
                sql(&["select 1"], json!([])),
            )
            .await,
        );
        assert_eq!(
            (&*refused.code, refused.retry),
            ("blocked", Retriable::No),
            "{host}"
        );
    }
    assert_eq!(server.connections(), 0);
}

//! Getting in: users, TLS, addresses, and servers that want more than they may.

use super::*;

#[tokio::test]
async fn who_cannot_get_in_is_told_what_to_correct() {
    let world = open();
    let cases = [
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
    ];
    what_to_correct_is_told(&world, |more| office("select 1", more), &cases).await;
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
    the_certificate_is_checked(
        |more| office("select 1", more),
        "show status like 'ssl_version'",
        |rows| rows[0]["Value"].as_str().unwrap().starts_with("TLSv1"),
    )
    .await;
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
    internal_addresses_hear_nothing("mysql").await;
}

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
    let cases = [
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
    ];
    what_to_correct_is_told(&world, |more| at(&url, more), &cases).await;
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
    for (from, to) in [("valid.pem", "server.crt"), ("receiver.key", "server.key")] {
        let (to, owner) = (home.join(to), std::fs::metadata(&home).unwrap());
        std::fs::copy(format!("{FIXTURES}/{from}"), &to).unwrap();
        use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
        std::fs::set_permissions(&to, std::fs::Permissions::from_mode(0o600)).unwrap();
        chown(&to, Some(owner.uid()), Some(owner.gid())).unwrap();
    }
    lab::sql(&cluster.url("postgres"), "alter system set ssl = on").unwrap();
    cluster.restart(lab::Mode::Fast).unwrap();
    the_certificate_is_checked(
        |more| at(&cluster.url("postgres"), more),
        "select ssl from pg_stat_ssl where pid = pg_backend_pid()",
        |rows| *rows == json!([{ "ssl": true }]),
    )
    .await;
}

#[tokio::test]
async fn no_internal_address_hears_a_byte_of_a_statement() {
    internal_addresses_hear_nothing("postgres").await;
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

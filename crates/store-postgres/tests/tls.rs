//! Encrypted connections: to anybody where that is enough, to nobody but the right server where it is asked for.
#![allow(clippy::unwrap_used)]

use lab::Cluster;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::Path;
use std::process::Command;
use store::Journal;
use store_postgres::{Options, Postgres};

/// A certificate for 127.0.0.1 that nobody has signed; returns it as PEM.
fn certify(data: &Path) -> Vec<u8> {
    let (key, certificate) = (data.join("server.key"), data.join("server.crt"));
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
        ])
        .args([
            "-days",
            "2",
            "-subj",
            "/CN=lab",
            "-addext",
            "subjectAltName=IP:127.0.0.1",
        ])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .arg("-keyout")
        .arg(&key)
        .arg("-out")
        .arg(&certificate)
        .output()
        .unwrap();
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    let owner = std::fs::metadata(data).unwrap();
    for file in [&key, &certificate] {
        std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600)).unwrap();
        chown(file, Some(owner.uid()), Some(owner.gid())).unwrap();
    }
    std::fs::read(certificate).unwrap()
}

async fn encrypted(url: &str, ca: Option<&[u8]>) -> Result<bool, String> {
    let options = Options {
        url: url.into(),
        ca: ca.map(Into::into),
    };
    let store = Postgres::connect(&options)
        .await
        .map_err(|error| error.to_string())?;
    let query = "SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'switchhook'";
    // Answered by another connection, while the store holds its own.
    let answer = lab::sql(url, query).map_err(|error| error.to_string())?;
    store.close().await;
    Ok(answer == "t")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_is_checked_where_that_is_asked_for() {
    let directory = tempfile::tempdir_in("/var/tmp").unwrap();
    let data = directory.path().join("data");
    let cluster = Cluster::start_with(&data, lab::Options::for_tests()).unwrap();
    let url = cluster.create("tls").unwrap();
    let ca = certify(&data);
    lab::sql(&url, "ALTER SYSTEM SET ssl = on").unwrap();
    lab::sql(&url, "SELECT pg_reload_conf()").unwrap();
    let with = |mode: &str| format!("{url}?sslmode={mode}");
    // Connections say that the setting is on before the server has read its key: then it is asked again.
    let began = std::time::Instant::now();
    while encrypted(&with("prefer"), None).await != Ok(true) {
        assert!(began.elapsed().as_secs() < 20, "nothing is encrypted");
    }
    assert_eq!(encrypted(&with("disable"), None).await, Ok(false));
    assert_eq!(encrypted(&url, None).await, Ok(true));
    let stranger = encrypted(&with("require"), None).await.unwrap_err();
    assert!(stranger.contains("UnknownIssuer"), "{stranger}");
    assert_eq!(encrypted(&with("require"), Some(&ca)).await, Ok(true));
    let misnamed = with("require").replace("127.0.0.1", "localhost");
    let misnamed = encrypted(&misnamed, Some(&ca)).await.unwrap_err();
    assert!(misnamed.contains("not valid for name"), "{misnamed}");
    let unreadable = encrypted(&with("require"), Some(b"no PEM"))
        .await
        .unwrap_err();
    assert!(unreadable.contains("no certificate"), "{unreadable}");
}

#[tokio::test]
async fn a_server_without_encryption_is_refused_where_it_is_asked_for() {
    let url = format!("{}?sslmode=require", lab::database());
    let refused = encrypted(&url, None).await.unwrap_err();
    assert!(refused.contains("does not support TLS"), "{refused}");
}

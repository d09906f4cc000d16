//! The guarded dial of protocols other than HTTP, by the way of mail: no spelling of an address gets round it.

use crate::receiver::{Act, Receiver};
use crate::world::{Names, Workspace, failure, nets, step};
use actions::{Actions, Config, World};
use kernel::run::{Failure, Retriable};
use serde_json::json;

async fn mail_to(world: &World, host: &str, port: u16, security: &str) -> Failure {
    let fields = json!({ "host": host, "port": port, "security": security, "from": "a@b.example" });
    let office = Workspace {
        connection: Some(("Mail", "smtp", fields)),
        ..Workspace::default()
    };
    let with = json!({ "to": "c@d.example", "subject": "s", "text": "t" });
    failure(world.perform(&step("email.send", with), &office).await)
}

async fn server() -> Receiver {
    Receiver::talking(vec![vec![Act::Send(b"220 hi\r\n".to_vec()), Act::Hang]]).await
}

#[tokio::test]
async fn no_spelling_of_an_internal_address_is_dialled() {
    let server = server().await;
    let world = World::new(Config::default());
    for host in [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "127。0。0。1",
        "１２７.０.０.１",
        "0.0.0.0",
        "localhost",
        "LOCALHOST",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.0.1",
        "100.64.0.1",
        "198.18.0.1",
        "192.0.0.8",
        "240.0.0.1",
        "[fc00::1]",
        "169.254.169.254",
        "[::ffff:169.254.169.254]",
        "[fd00:ec2::254]",
        "[fe80::1]",
    ] {
        for security in ["plain", "tls", "starttls"] {
            let refused = mail_to(&world, host, server.port, security).await;
            assert_eq!(
                (&*refused.code, refused.retry),
                ("blocked", Retriable::No),
                "{host}: {}",
                refused.message
            );
        }
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn what_is_no_host_is_not_even_looked_up() {
    let server = server().await;
    let world = World::new(Config::default());
    let long = "a".repeat(300);
    for host in [
        "fe80::1%eth0",
        "[fe80::1%25eth0]",
        "user@127.0.0.1",
        "public.test#@127.0.0.1",
        "a b",
        "",
        "file:///etc/passwd",
        "127.0.0.1:25",
        &long,
    ] {
        let refused = mail_to(&world, host, server.port, "plain").await;
        assert_eq!(refused.code, "dns", "{host}: {}", refused.message);
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_name_is_judged_by_every_address_at_the_moment_of_dialling() {
    let server = server().await;
    let names = Names::of(&[
        ("private.test", &[&["10.9.9.9"]]),
        ("mixed.test", &[&["93.184.215.14", "127.0.0.1"]]),
        ("rebinding.test", &[&["127.0.0.1"], &["93.184.215.14"]]),
        ("metadata.google.internal", &[&["169.254.169.254"]]),
    ]);
    let world = World::new(Config {
        resolver: Some(names),
        ..Config::default()
    });
    for host in [
        "private.test",
        "mixed.test",
        "rebinding.test",
        "metadata.google.internal",
    ] {
        let refused = mail_to(&world, host, server.port, "plain").await;
        assert_eq!(refused.code, "blocked", "{host}: {}", refused.message);
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn metadata_stays_shut_and_an_opened_network_is_open_for_its_port_alone() {
    let server = server().await;
    let world = World::new(Config {
        allowed: nets(&["0.0.0.0/0", "::/0"]),
        ..Config::default()
    });
    for host in [
        "169.254.169.254",
        "[fd00:ec2::254]",
        "[fe80::1]",
        "100.100.100.200",
        "168.63.129.16",
    ] {
        let refused = mail_to(&world, host, 25, "plain").await;
        assert!(
            refused.code == "blocked" && refused.message.contains("stays shut"),
            "{host}: {}",
            refused.message
        );
    }
    let open = format!("127.0.0.1/32:{}", server.port);
    let world = World::new(Config {
        allowed: nets(&[&open]),
        ..Config::default()
    });
    assert_eq!(
        mail_to(&world, "127.0.0.1", server.port + 1, "plain")
            .await
            .code,
        "blocked"
    );
    let mut step = step(
        "email.send",
        json!({ "to": "c@d.example", "subject": "s", "text": "t" }),
    );
    step.timeout = std::time::Duration::from_millis(500);
    let fields = json!({ "host": "127.0.0.1", "port": server.port, "security": "plain", "from": "a@b.example" });
    let office = Workspace::connected("Mail", "smtp", fields);
    assert_eq!(failure(world.perform(&step, &office).await).code, "timeout");
    assert_eq!(server.connections(), 1);
}

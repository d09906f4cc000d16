//! No request gets to an address that is not open, however it is spelt.

use crate::receiver::{Receiver, answer};
use crate::world::{Names, Workspace, closed, failure, nets, open, output, request, step};
use actions::{Actions, Config, World};
use kernel::run::Retriable;
use serde_json::json;

#[tokio::test]
async fn no_spelling_of_this_machine_reaches_it() {
    let receiver = Receiver::ok().await;
    let six = Receiver::listen("[::1]:0", vec![vec![answer("200 OK", "", "")]]).await;
    let port = receiver.port;
    let world = closed();
    for host in [
        "127.0.0.1",
        "127.1",
        "127.0.0.1.",
        "127.255.255.254",
        "2130706433",
        "0x7f.1",
        "0x7f000001",
        "0177.0.0.1",
        "017700000001",
        "127。0。0。1",
        "１２７.０.０.１",
        "0.0.0.0",
        "0",
        "localhost",
        "LOCALHOST",
        "[::ffff:127.0.0.1]",
        "[::127.0.0.1]",
        "[0:0:0:0:0:ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b:1::7f00:1]",
        "[2002:7f00:1::]",
        "[2001:0:0:0:0:0:80ff:fffe]",
    ] {
        let refused =
            failure(request(&world, json!({ "url": format!("http://{host}:{port}/") })).await);
        assert_eq!(
            (&*refused.code, refused.retry),
            ("blocked", Retriable::No),
            "{host}: {refused:?}"
        );
        assert!(
            refused.message.contains("--allow-network "),
            "{}",
            refused.message
        );
    }
    for host in ["[::1]", "[::]", "localhost", "[0:0:0:0:0:0:0:1]"] {
        let refused = failure(
            request(
                &world,
                json!({ "url": format!("http://{host}:{}/", six.port) }),
            )
            .await,
        );
        assert_eq!(refused.code, "blocked", "{host}: {refused:?}");
    }
    assert_eq!((receiver.connections(), six.connections()), (0, 0));
}

#[tokio::test]
async fn special_networks_are_blocked() {
    let world = closed();
    for host in [
        "10.0.0.1",
        "172.16.0.1",
        "192.168.0.1",
        "100.64.0.1",
        "198.18.0.1",
        "192.0.0.8",
        "240.0.0.1",
        "255.255.255.255",
        "224.0.0.1",
        "192.0.2.1",
        "203.0.113.9",
        "[fc00::1]",
        "[fd12::1]",
        "[fec0::1]",
        "[ff02::1]",
        "[100::1]",
        "[3fff::1]",
        "[2001:db8::1]",
    ] {
        for scheme in ["http", "https"] {
            let refused =
                failure(request(&world, json!({ "url": format!("{scheme}://{host}/") })).await);
            assert_eq!(refused.code, "blocked", "{scheme}://{host}: {refused:?}");
        }
    }
}

#[tokio::test]
async fn metadata_addresses_stay_shut_whatever_is_allowed() {
    let names = Names::of(&[("metadata.google.internal", &[&["169.254.169.254"]])]);
    let world = World::new(Config {
        allowed: nets(&["0.0.0.0/0", "::/0", "169.254.169.254/32:80"]),
        resolver: Some(names),
        ..Config::default()
    });
    for host in [
        "169.254.169.254",
        "[::ffff:169.254.169.254]",
        "[64:ff9b::a9fe:a9fe]",
        "[2002:a9fe:a9fe::]",
        "[fd00:ec2::254]",
        "[fe80::1]",
        "100.100.100.200",
        "168.63.129.16",
        "metadata.google.internal",
    ] {
        let refused =
            failure(request(&world, json!({ "url": format!("http://{host}/latest/") })).await);
        assert_eq!(refused.code, "blocked", "{host}");
        assert!(
            refused.message.contains("stays shut"),
            "{}",
            refused.message
        );
    }
}

#[tokio::test]
async fn urls_that_hide_their_host_do_not_get_through() {
    let receiver = Receiver::ok().await;
    let port = receiver.port;
    let names = Names::of(&[("public.test", &[&["10.9.9.9"]])]);
    let world = World::new(Config {
        resolver: Some(names),
        ..Config::default()
    });
    for (url, code) in [
        (format!("http://user:pass@127.0.0.1:{port}/"), "bad_url"),
        (format!("http://public.test#@127.0.0.1:{port}/"), "blocked"),
        (format!("http://public.test\\@127.0.0.1:{port}/"), "blocked"),
        (format!("http://public.test@127.0.0.1:{port}/"), "bad_url"),
        (format!("http://[fe80::1%25eth0]:{port}/"), "bad_url"),
        ("file:///etc/passwd".into(), "bad_url"),
        (format!("gopher://127.0.0.1:{port}/_GET"), "bad_url"),
        (format!("ftp://127.0.0.1:{port}/"), "bad_url"),
        ("unix:/run/docker.sock".into(), "bad_url"),
        ("data:text/plain,hello".into(), "bad_url"),
        (format!("http://{}.test/", "a".repeat(300)), "bad_url"),
        (format!("http://127.0.0.1:{port}:80/"), "bad_url"),
        ("http://127.0.0.1:0/".into(), "bad_url"),
        ("//127.0.0.1/".into(), "bad_url"),
    ] {
        let refused = failure(request(&world, json!({ "url": url })).await);
        assert_eq!(
            (&*refused.code, refused.retry),
            (code, Retriable::No),
            "{url}: {refused:?}"
        );
    }
    assert_eq!(receiver.connections(), 0);
}

#[tokio::test]
async fn a_name_is_judged_by_every_address_of_the_answer_that_is_dialled() {
    let receiver = Receiver::ok().await;
    let names = Names::of(&[
        ("private.test", &[&["127.0.0.1"]]),
        ("mixed.test", &[&["1.1.1.1", "127.0.0.1"]]),
        ("mixed-the-other-way.test", &[&["127.0.0.1", "1.1.1.1"]]),
        ("mapped.test", &[&["::ffff:127.0.0.1"]]),
        ("empty.test", &[&[]]),
        // Rebinding: the allowed network first, this machine when asked again.
        ("rebinding.test", &[&["127.0.0.2"], &["127.0.0.1"]]),
    ]);
    let world = World::new(Config {
        allowed: nets(&["127.0.0.2/32"]),
        resolver: Some(names),
        ..Config::default()
    });
    let port = receiver.port;
    for (name, code) in [
        ("private.test", "blocked"),
        ("mixed.test", "blocked"),
        ("mixed-the-other-way.test", "blocked"),
        ("mapped.test", "blocked"),
        ("empty.test", "dns"),
        ("unknown.test", "dns"),
        // Nobody listens there: the connection went to the address that was checked, not to a second answer.
        ("rebinding.test", "connect"),
        ("rebinding.test", "blocked"),
    ] {
        let refused =
            failure(request(&world, json!({ "url": format!("http://{name}:{port}/") })).await);
        assert_eq!(refused.code, code, "{name}: {refused:?}");
    }
    assert_eq!(receiver.connections(), 0);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let target = Receiver::ok().await;
    for status in [
        "301 Moved",
        "302 Found",
        "303 See Other",
        "307 Temporary",
        "308 Permanent",
    ] {
        let location = format!("location: {}\r\n", target.url("/admin"));
        let receiver = Receiver::answering(status, &location, "").await;
        let refused = failure(request(&open(), json!({ "url": receiver.url("/") })).await);
        assert_eq!(
            (&*refused.code, refused.retry),
            ("http_status", Retriable::No)
        );
        assert!(
            refused.message.contains(&target.url("/admin")),
            "{}",
            refused.message
        );
    }
    assert_eq!(target.connections(), 0);
}

#[tokio::test]
async fn an_allowed_network_opens_its_addresses_and_port_alone() {
    let receiver = Receiver::ok().await;
    let other = Receiver::ok().await;
    let world = World::new(Config {
        allowed: nets(&[&format!("127.0.0.1:{}", receiver.port)]),
        ..Config::default()
    });
    output(request(&world, json!({ "url": receiver.url("/") })).await);
    let refused = failure(request(&world, json!({ "url": other.url("/") })).await);
    assert_eq!(refused.code, "blocked");
    assert!(
        refused
            .message
            .contains(&format!("--allow-network 127.0.0.1/32:{}", other.port))
    );
    assert_eq!(other.connections(), 0);
}

#[tokio::test]
async fn a_connection_opened_by_one_workspace_is_not_used_by_another_that_may_not_reach_it() {
    let receiver = Receiver::ok().await;
    let world = closed();
    let step = step("http.request", json!({ "url": receiver.url("/") }));
    let insider = Workspace {
        allowed: nets(&["127.0.0.0/8"]),
        ..Workspace::default()
    };
    let also = Workspace {
        allowed: nets(&["127.0.0.1/32"]),
        ..Workspace::default()
    };
    let outsider = Workspace {
        allowed: nets(&["10.0.0.0/8"]),
        ..Workspace::default()
    };
    output(world.perform(&step, &insider).await);
    let (_, exchange) = output(world.perform(&step, &insider).await);
    assert!(exchange.timing.reused);
    assert_eq!(
        failure(world.perform(&step, &Workspace::default()).await).code,
        "blocked"
    );
    assert_eq!(
        failure(world.perform(&step, &outsider).await).code,
        "blocked"
    );
    let (_, exchange) = output(world.perform(&step, &also).await);
    assert!(!exchange.timing.reused);
    assert_eq!((receiver.connections(), receiver.received().len()), (2, 3));
}

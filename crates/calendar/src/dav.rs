//! The few bodies of CalDAV (RFC 4791) that are sent, and the answers to them (RFC 4918, multistatus). XML is read without
//! document types, so that nothing in it is expanded or fetched.

use crate::span::utc;
use jiff::Timestamp;
use roxmltree::{Document, Node, ParsingOptions};

const DAV: &str = "DAV:";
const CALDAV: &str = "urn:ietf:params:xml:ns:caldav";
/// More elements than any account or calendar needs within an answer's bytes.
const MOST_NODES: u32 = 200_000;

/// What an address is, and where its user's calendars are.
pub const LOOK: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
    <D:propfind xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><D:prop>\
    <D:resourcetype/><D:displayname/><D:current-user-principal/><C:calendar-home-set/>\
    <C:supported-calendar-component-set/></D:prop></D:propfind>";

/// All events with something in that time, repeating ones spelled out.
pub fn events_between(from: Timestamp, to: Timestamp) -> String {
    let (from, to) = (utc(from), utc(to));
    query(
        &format!("<C:calendar-data><C:expand start=\"{from}\" end=\"{to}\"/></C:calendar-data>"),
        &format!("<C:time-range start=\"{from}\" end=\"{to}\"/>"),
    )
}

pub fn event_named(uid: &str) -> String {
    let uid = escape(uid);
    query(
        "<D:getetag/><C:calendar-data/>",
        &format!(
            "<C:prop-filter name=\"UID\"><C:text-match collation=\"i;octet\">{uid}</C:text-match></C:prop-filter>"
        ),
    )
}

fn query(properties: &str, filter: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <C:calendar-query xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><D:prop>{properties}</D:prop>\
         <C:filter><C:comp-filter name=\"VCALENDAR\"><C:comp-filter name=\"VEVENT\">{filter}</C:comp-filter>\
         </C:comp-filter></C:filter></C:calendar-query>"
    )
}

fn escape(text: &str) -> String {
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    text.replace('"', "&quot;")
}

/// What a server says about one address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    pub href: String,
    pub is_calendar: bool,
    /// Whether events may be in it.
    pub holds_events: bool,
    pub name: Option<String>,
    pub principal: Option<String>,
    pub home: Option<String>,
    pub etag: Option<String>,
    /// A calendar object.
    pub data: Option<String>,
}

pub fn multistatus(text: &str) -> Result<Vec<Found>, String> {
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: MOST_NODES,
        ..ParsingOptions::default()
    };
    let document =
        Document::parse_with_options(text.trim_start_matches('\u{FEFF}').trim_start(), options);
    let document = document.map_err(|error| format!("its answer is no XML: {error}"))?;
    let root = document.root_element();
    if !root.has_tag_name((DAV, "multistatus")) {
        return Err("its answer is not one of WebDAV".into());
    }
    let responses = root
        .children()
        .filter(|node| node.has_tag_name((DAV, "response")));
    Ok(responses.map(found).collect())
}

fn found(response: Node<'_, '_>) -> Found {
    let mut found = Found {
        href: child(response, DAV, "href").map(text).unwrap_or_default(),
        holds_events: true,
        ..Found::default()
    };
    let parts = response
        .children()
        .filter(|node| node.has_tag_name((DAV, "propstat")));
    // Properties that an address does not have come with a status of their own.
    let there = parts.filter(|part| {
        child(*part, DAV, "status").is_none_or(|status| text(status).contains(" 200"))
    });
    for property in there
        .filter_map(|part| child(part, DAV, "prop"))
        .flat_map(|prop| prop.children())
    {
        let name = property.tag_name();
        let href = || {
            child(property, DAV, "href")
                .map(text)
                .filter(|href| !href.is_empty())
        };
        match (name.namespace(), name.name()) {
            (Some(DAV), "resourcetype") => {
                found.is_calendar = child(property, CALDAV, "calendar").is_some()
            }
            (Some(DAV), "displayname") => {
                found.name = Some(text(property)).filter(|name| !name.is_empty())
            }
            (Some(DAV), "current-user-principal") => found.principal = href(),
            (Some(CALDAV), "calendar-home-set") => found.home = href(),
            (Some(DAV), "getetag") => found.etag = Some(text(property)),
            (Some(CALDAV), "calendar-data") => found.data = Some(whole(property)),
            (Some(CALDAV), "supported-calendar-component-set") => {
                let mut kinds = property
                    .children()
                    .filter(|node| node.has_tag_name((CALDAV, "comp")));
                found.holds_events = kinds.any(|kind| kind.attribute("name") == Some("VEVENT"));
            }
            _ => {}
        }
    }
    found
}

fn child<'a, 'i>(node: Node<'a, 'i>, namespace: &str, name: &str) -> Option<Node<'a, 'i>> {
    node.children()
        .find(|child| child.has_tag_name((namespace, name)))
}

fn text(node: Node<'_, '_>) -> String {
    whole(node).trim().to_owned()
}

/// Also where text and CDATA stand side by side.
fn whole(node: Node<'_, '_>) -> String {
    node.children().filter_map(|child| child.text()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_says_is_read_whatever_its_prefixes_are() {
        let text = "<?xml version='1.0'?>\n<x:multistatus xmlns:x=\"DAV:\" xmlns=\"urn:ietf:params:xml:ns:caldav\">
          <x:response><x:href>/u/work/</x:href>
            <x:propstat><x:prop><x:resourcetype><x:collection/><calendar/></x:resourcetype><x:displayname> Work &amp; co </x:displayname>
              <supported-calendar-component-set><comp name=\"VEVENT\"/></supported-calendar-component-set>
              <calendar-home-set><x:href>/u/</x:href></calendar-home-set>
              <x:current-user-principal><x:href>/p/u/</x:href></x:current-user-principal></x:prop><x:status>HTTP/1.1 200 OK</x:status></x:propstat>
            <x:propstat><x:prop><x:getetag>no</x:getetag></x:prop><x:status>HTTP/1.1 404 Not Found</x:status></x:propstat></x:response>
          <x:response><x:href>/u/tasks/</x:href><x:propstat><x:prop><x:resourcetype><calendar/></x:resourcetype>
              <supported-calendar-component-set><comp name=\"VTODO\"/></supported-calendar-component-set></x:prop></x:propstat></x:response>
          <x:response><x:href>/u/e.ics</x:href><x:propstat><x:prop><x:getetag>\"1\"</x:getetag><calendar-data>BEGIN:A<![CDATA[
END:A]]></calendar-data></x:prop><x:status>HTTP/1.1 200 OK</x:status></x:propstat></x:response>
        </x:multistatus>";
        let found = multistatus(text).unwrap();
        let work = Found {
            href: "/u/work/".into(),
            is_calendar: true,
            holds_events: true,
            name: Some("Work & co".into()),
            principal: Some("/p/u/".into()),
            home: Some("/u/".into()),
            etag: None,
            data: None,
        };
        assert_eq!(found[0], work);
        assert!(found[1].is_calendar && !found[1].holds_events);
        assert_eq!(found[2].etag.as_deref(), Some("\"1\""));
        assert_eq!(found[2].data.as_deref(), Some("BEGIN:A\nEND:A"));
    }

    #[test]
    fn what_is_not_webdav_is_refused_and_nothing_is_expanded() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><x>&b;</x>";
        let outside = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><x>&a;</x>";
        for (text, says) in [
            ("", "no XML"),
            ("{\"a\": 1}", "no XML"),
            ("<html><body>Sign in</body></html>", "not one of WebDAV"),
            ("<multistatus/>", "not one of WebDAV"),
            (bomb, "no XML"),
            (outside, "no XML"),
        ] {
            assert!(multistatus(text).unwrap_err().contains(says), "{text}");
        }
    }

    #[test]
    fn what_is_asked_for_stands_in_the_body_escaped() {
        let body = event_named("a<b>&\"c");
        assert!(
            body.contains(">a&lt;b&gt;&amp;&quot;c</C:text-match>"),
            "{body}"
        );
        assert!(Document::parse(&body).is_ok() && Document::parse(LOOK).is_ok());
        let at = |text: &str| text.parse().unwrap();
        let body = events_between(at("2026-11-24T00:00:00Z"), at("2026-11-25T00:00:00Z"));
        assert!(
            body.contains("<C:expand start=\"20261124T000000Z\" end=\"20261125T000000Z\"/>"),
            "{body}"
        );
        assert!(Document::parse(&body).is_ok());
    }
}

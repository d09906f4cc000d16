//! The words of an invitation: what a reader sees whose program does not know calendars. Without labels, and with times as
//! they stand on every clock, so that they can be read in any language.

use crate::span::Span;
use crate::{Details, Method};
use jiff::Zoned;

pub struct Invitation {
    pub subject: String,
    pub text: String,
    pub html: String,
}

pub fn invitation(details: &Details<'_>, method: Method) -> Invitation {
    let title = details
        .title
        .filter(|title| !title.is_empty())
        .unwrap_or("Appointment");
    let subject = match method {
        Method::Request => title.to_owned(),
        Method::Cancel => format!("Cancelled: {title}"),
    };
    let when = details.span.map(words).unwrap_or_default();
    let place = details.location.unwrap_or_default();
    let more = details.description.unwrap_or_default();
    let lines = [&subject, &*when, place]
        .into_iter()
        .filter(|line| !line.is_empty());
    let mut text = lines.collect::<Vec<_>>().join("\n");
    text.push('\n');
    if !more.is_empty() {
        text.push('\n');
        text.push_str(more);
        text.push('\n');
    }
    Invitation {
        html: html(&subject, &when, place, more, method),
        subject,
        text,
    }
}

/// `2026-11-24 15:00 – 15:30 (Europe/Berlin, UTC+01:00)`.
fn words(span: &Span) -> String {
    match span {
        Span::Days { first, last } if first == last => first.to_string(),
        Span::Days { first, last } => format!("{first} – {last}"),
        Span::Moments { start, end } => {
            let end = end.with_time_zone(start.time_zone().clone());
            let ends = match start.date() == end.date() {
                true => end.strftime("%H:%M"),
                false => end.strftime("%Y-%m-%d %H:%M"),
            };
            format!(
                "{} – {ends} ({})",
                start.strftime("%Y-%m-%d %H:%M"),
                zone(start)
            )
        }
    }
}

fn zone(moment: &Zoned) -> String {
    let offset = moment.strftime("%:z");
    match moment.time_zone().iana_name() {
        Some("UTC") => "UTC".into(),
        Some(name) => format!("{name}, UTC{offset}"),
        None => format!("UTC{offset}"),
    }
}

fn html(title: &str, when: &str, place: &str, more: &str, method: Method) -> String {
    let struck = match method {
        Method::Request => "",
        Method::Cancel => ";text-decoration:line-through",
    };
    let line = |style: &str, text: &str| match text.is_empty() {
        true => String::new(),
        false => format!("<p style=\"margin:0 0 6px;{style}\">{}</p>", escape(text)),
    };
    let more = match more.is_empty() {
        true => String::new(),
        false => format!(
            "<p style=\"margin:14px 0 0;padding-top:14px;border-top:1px solid #e4e4e7;white-space:pre-line\">{}</p>",
            escape(more)
        ),
    };
    format!(
        "<div style=\"font:15px/1.5 system-ui,-apple-system,Segoe UI,sans-serif;color:#18181b;max-width:480px;\
         border:1px solid #e4e4e7;border-left:4px solid #4f46e5;border-radius:6px;padding:18px 20px\">{}{}{}{more}</div>",
        line("font-size:18px;font-weight:600", title),
        line(&format!("font-weight:500{struck}"), when),
        line("color:#52525b", place),
    )
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            sign => escaped.push(sign),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;

    fn span(start: &str, end: &str) -> Span {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let when = |text| crate::read(text, Some(&zone)).unwrap().unwrap().when;
        Span::new(when(start), Some(when(end)), None, None).unwrap()
    }

    #[test]
    fn an_invitation_says_what_when_and_where() {
        let span = span("2026-11-24T15:00", "2026-11-24T15:30");
        let details = Details {
            span: Some(&span),
            title: Some("Tea & <b>talk</b>"),
            location: Some("Room 5"),
            description: Some("Bring \"notes\""),
            ..Details::default()
        };
        let mail = invitation(&details, Method::Request);
        assert_eq!(mail.subject, "Tea & <b>talk</b>");
        assert_eq!(
            mail.text,
            "Tea & <b>talk</b>\n2026-11-24 15:00 – 15:30 (Europe/Berlin, UTC+01:00)\nRoom 5\n\nBring \"notes\"\n"
        );
        assert!(
            mail.html.contains("Tea &amp; &lt;b&gt;talk&lt;/b&gt;") && !mail.html.contains("<b>")
        );
        let off = invitation(&details, Method::Cancel);
        assert!(off.subject.starts_with("Cancelled: ") && off.html.contains("line-through"));
    }

    #[test]
    fn days_and_nights_are_said_as_they_are() {
        for (start, end, said) in [
            ("2026-12-24", "2026-12-24", "2026-12-24"),
            ("2026-12-24", "2026-12-26", "2026-12-24 – 2026-12-26"),
            (
                "2026-07-24T23:00",
                "2026-07-25T01:00",
                "2026-07-24 23:00 – 2026-07-25 01:00 (Europe/Berlin, UTC+02:00)",
            ),
            (
                "2026-07-24T23:00Z",
                "2026-07-24T23:30Z",
                "2026-07-25 01:00 – 01:30 (Europe/Berlin, UTC+02:00)",
            ),
        ] {
            assert_eq!(words(&span(start, end)), said);
        }
    }
}

//! The mail and the text message about a call, as people like to read them: who called, how it went, what was said.

use calls::agent::{Action, Agent};
use serde_json::{Value, json};

const HTML: &str = include_str!("mail.html");
const TEXT: &str = include_str!("mail.txt");
const RECORDING: &str = "Recording: {{ about.recording }}\n";
/// A link where the address is one of the web; else the address as it is, since a link of another kind would be refused.
const RECORDING_ROW: &str = r#"<tr><td class="quiet">Recording</td><td><a href="{{ about.links | where('web') | map('address') | first | default('') }}">{{ about.links | where('web') | map('words') | first | default('') }}</a>{{ about.links | where('web', false) | map('address') | first | default('') }}</td></tr>
"#;

/// Said once before they are written: what has no value says so in words.
pub(super) fn facts() -> Value {
    json!({
        "full_name": "{{ contact.first_name | default('') }} {{ contact.last_name | default('') }}",
        "about": {
            "number": "{{ customer_number | phone('international') | default(customer_number) | default(caller_number) | default('unknown number') }}",
            "name": "{{ full_name | trim | default(contact.name) | default('') }}",
            "phone_type": "{{ customer_number | phone_type | default('unknown') | replace('_', ' ') }}",
            "duration": "{{ '1970-01-01T00:00:00Z' | add_time(duration) | date('%H:%M:%S') }}",
            "when": "{{ started_at | default(timestamp) | date('%-d %B %Y, %H:%M UTC') }}",
            "summary": "{{ summary | default(call.analysis.failure.message) | default('No summary.') }}",
            "outcome": "{{ disposition | default(status) | default('') }}",
            "transcript": "{{ transcript | default('Nothing was said.') }}",
            "recording": "{{ recording_url | default('none') }}",
            "links": [{
                "web": "{{ recording_url | default('') matches '(?i)^https?://' }}",
                "address": "{{ recording_url | default('none') }}",
                "words": "Listen to it"
            }]
        },
        "caller": "{{ about.name | default(about.number) }}"
    })
}

pub(super) fn sms(action: &Action) -> Value {
    let usual =
        "Call from {{ about.number }} {{ about.name }}\n{{ about.summary | truncate(300) }}";
    json!({
        "to": action.to.first().cloned().unwrap_or_default(),
        "text": action.text.as_deref().unwrap_or(usual),
    })
}

pub(super) fn email(agent: &Agent, action: &Action) -> Value {
    let usual = "Call with {{ caller }}: {{ about.outcome | default('ended') }}";
    let (line, row) = match action.includes_recording() {
        true => (RECORDING, RECORDING_ROW),
        false => ("", ""),
    };
    json!({
        "to": action.to,
        "subject": action.subject.as_deref().unwrap_or(usual),
        "text": TEXT.replace("%recording%", line),
        "html": HTML.replace("%recording%", row).replace("%agent%", &escaped(&agent.name)),
    })
}

/// An operator's own words in a page and in a template.
fn escaped(text: &str) -> String {
    let mut safe = String::new();
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '{' => safe.push_str("&#123;"),
            '$' => safe.push_str("&#36;"),
            c => safe.push(c),
        }
    }
    safe
}

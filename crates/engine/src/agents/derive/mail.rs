//! The mail and the text message about a call, as people like to read them: who called, how it went, what was said.

use calls::agent::{Action, Agent};
use serde_json::{Value, json};

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
            "recording": "{{ recording_url | default('none') }}"
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
    let mut rows = vec![
        ("Caller", "{{ about.number }}"),
        ("Contact", "{{ about.name | default('not saved') }}"),
        ("Phone", "{{ about.phone_type }}"),
        ("When", "{{ about.when }}"),
        ("Duration", "{{ about.duration }}"),
        ("Outcome", "{{ about.outcome | default('not known') }}"),
    ];
    if action.includes_recording() {
        rows.push(("Recording", "{{ about.recording }}"));
    }
    let agent = escaped(&agent.name);
    let lines: Vec<String> = rows
        .iter()
        .map(|(label, value)| format!("{label}: {value}"))
        .collect();
    let text = format!(
        "{}\n\nSummary\n{{{{ about.summary }}}}\n\nTranscript\n{{{{ about.transcript }}}}\n",
        lines.join("\n")
    );
    let cells: Vec<String> = rows
        .iter()
        .map(|(label, value)| {
            format!(
                "<tr><td style=\"padding:4px 16px 4px 0;color:#5c6470;white-space:nowrap;vertical-align:top\">{label}</td><td style=\"padding:4px 0\">{value}</td></tr>"
            )
        })
        .collect();
    let html = format!(
        "<!doctype html><html><body style=\"margin:0;padding:24px;background:#f4f5f7;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:15px;line-height:1.5;color:#16191d\">\
<div style=\"max-width:640px;margin:0 auto;background:#ffffff;border-radius:8px;padding:24px\">\
<p style=\"margin:0 0 4px;color:#5c6470\">{agent}</p>\
<h1 style=\"margin:0 0 16px;font-size:20px;line-height:1.3\">Call with {{{{ caller }}}}</h1>\
<p style=\"margin:0 0 16px;white-space:pre-wrap\">{{{{ about.summary }}}}</p>\
<table style=\"border-collapse:collapse;margin:0 0 16px\">{}</table>\
<h2 style=\"margin:0 0 8px;font-size:16px\">Transcript</h2>\
<div style=\"white-space:pre-wrap;background:#f4f5f7;border-radius:6px;padding:12px\">{{{{ about.transcript }}}}</div>\
</div></body></html>",
        cells.concat()
    );
    json!({
        "to": action.to,
        "subject": action.subject.as_deref().unwrap_or(usual),
        "text": text,
        "html": html,
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

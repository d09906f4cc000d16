//! The demo's three flows: a signed webhook, a branch, and a receiver that fails twice before it succeeds.

use serde_json::{Value, json};

/// The connection that the second one names.
pub const CRM: &str = "Demo CRM";

pub fn all(base: &str) -> [Value; 3] {
    [
        json!({
            "name": "Send every finished call to the inspector",
            "on": ["call.ended"],
            "steps": [
                { "id": "send", "do": "webhook.send", "note": "Signed as Standard Webhooks asks; look at it under Inspector.",
                  "with": { "url": format!("{base}/demo/inspect"), "secret": "{{ secrets.inspector }}" } }
            ]
        }),
        json!({
            "name": "Create a lead for interested callers",
            "on": ["call.ended"],
            "where": { "min_duration_s": 30 },
            "steps": [
                { "id": "interested", "if": "outcome.interested == true",
                  "then": [
                    { "id": "lead", "do": "http.request", "connection": CRM,
                      "with": { "method": "POST", "url": format!("{base}/demo/crm/leads"),
                                "json": { "phone": "{{ customer_number }}", "duration": "{{ duration }}", "summary": "{{ summary }}", "budget": "{{ outcome.budget }}" } },
                      "save": { "lead_id": "{{ body.id }}" } },
                    { "id": "text", "set": { "message": "New lead {{ lead_id }}: {{ customer_number }}, {{ duration | round }} s" } },
                    { "id": "tell", "do": "http.request",
                      "with": { "method": "POST", "url": format!("{base}/demo/inspect"), "json": { "text": "{{ message }}" } } }
                  ],
                  "else": [
                    { "id": "nurture", "do": "http.request",
                      "with": { "method": "POST", "url": format!("{base}/demo/crm/nurture"), "json": { "phone": "{{ customer_number }}" } } }
                  ] }
            ]
        }),
        json!({
            "name": "Deliver to a receiver that fails twice",
            "on": ["call.ended"],
            "steps": [
                { "id": "stubborn", "do": "http.request",
                  "with": { "method": "POST", "url": format!("{base}/demo/stubborn"), "json": { "call": "{{ call_id }}", "reason": "{{ end_reason }}" } },
                  "retry": { "attempts": 5, "first_s": 1, "factor": 2, "max_s": 10 } }
            ]
        }),
    ]
}

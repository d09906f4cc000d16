//! Each format as its vendor describes it: what is sent, and what is read from answers of every kind.

use super::*;
use crate::{Price, Schema, Stop, Turn, Usage, Way};
use proptest::prelude::*;
use serde_json::{Value, json};

const SCHEMA: Manner = Manner {
    way: Way::Schema,
    completion_tokens: false,
};

fn with(way: Way) -> Manner {
    Manner { way, ..SCHEMA }
}

fn mood() -> Schema {
    let schema = json!({ "type": "object", "properties": { "mood": { "enum": ["good", "bad"] } }, "required": ["mood"] });
    Schema::read(&schema).unwrap()
}

fn ask<'a>(turns: &'a [Turn], schema: Option<&'a Schema>) -> Ask<'a> {
    Ask {
        model: "m-1",
        system: "Be brief.",
        turns,
        schema,
        max_tokens: None,
        temperature: None,
    }
}

#[test]
fn a_plain_question_in_each_format() {
    let turns = [Turn::user("Hi"), Turn::model("Ho"), Turn::user("Hm?")];
    let whole = Ask {
        max_tokens: Some(9),
        temperature: Some(0.5),
        ..ask(&turns, None)
    };
    let wire = Dialect::OpenAi.request(&whole, SCHEMA);
    assert_eq!(wire.path, "/chat/completions");
    let said = json!([
        { "role": "system", "content": "Be brief." }, { "role": "user", "content": "Hi" },
        { "role": "assistant", "content": "Ho" }, { "role": "user", "content": "Hm?" }
    ]);
    assert_eq!(
        wire.body,
        json!({ "model": "m-1", "messages": said, "max_tokens": 9, "temperature": 0.5 })
    );
    let newer = Dialect::OpenAi.request(
        &whole,
        Manner {
            completion_tokens: true,
            ..SCHEMA
        },
    );
    assert_eq!(
        (
            &newer.body["max_completion_tokens"],
            newer.body.get("max_tokens")
        ),
        (&json!(9), None)
    );

    let wire = Dialect::Anthropic.request(&whole, SCHEMA);
    assert_eq!(wire.path, "/messages");
    let said = json!([
        { "role": "user", "content": "Hi" }, { "role": "assistant", "content": "Ho" }, { "role": "user", "content": "Hm?" }
    ]);
    assert_eq!(
        wire.body,
        json!({ "model": "m-1", "max_tokens": 9, "messages": said, "system": "Be brief.", "temperature": 0.5 })
    );
    assert_eq!(
        Dialect::Anthropic.request(&ask(&turns, None), SCHEMA).body["max_tokens"],
        8_192
    );

    let wire = Dialect::Gemini.request(&whole, SCHEMA);
    assert_eq!(wire.path, "/models/m-1:generateContent");
    assert_eq!(
        wire.body["contents"][1],
        json!({ "role": "model", "parts": [{ "text": "Ho" }] })
    );
    assert_eq!(
        wire.body["systemInstruction"],
        json!({ "parts": [{ "text": "Be brief." }] })
    );
    assert_eq!(
        wire.body["generationConfig"],
        json!({ "maxOutputTokens": 9, "temperature": 0.5 })
    );
    let tuned = Ask {
        model: "tunedModels/mine",
        ..whole
    };
    assert_eq!(
        Dialect::Gemini.request(&tuned, SCHEMA).path,
        "/tunedModels/mine:generateContent"
    );
}

#[test]
fn a_schema_in_each_format_and_way() {
    let (turns, schema) = ([Turn::user("Hi")], mood());
    let ask = ask(&turns, Some(&schema));
    let strict = schema.strict().unwrap();
    let body = |dialect: Dialect, way| dialect.request(&ask, with(way)).body;

    let format = &body(Dialect::OpenAi, Way::Schema)["response_format"];
    let named = json!({ "name": "answer", "strict": true, "schema": strict });
    assert_eq!(
        format,
        &json!({ "type": "json_schema", "json_schema": named })
    );
    let json_only = body(Dialect::OpenAi, Way::Json);
    assert_eq!(
        json_only["response_format"],
        json!({ "type": "json_object" })
    );
    assert!(
        json_only["messages"][0]["content"]
            .as_str()
            .unwrap()
            .contains("JSON Schema:\n{\"type\"")
    );
    assert!(
        body(Dialect::OpenAi, Way::Text)
            .get("response_format")
            .is_none()
    );

    let constrained = body(Dialect::Anthropic, Way::Schema);
    assert_eq!(
        constrained["output_config"],
        json!({ "format": { "type": "json_schema", "schema": strict } })
    );
    let tool = body(Dialect::Anthropic, Way::Json);
    assert_eq!(
        tool["tool_choice"],
        json!({ "type": "tool", "name": "answer" })
    );
    assert_eq!(&tool["tools"][0]["input_schema"], strict);
    assert!(tool.get("output_config").is_none());
    assert!(
        body(Dialect::Anthropic, Way::Text)["system"]
            .as_str()
            .unwrap()
            .contains("JSON Schema")
    );

    let config = &body(Dialect::Gemini, Way::Schema)["generationConfig"];
    assert_eq!(
        config,
        &json!({ "responseMimeType": "application/json", "responseJsonSchema": strict })
    );
    let json_only = body(Dialect::Gemini, Way::Json);
    assert_eq!(
        json_only["generationConfig"],
        json!({ "responseMimeType": "application/json" })
    );
    assert!(
        body(Dialect::Gemini, Way::Text)
            .get("generationConfig")
            .is_none()
    );
}

#[test]
fn a_schema_that_vendors_cannot_enforce_goes_without_strictness() {
    let open =
        Schema::read(&json!({ "type": "object", "additionalProperties": { "type": "number" } }))
            .unwrap();
    let turns = [Turn::user("Hi")];
    let ask = ask(&turns, Some(&open));
    let format =
        Dialect::OpenAi.request(&ask, SCHEMA).body["response_format"]["json_schema"].clone();
    assert_eq!(
        (&format["strict"], &format["schema"]["additionalProperties"]),
        (&json!(false), &json!({ "type": "number" }))
    );
    let body = Dialect::Anthropic.request(&ask, SCHEMA).body;
    assert!(body.get("output_config").is_none() && body["tools"][0]["name"] == "answer");
}

#[test]
fn answers_of_chat_completions() {
    let body = json!({
        "id": "chatcmpl-1", "object": "chat.completion", "model": "m-1-2026", "service_tier": "default",
        "choices": [{ "index": 0, "finish_reason": "stop", "logprobs": null,
            "message": { "role": "assistant", "content": "Hello", "refusal": null, "annotations": [] } }],
        "usage": { "prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15, "completion_tokens_details": { "reasoning_tokens": 1 } }
    });
    let answer = Dialect::OpenAi.answer(&body).unwrap();
    assert_eq!(
        (&*answer.text, answer.model.as_deref(), answer.stop),
        ("Hello", Some("m-1-2026"), Stop::End)
    );
    assert_eq!(
        answer.usage,
        Usage {
            input: Some(12),
            output: Some(3)
        }
    );
    let stop = |reason: &str, refusal: Value| {
        let message = json!({ "content": "x", "refusal": refusal });
        let body = json!({ "choices": [{ "finish_reason": reason, "message": message }] });
        Dialect::OpenAi.answer(&body).unwrap().stop
    };
    assert_eq!(stop("length", json!(null)), Stop::Length);
    assert_eq!(
        stop("stop", json!("I can't help.")),
        Stop::Refused("I can't help.".into())
    );
    assert!(matches!(
        stop("content_filter", json!(null)),
        Stop::Refused(_)
    ));
    assert_eq!(
        stop("tool_calls", json!(null)),
        Stop::Other("tool_calls".into())
    );
    let parts = json!({ "choices": [{ "message": { "content": [
        { "type": "thinking", "thinking": [{ "type": "text", "text": "hm" }] }, { "type": "text", "text": "Yes" } ] } }] });
    assert_eq!(Dialect::OpenAi.answer(&parts).unwrap().text, "Yes");
}

#[test]
fn answers_of_messages() {
    let body = json!({
        "id": "msg_1", "type": "message", "role": "assistant", "model": "m-1",
        "content": [{ "type": "thinking", "thinking": "hm", "signature": "s" }, { "type": "text", "text": "Hello" }],
        "stop_reason": "end_turn", "stop_sequence": null,
        "usage": { "input_tokens": 10, "cache_creation_input_tokens": 2, "cache_read_input_tokens": 3, "output_tokens": 4 }
    });
    let answer = Dialect::Anthropic.answer(&body).unwrap();
    assert_eq!((&*answer.text, answer.stop), ("Hello", Stop::End));
    assert_eq!(
        answer.usage,
        Usage {
            input: Some(15),
            output: Some(4)
        }
    );
    let tool = json!({ "content": [{ "type": "tool_use", "id": "t", "name": "answer", "input": { "mood": "good" } }], "stop_reason": "tool_use" });
    let answer = Dialect::Anthropic.answer(&tool).unwrap();
    assert_eq!(
        (answer.value, answer.stop),
        (Some(json!({ "mood": "good" })), Stop::End)
    );
    let stop = |reason: &str| {
        let body = json!({ "content": [{ "type": "text", "text": "no" }], "stop_reason": reason });
        Dialect::Anthropic.answer(&body).unwrap().stop
    };
    assert_eq!(stop("max_tokens"), Stop::Length);
    assert_eq!(stop("model_context_window_exceeded"), Stop::Length);
    assert_eq!(stop("refusal"), Stop::Refused("no".into()));
    assert_eq!(stop("pause_turn"), Stop::Other("pause_turn".into()));
}

#[test]
fn answers_of_generate_content() {
    let body = json!({
        "candidates": [{ "content": { "role": "model", "parts": [{ "text": "hm", "thought": true }, { "text": "Hel" }, { "text": "lo" }] },
            "finishReason": "STOP", "index": 0 }],
        "usageMetadata": { "promptTokenCount": 7, "candidatesTokenCount": 2, "thoughtsTokenCount": 30, "totalTokenCount": 39 },
        "modelVersion": "m-1-001", "responseId": "r"
    });
    let answer = Dialect::Gemini.answer(&body).unwrap();
    assert_eq!(
        (&*answer.text, answer.model.as_deref(), answer.stop),
        ("Hello", Some("m-1-001"), Stop::End)
    );
    assert_eq!(
        answer.usage,
        Usage {
            input: Some(7),
            output: Some(32)
        }
    );
    let blocked = json!({ "promptFeedback": { "blockReason": "SAFETY" }, "usageMetadata": { "promptTokenCount": 7 } });
    let answer = Dialect::Gemini.answer(&blocked).unwrap();
    assert!(matches!(answer.stop, Stop::Refused(why) if why.contains("SAFETY")));
    let stop = |reason: &str| {
        let body = json!({ "candidates": [{ "finishReason": reason }] });
        Dialect::Gemini.answer(&body).unwrap().stop
    };
    assert_eq!(stop("MAX_TOKENS"), Stop::Length);
    assert!(matches!(stop("PROHIBITED_CONTENT"), Stop::Refused(_)));
    assert_eq!(stop("OTHER"), Stop::Other("other".into()));
}

#[test]
fn what_is_no_answer_says_why() {
    for dialect in [Dialect::OpenAi, Dialect::Anthropic, Dialect::Gemini] {
        for body in [
            json!(null),
            json!("<html>"),
            json!({}),
            json!([]),
            json!({ "choices": [] }),
        ] {
            assert!(dialect.answer(&body).is_err(), "{dialect:?} {body}");
        }
        let upstream = json!({ "error": { "message": "Provider returned error", "code": 502 } });
        assert_eq!(
            dialect.answer(&upstream),
            Err(Unreadable("Provider returned error".into()))
        );
    }
}

#[test]
fn lists_of_models_are_read() {
    let openai =
        json!({ "object": "list", "data": [{ "id": "a", "object": "model" }, { "id": "b" }] });
    assert_eq!(Dialect::OpenAi.listed(&openai), ["a", "b"]);
    assert_eq!(
        Dialect::Gemini.listed(&json!({ "models": [{ "name": "models/g" }] })),
        ["g"]
    );
    assert_eq!(Dialect::Anthropic.listed(&json!("no")), [""; 0]);
}

fn any_json() -> impl Strategy<Value = Value> {
    let name = prop::sample::select(vec![
        "choices",
        "message",
        "content",
        "refusal",
        "finish_reason",
        "usage",
        "prompt_tokens",
        "type",
        "text",
        "input",
        "candidates",
        "parts",
        "promptFeedback",
        "blockReason",
        "stop_reason",
        "error",
        "thought",
        "model",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[a-z_]{0,10}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((name.clone(), inner), 0..6)
                .prop_map(|named| named.into_iter().map(|(n, v)| (n.to_owned(), v)).collect()),
        ]
    })
}

proptest! {
    #[test]
    fn whatever_a_server_answers_nothing_panics(body in any_json(), status in 200u16..600) {
        let schema = mood();
        for dialect in [Dialect::OpenAi, Dialect::Anthropic, Dialect::Gemini] {
            if let Ok(answer) = dialect.answer(&body) {
                let _ = Price { input: u64::MAX / 2_000_000, output: 1 }.of(answer.usage.and(answer.usage));
            }
            dialect.listed(&body);
        }
        crate::Trouble::read(status, &body);
        let _ = schema.take(body);
    }
}

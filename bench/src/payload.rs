//! The event that is sent: a finished call of about 1.5 KiB, with a number and the time of sending in its call id.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub const MARK: &str = "bench-";

pub fn now_us() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or(Duration::ZERO)
        .as_micros() as u64
}

/// `bench-<number>-<unix µs>-`: what the receiver finds in whatever arrives.
pub fn call_id(number: u64) -> String {
    format!("{MARK}{number:010}-{:016}-", now_us())
}

pub fn event(number: u64) -> Vec<u8> {
    event_of("a1", number)
}

/// An event of a call that this agent led.
pub fn event_of(agent: &str, number: u64) -> Vec<u8> {
    event_with(agent, number, 6)
}

/// One with so many turns in its transcript, 3.6 seconds each.
pub fn event_with(agent: &str, number: u64, turns: usize) -> Vec<u8> {
    let id = call_id(number);
    let count = turns;
    let mut turns = String::new();
    for n in 0..count {
        let (role, text) = if n % 2 == 0 {
            (
                "agent",
                "Thanks for calling, how can I help you with your order today?",
            )
        } else {
            (
                "customer",
                "I would like to know when it will arrive, please, and whether I can change it.",
            )
        };
        turns += &format!(
            "{}{{\"role\":\"{role}\",\"text\":\"{text}\",\"start_s\":{:.1}}}",
            if n == 0 { "" } else { "," },
            n as f64 * 3.6
        );
    }
    format!(
        "{{\"kind\":\"call.ended\",\"at\":\"2026-11-20T17:30:05Z\",\"provider\":\"custom\",\"call\":{{\"provider_call_id\":\"{id}\",\"direction\":\"outbound\",\
         \"from\":\"+15550100\",\"to\":\"+15550101\",\"agent\":{{\"id\":\"{agent}\",\"name\":\"Sarah\"}},\"campaign\":{{\"id\":\"k1\",\"name\":\"Sales Outbound Q1\",\"type\":\"outbound\"}},\
         \"contact\":{{\"first_name\":\"Ada\",\"last_name\":\"Lovelace\",\"email\":\"ada@example.com\",\"company\":\"Analytical\"}},\"status\":\"completed\",\
         \"started_at\":\"2026-11-20T17:28:00Z\",\"answered_at\":\"2026-11-20T17:28:04Z\",\"ended_at\":\"2026-11-20T17:30:05Z\",\"duration_s\":125,\
         \"end_reason\":\"customer-ended-call\",\"disposition\":\"Interested\",\"transcript\":[{turns}],\"recording\":{{\"url\":\"https://recordings.example/{number}.mp3\"}},\
         \"analysis\":{{\"summary\":\"Asked about an order and wants a call back next week.\",\"success\":true,\"sentiment\":\"positive\",\"structured\":{{\"interested\":true,\"budget\":5000}}}},\
         \"variables\":{{\"order_id\":\"{number}\"}}}}}}"
    )
    .into_bytes()
}

/// Number and time of sending, from whatever carries the call id.
pub fn find(body: &[u8]) -> Option<(u64, u64)> {
    let at = memchr::memmem::find(body, MARK.as_bytes())? + MARK.len();
    let text = std::str::from_utf8(body.get(at..at + 27)?).ok()?;
    Some((text[..10].parse().ok()?, text[11..].parse().ok()?))
}

//! The documented form of `calls::agent::Agent`: these types only describe JSON. A test compares the two.
#![allow(dead_code, reason = "schemas only")]

use serde_json::{Map, Value};
use utoipa::ToSchema;

/// What an operator says of an assistant.
#[derive(ToSchema)]
#[schema(as = AgentSettings)]
pub struct Agent {
    /// Unique in the workspace.
    #[schema(example = "Sarah", max_length = 100)]
    name: String,
    #[schema(example = "en")]
    language: Option<String>,
    /// With their countries; calls at them are the agent's where the platform names none.
    #[schema(required = false, example = json!(["+14155550100"]))]
    numbers: Vec<String>,
    /// The voice platform, as in `GET /v1/providers`.
    #[schema(example = "vapi")]
    provider: Option<String>,
    /// What the platform calls it: its calls are the agent's.
    provider_agent_id: Option<String>,
    #[schema(max_length = 100000)]
    system_prompt: Option<String>,
    /// To be found out in each call. `status` and `summary` are there without being asked for.
    #[schema(required = false)]
    variables: Vec<Variable>,
    #[schema(required = false)]
    questions: Vec<Question>,
    /// Beside those of the system.
    #[schema(required = false, example = json!(["Wants a demo"]))]
    dispositions: Vec<String>,
    /// Finds all of this out when a call has ended; `{}` reads it out of the transcript by rules, where the platform has not found it.
    extraction: Option<Extraction>,
    /// How long what follows a call waits for its analysis, from its end; 300 unless given.
    #[schema(minimum = 10, maximum = 3600)]
    settle_within_s: Option<u32>,
    /// What follows each call once it is settled; at most 10.
    #[schema(required = false)]
    actions: Vec<Action>,
    /// Requests at moments of calls.
    #[schema(required = false)]
    call_actions: Vec<CallAction>,
}

/// How calls are analysed.
#[derive(ToSchema)]
#[schema(as = AgentExtraction)]
pub struct Extraction {
    /// What is read out of the transcript, beside what the platform has found.
    #[schema(required = false)]
    when: Extracts,
    /// To a language model; without one, simple rules for English.
    #[schema(example = "GPT")]
    connection: Option<String>,
    /// Instead of the connection's.
    model: Option<String>,
    /// Asked when the first one fails.
    fallback_connection: Option<String>,
    /// In which days and times are meant; UTC unless given. A template such as `{{ contact.time_zone }}` is filled in for each call.
    #[schema(example = "Europe/Berlin")]
    zone: Option<String>,
    /// How long one attempt may take; 120 unless given.
    #[schema(minimum = 10, maximum = 300)]
    timeout_s: Option<u32>,
}

/// `always`: all that is wanted, and it stands before what the platform says. `missing`, unless said: what the platform has not found.
/// `never`: nothing; what the platform has found is only brought to the agent's types.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Extracts {
    Always,
    Missing,
    Never,
}

#[derive(ToSchema)]
#[schema(as = AgentVariable)]
pub struct Variable {
    /// 3 to 40 of a–z, 0–9 and `_`.
    #[schema(example = "budget")]
    name: String,
    /// Names under which the platform delivers it, where that is another one; the first that has a value counts. At most 10.
    #[schema(required = false, example = json!(["lead_budget"]))]
    from: Vec<String>,
    #[schema(required = false)]
    r#type: ValueType,
    /// What to look for in the conversation.
    #[schema(example = "The most that the customer wants to spend, in dollars")]
    description: String,
    #[schema(required = false, default = false)]
    required: bool,
    /// Its values, in all calls of the workspace, are hidden from whoever may not see what is confidential.
    #[schema(required = false, default = false)]
    confidential: bool,
    /// Of a `choice`.
    #[schema(required = false)]
    choices: Vec<String>,
}

#[derive(ToSchema)]
#[schema(as = AgentQuestion)]
pub struct Question {
    #[schema(example = "How many seats do they need?")]
    question: String,
    #[schema(required = false)]
    r#type: ValueType,
    #[schema(required = false)]
    choices: Vec<String>,
}

/// `text` unless said.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum ValueType {
    Text,
    Number,
    Boolean,
    Date,
    Time,
    Email,
    Phone,
    Money,
    Choice,
    List,
}

/// A message or a webhook after each call that it is for.
#[derive(ToSchema)]
#[schema(as = AgentAction)]
pub struct Action {
    /// Given where none is, and kept.
    #[schema(required = false, example = "a1")]
    id: String,
    kind: ActionKind,
    name: Option<String>,
    /// Unless said, messages are sent and webhooks are not.
    enabled: Option<bool>,
    #[schema(required = false)]
    when: When,
    /// Of a message: which connection it goes through; the only one of its kind unless named.
    connection: Option<String>,
    /// Of a message: one number, or up to 20 addresses.
    #[schema(required = false)]
    to: Vec<String>,
    /// Of an SMS: instead of the usual text.
    text: Option<String>,
    /// Of a mail: instead of the usual subject.
    subject: Option<String>,
    /// Of a webhook.
    url: Option<String>,
    /// Of a webhook: signs it.
    #[schema(example = "{{ secrets.crm_webhook }}")]
    secret: Option<String>,
    #[schema(value_type = Object, required = false)]
    headers: Map<String, Value>,
    /// Of a webhook: only for calls that were completed; true unless said.
    only_completed: Option<bool>,
    /// Of a mail or webhook: the recording's address is in it; true unless said.
    include_recording: Option<bool>,
}

#[derive(ToSchema)]
#[schema(as = AgentActionKind, rename_all = "snake_case")]
pub enum ActionKind {
    Sms,
    Email,
    Webhook,
}

/// For which calls; all that is given must hold.
#[derive(ToSchema)]
#[schema(as = AgentActionFilter)]
pub struct When {
    #[schema(required = false, example = json!(["Interested"]))]
    dispositions: Vec<String>,
    #[schema(required = false)]
    statuses: Vec<String>,
    connected: Option<bool>,
    min_duration_s: Option<u32>,
    #[schema(required = false)]
    answers: Vec<Answer>,
    /// Any condition.
    r#if: Option<String>,
}

#[derive(ToSchema)]
#[schema(as = AgentAnswerFilter)]
pub struct Answer {
    /// A key question of the agent.
    question: String,
    is: Compare,
    /// A text, a number or a truth; none for `given`.
    #[schema(value_type = Option<Value>)]
    value: Value,
}

#[derive(ToSchema)]
#[schema(as = AgentAnswerComparison, rename_all = "snake_case")]
pub enum Compare {
    Equal,
    NotEqual,
    Contains,
    AtLeast,
    AtMost,
    Given,
}

#[derive(ToSchema)]
#[schema(as = AgentCallAction)]
pub struct CallAction {
    /// Given where none is, and kept.
    #[schema(required = false, example = "c1")]
    id: String,
    moment: Moment,
    name: Option<String>,
    #[schema(required = false, default = true)]
    enabled: bool,
    /// `GET`, `POST`, `PUT`, `PATCH` or `DELETE`.
    #[schema(required = false, default = "POST")]
    method: String,
    /// `${ }` and `{{ }}` may stand in it, in the headers and in the body.
    #[schema(example = "https://api.example.com/hook?id=${callInfo.callSid}")]
    url: String,
    #[schema(value_type = Object, required = false)]
    headers: Map<String, Value>,
    #[schema(required = false, default = 15, minimum = 1, maximum = 60)]
    timeout_s: u32,
    /// Nothing: the whole payload.
    body: Option<String>,
}

#[derive(ToSchema)]
#[schema(as = AgentMoment, rename_all = "snake_case")]
pub enum Moment {
    Dialing,
    Incoming,
    Ringing,
    CallStart,
    ToolCalled,
    Voicemail,
    TransferStart,
    TransferEnd,
    CallEnd,
    CallEndConnected,
    CallEndNotConnected,
    RecordingReady,
    Analyzed,
}

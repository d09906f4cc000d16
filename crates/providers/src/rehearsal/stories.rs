//! The stories that come with the binary. They are data: a test that plays them says what they are about.

use super::Speaker::{Agent, Customer};
use super::{Ending, Said, Speaker, Story};
use serde_json::{Map, Value};

/// A story as it is written down here.
pub(super) struct Written {
    ending: Ending,
    length_s: f64,
    turns: &'static [(Speaker, f64, &'static str)],
    summary: &'static str,
    success: Option<bool>,
    disposition: &'static str,
    interested: Option<bool>,
    budget: Option<u32>,
    priority: Option<&'static str>,
    notes: &'static str,
}

impl Written {
    pub fn story(&self) -> Story {
        let said = |(speaker, start_s, text): &(Speaker, f64, &'static str)| Said {
            speaker: *speaker,
            start_s: *start_s,
            text: (*text).into(),
        };
        let found = [
            (
                "notes",
                Some(Value::from(self.notes)).filter(|_| !self.notes.is_empty()),
            ),
            ("interested", self.interested.map(Value::from)),
            ("budget", self.budget.map(Value::from)),
            ("priority", self.priority.map(Value::from)),
        ];
        let found = found
            .into_iter()
            .filter_map(|(name, value)| Some((name.into(), value?)));
        Story {
            ending: self.ending,
            length_s: self.length_s,
            turns: self.turns.iter().map(said).collect(),
            summary: self.summary.into(),
            success: self.success,
            disposition: self.disposition.into(),
            outcome: found.collect::<Map<_, _>>(),
        }
    }
}

pub(super) const INTERESTED: Written = Written {
    ending: Ending::CustomerHangup,
    length_s: 154.0,
    turns: &[
        (
            Agent,
            0.8,
            "Hi, this is Sarah from Northwind. Am I speaking with Ada?",
        ),
        (Customer, 6.2, "Yes, that's me."),
        (
            Agent,
            8.4,
            "You asked for information about our analytics plan. Is that still of interest?",
        ),
        (
            Customer,
            15.1,
            "It is. We are about forty people, and at the end of every month our reports take days.",
        ),
        (
            Agent,
            23.7,
            "I see. Where does the time go, in collecting the numbers or in writing them up?",
        ),
        (
            Customer,
            31.0,
            "Mostly in collecting them. They are in three systems that do not speak to each other.",
        ),
        (
            Agent,
            39.9,
            "That is what the plan is made for: it reads all three and updates every night. May I ask what budget you have in mind?",
        ),
        (
            Customer,
            51.6,
            "Around five thousand dollars for this year.",
        ),
        (
            Agent,
            56.8,
            "That fits well. Shall I set up a demo with one of our engineers?",
        ),
        (
            Customer,
            64.3,
            "Yes please. Next Tuesday at three in the afternoon would be good, it is rather urgent.",
        ),
        (
            Agent,
            73.0,
            "Let me look. Tuesday at three is free, and I have put your name there. Which e-mail address should the invitation go to?",
        ),
        (Customer, 85.5, "ada at example dot com."),
        (
            Agent,
            90.2,
            "Thank you. Would you like anyone else from your team to join?",
        ),
        (
            Customer,
            97.4,
            "Perhaps my colleague Charles, but I will forward it to him myself once I have it.",
        ),
        (
            Agent,
            107.1,
            "Very well. The demo takes half an hour, and it helps to have one of your monthly reports at hand. Is there anything you want the engineer to prepare?",
        ),
        (
            Customer,
            121.8,
            "Yes, how it would read from our old accounting system. It is the one nobody wants to touch.",
        ),
        (
            Agent,
            131.5,
            "I have noted that. Then you will have the invitation in a minute, Ada.",
        ),
        (Customer, 139.9, "Wonderful, thank you."),
        (Agent, 142.8, "Thank you for your time, and until Tuesday!"),
        (Customer, 148.0, "Until Tuesday. Goodbye!"),
    ],
    summary: "Ada wants a demo of the analytics plan next Tuesday at 3 pm. The team has about forty people and a budget of $5,000.",
    success: Some(true),
    disposition: "Interested",
    interested: Some(true),
    budget: Some(5_000),
    priority: Some("high"),
    notes: "About 40 people, monthly reports from three systems take days. Demo on Tuesday at 3 pm, invitation to ada@example.com; show the old accounting system.",
};

pub(super) const NOT_INTERESTED: Written = Written {
    ending: Ending::CustomerHangup,
    length_s: 31.5,
    turns: &[
        (
            Agent,
            0.8,
            "Hi, this is Sarah from Northwind. Am I speaking with Ada?",
        ),
        (Customer, 5.1, "Yes. What is it about?"),
        (
            Agent,
            7.4,
            "You asked for information about our analytics plan. Is that still of interest?",
        ),
        (
            Customer,
            13.9,
            "No, we have chosen another product. Please don't call again about it.",
        ),
        (
            Agent,
            20.2,
            "I understand, thank you for telling me. Have a good day!",
        ),
        (Customer, 26.8, "Bye."),
    ],
    summary: "Ada is not interested: the company has chosen another product.",
    success: Some(false),
    disposition: "Not interested",
    interested: Some(false),
    budget: None,
    priority: Some("low"),
    notes: "Chose another product, wants no further calls about it.",
};

pub(super) const VOICEMAIL: Written = Written {
    ending: Ending::Voicemail,
    length_s: 24.6,
    turns: &[
        (
            Customer,
            1.1,
            "You have reached the voice mailbox of Ada Lovelace. Please leave a message after the tone.",
        ),
        (
            Agent,
            9.7,
            "Hi Ada, this is Sarah from Northwind about our analytics plan. I will try again tomorrow.",
        ),
    ],
    summary: "The call reached a voice mailbox and a message was left.",
    success: Some(false),
    disposition: "Voicemail",
    interested: None,
    budget: None,
    priority: None,
    notes: "Left a message.",
};

pub(super) const NO_ANSWER: Written = Written {
    ending: Ending::NoAnswer,
    length_s: 0.0,
    turns: &[],
    summary: "",
    success: None,
    disposition: "",
    interested: None,
    budget: None,
    priority: None,
    notes: "",
};

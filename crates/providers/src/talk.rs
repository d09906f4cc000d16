//! Transcripts that are one text: lines with the speaker before a colon. A line without a known speaker goes on with the turn before it.

use calls::call::Turn;

pub fn turn(role: &str, text: &str) -> Turn {
    Turn {
        role: role.into(),
        text: text.trim().into(),
        ..Turn::default()
    }
}

/// `speakers`: the platform's word → our role.
pub fn lines(text: &str, speakers: &[(&str, &str)]) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let spoken = line.split_once(':').and_then(|(speaker, rest)| {
            let known = speakers.iter().find(|(word, _)| *word == speaker.trim());
            known.map(|(_, role)| turn(role, rest))
        });
        match (spoken, turns.last_mut()) {
            (Some(turn), _) => turns.push(turn),
            (None, Some(turn)) => {
                turn.text.push('\n');
                turn.text.push_str(line);
            }
            (None, None) => {}
        }
    }
    turns.retain(|turn| !turn.text.is_empty());
    turns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_a_speaker_goes_on_with_the_turn_before_it() {
        let text = "noise\nbot: Hi: there.\nmore\n\nhuman:\nhuman: Yes\n";
        let turns = lines(text, &[("bot", "agent"), ("human", "customer")]);
        let said: Vec<_> = turns
            .iter()
            .map(|turn| (turn.role.as_str(), turn.text.as_str()))
            .collect();
        assert_eq!(said, [("agent", "Hi: there.\nmore"), ("customer", "Yes")]);
    }
}

//! What tokens cost, from prices per million: exact, whatever the currency.

use crate::Usage;

/// Millionths of the currency for a million tokens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Price {
    pub input: u64,
    pub output: u64,
}

/// No model costs more a million tokens.
const MOST: u64 = 1_000_000;

impl Price {
    /// Prices written as `2.5`, with at most six decimals; `None`: one of them is not.
    pub fn read(input: &str, output: &str) -> Option<Self> {
        Some(Self {
            input: Self::amount(input)?,
            output: Self::amount(output)?,
        })
    }

    /// A price in millionths.
    pub fn amount(text: &str) -> Option<u64> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(part) || part.len() > 6 {
            return None;
        }
        let whole: u64 = whole.parse().ok().filter(|whole| *whole <= MOST)?;
        let part: u64 = format!("{part:0<6}").parse().ok()?;
        Some(whole * 1_000_000 + part)
    }

    /// What this usage costs, to the billionth; nothing where it is not known.
    pub fn of(self, usage: Usage) -> Option<f64> {
        let input = u128::from(usage.input?) * u128::from(self.input);
        let output = u128::from(usage.output?) * u128::from(self.output);
        let billionths = (input + output + 500) / 1_000;
        // Exact up to nine million; nobody pays more for one question.
        Some(billionths as f64 / 1e9)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cost_is_exact() {
        let price = Price::read("2.5", "10").unwrap();
        let usage = |input, output| Usage {
            input: Some(input),
            output: Some(output),
        };
        assert_eq!(price.of(usage(1_000_000, 0)), Some(2.5));
        assert_eq!(price.of(usage(1_234, 56)), Some(0.003_645));
        assert_eq!(
            Price::read("0.1", "0").unwrap().of(usage(3, 9)),
            Some(0.000_000_3)
        );
        assert_eq!(price.of(usage(0, 0)), Some(0.0));
        assert_eq!(price.of(Usage::default()), None);
        assert!(price.of(usage(u64::MAX, u64::MAX)).is_some());
    }

    #[test]
    fn what_is_no_price_is_refused() {
        for text in [
            "",
            "-1",
            "1,5",
            "1.2345678",
            "free",
            "1e3",
            ".5",
            "5.",
            "99999999",
            "1.5 $",
        ] {
            assert_eq!(Price::amount(text), None, "{text}");
        }
        assert_eq!(Price::amount("0.000001"), Some(1));
        assert_eq!(Price::amount("007"), Some(7_000_000));
    }
}

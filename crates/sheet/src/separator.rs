//! Which sign stands between the columns: the one that the first line has most often, outside of quotation marks.

const KNOWN: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The separator; `None` while the first line may go on.
pub fn find(head: &[u8], is_all: bool) -> Option<u8> {
    let mut counts = [0u32; KNOWN.len()];
    let (mut quoted, mut ended) = (false, is_all);
    // Empty lines in front are none.
    let first = head.iter().skip_while(|byte| matches!(byte, b'\n' | b'\r'));
    for byte in first {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => {
                ended = true;
                break;
            }
            byte if !quoted => {
                if let Some(at) = KNOWN.iter().position(|known| known == byte) {
                    counts[at] += 1;
                }
            }
            _ => {}
        }
    }
    if !ended {
        return None;
    }
    let most = counts.iter().max().copied().unwrap_or_default();
    let at = counts.iter().position(|count| *count == most);
    Some(KNOWN[at.unwrap_or_default()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_that_the_first_line_has_most_of_separates() {
        assert_eq!(find(b"a,b,c\n1;2;3;4;5", false), Some(b','));
        assert_eq!(find(b"\n\nname;\"a,b,c\";phone\r\n", false), Some(b';'));
        assert_eq!(find(b"a\tb\n", false), Some(b'\t'));
        assert_eq!(find(b"phone\n", false), Some(b','));
        assert_eq!(find(b"a;b", false), None);
        assert_eq!(find(b"a;b", true), Some(b';'));
        assert_eq!(find(b"\"a\n;;;", false), None);
    }
}

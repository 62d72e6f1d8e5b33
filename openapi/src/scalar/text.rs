//! Bounded texts.

use crate::problem::{Issue, field};
use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

/// Schema name: the type's name and its bounds.
#[cfg(feature = "schema")]
fn concat_name(name: &str, bounds: &[usize]) -> String {
    bounds.iter().fold(name.to_owned(), |name, bound| format!("{name}{bound}"))
}

/// Trims and checks length in characters.
fn bounded(text: &str, min: usize, max: usize) -> Result<String, Issue> {
    let text = text.trim();
    match text.chars().count() {
        0 if min > 0 => Err(Issue::new(field::REQUIRED)),
        n if n < min => Err(Issue::new(field::TOO_SHORT).with("min", min)),
        n if n > max => Err(Issue::new(field::TOO_LONG).with("max", max)),
        _ => Ok(text.to_owned()),
    }
}

/// Refuses invisible characters that fake or hide text: controls and bidirectional overrides.
fn visible(text: String, may_break: bool) -> Result<String, Issue> {
    let hidden = |c: char| {
        (c.is_control() && !(may_break && matches!(c, '\n' | '\t')))
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    if text.chars().any(hidden) { Err(Issue::new(field::INVALID_CHARACTER)) } else { Ok(text) }
}

macro_rules! text_type { ($(#[$meta:meta])* $name:ident [$($generics:tt)*] [$($args:tt)*], |$text:ident| $check:expr, $schema:expr) => {
    $(#[$meta])*
    #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct $name<$($generics)*>(String);
    impl<$($generics)*> $name<$($args)*> {
        /// The text itself.
        pub fn into_string(self) -> String { self.0 }
        /// Takes a stored value that was checked when it was written.
        pub fn stored(text: String) -> Self { $name(text) }
    }
    impl<$($generics)*> FromStr for $name<$($args)*> {
        type Err = Issue;
        fn from_str($text: &str) -> Result<Self, Issue> { ($check).map($name) }
    }
    impl<$($generics)*> Deref for $name<$($args)*> { type Target = str; fn deref(&self) -> &str { &self.0 } }
    impl<$($generics)*> From<$name<$($args)*>> for String { fn from(text: $name<$($args)*>) -> String { text.0 } }
    impl<$($generics)*> fmt::Display for $name<$($args)*> { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) } }
    super::as_string!([$($generics)*] $name<$($args)*>, concat_name(stringify!($name), &[$($args)*]), $schema);
}; }

text_type! {
    /// One line of 1 to `MAX` characters; surrounding white space is dropped.
    Text [const MAX: usize] [MAX], |text| bounded(text, 1, MAX).and_then(|t| visible(t, false)),
    super::string_schema("One line of text", 1, MAX, None, "")
}
text_type! {
    /// Several lines, 1 to `MAX` characters.
    Note [const MAX: usize] [MAX], |text| bounded(&text.replace("\r\n", "\n"), 1, MAX).and_then(|t| visible(t, true)),
    super::string_schema("Text of several lines", 1, MAX, None, "")
}
text_type! {
    /// A telephone number: digits after dropping spaces, hyphens and brackets, 5 to 20, with an optional leading `+`.
    Phone [] [], |text| phone(text),
    super::string_schema("Telephone number, digits with an optional leading +", 5, 21, Some(r"^\+?[0-9]{5,20}$"), "13800138000")
}
text_type! {
    /// An e-mail address, at most 254 characters.
    Email [] [], |text| email(text),
    super::string_schema("E-mail address", 3, 254, Some(r"^[^@\s]+@[^@\s]+\.[^@\s]+$"), "li@example.com")
}
text_type! {
    /// A code of a master record: 1 to 40 letters, digits, `-`, `_`, `.` or `/`, kept in upper case.
    ItemCode [] [], |text| code(text, 40),
    super::string_schema("Code of a record", 1, 40, Some("^[0-9A-Za-z._/-]+$"), "PA-1001")
}
text_type! {
    /// A serial number, IMEI or VIN: 4 to 40 letters, digits or `-`, kept in upper case.
    Serial [] [], |text| serial(text),
    super::string_schema("Serial number, IMEI or VIN", 4, 40, Some("^[0-9A-Za-z-]+$"), "861234567890127")
}
text_type! {
    /// An employee number, which is also the login: 3 to 32 letters, digits, `.`, `-` or `_`, kept in lower case.
    EmployeeNumber [] [], |text| login(text),
    super::string_schema("Employee number, the login", 3, 32, Some("^[0-9A-Za-z._-]+$"), "19145")
}
text_type! {
    /// A telephone number as somebody may see it: in full, or with `*` for its middle.
    ShownPhone [] [], |text| shown_phone(text),
    super::string_schema("A telephone number, its middle hidden behind `*` from those who may not see it", 1, 21, Some(r"^\+?[0-9*]{1,20}$"), "138****8000")
}
impl ShownPhone {
    /// In full, or masked.
    pub fn of(phone: &str, in_full: bool) -> Self {
        ShownPhone::stored(if in_full { phone.to_owned() } else { masked(phone) })
    }
}
impl From<Phone> for ShownPhone {
    fn from(phone: Phone) -> Self {
        ShownPhone::stored(phone.into())
    }
}

text_type! {
    /// An e-mail address as somebody may see it: in full, or with `*` for most of the name before the `@`.
    ShownEmail [] [], |text| email(text),
    super::string_schema("An e-mail address, its name hidden behind `*` from those who may not see it", 3, 254, Some(r"^[^@\s]+@[^@\s]+\.[^@\s]+$"), "l*@example.com")
}
impl ShownEmail {
    /// In full, or masked.
    pub fn of(email: &str, in_full: bool) -> Self {
        ShownEmail::stored(if in_full { email.to_owned() } else { masked_email(email) })
    }
}

/// An e-mail of which only the first letter and the domain show.
fn masked_email(email: &str) -> String {
    let (name, domain) = email.split_once('@').unwrap_or((email, ""));
    let hidden = name.chars().count().saturating_sub(1).max(1);
    let head = if name.chars().count() > 1 { name.chars().next() } else { None };
    format!("{}{}@{domain}", head.map(String::from).unwrap_or_default(), "*".repeat(hidden))
}

/// A phone of which only the beginning and the end show.
fn masked(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().collect();
    let (head, tail) = (3, 4);
    if digits.len() < head + tail + 1 {
        return "*".repeat(digits.len());
    }
    let hidden = digits.len() - head - tail;
    digits.iter().take(head).chain(std::iter::repeat_n(&'*', hidden)).chain(digits.iter().skip(head + hidden)).collect()
}

text_type! {
    /// A station code: 2 to 20 letters, digits or `-`, kept in upper case. It is part of the station's path in the tree.
    StationCode [] [], |text| station_code(text),
    super::string_schema("Code of a station", 2, 20, Some("^[0-9A-Za-z-]+$"), "HZ01")
}
text_type! {
    /// A password of 8 to 128 characters.
    Password [] [], |text| password(text),
    super::string_schema("Password", 8, 128, None, "correct horse battery")
}

fn phone(text: &str) -> Result<String, Issue> {
    let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '\u{a0}')).collect();
    if plain.is_empty() {
        return Err(Issue::new(field::REQUIRED));
    }
    let digits = plain.strip_prefix('+').unwrap_or(&plain);
    let fits = (5..=20).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if fits { Ok(plain) } else { Err(Issue::new(field::INVALID_FORMAT)) }
}

fn shown_phone(text: &str) -> Result<String, Issue> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    let fits = (1..=20).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit() || b == b'*');
    if fits { Ok(text.to_owned()) } else { Err(Issue::new(field::INVALID_FORMAT)) }
}

fn email(text: &str) -> Result<String, Issue> {
    let text = visible(bounded(text, 3, 254)?, false)?;
    let (local, domain) = text.split_once('@').ok_or_else(|| Issue::new(field::INVALID_FORMAT))?;
    let fits = !local.is_empty()
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && !text.chars().any(char::is_whitespace)
        && !domain.contains('@');
    if fits { Ok(text) } else { Err(Issue::new(field::INVALID_FORMAT)) }
}

fn made_of(text: String, more: &str) -> Result<String, Issue> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || more.contains(c);
    if text.chars().all(allowed) { Ok(text) } else { Err(Issue::new(field::INVALID_CHARACTER)) }
}

fn code(text: &str, max: usize) -> Result<String, Issue> {
    made_of(bounded(text, 1, max)?, "-_./").map(|t| t.to_ascii_uppercase())
}

fn station_code(text: &str) -> Result<String, Issue> {
    made_of(bounded(text, 2, 20)?, "-").map(|t| t.to_ascii_uppercase())
}

fn serial(text: &str) -> Result<String, Issue> {
    made_of(bounded(text, 4, 40)?, "-").map(|t| t.to_ascii_uppercase())
}

fn login(text: &str) -> Result<String, Issue> {
    made_of(bounded(text, 3, 32)?, "._-").map(|t| t.to_ascii_lowercase())
}

fn password(text: &str) -> Result<String, Issue> {
    match text.chars().count() {
        0 => Err(Issue::new(field::REQUIRED)),
        1..8 => Err(Issue::new(field::TOO_SHORT).with("min", 8)),
        8..=128 => Ok(text.to_owned()),
        _ => Err(Issue::new(field::TOO_LONG).with("max", 128)),
    }
}

/// Hidden in every debug print and log.
impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

macro_rules! debug_as_text { ($($t:ident [$($g:tt)*] [$($a:tt)*]),+) => { $(
    impl<$($g)*> fmt::Debug for $t<$($a)*> { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Debug::fmt(&self.0, f) } }
)+ }; }
debug_as_text!(Text [const M: usize] [M], Note [const M: usize] [M], Phone [] [], ShownPhone [] [], ShownEmail [] [], Email [] [], ItemCode [] [], Serial [] [], EmployeeNumber [] [], StationCode [] []);

impl Serial {
    /// Whether it looks like an IMEI (15 digits) whose Luhn check digit (3GPP TS 23.003, annex B) is right.
    /// `None` when it does not look like an IMEI at all.
    pub fn imei_is_sound(&self) -> Option<bool> {
        if self.0.len() != 15 || !self.0.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let digits = self.0.bytes().map(|b| u32::from(b - b'0'));
        let sum: u32 = digits.enumerate().map(|(i, d)| if i % 2 == 1 { d * 2 / 10 + d * 2 % 10 } else { d }).sum();
        Some(sum.is_multiple_of(10))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_trimmed_and_bounded_in_characters_not_bytes() {
        assert_eq!("  李雷  ".parse::<Text<2>>().map(String::from), Ok("李雷".to_owned()));
        assert_eq!("李雷雷".parse::<Text<2>>().map_err(|i| i.code.code), Err("too_long"));
        assert_eq!("   ".parse::<Text<2>>().map_err(|i| i.code.code), Err("required"));
        assert_eq!("a\u{202e}b".parse::<Text<9>>().map_err(|i| i.code.code), Err("invalid_character"));
        assert_eq!("a\nb".parse::<Text<9>>().map_err(|i| i.code.code), Err("invalid_character"));
        assert!("a\r\nb".parse::<Note<9>>().is_ok_and(|n| &*n == "a\nb"));
        assert!("😀😀".parse::<Text<2>>().is_ok());
    }

    #[test]
    fn phones_lose_their_decoration() {
        assert_eq!("138 0013-8000".parse::<Phone>().map(String::from), Ok("13800138000".to_owned()));
        assert!("12".parse::<Phone>().is_err() && "1380013800a".parse::<Phone>().is_err());
    }

    #[test]
    fn an_imei_carries_a_check_digit() {
        assert_eq!("490154203237518".parse::<Serial>().map(|s| s.imei_is_sound()), Ok(Some(true)));
        assert_eq!("490154203237519".parse::<Serial>().map(|s| s.imei_is_sound()), Ok(Some(false)));
        assert_eq!("SN-0001".parse::<Serial>().map(|s| s.imei_is_sound()), Ok(None));
    }

    #[test]
    fn a_masked_phone_shows_its_beginning_and_its_end() {
        assert_eq!(&*ShownPhone::of("13800138000", false), "138****8000");
        assert_eq!(&*ShownPhone::of("12345", false), "*****");
        assert_eq!(&*ShownPhone::of("13800138000", true), "13800138000");
        assert!("138****8000".parse::<ShownPhone>().is_ok() && "138 ".parse::<ShownPhone>().is_err());
    }

    #[test]
    fn a_masked_email_shows_its_first_letter_and_its_domain() {
        assert_eq!(&*ShownEmail::of("li.lei@example.com", false), "l*****@example.com");
        assert_eq!(&*ShownEmail::of("李@example.com", false), "*@example.com");
        assert_eq!(&*ShownEmail::of("li.lei@example.com", true), "li.lei@example.com");
    }

    #[test]
    fn a_password_never_shows_in_a_debug_print() {
        let password = "correct horse".parse::<Password>();
        assert_eq!(format!("{password:?}"), "Ok(Password(…))");
    }
}

//! Chance with a seed: the same seed makes the same company.

use super::words;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// A seeded source of chance.
pub struct Dice(StdRng);

impl Dice {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Self {
        Dice(StdRng::seed_from_u64(seed))
    }

    /// A whole number from `low` up to but not including `high`; `low` when that is empty.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        if low < high { self.0.random_range(low..high) } else { low }
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, chance: i64) -> bool {
        self.between(0, 100) < chance
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let last = i64::try_from(from.len()).unwrap_or_default();
        usize::try_from(self.between(0, last)).ok().and_then(|index| from.get(index))
    }

    /// One of several words.
    pub fn word(&mut self, from: &[&'static str]) -> &'static str {
        self.pick(from).copied().unwrap_or_default()
    }

    /// So many digits.
    pub fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + u8::try_from(self.between(0, 10)).unwrap_or_default())).collect()
    }

    /// A person's name; the common family names are common.
    pub fn person(&mut self) -> String {
        let common = self.between(1, i64::try_from(words::SURNAMES.len()).unwrap_or(1) + 1);
        let index = usize::try_from(self.between(0, common)).unwrap_or_default();
        format!("{}{}", words::SURNAMES.get(index).copied().unwrap_or("王"), self.word(words::GIVEN))
    }

    /// A mobile phone number.
    pub fn mobile(&mut self) -> String {
        format!(
            "{}{}",
            self.word(&["138", "139", "136", "137", "150", "158", "186", "188", "177", "199"]),
            self.digits(8)
        )
    }

    /// A serial number: an IMEI with its check digit for phones, else letters and digits.
    pub fn serial(&mut self, is_phone: bool) -> String {
        if !is_phone {
            return format!("SN{}{}", self.between(21, 27), self.digits(9));
        }
        let body = format!("86{}", self.digits(12));
        let digits = body.bytes().map(|b| u32::from(b - b'0')).enumerate();
        let sum: u32 = digits.map(|(i, d)| if i % 2 == 1 { d * 2 / 10 + d * 2 % 10 } else { d }).sum();
        format!("{body}{}", (10 - sum % 10) % 10)
    }
}

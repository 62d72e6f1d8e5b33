//! Amounts in capital Chinese numerals (大写金额), as they stand on receipts: nobody can add a digit to them.

use crate::Money;

const DIGITS: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];
const PLACES: [&str; 4] = ["", "拾", "佰", "仟"];
const GROUPS: [&str; 4] = ["", "万", "亿", "万亿"];

/// The amount in words, by the rules for bills and settlement vouchers: `¥1,409.50` is 壹仟肆佰零玖元伍角.
pub fn amount_in_words(amount: Money) -> String {
    let fen = amount.0.unsigned_abs();
    let (yuan, jiao, cents) = (fen / 100, fen / 10 % 10, fen % 10);
    let mut words = String::from(if amount.0 < 0 { "负" } else { "" });
    if yuan > 0 {
        words.push_str(&whole(yuan));
        words.push('元');
    }
    match (jiao, cents) {
        (0, 0) if yuan == 0 => words.push_str("零元整"),
        (0, 0) => words.push('整'),
        (jiao, 0) => words.push_str(&format!("{}角", digit(jiao))),
        (0, cents) if yuan == 0 => words.push_str(&format!("{}分", digit(cents))),
        (0, cents) => words.push_str(&format!("零{}分", digit(cents))),
        (jiao, cents) => words.push_str(&format!("{}角{}分", digit(jiao), digit(cents))),
    }
    words
}

fn digit(value: u64) -> &'static str {
    usize::try_from(value).ok().and_then(|i| DIGITS.get(i)).copied().unwrap_or_default()
}

/// A whole number of yuan, in groups of four digits.
fn whole(yuan: u64) -> String {
    let groups: Vec<u64> = std::iter::successors(Some(yuan), |rest| (*rest >= 10_000).then_some(rest / 10_000))
        .map(|n| n % 10_000)
        .collect();
    let mut words = String::new();
    let mut gap = false;
    for (index, group) in groups.iter().enumerate().rev() {
        if *group == 0 {
            gap = !words.is_empty();
            continue;
        }
        // a zero is spoken once where digits are missing between what was said and what follows
        if !words.is_empty() && (gap || *group < 1000) {
            words.push('零');
        }
        gap = false;
        words.push_str(&four(*group));
        words.push_str(GROUPS.get(index).copied().unwrap_or_default());
    }
    words
}

fn four(group: u64) -> String {
    let mut words = String::new();
    let mut gap = false;
    for (place, unit) in [(1000, 3), (100, 2), (10, 1), (1, 0)] {
        match group / place % 10 {
            0 => gap = !words.is_empty(),
            value => {
                if gap {
                    words.push('零');
                }
                gap = false;
                words.push_str(digit(value));
                words.push_str(PLACES.get(unit).copied().unwrap_or_default());
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_on_a_bill() {
        for (fen, words) in [
            (0, "零元整"),
            (1, "壹分"),
            (50, "伍角"),
            (12_345, "壹佰贰拾叁元肆角伍分"),
            (140_950, "壹仟肆佰零玖元伍角"),
            (10_005, "壹佰元零伍分"),
            (100_000, "壹仟元整"),
            (1_000_000, "壹万元整"),
            (10_700_053, "壹拾万柒仟元伍角叁分"),
            (600_000_700, "陆佰万零柒元整"),
            (100_000_000_001, "壹拾亿元零壹分"),
            (1_000_010_000_000, "壹佰亿零壹拾万元整"),
            (-12_050, "负壹佰贰拾元伍角"),
        ] {
            assert_eq!(amount_in_words(Money(fen)), words, "{fen}");
        }
    }
}

//! How dates, amounts and numbers are written.

use chrono::{Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Timelike, Utc};
use openapi::{Date, Money, Quantity, Timestamp};

/// Asia/Shanghai: UTC+8 all year since 1992.
fn zone() -> FixedOffset {
    FixedOffset::east_opt(8 * 3600).unwrap_or_else(|| chrono::Offset::fix(&Utc))
}

/// `2026-11-21 17:08`.
pub fn time(at: Timestamp) -> String {
    at.utc().with_timezone(&zone()).format("%Y-%m-%d %H:%M").to_string()
}

/// `2026-11-21 17:08:31`.
pub fn time_seconds(at: Timestamp) -> String {
    at.utc().with_timezone(&zone()).format("%Y-%m-%d %H:%M:%S").to_string()
}

/// `2026-11-21`.
pub fn date(on: Date) -> String {
    on.to_string()
}

/// The date of an instant where the business is.
pub fn date_of(at: Timestamp) -> Date {
    Date::from(at.utc().with_timezone(&zone()).date_naive())
}

/// The beginning of a day where the business is.
pub fn day_start(on: Date) -> Option<Timestamp> {
    zone()
        .from_local_datetime(&on.naive().and_time(NaiveTime::MIN))
        .single()
        .map(|t| Timestamp::from(t.with_timezone(&Utc)))
}

/// The day after.
pub fn next_day(on: Date) -> Date {
    on.naive().checked_add_days(Days::new(1)).map_or(on, Date::from)
}

/// The day before.
pub fn previous_day(on: Date) -> Date {
    on.naive().checked_sub_days(Days::new(1)).map_or(on, Date::from)
}

/// Reads what an `<input type="datetime-local">` holds as an instant.
pub fn instant_of_input(text: &str) -> Option<Timestamp> {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S"))
        .ok()?;
    zone().from_local_datetime(&local).single().map(|t| Timestamp::from(t.with_timezone(&Utc)))
}

/// What an `<input type="datetime-local">` shows for an instant.
pub fn input_of_instant(at: Timestamp) -> String {
    at.utc().with_timezone(&zone()).format("%Y-%m-%dT%H:%M").to_string()
}

/// Now, by the clock of this device.
pub fn now() -> Timestamp {
    Timestamp::from(chrono::DateTime::UNIX_EPOCH + chrono::Duration::milliseconds(crate::ui::now_ms()))
}

/// Today where the business is.
pub fn today() -> Date {
    date_of(now())
}

/// First day of the month of `on`.
pub fn month_start(on: Date) -> Date {
    NaiveDate::from_ymd_opt(on.naive().year(), on.naive().month(), 1).map_or(on, Date::from)
}

/// The hour of the day now, for greetings.
pub fn hour_now() -> u32 {
    now().utc().with_timezone(&zone()).hour()
}

/// Groups the digits of the whole part by three: `12345.60` becomes `12,345.60`.
pub fn grouped(decimal: &str) -> String {
    let (sign, digits) = decimal.strip_prefix('-').map_or(("", decimal), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let mut out = String::from(sign);
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// `¥12,345.60`, negative `-¥12,345.60`.
pub fn money(amount: Money) -> String {
    let text = grouped(&amount.to_string());
    text.strip_prefix('-').map_or_else(|| format!("¥{text}"), |rest| format!("-¥{rest}"))
}

/// `1,204` or `0.5`.
pub fn quantity(quantity: Quantity) -> String {
    grouped(&quantity.to_string())
}

/// Basis points as people read them: `25.00%`.
pub fn percent(rate: u16) -> String {
    format!("{}.{:02}%", rate / 100, rate % 100)
}

/// What people write per cent, in basis points; nothing when it is no number with at most two decimals from 0 to 655.35.
pub fn basis_points(text: &str) -> Option<u16> {
    let text = text.trim().trim_end_matches(['%', '％']).trim_end();
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || rest.len() > 2 || !is_digits(whole) || !is_digits(rest) {
        return None;
    }
    let rest = format!("{rest:0<2}").parse::<u16>().ok()?;
    whole.parse::<u16>().ok()?.checked_mul(100)?.checked_add(rest)
}

/// `1,204`.
pub fn count(count: impl Into<i64>) -> String {
    grouped(&count.into().to_string())
}

/// `138 0013 8000` for a mobile number of mainland China, anything else as it is.
pub fn phone(number: &str) -> String {
    let is_mobile = number.len() == 11 && number.starts_with('1') && number.bytes().all(|b| b.is_ascii_digit());
    match (is_mobile, number.get(..3), number.get(3..7), number.get(7..)) {
        (true, Some(a), Some(b), Some(c)) => format!("{a} {b} {c}"),
        _ => number.to_owned(),
    }
}

/// `1.4 MB`.
pub fn bytes(size: i64) -> String {
    match size {
        0..1_000 => format!("{size} B"),
        1_000..1_000_000 => format!("{} kB", size / 1_000),
        _ => format!("{}.{} MB", size / 1_000_000, size % 1_000_000 / 100_000),
    }
}

/// What a browser calls itself, in the words that people use for it: `Chrome 140 · Windows`.
pub fn browser(agent: &str) -> String {
    let version = |mark: &str| {
        let rest = agent.split(mark).nth(1)?;
        let major: String = rest.chars().take_while(char::is_ascii_digit).collect();
        (!major.is_empty()).then_some(major)
    };
    // the order matters: each of them claims to be those below it
    let browsers = [
        ("MicroMessenger/", "WeChat"),
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("HeadlessChrome/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Version/", "Safari"),
    ];
    let systems = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let browser = browsers.iter().find_map(|(mark, name)| version(mark).map(|v| format!("{name} {v}")));
    let system = systems.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| (*name).to_owned());
    match (browser, system) {
        (None, _) => agent.to_owned(),
        (Some(browser), system) => [Some(browser), system].into_iter().flatten().collect::<Vec<_>>().join(" · "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_grouped_and_carry_the_sign_in_front() {
        assert_eq!(money(Money(1_234_560)), "¥12,345.60");
        assert_eq!(money(Money(-100)), "-¥1.00");
        assert_eq!(money(Money(99_999)), "¥999.99");
        assert_eq!(quantity(Quantity(1_204_500)), "1,204.5");
    }

    #[test]
    fn rates_are_read_and_typed_per_cent() {
        assert_eq!((percent(1300), percent(5), percent(60_000)), ("13.00%".into(), "0.05%".into(), "600.00%".into()));
        let typed = ["13", "13.5", " 13.05 ", "0", "13%", "600.00", "655.35"].map(basis_points);
        assert_eq!(typed, [1300, 1350, 1305, 0, 1300, 60_000, 65_535].map(Some));
        for wrong in ["", "-1", "1.234", "a", ".5", "1.2.3", "655.36", "%"] {
            assert_eq!(basis_points(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn mobile_numbers_are_set_in_groups() {
        assert_eq!(phone("13800138000"), "138 0013 8000");
        assert_eq!(phone("057188888888"), "057188888888");
    }

    #[test]
    fn days_begin_in_shanghai() {
        let day: Date = "2026-11-21".parse().unwrap();
        assert_eq!(day_start(day).unwrap().to_string(), "2026-11-20T16:00:00.000Z");
        assert_eq!(date_of(day_start(day).unwrap()), day);
        assert_eq!(time("2026-11-21T09:08:07Z".parse().unwrap()), "2026-11-21 17:08");
        assert_eq!(input_of_instant(instant_of_input("2026-11-21T17:08").unwrap()), "2026-11-21T17:08");
    }

    #[test]
    fn a_browser_is_named_as_people_name_it() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/141.0";
        assert_eq!(browser(edge), "Edge 141 · Windows");
        let safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(browser(safari), "Safari 18 · iPhone");
        assert_eq!(browser("curl/8.1"), "curl/8.1");
    }
}

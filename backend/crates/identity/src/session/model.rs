//! Decisions: how long to lock, whether a refresh token counts, whether a password is good enough.

use super::entity::{guard, session, token};
use chrono::{DateTime, TimeDelta, Utc};
use openapi::Issue;
use openapi::identity::PASSWORD_WEAK;
use openapi::identity::session::SessionRow;
use uuid::Uuid;

/// Failures that are forgiven before the account is locked.
const FORGIVEN: i32 = 5;
/// Failures older than this count no more.
const FORGET: TimeDelta = TimeDelta::hours(24);
/// The longest lock.
const LONGEST_LOCK: TimeDelta = TimeDelta::minutes(60);
/// A session ends when it was not used for this long.
const IDLE: TimeDelta = TimeDelta::days(platform::http::respond::REFRESH_DAYS);
/// A session ends in any case after this long.
const LONGEST_SESSION: TimeDelta = TimeDelta::days(30);
/// Two tabs may use the same refresh token, or an answer may be lost, within this time.
const TOGETHER: TimeDelta = TimeDelta::seconds(30);

/// How many earlier passwords may not come back.
pub const REMEMBERED_PASSWORDS: u64 = 5;

/// Until when the account is locked, if it is.
pub fn locked_until(row: Option<&guard::Model>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    row.and_then(|row| row.locked_until).filter(|until| *until > now)
}

/// Minutes until then, at least one.
pub fn minutes_left(until: DateTime<Utc>, now: DateTime<Utc>) -> i64 {
    Ord::max((until - now).num_seconds().saturating_add(59) / 60, 1)
}

/// The failures after one more: from the fifth on the account is locked, each time twice as long.
pub fn one_more_failure(row: Option<guard::Model>, login: &str, now: DateTime<Utc>) -> guard::Model {
    let recent = row.filter(|row| row.failed_at + FORGET > now).map_or(0, |row| row.failures);
    let failures = recent.saturating_add(1);
    let doublings = u32::try_from(failures - FORGIVEN).ok();
    let lock = doublings.map(|n| TimeDelta::minutes(1_i64 << Ord::min(n, 6))).map(|lock| Ord::min(lock, LONGEST_LOCK));
    guard::Model { login: login.to_owned(), failures, failed_at: now, locked_until: lock.map(|lock| now + lock) }
}

/// When a session that is used now ends.
pub fn expiry(created_at: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    Ord::min(now + IDLE, created_at + LONGEST_SESSION)
}

/// What a presented refresh token is good for.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A new one may be issued.
    Good,
    /// It was used before: somebody has a copy.
    Reused,
    /// The session is over.
    Ended,
}

/// Judges a refresh token.
pub fn verdict(token: &token::Model, session: &session::Model, now: DateTime<Utc>) -> Verdict {
    if session.revoked_at.is_some() || session.expires_at <= now || token.expires_at <= now {
        return Verdict::Ended;
    }
    match token.used_at {
        Some(used) if used + TOGETHER < now => Verdict::Reused,
        _ => Verdict::Good,
    }
}

/// A session in the list.
pub fn row(session: session::Model, current: Uuid) -> SessionRow {
    let session::Model { id, user_id: _, created_at, used_at, expires_at: _, revoked_at: _, ip, user_agent } = session;
    SessionRow {
        id: id.into(),
        created_at: created_at.into(),
        used_at: used_at.into(),
        ip,
        user_agent,
        is_current: id == current,
    }
}

/// The passwords that are tried first by everybody.
const COMMON: &[&str] = &[
    "password",
    "passw0rd",
    "12345678",
    "123456789",
    "1234567890",
    "11111111",
    "88888888",
    "00000000",
    "87654321",
    "qwertyui",
    "qwertyuiop",
    "1qaz2wsx",
    "1q2w3e4r",
    "abc12345",
    "a1234567",
    "a12345678",
    "abcd1234",
    "iloveyou",
    "woaini1314",
    "5201314520",
    "asdfghjk",
    "asdfasdf",
    "zxcvbnm1",
    "admin123",
    "admin888",
    "administrator",
    "aftercare",
    "letmein1",
    "welcome1",
    "password1",
    "password123",
    "qwer1234",
    "asdf1234",
    "wang1234",
    "12341234",
    "123123123",
    "66666666",
    "147258369",
    "987654321",
    "11223344",
];

/// Refuses a password that is guessed at once.
pub fn strong_enough(password: &str, login: &str) -> Result<(), Issue> {
    let lower = password.to_lowercase();
    let mut letters: Vec<char> = lower.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    let weak = letters.len() < 4 || COMMON.contains(&lower.as_str()) || lower.contains(&login.to_lowercase());
    if weak { Err(Issue::new(PASSWORD_WEAK)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(now: DateTime<Utc>) -> session::Model {
        session::Model {
            id: Uuid::nil(),
            user_id: Uuid::nil(),
            created_at: now,
            used_at: now,
            expires_at: now + IDLE,
            revoked_at: None,
            ip: String::new(),
            user_agent: String::new(),
        }
    }

    #[test]
    fn the_lock_grows_with_every_failure_and_ends_at_an_hour() {
        let now = Utc::now();
        let mut row = None;
        let mut locks = Vec::new();
        for _ in 0..14 {
            let next = one_more_failure(row, "19145", now);
            locks.push(next.locked_until.map_or(0, |until| (until - now).num_minutes()));
            row = Some(next);
        }
        assert_eq!(locks, [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60]);
        assert_eq!(one_more_failure(row, "19145", now + FORGET).failures, 1, "a day later all is forgotten");
    }

    #[test]
    fn a_lock_is_told_in_whole_minutes_and_ends() {
        let now = Utc::now();
        let row = guard::Model {
            login: "19145".to_owned(),
            failures: 5,
            failed_at: now,
            locked_until: Some(now + TimeDelta::seconds(61)),
        };
        let until = locked_until(Some(&row), now).unwrap();
        assert_eq!(minutes_left(until, now), 2);
        assert_eq!(locked_until(Some(&row), now + TimeDelta::seconds(61)), None);
    }

    #[test]
    fn a_used_token_is_forgiven_for_a_moment_and_a_theft_afterwards() {
        let now = Utc::now();
        let fresh = token::Model {
            fingerprint: String::new(),
            session_id: Uuid::nil(),
            created_at: now,
            expires_at: now + IDLE,
            used_at: None,
        };
        let used = token::Model { used_at: Some(now), ..fresh.clone() };
        assert_eq!(verdict(&fresh, &session(now), now), Verdict::Good);
        assert_eq!(verdict(&used, &session(now), now + TOGETHER), Verdict::Good);
        assert_eq!(verdict(&used, &session(now), now + TOGETHER + TimeDelta::seconds(1)), Verdict::Reused);
        assert_eq!(verdict(&fresh, &session(now), now + IDLE), Verdict::Ended);
        let revoked = session::Model { revoked_at: Some(now), ..session(now) };
        assert_eq!(verdict(&fresh, &revoked, now), Verdict::Ended);
    }

    #[test]
    fn a_session_slides_but_not_for_ever() {
        let now = Utc::now();
        assert_eq!(expiry(now, now), now + IDLE);
        assert_eq!(expiry(now, now + TimeDelta::days(29)), now + LONGEST_SESSION);
    }

    #[test]
    fn guessable_passwords_are_refused() {
        for weak in ["12345678", "aaaaaaab", "Password", "x19145x!y", "QWERTYUI"] {
            assert!(strong_enough(weak, "19145").is_err(), "{weak}");
        }
        assert!(strong_enough("correct horse battery", "19145").is_ok());
        assert!(strong_enough("维修站的好密码啊啊", "19145").is_ok());
    }
}

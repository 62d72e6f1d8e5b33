//! How often one address may try to sign in. A whole station may share one address, so it is generous; accounts are
//! guarded by their own lock.

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use openapi::problem::TOO_MANY_REQUESTS;
use platform::{Failure, Result};
use std::num::NonZeroU32;
use std::sync::LazyLock;

/// Attempts per minute and address, also all at once.
const PER_MINUTE: NonZeroU32 = NonZeroU32::MIN.saturating_add(119);

static ATTEMPTS: LazyLock<DefaultKeyedRateLimiter<String>> =
    LazyLock::new(|| RateLimiter::keyed(Quota::per_minute(PER_MINUTE)));

/// Refuses one attempt too many.
pub fn check(address: &str) -> Result<()> {
    // addresses that have been quiet need not be kept
    if ATTEMPTS.len() > 10_000 {
        ATTEMPTS.retain_recent();
    }
    ATTEMPTS.check_key(&address.to_owned()).map_err(|not_until| {
        let wait = not_until.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
        Failure::new(TOO_MANY_REQUESTS).retry_after(wait)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_runs_dry_and_others_do_not() {
        let refused = (0..200).filter(|_| check("192.0.2.1").is_err()).count();
        assert!((70..=80).contains(&refused), "{refused}");
        assert!(check("192.0.2.2").is_ok());
    }
}

//! How many requests one address may send in a minute, and how many are worked on at the same time.

use crate::{Failure, Result};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use openapi::problem;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

type Limiter = RateLimiter<IpAddr, DefaultKeyedStateStore<IpAddr>, DefaultClock, StateInformationMiddleware>;

/// Counts requests by address, and those that are worked on.
pub struct Gate {
    limiter: Limiter,
    per_minute: u32,
    calls: AtomicU32,
    at_once: usize,
    inside: AtomicUsize,
}

/// A request that is worked on, until it is dropped.
pub struct Seat<'a>(&'a AtomicUsize);

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Whether a request may pass, and what its sender should know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pass {
    /// Seconds to wait; `None` when it may pass.
    pub wait: Option<u64>,
    /// Requests that may still follow at once.
    pub remaining: u32,
    /// Requests in a minute.
    pub limit: u32,
}

impl Gate {
    /// Lets so many requests of one address pass in a minute, all at once if it must be, and works on so many of all.
    pub fn new(per_minute: u32, at_once: usize) -> Self {
        let limit = NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN);
        let limiter = RateLimiter::keyed(Quota::per_minute(limit)).with_middleware::<StateInformationMiddleware>();
        Gate { limiter, per_minute: limit.get(), calls: AtomicU32::new(0), at_once, inside: AtomicUsize::new(0) }
    }

    /// Takes one more request in, or tells it at once to come back: whoever queues behind more than can be done in a
    /// second would wait in vain, and make everybody else wait too.
    pub fn enter(&self) -> Result<Seat<'_>> {
        let one_more = |inside: usize| (inside < self.at_once).then_some(inside + 1);
        match self.inside.fetch_update(Ordering::AcqRel, Ordering::Acquire, one_more) {
            Ok(_) => Ok(Seat(&self.inside)),
            Err(_) => Err(Failure::new(problem::UNAVAILABLE).retry_after(1)),
        }
    }

    /// Counts one request.
    pub fn pass(&self, address: IpAddr) -> Pass {
        // addresses that are quiet again are forgotten now and then
        if self.calls.fetch_add(1, Ordering::Relaxed) % 10_000 == 9_999 {
            self.limiter.retain_recent();
        }
        let limit = self.per_minute;
        match self.limiter.check_key(&household(address)) {
            Ok(state) => Pass { wait: None, remaining: state.remaining_burst_capacity(), limit },
            Err(not_yet) => {
                let wait = not_yet.wait_time_from(DefaultClock::default().now());
                Pass { wait: Some(wait.as_secs() + 1), remaining: 0, limit }
            }
        }
    }
}

impl Pass {
    /// Seconds until everything may be used again.
    pub fn reset(&self) -> u32 {
        let used = u64::from(self.limit.saturating_sub(self.remaining));
        u32::try_from((used * 60).div_ceil(u64::from(self.limit.max(1)))).unwrap_or(60)
    }
}

/// One customer of a provider has 2^64 addresses of version 6: they count as one.
fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6((u128::from(v6) & !u128::from(u64::MAX)).into()),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_asks_too_often_waits_and_others_do_not() {
        let gate = Gate::new(3, 1);
        let (noisy, quiet) = ("127.0.0.1".parse().unwrap(), "10.0.0.7".parse().unwrap());
        let passes: Vec<Pass> = (0..4).map(|_| gate.pass(noisy)).collect();
        assert_eq!(passes.iter().map(|p| p.remaining).collect::<Vec<_>>(), [2, 1, 0, 0]);
        assert!(passes[..3].iter().all(|p| p.wait.is_none()));
        assert!((1..=21).contains(&passes[3].wait.unwrap()));
        assert_eq!((passes[2].limit, passes[2].reset()), (3, 60));
        assert!(gate.pass(quiet).wait.is_none());
    }

    #[test]
    fn who_comes_while_too_many_are_worked_on_is_told_when_to_come_back() {
        let gate = Gate::new(1, 2);
        let (first, second) = (gate.enter().unwrap(), gate.enter().unwrap());
        let refused = gate.enter().err().unwrap();
        assert_eq!((refused.code(), refused.retry_seconds()), (problem::UNAVAILABLE, Some(1)));
        drop(first);
        assert!(gate.enter().is_ok());
        drop(second);
    }

    #[test]
    fn addresses_of_one_household_count_as_one() {
        let gate = Gate::new(1, 1);
        assert!(gate.pass("2001:db8:1:2::1".parse().unwrap()).wait.is_none());
        assert!(gate.pass("2001:db8:1:2:ffff::9".parse().unwrap()).wait.is_some());
        assert!(gate.pass("2001:db8:1:3::1".parse().unwrap()).wait.is_none());
        assert!(gate.pass("192.0.2.1".parse().unwrap()).wait.is_none());
        assert!(gate.pass("::ffff:192.0.2.1".parse().unwrap()).wait.is_some());
    }
}

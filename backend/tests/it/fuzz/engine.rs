//! Makes inputs, watches the time, cuts down what fails.

use crate::support::{report, seed};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// An input that takes longer hangs.
pub const HANG: Duration = Duration::from_secs(1);
/// Bytes of an input at most, unless a good one is longer.
const LONGEST: usize = 4096;
/// What breaks parsers, whatever they parse.
const NASTY: &[&[u8]] = &[
    b"0",
    b"-1",
    b"1e400",
    b"9223372036854775808",
    b"-9223372036854775808",
    b"340282366920938463463374607431768211456",
    b"NaN",
    b"0.00001",
    b"\xff",
    b"\xc3\x28",
    b"\xed\xa0\x80",
    b"\0",
    b"\r\n",
    b"%",
    b"%00",
    b"%ff",
    b"%E4%BD%A0",
    b"&",
    b"=",
    b"[",
    b"]",
    b"..",
    b",",
    b"\"",
    b"\\",
    b"'",
    b"\\u0000",
    b"\\ud800",
    b"{",
    b"}",
    b"{{",
    b"}}",
    b"{%",
    b"null",
    b"true",
    b"[]",
    b"{}",
    b"<",
    b"&amp;",
    b"<!DOCTYPE",
    b"2026-02-30",
    b"9999-12-31T23:59:59.999Z",
    b"-0001-01-01",
    b"0000",
    b"+24:00",
    "\u{202e}".as_bytes(),
    "\u{feff}".as_bytes(),
    "\u{1f469}\u{200d}\u{1f527}".as_bytes(),
    "\u{e9}\u{301}".as_bytes(),
    "\u{3000}".as_bytes(),
    b"    ",
    b"\t",
    b";",
    b"/",
    b"../",
    b"?",
    b"#",
    b"*",
];

/// The inputs of one target.
pub struct Engine {
    name: &'static str,
    random: StdRng,
    pool: Vec<Vec<u8>>,
    seen: BTreeSet<String>,
    words: Vec<Vec<u8>>,
    longest: usize,
    begun: Instant,
    until: Instant,
    count: usize,
    watch: Arc<Watch>,
}

/// What is under way, for whoever watches the time.
#[derive(Default)]
struct Watch {
    /// Milliseconds from the beginning to when it is too late; 0: nothing is under way.
    limit: AtomicU64,
    input: Mutex<Vec<u8>>,
}

impl Engine {
    /// Starts a target with good inputs and words of its grammar.
    pub fn new(name: &'static str, good: Vec<Vec<u8>>, words: &[&str]) -> Self {
        let seconds = std::env::var("AFTERCARE_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(0.4);
        let salt = name.bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
        let (begun, watch) = (Instant::now(), Arc::<Watch>::default());
        let longest = good.iter().map(|input| 2 * input.len()).max().unwrap_or(0).max(LONGEST);
        let words = words.iter().map(|word| word.as_bytes()).chain(NASTY.iter().copied()).map(<[u8]>::to_vec).collect();
        let random = StdRng::seed_from_u64(seed().wrapping_add(salt));
        let until = begun + Duration::from_secs_f64(seconds);
        let engine =
            Engine { name, random, pool: good, seen: BTreeSet::new(), words, longest, begun, until, count: 0, watch };
        engine.guard();
        engine
    }

    /// Ends the process when an input takes too long: a thread that hangs cannot be ended.
    fn guard(&self) {
        let (watch, begun, name) = (Arc::downgrade(&self.watch), self.begun, self.name);
        std::thread::spawn(move || {
            while let Some(watch) = watch.upgrade() {
                let limit = watch.limit.load(Ordering::SeqCst);
                if limit > 0 && begun.elapsed() > Duration::from_millis(limit) {
                    let file = kept(name, &watch.input.lock().unwrap());
                    eprintln!("{name}: an input takes longer than a second: {}", file.display());
                    std::process::abort();
                }
                drop(watch);
                std::thread::sleep(Duration::from_millis(50));
            }
        });
    }

    /// The next input; none when the time is over. The good ones come first.
    pub fn next(&mut self) -> Option<Vec<u8>> {
        let at = self.count;
        self.count += 1;
        if at < self.pool.len() && self.seen.len() <= at {
            return Some(self.pool[at].clone());
        }
        if Instant::now() > self.until {
            return None;
        }
        let mut input = self.pick();
        for _ in 0..self.random.random_range(1..=4) {
            self.mutate(&mut input);
        }
        input.truncate(self.longest);
        Some(input)
    }

    fn pick(&mut self) -> Vec<u8> {
        let at = self.random.random_range(0..self.pool.len());
        self.pool[at].clone()
    }

    fn mutate(&mut self, input: &mut Vec<u8>) {
        let length = input.len();
        let at = self.random.random_range(0..=length);
        let end = (at + self.random.random_range(0..=16)).min(length);
        match self.random.random_range(0..9) {
            0 if at < length => input[at] ^= 1 << self.random.random_range(0..8),
            1 if at < length => input[at] = self.random.random(),
            2 => drop(input.drain(at..end)),
            3 => {
                let part = input[at..end].to_vec();
                input.splice(at..at, part);
            }
            4 => {
                let other = self.pick();
                let from = self.random.random_range(0..=other.len());
                input.truncate(at);
                input.extend_from_slice(&other[from..]);
            }
            5 => {
                let (byte, times) = (self.random.random(), self.random.random_range(1..300));
                input.splice(at..at, std::iter::repeat_n(byte, times));
            }
            6 => {
                let part = input[at..end].to_vec();
                let times = self.random.random_range(1..100);
                input.splice(at..at, part.repeat(times));
            }
            _ => {
                let word = self.words[self.random.random_range(0..self.words.len())].clone();
                let end = if self.random.random() { end } else { at };
                input.splice(at..end, word);
            }
        }
    }

    /// Keeps an input that came to a new end.
    pub fn learn(&mut self, input: Vec<u8>, end: String) {
        if self.seen.len() < 2000 && self.seen.insert(end) {
            self.pool.push(input);
        }
    }

    /// Prints how far it came.
    pub fn ended(&self) {
        report("H5", self.count, self.begun, &format!("{}, {} ends", self.name, self.seen.len()));
    }

    /// From here on the time of an input is watched.
    pub fn starts(&self, input: &[u8]) {
        input.clone_into(&mut self.watch.input.lock().unwrap());
        let limit = u64::try_from((self.begun.elapsed() + HANG).as_millis()).unwrap();
        self.watch.limit.store(limit, Ordering::SeqCst);
    }

    /// The input was answered.
    pub fn stops(&self) {
        self.watch.limit.store(0, Ordering::SeqCst);
    }

    /// Leaves an input that failed where somebody finds it.
    pub fn keep(&self, input: &[u8]) -> PathBuf {
        kept(self.name, input)
    }
}

fn kept(name: &str, input: &[u8]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("{name}-{}.bin", platform::new_id().simple()));
    std::fs::write(&file, input).unwrap();
    file
}

/// Throws inputs at a target until the time is over. What the target answers names the end that an input came to.
pub fn drive(name: &'static str, good: Vec<Vec<u8>>, words: &[&str], target: impl Fn(&[u8]) -> String) {
    let mut engine = Engine::new(name, good, words);
    let once = |input: &[u8]| catch_unwind(AssertUnwindSafe(|| target(input)));
    while let Some(input) = engine.next() {
        engine.starts(&input);
        let done = once(&input);
        engine.stops();
        match done {
            Ok(end) => engine.learn(input, end),
            Err(panic) => {
                let small = cut_down(input, |input| once(input).is_err());
                let file = engine.keep(&small);
                eprintln!("{name}: {} fails: {:?}", file.display(), String::from_utf8_lossy(&small));
                resume_unwind(panic);
            }
        }
    }
    engine.ended();
    assert!(engine.seen.len() > 1, "every input of {name} came to the same end");
}

/// The smallest input that still fails, by leaving out parts.
fn cut_down(mut input: Vec<u8>, fails: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    let mut part = input.len() / 2;
    while part > 0 {
        let mut at = 0;
        while at + part <= input.len() {
            let mut shorter = input.clone();
            shorter.drain(at..at + part);
            if fails(&shorter) { input = shorter } else { at += part }
        }
        part /= 2;
    }
    input
}

#[test]
fn a_failing_input_is_cut_down_to_what_fails() {
    let found =
        cut_down(b"some text with a needle in it".to_vec(), |input| input.windows(6).any(|part| part == b"needle"));
    assert_eq!(found, b"needle");
}

#[test]
fn inputs_follow_from_the_seed_and_reach_what_is_nested() {
    let inputs = || {
        let mut engine = Engine::new("seeded", vec![b"abc".to_vec()], &["word"]);
        (0..200).filter_map(|_| engine.next()).collect::<Vec<_>>()
    };
    assert_eq!(inputs(), inputs());
    // a bracket, then one in it, and so on: no single mutation gets there
    let deepest = std::cell::Cell::new(0);
    let nested = |input: &[u8]| {
        let depth = input.iter().take_while(|byte| **byte == b'[').count();
        deepest.set(deepest.get().max(depth));
        depth.min(8).to_string()
    };
    drive("nested", vec![b"x".to_vec()], &[], nested);
    assert!(deepest.get() >= 4, "{}", deepest.get());
}

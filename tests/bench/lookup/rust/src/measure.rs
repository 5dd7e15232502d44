//! What to ask for, and how long it takes.

use std::collections::HashMap;
use std::hint::black_box;
use std::time::Instant;

pub const QUERIES: usize = 65_536;
const ROUNDS: usize = 25;

/// A fixed sequence of numbers: xorshift.
pub struct Random(pub u64);

impl Random {
    /// The next number, from 0 to n - 1.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % n
    }
}

/// Nanoseconds for one lookup, in the best of some rounds.
pub fn time<T: Copy>(queries: &[T], lookup: impl Fn(T) -> usize) -> f64 {
    let mut best = f64::MAX;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let mut sum = 0_usize;
        for &query in black_box(queries) {
            sum = sum.wrapping_add(lookup(query));
        }
        black_box(sum);
        best = best.min(start.elapsed().as_secs_f64());
    }
    best * 1e9 / queries.len() as f64
}

/// Prints a line: what, who, nanoseconds, feature of size.rs.
pub fn say(what: &str, who: &str, feature: &str, ns: f64) {
    println!("{what}\t{who}\t{ns:.2}\t{feature}");
}

/// Names that are known, or that differ from such in one byte; each in a place of its own.
pub fn queries(names: &[(&str, u32)], known: bool) -> Vec<&'static str> {
    let all: HashMap<&str, u32> = names.iter().copied().collect();
    let mut random = Random(1);
    let mut queries = Vec::new();
    while queries.len() < QUERIES {
        let mut name = names[random.below(names.len())].0.to_string();
        if !known {
            let at = random.below(name.len());
            name.replace_range(at..=at, "Q");
        }
        if all.contains_key(name.as_str()) == known {
            queries.push(&*name.leak());
        }
    }
    queries
}

//! How long lookups take, beside others. Prints lines of fields between tabs: what, who, nanoseconds, feature of size.rs.

use bench::code::Code;
use iana::http_field::HttpField;
use iana::http_method::HttpMethod;
use iana::http_status::HttpStatus;
use std::collections::HashMap;

mod measure;

use measure::{QUERIES, Random, queries, say, time};

// Made by run.sh from templates/.
mod code {
    pub mod hash;
    pub mod names;
    pub mod texts;
}
mod http_field {
    pub mod values;
}
mod http_method {
    pub mod values;
}
mod http_status {
    pub mod hash;
    pub mod match_names;
    pub mod match_texts;
    pub mod names;
    pub mod texts;
}

fn number(value: Option<u32>) -> usize {
    value.map_or(1, |number| number as usize)
}

fn length(text: Option<&str>) -> usize {
    text.map_or(0, str::len)
}

fn few_texts() {
    let texts = http_status::texts::TEXTS;
    let what = &format!("text of {} values", texts.len());
    let map: HashMap<u32, &str> = texts.iter().copied().collect();
    let mut random = Random(1);
    let codes: Vec<u32> = (0..QUERIES).map(|_| texts[random.below(texts.len())].0).collect();
    let shorts: Vec<u16> = codes.iter().map(|&code| u16::try_from(code).expect("a code")).collect();
    let ours: Vec<HttpStatus> = shorts.iter().map(|&code| HttpStatus::new(code).expect("not 0")).collect();
    let theirs: Vec<http::StatusCode> = shorts.iter().map(|&code| http::StatusCode::from_u16(code).expect("a code")).collect();
    say(what, "regen", "text-regen", time(&ours, |value| length(value.text())));
    say(what, "http 1.x", "text-http", time(&theirs, |value| length(value.canonical_reason())));
    say(what, "match", "text-match", time(&codes, |code| length(http_status::match_texts::text(code))));
    say(what, "HashMap", "text-hashmap", time(&codes, |code| length(map.get(&code).copied())));
}

fn many_texts() {
    let texts = code::texts::TEXTS;
    let what = &format!("text of {} values", texts.len());
    let map: HashMap<u32, &str> = texts.iter().copied().collect();
    let mut random = Random(1);
    let codes: Vec<u32> = (0..QUERIES).map(|_| texts[random.below(texts.len())].0).collect();
    say(what, "regen", "text-many-regen", time(&codes, |code| length(Code::new(code).text())));
    say(what, "HashMap", "text-many-hashmap", time(&codes, |code| length(map.get(&code).copied())));
}

fn few_names(known: bool) {
    let names = http_status::names::NAMES;
    let what = &format!("{} among {} names", if known { "known" } else { "unknown" }, names.len());
    let map: HashMap<&str, u32> = names.iter().copied().collect();
    let queries = queries(names, known);
    let ours = |name: &str| HttpStatus::from_name(name).map(|value| value.get().into());
    say(what, "regen", "name-regen", time(&queries, |name| number(ours(name))));
    say(what, "match", "name-match", time(&queries, |name| number(http_status::match_names::from_name(name))));
    say(what, "phf", "name-phf", time(&queries, |name| number(http_status::hash::NAMES.get(name).copied())));
    say(what, "HashMap", "name-hashmap", time(&queries, |name| number(map.get(name).copied())));
}

fn many_names(known: bool) {
    let names = code::names::NAMES;
    let what = &format!("{} among {} names", if known { "known" } else { "unknown" }, names.len());
    let map: HashMap<&str, u32> = names.iter().copied().collect();
    let queries = queries(names, known);
    say(what, "regen", "name-many-regen", time(&queries, |name| number(Code::from_name(name).map(Code::get))));
    say(what, "phf", "name-many-phf", time(&queries, |name| number(code::hash::NAMES.get(name).copied())));
    say(what, "HashMap", "name-many-hashmap", time(&queries, |name| number(map.get(name).copied())));
}

/// The strings with each letter in either case.
fn in_any_case(strings: &[&str]) -> Vec<&'static str> {
    let mut random = Random(2);
    let mut any = |c: char| if random.below(2) == 0 { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
    strings.iter().map(|string| &*string.chars().map(&mut any).collect::<String>().leak()).collect()
}

fn fields(known: bool) {
    let values = http_field::values::VALUES;
    let what = &format!("{} among {} fields", if known { "known" } else { "unknown" }, values.len());
    let small: Vec<String> = values.iter().map(|value| value.to_ascii_lowercase()).collect();
    let names: Vec<(&str, u32)> = small.iter().map(|value| (value.as_str(), 0)).collect();
    let map: HashMap<&str, &str> = small.iter().map(String::as_str).zip(values.iter().copied()).collect();
    let queries = in_any_case(&queries(&names, known));
    let found = |name: &str| length(map.get(name.to_ascii_lowercase().as_str()).copied());
    let parsed = |name: &str| http::HeaderName::from_bytes(name.as_bytes()).map_or(0, |name| name.as_str().len());
    say(what, "regen", "field-regen", time(&queries, |name| length(HttpField::new(name).map(HttpField::as_str))));
    say(what, "http 1.x", "field-http", time(&queries, parsed));
    say(what, "HashMap", "field-hashmap", time(&queries, found));
}

fn methods(known: bool) {
    let values = http_method::values::VALUES;
    let what = &format!("{} among {} methods", if known { "known" } else { "unknown" }, values.len());
    let names: Vec<(&str, u32)> = values.iter().map(|value| (*value, 0)).collect();
    let map: HashMap<&str, &str> = values.iter().map(|value| (*value, *value)).collect();
    let queries = queries(&names, known);
    let parsed = |name: &str| http::Method::from_bytes(name.as_bytes()).map_or(0, |method| method.as_str().len());
    say(what, "regen", "method-regen", time(&queries, |name| length(HttpMethod::new(name).map(HttpMethod::as_str))));
    say(what, "http 1.x", "method-http", time(&queries, parsed));
    say(what, "HashMap", "method-hashmap", time(&queries, |name| length(map.get(name).copied())));
}

fn main() {
    few_texts();
    many_texts();
    for known in [true, false] {
        few_names(known);
        many_names(known);
        fields(known);
        methods(known);
    }
}

//! A program with one lookup in it, that of its feature, or none: the difference in size is what the lookup takes.

#[cfg(any(
    feature = "name-hashmap",
    feature = "name-many-hashmap",
    feature = "text-hashmap",
    feature = "text-many-hashmap",
    feature = "field-hashmap",
    feature = "method-hashmap"
))]
use std::collections::HashMap;

#[cfg(feature = "name-hashmap")]
#[path = "../http_status/names.rs"]
mod list;
#[cfg(feature = "name-many-hashmap")]
#[path = "../code/names.rs"]
mod list;
#[cfg(feature = "text-hashmap")]
#[path = "../http_status/texts.rs"]
mod list;
#[cfg(feature = "text-many-hashmap")]
#[path = "../code/texts.rs"]
mod list;
#[cfg(feature = "field-hashmap")]
#[path = "../http_field/values.rs"]
mod list;
#[cfg(feature = "method-hashmap")]
#[path = "../http_method/values.rs"]
mod list;
#[cfg(feature = "name-match")]
#[path = "../http_status/match_names.rs"]
mod matching;
#[cfg(feature = "text-match")]
#[path = "../http_status/match_texts.rs"]
mod matching;
#[cfg(feature = "name-phf")]
#[path = "../http_status/hash.rs"]
mod hash;
#[cfg(feature = "name-many-phf")]
#[path = "../code/hash.rs"]
mod hash;

fn number(query: &str) -> u16 {
    query.bytes().fold(0, |number, byte| number.wrapping_mul(10).wrapping_add(byte.into()))
}

#[cfg(feature = "text-regen")]
fn lookup(query: &str) -> Option<u32> {
    let text = iana::http_status::HttpStatus::new(number(query))?.text()?;
    Some(text.as_bytes()[0].into())
}

#[cfg(feature = "text-http")]
fn lookup(query: &str) -> Option<u32> {
    let text = http::StatusCode::from_u16(number(query)).ok()?.canonical_reason()?;
    Some(text.as_bytes()[0].into())
}

#[cfg(feature = "text-match")]
fn lookup(query: &str) -> Option<u32> {
    Some(matching::text(number(query).into())?.as_bytes()[0].into())
}

#[cfg(any(feature = "text-hashmap", feature = "text-many-hashmap"))]
fn lookup(query: &str) -> Option<u32> {
    let map: HashMap<u32, &str> = list::TEXTS.iter().copied().collect();
    Some(map.get(&number(query).into())?.as_bytes()[0].into())
}

#[cfg(feature = "text-many-regen")]
fn lookup(query: &str) -> Option<u32> {
    Some(bench::code::Code::new(number(query).into()).text()?.as_bytes()[0].into())
}

#[cfg(feature = "name-regen")]
fn lookup(query: &str) -> Option<u32> {
    iana::http_status::HttpStatus::from_name(query).map(|value| value.get().into())
}

#[cfg(feature = "name-many-regen")]
fn lookup(query: &str) -> Option<u32> {
    bench::code::Code::from_name(query).map(bench::code::Code::get)
}

#[cfg(any(feature = "name-phf", feature = "name-many-phf"))]
fn lookup(query: &str) -> Option<u32> {
    hash::NAMES.get(query).copied()
}

#[cfg(any(feature = "name-hashmap", feature = "name-many-hashmap"))]
fn lookup(query: &str) -> Option<u32> {
    let map: HashMap<&str, u32> = list::NAMES.iter().copied().collect();
    map.get(query).copied()
}

#[cfg(feature = "name-match")]
fn lookup(query: &str) -> Option<u32> {
    matching::from_name(query)
}

#[cfg(feature = "field-regen")]
fn lookup(query: &str) -> Option<u32> {
    Some(iana::http_field::HttpField::new(query)?.as_str().as_bytes()[0].into())
}

#[cfg(feature = "field-http")]
fn lookup(query: &str) -> Option<u32> {
    Some(http::HeaderName::from_bytes(query.as_bytes()).ok()?.as_str().as_bytes()[0].into())
}

#[cfg(feature = "field-hashmap")]
fn lookup(query: &str) -> Option<u32> {
    let map: HashMap<String, &str> = list::VALUES.iter().map(|value| (value.to_ascii_lowercase(), *value)).collect();
    Some(map.get(query.to_ascii_lowercase().as_str())?.as_bytes()[0].into())
}

#[cfg(feature = "method-regen")]
fn lookup(query: &str) -> Option<u32> {
    Some(iana::http_method::HttpMethod::new(query)?.as_str().as_bytes()[0].into())
}

#[cfg(feature = "method-http")]
fn lookup(query: &str) -> Option<u32> {
    Some(http::Method::from_bytes(query.as_bytes()).ok()?.as_str().as_bytes()[0].into())
}

#[cfg(feature = "method-hashmap")]
fn lookup(query: &str) -> Option<u32> {
    let map: HashMap<&str, &str> = list::VALUES.iter().map(|value| (*value, *value)).collect();
    Some(map.get(query)?.as_bytes()[0].into())
}

#[cfg(feature = "nothing")]
fn lookup(query: &str) -> Option<u32> {
    Some(number(query).into())
}

fn main() {
    let query = std::env::args().nth(1).unwrap_or_default();
    std::process::exit(i32::from(number(&query) == 1) + i32::from(lookup(&query).is_some_and(|found| found == 7)));
}

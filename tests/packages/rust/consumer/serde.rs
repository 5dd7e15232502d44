//! Values in and out of serde, as their numbers.

use serde::de::value::{Error, StrDeserializer, U16Deserializer, U64Deserializer};
use serde::de::IntoDeserializer;
use serde::{Deserialize, Serialize};
use std::fmt;
use subject::http_status::HttpStatus;

/// What a value looks like in text: a formatter is a serializer.
struct Shown(HttpStatus);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.serialize(f)
    }
}

fn main() {
    assert_eq!(Shown(HttpStatus::NOT_FOUND).to_string(), "404");
    let from: U16Deserializer<Error> = 404_u16.into_deserializer();
    assert_eq!(HttpStatus::deserialize(from), Ok(HttpStatus::NOT_FOUND));
    let from: U64Deserializer<Error> = 799_u64.into_deserializer();
    assert_eq!(HttpStatus::deserialize(from).map(HttpStatus::get), Ok(799));
    for wrong in [0_u64, 65_536] {
        let from: U64Deserializer<Error> = wrong.into_deserializer();
        assert!(HttpStatus::deserialize(from).is_err(), "{wrong}");
    }
    let from: StrDeserializer<Error> = "404".into_deserializer();
    assert!(HttpStatus::deserialize(from).is_err());
}

//! Values in and out of serde, as their numbers or strings.

use serde::de::value::{BorrowedStrDeserializer, Error, StrDeserializer, StringDeserializer, U16Deserializer, U64Deserializer};
use serde::de::IntoDeserializer;
use serde::{Deserialize, Serialize};
use std::fmt;
use subject::http_field::HttpField;
use subject::http_status::HttpStatus;

/// What a value looks like in text: a formatter is a serializer.
struct Shown<T>(T);

impl<T: Serialize> fmt::Display for Shown<T> {
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

    assert_eq!(Shown(HttpField::CONTENT_TYPE).to_string(), "Content-Type");
    let from: StrDeserializer<Error> = "CONTENT-type".into_deserializer();
    assert_eq!(HttpField::deserialize(from), Ok(HttpField::CONTENT_TYPE));
    let from: BorrowedStrDeserializer<Error> = BorrowedStrDeserializer::new("accept");
    assert_eq!(HttpField::deserialize(from), Ok(HttpField::ACCEPT));
    let from: StringDeserializer<Error> = "Accept".to_string().into_deserializer();
    assert_eq!(HttpField::deserialize(from), Ok(HttpField::ACCEPT));
    let from: StrDeserializer<Error> = "X-Unheard-Of".into_deserializer();
    let error = HttpField::deserialize(from).expect_err("not registered").to_string();
    assert_eq!(error, "invalid value: string \"X-Unheard-Of\", expected a value of the registry");
    let from: U64Deserializer<Error> = 1_u64.into_deserializer();
    assert!(HttpField::deserialize(from).is_err());
}

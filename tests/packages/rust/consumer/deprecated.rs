//! Uses names that have been given up, which rustc should say.

fn main() {
    assert_eq!(subject::http_status::HttpStatus::PAYLOAD_TOO_LARGE.get(), 413);
    assert_eq!(subject::http_field::HttpField::ACCEPT_CHARSET.as_str(), "Accept-Charset");
}

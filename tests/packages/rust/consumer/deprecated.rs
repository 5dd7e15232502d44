//! Uses a name that has been given up, which rustc should say.

fn main() {
    assert_eq!(subject::http_status::HttpStatus::PAYLOAD_TOO_LARGE.get(), 413);
}

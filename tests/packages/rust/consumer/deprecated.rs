//! Uses a name that has been given up, which rustc should say.

fn main() {
    println!("{}", subject::http_status::HttpStatus::PAYLOAD_TOO_LARGE);
}

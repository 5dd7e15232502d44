//! What programs write with a crate of HTTP status codes, methods and fields, beyond the lookups; and that no lookup allocates.

use std::alloc::{GlobalAlloc, Layout, System};
use std::collections::{BTreeSet, HashSet};
use std::mem::size_of;
use std::sync::atomic::{AtomicUsize, Ordering};
use subject::http_field::HttpField;
use subject::http_method::HttpMethod;
use subject::http_status::HttpStatus;
use subject::http_status_unofficial::HttpStatusUnofficial;
use subject::{InvalidValue, Reference, References, Status};

struct Counting;

static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        System.alloc(layout)
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        System.dealloc(ptr, layout);
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// What a program can evaluate before it runs.
const NUMBER: u16 = HttpStatus::OK.get();
const NEW: Option<HttpStatus> = HttpStatus::new(299);
const STATUS: Option<Status> = HttpStatus::OK.status();
const ALL: &[HttpStatus] = HttpStatus::all();
const REFERENCES: References = HttpStatus::OK.references();
const FORMER: References = HttpStatus::OK.former_references();
const CACHEABLE: bool = HttpStatus::OK.cacheable();
const SUCCESS: bool = HttpStatus::OK.is_success();
const FIELD: &str = HttpField::CONTENT_TYPE.as_str();
const SAFE: bool = HttpMethod::GET.safe();
const METHODS: &[HttpMethod] = HttpMethod::all();
const WORD: &str = Status::PrivateUse.as_str();
static TABLE: [HttpStatus; 2] = [HttpStatus::OK, HttpStatus::NOT_FOUND];

fn consts() {
    assert_eq!((NUMBER, STATUS, CACHEABLE, SUCCESS, WORD), (200, Some(Status::Assigned), true, true, "private_use"));
    assert_eq!(NEW.map(HttpStatus::get), Some(299));
    assert!(ALL.contains(&TABLE[1]));
    assert_eq!((REFERENCES.len(), FORMER.len()), (1, 1));
    assert_eq!((FIELD, SAFE), ("Content-Type", true));
    assert!(METHODS.contains(&HttpMethod::GET));
}

/// Registered or not, any number but 0 is a value, in as much room as the number.
fn open() {
    for number in 1..=u16::MAX {
        let value = HttpStatus::new(number).expect("a value");
        assert_eq!(value.get(), number);
        assert_eq!(value.to_string().parse(), Ok(value));
        let registered = HttpStatus::all().contains(&value);
        assert_eq!(value.text().is_some(), registered && value.text() != Some(""));
        assert_eq!(value.status().is_some(), (100..=599).contains(&number), "{number}");
        if !registered {
            assert_eq!((value.text(), value.name(), value.description()), (None, None, None));
            assert_eq!(value.references().next(), None);
        }
    }
    assert_eq!(HttpStatus::new(0), None);
    assert_eq!(size_of::<Option<HttpStatus>>(), size_of::<u16>());
    assert_eq!(HttpStatus::new(799).and_then(HttpStatus::text), None);
}

fn traits() {
    assert!(matches!(HttpStatus::try_from(404), Ok(HttpStatus::NOT_FOUND)));
    assert_eq!(format!("{:>5}", HttpStatus::NOT_FOUND), "  404");
    assert_eq!(format!("{:?}", HttpStatus::NOT_FOUND), "HttpStatus(404)");
    assert_eq!(format!("{:>10}", Status::Assigned), "  assigned");
    assert_eq!(u16::from(HttpStatus::OK), 200);
    assert!(HttpStatus::OK == 200 && HttpStatus::OK < HttpStatus::NOT_FOUND);
    let values: Vec<HttpStatus> = HttpStatus::all().to_vec();
    assert_eq!(values.iter().collect::<HashSet<_>>().len(), values.len());
    assert!(values.iter().collect::<BTreeSet<_>>().into_iter().eq(values.iter()));
    let error: Result<HttpStatus, InvalidValue> = HttpStatus::try_from(0);
    let error: Box<dyn std::error::Error + Send + Sync> = Box::new(error.expect_err("0 is not valid"));
    assert_eq!(error.to_string(), "not a value of the registry");
    for number in ["", "-1", "65536", "0", "OK", " 200", "200 ", "2OO"] {
        assert!(number.parse::<HttpStatus>().is_err(), "{number:?}");
    }
}

/// Former names are values of the same number, and are read.
fn names() {
    assert_eq!(HttpStatus::from_name("CONTENT_TOO_LARGE"), Some(HttpStatus::CONTENT_TOO_LARGE));
    for former in ["PAYLOAD_TOO_LARGE", "REQUEST_ENTITY_TOO_LARGE"] {
        assert_eq!(HttpStatus::from_name(former), Some(HttpStatus::CONTENT_TOO_LARGE));
    }
    assert_eq!(HttpStatus::CONTENT_TOO_LARGE.name(), Some("CONTENT_TOO_LARGE"));
    assert_eq!(HttpStatus::CONTENT_TOO_LARGE.text(), Some("Content Too Large"));
    assert_eq!(HttpStatus::IM_A_TEAPOT.status(), Some(Status::Reserved));
    assert_eq!(HttpStatus::TOO_MANY_REQUESTS.get(), 429);
    assert_eq!((HttpStatus::TOO_EARLY.get(), HttpStatus::ALREADY_REPORTED.get()), (425, 208));
    for value in HttpStatus::all() {
        if let Some(name) = value.name() {
            assert_eq!(HttpStatus::from_name(name), Some(*value));
        }
    }
}

/// What nobody registered is in a registry of its own, and only there.
fn unofficial() {
    for value in HttpStatusUnofficial::all() {
        let status = HttpStatus::new(value.get()).and_then(HttpStatus::status);
        assert!(status.is_none() || status == Some(Status::Unassigned), "{value}");
        assert_eq!(HttpStatus::new(value.get()).and_then(HttpStatus::name), None);
        assert_eq!(value.status(), Some(Status::Unofficial));
    }
    assert!(!HttpStatusUnofficial::all().is_empty());
}

fn references() {
    let mut references = HttpStatus::CONTENT_TOO_LARGE.references();
    assert_eq!(references.size_hint(), (1, Some(1)));
    let reference: Reference = references.next().expect("a reference");
    assert_eq!(reference.to_string(), "RFC 9110, Section 15.5.14");
    assert_eq!(reference.title, Some("HTTP Semantics"));
    assert_eq!(reference.url, Some("https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.14"));
    assert_eq!((references.next(), references.next(), references.len()), (None, None, 0));
}

/// What a server does with a method.
fn answer(method: &str) -> u16 {
    match HttpMethod::new(method) {
        Some(HttpMethod::GET | HttpMethod::HEAD) => 200,
        Some(_) => 405,
        None => 501,
    }
}

/// A string is a value in a byte or two if it is registered, and none if not.
fn strings() {
    assert_eq!((answer("GET"), answer("PATCH"), answer("get"), answer("BREW")), (200, 405, 501, 501));
    for spelling in ["Content-Type", "content-type", "CONTENT-TYPE", "cOnTeNt-tYpE"] {
        assert_eq!(HttpField::new(spelling), Some(HttpField::CONTENT_TYPE));
        assert!(HttpField::CONTENT_TYPE == spelling && HttpField::CONTENT_TYPE == *spelling);
    }
    assert!(HttpMethod::GET == "GET" && HttpMethod::GET != "get" && HttpField::CONTENT_TYPE != "Content-Typ");
    assert_eq!(HttpField::new("\u{212A}eep-Alive"), None);
    assert_eq!(HttpField::from_bytes(b"x\xFFy"), None);
    assert_eq!(format!("{:>5}", HttpMethod::GET), "  GET");
    assert_eq!(format!("{:?}", HttpField::ACCEPT), "HttpField(\"Accept\")");
    assert_eq!((size_of::<HttpMethod>(), size_of::<HttpField>()), (1, 2));
    assert!(HttpField::ACCEPT < HttpField::CONTENT_TYPE && HttpField::all().windows(2).all(|pair| pair[0] < pair[1]));
    assert_eq!(HttpField::all().iter().collect::<HashSet<_>>().len(), HttpField::all().len());
    let error: Result<HttpField, InvalidValue> = "X-Unheard-Of".parse();
    assert_eq!(error.expect_err("not registered").to_string(), "not a value of the registry");
}

/// Every lookup of every string.
fn string_lookups() -> usize {
    let mut sum = 0;
    for value in HttpField::all() {
        let mut bytes = [0; 64];
        let spelling = &mut bytes[..value.as_str().len()];
        spelling.copy_from_slice(value.as_str().as_bytes());
        spelling.make_ascii_uppercase();
        assert_eq!(HttpField::from_bytes(spelling), Some(*value));
        sum += value.text().map_or(0, str::len) + value.description().map_or(0, str::len);
        sum += value.name().and_then(HttpField::from_name).map_or(0, |value| value.as_str().len());
        sum += value.references().chain(value.former_references()).count() + value.structured().map_or(0, str::len);
        sum += usize::from(value.status() == Status::Assigned) + usize::from(value.is_deprecated());
    }
    sum
}

/// Every lookup of every value.
fn lookups() -> usize {
    let mut sum = 0;
    for number in 1..=u16::MAX {
        if let Some(value) = HttpStatus::new(number) {
            sum += value.text().map_or(0, str::len);
            sum += value.name().and_then(HttpStatus::from_name).map_or(0, |value| value.get().into());
            sum += value.description().map_or(0, str::len);
            sum += value.references().chain(value.former_references()).count();
            sum += usize::from(value.cacheable()) + usize::from(value.content()) + usize::from(value.is_success());
            sum += usize::from(value.status() == Some(Status::Assigned));
        }
    }
    sum + usize::from("404".parse() == Ok(HttpStatus::NOT_FOUND))
}

fn main() {
    let before = ALLOCATIONS.load(Ordering::Relaxed);
    let sums = (lookups(), string_lookups());
    assert_eq!(ALLOCATIONS.load(Ordering::Relaxed), before);
    assert!(sums.0 > 10_000 && sums.1 > 10_000);
    consts();
    open();
    traits();
    names();
    unofficial();
    strings();
    references();
}

//! A library for a machine without an operating system, which has every lookup in it and neither std nor an allocator.

#![no_std]

use core::panic::PanicInfo;
use subject::http_field::HttpField;
use subject::http_status::HttpStatus;

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    loop {}
}

#[no_mangle]
pub extern "C" fn lookups(number: u16, out: &mut [usize; 8]) -> bool {
    let value = match HttpStatus::new(number) {
        Some(value) => value,
        None => return false,
    };
    out[0] = value.text().map_or(0, str::len);
    out[1] = value.name().map_or(0, str::len);
    out[2] = value.description().map_or(0, str::len);
    out[3] = value.references().len();
    out[4] = value.former_references().map(|reference| reference.label.len()).sum();
    out[5] = value.status().map_or(0, |status| status.as_str().len());
    out[6] = HttpStatus::all().len();
    out[7] = value.name().and_then(HttpStatus::from_name).map_or(0, |value| value.get().into());
    "200".parse::<HttpStatus>().is_ok() && value.is_success() && value.cacheable()
}

#[no_mangle]
pub extern "C" fn strings(bytes: &[u8; 12], out: &mut [usize; 7]) -> bool {
    let value = match HttpField::from_bytes(bytes) {
        Some(value) => value,
        None => return false,
    };
    out[0] = value.text().map_or(0, str::len);
    out[1] = value.name().map_or(0, str::len);
    out[2] = value.description().map_or(0, str::len);
    out[3] = value.references().len() + value.former_references().len();
    out[4] = value.status().as_str().len();
    out[5] = HttpField::all().len();
    out[6] = value.structured().map_or(0, str::len);
    value == "Content-Type" && !value.is_deprecated() && "accept".parse::<HttpField>().is_ok()
}

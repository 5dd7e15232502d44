//! How long lookups among IANA's service names and port numbers take, beside a `HashMap`. Prints lines as the other program does, without
//! a feature.

use bench::service::Service;
use std::collections::HashMap;

#[path = "../lookup/src/measure.rs"]
mod measure;

use measure::{QUERIES, Random, queries, say, time};

// Made by run.sh from templates/.
mod names;
mod texts;

fn main() {
    let texts = texts::TEXTS;
    let what = &format!("text of {} ports", texts.len());
    let map: HashMap<u32, &str> = texts.iter().copied().collect();
    let mut random = Random(1);
    let ports: Vec<u32> = (0..QUERIES).map(|_| texts[random.below(texts.len())].0).collect();
    let ours: Vec<Service> = ports.iter().map(|&port| Service::new(u16::try_from(port).expect("a port"))).collect();
    say(what, "regen", "-", time(&ours, |port| port.text().map_or(0, str::len)));
    say(what, "HashMap", "-", time(&ports, |port| map.get(&port).map_or(0, |text| text.len())));
    let names = names::NAMES;
    let map: HashMap<&str, u32> = names.iter().copied().collect();
    for known in [true, false] {
        let what = &format!("{} among {} services", if known { "known" } else { "unknown" }, names.len());
        let queries = queries(names, known);
        say(what, "regen", "-", time(&queries, |name| Service::from_name(name).map_or(1, |port| port.get().into())));
        say(what, "HashMap", "-", time(&queries, |name| map.get(name).map_or(1, |&port| port as usize)));
    }
}

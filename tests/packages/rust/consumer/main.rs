//! Depends on the generated crate and compares what it answers with vectors.tsv.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Display;
use std::process::ExitCode;
use subject::http_status::HttpStatus;
use subject::http_status_unofficial::HttpStatusUnofficial;
use subject::{InvalidValue, Reference, Status};

/// All that a program can evaluate before it runs.
const OK_TEXT: Option<&str> = HttpStatus::OK.text();
const OK_STATUS: Option<Status> = HttpStatus::OK.status();
const OK_REFERENCES: &[Reference] = HttpStatus::OK.references();

/// What a value of a crate's type answers, as text; absent is `-`.
struct Answers {
    number: i128,
    text: String,
    name: String,
    status: String,
    description: String,
    references: Vec<(String, String)>,
    former_references: Vec<(String, String)>,
    predicates: Vec<(&'static str, bool)>,
    fields: Vec<(&'static str, String)>,
}

/// A type of the crate, without the type.
struct Subject {
    id: &'static str,
    answers: fn(i128) -> Option<Answers>,
    from_name: fn(&str) -> Option<i128>,
    from_str: fn(&str) -> Option<i128>,
    all: fn() -> Vec<i128>,
}

trait Show {
    fn show(self) -> String;
}

impl Show for bool {
    fn show(self) -> String {
        self.to_string()
    }
}

impl<T: Display> Show for Option<T> {
    fn show(self) -> String {
        self.map_or_else(|| "-".to_string(), |value| value.to_string())
    }
}

fn pairs(references: &[Reference]) -> Vec<(String, String)> {
    let pair = |reference: &Reference| (reference.label.to_string(), reference.url.show());
    references.iter().map(pair).collect()
}

macro_rules! subject {
    ($id:literal, $type:ty, $integer:ty, [$($predicate:ident: $range:literal),*], [$($field:ident: $column:literal),*]) => {
        Subject {
            id: $id,
            answers: |number| {
                let value = <$type>::try_from(<$integer>::try_from(number).ok()?).ok()?;
                Some(Answers {
                    number: value.get().into(),
                    text: value.text().show(),
                    name: value.name().show(),
                    status: value.status().show(),
                    description: value.description().show(),
                    references: pairs(value.references()),
                    former_references: pairs(value.former_references()),
                    predicates: vec![$(($range, value.$predicate())),*],
                    fields: vec![$(($column, value.$field().show())),*],
                })
            },
            from_name: |name| <$type>::from_name(name).map(|value| value.get().into()),
            from_str: |number| number.parse::<$type>().ok().map(|value| value.get().into()),
            all: || <$type>::all().iter().map(|value| value.get().into()).collect(),
        }
    };
}

/// The lines of one registry; keys of maps are values.
#[derive(Default)]
struct Registry {
    valid: (i128, i128),
    entries: BTreeMap<i128, Vec<String>>,
    descriptions: HashMap<i128, String>,
    references: HashMap<i128, Vec<(String, String)>>,
    former_references: HashMap<i128, Vec<(String, String)>>,
    fields: HashMap<(i128, String), String>,
    defaults: HashMap<String, String>,
    aliases: Vec<(i128, String)>,
    predicates: Vec<(String, i128, i128)>,
    spans: Vec<(i128, i128, String)>,
}

fn unescape(field: &str) -> String {
    let mut text = String::new();
    let mut rest = field.chars();
    while let Some(c) = rest.next() {
        text.push(match (c, c == '\\') {
            (_, true) => match rest.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                other => other.unwrap_or('\\'),
            },
            (c, false) => c,
        });
    }
    text
}

impl Registry {
    fn take(&mut self, kind: &str, rest: &[String]) {
        let number = |i: usize| rest[i].parse::<i128>().expect("a number");
        let text = |i: usize| rest[i].clone();
        match kind {
            "valid" => self.valid = (number(0), number(1)),
            "entry" => drop(self.entries.insert(number(0), rest[1..].to_vec())),
            "description" => drop(self.descriptions.insert(number(0), text(1))),
            "reference" => self.references.entry(number(0)).or_default().push((text(1), text(2))),
            "former_reference" => {
                self.former_references.entry(number(0)).or_default().push((text(1), text(2)));
            }
            "field" => drop(self.fields.insert((number(0), text(1)), text(2))),
            "default" => drop(self.defaults.insert(text(0), text(2))),
            "alias" => self.aliases.push((number(0), text(1))),
            "predicate" => self.predicates.push((text(0), number(1), number(2))),
            "span" => self.spans.push((number(0), number(1), text(2))),
            _ => {}
        }
    }

    fn status(&self, number: i128) -> String {
        if let Some(entry) = self.entries.get(&number) {
            return entry[2].clone();
        }
        let span = self.spans.iter().find(|span| (span.0..=span.1).contains(&number));
        span.map_or_else(
            || if (self.valid.0..=self.valid.1).contains(&number) { "unassigned" } else { "-" }.to_string(),
            |span| span.2.clone(),
        )
    }
}

struct Report {
    checks: u32,
    failures: u32,
}

impl Report {
    fn same<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, got: T, want: T) {
        self.checks += 1;
        if got != want {
            self.failures += 1;
            println!("{what}: got {got:?}, want {want:?}");
        }
    }

    fn value(&mut self, registry: &Registry, id: &str, number: i128, answers: &Answers) {
        let absent = || "-".to_string();
        let entry = registry.entries.get(&number);
        let what = |member: &str| format!("{id} {number} {member}");
        self.same(&what("number"), answers.number, number);
        self.same(&what("text"), answers.text.clone(), entry.map_or_else(absent, |e| e[1].clone()));
        self.same(&what("name"), answers.name.clone(), entry.map_or_else(absent, |e| e[0].to_uppercase()));
        self.same(&what("status"), answers.status.clone(), registry.status(number));
        let description = registry.descriptions.get(&number);
        self.same(&what("description"), answers.description.clone(), description.cloned().unwrap_or_else(absent));
        let references = registry.references.get(&number).cloned().unwrap_or_default();
        self.same(&what("references"), answers.references.clone(), references);
        let former = registry.former_references.get(&number).cloned().unwrap_or_default();
        self.same(&what("former references"), answers.former_references.clone(), former);
        for (range, first, last) in &registry.predicates {
            let got = answers.predicates.iter().find(|p| p.0 == range).map(|p| p.1);
            self.same(&what(range), got, Some((*first..=*last).contains(&number)));
        }
        for (field, default) in &registry.defaults {
            let got = answers.fields.iter().find(|f| f.0 == field).map(|f| f.1.clone());
            let want = registry.fields.get(&(number, field.clone())).unwrap_or(default);
            self.same(&what(field), got, Some(want.clone()));
        }
    }

    fn registry(&mut self, registry: &Registry, subject: &Subject) {
        let id = subject.id;
        let others = registry.entries.keys().copied().filter(|&number| !(0..=1000).contains(&number));
        for number in (0..=1000).chain(others) {
            if let Some(answers) = (subject.answers)(number) {
                self.value(registry, id, number, &answers);
                self.same(&format!("{id} parses {number}"), (subject.from_str)(&number.to_string()), Some(number));
            } else {
                self.same(&format!("{id} {number} is possible"), registry.status(number), "-".to_string());
            }
        }
        let names = registry.entries.iter().map(|(&number, entry)| (number, entry[0].clone()));
        for (number, name) in names.chain(registry.aliases.iter().cloned()) {
            if name != "-" {
                self.same(&format!("{id} {name}"), (subject.from_name)(&name.to_uppercase()), Some(number));
            }
        }
        for name in ["", "-", "NO_SUCH_NAME", "\u{0}", "\u{1F600}"] {
            self.same(&format!("{id} {name:?} as a name"), (subject.from_name)(name), None);
        }
        for number in ["", "-", "x", "1.5", "99999999999999999999"] {
            self.same(&format!("{id} {number:?} as a number"), (subject.from_str)(number), None);
        }
        self.same(&format!("{id} all"), (subject.all)(), registry.entries.keys().copied().collect());
    }
}

/// What programs write with a type, beyond the lookups.
fn uses(report: &mut Report) {
    report.same("constant text", OK_TEXT, Some("OK"));
    report.same("constant status", OK_STATUS, Some(Status::Assigned));
    report.same("constant references", OK_REFERENCES.len(), 1);
    let matched = matches!(HttpStatus::try_from(404), Ok(HttpStatus::NOT_FOUND));
    report.same("pattern", matched, true);
    report.same("Display", format!("{:>5}", HttpStatus::NOT_FOUND), "  404".to_string());
    report.same("Debug", format!("{:?}", HttpStatus::NOT_FOUND), "HttpStatus(404)".to_string());
    report.same("Status pads", format!("{:>10}", Status::Assigned), "  assigned".to_string());
    report.same("From", u16::from(HttpStatus::OK), 200);
    report.same("PartialEq", HttpStatus::OK == 200, true);
    report.same("Ord", HttpStatus::OK < HttpStatus::NOT_FOUND, true);
    report.same("niche", size_of::<Option<HttpStatus>>(), size_of::<u16>());
    let error: Result<HttpStatus, InvalidValue> = HttpStatus::try_from(0);
    let error: Box<dyn std::error::Error> = Box::new(error.expect_err("0 is not valid"));
    report.same("Error", error.to_string(), "not a value of the registry".to_string());
}

fn size_of<T>() -> usize {
    std::mem::size_of::<T>()
}

fn main() -> ExitCode {
    let path = std::env::args().nth(1).expect("the path of vectors.tsv");
    let file = std::fs::read_to_string(path).expect("vectors.tsv");
    let mut registries: BTreeMap<String, Registry> = BTreeMap::new();
    for line in file.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let fields: Vec<String> = line.split('\t').map(unescape).collect();
        registries.entry(fields[1].clone()).or_default().take(&fields[0], &fields[2..]);
    }
    let subjects = [
        subject!(
            "http_status",
            HttpStatus,
            u16,
            [
                is_informational: "informational",
                is_success: "success",
                is_redirection: "redirection",
                is_client_error: "client_error",
                is_server_error: "server_error"
            ],
            [cacheable: "cacheable", content: "content"]
        ),
        subject!("http_status_unofficial", HttpStatusUnofficial, u16, [], [origin: "origin"]),
    ];
    let mut report = Report { checks: 0, failures: 0 };
    uses(&mut report);
    for (id, registry) in &registries {
        let subject = subjects.iter().find(|subject| subject.id == id);
        report.same(&format!("{id} is tested"), subject.is_some(), true);
        if let Some(subject) = subject {
            report.registry(registry, subject);
        }
    }
    println!("{} checks, {} failures", report.checks, report.failures);
    ExitCode::from(u8::from(report.failures > 0 || registries.is_empty()))
}

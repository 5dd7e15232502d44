//! Depends on a generated crate and compares what it answers with vectors.tsv.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Display;
use std::process::ExitCode;
use subject::{Reference, References};

mod strings;
mod subjects;

/// What a value of a crate's type answers, as text; absent is `-`.
struct Answers {
    number: i128,
    text: String,
    name: String,
    status: String,
    deprecated: String,
    description: String,
    references: Vec<(String, String)>,
    former_references: Vec<(String, String)>,
    predicates: Vec<(&'static str, bool)>,
    fields: Vec<(&'static str, String)>,
}

/// A type of the crate, without the type. Names have the value, whether they are aliases, and the value of the constant.
struct Subject {
    id: &'static str,
    answers: fn(i128) -> Option<Answers>,
    names: &'static [(&'static str, i128, bool, fn() -> i128)],
    from_name: fn(&str) -> Option<i128>,
    from_str: fn(&str) -> Option<i128>,
    all: fn() -> Vec<i128>,
}

trait Show {
    fn show(self) -> String;
}

macro_rules! show {
    ($($type:ty)*) => {
        $(impl Show for $type {
            fn show(self) -> String {
                self.to_string()
            }
        })*
    };
}

show!(bool u8 u16 u32 u64 i8 i16 i32 i64 &str);

impl<T: Display> Show for Option<T> {
    fn show(self) -> String {
        self.map_or_else(|| "-".to_string(), |value| value.to_string())
    }
}

/// How many members there are, and each.
impl<T: Display> Show for &[T] {
    fn show(self) -> String {
        self.iter().fold(self.len().to_string(), |shown, member| format!("{shown}\t{member}"))
    }
}

fn pairs(references: References) -> Vec<(String, String)> {
    let count = references.len();
    let pair = |reference: Reference| (reference.label.to_string(), reference.url.show());
    let pairs: Vec<_> = references.map(pair).collect();
    assert_eq!(pairs.len(), count);
    pairs
}

#[macro_export]
macro_rules! subject {
    ($id:literal, $type:ty, $integer:ty, [$($predicate:ident: $range:literal),*], [$($field:ident: $column:literal),*], $names:expr) => {
        $crate::Subject {
            id: $id,
            answers: |number| {
                let value = <$type>::try_from(<$integer>::try_from(number).ok()?).ok()?;
                Some($crate::Answers {
                    number: value.get().into(),
                    text: $crate::Show::show(value.text()),
                    name: $crate::Show::show(value.name()),
                    status: $crate::Show::show(value.status()),
                    deprecated: $crate::Show::show(value.is_deprecated()),
                    description: $crate::Show::show(value.description()),
                    references: $crate::pairs(value.references()),
                    former_references: $crate::pairs(value.former_references()),
                    predicates: vec![$(($range, value.$predicate())),*],
                    fields: vec![$(($column, $crate::Show::show(value.$field()))),*],
                })
            },
            names: $names,
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
    fn read(lines: &[Vec<String>]) -> Self {
        let mut registry = Self::default();
        for line in lines {
            registry.take(&line[0], &line[2..]);
        }
        registry
    }

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
            other => panic!("a line of kind {other}"),
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

    fn value(&mut self, registry: &Registry, subject: &Subject, number: i128, answers: &Answers) {
        let id = subject.id;
        let absent = || "-".to_string();
        let entry = registry.entries.get(&number);
        let named = entry.map_or(false, |entry| entry[0] != "-");
        let name = subject.names.iter().find(|name| named && !name.2 && name.1 == number);
        let what = |member: &str| format!("{id} {number} {member}");
        self.same(&what("number"), answers.number, number);
        self.same(&what("text"), answers.text.clone(), entry.map_or_else(absent, |e| e[1].clone()));
        self.same(&what("name"), answers.name.clone(), name.map_or_else(absent, |name| name.0.to_string()));
        self.same(&what("status"), answers.status.clone(), registry.status(number));
        let deprecated = entry.map_or_else(|| "false".to_string(), |entry| entry[3].clone());
        self.same(&what("deprecated"), answers.deprecated.clone(), deprecated);
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

    /// Where the answers change: around entries and the ends of ranges, and beyond.
    fn numbers(registry: &Registry) -> BTreeSet<i128> {
        let ranges = registry.predicates.iter().map(|(_, first, last)| (*first, *last));
        let spans = registry.spans.iter().map(|(first, last, _)| (*first, *last));
        let entries = registry.entries.keys().map(|&number| (number, number));
        let ends = ranges.chain(spans).chain(entries).chain([registry.valid]);
        let around = ends.flat_map(|(first, last)| [first - 1, first, first + 1, last - 1, last, last + 1]);
        around.chain(0..=1000).collect()
    }

    fn names(&mut self, registry: &Registry, subject: &Subject) {
        let id = subject.id;
        let known: HashMap<&str, i128> = subject.names.iter().map(|name| (name.0, name.1)).collect();
        let count = registry.entries.values().filter(|entry| entry[0] != "-").count();
        self.same(&format!("{id} names"), subject.names.iter().filter(|name| !name.2).count(), count);
        for &(name, number, _, constant) in subject.names {
            self.same(&format!("{id}::{name}"), constant(), number);
            self.same(&format!("{id} {name}"), (subject.from_name)(name), Some(number));
            for other in near(name) {
                let want = known.get(other.as_str()).copied();
                self.same(&format!("{id} {other:?}"), (subject.from_name)(&other), want);
            }
        }
        for (number, alias) in registry.aliases.iter().filter(|alias| alias.1 != "-") {
            let alias = alias.to_uppercase();
            let found = subject.names.iter().any(|name| name.0.trim_matches('_') == alias && name.1 == *number);
            self.same(&format!("{id} has {alias}"), found, true);
        }
        for name in ["", "-", "NO_SUCH_NAME", "\u{0}", "\u{1F600}"] {
            self.same(&format!("{id} {name:?} as a name"), (subject.from_name)(name), None);
        }
        let long = "X".repeat(100_000);
        self.same(&format!("{id} a long name"), (subject.from_name)(&long), None);
    }

    fn registry(&mut self, registry: &Registry, subject: &Subject) {
        let id = subject.id;
        for number in Self::numbers(registry) {
            if let Some(answers) = (subject.answers)(number) {
                self.value(registry, subject, number, &answers);
                self.same(&format!("{id} parses {number}"), (subject.from_str)(&number.to_string()), Some(number));
            } else {
                self.same(&format!("{id} {number} is possible"), registry.status(number), "-".to_string());
            }
        }
        self.names(registry, subject);
        for number in ["", "-", "x", "1.5", "99999999999999999999"] {
            self.same(&format!("{id} {number:?} as a number"), (subject.from_str)(number), None);
        }
        self.same(&format!("{id} all"), (subject.all)(), registry.entries.keys().copied().collect());
    }
}

/// Names that differ from this one in a byte, at each place, or in length.
fn near(name: &str) -> Vec<String> {
    let mut names = vec![format!("{name}_"), format!("_{name}"), name.to_lowercase(), format!("{name}\u{0}")];
    for (i, c) in name.char_indices() {
        let (before, after) = (&name[..i], &name[i + c.len_utf8()..]);
        let other = if c == 'A' { 'B' } else { 'A' };
        names.extend([format!("{before}{other}{after}"), format!("{before}{after}")]);
    }
    names
}

fn main() -> ExitCode {
    let path = std::env::args().nth(1).expect("the path of vectors.tsv");
    let file = std::fs::read_to_string(path).expect("vectors.tsv");
    let mut registries: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    for line in file.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let fields: Vec<String> = line.split('\t').map(unescape).collect();
        registries.entry(fields[1].clone()).or_default().push(fields);
    }
    let mut report = Report { checks: 0, failures: 0 };
    for (id, lines) in &registries {
        if lines[0][0] == "strings" {
            let subject = subjects::STRINGS.iter().find(|subject| subject.id == id).expect("a type");
            report.strings(&strings::Registry::read(lines), subject);
        } else {
            let subject = subjects::SUBJECTS.iter().find(|subject| subject.id == id).expect("a type");
            report.registry(&Registry::read(lines), subject);
        }
    }
    for (field, values, variants, all) in subjects::ENUMS {
        report.same(field, *variants, *values);
        report.same(field, (all)(), values.iter().map(ToString::to_string).collect());
    }
    report.same("types", subjects::SUBJECTS.len() + subjects::STRINGS.len(), registries.len());
    println!("{} checks, {} failures", report.checks, report.failures);
    ExitCode::from(u8::from(report.failures > 0 || registries.is_empty()))
}

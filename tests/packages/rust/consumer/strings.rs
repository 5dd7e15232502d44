//! Registries of strings: what a crate answers for each value, in whatever case, and for strings that are near one.

use crate::{near, Report};
use std::collections::{BTreeSet, HashMap};

/// What a value answers, as text; absent is `-`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Answers {
    pub(crate) spelling: String,
    pub(crate) shown: String,
    pub(crate) text: String,
    pub(crate) name: String,
    pub(crate) status: String,
    pub(crate) deprecated: String,
    pub(crate) description: String,
    pub(crate) references: Vec<(String, String)>,
    pub(crate) former_references: Vec<(String, String)>,
    pub(crate) fields: Vec<(&'static str, String)>,
}

/// A constant: its name, what the registry says is its value, whether it is an alias, and what it is.
pub(crate) type Constant = (&'static str, &'static str, bool, &'static str);

/// A type of the crate, without the type.
pub(crate) struct Subject {
    pub(crate) id: &'static str,
    pub(crate) constants: &'static [Constant],
    pub(crate) answers: fn(&str) -> Option<Answers>,
    pub(crate) from_bytes: fn(&[u8]) -> Option<&'static str>,
    pub(crate) from_name: fn(&str) -> Option<&'static str>,
    pub(crate) equal: fn(&str, &str) -> bool,
    pub(crate) all: fn() -> Vec<&'static str>,
}

#[macro_export]
macro_rules! string_subject {
    ($id:literal, $type:ty, [$($field:ident: $column:literal),*], $constants:expr) => {
        $crate::strings::Subject {
            id: $id,
            constants: $constants,
            answers: |string| {
                let value = <$type>::new(string);
                assert_eq!(value, string.parse::<$type>().ok());
                assert_eq!(value, <$type>::try_from(string).ok());
                assert_eq!(value, <$type>::try_from(string.as_bytes()).ok());
                let value = value?;
                assert_eq!(value.as_str(), AsRef::<str>::as_ref(&value));
                assert_eq!(value.as_str(), <&str>::from(value));
                Some($crate::strings::Answers {
                    spelling: value.as_str().to_string(),
                    shown: value.to_string(),
                    text: $crate::Show::show(value.text()),
                    name: $crate::Show::show(value.name()),
                    status: value.status().to_string(),
                    deprecated: value.is_deprecated().to_string(),
                    description: $crate::Show::show(value.description()),
                    references: $crate::pairs(value.references()),
                    former_references: $crate::pairs(value.former_references()),
                    fields: vec![$(($column, $crate::Show::show(value.$field()))),*],
                })
            },
            from_bytes: |bytes| <$type>::from_bytes(bytes).map(<$type>::as_str),
            from_name: |name| <$type>::from_name(name).map(<$type>::as_str),
            equal: |value, other| <$type>::new(value).map_or(false, |value| value == other && value == *other),
            all: || {
                let all = <$type>::all();
                assert!(all.windows(2).all(|pair| pair[0] < pair[1]));
                all.iter().map(|value| value.as_str()).collect()
            },
        }
    };
}

/// The lines of one registry; keys of maps are values.
#[derive(Default)]
pub(crate) struct Registry {
    caseless: bool,
    values: Vec<String>,
    entries: HashMap<String, Vec<String>>,
    descriptions: HashMap<String, String>,
    references: HashMap<String, Vec<(String, String)>>,
    former_references: HashMap<String, Vec<(String, String)>>,
    fields: HashMap<(String, String), String>,
    defaults: HashMap<String, String>,
    aliases: Vec<(String, String)>,
    folded: HashMap<String, String>,
}

impl Registry {
    pub(crate) fn read(lines: &[Vec<String>]) -> Self {
        let mut registry = Self::default();
        for line in lines {
            registry.take(&line[0], &line[2..]);
        }
        let folded = registry.values.iter().map(|value| (registry.fold(value), value.clone()));
        registry.folded = folded.collect();
        registry
    }

    fn take(&mut self, kind: &str, rest: &[String]) {
        let text = |i: usize| rest[i].clone();
        match kind {
            "strings" => self.caseless = rest[0] == "caseless",
            "s_entry" => {
                self.values.push(text(0));
                self.entries.insert(text(0), rest[1..].to_vec());
            }
            "s_description" => drop(self.descriptions.insert(text(0), text(1))),
            "s_reference" => self.references.entry(text(0)).or_default().push((text(1), text(2))),
            "s_former_reference" => {
                self.former_references.entry(text(0)).or_default().push((text(1), text(2)));
            }
            "s_field" => drop(self.fields.insert((text(0), text(1)), text(2))),
            "default" => drop(self.defaults.insert(text(0), text(2))),
            "s_alias" => self.aliases.push((text(0), text(1))),
            other => panic!("a line of kind {other}"),
        }
    }

    fn fold(&self, string: &str) -> String {
        if self.caseless {
            string.to_ascii_lowercase()
        } else {
            string.to_string()
        }
    }

    /// The value that the string is, if any.
    fn find(&self, string: &str) -> Option<&String> {
        self.folded.get(&self.fold(string))
    }

    fn answers(&self, subject: &Subject, value: &String) -> Answers {
        let entry = &self.entries[value];
        let constant = subject.constants.iter().find(|constant| !constant.2 && constant.1 == value);
        let absent = || "-".to_string();
        let field = |id: &str| self.fields[&(value.clone(), id.to_string())].clone();
        let mut fields: Vec<_> = subject_fields(subject, value);
        for (id, answer) in &mut fields {
            *answer = field(id);
        }
        Answers {
            spelling: value.clone(),
            shown: value.clone(),
            text: entry[1].clone(),
            name: constant.map_or_else(absent, |constant| constant.0.to_string()),
            status: entry[2].clone(),
            deprecated: entry[3].clone(),
            description: self.descriptions.get(value).cloned().unwrap_or_else(absent),
            references: self.references.get(value).cloned().unwrap_or_default(),
            former_references: self.former_references.get(value).cloned().unwrap_or_default(),
            fields,
        }
    }
}

/// The fields that the type has, in its order.
fn subject_fields(subject: &Subject, value: &str) -> Vec<(&'static str, String)> {
    (subject.answers)(value).map(|answers| answers.fields).unwrap_or_default()
}

/// The string with a character of ASCII exchanged for that of the other case, and letters that other rules take for the same.
fn flipped(string: &str) -> Vec<String> {
    let mut strings = vec![string.to_lowercase(), string.to_uppercase(), string.to_ascii_lowercase(), string.to_ascii_uppercase()];
    for (i, c) in string.char_indices() {
        let (before, after) = (&string[..i], &string[i + c.len_utf8()..]);
        let others = match c {
            'k' | 'K' | '\u{212A}' => &['k', 'K', '\u{212A}'][..],
            's' | 'S' => &['s', 'S', '\u{17F}'][..],
            'i' | 'I' => &['i', 'I', '\u{130}', '\u{131}'][..],
            _ => &[],
        };
        strings.extend(others.iter().map(|other| format!("{before}{other}{after}")));
        strings.extend(c.to_lowercase().chain(c.to_uppercase()).map(|other| format!("{before}{other}{after}")));
        if let Some(other) = u8::try_from(c).ok().filter(u8::is_ascii) {
            strings.push(format!("{before}{}{after}", char::from(other ^ 0x20)));
        }
    }
    strings
}

const STRANGE: &[&str] = &[
    "", " ", "-", "\0", "\n", "constructor", "__proto__", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString",
    "toString", "valueOf", "__defineGetter__", "__lookupSetter__", "null", "undefined", "true", "NaN", "0", "1", "\u{FEFF}", "\u{1F600}",
];

impl Report {
    fn spelling(&mut self, registry: &Registry, subject: &Subject, string: &str) {
        let what = format!("{} {string:?}", subject.id);
        let value = registry.find(string);
        let want = value.map(|value| registry.answers(subject, value));
        self.same(&what, (subject.answers)(string), want);
        self.same(&what, (subject.from_bytes)(string.as_bytes()).map(ToString::to_string), value.cloned());
    }

    fn string(&mut self, registry: &Registry, subject: &Subject, value: &str) {
        let id = subject.id;
        let mut fields: Vec<_> = subject_fields(subject, value).into_iter().map(|field| field.0.to_string()).collect();
        let mut columns: Vec<_> = registry.defaults.keys().cloned().collect();
        fields.sort();
        columns.sort();
        self.same(&format!("{id} fields"), fields, columns);
        self.spelling(registry, subject, value);
        for other in near(value).into_iter().chain(flipped(value)).collect::<BTreeSet<_>>() {
            self.spelling(registry, subject, &other);
            let equal = registry.fold(&other) == registry.fold(value);
            self.same(&format!("{id} {value:?} is {other:?}"), (subject.equal)(value, &other), equal);
        }
        let bytes = value.as_bytes();
        for i in 0..bytes.len() {
            let mut other = bytes.to_vec();
            other[i] |= 0x80;
            let want = String::from_utf8(other.clone()).ok().and_then(|other| registry.find(&other).cloned());
            self.same(&format!("{id} {other:?}"), (subject.from_bytes)(&other).map(ToString::to_string), want);
            other.truncate(i);
            let want = String::from_utf8(other.clone()).ok().and_then(|other| registry.find(&other).cloned());
            self.same(&format!("{id} {other:?}"), (subject.from_bytes)(&other).map(ToString::to_string), want);
        }
    }

    fn constants(&mut self, registry: &Registry, subject: &Subject) {
        let id = subject.id;
        let known: HashMap<&str, &str> = subject.constants.iter().map(|constant| (constant.0, constant.1)).collect();
        let count = registry.entries.values().filter(|entry| entry[0] != "-").count();
        self.same(&format!("{id} names"), subject.constants.iter().filter(|constant| !constant.2).count(), count);
        for (name, value, _, constant) in subject.constants {
            self.same(&format!("{id} {name}"), constant, value);
            self.same(&format!("{id} {name} as a name"), (subject.from_name)(name), Some(*value));
            for other in near(name) {
                self.same(&format!("{id} {other:?} as a name"), (subject.from_name)(&other), known.get(other.as_str()).copied());
            }
        }
        for (value, alias) in registry.aliases.iter().filter(|alias| alias.1 != "-") {
            let alias = alias.to_uppercase();
            let found = subject.constants.iter().any(|constant| constant.0.trim_matches('_') == alias && constant.1 == value);
            self.same(&format!("{id} has {alias}"), found, true);
        }
        for name in STRANGE {
            self.same(&format!("{id} {name:?} as a name"), (subject.from_name)(name), known.get(name).copied());
        }
    }

    pub(crate) fn strings(&mut self, registry: &Registry, subject: &Subject) {
        let id = subject.id;
        for value in &registry.values {
            self.string(registry, subject, value);
        }
        for string in STRANGE {
            self.spelling(registry, subject, string);
        }
        self.spelling(registry, subject, &"x".repeat(100_000));
        self.same(&format!("{id} wrong UTF-8"), (subject.from_bytes)(&[0xFF, 0xC0]), None);
        self.constants(registry, subject);
        self.same(&format!("{id} all"), (subject.all)(), registry.values.iter().map(String::as_str).collect());
    }
}

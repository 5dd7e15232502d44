//! Answers the questions of a file, line by line, as judge.py writes them. Usage: ask questions.tsv

// Every name is asked for, deprecated ones too.
#![allow(deprecated)]

use std::collections::HashMap;
use std::fmt::{Display, Write as _};
use std::io::Write as _;
use subject::{Reference, References, Status};

mod subjects;

/// A type of the crate, without the type.
pub struct Subject {
    id: &'static str,
    value: fn(&str) -> Option<Vec<String>>,
    name: fn(&str) -> Option<String>,
    at: fn(usize) -> String,
    count: fn() -> usize,
    constants: fn() -> Vec<String>,
}

/// What is absent is empty.
trait Show {
    fn show(self) -> String;

    fn tell(self, columns: &mut Vec<String>)
    where
        Self: Sized,
    {
        columns.push(self.show());
    }
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

show!(bool u8 u16 u32 u64 i8 i16 i32 i64 &str Status);

impl<T: Display> Show for Option<T> {
    fn show(self) -> String {
        self.map_or_else(String::new, |value| value.to_string())
    }
}

/// How many there are, and each.
impl<T: Display> Show for &[T] {
    fn show(self) -> String {
        self.len().to_string()
    }

    fn tell(self, columns: &mut Vec<String>) {
        columns.push(self.show());
        columns.extend(self.iter().map(ToString::to_string));
    }
}

fn cite(columns: &mut Vec<String>, references: References) {
    columns.push(references.len().to_string());
    for Reference {
        label, title, url, ..
    } in references
    {
        columns.extend([label.to_string(), title.show(), url.show()]);
    }
    columns.push(String::new());
}

/// What every value answers, of numbers or strings.
#[macro_export]
macro_rules! answers {
    ($value:ident, [$($predicate:ident)*], [$($field:ident)*]) => {{
        let mut columns = vec![
            $value.text().show(),
            $value.name().show(),
            $value.status().show(),
            $value.description().show(),
            $value.is_deprecated().show(),
            "?".to_string(),
        ];
        $crate::cite(&mut columns, $value.references());
        $crate::cite(&mut columns, $value.former_references());
        $(columns.push($value.$predicate().show());)*
        $($value.$field().tell(&mut columns);)*
        columns
    }};
}

#[macro_export]
macro_rules! number {
    ($id:literal, $type:ty, $predicates:tt, $fields:tt, [$($lookup:literal $constant:ident,)*]) => {
        $crate::Subject {
            id: $id,
            value: |s| {
                use $crate::Show;
                let value = s.parse::<$type>().ok()?;
                assert_eq!(value.get().to_string(), s);
                Some($crate::answers!(value, $predicates, $fields))
            },
            name: |s| <$type>::from_name(s).map(|value| value.get().to_string()),
            at: |i| <$type>::all()[i].get().to_string(),
            count: || <$type>::all().len(),
            constants: || vec![$($lookup.to_string(), <$type>::$constant.get().to_string()),*],
        }
    };
}

#[macro_export]
macro_rules! string {
    ($id:literal, $type:ty, $predicates:tt, $fields:tt, [$($lookup:literal $constant:ident,)*]) => {
        $crate::Subject {
            id: $id,
            value: |s| {
                use $crate::Show;
                let value = <$type>::new(s)?;
                Some($crate::answers!(value, $predicates, $fields))
            },
            name: |s| <$type>::from_name(s).map(|value| value.as_str().to_string()),
            at: |i| <$type>::all()[i].as_str().to_string(),
            count: || <$type>::all().len(),
            constants: || vec![$($lookup.to_string(), <$type>::$constant.as_str().to_string()),*],
        }
    };
}

fn unescape(s: &str) -> String {
    let mut text = String::new();
    let mut rest = s.chars();
    while let Some(c) = rest.next() {
        text.push(if c != '\\' {
            c
        } else {
            match rest.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                Some('0') => '\0',
                other => other.expect("a character behind a backslash"),
            }
        });
    }
    text
}

fn escape(line: &mut String, s: &str) {
    for c in s.chars() {
        match c {
            '\\' => line.push_str("\\\\"),
            '\t' => line.push_str("\\t"),
            '\n' => line.push_str("\\n"),
            '\r' => line.push_str("\\r"),
            other => line.push(other),
        }
    }
}

fn answer(subject: &Subject, kind: &str, question: &str) -> Vec<String> {
    match kind {
        "C" => vec![(subject.count)().to_string()],
        "A" => vec![(subject.at)(question.parse().expect("a number"))],
        "N" => (subject.name)(question).map_or_else(
            || vec!["0".to_string()],
            |value| vec!["1".to_string(), value],
        ),
        "K" => (subject.constants)(),
        _ => (subject.value)(question).unwrap_or_else(|| vec!["impossible".to_string()]),
    }
}

fn main() {
    let path = std::env::args().nth(1).expect("the path of questions.tsv");
    let file = std::fs::read_to_string(path).expect("questions.tsv");
    let subjects: HashMap<&str, &Subject> = subjects::SUBJECTS.iter().map(|s| (s.id, s)).collect();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for question in file.split_terminator('\n') {
        let columns: Vec<&str> = question.split('\t').collect();
        let mut line = question.to_string();
        for column in answer(subjects[columns[0]], columns[1], &unescape(columns[2])) {
            line.write_char('\t').expect("memory");
            escape(&mut line, &column);
        }
        writeln!(out, "{line}").expect("standard output");
    }
    out.flush().expect("standard output");
}

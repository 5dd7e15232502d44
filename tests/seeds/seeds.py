#!/usr/bin/env python3
"""Walks every row of the seed documents and finds what it says in registry.yaml.

A row is a code with facts, each a kind and a value:

    registry       the id of the registry that the code is in
    phrase         its name
    other          a name that it had before
    specification  rfcNNNN
    title          rfcNNNN, a space and the title of that RFC
    link           rfcNNNN#section-N
    status         what is said of its standing: deprecated or reserved

A fact that the registry does not confirm must be in disagreements.yaml. REGISTRY in the environment
names another registry file, DISAGREEMENTS another list. Speaks TAP.
"""
import os
import re
import sys
from collections import Counter
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SEEDS = ROOT / '../shared/seeds'
REGISTRY = Path(os.environ.get('REGISTRY', ROOT / 'registry.yaml'))
DISAGREEMENTS = Path(os.environ.get('DISAGREEMENTS', HERE / 'disagreements.yaml'))

RFC_URL = r'http://tools\.ietf\.org/html/(rfc\d+)'
COPIED_WORDS = 6


# Reading the seeds: one function for each, from its text to rows.

def matches(pattern, text):
    return (m.groups() for m in re.finditer(pattern, text, re.MULTILINE))


def standing(prose):
    if re.search(r'\b(deprecated|discontinued|no longer used)\b', prose, re.IGNORECASE):
        yield 'status', 'deprecated'
    if re.search(r'\breserved for future use\b', prose, re.IGNORECASE):
        yield 'status', 'reserved'


def table_of_specifications(text):
    row = r'^`(\d{3}): (.+?)` \| \[\*\*RFC (\d+)\*\*: (.+)\]\(/specs/IETF/RFC/\3\)$'
    for code, phrase, rfc, title in matches(row, text):
        yield code, [('phrase', phrase), ('specification', f'rfc{rfc}'),
                     ('title', f'rfc{rfc} {title}')]


def encyclopedia(text):
    """Items such as ";423 Locked (WebDAV; RFC 4918) : prose", run together in paragraphs."""
    item = r';(\d{3}) ([^:(;]+?) ?(\([^)]*\))? ?:((?:(?!;\d{3} ).)*)'
    for code, phrase, source, prose in matches(item, ' '.join(text.split())):
        facts = [('phrase', phrase)]
        for names in re.findall(r'(?:[Cc]alled|reason phrase) ((?:"[^"]+"(?: and )?)+)', prose):
            facts += [('other', name) for name in re.findall(r'"([^"]+)"', names)]
        facts += [('specification', f'rfc{rfc}') for rfc in re.findall(r'RFC (\d+)', source or '')]
        yield code, facts + list(standing(prose))


def table_of_quotations(text):
    row = (r'^`(\d{3}): (.+?)` \| "\[.*\]\(' + RFC_URL + r'#(section-[\d.]+)\)" \| '
           r'\[([^]]+)\]\(' + RFC_URL + ' "')
    for code, phrase, linked, section, title, rfc in matches(row, text):
        yield code, [('phrase', phrase), ('link', f'{linked}#{section}'), ('specification', rfc),
                     ('title', f'{rfc} {title}')]


def table_with_breaks(text):
    row = r'^\| +(\d{3})<br/> \| (.+?)<br/> \| (.+?)(?:<br/>)? \|$'
    for code, phrase, prose in matches(row, text):
        yield code, [('phrase', phrase), *standing(prose)]


def table_with_links(text):
    links = {code: (rfc, section) for code, rfc, section
             in matches(r'^\[(\d{3})\]: ' + RFC_URL + r'#(section-[\d.]+)$', text)}
    for code, phrase, prose in matches(r'^\[(\d{3})\]\[\1\] \| (.+?) +\| (.+)$', text):
        rfc, section = links[code]
        yield code, [('phrase', phrase), ('specification', rfc), ('link', f'{rfc}#{section}'),
                     *standing(prose)]


READERS = {
    '000_2bedafb7ade58627.txt': table_of_specifications,
    '001_2fa2a79a21d09ba7.txt': encyclopedia,
    '002_95dd92cc0efa1b33.txt': table_of_quotations,
    '003_57567316bff43a09.txt': table_with_breaks,
    '004_1c664ee9cdee1fed.txt': table_with_links,
}


# Asking the registry.

def load(path):
    return yaml.load(path.read_text(encoding='utf-8'), yaml.BaseLoader)


def is_deprecated(entry):
    by_status = entry.get('status') in ('deprecated', 'obsoleted', 'withdrawn')
    return entry.get('deprecated', 'true' if by_status else 'false') == 'true'


def answers(registry, entry, specifications):
    """For each kind of fact, the values that the registry confirms for this entry."""
    rfcs = [r for key in ('references', 'former_references') for r in entry.get(key, [])
            if 'rfc' in r]
    ids = {f'rfc{r["rfc"]}' for r in rfcs}
    return {
        'registry': {registry['id']},
        'phrase': {entry['text']},
        'other': {alias['text'] for alias in entry.get('aliases', [])},
        'specification': ids,
        'title': {f'{id} {specifications[id]["title"]}' for id in ids if id in specifications},
        'link': {f'rfc{r["rfc"]}#section-{r["section"]}' for r in rfcs if 'section' in r},
        'status': {entry.get('status', 'assigned')} | ({'deprecated'} if is_deprecated(entry)
                                                        else set()),
    }


def problem(kind, said, known, listed):
    """Why a fact does not hold, or None. Listed is what disagreements.yaml has about it."""
    if kind == 'phrase' and said not in known['phrase'] | known['other']:
        return f'{said}: neither the text nor an alias'
    if said in known[kind]:
        return listed and f'{kind} {said}: the registry says so too, yet it is listed'
    expected = listed['registry_says'] if listed else said
    if expected not in known[kind]:
        return f'{kind} {expected}: the registry has {sorted(known[kind])}'
    return None


def key_of(entry):
    return entry['seed'], entry['code'], entry['kind'], entry['seed_says']


def check_row(seed, code, facts, known, disagreements):
    if code not in known:
        return ['in neither registry']
    found = (problem(kind, said, known[code], disagreements.pop((seed, code, kind, said), None))
             for kind, said in [('registry', 'http_status'), *facts])
    return [text for text in found if text]


def check_counts(seed, rows):
    facts = Counter(kind for _, facts in rows for kind, _ in facts)
    want = {kind: int(n) for kind, n in seed['facts'].items()}
    if len(rows) != int(seed['rows']):
        yield f'{len(rows)} rows were read, and it has {seed["rows"]}'
    if len({code for code, _ in rows}) != len(rows):
        yield 'a code was read twice'
    if dict(facts) != want:
        yield f'{dict(facts)} were read, and it has {want}'


def check_missing(seed, rows, codes):
    missing = sorted(codes - {code for code, _ in rows})
    if 'missing' in seed and missing != seed['missing']:
        yield f'it leaves out {missing}, and {seed["missing"]} are listed'


def runs(text):
    words = re.findall(r"[\w'-]+", text.lower())
    return {tuple(words[i:i + COPIED_WORDS]) for i in range(len(words) - COPIED_WORDS + 1)}


def check_own_words(registries, texts):
    theirs = set().union(*map(runs, texts))
    for registry in registries:
        for entry in registry['entries']:
            for run in sorted(runs(entry.get('description', '')) & theirs):
                yield f'{entry["value"]}: {" ".join(run)}'


def results():
    """Pairs of a test's description and what is wrong."""
    data, listed = load(REGISTRY), load(DISAGREEMENTS)
    registries = [r for r in data['registries'] if r['id'].startswith('http_status')]
    known = {e['value']: answers(r, e, data['specifications'])
             for r in registries for e in r['entries']}
    codes = {code for code, known_of in known.items() if 'http_status' in known_of['registry']}
    disagreements = {key_of(entry): entry for entry in listed['disagreements']}
    yield 'each disagreement is listed once', [
        ' '.join(key) for key, n in Counter(map(key_of, listed['disagreements'])).items() if n > 1]
    texts = {name: (SEEDS / name).read_text(encoding='utf-8') for name in READERS}
    for seed in listed['seeds']:
        rows = list(READERS[seed['file']](texts[seed['file']]))
        yield f'{seed["file"]} was read whole', list(check_counts(seed, rows))
        yield f'{seed["file"]} leaves out what is listed', list(check_missing(seed, rows, codes))
        for code, facts in rows:
            yield (f'{seed["file"]} {code}',
                   check_row(seed['file'], code, facts, known, disagreements))
    yield 'every seed was read', sorted(set(READERS) ^ {seed['file'] for seed in listed['seeds']})
    yield 'every listed disagreement is one', [' '.join(key) for key in disagreements]
    yield 'no description is copied from a seed', list(check_own_words(registries, texts.values()))


def main():
    if not (ROOT / '../shared').exists():
        print('ok 1 - the seeds agree # SKIP ../shared, which holds the seed documents, is missing')
        print('1..1')
        return 0
    failed = number = 0
    for number, (description, problems) in enumerate(results(), 1):
        print(f'{"not ok" if problems else "ok"} {number} - {description}')
        for text in problems:
            print(f'# {text}')
        failed += bool(problems)
    print(f'1..{number}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())

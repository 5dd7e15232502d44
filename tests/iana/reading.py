#!/usr/bin/env python3
"""What IANA's XML says of a registry, read without regen: keys, texts, statuses, ranges and rules, and what a registry of ours says
otherwise. What a text may say of a status is the vocabulary below, wherever it stands; no record is known by name.

As a test: texts made of the vocabulary are read as they were made, here and by regen, which adds a registry of them; and what differs
between a registry and the XML is seen. TAP on standard output.
"""
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from bisect import bisect_right
from pathlib import Path
from xml.sax.saxutils import escape

import yaml

ROOT = Path(__file__).resolve().parents[2]
NS = '{http://www.iana.org/assignments}'

# Words for statuses. A whole text that begins with some, with nothing but a clause behind; some of them in a parenthesis, behind a dash,
# or before a colon or a dash.
WORDS = [
    ('unassigned', r'(?:removed/|currently )?(?:un|not )(?:assigned|allocated)|available for (?:assignment|allocation)'),
    ('private_use', r'(?:reserved )?(?:for )?private(?:(?:/| or )experimental)? use'),
    ('experimental', r'(?:reserved )?for (?:rfc3692-style )?experiment\w*(?: use)?|(?:use for )?experiment(?:ation|al(?: use)?)'),
    ('reserved', r'(?:iana[ -])?reserved|unused|not used'),
    ('withdrawn', r'removed|withdrawn|revoked'),
    ('deprecated', r'deprecated'),
    ('obsoleted', r'obsoleted?|historic(?:al)?|superseded|replaced by'),
    ('temporary', r'temporary|temporarily registered|early allocation'),
    ('provisional', r'provisional'),
]
WHOLE = WORDS[:7]
LEADS = WORDS[4:7]
CLAUSE = r"(?: (?:for|to|by|in|as|and|with|due|do|since|until|-+|registered|value|range|RFC)\b.*| ?[-,;.(\[].*)?"
EDGES = ('unassigned', 'private_use', 'experimental', 'reserved')
STANDING = {'permanent': 'assigned', 'standard': 'assigned', 'active': 'assigned'}
# What constants are called by; what is said of them beside is a column of its own.
TEXTS = ('name', 'description', 'contenttype', 'common', 'short', 'attribute', 'label', 'short_name', 'note')


# how a citation may stand in a text
FORMS = ('[{}]', '{}', '')


def squeeze(text):
    return ' '.join((text or '').split())


def label(xref):
    """What a citation is called: its words, else its document and where in it."""
    data, place = squeeze(xref.get('data')), xref.get('section')
    if squeeze(xref.text) or xref.get('type') in ('person', 'uri'):
        return squeeze(xref.text) or data
    return data.upper() + (f', Section {place}' if place else '')


def render(element, form):
    """A cell's text; a citation as its label in the form, or a footnote's as nothing."""
    text = element.text or ''
    for child in element:
        if child.tag == NS + 'xref':
            text += '' if child.get('type') == 'note' else form.format(label(child))
        else:
            text += render(child, form)
        text += child.tail or ''
    return text


def cell(record, tag):
    found = record.find(NS + tag)
    return '' if found is None else squeeze(render(found, '[{}]'))


def remark(text, alone=False):
    """The status that words set apart say, alone or with what they say of it."""
    for status, phrase in WORDS:
        rest = r'\b.*' if status in ('deprecated', 'obsoleted') else CLAUSE
        if re.fullmatch(rf'(?:{phrase}){"" if alone else rest}', text, re.I | re.S):
            return status
    return None


def parenthesis(text):
    """The first parenthesis that says a status: where it stands and its words."""
    for found in re.finditer(r'\(((?:[^()]|\([^()]*\))*)\)|\[([^][]*)\]', text):
        inner = squeeze(found[1] or found[2])
        inner = re.sub(r'^(?:now|currently|has been|registration|this is) ', '', inner, flags=re.I)
        status = remark(inner, not found[1])
        if status and (status not in EDGES or found.start() == 0 or found.end() == len(text)):
            return status, inner, found.span()
    return None


def read(text):
    """A text as what it calls a thing, its status or None, and when that expires."""
    status = expires = None
    for _ in range(8):
        lead = next(((s, f) for s, w in LEADS for f in [re.fullmatch(rf'(?:{w})(?:: | -+ )(?!use |see |by |do )(.+)', text, re.I)] if f), None)
        if lead:
            status, text = lead[0], lead[1][1]
            continue
        found = parenthesis(text)
        if not found:
            break
        status, inner, (begin, end) = found
        if status == 'temporary':
            dates = re.findall(r'expires (?:on )?(\d{4}-\d\d(?:-\d\d)?)', inner)
            expires = dates[-1] if dates else expires
        behind = text[end:]
        text = squeeze(text[:begin] + ('' if re.match(r' ?in favor of', behind) else ' ' + behind))
    for said, words in WHOLE:
        if re.fullmatch(rf'(?:{words}){CLAUSE}', text, re.I | re.S):
            return '', said, None
    for found in re.finditer(r' -+ |[,;] ?', text):
        said = remark(text[found.end():], '-' not in found[0])
        if said and ('-' in found[0] or said in ('deprecated', 'obsoleted')):
            return text[:found.start()], said, None
    return text, status, expires if status == 'temporary' else None


# Numbers.

def one(text):
    return int(text.replace(',0x', '').replace(', 0x', ''), 0 if '0x' in text else 10)


def spans(text):
    """The numbers that a text stands for, as firsts and lasts; empty if it is prose."""
    text = re.sub(r' ?\(.*\)$', '', text.strip())
    pair = re.fullmatch(r'0x(\w\w)(?:-(?:0x)?(\w\w))?, ?(?:0x(\w\w)(?:-(?:0x)?(\w\w))?|\*)', text)
    if pair:
        high, last = int(pair[1], 16), int(pair[2] or pair[1], 16)
        low, end = (int(pair[3], 16), int(pair[4] or pair[3], 16)) if pair[3] else (0, 255)
        return [(high << 8 | low, last << 8 | end)]
    number = r'-?(?:0x[0-9a-fA-F]+(?:, ?0x[0-9a-fA-F]{2})*|\d+)'
    found = []
    for item in re.split(r'(?<=\d), (?=\d)', text):
        both = re.fullmatch(rf'({number})(?: ?(?:-|to) ?({number}))?', item)
        above = re.fullmatch(rf'(?:\w+, )?greater than ({number})', item)
        dotted = re.fullmatch(rf'(?:\w+, )({number})-({number})', item)
        if both:
            found.append((one(both[1]), one(both[2] or both[1])))
        elif dotted:
            found.append((one(dotted[1]), one(dotted[2])))
        elif above:
            found.append((one(above[1]) + 1, 1 << 64))
        else:
            return []
    return found


def joined(pieces):
    """(first, last, what) that touch and say the same as one, in order."""
    whole = []
    for first, last, what in sorted(pieces):
        if whole and first <= whole[-1][1] + 1 and whole[-1][2] == what:
            whole[-1] = (whole[-1][0], max(last, whole[-1][1]), what)
        else:
            whole.append((first, last, what))
    return whole


def less(spans_, taken):
    """(first, last, what) without some numbers, which are in order."""
    for first, last, what in spans_:
        for number in taken[bisect_right(taken, first - 1):bisect_right(taken, last)]:
            if first < number:
                yield first, number - 1, what
            first = number + 1
        if first <= last:
            yield first, last, what


class Reading:
    """IANA's registry, read in the columns that ours takes."""

    def __init__(self, inner, registry):
        self.inner, self.registry = inner, registry
        self.records = inner.findall(NS + 'record')
        self.cache = {}
        self.numeric = registry['type'] != 'string'
        self.told = registry['source'].get('columns') or {}
        self.tags = list(dict.fromkeys(c.tag[len(NS):] for r in self.records for c in r))
        self.value = self.column('value', ('value', 'number', 'id', 'code') if self.numeric else ('value', 'id', 'name', 'description'))
        self.status = self.column('status', ('status',))
        self.text = self.told.get('text') or self.majority()
        limits = registry.get('valid')
        self.valid = spans(limits)[0] if limits else None

    def column(self, told, names):
        """The column of a kind: for keys, one that most records have."""
        if told in self.told:
            return self.told[told]
        for name in names:
            texts = [cell(r, name) for r in self.records]
            good = [t for t in texts if t and (told != 'value' or not self.numeric or spans(t))]
            if len(good) * 2 > len(texts) or (told != 'value' and good):
                return name
        return None

    def majority(self):
        """The column that has the texts of ours."""
        texts = {e.get('text') for e in self.registry['entries']} - {None}
        count = {tag: sum(bool(set(self.variants(r, tag)) & texts) for r in self.records) for tag in self.tags if tag in TEXTS}
        return max(count, key=count.get) if texts and count and max(count.values()) else None

    def variants(self, record, tag):
        """How a cell may be written: citations with brackets, without, and left out; each as text, status, expiry."""
        element = record.find(NS + tag) if tag else None
        if element is None:
            return {}
        forms = [squeeze(render(element, form)) for form in FORMS]
        return {read(form)[0]: read(form) for form in forms if form}

    def said(self, record):
        """What a record says of a thing: texts that it may have, status, expiry."""
        if record not in self.cache:
            self.cache[record] = self.says(record)
        return self.cache[record]

    def says(self, record):
        """The same, for the first time."""
        key = read(cell(record, self.value)) if self.value and not self.numeric else ('', None, None)
        texts = {}
        for tag in dict.fromkeys((self.text, 'name', 'description')):
            if tag and tag != self.value and tag not in self.registry.get('key', ()) and cell(record, tag):
                texts = self.variants(record, tag)
                break
        read_ = list(texts.values()) or [('', None, None)]
        status, expires = next(((s, e) for _, s, e in read_ if s), (None, None))
        if key[1]:
            status, expires = key[1:]
        column = cell(record, self.status).lower() if self.status and self.status != self.text else ''
        if not status and column:
            status = STANDING.get(column, column if column in dict(WORDS) else read(f'({column})')[1])
        return set(texts), status or 'assigned', expires

    def keys(self, record):
        """The keys of a record: (number or string, other columns)."""
        value = cell(record, self.value)
        others = []
        for part in self.registry.get('key', ['value']):
            if part == 'name':
                others.append(words(cell(record, 'name')))
            elif part != 'value':
                others.append(cell(record, self.told.get(part, part)).lower())
        return value, tuple(others)

    def rule(self, first, last):
        """By what rule IANA registers values."""
        whole = self.inner.find(NS + 'registration_rule')
        if whole is not None and squeeze(render(whole, '[{}]')):
            return {squeeze(render(whole, form)) for form in FORMS}
        found = []
        for policy in self.inner.findall(NS + 'range'):
            rule = policy.find(NS + 'registration_rule')
            if rule is None or not any(a <= last and first <= b for a, b in spans(cell(policy, 'value'))):
                continue
            found += [squeeze(render(rule, '[{}]'))] if squeeze(render(rule, '[{}]')) not in found else []
        return {'; '.join(f for f in found if f)}


def words(text):
    return re.sub(r'[\W_]', '', text.lower())


def our_key(registry, entry):
    others = []
    for part in registry.get('key', ['value']):
        if part == 'name':
            others.append(words(entry.get('name', '')))
        elif part != 'value':
            others.append(str(entry.get(part, '')).lower())
    value = entry.get('value', '')
    if registry['type'] != 'string' and value != '':
        value = spans(value)[0][0]
    return value, tuple(others)


# What ours says otherwise.

def rfcs(record):
    return {x.get('data').strip()[3:] for x in record.findall(NS + 'xref') if x.get('type') == 'rfc' and x.get('data').startswith('rfc')}


def plain(text):
    """A text but for the case of citations, and blanks beside them."""
    return text.lower().replace(' ', '')


def truth(text):
    return {'yes': 'true', 'y': 'true', 'true': 'true', 'no': 'false', 'n': 'false', 'false': 'false'}.get(text.lower())


def field_problems(reading, record, entry):
    """Fields whose column has something else."""
    for field in reading.registry.get('fields', []):
        tag = reading.told.get(field['id'], field['id'])
        element = record.find(NS + tag)
        forms = {''} if element is None else {squeeze(render(element, form)) for form in FORMS}
        if field['type'] == 'bool':
            forms = {truth(text) or '' for text in forms}
        if plain(entry.get(field['id'], '')) not in map(plain, forms):
            yield f'{tag} is {cell(record, tag)!r}, not {entry.get(field["id"])!r}'


def problems(reading, record, entry):
    """What an entry has otherwise than a record."""
    texts, status, expires = reading.said(record)
    wrong = []
    if entry.get('status', 'assigned') != status:
        wrong.append(f'status {entry.get("status", "assigned")}, not {status}')
    if entry.get('expires') != expires:
        wrong.append(f'expires {entry.get("expires")}, not {expires}')
    if reading.text and reading.text != reading.value and entry.get('text', '') not in (texts or {''}):
        wrong.append(f'text {entry.get("text")!r}, not {sorted(texts)}')
    have = {r['rfc'] for r in entry.get('references', []) if 'rfc' in r}
    if have != rfcs(record):
        wrong.append(f'RFCs {sorted(have)}, not {sorted(rfcs(record))}')
    return wrong + list(field_problems(reading, record, entry))


NOBODYS = ('reserved', 'private_use', 'experimental', 'withdrawn')
MANY = 256
# A string that stands for several.
SEVERAL = re.compile(r'^\d.*-\d|^\d.* |(?<= )(?:to|through|all|any|every|others?|remaining|values|with|starting|beginning)\b'
                     r'|^(?:all|any|every|others?|values|remaining) ', re.I)


class Comparison:
    """The registry beside its reading."""

    def __init__(self, inner, registry):
        self.reading, self.registry = Reading(inner, registry), registry
        self.pieces, self.named, self.records = [], [], {}
        self.wrong = []

    def number(self, record, value, others, told):
        """A record of a registry of numbers: one key, or several, or a range."""
        texts, status, _ = told
        bare = not any(texts)
        found = spans(value)
        if not found:
            if status != 'unassigned' and not (bare and status in NOBODYS):
                self.wrong.append(f'{value} is no number, and was passed over')
            return
        total = sum(last - first + 1 for first, last in found)
        if status == 'unassigned' or (total > 1 and bare and status != 'assigned' and not any(others)):
            self.pieces += [(first, last, status) for first, last in found]
            return
        if total > 1:
            if bare:
                self.pieces += [(first, last, status) for first, last in found]
            else:
                self.named += [(first, last, texts) for first, last in found if last > first]
        if total <= MANY:
            for first, last in found:
                for key in range(first, last + 1):
                    self.records.setdefault((key, others), []).append(record)

    def read(self, record):
        """Put a record among the keys or ranges."""
        value, others = self.reading.keys(record)
        told = texts, status, _ = self.reading.said(record)
        nobodys = status == 'unassigned' or (not any(texts) and status in NOBODYS)
        if not value:
            if status == 'unassigned':
                return
            if any(others):
                self.records.setdefault(('', others), []).append(record)
            elif not nobodys:
                self.wrong.append(f'{sorted(texts)} has no value, and was passed over')
        elif self.reading.numeric:
            self.number(record, value, others, told)
        elif status != 'unassigned' and not (nobodys and SEVERAL.search(value)):
            self.records.setdefault((read(value)[0] or value, others), []).append(record)

    def entries(self):
        """Keys and what is said of them, in both directions."""
        ours = {}
        for entry in self.registry['entries']:
            ours.setdefault(our_key(self.registry, entry), []).append(entry)
        for key, records in self.records.items():
            name = ' '.join([str(key[0]), *key[1]])
            if key not in ours:
                self.wrong.append(f'{name} is missing')
                continue
            for record in records:
                each = min((problems(self.reading, record, entry) for entry in ours[key]), key=len)
                self.wrong += [f'{name}: {what}' for what in each]
            if len(ours[key]) > len(records):
                self.wrong.append(f'{name} is there {len(ours[key])} times, not {len(records)}')
        self.wrong += [f'{" ".join([str(k[0]), *k[1]])} is not of IANA' for k in ours if k not in self.records]

    def ranges(self):
        """Ranges with a status and those of one name, in both directions, and by what rule values are registered."""
        taken = sorted({key for key, _ in self.records if key != ''})
        want, end = [], None
        for first, last, status in sorted(self.pieces):
            if end is not None and first <= end:
                first = end + 1
            if first <= last:
                want.append((first, last, status))
                end = last
        want = joined(less(want, taken))
        have = joined((*spans(r['values'])[0], r['status']) for r in self.registry.get('ranges', []) if 'status' in r)
        self.wrong += [f'the range {r} is missing' for r in want if r not in have]
        self.wrong += [f'the range {r} is not of IANA' for r in have if r not in want]
        for r in self.registry.get('ranges', []):
            span = spans(r['values'])[0]
            if 'status' not in r and not any(span == n[:2] and r.get('title') in n[2] for n in self.named):
                self.wrong.append(f'the range {r["values"]}, {r.get("title")}, is not of IANA')
            rule = self.reading.rule(*span) if r.get('status') == 'unassigned' else {''}
            if r.get('rule', '') not in rule:
                self.wrong.append(f'{r["values"]} has the rule {r.get("rule")!r}, not {sorted(rule)}')
        titles = {(*spans(r['values'])[0], r.get('title')) for r in self.registry.get('ranges', [])}
        self.wrong += [f'the range {n} is missing' for n in self.named if not any((*n[:2], t) in titles for t in n[2])]

    def all(self):
        """Everything that differs."""
        if self.reading.value is None:
            return ['no column has the key']
        for record in self.reading.records:
            self.read(record)
        self.entries()
        if self.reading.numeric:
            self.ranges()
        return self.wrong


def compare(registry, inner):
    """What differs between a registry of ours and IANA's."""
    return Comparison(inner, registry).all()


# Texts that are made of the vocabulary.

WHOLES = {
    'unassigned': ('unassigned', 'unallocated', 'not assigned', 'currently unassigned', 'available for assignment'),
    'reserved': ('reserved', 'IANA reserved', 'unused', 'not used'),
    'private_use': ('private use', 'reserved for private use', 'for private use'),
    'experimental': ('experimental use', 'reserved for experimental use', 'reserved for experimentation', 'experimental'),
    'withdrawn': ('removed', 'withdrawn', 'revoked'),
    'deprecated': ('deprecated',),
    'obsoleted': ('obsolete', 'obsoleted', 'historic'),
}
REMARKS = {
    'deprecated': ('deprecated',),
    'obsoleted': ('obsolete', 'obsoleted', 'historic', 'superseded'),
    'withdrawn': ('removed', 'withdrawn', 'revoked'),
    'temporary': ('temporary', 'temporarily registered', 'early allocation'),
    'provisional': ('provisional',),
    'reserved': ('reserved', 'unused', 'not used'),
    'private_use': ('private use', 'reserved for private use'),
    'experimental': ('experimental', 'experimental use'),
}
# What thing N may be called, and what is said of it; where nothing is to be said, the words are a part of the name.
WITH = ('Thing {n} ({w})', 'Thing {n} [{w}]', 'Thing {n} - {w}', 'Thing {n} -- {w}', '({w}) Thing {n}')
INSIDE = ('Thing ({w}) number {n}',)
BEFORE = ('{w}: Thing {n}', '{w} - Thing {n}')
CLAUSES = ('Thing {n} ({w} in favor of Other)', 'Thing {n} ({w} by RFC 1)', 'Thing {n} - {w} in favor of Other', 'Thing {n}, {w}')
ALONE = ('{w}', '({w})', '{w} (see RFC 1)', '{w}; was Thing {n}', '{w}, once Thing {n}')
NAMES = ('{w} Words {n}', 'The {w} Thing {n}', 'Thing{n}_{w}', 'Thing {n} (not {w})', 'Pre{w} {n}', 'Thing {n} (what was {w} before)')
DATES = ('Thing {n} ({w} - registered 2024-11-13, expires 2025-11-13)',
         'Thing {n} ({w} - registered 2023-11-13, extension registered 2024-11-13, expires 2025-11-13)', 'Thing {n} ({w}, expires 2025-11-13)')


def texts_of(words, forms):
    for word in words:
        for case in (str, str.upper, str.capitalize):
            for form in forms:
                yield case(word), form


def made():
    """Texts, what is left of each, its status and when that expires."""
    found = []

    def add(words, forms, rest, status, expires=None):
        for word, form in texts_of(words, forms):
            n = len(found)
            found.append((form.format(w=word, n=n), rest(form, n, word), status, expires))

    def thing(form, n, _):
        return f'Thing number {n}' if form in INSIDE else f'Thing {n}'

    for status, words in REMARKS.items():
        add(words, WITH + (INSIDE if status not in EDGES else ()), thing, status)
    add(REMARKS['temporary'], DATES, thing, 'temporary', '2025-11-13')
    for status in ('deprecated', 'obsoleted', 'withdrawn'):
        add([w for w in REMARKS[status] if w not in ('superseded', 'removed', 'revoked')], BEFORE, thing, status)
    add(['deprecated', 'obsoleted', 'obsolete'], CLAUSES, thing, 'deprecated')
    found = [(t, r, 'obsoleted' if 'bsolete' in t.lower() else s, e) for t, r, s, e in found]
    for status, words in WHOLES.items():
        add(words, ALONE, lambda form, n, word: '', status)
    for words in REMARKS.values():
        add([w for w in words if ' for ' not in w], NAMES, lambda form, n, word: form.format(w=word, n=n), None)
    return found


def tried(done, file):
    """The registry that was added, or why it was not, and whether there is a file all the same."""
    if done.returncode:
        raise ValueError(done.returncode, done.stderr.decode(errors='replace')[:2000], file.exists())
    return yaml.load(file.read_text(encoding='utf-8'), getattr(yaml, 'CBaseLoader', yaml.BaseLoader))['registries'][0]


def add(xml, work):
    """Add the registry of an XML."""
    source, file = work / 'made.xml', work / 'registry.yaml'
    file.unlink(missing_ok=True)
    file.with_suffix('.lock').unlink(missing_ok=True)
    source.write_text(f'<registry xmlns="{NS[1:-1]}" id="g"><registry id="r"><title>R</title>{xml}</registry></registry>', encoding='utf-8')
    regen = [str(ROOT / w) if '/' in w else w for w in os.environ.get('REGEN', 'build/regen').split()]
    done = subprocess.run([*regen, 'update', '--add', 'g/r', '-c', file, source], cwd=ROOT, capture_output=True, check=False)
    return tried(done, file), ET.parse(source).getroot()[0]


def vocabulary(work):
    """Each text, here and in regen: alone, and for several values."""
    texts = made()
    wrong = [f'{t!r} is {read(t)}, not {(r, s, e)}' for t, r, s, e in texts if read(t) != (r, s, e)]
    yield f'{len(texts)} texts are read as they were made', wrong
    xml = ''.join(f'<record><value>{3 * n}</value><description>{escape(t)}</description></record>' for n, (t, *_) in enumerate(texts))
    registry, inner = add(xml, work)
    entries = {int(e['value']): e for e in registry['entries']}
    free = [spans(r['values'])[0] for r in registry['ranges'] if r['status'] == 'unassigned']
    wrong = []
    for n, (text, rest, status, expires) in enumerate(texts):
        entry = entries.get(3 * n)
        got = (entry.get('text', ''), entry.get('status'), entry.get('expires')) if entry else ('', 'unassigned', None)
        if got != (rest, status, expires) or (entry is None) != ((3 * n, 3 * n) in free):
            wrong.append(f'{text!r} is {got}, not {(rest, status, expires)}')
    yield 'regen reads them as they were made', wrong
    yield 'and so does the comparison', compare(registry, inner)
    xml = ''.join(f'<record><value>{10 * n}-{10 * n + 8}</value><description>{escape(t)}</description></record>' for n, (t, *_) in enumerate(texts))
    registry, inner = add(xml, work)
    have = {spans(r['values'])[0]: (r.get('title', ''), r.get('status')) for r in registry['ranges']}
    want = {(10 * n, 10 * n + 8): ('', s) if not r else (r, None) for n, (_, r, s, _) in enumerate(texts) if r or s in ('unassigned', *NOBODYS)}
    yield 'so it does for several values', [f'{k} is {have.get(k)}, not {v}' for k, v in want.items() if have.get(k) != v]
    yield 'and the comparison', compare(registry, inner)
    keys = [t for t in texts if t[1]]
    xml = ''.join(f'<record><value>{escape(t)}</value><xref type="rfc" data="rfc1"/></record>' for t, *_ in keys)
    registry, inner = add(xml, work)
    got = {e['value']: (e.get('status'), e.get('expires')) for e in registry['entries']}
    yield 'so it does in keys', [f'{t!r} is {got.get(r)}, not {(s, e)}' for t, r, s, e in keys if got.get(r) != (s, e)]
    yield 'and the comparison, of keys', compare(registry, inner)


RULES = """<range><value>0-99</value><registration_rule>Standards Action</registration_rule></range>
<range><value>100-199</value><registration_rule>Expert Review</registration_rule></range>
<range><value>200-210</value><registration_rule>IETF Review</registration_rule></range>
<range><value>211-255</value><registration_rule>First Come First Served</registration_rule></range>
<record><value>1</value><name>One</name><yes>Y</yes><xref type="rfc" data="rfc1"/></record>
<record><value>2-49</value><name>Unassigned</name></record>
<record><value>50</value><name>Fifty (DEPRECATED)</name><yes>N</yes></record>
<record><value>51-150</value><name>Unassigned</name></record>
<record><value>151-159</value><name>Reserved</name></record>
<record><value>160-163</value><name>Several</name></record>
<record><value>164-199</value><name>Private Use</name></record>
<record><value>200-255</value><name>Unassigned</name></record>
<record><value>210</value><name>Between</name></record>
"""


def sighted(work):
    """What the comparison looks for is seen where it is wrong."""
    registry, inner = add(RULES, work)
    yield 'rules and ranges', compare(registry, inner)
    for kind, item, key, value in (
            ('entries', 0, 'text', 'Two'), ('entries', 0, 'status', 'reserved'), ('entries', 0, 'references', []), ('entries', 0, 'yes', 'false'),
            ('entries', 1, 'status', 'assigned'), ('entries', 0, 'value', '9'), ('entries', 1, 'expires', '2020-01-01'),
            *((kind, item, key, value) for kind in ('ranges',) for item, r in enumerate(registry['ranges'])
              for key, value in (('values', '4-6'), ('status', 'obsoleted'), ('title', 'Other'), ('rule', 'Other')) if key in r)):
        was = registry[kind][item].get(key)
        registry[kind][item][key] = value
        yield f'it is seen: {key} {value} of {kind} {item}', [] if compare(registry, inner) else ['it is not']
        registry[kind][item][key] = was
        if was is None:
            del registry[kind][item][key]
    for kind in ('entries', 'ranges'):
        for item, whole in enumerate(registry[kind]):
            registry[kind].remove(whole)
            yield f'it is seen: without {kind} {item}', [] if compare(registry, inner) else ['it is not']
            registry[kind].insert(item, whole)


def refused(work):
    """What cannot be a registry is refused with a place and, where a record is why, its name; nothing is written."""
    head = ''.join(f'<record><value>{n}</value><name>N{n}</name></record>' for n in range(5))
    for what, xml, names in (
            ('prose for a value', head + '<record><value>any odd number of bytes</value><name>Odd</name></record>', ('Odd', 'any odd number')),
            ('a value that is missing among prose', head + '<record><value>every other value</value><name>Rest</name></record>'
             '<record><name>Keyless</name></record>', ('Rest', 'Keyless')),
            ('no column for a key', '<record><xref type="rfc" data="rfc1"/></record>', ('values',)),
            ('no records', '', ('g/r',))):
        try:
            add(xml, work)
            yield f'{what} is refused', ['it is not']
        except ValueError as error:
            status, said, exists = error.args
            good = status == 1 and not exists and re.search(r':\d+:\d+: error: ', said) and all(name in said for name in names)
            yield f'{what} is refused', [] if good else [f'exit status {status}', *said.splitlines()[:9]]


def main():
    failed = count = 0
    with tempfile.TemporaryDirectory() as folder:
        for test in (vocabulary, sighted, refused):
            for what, wrong in test(Path(folder)):
                count += 1
                failed += bool(wrong)
                print(f'{"not ok" if wrong else "ok"} {count} - {what}')
                for line in wrong[:20]:
                    print(f'# {line}')
    print(f'1..{count}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())

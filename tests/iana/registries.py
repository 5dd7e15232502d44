#!/usr/bin/env python3
"""Compares every registry that comes with regen with IANA's XML, record for record.

What IANA has and what we have become the same kind of records: a value, a text, a status, when it
expires, fields and references for an entry; values, a status and a rule for a range. Records are
compared in both directions. Then each mutation in mutations.yaml is made and must be reported.
Speaks TAP.
"""
import functools
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
IANA = ROOT / '../shared/iana'

NS = '{http://www.iana.org/assignments}'
COPIED_WORDS = 8
# Where IANA has no text, or a sentence for it, the registry keeps the names people know.
KEPT = {('http_status', '306'): 'Switch Proxy', ('http_status', '418'): "I'm a teapot",
        ('websocket_close', '1014'): 'Bad Gateway'}
# A name is the words of the text but here.
NAMED = {'*': 'asterisk', 'No Status Rcvd': 'no_status_received',
         'Mandatory Ext.': 'mandatory_extension', '0xf0700': 'priority_update_request',
         '0xf0701': 'priority_update_push'}
STATUS = {'TEMPORARY': 'temporary', 'OBSOLETED': 'obsoleted'}
SPAN = {'Unassigned': 'unassigned', 'Reserved': 'reserved',
        'Reserved for Private Use': 'private_use'}
# A number may stand for the lack of a limit.
LIMIT = {'http2_setting': 0xffffffff, 'http3_setting': 0x3fffffffffffffff}


# What IANA has.

def squeeze(text):
    return ' '.join((text or '').split())


def part(record, tag):
    """The text of one element of a record."""
    return squeeze(record.findtext(NS + tag))


@functools.lru_cache(maxsize=None)
def snapshots(source):
    """The group and the registry in each XML of GROUP/REGISTRY, the oldest first."""
    group, registry = source.split('/')
    found = []
    for path in sorted((IANA / group).glob('*.xml')):
        root = ET.parse(path).getroot()
        inner = next((r for r in root.iter(NS + 'registry') if r.get('id') == registry), None)
        if inner is not None:
            found.append((root, inner))
    return found


def annotated(text):
    """A text as text, status and expiry."""
    if text == '(Unused)':
        return None, 'reserved', None
    note = re.fullmatch(r'(.+?) \((TEMPORARY|OBSOLETED)\b(.*)\)', text)
    if not note:
        return text, 'assigned', None
    expires = re.search(r'\bexpires (\d{4}-\d\d-\d\d)', note[3])
    return note[1], STATUS[note[2]], expires and expires[1]


def references(xref):
    """One <xref> as (kind, target, section, title), once for each section that it names."""
    kind, data, label = xref.get('type'), squeeze(xref.get('data')), squeeze(xref.text)
    if kind not in ('rfc', 'draft'):
        return [({'uri': 'url', 'rfc-errata': 'errata'}.get(kind, kind), data, None, label or None)]
    sections = re.findall(r'^[\w.]+', xref.get('section') or '')
    if not sections:
        dotted = r'\w+(?:\.\w+)*'
        named = re.search(rf'\b(?:Section|Appendix) ({dotted}(?:, {dotted})*)', label)
        sections = named[1].split(', ') if named else [None]
    # IANA gives an RFC's title in some registries; ours stand among the specifications
    title = label.partition(': ')[2] if kind == 'draft' else ''
    return [(kind, data.removeprefix('rfc'), section, title or None) for section in sections]


def all_references(record):
    return [ref for xref in record.findall(NS + 'xref') for ref in references(xref)]


def values(record):
    """The values that a record is for, spelled as IANA does."""
    text = part(record, 'value')
    span = re.fullmatch(r'0x([0-9a-f]+)-0x([0-9a-f]+)', text)
    if not span:
        return [text]
    width = len(span[1])
    return [f'0x{n:0{width}x}' for n in range(int(span[1], 16), int(span[2], 16) + 1)]


def iana_fields(ident, record):
    if ident == 'http_method':
        return {name: str(part(record, name) == 'yes').lower() for name in ('safe', 'idempotent')}
    if ident == 'http_field':
        return {'structured': part(record, 'structured') or None}
    if ident in LIMIT:
        text = part(record, 'initial') or part(record, 'description')
        return {'initial': LIMIT[ident] if text in ('(infinite)', 'Unlimited')
                else int(text, 0) if re.match(r'\d', text) else 0}
    return {}


def rule(inner, span):
    """By what rule IANA registers values of a span: the registry's, or those of its ranges."""
    whole = inner.findtext(NS + 'registration_rule')
    if whole:
        return squeeze(whole)
    ends = [int(end, 0) for end in span.split('-')]
    found = []
    for policy in inner.findall(NS + 'range'):
        bounds = re.fullmatch(r'(?:permanent, )?(?:(\w+)-(\w+)|greater than (\w+))',
                              part(policy, 'value'))
        if not bounds:
            continue
        first = int(bounds[1], 0) if bounds[1] else int(bounds[3], 0) + 1
        last = int(bounds[2], 0) if bounds[2] else sys.maxsize
        if first <= ends[-1] and ends[0] <= last:
            found.append(part(policy, 'registration_rule'))
    return '; '.join(found) or None


def iana_entry(ident, record, value, text):
    text, status, expires = annotated(text)
    column = part(record, 'status').lower()
    if text == 'Reserved':
        text, status = None, 'reserved'
    elif column and column != 'permanent':
        status = column
    return {'value': value, 'text': KEPT.get((ident, value), text), 'status': status,
            'expires': expires, 'fields': iana_fields(ident, record),
            'references': all_references(record)}


def iana_records(ident, inner, string):
    """Entries, ranges with a status, and ranges that IANA registers as one, in IANA's order."""
    entries, spans, named = [], [], []
    for record in inner.findall(NS + 'record'):
        value = part(record, 'value')
        text = None if string else part(record, 'name') or part(record, 'description')
        if text == 'Unassigned' or (text in SPAN and '-' in value):
            open_to = rule(inner, value) if text == 'Unassigned' else None
            spans.append({'values': value, 'status': SPAN[text], 'rule': open_to})
            continue
        members = [value] if string else values(record)
        entries += [iana_entry(ident, record, member, text or '') for member in members]
        if len(members) > 1:
            named.append({'values': value, 'title': text})
    if string:
        for entry in entries:
            entry['text'] = None
    return entries, spans, named


# What we have.

def our_reference(ref):
    for kind in 'rfc', 'draft', 'errata', 'url', 'person', 'text':
        if kind in ref:
            return kind, ref[kind], ref.get('section'), ref.get('title')
    return 'unknown', str(ref), None, None


def our_field(field, entry):
    value = entry.get(field['id'], field.get('default'))
    number = value is not None and re.fullmatch(r'[ui]\d+', field['type'])
    return int(value, 0) if number else value


def our_entry(registry, entry, names):
    fields = [field for field in registry.get('fields', []) if field['id'] in names]
    return {'value': entry['value'], 'text': entry.get('text'),
            'status': entry.get('status', 'assigned'), 'expires': entry.get('expires'),
            'fields': {field['id']: our_field(field, entry) for field in fields},
            'references': [our_reference(ref) for ref in entry.get('references', [])]}


def our_spans(registry):
    return [{key: span.get(key) for key in ('values', 'status', 'rule')}
            for span in registry.get('ranges', []) if 'status' in span]


def our_named(registry):
    return [{key: span.get(key) for key in ('values', 'title')}
            for span in registry.get('ranges', []) if 'id' in span]


# Both.

def without_added_sections(refs, iana):
    """References less the sections that IANA does not give."""
    bare = {ref[:2] for ref in iana if ref[2] is None}
    return [ref[:2] + (None, ref[3]) if ref[:2] in bare else ref for ref in refs]


def differences(want, got):
    got = dict(got)
    if 'references' in got:
        got['references'] = without_added_sections(got['references'], want['references'])
    return [f'{key}: IANA has {want[key]}, the registry {got[key]}'
            for key in want if want[key] != got[key]]


def compare(kind, key, wanted, gotten):
    """A result for each record of IANA's, and one for each of ours that IANA does not have."""
    left = list(gotten)
    for want in wanted:
        got = next((g for g in left if g[key] == want[key]), None)
        if got is None:
            yield f'{kind} {want[key]}', ['missing from the registry']
        else:
            left.remove(got)
            yield f'{kind} {want[key]}', differences(want, got)
    for got in left:
        yield f'{kind} {got[key]}', ["not in IANA's registry, or there twice"]
    order = zip([want[key] for want in wanted], [got[key] for got in gotten])
    moved = next((f'{got} where IANA has {want}' for want, got in order if want != got), None)
    yield f"every {kind} in IANA's order", [moved] if moved else []


def compare_registry(registry):
    ident, source = registry['id'], registry['source']
    root, inner = snapshots(source['iana'])[-1]
    date = root.findtext(NS + 'updated')
    yield f'{ident} date', [] if date == source['updated'] else [f'IANA has {date}']
    string = registry['type'] == 'string'
    entries, spans, named = iana_records(ident, inner, string)
    names = entries[0]['fields']
    ours = [our_entry(registry, entry, names) for entry in registry['entries']]
    yield from compare(f'{ident} entry', 'value', entries, ours)
    yield from compare(f'{ident} range', 'values', spans, our_spans(registry))
    for span in named:
        yield (f'{ident} range {span["values"]}',
               [] if span in our_named(registry) else ['missing from the registry'])


def former(registry, specifications):
    """What a document that is replaced by now defined is among the former references."""
    missing = []
    entries = {number(entry['value']): entry for entry in registry['entries']}
    for _, inner in snapshots(registry['source']['iana'])[:-1]:
        for record in inner.findall(NS + 'record'):
            entry = entries.get(number(part(record, 'value')))
            if entry is None:
                continue
            now = [f'rfc{ref["rfc"]}' for ref in entry.get('references', []) if 'rfc' in ref]
            gone = {old for rfc in now for old in specifications.get(rfc, {}).get('obsoletes', [])}
            have = [our_reference(ref) for ref in entry.get('former_references', [])]
            then = [ref for ref in all_references(record)
                    if ref[0] == 'rfc' and ref[2] and f'rfc{ref[1]}' in gone]
            missing += [f'{entry["value"]}: {ref}' for ref in then if ref not in have]
    return missing


def number(text):
    return int(text, 0) if re.fullmatch(r'0x[0-9a-fA-F]+|\d+', text) else text


# What must hold of ours alone.

def words_differ(registry):
    for entry in registry['entries']:
        text = entry.get('text', entry['value'] if registry['type'] == 'string' else None)
        if text is None and 'name' in entry:
            yield f'{entry["value"]}: a name without a text'
        if text is not None:
            want = NAMED.get(entry['value'], NAMED.get(text, text.replace("'", '')))
            if plain(want) != plain(entry.get('name', '')):
                yield f'{entry["value"]}: the name {entry.get("name")} is not {text}'


def plain(words):
    return re.sub(r'[\W_]', '', words.lower())


def clashes(registry):
    """Names that are the same in Pascal case, or that are no words."""
    seen = set()
    for entry in registry['entries']:
        for name in [entry.get('name')] + [alias['name'] for alias in entry.get('aliases', [])]:
            if name is None:
                continue
            cased = name.title().replace('_', '')
            if not re.fullmatch(r'[a-z][a-z0-9]*(_[a-z0-9]+)*', name) or cased in seen:
                yield name
            seen.add(cased)


def same_keys(registry):
    caseless = registry.get('match') == 'caseless'
    keys = [number(e['value'].lower() if caseless else e['value']) for e in registry['entries']]
    return sorted({str(key) for key in keys if keys.count(key) > 1})


def runs(text):
    words = re.findall(r'[a-z0-9]+', text.lower())
    return {tuple(words[i:i + COPIED_WORDS]) for i in range(len(words) - COPIED_WORDS + 1)}


@functools.lru_cache(maxsize=None)
def iana_runs(source):
    """Every run of words in the prose of a registry, at any date."""
    found = set()
    for _, inner in snapshots(source):
        for element in inner.iter():
            if element.tag in [NS + tag for tag in ('note', 'notes', 'comments', 'description')]:
                found |= runs(' '.join(element.itertext()))
    return found


def copied(registry):
    theirs = iana_runs(registry['source']['iana'])
    things = [registry] + registry.get('fields', []) + registry['entries']
    ours = [run for thing in things for run in runs(thing.get('description', ''))]
    return [' '.join(run) for run in ours if run in theirs]


def bare_references(registry):
    """IANA gives sections for these registries, so each of ours has one too."""
    return [entry['value'] for entry in registry['entries'] for ref in entry.get('references', [])
            if 'rfc' in ref and 'section' not in ref and entry.get('status') != 'reserved']


def own_results(registry):
    ident = registry['id']
    yield f'{ident} keys differ', same_keys(registry)
    yield f'{ident} names differ', list(clashes(registry))
    yield f'{ident} names are the words of the texts', list(words_differ(registry))
    bare = [entry['value'] for entry in registry['entries'] if 'description' not in entry]
    yield f'{ident} descriptions', bare
    yield f'{ident} descriptions are not copied', copied(registry)


def specification_results(documents):
    listed = [ident for document in documents.values() for ident in document['specifications']]
    yield 'specifications are listed once', [i for i in listed if listed.count(i) > 1]
    named = {old for document in documents.values()
             for spec in document['specifications'].values() for old in spec.get('obsoletes', [])}
    for document in documents.values():
        for entry in (e for registry in document['registries'] for e in registry['entries']):
            refs = entry.get('references', []) + entry.get('former_references', [])
            named |= {f'rfc{ref["rfc"]}' for ref in refs if 'rfc' in ref}
            named |= {alias['from'] for alias in entry.get('aliases', []) if 'from' in alias}
    yield 'specifications that are named are listed', sorted(named - set(listed))
    yield 'specifications that are listed are named', sorted(set(listed) - named)


SECTIONED = ('http_status', 'http_method', 'http_cache_directive', 'http2_frame', 'http2_setting',
             'http2_error', 'http3_frame', 'http3_setting', 'websocket_close')


def results(documents):
    """(description, problems) of everything that is tested."""
    specifications = {ident: spec for document in documents.values()
                      for ident, spec in document.get('specifications', {}).items()}
    for registry in (r for document in documents.values() for r in document['registries']):
        if 'source' not in registry:
            foreign = [e['value'] for e in registry['entries'] if e.get('status') != 'unofficial']
            yield f'{registry["id"]} is unofficial', foreign
            continue
        yield from compare_registry(registry)
        yield from own_results(registry)
        if registry['id'] != 'http_status':
            yield f'{registry["id"]} former references', former(registry, specifications)
        if registry['id'] in SECTIONED:
            yield f'{registry["id"]} sections', bare_references(registry)
    yield from specification_results(documents)
    files = documents['registry.yaml'].get('files')
    if files is not None:
        yield 'files names every file', sorted(set(files) ^ set(documents) - {'registry.yaml'})


def read(text):
    return yaml.load(text, getattr(yaml, 'CBaseLoader', yaml.BaseLoader))


def texts():
    paths = [ROOT / 'registry.yaml'] + sorted((ROOT / 'registries').glob('*.yaml'))
    return {str(path.relative_to(ROOT)): path.read_text(encoding='utf-8') for path in paths}


def mutated(originals, documents, mutation):
    """Whether a mutation makes the test that it names fail."""
    text = originals[mutation['file']]
    if mutation['old'] not in text:
        return [f'{mutation["file"]} does not have {mutation["old"]!r}']
    changed = text.replace(mutation['old'], mutation['new'], 1)
    failed = [what for what, problems in results({**documents, mutation['file']: read(changed)})
              if problems]
    if mutation['fails'] in failed:
        return []
    return [f'what failed is {failed}']


def all_results():
    originals = texts()
    documents = {path: read(text) for path, text in originals.items()}
    yield from results(documents)
    for mutation in read((HERE / 'mutations.yaml').read_text(encoding='utf-8')):
        yield (f'it is seen: {mutation["what"]}', mutated(originals, documents, mutation))


def main():
    if not (ROOT / '../shared').exists():
        print("ok 1 - the registries are IANA's # SKIP ../shared, with IANA's XML, is missing")
        print('1..1')
        return 0
    failed = count = 0
    for count, (description, problems) in enumerate(all_results(), 1):
        print(f'{"not ok" if problems else "ok"} {count} - {description}')
        for problem in problems:
            print(f'# {problem}')
        failed += bool(problems)
    print(f'1..{count}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())

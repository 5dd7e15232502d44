#!/usr/bin/env python3
"""Compares http_status in registry.yaml with IANA's XML, record for record.

REGISTRY in the environment names another registry file. Speaks TAP.
"""
import os
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / '../shared/iana/http-status-codes/2025-09-15.xml'
REGISTRY = Path(os.environ.get('REGISTRY', ROOT / 'registry.yaml'))

NS = '{http://www.iana.org/assignments}'
# IANA prints "(Unused)" for these; the registry keeps the names people know.
KEPT = {'306': 'Switch Proxy', '418': "I'm a teapot"}
STATUS = {'TEMPORARY': 'temporary', 'OBSOLETED': 'obsoleted'}


def text_facts(value, description):
    """IANA's description, as text, status and expiry."""
    if description == '(Unused)':
        return KEPT.get(value), 'reserved', None
    note = re.fullmatch(r'(.+?) \((TEMPORARY|OBSOLETED)\b(.*)\)', description)
    if not note:
        return description, 'assigned', None
    expires = re.search(r'\bexpires (\d{4}-\d\d-\d\d)', note[3])
    return note[1], STATUS[note[2]], expires and expires[1]


def iana_reference(xref):
    """One <xref> as (kind, target, section or label); None where IANA gives none."""
    kind, data, label = xref.get('type'), xref.get('data'), xref.text
    if kind == 'rfc':
        section = re.search(r'\bSection ([\w.]+)', label or '')
        return 'rfc', data.removeprefix('rfc'), xref.get('section') or (section and section[1])
    return ('url' if kind == 'uri' else kind), data, label


def our_reference(ref):
    for kind, detail in ('rfc', 'section'), ('draft', 'section'), ('url', 'title'):
        if kind in ref:
            return kind, ref[kind], ref.get(detail)
    return 'unknown', str(ref), None


def iana_records(registry):
    """The assigned records and the unassigned ranges, in IANA's order."""
    rule = registry.findtext(NS + 'registration_rule')
    entries, ranges = [], []
    for record in registry.iter(NS + 'record'):
        value, description = (record.findtext(NS + tag) for tag in ('value', 'description'))
        if description == 'Unassigned':
            ranges.append({'values': value, 'status': 'unassigned', 'rule': rule})
            continue
        text, status, expires = text_facts(value, description)
        references = [iana_reference(xref) for xref in record.findall(NS + 'xref')]
        entries.append({'value': value, 'text': text, 'status': status, 'expires': expires,
                        'references': references})
    return entries, ranges


def our_records(registry):
    entries = [{'value': e['value'], 'text': e.get('text'), 'status': e.get('status', 'assigned'),
                'expires': e.get('expires'),
                'references': [our_reference(r) for r in e.get('references', [])]}
               for e in registry['entries']]
    ranges = [{key: r.get(key) for key in ('values', 'status', 'rule')}
              for r in registry.get('ranges', []) if 'status' in r]
    return entries, ranges


def without_added_sections(references, iana):
    """References less the sections that IANA does not give."""
    given = {ref[:2] for ref in iana if ref[2] is not None}
    return [ref if ref[:2] in given else ref[:2] + (None,) for ref in references]


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


def equal(description, want, got):
    return description, [] if want == got else [f'IANA has {want}, the registry {got}']


def results(root, registry):
    inner = root.find(NS + 'registry')
    entries, ranges = iana_records(inner)
    our_entries, our_ranges = our_records(registry)
    yield equal('source', f'{root.get("id")}/{inner.get("id")}', registry['source']['iana'])
    yield equal('date', root.findtext(NS + 'updated'), registry['source']['updated'])
    yield from compare('code', 'value', entries, our_entries)
    yield from compare('unassigned range', 'values', ranges, our_ranges)
    bare = [e['value'] for e in our_entries for r in e['references'] if r[0] == 'rfc' and not r[2]]
    yield 'every reference to an RFC names its section', [f'not for {value}' for value in bare]


def main():
    if not (ROOT / '../shared').exists():
        print("ok 1 - http_status is IANA's # SKIP ../shared, which holds IANA's XML, is missing")
        print('1..1')
        return 0
    registries = yaml.load(REGISTRY.read_text(encoding='utf-8'), yaml.BaseLoader)['registries']
    registry = next(r for r in registries if r['id'] == 'http_status')
    root = ET.parse(SOURCE).getroot()
    failed = number = 0
    for number, (description, problems) in enumerate(results(root, registry), 1):
        print(f'{"not ok" if problems else "ok"} {number} - {description}')
        for problem in problems:
            print(f'# {problem}')
        failed += bool(problems)
    print(f'1..{number}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())

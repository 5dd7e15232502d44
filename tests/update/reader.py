"""What IANA's XML says of a registry, read without regen, beside what a registry file says."""
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'iana'))
from registries import NS, our_reference, references, squeeze  # pylint: disable=wrong-import-position

NUMBER = r'-?(?:0x[0-9A-Fa-f]+|\d+)'
END = rf'0x[0-9A-Fa-f]{{2}}, ?0x[0-9A-Fa-f]{{2}}|{NUMBER}'
WHOLE = {'unassigned': 'unassigned', 'reserved': 'reserved', '(unused)': 'reserved', 'reserved for private use': 'private_use',
         'private use': 'private_use'}
NOTED = [(r'\(TEMPORARY\b', 'temporary'), (r'\(OBSOLETED?\b', 'obsoleted'), (r'\(DEPRECATED?\b', 'deprecated')]
STATUSES = ('assigned', 'provisional', 'temporary', 'deprecated', 'obsoleted', 'experimental')
KEYS = ('value', 'id', 'number', 'name', 'description')


def inner(root, ident):
    """The registry of an id, the root too."""
    return next((r for r in root.iter(NS + 'registry') if r.get('id') == ident and r.find(NS + 'record') is not None), None)


def load(path):
    """The root of an XML file."""
    return ET.parse(path).getroot()


def cell(record, tag):
    """The text of a column, with what is in it."""
    found = [element for element in record if element.tag == NS + tag]
    return squeeze(''.join(found[0].itertext())) if found else ''


def single(text):
    """A number, or two bytes that are one."""
    high, comma, low = text.partition(',')
    number = int(high, 0) if 'x' in high else int(high)
    return number << 8 | int(low, 0) if comma else number


def span(text):
    """The first and last number of a value, or None where it is prose."""
    text = text.strip()
    pair = re.fullmatch(r'0x([0-9A-Fa-f]{1,2})(?:-(?:0x)?([0-9A-Fa-f]{1,2}))?, ?(?:0x([0-9A-Fa-f]{1,2})(?:-(?:0x)?([0-9A-Fa-f]{1,2}))?|\*)', text)
    if pair:
        high, low = int(pair[1], 16), int(pair[3] or '0', 16)
        last = int(pair[4] or pair[3] or 'ff', 16)
        return high << 8 | low, int(pair[2] or pair[1], 16) << 8 | last
    both = re.fullmatch(rf'({END})(?: ?(?:-|to) ?({END}))?', text)
    if not both:
        return None
    first, last = (single(end) for end in (both[1], both[2] or both[1]))
    return first, last


def column(element, registry):
    """Which column holds the values: that of the registry's settings, else the first that all records have."""
    told = (registry['source'].get('columns') or {}).get('value')
    names = [told] if isinstance(told, str) else told or KEYS
    records = element.findall(NS + 'record')
    for name in names:
        if any(cell(record, name) for record in records):
            return name
    return None


def texts(record):
    """What may be the text of a record."""
    return [text for text in (cell(record, 'name'), cell(record, 'description'), cell(record, 'common'), cell(record, 'short'),
                              cell(record, 'contenttype')) if text]


def status(record):
    """The status that a record plainly has, and when it expires; no status where it takes judgement."""
    label = (texts(record) or [''])[0]
    whole = re.sub(r'(?<=.) \(.*\)$', '', label.lower())
    if whole in WHOLE:
        return WHOLE[whole], None
    for pattern, word in NOTED:
        if re.search(pattern, label, re.I):
            expires = re.search(r'expires (\d{4}-\d\d-\d\d)', label)
            return word, expires and expires[1]
    if re.search(r'reserved|unassigned|private|experiment|obsolete|deprecated|unused|removed|historic', ' '.join(texts(record)), re.I):
        return None, None
    said = cell(record, 'status').lower()
    said = {'permanent': 'assigned', '': 'assigned'}.get(said, said)
    return said if said in STATUSES else None, None


def places(record):
    """Where a record points: kind and target, with the section where an RFC has one."""
    found = set()
    for xref in record.findall(NS + 'xref'):
        if xref.get('type') in ('rfc', 'draft', 'uri', 'person', 'rfc-errata'):
            found |= {(kind, target.lower(), section) for kind, target, section, _ in references(xref)}
    return found


def problems_of(record, entry, kind):
    """What an entry has otherwise than IANA's record."""
    wrong = []
    said, expires = status(record)
    ours = entry.get('status', 'assigned')
    if said and ours != said:
        wrong.append(f'status {ours}, not {said}')
    if expires and entry.get('expires') != expires:
        wrong.append(f'expires {entry.get("expires")}, not {expires}')
    text = entry.get('text')
    if kind != 'string' and said in ('assigned', 'temporary', 'obsoleted', 'deprecated', 'provisional'):
        told = texts(record)
        if told and not any(text == one or (text and said != 'assigned' and one.startswith(text)) for one in told):
            wrong.append(f'text {text!r}, not one of {told}')
    want = places(record)
    have = {(k, str(target).lower(), section) for k, target, section, _ in map(our_reference, entry.get('references', []))}
    for k, target, section in want:
        if not any(k == x[0] and target == x[1] and (section is None or section == x[2]) for x in have):
            wrong.append(f'no reference to {k} {target} {section or ""}')
    for k, target, section in have:
        if k in ('rfc', 'draft', 'url', 'person') and not any(k == x[0] and target == x[1] for x in want):
            wrong.append(f'a reference to {k} {target} {section or ""}')
    return wrong


def spread(spans, limit=1 << 20):
    """Spans of numbers as sorted spans that do not touch."""
    joined = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1] + 1:
            joined[-1][1] = max(joined[-1][1], last)
        else:
            joined.append([first, last])
    return joined[:limit]


def less(spans, taken):
    """Spans without some numbers."""
    left = []
    taken = sorted(taken)
    for first, last in spread(spans):
        for number in taken:
            if first <= number <= last:
                if first < number:
                    left.append([first, number - 1])
                first = number + 1
        if first <= last:
            left.append([first, last])
    return left


def compare(root, registry):
    """What a registry of ours has otherwise than IANA's. An entry that IANA has no longer is withdrawn."""
    element = inner(root, registry['source']['iana'].split('/')[1])
    if element is None:
        return [f'IANA has no {registry["source"]["iana"]}']
    if isinstance(registry.get('key'), list) and registry['key'] != ['value']:
        return several(element, registry)
    name = column(element, registry)
    if name is None:
        return ['no column of values']
    return strings(element, registry, name) if registry['type'] == 'string' else numbers(element, registry, name)


def matched(key, found, ours, kind):
    """What is wrong with the entries of a key, for IANA's records of it. Where IANA has it more often, one of them counts."""
    each = [min((problems_of(record, entry, kind) for entry in ours), key=len) for record in found]
    if len(found) > len(ours):
        each = [min(each, key=len)]
    return [f'{key}: {what}' for wrong in each for what in wrong]


def strings(element, registry, name):
    """A registry whose keys are strings."""
    fold = str.lower if registry.get('match') == 'caseless' else str
    ours, wrong, seen, found = {}, [], set(), {}
    for entry in registry['entries']:
        ours.setdefault(fold(entry['value']), []).append(entry)
    for record in element.findall(NS + 'record'):
        key = cell(record, name)
        bare = re.sub(r'\s*(\(.*\)|-+ (DEPRECATED|OBSOLETED).*)$', '', key)
        entries = ours.get(fold(key)) or ours.get(fold(bare))
        if status(record)[0] in ('unassigned', 'reserved', 'private_use'):
            seen.add(fold(key))
            continue
        if entries is None:
            wrong.append(f'no {key}')
            continue
        seen.add(fold(entries[0]['value']))
        if key == entries[0]['value']:
            found.setdefault(fold(key), []).append(record)
    for key, records in found.items():
        wrong += matched(key, records, ours[key], 'string')
    return wrong + gone(ours, seen)


def gone(ours, seen):
    """Entries that IANA has no longer must say so."""
    return [f'{key}: IANA has it no longer, status {entry.get("status", "assigned")}' for key, entries in ours.items()
            for entry in (entries if isinstance(entries, list) else [entries])
            if key not in seen and entry.get('status') != 'withdrawn']


def numbers(element, registry, name):
    """A registry whose keys are numbers."""
    ours, wrong, seen, free, found = {}, [], set(), [], {}
    for entry in registry['entries']:
        ours.setdefault(span(entry['value'])[0], []).append(entry)
    for record in element.findall(NS + 'record'):
        where = span(cell(record, name))
        if where is None:
            continue
        said = status(record)[0]
        if said == 'unassigned':
            free.append(where)
        elif where[0] == where[1]:
            seen.add(where[0])
            if where[0] in ours:
                found.setdefault(where[0], []).append(record)
            else:
                wrong.append(f'no {cell(record, name)}')
        else:
            seen.update(range(where[0], min(where[1], where[0] + 256) + 1))
    for key, records in found.items():
        wrong += matched(key, records, ours[key], registry['type'])
    valid = span(registry['valid']) if 'valid' in registry else None
    have = spread([span(r['values']) for r in registry.get('ranges', []) if r.get('status') == 'unassigned'])
    want = less(free, ours)
    if valid:
        want = [[max(a, valid[0]), min(b, valid[1])] for a, b in want if a <= valid[1] and b >= valid[0]]
    if want != have:
        wrong.append(f'unassigned {have}, not {want}')
    return wrong + gone(ours, seen)


def several(element, registry):
    """A registry whose keys are of several columns, as records have them."""
    told = registry['source'].get('columns') or {}
    names = []
    for part in registry['key']:
        name = told.get(part, part)
        candidates = [name] if isinstance(name, str) else name
        names.append(next((c for c in candidates + ['number'] * (part == 'value') + ['port'] * (part == 'value')
                           if element.find(f'{NS}record/{NS}{c}') is not None), candidates[0]))

    def known(key):
        # names are words
        return tuple(re.sub(r'[\W_]', '', text.lower()) if part == 'name' else str(span(text)[0]) if span(text) else text.lower()
                     for part, text in zip(registry['key'], key))

    ours = {known([entry.get(part, '') for part in registry['key']]): entry for entry in registry['entries']}
    wrong, seen = [], set()
    for record in element.findall(NS + 'record'):
        key = [cell(record, name) for name in names]
        where = next((span(text) for text in key if span(text) and span(text)[0] < span(text)[1]), None)
        at = key.index(next(text for text in key if span(text) == where)) if where else 0
        keys = [known(key[:at] + [str(number)] + key[at + 1:])
                for number in range(where[0], min(where[1], where[0] + 255) + 1)] if where else [known(key)]
        seen.update(keys)
        if status(record)[0] == 'assigned' and not where and keys[0] not in ours:
            wrong.append(f'no {keys[0]}')
    return wrong + gone(ours, seen)

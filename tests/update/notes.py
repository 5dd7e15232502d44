"""Comments that a person writes into a registry file, and whether they are still there."""
import re

ITEM = re.compile(r'( *)- ')


class Note:
    """A comment: above an item, between two, inside one, or at the end of a line."""

    def __init__(self, text, kind, beside):
        self.text, self.kind, self.beside = text, kind, beside

    def wrong(self, lines):
        """What is wrong with it now."""
        at = [i for i, line in enumerate(lines) if line.rstrip('\r').endswith(self.text)]
        if len(at) != 1:
            return f'{self.text.strip()} stands {len(at)} times'
        line = lines[at[0]]
        if self.kind == 'end':
            return '' if line.startswith(self.beside) else f'{self.text.strip()} is beside {line!r}, not {self.beside!r}'
        if line != self.text:
            return f'{self.text!r} is {line!r}'
        if self.kind == 'above' and not signature(following(lines, at[0])) == self.beside:
            return f'{self.text.strip()} is above {following(lines, at[0])!r}, not {self.beside!r}'
        return ''


def following(lines, at):
    """The next line that is not empty and no comment."""
    return next((line for line in lines[at + 1:] if line.strip() and not line.lstrip().startswith('#')), '')


def signature(line):
    """What an item is known by: its first key and value."""
    return re.split(r'[,}]|\s#', line, maxsplit=1)[0].strip().lower().replace('{ ', '{')


def items(lines, section):
    """(line, indentation) of each item of the lists called section."""
    inside = width = None
    for i, line in enumerate(lines):
        if not line.strip() or line.lstrip().startswith('#'):
            continue
        indent = len(line) - len(line.lstrip(' '))
        if inside is None:
            if re.fullmatch(rf'( *)(- )?{section}:(\s*#.*)?\s*', line):
                inside, width = line.index(section), None
            continue
        if width is None:
            width = indent if ITEM.match(line) and indent >= inside else -1
        if indent < width or width < 0 or (indent == width and not ITEM.match(line)):
            inside = width = None
            if re.fullmatch(rf'( *)(- )?{section}:(\s*#.*)?\s*', line):
                inside = line.index(section)
            continue
        if indent == width:
            yield i, indent


def endable(lines, i):
    """Whether a comment can stand at the end of a line: a scalar ends there, or a flow map."""
    match = re.fullmatch(r'( *)(- )?(value|name|text): (.*)', lines[i])
    if not match:
        return False
    text = match[4]
    after = following(lines, i)
    column = len(match[1]) + len(match[2] or '')
    if after and len(after) - len(after.lstrip(' ')) > column:
        return False
    if text[0] in '"\'':
        return len(text) > 1 and text[-1] == text[0]
    return text[0] not in '|>&*{[' and ' #' not in text


def write(text, random, count, serial):
    """A text with more comments in it at random places, and the notes."""
    newline = '\r\n' if '\r\n' in text else '\n'
    lines = text.split(newline)
    entries, ranges = list(items(lines, 'entries')), list(items(lines, 'ranges'))
    notes, inserted, appended = [], {}, {}
    ends = [i for i in range(len(lines)) if endable(lines, i)]
    for number in range(count):
        kind = random.choice(['above', 'between', 'range', 'inside', 'end'])
        words = f'# by hand {serial}.{number}: "quoted", {{braces}} - {kind}'
        pool = {'above': entries, 'between': entries, 'range': ranges, 'inside': ends, 'end': ends}[kind]
        if not pool:
            continue
        if kind in ('end', 'inside'):
            at = random.choice(pool)
            if kind == 'inside' and not lines[at].lstrip().startswith('- '):
                comment = ' ' * (len(lines[at]) - len(lines[at].lstrip(' '))) + words
                inserted.setdefault(at, []).append(comment)
                notes.append(Note(comment, 'inside', ''))
            elif at not in appended and ' #' not in lines[at]:
                appended[at] = '  ' + words
                notes.append(Note('  ' + words, 'end', lines[at].split(':')[0] + ':'))
            continue
        at, indent = random.choice(pool)
        comment = ' ' * indent + words
        if kind == 'between' and at in inserted:
            continue
        inserted.setdefault(at, []).extend([comment, ''] if kind == 'between' else [comment])
        notes.append(Note(comment, 'above' if kind == 'above' else 'own', signature(lines[at])))
    result = []
    for i, line in enumerate(lines):
        result += inserted.get(i, [])
        result.append(line + appended.get(i, ''))
    return newline.join(result), notes

#!/usr/bin/env python3
"""Print IANA's service names and port numbers as a registry: services.py XML

Every record becomes an entry whose key is service, port and protocol, of which each may be missing; a
range of ports has its last one in a field. What is unassigned for every protocol becomes ranges, and is
no entry. The text of an entry is its service; descriptions are left out. The same XML gives the same bytes.
"""
import re
import sys
import xml.etree.ElementTree as ET

NS = "{http://www.iana.org/assignments}"
HEAD = """format: 1

package:
  name: bench
  version: 1.0.0
  license: CC0-1.0
  repository: https://example.org/bench
  description: IANA's service names and port numbers to measure with

registries:
  - id: service
    title: Service names and port numbers
    type: u16
"""
SOURCE = """    key: [service, value, protocol]
    duplicates: allow
    source: {{iana: service-names-port-numbers/service-names-port-numbers, updated: {updated}}}
"""
FIELDS = """      - {id: service, type: string, description: The name of the service.}
      - {id: protocol, type: string, description: The transport protocol.}
      - {id: last_port, type: u16, description: The last port where there are several.}
"""
REFERENCES = {"rfc": "rfc", "draft": "draft", "uri": "url", "rfc-errata": "errata", "person": "person"}


def quoted(text):
    """A string as YAML takes it whatever it holds."""
    return "'" + text.replace("'", "''") + "'"


def part(record, tag):
    return " ".join((record.findtext(NS + tag) or "").split())


class Service:
    """A record: what it is called, which ports it has (first and last, or none), who may use them."""

    def __init__(self, record):
        self.service, self.protocol = part(record, "name"), part(record, "protocol")
        ends = [int(end) for end in re.findall(r"\d+", part(record, "number"))]
        self.ports = (ends[0], ends[-1]) if ends else None
        said = part(record, "description").lower()
        self.status = said if not self.service and said in ("unassigned", "reserved") else None
        self.references = [(REFERENCES[x.get("type")], x.get("data").strip())
                           for x in record.findall(NS + "xref") if x.get("type") in REFERENCES]

    def name(self):
        return re.sub(r"[^a-z0-9]+", "_", self.service.lower()).strip("_")

    def reference_list(self):
        items = [f"{{{kind}: {quoted(data.removeprefix('rfc') if kind == 'rfc' else data)}}}"
                 for kind, data in self.references]
        return f"        references: [{', '.join(items)}]\n" if items else ""


def names(services):
    """The name of each service; none for one whose name differs from another's in how its words are cut alone."""
    first = {}
    for service in services:
        name = service.name()
        yield name if name and first.setdefault(name.replace("_", ""), name) == name else None


def entry(service, name):
    """The lines of an entry."""
    first, last = service.ports or (None, None)
    facts = [("value", first), ("name", name), ("text", quoted(service.service) if service.service else None),
             ("service", quoted(service.service) if service.service else None), ("protocol", service.protocol or None), ("last_port", last if last != first else None),
             ("status", service.status)]
    lines = [f"{key}: {value}\n" for key, value in facts if value is not None]
    return "      - " + "        ".join(lines) + service.reference_list()


def spans(numbers):
    """The first and the last of each run of numbers that follow one another."""
    start = last = None
    for number in sorted(numbers):
        if last is not None and number == last + 1:
            last = number
            continue
        if last is not None:
            yield start, last
        start = last = number
    if last is not None:
        yield start, last


def free(services):
    """The ranges of ports that are unassigned and that no other record has."""
    ports = {True: set(), False: set()}
    for service in services:
        if service.ports:
            ports[service.status == "unassigned"].update(range(service.ports[0], service.ports[1] + 1))
    for first, last in spans(ports[True] - ports[False]):
        yield f"      - {{values: {first}-{last}, status: unassigned}}\n"


def main():
    root = ET.parse(sys.argv[1]).getroot()
    services = [Service(record) for record in root.findall(NS + "record")]
    out = [HEAD, SOURCE.format(updated=root.findtext(NS + "updated")), "    ranges:\n", *free(services)]
    services = [service for service in services if service.status != "unassigned"]
    out += ["    fields:\n", FIELDS, "    entries:\n"]
    out += [entry(service, name) for service, name in zip(services, names(services))]
    sys.stdout.write("".join(out))


if __name__ == "__main__":
    main()

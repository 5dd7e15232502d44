#!/usr/bin/env python3
"""tame.py REGISTRY FOLDER - write FOLDER/wild.yaml, the registry without targets; FOLDER/tame.yaml, the same with a plain
word in the place of each text; and FOLDER/words.json, what text each word stands for."""
import json
import pathlib
import sys

import yaml


class Tamer:
    """Gives each text a word, and equal texts the same."""

    def __init__(self):
        self.words = {}

    def word(self, text):
        return self.words.setdefault(text, f"zq{len(self.words):04}qz")

    @staticmethod
    def each(value, change):
        """A value changed, or each member of a list."""
        return [change(member) for member in value] if isinstance(value, list) else change(value)

    def texts(self, where, *keys):
        for key in keys:
            if key in where:
                where[key] = self.each(where[key], self.word)

    def references(self, entry):
        for key in ("references", "former_references"):
            for reference in entry.get(key, []):
                self.texts(reference, "title", "text", "person")

    def registry(self, registry):
        strings = registry["type"] == "string"
        fields = [f for f in registry.get("fields", []) if "string" in (f["type"], f.get("of"))]
        self.texts(registry, "title", "description")
        for part in registry.get("ranges", []):
            self.texts(part, "title", "rule")
        for field in registry.get("fields", []):
            self.texts(field, "description")
        for field in fields:
            self.texts(field, "default")
        for entry in registry["entries"]:
            self.texts(entry, "text", "description", *(f["id"] for f in fields), *(["value"] if strings else []))
            self.references(entry)
            for alias in entry.get("aliases", []):
                self.texts(alias, "text")

    def string_references(self, registries):
        """Fields that name an entry of strings by its value."""
        values = {r["id"]: {e.get("value") for e in r["entries"]} for r in registries if r["type"] == "string"}
        for registry in registries:
            for field in registry.get("fields", []):
                known = values.get(field.get("registry"), set())
                for entry in registry["entries"]:
                    if field["id"] in entry:
                        entry[field["id"]] = self.each(entry[field["id"]], lambda s: self.word(s) if s in known else s)


def load(path):
    project = yaml.load(pathlib.Path(path).read_text("utf-8"), Loader=yaml.BaseLoader)
    project.pop("targets", None)
    return project


def dump(project, path):
    # no aliases: what is shared would be tamed twice
    dumper = type("Plain", (yaml.SafeDumper,), {"ignore_aliases": lambda self, data: True})
    path.write_text(yaml.dump(project, Dumper=dumper, sort_keys=False), "utf-8")


def main():
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    dump(load(sys.argv[1]), folder / "wild.yaml")
    project = load(folder / "wild.yaml")
    tamer = Tamer()
    if "package" in project:
        tamer.texts(project["package"], "description")
    for specification in project.get("specifications", {}).values():
        tamer.texts(specification, "title")
    tamer.string_references(project["registries"])
    for registry in project["registries"]:
        tamer.registry(registry)
    dump(project, folder / "tame.yaml")
    words = {word: text for text, word in tamer.words.items()}
    (folder / "words.json").write_text(json.dumps(words), "utf-8")


if __name__ == "__main__":
    main()

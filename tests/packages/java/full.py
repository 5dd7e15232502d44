"""Print registries of 65,536 entries, all of a type that has no more and some of others."""
print("format: 1\npackage: {name: full, version: 1.0.0}\nregistries:")
for kind in ("u16", "string", "u64"):
    print(f"  - id: all_{kind}\n    type: {kind}\n    fields:\n      - {{id: least, type: u8}}\n      - {{id: third, type: bool}}\n"
          "      - {id: minus, type: i64, default: -1}\n      - {id: words, type: string}\n    entries:")
    for i in range(65536):
        value = {"u16": i, "string": f"value-{i}", "u64": i * 281479271743489}[kind]
        print(f"      - {{value: {value}, name: entry_{i}, text: The text {i}, least: {i % 256}, third: {'true' if i % 3 == 0 else 'false'}, "
              f"minus: {-i}, words: words {i % 1000}, references: [{{rfc: {i % 9000 + 1}}}]}}")

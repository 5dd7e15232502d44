"""Print a registry of N strings: strings.py N exact|caseless. Every tenth is not in ASCII; none needs an escape."""
import sys

count, match = int(sys.argv[1]), sys.argv[2]
LETTERS = ["\u00e9", "\u4e2d", "\ue000", "\uffe5", "\U0001f600", "\U0010fffd"]
print(f"""format: 1
package: {{name: strings, version: 1.0.0, license: CC0-1.0}}
registries:
  - id: code
    type: string
    match: {match}
    fields:
      - {{id: even, type: bool, default: false}}
      - {{id: half, type: string, default: none}}
    entries:""")
for i in range(count):
    word = "".join("BcDfGhKlMn"[int(digit)] for digit in str(i * 7919 % 1000003))
    value = word + LETTERS[i // 10 % len(LETTERS)] + word[:2] if i % 10 == 0 else f"X-{word}"
    fields = f", even: true, half: {i // 2}" if i % 2 == 0 else ""
    print(f"      - {{value: '{value}', name: string_{i}, description: The string {i}.{fields}}}")

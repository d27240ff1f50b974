"""Print how well the recogniser reads annotated prose: `python -m tests.directives.citations.score`.

`prose/README.md` says how the set was made.
"""

import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from directives.citations import find_citations

PARTS = ("held_out", "tuning")
_PASSAGE = re.compile(r"^== (\w+)\n(.*?)\n(?=== |\Z)", re.MULTILINE | re.DOTALL)
_MARK = re.compile(r"\{\{([^{}|]+)\|([^{}|]+)(?:\|([0-9-]+))?\}\}")


@dataclass(frozen=True)
class Expected:
    """One citation as annotated; `date` is in ISO form, "" if the text gives none."""

    start: int
    end: int
    key: str
    date: str


@dataclass(frozen=True)
class Passage:
    """A text without its marks, and what is to be found in it."""

    kind: str
    text: str
    expected: tuple[Expected, ...]


def read_passages(part: str) -> list[Passage]:
    """Read the passages of `part`, which is the name of a file in `prose/`."""
    source = (Path(__file__).parent / "prose" / f"{part}.txt").read_text("utf-8")
    return [_read_passage(*passage) for passage in _PASSAGE.findall(source)]


def _read_passage(kind: str, marked: str) -> Passage:
    text, done, expected = "", 0, []
    for mark in _MARK.finditer(marked):
        text += marked[done : mark.start()]
        expected.append(Expected(len(text), len(text) + len(mark[1]), mark[2], mark[3] or ""))
        text, done = text + mark[1], mark.end()
    return Passage(kind, text + marked[done:], tuple(expected))


def score(passages: list[Passage]) -> tuple[Counter[str], Counter[str], list[str]]:
    """Count what is to be found and what is found, by name of the figure; list what differs."""
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    differences = []
    for passage in passages:
        found = find_citations(passage.text)
        taken = set()
        for each in passage.expected:
            form = "short citations" if each.key.startswith("?") else "full citations"
            here = [c for c in found if c.start < each.end and each.start < c.end]
            taken.update(id(c) for c in here)
            match = next((c for c in here if c.key == each.key), None)
            results = {form: match is not None}
            if match:
                results["text to link"] = (match.start, match.end) == (each.start, each.end)
            if each.date:
                language = "English" if passage.kind == "english" else "Vietnamese"
                iso = match.date.isoformat() if match and match.date else ""
                results[f"{language} dates"] = iso == each.date
            asked.update(list(results))
            right.update(name for name, hit in results.items() if hit)
            if missed := [name for name, hit in results.items() if not hit]:
                differences.append(f"{passage.text[each.start : each.end]}: {', '.join(missed)}")
        false = [c for c in found if id(c) not in taken]
        name = "false hits in passages without citations"
        right[name if passage.kind == "negative" else "false hits elsewhere"] += len(false)
        differences += [f"{passage.text[c.start : c.end]}: false hit" for c in false]
    return asked, right, differences


def main() -> None:
    """Print the figures of each part; the differences too, of the part named as an argument."""
    for part in PARTS:
        passages = read_passages(part)
        asked, right, differences = score(passages)
        sys.stdout.write(f"{part}: {len(passages)} passages\n")
        for name in sorted(asked):
            share = right[name] / asked[name]
            sys.stdout.write(f"  {name:<42}{right[name]:5} of {asked[name]:4}  {share:.3f}\n")
        for name in sorted(set(right) - set(asked)):
            sys.stdout.write(f"  {name:<42}{right[name]:5}\n")
        if part in sys.argv[1:]:
            sys.stdout.writelines(f"    {difference}\n" for difference in differences)


if __name__ == "__main__":
    main()

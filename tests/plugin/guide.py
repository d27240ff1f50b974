"""docs/plugin.md, done to the letter: its files written, its commands run."""

import re
from pathlib import Path
from typing import NamedTuple

GUIDE = Path(__file__).parents[2] / "docs" / "plugin.md"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
TARGET = re.compile(r"^(?:# |--- )(mysite/\S+)\n")


class Block(NamedTuple):
    """A block of code: its language, the file it goes to (none for commands), and what it says."""

    language: str
    target: str
    code: str


def blocks_of(heading: str) -> list[Block]:
    """The blocks of a section of the guide, up to the next heading of its rank or a higher one."""
    rank = len(heading.split()[0])
    text = GUIDE.read_text()
    start = text.index(f"\n{heading}\n") + 1
    end = re.compile(rf"^##{{1,{rank - 1}}} ", re.MULTILINE).search(text, start + len(heading))
    found = []
    for language, code in FENCE.findall(text[start : end.start()]):
        target = TARGET.match(code)
        found.append(
            Block(
                language,
                target[1] if target else "",
                code[target.end() :] if target else code,
            )
        )
    return found


def follow(block: Block, project: Path) -> None:
    """Puts a block into its file: Python at the end, a difference where its old lines stand."""
    path = project / block.target
    text = path.read_text()
    if block.language != "diff":
        path.write_text(f"{text}\n{block.code}")
        return
    lines = block.code.splitlines()
    old = "\n".join(line[1:] for line in lines if line[0] in "- ")
    new = "\n".join(line[1:] for line in lines if line[0] in "+ ")
    assert text.count(old) == 1, f"{block.target} has not exactly one of:\n{old}"
    path.write_text(text.replace(old, new))

"""
Compare a tag with what it would release: `python -m tests.release v0.1.0 https://host/owner/name`.

The tag must be the version in pyproject.toml and the newest one in CHANGELOG.md, and the project's
`Source` must be the repository that releases it, which PyPI shows. Uses the standard library only.
"""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def faults(root: Path, tag: str, repository: str) -> list[str]:
    """Return what is wrong with releasing the checkout `root` as `tag`, one sentence each."""
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    version = project["version"]
    newest = re.search(r"^## (\S+)", (root / "CHANGELOG.md").read_text(), re.MULTILINE)
    source = project.get("urls", {}).get("Source")
    found = []
    if tag != f"v{version}":
        found.append(f"The tag is {tag}, and the version in pyproject.toml is {version}.")
    if newest is None or newest[1] != version:
        found.append(f"CHANGELOG.md does not begin with {version}.")
    if source != repository:
        found.append(
            f"[project.urls] of pyproject.toml has the Source {source}, and this is {repository}."
        )
    return found


if __name__ == "__main__":
    sentences = faults(ROOT, *sys.argv[1:])
    if sentences:
        sys.exit("\n".join(sentences))

"""
Changes the code in three hundred places, one at a time, and counts the changes that tests notice.

`python -m tests.mutants` takes a sample of all mutants that mutmut makes of the files that
`[tool.mutmut]` names; the sample is the same until one of these files changes. A copy of the
project in `mutants/` is tested, without slow tests, on SQLite.
"""

import functools
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from mutmut.configuration import config
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.mutation.file_mutation import mutate_file_contents
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files
from mutmut.utils.format_utils import get_mutant_name

SEED = 15
SIZE = 300
WANTED = 0.85
COPY = Path("mutants")
NOTICED = {"killed", "timeout"}
PACKAGES = {str(path) for path in config().source_paths}


def sample() -> list[str]:
    """The names of the mutants to try."""
    names = [
        get_mutant_name(path, name)
        for path in walk_mutatable_files()
        for name in mutate_file_contents(str(path), path.read_text()).mutant_names
    ]
    return random.Random(SEED).sample(sorted(names), SIZE)  # noqa: S311


def results(names: list[str]) -> dict[str, tuple[Path, str]]:
    """The file of each mutant, and what became of it."""
    found = {}
    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        for name in data.exit_code_by_key.keys() & names:
            found[name] = path, status_by_exit_code[data.exit_code_by_key[name]]
    return found


def report(found: dict[str, tuple[Path, str]]) -> bool:
    """Prints each mutant that no test noticed, and the numbers; whether enough were noticed."""
    for name, (path, status) in sorted(found.items()):
        if status not in NOTICED:
            print(f"\n{name}: {status}")
            print(get_diff_for_mutant(name, path=path))
    tried = Counter(str(path.parent) for path, _ in found.values())
    noticed = Counter(str(path.parent) for path, status in found.values() if status in NOTICED)
    print()
    for package, number in sorted(tried.items()):
        print(f"  {package:24}{noticed[package]:4} of {number:3} killed")
    share = noticed.total() / SIZE
    print(
        f"  {'all':24}{noticed.total():4} of {SIZE:3} killed: {share:.1%}; at least {WANTED:.0%} are wanted"
    )
    return share >= WANTED


def pytest_runtest_setup():
    """
    Makes each test compute what functions keep of their results (this module is a plugin there).

    Else what an earlier test computed would hide from mutmut who calls what, and a mutant would
    not run at all: its process begins with the results of the process that it was forked from.
    """
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in PACKAGES:
            for each in vars(module).values():
                if isinstance(each, functools._lru_cache_wrapper):
                    each.cache_clear()


def main() -> int:
    names = sample()
    shutil.rmtree(COPY, ignore_errors=True)  # mutmut would keep outdated templates.
    run = subprocess.run([Path(sys.executable).with_name("mutmut"), "run", *names], check=False)
    if run.returncode:
        return run.returncode
    return 0 if report(results(names)) else 1


if __name__ == "__main__":
    sys.exit(main())

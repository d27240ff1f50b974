"""What the documents name is there: files, commands, variables and functions."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
DOCUMENTS = sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md")])
OURS = ("articles", "cms_site", "directives", "headless", "home", "widgets")
CODE = re.compile(r"`([^`\n]+)`")
FILE = re.compile(r"(?:docs|tests|clients|" + "|".join(OURS) + r")/[\w./-]+")
# Ids of system checks are no names of Python's.
DOTTED = re.compile(rf"(?:{'|'.join(OURS)})(?:\.(?![EW]\d)\w+)+")
COMMAND = re.compile(r"manage\.py (\w+)")
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)")


def name_of(document):
    return str(document.relative_to(ROOT))


def is_there(dotted):
    """Whether a dotted name is a module, or an attribute of one."""
    parts = dotted.split(".")
    for end in range(len(parts), 0, -1):
        try:
            found = import_module(".".join(parts[:end]))
        except ImportError:
            continue
        for part in parts[end:]:
            if not hasattr(found, part):
                return False
            found = getattr(found, part)
        return True
    return False


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_file_that_a_document_names_is_there(document):
    text = document.read_text()
    links = [document.parent / link for link in LINK.findall(text)]
    named = {code for code in CODE.findall(text) if FILE.fullmatch(code)}
    folders = [ROOT, *(ROOT / app / "templates" for app in OURS), *ROOT.glob("*/static")]
    missing = [each for each in links if not each.exists()]
    missing += [each for each in named if not any((folder / each).exists() for folder in folders)]

    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_command_that_a_document_names_is_there(document):
    named = set(COMMAND.findall(document.read_text()))

    assert named <= set(get_commands())


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_function_and_class_that_a_document_names_is_there(document):
    named = {
        code.partition("(")[0]
        for code in CODE.findall(document.read_text())
        if DOTTED.fullmatch(code.partition("(")[0])
    }
    files = {".py", ".html", ".css", ".js", ".json"}
    missing = [
        each
        for each in named
        if not any(each.endswith(end) for end in files) and not is_there(each)
    ]

    assert missing == []


def test_the_example_environment_names_what_is_asked_for_and_nothing_else():
    example = set(re.findall(r"^#([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    asked = re.compile(r"env\.\w+\(\s*\"([A-Z_]+)\"")
    sources = [*ROOT.glob("cms_site/**/*.py"), ROOT / "tests/services.py"]
    wanted = {name for source in sources for name in asked.findall(source.read_text())}
    tests = {"TEST_DATABASE_URL", "TEST_CACHE_URL"}

    assert example - tests == wanted


def test_the_documents_name_no_variable_that_nothing_asks_for():
    example = (ROOT / ".env.example").read_text()
    for document in (ROOT / "README.md", ROOT / "docs" / "operations.md"):
        rows = re.findall(r"^\| `([A-Z_]+)` \|", document.read_text(), re.MULTILINE)
        assert [name for name in rows if f"#{name}=" not in example] == []


def test_the_limits_that_the_operator_is_told_of_are_those_in_force():
    text = " ".join((ROOT / "docs" / "operations.md").read_text().split())
    minutes = int(settings.AXES_COOLOFF_TIME * 60)

    assert f"{settings.AXES_FAILURE_LIMIT} failed logins" in text
    assert f"{settings.NETWORK_FAILURE_LIMIT} of one network" in text
    assert f"{minutes} minutes" in text

"""What the documents name is there: files, routes, commands, settings, models and functions."""

import ast
import json
import re
from importlib import import_module
from inspect import getmembers, isfunction
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands
from django.urls import Resolver404, get_resolver, resolve

from headless import extending
from headless.conf import DECLARED, PREFIX

ROOT = Path(settings.BASE_DIR)
DOCUMENTS = sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md")])
CHANGELOG = ROOT / "CHANGELOG.md"
GUIDE = (ROOT / "docs" / "plugin.md").read_text()
OURS = ("articles", "cms_site", "demo", "directives", "feedback", "headless", "home", "widgets")
CODE = re.compile(r"`([^`\n]+)`")
FENCED = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"(?:docs|tests|clients|" + "|".join(OURS) + r")/[\w./-]+")
# Ids of system checks are no names of Python's.
DOTTED = re.compile(rf"(?:{'|'.join(OURS)})(?:\.(?![EW]\d)\w+)+")
QUOTED = re.compile(rf"[\"']((?:{'|'.join(OURS)})(?:\.\w+)+)[\"']")
IMPORTED = re.compile(rf"^\s*from ((?:{'|'.join(OURS)})(?:\.\w+)*) import ([\w, ]+)$", re.MULTILINE)
MODEL = re.compile(r"(civic_\w+)\.((?![EW]\d)[A-Z]\w+)")
CHECK = re.compile(r"\b(?:civic_\w+|cms_site)\.[EW]\d+")
SETTING = re.compile(rf"{PREFIX}[A-Z_]+[A-Z]")
ROUTE = re.compile(r"/(?:admin|api|documents|feeds|healthz|widgets)(?:/[^\s?`'\"#]*)?")
COMMAND = re.compile(r"manage\.py (\w+)")
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)")
# A file, and what it defines: «`feedback/services.py` (`submit_comment`, `save_comment`)».
DEFINED = re.compile(r"`([\w/]+\.py)` \(((?:`\w+`(?:, )?)+)\)")


def name_of(document):
    return str(document.relative_to(ROOT))


def code_of(text):
    """Return what a document sets as code, in lines and in blocks of its own."""
    blocks = FENCED.findall(text)
    return CODE.findall(FENCED.sub("", text)), blocks


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


def is_file(named):
    folders = [ROOT, *(ROOT / app / "templates" for app in OURS), *ROOT.glob("*/static")]
    return any((folder / named).exists() for folder in folders)


def is_file_name(named):
    return named.endswith((".py", ".html", ".css", ".js", ".json"))


def is_model(label, name):
    return label in apps.app_configs and name.lower() in apps.all_models[label]


def is_route(path):
    """Whether an address is answered by a route; of API v3, by one that its document names."""
    if path.startswith("/api/v3/") and path not in {"/api/v3/", "/api/v3/docs/"}:
        document = json.loads((ROOT / "docs" / "openapi.json").read_text())
        asked = re.sub(r"\{\w+\}|<\w+>|(?<=/)\d+(?=/)", "{}", path)
        known = {re.sub(r"\{\w+\}", "{}", each) for each in document["paths"]}
        return asked in known | {"/api/v3/openapi.json"}
    included = ["/api/v3", *(f"/{each.pattern}" for each in get_resolver().url_patterns)]
    if path in included:
        return True
    try:
        # What stands in braces is a number in each of our routes.
        match = resolve(re.sub(r"\{\w+\}|<\w+>", "7", path))
    except Resolver404:
        return False
    # Wagtail's last route takes any path.
    return match.url_name != "wagtail_serve"


def missing_names(text):
    """Return what a text names and nobody would find."""
    inline, blocks = code_of(text)
    dotted = {each.partition("(")[0] for each in inline if DOTTED.fullmatch(each.partition("(")[0])}
    for block in blocks:
        dotted |= set(QUOTED.findall(block))
        for module, names in IMPORTED.findall(block):
            dotted |= {f"{module}.{name.split(' as ')[0].strip()}" for name in names.split(",")}
    missing = [each for each in dotted if not is_file_name(each) and not is_there(each)]
    missing += [each for each in inline if FILE.fullmatch(each) and not is_file(each)]
    models = {match for each in [*inline, *blocks] for match in MODEL.findall(each)}
    missing += [".".join(each) for each in models if not is_model(*each)]
    missing += [each for each in inline if ROUTE.fullmatch(each) and not is_route(each)]
    return missing


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_name_in_a_document_is_there(document):
    assert missing_names(document.read_text()) == []


@pytest.mark.parametrize("document", [*DOCUMENTS, CHANGELOG], ids=name_of)
def test_every_link_in_a_document_leads_to_a_file(document):
    links = [document.parent / link for link in LINK.findall(document.read_text())]

    assert [each for each in links if not each.exists()] == []


@pytest.mark.parametrize("document", [*DOCUMENTS, ROOT / ".env.example"], ids=name_of)
def test_every_command_that_a_document_names_is_there(document):
    named = set(COMMAND.findall(document.read_text()))

    assert named <= set(get_commands())


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_setting_of_ours_that_a_document_names_is_there(document):
    assert set(SETTING.findall(document.read_text())) <= set(DECLARED)


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_system_check_that_a_document_names_is_there(document):
    sources = "".join(path.read_text() for app in OURS for path in (ROOT / app).rglob("*.py"))

    named = set(CHECK.findall(document.read_text()))

    assert [each for each in named if f'"{each}"' not in sources] == []


def test_the_map_of_the_code_names_what_its_files_define():
    text = (ROOT / "docs" / "architecture.md").read_text()
    missing = []
    for path, names in DEFINED.findall(" ".join(text.split())):
        tree = ast.parse((ROOT / path).read_text())
        defined = {each.name for each in ast.walk(tree) if hasattr(each, "name")}
        defined |= {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)}
        missing += [f"{path}: {each}" for each in CODE.findall(names) if each not in defined]

    assert missing == []


def test_the_table_of_new_names_in_the_changelog_holds_names_that_are_there():
    rows = [line.split("|") for line in CHANGELOG.read_text().splitlines() if line[:2] == "| "]
    new = "\n".join(cells[2] for cells in rows)

    assert len(rows) > 50
    assert missing_names(new) == []


def test_the_guide_names_every_registry_and_no_other():
    functions = getmembers(extending, isfunction)
    ours = {name for name, found in functions if name.startswith("register_")}

    named = set(re.findall(r"^\| `(register_\w+)\(", GUIDE, re.MULTILINE))

    assert named == ours


def test_the_guide_names_the_parameters_of_each_registry():
    for name, parameters in re.findall(r"^\| `(register_\w+)\((.*?)\)` \|", GUIDE, re.MULTILINE):
        code = getattr(extending, name).__code__
        assert re.findall(r"\w+", parameters) == [
            *code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        ]


def test_the_guide_lists_every_setting():
    listed = set(re.findall(rf"^\| `({PREFIX}\w+)` \|", GUIDE, re.MULTILINE))

    assert listed == set(DECLARED)


def test_code_names_no_document_that_is_not_there():
    missing = [
        f"{path.relative_to(ROOT)}: {named}"
        for app in OURS
        for path in (ROOT / app).rglob("*.py")
        for named in re.findall(r"\bdocs/[\w./-]+\.(?:md|json)", path.read_text())
        if not (ROOT / named).exists()
    ]

    assert missing == []


def test_a_decision_is_at_most_forty_lines_of_context_choice_and_price():
    for document in ROOT.glob("docs/decisions/*.md"):
        text = document.read_text()
        assert len(text.splitlines()) <= 40, document.name
        assert all(f"**{part}.**" in text for part in ("Context", "Choice", "Price")), document.name


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

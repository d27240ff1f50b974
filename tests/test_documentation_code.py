"""
Each block of code in the documents is what it seems: read by its language's parser.

Many are run as well: those of docs/api.md in tests/api and tests/headless, those of docs/plugin.md in
tests/plugin and tests/test_integrator.py.
"""

import ast
import json
import os
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand
from django.template import engines

from tests.conftest import missing
from tests.factories import make_article, make_portal
from tests.test_contributing import TARGETS
from tests.test_documentation import DOCUMENTS, ROOT

BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
# What is shown and no language: formats of numbers, addresses, tables of figures; the map of folders.
TEXT = {""}
# What is not parsed by itself: differences are applied by tests/plugin, TypeScript is compiled by
# tests/api/test_typescript_client.py.
ELSEWHERE = {"diff", "ts"}


def blocks_of(*languages):
    """Return (document, code) of each block in one of the languages, without its indentation."""
    found = []
    for document in DOCUMENTS:
        for indent, language, code in BLOCK.findall(document.read_text()):
            if language in languages:
                code = re.sub(rf"^{indent}", "", code, flags=re.MULTILINE)
                found.append(pytest.param(code, id=f"{document.relative_to(ROOT)}-{len(found)}"))
    return found


def test_every_block_is_in_a_language_that_is_checked():
    languages = {
        language for document in DOCUMENTS for _, language, _ in BLOCK.findall(document.read_text())
    }

    checked = {"sh", "python", "json", "js", "django", "nginx", "cron", "toml", "yaml"}
    assert languages <= checked | ELSEWHERE | TEXT


@pytest.mark.parametrize("code", blocks_of("python"))
def test_python_is_python(code):
    ast.parse(code)


@pytest.mark.parametrize("code", blocks_of("json"))
def test_json_is_json(code):
    json.loads(code)


@pytest.mark.parametrize("code", blocks_of("toml", "yaml"))
def test_settings_of_tools_can_be_read(code):
    try:
        tomllib.loads(code)
    except tomllib.TOMLDecodeError:
        assert isinstance(yaml.safe_load(code), dict | list)


@pytest.mark.parametrize("code", blocks_of("django"))
def test_a_template_compiles(code):
    engines["django"].from_string(code)  # with the tags that it loads


@pytest.mark.parametrize("code", blocks_of("js"))
def test_a_script_is_one(code, node, tmp_path):
    script = tmp_path / "script.mjs"
    script.write_text(code)

    told = subprocess.run([node, "--check", script], capture_output=True, text=True, check=False)

    assert told.returncode == 0, told.stderr


@pytest.mark.parametrize("code", blocks_of("sh"))
def test_commands_of_a_shell_can_be_read(code):
    told = subprocess.run(["bash", "-n"], input=code, capture_output=True, text=True, check=False)

    assert told.returncode == 0, told.stderr


@pytest.mark.parametrize("code", blocks_of("sh", "cron"))
def test_commands_take_the_options_that_are_given(code):
    for line in code.replace("\\\n", " ").splitlines():
        words = shlex.split(line, comments=True) if "manage.py" in line or "make " in line else []
        if "make" in words[:1]:
            assert {each for each in words[1:] if "=" not in each} <= TARGETS, line
        if any(each.endswith("manage.py") for each in words):
            start = next(i for i, each in enumerate(words) if each.endswith("manage.py"))
            name, *options = [re.sub(r"<\w+>", "x", each) for each in words[start + 1 :]]
            app = get_commands()[name]
            command = app if isinstance(app, BaseCommand) else load_command_class(app, name)
            parser = command.create_parser("manage.py", name)
            parser.parse_args(options)


@pytest.mark.parametrize("code", blocks_of("cron"))
def test_a_crontab_has_five_times_and_a_command(code):
    for line in code.splitlines():
        assert re.fullmatch(r"(?:[\d*/,-]+ +){5}manage\.py \w.*", line), line


@pytest.mark.parametrize("code", blocks_of("nginx"))
def test_the_proxy_would_start(code, tmp_path):
    nginx = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if nginx is None:
        pytest.skip("nginx is not installed; on Debian and Ubuntu: apt install nginx-light.")
    # Without a certificate at hand; the rest is to the letter.
    code = code.replace("listen 443 ssl;", "listen 44380;")
    settings = tmp_path / "nginx.conf"
    settings.write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\naccess_log off;\n{code}\n}}\n")

    command = [nginx, "-t", "-e", "stderr", "-p", str(tmp_path), "-c", str(settings)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)

    assert told.returncode == 0, told.stderr


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_first_page_is_shown_as_the_tutorial_says(live_server, node, tmp_path):
    if shutil.which("curl") is None:
        missing("curl is not installed; on Debian and Ubuntu: apt install curl.")
    make_article(make_portal().news, title="Nước sạch & điện", summary="Từ thứ Hai.")
    text = (ROOT / "docs" / "frontend" / "first-page.md").read_text()
    blocks = [(language, code) for _, language, code in BLOCK.findall(text)]
    (tmp_path / "page.mjs").write_text(next(code for language, code in blocks if language == "js"))
    commands = "".join(code for language, code in blocks if language == "sh")

    told = subprocess.run(
        [
            "bash",
            "-euo",
            "pipefail",
            "-c",
            commands.replace("http://localhost:8000", live_server.url),
        ],
        cwd=tmp_path,
        env=os.environ
        | {"API": live_server.url, "PATH": f"{Path(node).parent}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert told.returncode == 0, told.stderr
    assert told.stdout.endswith(
        "<h1>Tin tức</h1>\n<ul>\n<li><b>Nước sạch &#38; điện</b> Từ thứ Hai.</li>\n</ul>\n"
    )

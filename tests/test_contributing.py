"""What a contributor's tools and the workflows name is there, and is pinned."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from tests.release import faults

ROOT = Path(settings.BASE_DIR)
WORKFLOWS = sorted(ROOT.glob(".github/workflows/*.yml"))
FORMS = sorted(set(ROOT.glob(".github/ISSUE_TEMPLATE/*.yml")) - set(ROOT.glob("**/config.yml")))
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
SOURCE = "https://git.example/ward/portal"


def name_of(path):
    return path.name


def jobs_of(workflow):
    return yaml.safe_load(workflow.read_text())["jobs"]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=name_of)
def test_actions_are_pinned_to_commits(workflow):
    used = [
        step["uses"]
        for job in jobs_of(workflow).values()
        for step in job["steps"]
        if "uses" in step
    ]

    assert used
    assert [each for each in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", each)] == []


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=name_of)
def test_a_workflow_may_only_read_and_one_job_may_prove_who_it_is(workflow):
    granted = yaml.safe_load(workflow.read_text())["permissions"]
    more = {
        name: job["permissions"] for name, job in jobs_of(workflow).items() if "permissions" in job
    }

    assert granted == {"contents": "read"}
    assert more in ({}, {"publish": {"id-token": "write"}})


@pytest.mark.parametrize(
    "path", [*WORKFLOWS, ROOT / "CONTRIBUTING.md", ROOT / ".pre-commit-config.yaml"], ids=name_of
)
def test_make_has_every_target_that_is_named(path):
    text = re.sub(r"^\s*#.*$", "", path.read_text(), flags=re.MULTILINE)

    named = set(re.findall(r"(?:^|`|run: |: )make ([a-z]+)", text, re.MULTILINE))

    assert named <= TARGETS


def test_each_hook_runs_a_program_of_the_environment():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]

    assert all(hook["language"] == "system" for hook in hooks)
    assert [hook["id"] for hook in hooks if not (ROOT / hook["entry"].split()[0]).exists()] == []


@pytest.mark.parametrize("form", FORMS, ids=name_of)
def test_the_fields_of_an_issue_form_have_names_and_labels(form):
    fields = [each for each in yaml.safe_load(form.read_text())["body"] if "id" in each]

    assert all(field["attributes"]["label"] for field in fields)
    assert len({field["id"] for field in fields}) == len(fields) >= 3


def test_actionlint_finds_nothing():
    program = shutil.which("actionlint")
    if program is None:
        pytest.skip("actionlint is not installed; the workflow of tests runs it.")

    told = subprocess.run([program], cwd=ROOT, capture_output=True, text=True, check=False)

    assert told.returncode == 0, told.stdout


@pytest.fixture
def checkout(tmp_path):
    """A project of version 1.2.0 that is in order."""
    (tmp_path / "CHANGELOG.md").write_text("# Changes\n\n## 1.2.0\n\n## 1.1.0\n")
    (tmp_path / "pyproject.toml").write_text(
        f'[project]\nversion = "1.2.0"\n[project.urls]\nSource = "{SOURCE}"\n'
    )
    return tmp_path


def test_a_tag_of_the_version_may_be_released(checkout):
    assert faults(checkout, "v1.2.0", SOURCE) == []


def test_a_tag_of_another_version_is_refused(checkout):
    [sentence] = faults(checkout, "v1.3.0", SOURCE)

    assert "v1.3.0" in sentence


def test_a_version_without_its_changes_is_refused(checkout):
    (checkout / "CHANGELOG.md").write_text("# Changes\n\n## 1.1.0\n")

    assert faults(checkout, "v1.2.0", SOURCE) == ["CHANGELOG.md does not begin with 1.2.0."]


def test_a_copy_of_the_repository_does_not_release(checkout):
    [sentence] = faults(checkout, "v1.2.0", "https://git.example/somebody/portal")

    assert "[project.urls]" in sentence

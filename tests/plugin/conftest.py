"""A project of somebody else's, with the wheel in an environment of its own."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import missing

ROOT = Path(__file__).parents[2]
UV = [sys.executable, "-m", "uv"]


class Project:
    """What `wagtail start mysite` made, and a Python that has the package."""

    def __init__(self, path: Path, environment: Path):
        self.path = path
        self.python = environment / "bin" / "python"
        self.variables = {
            **{k: os.environ[k] for k in ("HOME", "LANG", "TMPDIR") if k in os.environ},
            "PATH": f"{environment / 'bin'}:{os.environ['PATH']}",
            "VIRTUAL_ENV": str(environment),
            # Nothing of this checkout, nor of the internet.
            "PYTHONSAFEPATH": "",
            "PIP_NO_INDEX": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }

    def run(self, command, **options):
        """Runs a command in the project's directory; an error shows what it printed."""
        result = subprocess.run(
            command,
            cwd=self.path,
            env=self.variables | options.pop("variables", {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **options,
        )
        assert result.returncode == 0, f"{command}\n{result.stdout[-6000:]}"
        return result.stdout

    def manage(self, *arguments, **options):
        return self.run([self.python, "manage.py", *arguments], **options)

    def append(self, name, text):
        path = self.path / name
        path.write_text(f"{path.read_text()}\n{text}")

    @contextmanager
    def server(self):
        """The development server on a free port, while it is needed; gives its address."""
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            port = listener.getsockname()[1]
        log = self.path / "server.log"
        with log.open("w") as output:
            process = subprocess.Popen(
                [self.python, "manage.py", "runserver", f"127.0.0.1:{port}", "--noreload"],
                cwd=self.path,
                env=self.variables,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        try:
            for _ in range(300):
                with socket.socket() as caller:
                    if not caller.connect_ex(("127.0.0.1", port)):
                        break
                assert process.poll() is None, log.read_text()
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(10)


@pytest.fixture(scope="session")
def shared(tmp_path_factory, worker_id):
    """A directory that all processes of this run share, with a lock on what is made in it."""
    path = tmp_path_factory.getbasetemp()
    path = (path if worker_id == "master" else path.parent) / "plugin"
    path.mkdir(exist_ok=True)
    return path


@contextmanager
def made_once(directory, name):
    """Gives the path of `name`, and whether it is still to be made, to one process at a time."""
    with (directory / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = directory / f"{name}.done"
        yield directory / name, not done.exists()
        done.touch()


@pytest.fixture(scope="session")
def distributions(shared):
    """The wheel and the source distribution of this checkout."""
    with made_once(shared, "dist") as (path, to_make):
        if to_make:
            subprocess.run(
                [*UV, "build", "--quiet", "--out-dir", path, ROOT],
                check=True,
            )
    return path


@pytest.fixture(scope="session")
def environment(shared, distributions):
    """A virtual environment with the wheel and what that asks for."""
    with made_once(shared, "environment") as (path, to_make):
        if to_make:
            wheel = next(distributions.glob("*.whl"))
            subprocess.run([*UV, "venv", "--quiet", "--seed", path], check=True)
            install_into(path, wheel)
    return path


@pytest.fixture(scope="session")
def oldest(shared, distributions):
    """The same with the oldest versions that the package allows."""
    with made_once(shared, "oldest") as (path, to_make):
        if to_make:
            wheel = next(distributions.glob("*.whl"))
            subprocess.run([*UV, "venv", "--quiet", "--seed", path], check=True)
            install_into(path, "--resolution", "lowest-direct", "-r", ROOT / "pyproject.toml")
            install_into(path, "--no-deps", wheel)
    return path


@pytest.fixture(scope="session")
def newest(shared, distributions):
    """The same with Django 6.0, which needs Python 3.12."""
    python = newer_python()
    if python is None:
        missing("There is no Python 3.12 or newer, which Django 6.0 needs.")
    with made_once(shared, "newest") as (path, to_make):
        if to_make:
            wheel = next(distributions.glob("*.whl"))
            subprocess.run([*UV, "venv", "--quiet", "--seed", "--python", python, path], check=True)
            install_into(path, wheel, "Django>=6.0,<6.1")
    return path


def newer_python() -> str | None:
    """Return a Python that runs Django 6.0: of the system, or one that pyenv installed."""
    names = ["python3.14", "python3.13", "python3.12"]
    roots = sorted(Path.home().glob(".pyenv/versions/3.1[2-9]*/bin/python"), reverse=True)
    for candidate in [*filter(None, map(shutil.which, names)), *map(str, roots)]:
        # A shim of pyenv may stand for a version that is not chosen.
        if not subprocess.run([candidate, "-c", ""], capture_output=True, check=False).returncode:
            return candidate
    return None


def install_into(environment, *what):
    subprocess.run(
        [*UV, "pip", "install", "--quiet", "--python", environment / "bin" / "python", *what],
        check=True,
    )


@pytest.fixture(scope="session")
def bare(shared, environment):
    """A project as `wagtail start` makes it, with Wagtail's own migrations done."""
    with made_once(shared, "bare") as (path, to_make):
        project = Project(path / "mysite", environment)
        if to_make:
            path.mkdir()
            project.path = path
            project.run([environment / "bin" / "wagtail", "start", "mysite"])
            project.path = path / "mysite"
            project.manage("migrate", "-v0")
    return project


@pytest.fixture
def project(bare, tmp_path):
    """A copy of the bare project for one test."""
    path = tmp_path / "mysite"
    shutil.copytree(bare.path, path)
    return Project(path, bare.python.parent.parent)

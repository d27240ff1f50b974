"""
Create the virtual environment `.venv` with the packages of a requirements file.

    python3 environment.py requirements.txt [--port 8000]

Called by `make`. Checks requirements first and prints what is missing. Uses the standard library
only, and only syntax of Python 3.5, so that an old Python can print that it is too old.
"""

import argparse
import hashlib
import os
import socket
import subprocess
import sys

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")


def stop(sentence):
    """Exit with a message."""
    sys.exit("\n  %s\n" % sentence)


def check_python():
    """Exit if Python is too old or lacks a module of the standard library."""
    if sys.version_info < OLDEST:
        found = "%d.%d" % sys.version_info[:2]
        stop(
            "Python 3.11 or newer is needed; this one is %s. If another one is there, "
            "name it: make PYTHON=/path/to/python3" % found
        )
    try:
        import ensurepip  # noqa: F401
        import sqlite3  # noqa: F401
        import venv  # noqa: F401
    except ImportError as error:
        package = "python%d.%d-venv" % sys.version_info[:2]
        stop(
            "This Python lacks its module %s. On Debian and Ubuntu: apt install %s"
            % (error.name, package)
        )


def check_port(port):
    """Exit if the port cannot be bound on 127.0.0.1."""
    with socket.socket() as listener:
        # As the server does: a port in TIME_WAIT is available.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            stop(
                "Port %d of 127.0.0.1 cannot be used (%s). Choose another: make run PORT=%d"
                % (port, getattr(error, "strerror", None) or error, min(port, 60000) + 1)
            )


def lines_of(requirements):
    """Return the requirements in a file, including those of files it names by `-r`."""
    lines = []
    with open(os.path.join(ROOT, requirements)) as file:
        for line in map(str.strip, file):
            if line.startswith("-r "):
                lines += lines_of(line[3:].strip())
            elif line and not line.startswith("#"):
                lines.append(line)
    return lines


def make_venv():
    """Create `.venv`, unless it exists and its Python is new enough."""
    works = os.path.exists(PYTHON) and not subprocess.call(
        [PYTHON, "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))"],
        stderr=subprocess.DEVNULL,
    )
    if not works:
        print("Creating the virtual environment .venv", flush=True)
        subprocess.check_call([sys.executable, "-m", "venv", "--clear", VENV])


def install(requirements):
    """Install the requirements unless they are installed already, and print progress."""
    wanted = lines_of(requirements)
    digest = hashlib.sha256("\n".join([sys.version, *wanted]).encode()).hexdigest()
    stamp = os.path.join(VENV, requirements + ".installed")
    if os.path.exists(stamp):
        with open(stamp) as file:
            if file.read() == digest:
                return
    print("Installing %d packages; a minute or so" % len(wanted), flush=True)
    # Bytecode compilation takes as long as installing; Python compiles modules on import anyway.
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-compile"]
    pip = subprocess.Popen(
        [*command, "--progress-bar", "off", "-r", os.path.join(ROOT, requirements)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
    )
    output = []
    for line in pip.stdout:
        output.append(line)
        if line.startswith("Collecting "):
            report("%d of %d" % (sum(o.startswith("Collecting ") for o in output), len(wanted)))
        elif line.startswith("Installing collected"):
            report("unpacking")
    if sys.stdout.isatty():
        print()
    if pip.wait():
        errors = [line for line in output if line.startswith("ERROR")] or output[-5:]
        stop("pip could not install the packages:\n\n" + "".join(errors))
    with open(stamp, "w") as file:
        file.write(digest)


def report(progress):
    """Print progress: one updated line on a terminal, else every 20th step."""
    if sys.stdout.isatty():
        print("\r\033[K  " + progress, end="", flush=True)
    elif not progress[0].isdigit() or int(progress.split()[0]) % 20 == 0:
        print("  " + progress, flush=True)


if __name__ == "__main__":
    check_python()
    parser = argparse.ArgumentParser()
    parser.add_argument("requirements")
    parser.add_argument("--port", type=int, help="must be free on 127.0.0.1")
    options = parser.parse_args()
    if options.port is not None:
        check_port(options.port)
    make_venv()
    install(options.requirements)

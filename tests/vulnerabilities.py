"""
Looks up known vulnerabilities of what runs, and says so when it could not.

`pip-audit` itself ends well when it reached nothing, and badly when it found no network.
"""

import json
import subprocess
import sys

COMMAND = [
    *(sys.executable, "-m", "pip_audit", "--requirement", "requirements.txt"),
    *("--no-deps", "--disable-pip", "--progress-spinner", "off", "--format", "json"),
]


def main() -> int:
    try:
        run = subprocess.run(COMMAND, capture_output=True, text=True, timeout=120, check=False)
    except subprocess.TimeoutExpired:
        print("  pip-audit got no answer within two minutes: nothing was looked up.")
        return 0
    try:
        packages = json.loads(run.stdout)["dependencies"]
    except ValueError:
        reason = run.stderr.strip().splitlines()[-1:] or ["no reason given"]
        print(f"  pip-audit could not reach its data: {reason[0]}")
        return 0
    audited = [package for package in packages if "vulns" in package]
    found = [(package, vuln) for package in audited for vuln in package["vulns"]]
    for package, vuln in found:
        fixed = ", ".join(vuln["fix_versions"]) or "no version yet"
        print(f"  {package['name']} {package['version']}: {vuln['id']}, mended in {fixed}")
    if len(audited) < len(packages):
        print(f"  pip-audit had data on {len(audited)} of {len(packages)} packages only.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

"""Asks the public advisory services about every pinned package: `audit.py requirements.txt …`.

Fails when a package has a known vulnerability. Where no service answers, it says in plain words
that nothing was checked, instead of looking green.
"""

import json
import subprocess
import sys
from pathlib import Path

PIP_AUDIT = Path(sys.executable).with_name("pip-audit")


def ask(service: str, lock: str) -> tuple[dict[str, list[str]], int]:
    """The vulnerable packages with their advisories, and how many packages were looked up."""
    command = [PIP_AUDIT, "--vulnerability-service", service, "--format", "json", "--timeout", "20"]
    command += ["--progress-spinner", "off", "--require-hashes", "--disable-pip", "-r", lock]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not done.stdout.strip():
        return {}, 0
    packages = json.loads(done.stdout)["dependencies"]
    asked = [package for package in packages if "skip_reason" not in package]
    found = {
        f"{package['name']} {package['version']}": [vuln["id"] for vuln in package["vulns"]]
        for package in asked
        if package["vulns"]
    }
    return found, len(asked)


def main(locks: list[str]) -> int:
    """Ask PyPI and, where that knows nothing, OSV."""
    vulnerable = False
    for lock in locks:
        for service in ("pypi", "osv"):
            found, asked = ask(service, lock)
            if asked:
                print(f"{lock}: {asked} packages looked up at {service}, {len(found)} vulnerable")
                break
        else:
            print(f"{lock}: NOT AUDITED, no advisory service could be reached from here")
        for package, advisories in found.items():
            print(f"  {package}: {', '.join(advisories)}")
        vulnerable |= bool(found)
    return int(vulnerable)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

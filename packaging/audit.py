"""`make audit`: asks the Python Package Index whether a library, in the version that is tested here, has a known hole.

Only names and versions of packaging/constraints.txt leave the computer. Where the index cannot be asked nothing is
known, which is said and is no failure; a hole that is known is.
"""

import json
import subprocess
import sys

ASK = (
    *("-m", "pip_audit", "--requirement", "packaging/constraints.txt", "--no-deps", "--disable-pip"),
    *("--format", "json", "--progress-spinner", "off", "--timeout", "10"),
)


def main():
    """Print what is known, and return 1 if a library should be renewed."""
    try:
        asked = subprocess.run([sys.executable, *ASK], capture_output=True, text=True, check=False, timeout=180)
        libraries = [each for each in json.loads(asked.stdout)["dependencies"] if "skip_reason" not in each]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        libraries = []
    if not libraries:
        print("Audit: the package index could not be asked for known holes, so nothing is known.")
        return 0
    holes = [(library, hole) for library in libraries for hole in library.get("vulns", ())]
    for library, hole in holes:
        mended = ", ".join(hole["fix_versions"]) or "none yet"
        print(f"{library['name']} {library['version']}: {hole['id']}, mended in {mended}")
    if not holes:
        print(f"Audit: no known hole in {len(libraries)} libraries.")
    return int(bool(holes))


if __name__ == "__main__":
    sys.exit(main())

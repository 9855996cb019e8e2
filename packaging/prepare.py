"""Puts the system libraries that Qt needs in place, or says the command that does (the first step of `make run`)."""

import os
import shutil
import subprocess
import sys

from desktop import system

UNAVAILABLE = 69  # EX_UNAVAILABLE of sysexits.h


def install(packages: list[str]) -> None:
    """Install Debian packages without a question, silently; what apt says is shown only if it fails."""
    print("Installing system libraries for Dukkan:", *packages, flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-o", "DPkg::Lock::Timeout=300", "--quiet", "--yes"]
    for step in (["update"], ["install", "--no-install-recommends", *packages]):
        done = subprocess.run(
            [*apt, *step],
            env=quiet,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            print(done.stdout, file=sys.stderr)


def main() -> int:
    """Return 0 when Qt can start. A font with Arabic is brought or advised too, but is nothing to stop at."""
    wanted = system.missing_libraries()
    if sys.platform.startswith("linux") and not system.has_arabic_font():
        wanted.append(system.ARABIC_FONT)
    if not wanted:
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        install(list(dict.fromkeys(part.apt for part in wanted)))
        wanted = system.missing_libraries()
    if wanted:
        print(system.advice(wanted), file=sys.stderr)
    return UNAVAILABLE if system.missing_libraries() else 0


if __name__ == "__main__":
    sys.exit(main())

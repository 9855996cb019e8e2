"""Brings the translations into the wheel, compiled: .mo files are never kept in the repository."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Translations(BuildHookInterface):
    """Compile every translations/*/LC_MESSAGES/*.po to the same path inside the package."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into a folder outside the project, which hatchling copies from."""
        self.folder = Path(tempfile.mkdtemp(prefix="dukkan-build-"))
        if version == "editable":  # a checkout is installed: the program compiles its .po files itself
            return
        root = Path(self.root)
        for source in sorted(root.glob("translations/*/LC_MESSAGES/*.po")):
            target = (self.folder / source.relative_to(root)).with_suffix(".mo")
            target.parent.mkdir(parents=True)
            with source.open("rb") as po, target.open("wb") as mo:
                write_mo(mo, read_po(po))
            inside = target.relative_to(self.folder).as_posix()
            build_data["force_include"][str(target)] = f"desktop/{inside}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was compiled: it is in the wheel now."""
        shutil.rmtree(self.folder)

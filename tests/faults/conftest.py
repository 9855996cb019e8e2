"""Faults are stood on a real disk: the files of other tests may be in memory (see the Makefile)."""

import tempfile
from pathlib import Path

import pytest


@pytest.fixture
def tmp_path():
    """A folder where the system has its temporary files."""
    with tempfile.TemporaryDirectory(prefix="dukkan-faults-", ignore_cleanup_errors=True) as name:
        yield Path(name)

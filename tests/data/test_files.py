"""Drafts: a free name beside a file, nothing left of it, and bytes that are on the disk before it gets its name."""

import os
import sys
from pathlib import Path

import pytest

from desktop.data.files import BESIDE, draft_of, sync, sync_file, sync_folder


def test_a_draft_that_gets_its_name_leaves_nothing_else(tmp_path):
    path = tmp_path / "shop.dukkan"
    with draft_of(path) as draft, draft_of(path) as other:
        assert draft != other
        for end in ("", *BESIDE):
            draft.with_name(draft.name + end).write_bytes(b"x")
        sync_file(draft)
        draft.replace(path)
        sync_folder(tmp_path)
    assert [found.name for found in tmp_path.iterdir()] == ["shop.dukkan"]


def test_a_draft_that_was_given_up_leaves_nothing(tmp_path):
    with pytest.raises(FileNotFoundError), draft_of(tmp_path / "shop.dukkan") as draft:
        sync_file(draft)
    with draft_of(tmp_path / "shop.dukkan") as draft:
        draft.write_bytes(b"x")
    assert not list(tmp_path.iterdir())


def test_what_was_written_is_there_before_the_file_is_closed(tmp_path):
    with (tmp_path / "file").open("wb") as file:
        file.write(b"x")
        sync(file)
        assert (tmp_path / "file").read_bytes() == b"x"


@pytest.mark.skipif(sys.platform != "linux", reason="where there surely is such a folder")
def test_a_place_that_makes_no_folder_safe_takes_files_all_the_same():
    descriptor = os.open("/proc", os.O_RDONLY)
    with pytest.raises(OSError, match="Invalid"):
        os.fsync(descriptor)
    os.close(descriptor)
    sync_folder(Path("/proc"))

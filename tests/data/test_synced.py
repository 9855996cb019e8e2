"""Folders that are synced: told by their name, or by what the program that does it leaves there."""

from pathlib import Path

import pytest

from desktop.data.synced import synced_by


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/home/mona/OneDrive - Gifts/shop.dukkan", "OneDrive"),
        ("/home/mona/Dropbox/shops/shop.dukkan", "Dropbox"),
        ("/Users/mona/Library/CloudStorage/GoogleDrive-mona@x.example/My Drive/shop.dukkan", "Google Drive"),
        ("/Users/mona/Library/Mobile Documents/com~apple~CloudDocs/shop.dukkan", "iCloud"),
        ("/home/mona/Nextcloud/shop.dukkan", "Nextcloud"),
        ("/home/mona/Dropboxes/shop.dukkan", ""),
        ("/home/mona/Documents/Dropbox.dukkan", ""),
    ],
)
def test_by_name(path, service):
    assert synced_by(Path(path)) == service


def test_by_what_lies_there(tmp_path):
    (tmp_path / "mine/deep").mkdir(parents=True)
    assert synced_by(tmp_path / "mine/deep/shop.dukkan") == ""
    (tmp_path / "mine/.stfolder").mkdir()
    assert synced_by(tmp_path / "mine/deep/shop.dukkan") == "Syncthing"

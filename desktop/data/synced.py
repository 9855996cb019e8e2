"""Folders that a program copies to other computers while they are written: no place for a shop that is open."""

from pathlib import Path

# By the beginning of a folder's name, folded; the name is a brand, and the same in every language.
SERVICES = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "icloud": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "mobile documents": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pcloud": "pCloud",
    "syncthing": "Syncthing",
    "yandex.disk": "Yandex Disk",
}
MARKS = {  # files that such programs put into their folder, whatever it is called
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".stfolder": "Syncthing",
    ".tmp.drivedownload": "Google Drive",
}


def synced_by(path: Path) -> str:
    """Return the name of the service in whose folder a file is, as far as names and marks tell; else ""."""
    for folder in path.absolute().parents:
        name = folder.name.casefold()
        for beginning, service in SERVICES.items():
            if name == beginning or (name.startswith(beginning) and not name[len(beginning)].isalnum()):
                return service
        for mark, service in MARKS.items():
            try:
                if (folder / mark).exists():
                    return service
            except OSError:
                continue
    return ""

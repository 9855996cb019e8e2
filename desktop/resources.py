"""Finding the files that come with the program, in an installed wheel or in a checkout."""

from pathlib import Path

PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """Return the folder `name` of the project: a wheel carries it inside the package, a checkout beside it."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def resource(path: str) -> Path:
    """Return where a file of resources/ is, such as `resource("icon.svg")`; whether it exists is not checked."""
    return folder("resources") / path

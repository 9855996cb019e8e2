"""The user's settings and folders: one small TOML file that is read at start and always written whole.

The variable DUKKAN_HOME, which `dukkan --data-dir` sets, puts everything into one folder, to be thrown away if need be.
"""

import os
import sys
from contextlib import suppress
from dataclasses import MISSING, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

HOME = "DUKKAN_HOME"
RECENT = 8  # shops that are remembered
SCALES = (0.75, 2.0)  # how small and how large everything may be shown


class Paths(NamedTuple):
    """The program's own folders; which of them exist already is not checked."""

    config: Path
    data: Path
    cache: Path
    log: Path


def paths() -> Paths:
    """Return the folders where this system wants them, or those inside of DUKKAN_HOME."""
    if home := os.environ.get(HOME):
        root = Path(home).absolute()
        return Paths(root / "config", root / "data", root / "cache", root / "log")
    from platformdirs import PlatformDirs

    dirs = PlatformDirs("dukkan", appauthor=False)
    return Paths(dirs.user_config_path, dirs.user_data_path, dirs.user_cache_path, dirs.user_log_path)


@dataclass(frozen=True)
class Settings:
    """What the user has chosen for this computer; what belongs to a shop is kept in its file.

    A new setting is a new line here: its type is what a file may say, its default what stands where it does not.
    """

    language: str = ""  # of the interface; "" is the system's
    theme: Literal["system", "light", "dark"] = "system"
    scale: float = 1.0
    digits: Literal["latn", "arab"] = "latn"
    clock: Literal["auto", "12", "24"] = "auto"
    money: Literal["sign", "word", "code"] = "sign"
    stay: bool = False  # beside the clock, when the window is closed
    last_shop: str = ""  # a path, or the URL of a database
    recent_shops: tuple[str, ...] = ()  # the last one first
    remind: bool = False  # by a message of the desktop, when a follow-up is due
    backup_folder: str = ""  # a second one for backups, on a USB stick, say; "" is none
    your_name: str = ""  # of whoever uses this computer, for the history of a shop that several share
    other: dict[str, Any] = field(default_factory=dict)  # what a newer version wrote, kept for it


def backup_roots() -> tuple[Path, Path | None]:
    """Return the folder where every shop's backups are, and the second one that the user chose, if any."""
    second = load().backup_folder
    return paths().data / "backups", Path(second) if second else None


def who() -> str:
    """Return what the history calls this computer: by its user's name too, if that is known: "Mona, laptop"."""
    import platform

    name = load().your_name.strip()
    return f"{name}, {platform.node()}" if name else platform.node()


def settings_file() -> Path:
    """Return where the settings are."""
    return paths().config / "settings.toml"


def load() -> Settings:
    """Return the settings. A value that cannot be is its default; a damaged file is put aside and all are."""
    try:
        return _read(settings_file())
    except OSError:
        return Settings()


def _read(path: Path) -> Settings:
    """Return what a file says. Raises OSError where it is there and cannot be read: locked for a moment, say."""
    try:
        written = path.read_bytes()
    except FileNotFoundError:
        return Settings()
    import tomllib

    try:
        found = tomllib.loads(written.decode())
    except ValueError:  # no TOML, or no text
        with suppress(OSError):
            path.replace(path.with_name("settings.damaged.toml"))
        return Settings()
    hints = get_type_hints(Settings)
    known: dict[str, Any] = {}
    other: dict[str, Any] = {}
    for name, value in found.items():
        if name == "other" or name not in hints:
            other[name] = value
        elif _fits(value, hints[name]):
            known[name] = tuple(value) if isinstance(value, list) else value
    settings = Settings(**known, other=other)
    return replace(settings, scale=min(max(float(settings.scale), SCALES[0]), SCALES[1]))


def save(settings: Settings) -> None:
    """Write what differs from the defaults, in one stroke: a reader finds the old file or the new. Raises OSError."""
    import tempfile

    import tomli_w

    values = dict(settings.other)
    for each in fields(settings):
        value = getattr(settings, each.name)
        if each.default is not MISSING and value != each.default:
            values[each.name] = value
    path = settings_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".settings-")  # for the user's own eyes only
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(tomli_w.dumps(values).encode())
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def change(**values: Any) -> Settings:
    """Change some settings, over what the file says by now, and return all of them. Raises OSError."""
    settings = replace(_read(settings_file()), **values)
    save(settings)
    return settings


def remember_shop(where: Path | str) -> Settings:
    """Make a shop the last one, and the first of the recent ones; addresses have no password. Raises OSError."""
    name = str(where.absolute() if isinstance(where, Path) else where)
    try:
        name.encode()
    except UnicodeEncodeError:  # a file name that is no text cannot be written down
        return load()
    others = [other for other in load().recent_shops if other != name]
    return change(last_shop=name, recent_shops=(name, *others[: RECENT - 1]))


def system_locale() -> tuple[str, str]:
    """Return the system's language and territory, ("ar", "AE"), with "" for what it does not say."""
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    if sys.platform == "win32":
        import ctypes
        import locale

        names.append(locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), ""))
    elif sys.platform == "darwin" and not any(names):  # what Finder starts is told nothing
        import subprocess

        with suppress(OSError):
            asked = subprocess.run(["defaults", "read", "-g", "AppleLocale"], capture_output=True, text=True)
            names.append(asked.stdout.strip())
    name = next((name for name in names if name), "")
    language, territory = _parts(name)
    if language in ("", "C", "POSIX"):
        return "", ""
    if preferred := os.environ.get("LANGUAGE", "").partition(":")[0]:  # a list, which counts but for C
        language = _parts(preferred)[0]
    return language, territory


def _parts(name: str) -> tuple[str, str]:
    """Split the name of a locale: ar_AE.UTF-8@latin."""
    language, _, territory = name.partition(".")[0].partition("@")[0].partition("_")
    return language, territory


def _fits(value: object, hint: Any) -> bool:
    """Tell whether a value of a TOML file is of the type that a setting has."""
    if get_origin(hint) is Literal:
        return value in get_args(hint)
    if get_origin(hint) is tuple:
        return isinstance(value, list) and all(_fits(item, get_args(hint)[0]) for item in value)
    if hint is float:
        return isinstance(value, (int, float)) and not isinstance(value, bool) and value == value  # no NaN
    return isinstance(value, hint)

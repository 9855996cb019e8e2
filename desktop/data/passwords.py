"""Passwords of servers: held while the program runs, kept in the system's keyring if wanted, and nowhere else."""

from urllib.parse import quote, unquote, urlsplit, urlunsplit

SERVICE = "dukkan"  # under which the system's keyring shows them

_held: dict[str, str] = {}


def split(url: str) -> tuple[str, str]:
    """Return the address of a shop without its password, and the password, or ""."""
    try:
        parts = urlsplit(url)
    except ValueError:  # it is no address, which is told where it is read
        return url, ""
    user, colon, password = parts.netloc.rpartition("@")[0].partition(":")
    if not colon:
        return url, ""
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{user}@{host}")), unquote(password)


def join(address: str, password: str) -> str:
    """Return the address with the password in it, as it is typed or pasted."""
    parts = urlsplit(address)
    user, _at, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{user}:{quote(password, safe='')}@{host}"))


def hold(url: str) -> str:
    """Hold the password of an address until the program ends, and return the address without it."""
    address, password = split(url)
    if password:
        _held[_key(address)] = password
    return address


def find(address: str) -> str:
    """Return the password of an address, or "": then the driver looks where PostgreSQL's own programs do."""
    if held := _held.get(_key(address)):
        return held
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return ""
    try:
        return keyring.get_password(SERVICE, _key(address)) or ""
    except (KeyringError, RuntimeError):  # locked, or none on this system
        return ""


def keep(address: str) -> bool:
    """Keep the password that is held of an address in the system's keyring; say whether there is one to keep it in."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return False
    try:
        keyring.set_password(SERVICE, _key(address), _held.get(_key(address), ""))
    except (KeyringError, RuntimeError):
        return False
    return True


def can_keep() -> bool:
    """Say whether this system has a keyring."""
    try:
        import keyring
    except ImportError:
        return False
    return float(keyring.get_keyring().priority) > 0  # that of the one that refuses everything is 0


def _key(address: str) -> str:
    """Return who logs in where: other options of an address need no other password."""
    parts = urlsplit(split(address)[0])
    return f"{parts.netloc}{parts.path}"

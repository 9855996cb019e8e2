"""Pictures of which the shop has only the address are fetched from the web, when the owner asks for that.

A step of its own: it can be stopped, and goes on where it was, for what has been fetched is kept. Addresses come from
files of strangers, so nothing in the owner's own network is asked unless that is allowed: a name is resolved first, and
the very address that was looked at is connected to, also behind every redirect.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.data.database import Database
from desktop.data.many import Tell, silent
from desktop.data.models import Picture
from desktop.data.trust import trusting
from desktop.exchange.picture_reading import Unopened, read_images
from desktop.i18n import N_, _, formats
from desktop.services.pictures import keep_images

if TYPE_CHECKING:
    from desktop.data.images import Image

MOST = 20_000  # pictures in one go
LARGEST = 30_000_000  # bytes of one
SECONDS = 30.0  # that one may take, from the first redirect to its last byte
PATIENCE = 10.0  # seconds of silence
REDIRECTS = 5
GIVEN_UP = 5  # times in a row that a server did not answer
PIECE = 65_536
AT_ONCE = 8  # pictures that are kept together
KEPT = "/%:@!$&'()*+,;=~-._?"  # what stays as it is in an address
WANTED = (Picture.url != "", Picture.sha256.is_(None))  # what the shop has only the address of
HEADERS = {
    "User-Agent": "Dukkan",
    "Accept": "image/jpeg,image/png,image/webp,image/*;q=0.5",
    "Accept-Encoding": "identity",
    "Connection": "close",
}


@dataclass(frozen=True)
class Fetched:
    """What came of it: pictures that the shop keeps now, those it still has only addresses of, and why."""

    done: int = 0
    left: int = 0
    problems: list[tuple[str, str]] = field(default_factory=list)  # an address, and one sentence


def count_wanted(session: Session) -> int:
    """Return how many pictures the shop has only the addresses of."""
    return session.scalar(select(func.count()).where(*WANTED)) or 0


def download(
    database: Database,
    tell: Tell = silent,
    is_stopped: Callable[[], bool] = lambda: False,
    allow_private: bool = False,
) -> Fetched:
    """Fetch every picture that the shop has only the address of, in one action, until `is_stopped`.

    `tell(done, addresses)` is told how far it is.
    """
    with database.reader() as session:
        wanted = _wanted(session)
    ids: dict[str, list[int]] = defaultdict(list)
    for picture, address in wanted[:MOST]:
        ids[address].append(picture)
    web = Web(allow_private)
    group = object()  # what is kept at different times is one action
    problems: list[tuple[str, str]] = []
    waiting: list[tuple[str, Image]] = []
    done = 0

    def keep() -> int:
        pairs = [(address, ids[address]) for address, _image in waiting]
        images = [image for _address, image in waiting]
        waiting.clear()
        return database.run(N_("Download pictures"), _show, pairs, images, group=group) if images else 0

    sources = [partial(web.fetch, address) for address in ids]
    for place, (address, read) in enumerate(zip(ids, read_images(sources, is_stopped), strict=False), 1):
        if read.image is None:
            problems.append((address, read.trouble))
        else:
            waiting.append((address, read.image))
        if len(waiting) == AT_ONCE:
            done += keep()
        tell(place, len(ids))
    done += keep()
    return Fetched(done, len(wanted) - done, problems)


def _wanted(session: Session) -> Sequence[tuple[int, str]]:
    query = select(Picture.id, Picture.url).where(*WANTED).order_by(Picture.id)
    return [(picture, address) for picture, address in session.execute(query)]


def _show(session: Session, pairs: Sequence[tuple[str, Sequence[int]]], images: "Sequence[Image]") -> int:
    """Give pictures what was fetched for them, but for those that have changed meanwhile; return how many have it."""
    shown = 0
    for (address, ids), digest in zip(pairs, keep_images(session, list(images)), strict=True):
        for id in ids:
            picture = session.get(Picture, id)
            if picture is not None and picture.url == address and picture.sha256 is None:
                picture.sha256 = digest
                shown += 1
    return shown


class Web:
    """Fetches files from the web, within limits. Any thread may ask; a server that does not answer is given up."""

    def __init__(self, allow_private: bool = False, seconds: float = SECONDS, largest: int = LARGEST) -> None:
        self._allow_private = allow_private
        self._seconds = seconds
        self._largest = largest
        self._silent: Counter[str] = Counter()  # times in a row, by host

    def fetch(self, address: str) -> bytes:
        """Return what is at an address. Raises Unopened."""
        ends = time.monotonic() + self._seconds
        for _turn in range(REDIRECTS + 1):
            parts = _split(address)
            host = parts.hostname or ""
            if self._silent[host] >= GIVEN_UP:
                raise Unopened(_("{host} does not answer.").format(host=formats.ltr(host)))
            try:
                found = self._ask(parts, host, ends)
            except (OSError, http.client.HTTPException) as error:
                self._silent[host] += 1
                raise Unopened(_trouble(host, error)) from error
            self._silent[host] = 0
            if isinstance(found, bytes):
                return found
            address = urljoin(address, found)
        raise Unopened(_("This address leads from one to another without an end."))

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        return trusting()

    def _ask(self, parts: SplitResult, host: str, ends: float) -> bytes | str:
        """Return what is at an address, or the address that it leads to."""
        secure = parts.scheme.lower() == "https"
        port = parts.port or (443 if secure else 80)
        connection = http.client.HTTPConnection(host, port, timeout=PATIENCE)
        line = self._connect(host, port, ends)
        if secure:
            line = self._trust.wrap_socket(line, server_hostname=host, do_handshake_on_connect=False)
        connection.sock = line
        clock = threading.Timer(max(0.0, ends - time.monotonic()), _hang_up, (line,))  # whoever sends byte by byte
        clock.start()
        try:
            if isinstance(line, ssl.SSLSocket):
                line.do_handshake()
            path = quote(parts.path or "/", safe=KEPT) + (f"?{quote(parts.query, safe=KEPT)}" if parts.query else "")
            connection.request("GET", path, headers=HEADERS)
            answer = connection.getresponse()
            if answer.status in (301, 302, 303, 307, 308) and (to := answer.headers.get("Location")):
                return to.encode("latin-1", "replace").decode("utf-8", "replace")
            if answer.status != 200:
                message = _("{host} has no picture there (it answers {status}).")
                raise Unopened(message.format(host=formats.ltr(host), status=formats.ltr(str(answer.status))))
            return self._read(answer, ends)
        finally:
            clock.cancel()
            connection.close()

    def _connect(self, host: str, port: int, ends: float) -> socket.socket:
        """Connect to the first address of a host, if none of them is one that is not for the public."""
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        if not self._allow_private and not all(map(_is_public, found)):
            message = _("{host} is in your own network, from which no pictures are fetched.")
            raise Unopened(message.format(host=formats.ltr(host)))
        error = OSError("no address")
        for address in found[:3]:
            try:
                return socket.create_connection((address, port), timeout=_left(ends))
            except OSError as failed:
                error = failed
        raise error

    def _read(self, answer: http.client.HTTPResponse, ends: float) -> bytes:
        pieces = []
        size = 0
        while piece := answer.read1(PIECE):
            pieces.append(piece)
            size += len(piece)
            if size > self._largest:
                message = _("The file is larger than {size}.")
                raise Unopened(message.format(size=formats.file_size(self._largest)))
            _left(ends)
        if answer.length:
            raise OSError("cut short")
        return b"".join(pieces)


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _left(ends: float) -> float:
    """Return how long to wait for the next thing, in seconds. Raises TimeoutError when there is no time left."""
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return min(left, PATIENCE)


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode()
        whole = parts.scheme.lower() in ("http", "https") and host and parts.username is None and parts.port != 0
    except (ValueError, UnicodeError):
        whole = False
    if not whole or any(char.isspace() or ord(char) < 32 for char in address):
        raise Unopened(_("This is no address of a picture on the web."))
    return parts._replace(netloc=_bracketed(host) + ("" if parts.port is None else f":{parts.port}"))


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _is_public(address: str) -> bool:
    """Say whether an IP address is one that anybody may ask, also where an IPv6 address carries an IPv4 one."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if found in NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None and not _is_public(str(inner)):
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


NAT64 = ipaddress.ip_network("64:ff9b::/96")


def _trouble(host: str, error: Exception) -> str:
    shown = formats.ltr(host)
    if isinstance(error, ssl.SSLError):
        return _("{host} cannot show that it is itself, so nothing was fetched from it.").format(host=shown)
    if isinstance(error, TimeoutError):
        return _("{host} takes too long to answer.").format(host=shown)
    if isinstance(error, socket.gaierror):
        return _("{host} was not found. Check the address, and the connection to the web.").format(host=shown)
    return _("{host} does not answer.").format(host=shown)

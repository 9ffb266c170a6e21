"""The network, politely and with bounds: conditional GET, redirects one by one, gzip that cannot explode.

Only http and https. For addresses found inside content (``is_guarded``) every
host on the way is resolved first, and private, local and reserved addresses
are refused; the connection then goes to the very address that was checked.
"""

from __future__ import annotations

import ipaddress
import random
import socket
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import urllib3

#: Largest answer, unpacked, in bytes; most redirects; seconds for one answer in all; tries for one address.
MAX_BYTES = 20 << 20
MAX_REDIRECTS = 5
DEADLINE = 60.0
TRIES = 3
_TIMEOUT = urllib3.Timeout(connect=10.0, read=20.0)
_CHUNK = 1 << 16
_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
_WORTH_RETRYING = frozenset((408, 425, 429, 500, 502, 503, 504))
#: Longest wait before another try that a server may ask for, in seconds.
_MAX_WAIT = 30.0
USER_AGENT = "newsreader/0.1 (a reader of feeds for one person)"


class FetchError(Exception):
    """An address that gave no answer we can use; the message is one line fit to show."""

    def __init__(self, reason: str, *, is_passing: bool = False, wait: float | None = None) -> None:
        super().__init__(reason)
        self.is_passing = is_passing
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered: ``body`` is empty when nothing changed since the validators."""

    url: str
    body: bytes
    is_unchanged: bool = False
    #: Where the address has moved for good, when every redirect on the way said so.
    moved_to: str | None = None
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None

    @property
    def charset(self) -> str | None:
        """The charset the server claims."""
        for part in self.content_type.split(";")[1:]:
            name, _, value = part.partition("=")
            if name.strip().lower() == "charset":
                return value.strip().strip("\"'") or None
        return None


@dataclass(frozen=True, slots=True)
class Fetcher:
    """How to fetch; the defaults are for life, tests put their own clock and bounds in."""

    max_bytes: int = MAX_BYTES
    deadline: float = DEADLINE
    tries: int = TRIES
    timeout: urllib3.Timeout = _TIMEOUT
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    headers: Mapping[str, str] = field(default_factory=dict)
    _pool: urllib3.PoolManager = field(
        default_factory=lambda: urllib3.PoolManager(num_pools=32, maxsize=2, retries=False)
    )

    def get(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, is_guarded: bool = False
    ) -> Answer:
        """Fetch ``url``; passing troubles are tried again with growing pauses. Raises FetchError."""
        for attempt in range(self.tries):
            try:
                return self._follow(url, _validators(etag, last_modified), is_guarded)
            except FetchError as error:
                if not error.is_passing or attempt == self.tries - 1:
                    raise
                pause = error.wait if error.wait is not None else 0.5 * 3**attempt
                self.sleep(min(pause, _MAX_WAIT) * random.uniform(1.0, 1.25))
        raise FetchError("was not asked")

    def _follow(self, url: str, validators: Mapping[str, str], is_guarded: bool) -> Answer:
        begun = self.clock()
        at, permanent = url, True
        for _ in range(MAX_REDIRECTS + 1):
            response = self._open(at, validators, is_guarded)
            try:
                target = response.headers.get("Location") if response.status in _REDIRECTS else None
                if target is None:
                    return self._read(response, url, at, permanent and at != url, begun)
                permanent = permanent and response.status in _PERMANENT
                at = urljoin(at, target)
            finally:
                response.drain_conn() if response.status in _REDIRECTS else response.close()
                response.release_conn()
        raise FetchError(f"more than {MAX_REDIRECTS} redirects")

    def _open(self, url: str, validators: Mapping[str, str], is_guarded: bool) -> urllib3.BaseHTTPResponse:
        parts = _parts(url)
        headers = {
            "User-Agent": USER_AGENT,
            "Accept-Encoding": "gzip",
            "Accept": _ACCEPT,
            **self.headers,
            **validators,
        }
        try:
            if is_guarded:
                return self._open_checked(parts, url, headers)
            return self._pool.request(
                "GET",
                url,
                headers=headers,
                timeout=self.timeout,
                redirect=False,
                preload_content=False,
                decode_content=False,
            )
        except (urllib3.exceptions.HTTPError, OSError, UnicodeError, ValueError) as error:
            raise _trouble(error) from error

    def _open_checked(self, parts: _Parts, url: str, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
        address = public_address(parts.host, parts.port)
        options = {"timeout": self.timeout, "retries": False, "maxsize": 1}
        pool: urllib3.HTTPConnectionPool
        if parts.scheme == "https":
            pool = urllib3.HTTPSConnectionPool(
                address,
                parts.port,
                server_hostname=parts.host,
                assert_hostname=parts.host,
                **options,  # type: ignore[arg-type]
            )
        else:
            pool = urllib3.HTTPConnectionPool(address, parts.port, **options)  # type: ignore[arg-type]
        headers = {**headers, "Host": parts.netloc}
        return pool.urlopen(
            "GET", parts.target, headers=headers, redirect=False, preload_content=False, decode_content=False
        )

    def _read(
        self, response: urllib3.BaseHTTPResponse, url: str, at: str, is_moved: bool, begun: float
    ) -> Answer:
        status = response.status
        if status == 304:
            return Answer(at, b"", is_unchanged=True, moved_to=at if is_moved else None)
        if status >= 400:
            wait = _retry_after(response.headers.get("Retry-After"))
            raise FetchError(_status_line(status), is_passing=status in _WORTH_RETRYING, wait=wait)
        if status != 200:
            raise FetchError(f"answered with status {status}")
        return Answer(
            at,
            self._body(response, begun),
            moved_to=at if is_moved else None,
            content_type=response.headers.get("Content-Type", ""),
            etag=response.headers.get("ETag"),
            last_modified=response.headers.get("Last-Modified"),
        )

    def _body(self, response: urllib3.BaseHTTPResponse, begun: float) -> bytes:
        """The body, unpacked piece by piece, so that a bomb is noticed before it fills the memory."""
        encoding = response.headers.get("Content-Encoding", "").strip().lower()
        if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise FetchError(f"an encoding that was not asked for: {encoding[:20]}")
        inflate = zlib.decompressobj(zlib.MAX_WBITS | 32) if encoding not in ("", "identity") else None
        body = bytearray()
        try:
            while chunk := response.read1(_CHUNK):
                if self.clock() - begun > self.deadline:
                    raise FetchError(f"too slow: more than {self.deadline:.0f} s", is_passing=True)
                body += inflate.decompress(chunk, self.max_bytes + 1 - len(body)) if inflate else chunk
                if len(body) > self.max_bytes:
                    raise FetchError(f"larger than {self.max_bytes >> 20} MB")
            if inflate and not inflate.eof and not body:
                raise FetchError("damaged: the packed answer ends too early", is_passing=True)
        except zlib.error as error:
            raise FetchError(f"damaged: {error}") from error
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise _trouble(error) from error
        return bytes(body)


_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, text/html;q=0.8, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class _Parts:
    scheme: str
    host: str
    port: int
    netloc: str
    target: str


def _parts(url: str) -> _Parts:
    try:
        split = urlsplit(url)
        host, port = split.hostname, split.port
    except ValueError as error:
        raise FetchError(f"not an address: {error}") from error
    if split.scheme not in ("http", "https"):
        raise FetchError(f"only http and https are fetched, not {split.scheme[:20] or 'this'}")
    if not host or not url.isprintable() or " " in url:
        raise FetchError("not an address")
    target = (split.path or "/") + (f"?{split.query}" if split.query else "")
    return _Parts(
        split.scheme,
        host,
        port or (443 if split.scheme == "https" else 80),
        split.netloc.rpartition("@")[2],
        target,
    )


def public_address(host: str, port: int) -> str:
    """Resolve ``host`` and return an address of it; raises FetchError unless all of them are public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"{host[:80]}: no such host", is_passing=True) from error
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    for address in addresses:
        if not all(map(_is_public, _meant_by(ipaddress.ip_address(address)))):
            raise FetchError(f"{host[:80]}: a private address, not fetched from a link in content")
    if not addresses:
        raise FetchError(f"{host[:80]}: no such host", is_passing=True)
    return addresses[0]


_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
#: Translated to IPv4 on the way (RFC 6052, RFC 8215): the last 32 bits are the address that is meant.
_TRANSLATED = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))


def _meant_by(address: _Address) -> Iterator[_Address]:
    """The address, and the IPv4 address that a tunnel or a translator makes of it."""
    if isinstance(address, ipaddress.IPv4Address):
        yield address
        return
    inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if any(address in network for network in _TRANSLATED) or not int(address) >> 32:
        inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    if address.ipv4_mapped is None:
        yield address
    yield from (one for one in inner if one is not None)


def _is_public(address: _Address) -> bool:
    return address.is_global and not address.is_multicast and not address.is_reserved


def _validators(etag: str | None, last_modified: str | None) -> dict[str, str]:
    headers = {}
    if etag and etag.isprintable() and etag.isascii():
        headers["If-None-Match"] = etag
    if last_modified and last_modified.isprintable() and last_modified.isascii():
        headers["If-Modified-Since"] = last_modified
    return headers


def _retry_after(value: str | None) -> float | None:
    return float(value) if value and value.isascii() and value.isdigit() and len(value) < 8 else None


def _status_line(status: int) -> str:
    known = {
        401: "asks for a password",
        403: "refuses",
        404: "not found",
        410: "gone for good",
        429: "asks us to wait",
    }
    return f"{known.get(status, 'has an error' if status >= 500 else 'refuses')} (status {status})"


def _trouble(error: Exception) -> FetchError:
    """urllib3's and the socket's errors as one short line."""
    names = urllib3.exceptions
    if isinstance(error, names.MaxRetryError) and error.reason:
        error = error.reason
    if isinstance(error, names.NameResolutionError):
        return FetchError("no such host", is_passing=True)
    # Before the timeouts: to urllib3 a refused connection is one of them.
    if isinstance(error, names.NewConnectionError | ConnectionError):
        return FetchError("refuses the connection", is_passing=True)
    if isinstance(error, names.ConnectTimeoutError | names.ReadTimeoutError | TimeoutError):
        return FetchError("does not answer in time", is_passing=True)
    if isinstance(error, names.SSLError):
        return FetchError("its certificate is not valid")
    if isinstance(error, names.IncompleteRead | names.ProtocolError):
        return FetchError("the answer breaks off", is_passing=True)
    return FetchError(f"cannot be fetched: {type(error).__name__}")

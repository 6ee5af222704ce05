"""One file from the network, within a time and a size that hold whatever the server does."""

import hashlib
import http.client
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from geo.errors import N_, BadInputError, PleinError

STALL_S = 5.0
"""A server that is silent this long is left, so that the next source still gets its turn."""
SIZE_MAX = 400_000_000
"""The outlines of all Belgium as zipped GeoJSON are a tenth of this (43 MB, 2024)."""
_CHUNK = 1 << 16
_AGENT = "Plein (statistical sectors)"


class DownloadError(PleinError):
    """A file that did not arrive whole, in time, from where it was asked."""


@dataclass(frozen=True, kw_only=True)
class Downloaded:
    """A file that arrived whole."""

    path: Path
    url: str
    sha256: str
    size: int


@dataclass
class _Task:
    url: str
    target: Path
    deadline: float
    size_max: int
    given_up: threading.Event = field(default_factory=threading.Event)
    result: Downloaded | None = None
    error: Exception | None = None


def download(url: str, target: Path, *, timeout_s: float, size_max: int = SIZE_MAX) -> Downloaded:
    """Fetch an http(s) address into a file; it takes at most `timeout_s`, names looked up included.

    Redirects are followed on the same host only, and never from https to http: what is asked of
    Statbel is answered by Statbel.

    Raises:
        DownloadError: why it did not arrive; nothing is left at `target`.
        BadInputError: the address is not one of http or https.
    """
    if urllib.parse.urlsplit(url).scheme not in ("http", "https"):
        raise BadInputError(N_("Expected an address with https, found “{url}”."), url=url[:200])
    task = _Task(url, target, time.monotonic() + timeout_s, size_max)
    worker = threading.Thread(target=_work, args=(task,), daemon=True)
    worker.start()
    worker.join(max(timeout_s, 0))
    if task.result is None:
        task.given_up.set()
        target.unlink(missing_ok=True)
    if task.error is not None:
        raise task.error
    if task.result is None:
        raise _too_slow(url, timeout_s)
    return task.result


def _work(task: _Task) -> None:
    try:
        task.result = _fetch(task)
    except PleinError as error:
        task.error = error
    except urllib.error.HTTPError as error:
        task.error = DownloadError(
            N_("{host} answers {status} ({reason}) for {url}."),
            host=_host(task.url),
            status=error.code,
            reason=error.reason,
            url=task.url,
        )
        error.close()
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        task.error = DownloadError(
            N_("{host} could not be read: {reason}."),
            host=_host(task.url),
            reason=str(reason) or type(reason).__name__,
        )
    if task.error is not None or task.given_up.is_set():
        task.target.unlink(missing_ok=True)


def _fetch(task: _Task) -> Downloaded:
    opener = urllib.request.build_opener(_SameHost())
    opener.addheaders = [("User-Agent", _AGENT), ("Accept-Encoding", "identity")]
    wait = max(min(STALL_S, task.deadline - time.monotonic()), 0.1)
    digest, size = hashlib.sha256(), 0
    with opener.open(task.url, timeout=wait) as answer:
        told = answer.headers.get("Content-Length")
        expected = int(told) if told and told.isdigit() else None
        if expected is not None and expected > task.size_max:
            raise _too_large(task)
        with task.target.open("wb") as file:
            while chunk := answer.read1(_CHUNK):
                if task.given_up.is_set():
                    raise _too_slow(task.url, 0)
                size += len(chunk)
                if size > task.size_max:
                    raise _too_large(task)
                digest.update(chunk)
                file.write(chunk)
        if expected is not None and size != expected:
            raise DownloadError(
                N_("{host} broke off: {size} of {expected} bytes arrived."),
                host=_host(task.url),
                size=size,
                expected=expected,
            )
        return Downloaded(path=task.target, url=answer.url, sha256=digest.hexdigest(), size=size)


class _SameHost(urllib.request.HTTPRedirectHandler):
    def redirect_request(  # noqa: PLR0917 - the signature is urllib's
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        old, new = urllib.parse.urlsplit(req.full_url), urllib.parse.urlsplit(newurl)
        if new.hostname != old.hostname or (old.scheme == "https" and new.scheme != "https"):
            fp.close()
            raise DownloadError(
                N_("{host} sends us on to {other}. If that is right, name it in plein.toml."),
                host=_host(req.full_url),
                other=f"{new.scheme}://{new.hostname}",
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _host(url: str) -> str:
    return urllib.parse.urlsplit(url).hostname or url[:80]


def _too_slow(url: str, timeout_s: float) -> DownloadError:
    return DownloadError(
        N_("{host} did not send the file within {seconds} seconds."),
        host=_host(url),
        seconds=round(timeout_s, 1),
    )


def _too_large(task: _Task) -> DownloadError:
    return DownloadError(
        N_("{host} sends more than {size_mb} MB, which no file of sectors is."),
        host=_host(task.url),
        size_mb=task.size_max // 1_000_000,
    )

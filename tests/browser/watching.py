"""What a browser did while a test ran: whom it asked, what failed, what was run."""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebSocket

OURS = ("data", "blob", "about")
"""Schemes that leave for nobody."""
REFUSED = re.compile(r"Content.Security.Policy", re.IGNORECASE)


@dataclass
class Watch:
    """The log of one browser context; `host` is the only one it may ask."""

    host: str
    asked: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    sent: list[bytes] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        """Write down everything that happens from now on."""
        context.on("request", self._request)
        context.on("weberror", lambda found: self.wrong.append(f"error: {found.error}"))
        context.on("console", self._console)
        context.on("page", self._page)
        context.on("dialog", self._dialog)

    def _request(self, request: Request) -> None:
        self.asked.append(request.url)
        self.kinds[request.resource_type] += 1
        self.sent.append(request.url.encode())
        self.sent.append(json.dumps(request.headers).encode())
        self.sent.append(request.post_data_buffer or b"")

    def _page(self, page: Page) -> None:
        page.on("websocket", self._socket)

    def _socket(self, socket: WebSocket) -> None:
        self.asked.append(socket.url)
        self.kinds["websocket"] += 1
        socket.on("framesent", self._frame)

    def _frame(self, frame: bytes | str) -> None:
        self.sent.append(frame if isinstance(frame, bytes) else frame.encode())

    def _console(self, message: ConsoleMessage) -> None:
        if REFUSED.search(message.text):
            self.wrong.append(f"policy: {message.text}")

    def _dialog(self, dialog: object) -> None:
        self.wrong.append(f"dialog: {dialog}")
        dialog.dismiss()  # type: ignore[attr-defined]

    def strangers(self) -> set[str]:
        """Return every address asked that is not the app's own."""
        parts = {url: urlsplit(url) for url in self.asked}
        return {
            url
            for url, part in parts.items()
            if part.scheme not in OURS and part.netloc != self.host
        }


def summary(watches: list[Watch]) -> dict[str, object]:
    """Count what all pages of a test run asked, and of whom."""
    kinds: Counter[str] = sum((watch.kinds for watch in watches), Counter())
    return {
        "visitors": len(watches),
        "requests": kinds.total(),
        "by_kind": dict(kinds.most_common()),
        "hosts_beside_our_own": sorted(set().union(*(watch.strangers() for watch in watches))),
    }

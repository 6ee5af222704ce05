"""Debian's Chromium: a new one for each file of tests, and after a crash."""

from pathlib import Path

from playwright.sync_api import Browser, Playwright

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-gpu-process-crash-limit",
    "--disable-gpu-watchdog",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-logging",
)
"""Without the two of the watchdog a drawing process that a busy machine keeps waiting is killed,
and after a few of them Chromium ends itself."""


class Browsers:
    """The browser of the tests. One crash costs one test: the next gets a new browser."""

    def __init__(self, playwright: Playwright, path: str, log: Path) -> None:
        self._playwright = playwright
        self._path = path
        self._log = log
        self._running: Browser | None = None
        self._file: Path | None = None

    def of(self, file: Path) -> Browser:
        """Return the browser of a file of tests, started when there is none that lives."""
        if file != self._file:
            self.close()
        if self._running is None or not self._running.is_connected():
            self._running = self._playwright.chromium.launch(
                executable_path=self._path, args=[*FLAGS, f"--log-file={self._log}"]
            )
            self._file = file
        return self._running

    def last_words(self) -> str | None:
        """Return what a browser that is gone wrote at its end; None while it lives."""
        if self._running is None or self._running.is_connected():
            return None
        self._running = None
        written = self._log.read_text("utf-8", "replace") if self._log.exists() else ""
        told = [line for line in written.splitlines() if "dbus" not in line]
        return "\n".join(["Chromium ended by itself. The end of its log:", *told[-30:]])

    def close(self) -> None:
        """End the browser that runs."""
        if self._running is not None and self._running.is_connected():
            self._running.close()
        self._running = None

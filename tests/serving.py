"""The real app, as a person starts it, on a port of its own and in a folder of its own."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_S = 60


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return the environment of an installation in `home` that asks nobody anything."""
    kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "PLEIN_CONFIG")}
    return {**kept, "PLEIN_HOME": str(home), "PLEIN_OFFLINE": "1", **more}


def prepare(home: Path, *commands: tuple[str, ...], **more: str) -> None:
    """Run `python -m exchange` commands in an installation."""
    for command in commands:
        subprocess.run(
            [sys.executable, "-m", "exchange", *command],
            cwd=ROOT,
            env=environment(home, **more),
            check=True,
            capture_output=True,
            text=True,
        )


@contextmanager
def served(
    home: Path,
    *,
    script: str = "app.py",
    log: list[str] | None = None,
    editing: str = "here",
    until: str = "URL: http://",
    port: int = 0,
    **more: str,
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Serve the app; yields its address and its process once it answers.

    What it prints is added to `log`, line by line. Who may edit is whoever is at the machine,
    or as `editing` says; a PLEIN_CONFIG of your own has the last word.
    It is ready once it prints `until`; `port` is one of your own, to start again where it was.
    """
    port = port or free_port()
    more = {"PLEIN_CONFIG": str(_config(home, editing)), **more}
    command = [sys.executable, "-m", "streamlit", "run", script, f"--server.port={port}"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**environment(home, **more), "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        _wait_until_told(process, [] if log is None else log, until)
        yield f"http://localhost:{port}", process
    finally:
        process.terminate()
        process.wait(timeout=20)
        assert process.stdout is not None
        process.stdout.close()


def _config(home: Path, editing: str) -> Path:
    """Write what the product ships, with another word on who may edit."""
    path = home / f"plein-{editing}.toml"
    shipped = (ROOT / "plein.toml").read_text(encoding="utf-8")
    path.write_text(shipped.replace('editing = "accounts"', f'editing = "{editing}"'), "utf-8")
    return path


def _wait_until_told(process: subprocess.Popen[str], lines: list[str], until: str) -> None:
    told = threading.Event()

    def read() -> None:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                lines.append(line)
                if until in line:
                    told.set()
        except ValueError:
            pass
        told.set()

    threading.Thread(target=read, daemon=True).start()
    if not told.wait(START_S) or process.poll() is not None:
        raise AssertionError("The app did not start:\n" + "".join(lines))

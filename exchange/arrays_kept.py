"""Arrays kept on disk in one file: named without opening, written whole or not at all."""

import os
import tokenize
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

import numpy as np

DAMAGE: Final = (
    OSError, ValueError, EOFError, KeyError, TypeError, SyntaxError, MemoryError, OverflowError,
    NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error, tokenize.TokenError,
)  # fmt: skip
"""What numpy and zipfile say of a damaged file."""


def version(path: Path) -> str:
    """Name what a file holds, without opening it: another name once it was replaced.

    >>> version(Path("/nowhere"))
    ''
    """
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{found.st_mtime_ns}-{found.st_size}-{found.st_ino}"


def save_arrays(path: Path, arrays: Mapping[str, Any]) -> Path:
    """Write arrays (npz, no pickle); the old file stays until the new one is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        part = Path(file.name)
        try:
            np.savez(file, allow_pickle=False, **arrays)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    part.chmod(0o644)
    part.replace(path)
    return path

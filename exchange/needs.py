"""The table of needs of an installation: its own file, else the one Plein comes with."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from directory.needs import NEEDS, Need, parse_needs
from geo.errors import N_, BadInputError

FILE = "needs.toml"


def open_needs(home: Path) -> Mapping[str, Need]:
    """Return the needs by id; a file that is changed is read anew.

    Raises:
        BadInputError: the installation's own file cannot be read or understood.
    """
    path = home / FILE
    try:
        found = path.stat()
    except OSError:
        return NEEDS
    return _read(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=1)
def _read(path: Path, changed_ns: int, size: int) -> Mapping[str, Need]:
    del changed_ns, size
    try:
        return parse_needs(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(
            N_("{path} cannot be read: {reason}."), path=str(path), reason=str(error)
        ) from error

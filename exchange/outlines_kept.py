"""Official outlines kept on disk: written whole or not at all, read while they are replaced.

`sectors.json` names the file that holds; replacing it is the one step that counts. The file before
it stays, so that a process that is opening it is not cut off.
"""

import hashlib
import io
import json
import os
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import geopandas as gpd
import pyogrio
import pyogrio.errors

from exchange import arrays_kept
from geo.errors import N_, BadInputError, PleinError

_NOTE = "sectors.json"
_PATTERN = "official-*.fgb"
_PART = ".part-"
_ABANDONED_S = 3_600


class KeepError(PleinError):
    """Outlines that could not be written: a full disk, a folder that is not ours."""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """What is written beside the outlines.

    `sha256` is of the file as published, `kept_sha256` of ours; `situation` the day the outlines
    stand for, `read_on` the day we read them; `municipalities` those that were kept (none: all).
    """

    source: str
    licence: str
    url: str
    situation: str
    read_on: str
    sha256: str
    municipalities: tuple[str, ...] = ()
    sectors: int = 0
    file: str = ""
    kept_sha256: str = ""


def version(home: Path) -> str:
    """Name what is kept under `home`, without opening it: another name once it was replaced.

    >>> version(Path("/nowhere"))
    ''
    """
    return arrays_kept.version(home / "sectors" / _NOTE)


def keep(home: Path, sectors: gpd.GeoDataFrame, origin: Origin) -> Origin:
    """Write the outlines under `home`/sectors, then point to them.

    Args:
        home: the folder of this instance.
        sectors: as `geo.sectors.normalise` returns them.
        origin: where they come from; counts and names of files are filled in.

    Raises:
        KeepError: nothing was changed, and why.
    """
    content = _packed(sectors)
    digest = hashlib.sha256(content).hexdigest()
    complete = replace(
        origin, sectors=len(sectors), file=f"official-{digest[:16]}.fgb", kept_sha256=digest
    )
    folder = home / "sectors"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        before = ""
        with suppress(BadInputError):
            before = (_read_note(folder) or complete).file
        _write(folder / complete.file, content)
        note = json.dumps(asdict(complete), ensure_ascii=False, indent=1)
        _write(folder / _NOTE, note.encode())
    except OSError as error:
        raise KeepError(
            N_(
                "The outlines could not be written to {folder}: {reason}. "
                "Those of before stay. Make room and try again."
            ),
            folder=str(folder),
            reason=error.strerror or str(error),
        ) from error
    _tidy(folder, {complete.file, before})
    return complete


def open_kept(home: Path) -> tuple[gpd.GeoDataFrame, Origin] | None:
    """Open the outlines kept under `home`, None where there are none.

    Raises:
        BadInputError: they are damaged, half-written or not ours.
    """
    folder = home / "sectors"
    for last in (False, True):
        try:
            origin = _read_note(folder)
            if origin is None:
                return None
            content = (folder / origin.file).read_bytes()
        except OSError as error:
            if last:
                raise _damaged(error.strerror or str(error)) from error
            continue
        if hashlib.sha256(content).hexdigest() == origin.kept_sha256:
            return _unpacked(content), origin
        if last:
            raise _damaged("they are not as they were written")
    return None


def _packed(sectors: gpd.GeoDataFrame) -> bytes:
    buffer = io.BytesIO()
    pyogrio.write_dataframe(
        sectors.reset_index(),
        buffer,
        layer="sectors",
        driver="FlatGeobuf",
        promote_to_multi=True,
        SPATIAL_INDEX="NO",
    )
    return buffer.getvalue()


def _unpacked(content: bytes) -> gpd.GeoDataFrame:
    try:
        frame = gpd.GeoDataFrame(pyogrio.read_dataframe(io.BytesIO(content)))
    except (pyogrio.errors.DataSourceError, ValueError, RuntimeError) as error:
        raise _damaged(str(error)) from error
    return frame.set_index("code").sort_index()


def _read_note(folder: Path) -> Origin | None:
    path = folder / _NOTE
    if not path.exists():
        return None
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        origin = Origin(**{**told, "municipalities": tuple(told.get("municipalities", ()))})
    except (ValueError, TypeError, AttributeError) as error:
        raise _damaged(f"{_NOTE} cannot be read") from error
    if Path(origin.file).name != origin.file or not Path(origin.file).match(_PATTERN):
        raise _damaged(f"{_NOTE} names “{origin.file[:80]}”")
    return origin


def _write(path: Path, content: bytes) -> None:
    """Write a file under another name, then give it its own: whole, or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_PART)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _tidy(folder: Path, kept: set[str]) -> None:
    for file in folder.glob(_PATTERN):
        if file.name not in kept:
            with suppress(OSError):
                file.unlink()
    for file in folder.glob(f"{_PART}*"):
        with suppress(OSError):
            if time.time() - file.stat().st_mtime > _ABANDONED_S:
                file.unlink()


def _damaged(reason: str) -> BadInputError:
    return BadInputError(
        N_("The official outlines kept here are damaged: {reason}. Run make data again."),
        reason=reason[:200],
    )

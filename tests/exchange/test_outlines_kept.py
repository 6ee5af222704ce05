import errno
import json
import os
import threading
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from exchange import outlines_kept
from exchange.outlines_kept import KeepError, Origin, keep, open_kept
from geo.errors import BadInputError
from geo.sectors import normalise

ORIGIN = Origin(
    source="Statbel",
    licence="CC BY 4.0",
    url="a.zip",
    situation="2022-01-01",
    read_on="2026-11-23",
    sha256="0" * 64,
    municipalities=("21004",),
)


def squares(n: int) -> gpd.GeoDataFrame:
    return normalise(
        gpd.GeoDataFrame(
            {"cd_sector": [f"21004A{i:02}-" for i in range(n)], "tx_sector_descr_fr": "É <b>"},
            geometry=[
                shapely.box(150_000 + 100 * i, 170_000, 150_100 + 100 * i, 170_100)
                for i in range(n)
            ],
            crs=31370,
        )
    )


def files(home: Path) -> list[str]:
    return sorted(file.name for file in (home / "sectors").iterdir())


def test_what_is_kept_is_opened_as_it_was(tmp_path: Path) -> None:
    sectors = squares(4)
    origin = keep(tmp_path, sectors, ORIGIN)
    opened = open_kept(tmp_path)
    assert opened is not None
    assert opened[1] == origin
    assert (origin.sectors, origin.municipalities) == (4, ("21004",))
    assert list(opened[0].index) == list(sectors.index)
    assert opened[0].crs.to_epsg() == 31370
    assert opened[0].geometry.geom_equals(sectors.geometry).all()
    assert set(opened[0]["name_fr"]) == {"É <b>"}
    assert open_kept(tmp_path / "elsewhere") is None


def test_the_one_before_stays_and_older_ones_go(tmp_path: Path) -> None:
    kept = [keep(tmp_path, squares(n), ORIGIN).file for n in (1, 2, 3)]
    assert files(tmp_path) == sorted([*kept[1:], "sectors.json"])
    keep(tmp_path, squares(3), ORIGIN)
    opened = open_kept(tmp_path)
    assert opened is not None
    assert len(opened[0]) == 3


@pytest.mark.parametrize("at", ["write", "flush", "replace"])
def test_a_full_disk_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    keep(tmp_path, squares(2), ORIGIN)
    before = files(tmp_path)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if at == "write":
        monkeypatch.setattr(outlines_kept.tempfile, "mkstemp", full)
    elif at == "flush":
        monkeypatch.setattr(outlines_kept.os, "fsync", full)
    else:
        monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(KeepError, match=r"No space left on device.*Those of before stay"):
        keep(tmp_path, squares(3), ORIGIN)
    monkeypatch.undo()
    opened = open_kept(tmp_path)
    assert opened is not None
    assert len(opened[0]) == 2
    assert files(tmp_path) == before


def test_a_disk_full_after_the_outlines_but_before_the_note_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(tmp_path, squares(2), ORIGIN)
    write = outlines_kept._write

    def half(path: Path, content: bytes) -> None:
        if path.name == "sectors.json":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(path, content)

    monkeypatch.setattr(outlines_kept, "_write", half)
    with pytest.raises(KeepError, match="No space left"):
        keep(tmp_path, squares(3), ORIGIN)
    opened = open_kept(tmp_path)
    assert opened is not None
    assert len(opened[0]) == 2


def test_a_home_that_is_a_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(KeepError, match="could not be written"):
        keep(tmp_path / "home", squares(1), ORIGIN)


@pytest.mark.parametrize("how", ["half", "gone", "no json", "not ours", "leads outside", "list"])
def test_what_is_damaged_is_said(tmp_path: Path, how: str) -> None:
    origin = keep(tmp_path, squares(3), ORIGIN)
    outlines, note = tmp_path / "sectors" / origin.file, tmp_path / "sectors" / "sectors.json"
    if how == "half":
        outlines.write_bytes(outlines.read_bytes()[: outlines.stat().st_size // 2])
    elif how == "gone":
        outlines.unlink()
    elif how == "no json":
        note.write_text(note.read_text()[:40])
    elif how == "list":
        note.write_text("[]")
    else:
        told = json.loads(note.read_text())
        told["file"] = "../../official-0.fgb" if how == "leads outside" else "x.pickle"
        note.write_text(json.dumps(told))
    with pytest.raises(BadInputError, match=r"are damaged.*make data again"):
        open_kept(tmp_path)


def test_damaged_outlines_are_replaced_by_good_ones(tmp_path: Path) -> None:
    keep(tmp_path, squares(3), ORIGIN)
    (tmp_path / "sectors" / "sectors.json").write_text("{")
    abandoned = tmp_path / "sectors" / ".part-abandoned"
    abandoned.write_text("half")
    os.utime(abandoned, (0, 0))
    origin = keep(tmp_path, squares(2), ORIGIN)
    assert files(tmp_path) == [origin.file, "sectors.json"]
    opened = open_kept(tmp_path)
    assert opened is not None
    assert len(opened[0]) == 2


def test_who_reads_while_it_is_replaced_sees_one_or_the_other(tmp_path: Path) -> None:
    keep(tmp_path, squares(1), ORIGIN)
    done = threading.Event()
    seen: list[int] = []
    failed: list[Exception] = []

    def read() -> None:
        while not done.is_set():
            try:
                opened = open_kept(tmp_path)
            except BadInputError as error:
                failed.append(error)
                return
            assert opened is not None
            assert len(opened[0]) == opened[1].sectors
            seen.append(len(opened[0]))

    reader = threading.Thread(target=read)
    reader.start()
    for n in [*range(2, 30), 3]:
        keep(tmp_path, squares(n), ORIGIN)
    done.set()
    reader.join()
    assert not failed
    assert seen

"""Real files of every published form, made here, and broken in every way we know."""

import contextlib
import errno
import io
import json
import os
import sqlite3
import warnings
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange import sector_files
from exchange.sector_files import read_sectors
from geo.errors import BadInputError, CrsError
from geo.sectors import normalise

NAME = "sh_statbel_statistical_sectors_31370_20220101"


def published(crs: int | None = 31370) -> gpd.GeoDataFrame:
    """Four squares in a row."""
    frame = gpd.GeoDataFrame(
        {
            "cd_sector": [f"21004A0{n}-" for n in range(4)],
            "tx_sector_descr_nl": [f"VAK {n}" for n in range(4)],
            "tx_sector_descr_fr": [f"CASE É {n}" for n in range(4)],
            "cd_munty_refnis": "21004",
            "tx_munty_descr_nl": "Brussel",
            "tx_munty_descr_fr": "Bruxelles",
        },
        geometry=[shapely.box(x, 170_000, x + 100, 170_100) for x in range(150_000, 150_400, 100)],
        crs=31370,
    )
    return frame.to_crs(crs) if crs else frame


def written(folder: Path, name: str, frame: gpd.GeoDataFrame, **options: str) -> Path:
    driver = {".gpkg": "GPKG", ".shp": "ESRI Shapefile", ".sqlite": "SQLite"}.get(
        Path(name).suffix, "GeoJSON"
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a shapefile cuts names at ten characters, and says so
        pyogrio.write_dataframe(frame, folder / name, driver=driver, **options)
    return folder / name


def zipped(folder: Path, *files: Path, inside: str = "") -> Path:
    target = folder / f"{files[0].name}.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, f"{inside}{file.name}")
    return target


def gpkg(folder: Path) -> Path:
    return written(folder, f"{NAME}.gpkg", published(), layer="sectors")


def geojson(folder: Path) -> Path:
    return written(folder, f"{NAME}.geojson", published())


def geojson_2008(folder: Path) -> Path:
    return written(folder, "sh_statbel_statistical_sectors_3812_20230101.geojson", published(3812))


def sqlite(folder: Path) -> Path:
    return written(folder, f"{NAME}.sqlite", published())


def shapefile(folder: Path) -> Path:
    return written(folder, f"{NAME}.shp", published(), ENCODING="UTF-8")


def zipped_shapefile(folder: Path) -> Path:
    path = shapefile(folder)
    parts = [path, *(path.with_suffix(s) for s in (".shx", ".dbf", ".prj", ".cpg"))]
    return zipped(folder, *parts, inside=f"{NAME}.shp/")


def zipped_geojson(folder: Path) -> Path:
    return zipped(folder, geojson(folder), inside="deep/er/")


def zipped_gpkg(folder: Path) -> Path:
    return zipped(folder, gpkg(folder))


def without_an_extension(folder: Path) -> Path:
    return zipped_gpkg(folder).rename(folder / "download")


FORMS = [
    gpkg,
    geojson,
    geojson_2008,
    sqlite,
    shapefile,
    zipped_shapefile,
    zipped_geojson,
    zipped_gpkg,
    without_an_extension,
]


@pytest.mark.parametrize("form", FORMS)
def test_every_published_form_reads_the_same(tmp_path: Path, form: Callable[[Path], Path]) -> None:
    layer = read_sectors(form(tmp_path))
    ours = normalise(layer.frame, municipalities=["21004"])
    assert list(ours.index) == [f"21004A0{n}-" for n in range(4)]
    assert list(ours["name_fr"]) == [f"Case É {n}" for n in range(4)]
    assert list(ours["name_nl"]) == [f"Vak {n}" for n in range(4)]
    assert set(ours["municipality_nl"]) == {"Brussel"}
    assert ours.total_bounds == pytest.approx([150_000, 170_000, 150_400, 170_100], abs=0.01)
    assert layer.situation in {"2022-01-01", "2023-01-01"}


def test_the_layer_of_sectors_is_found_among_others(tmp_path: Path) -> None:
    path = tmp_path / "UrbISVector_04000.gpkg"
    other = gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.Point(1, 1)], crs=31370)
    pyogrio.write_dataframe(other, path, layer="Addresses")
    pyogrio.write_dataframe(published(), path, layer="StatisticalSectors", append=True)
    assert len(normalise(read_sectors(path).frame)) == 4


def test_a_file_that_does_not_say_its_system_has_that_of_its_name(tmp_path: Path) -> None:
    told = json.loads(geojson(tmp_path).read_text())
    del told["crs"], told["name"]
    silent = tmp_path / f"{NAME}_again.geojson"
    silent.write_text(json.dumps(told))
    assert normalise(read_sectors(silent).frame).crs.to_epsg() == 31370
    nameless = silent.rename(tmp_path / "sectors.geojson")
    with pytest.raises(CrsError, match="no coordinate reference system"):
        normalise(read_sectors(nameless).frame)


def test_the_situation_comes_from_a_column_the_name_or_the_code(tmp_path: Path) -> None:
    frame = published().assign(dt_situation="2024-01-01")
    assert read_sectors(written(tmp_path, "a.gpkg", frame)).situation == "2024-01-01"
    frame = published().rename(columns={"cd_sector": "CS01012019"})
    assert read_sectors(written(tmp_path, "b.gpkg", frame)).situation == "2019-01-01"
    assert read_sectors(written(tmp_path, "c.gpkg", published())).situation == ""


def cut(path: Path, share: float = 0.6) -> Path:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    return path


def damaged_inside(folder: Path) -> Path:
    path = gpkg(folder)
    content = bytearray(path.read_bytes())
    content[4096:20_000] = b"\x00" * (20_000 - 4096)
    path.write_bytes(content)
    return path


def bomb(folder: Path) -> Path:
    target = folder / "bomb.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sectors.geojson", b"0" * 30_000_000)
    return target


def table_only(folder: Path) -> Path:
    path = folder / "table.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE sectors (cd_sector TEXT)")
        database.execute("INSERT INTO sectors VALUES ('21004A00-')")
        database.commit()
    return path


def content(name: str, what: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(what)
        return folder / name

    return make


def shapefile_alone(folder: Path) -> Path:
    path = shapefile(folder)
    path.with_suffix(".dbf").unlink()
    return path


def shapefile_cut_in_a_zip(folder: Path) -> Path:
    path = cut(shapefile(folder))
    return zipped(folder, path, path.with_suffix(".shx"), path.with_suffix(".dbf"))


def zip_of_a_letter(folder: Path) -> Path:
    return zipped(folder, content("readme.txt", b"Dear reader")(folder))


def locked(folder: Path) -> Path:
    path = bytearray(zipped_gpkg(folder).read_bytes())
    buffer = io.BytesIO(path)
    with zipfile.ZipFile(buffer) as archive:
        info = archive.infolist()[0]
    for start in (info.header_offset + 6, path.rindex(b"PK\x01\x02") + 8):
        path[start] |= 1
    return content("locked.zip", bytes(path))(folder)


BROKEN: dict[str, tuple[Callable[[Path], Path], str]] = {
    "zip cut short": (lambda f: cut(zipped_gpkg(f)), "broken or cut short"),
    "gpkg cut short": (lambda f: cut(gpkg(f)), r"is cut short: \d+ of \d+ bytes"),
    "gpkg damaged": (damaged_inside, "broken or cut short"),
    "sqlite cut short": (lambda f: cut(sqlite(f)), "cut short"),
    "geojson cut short": (lambda f: cut(geojson(f)), "broken or cut short"),
    "shapefile cut short": (lambda f: cut(shapefile(f)), "is cut short"),
    "shapefile cut short in a zip": (shapefile_cut_in_a_zip, "is cut short"),
    "shapefile alone": (shapefile_alone, "lacks its .dbf"),
    "nothing": (content("a.gpkg", b""), "is empty"),
    "html": (content("a.zip", b"\n<!DOCTYPE html><h1>404"), "is an HTML page"),
    "pdf": (content("a.gpkg", b"%PDF-1.7 ..."), "is a PDF"),
    "csv": (content("a.csv", b"cd_sector;name\n21004A00-;x\n"), "is text"),
    "vrt": (content("a.vrt", b"<OGRVRTDataSource></OGRVRTDataSource>"), "is XML"),
    "noise": (content("a.gpkg", bytes(range(256))), "is something else"),
    "json of something else": (content("a.geojson", b'{"a": 1}'), "broken|no layer"),
    "zip without sectors": (zip_of_a_letter, "holds no GeoPackage"),
    "zip bomb": (bomb, "unpacks to 1 files of 30 MB"),
    "locked zip": (locked, "broken or cut short"),
    "table without outlines": (table_only, "no layer with outlines"),
    "not there": (lambda f: f / "none.gpkg", "No such file"),
    "a folder": (lambda f: f, "Is a directory"),
}


@pytest.mark.parametrize("how", BROKEN)
def test_what_cannot_be_read_says_why(tmp_path: Path, how: str) -> None:
    make, reason = BROKEN[how]
    with pytest.raises(BadInputError, match=reason):
        read_sectors(make(tmp_path))


def test_a_disk_too_small_to_unpack_on_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = zipped_gpkg(tmp_path)

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(sector_files, "_extract", full)
    with pytest.raises(BadInputError, match="could not be unpacked: No space left on device"):
        read_sectors(path)


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    makers = (gpkg, geojson, sqlite, zipped_shapefile, zipped_geojson)
    return [make(tmp_path_factory.mktemp("form")).read_bytes() for make in makers]


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_no_damage_is_more_than_a_sentence(
    forms: list[bytes], tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(data.draw(st.sampled_from(forms)))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content)))
        length = data.draw(st.sampled_from([0, 1, 1, 4, 200, len(content)]))
        content[at : at + length] = data.draw(st.binary(max_size=8))
    path = tmp_path_factory.getbasetemp() / "damaged"
    path.write_bytes(content)
    with contextlib.suppress(BadInputError):
        normalise(read_sectors(path).frame)


def test_names_inside_a_zip_cannot_lead_outside(tmp_path: Path) -> None:
    target = tmp_path / "evil.zip"
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("../../../../tmp/plein-evil.geojson", geojson(tmp_path).read_bytes())
    assert len(read_sectors(target).frame) == 4
    assert not Path("/tmp/plein-evil.geojson").exists()  # noqa: S108 - where it must not be

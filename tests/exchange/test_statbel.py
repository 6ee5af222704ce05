import json
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely

from exchange import __main__ as cli
from exchange.register import read_neighbourhoods, read_register
from exchange.settings import SectorSource, settings
from exchange.statbel import fetch, open_territory, prepare, schematic_territory
from geo.errors import BadInputError, PleinError
from geo.levels import Level

DATA = Path(__file__).parents[2] / "data" / "sectors"
REGISTER = DATA / "register.csv"
OFFICIAL = "sh_statbel_statistical_sectors_31370_20220101_brussels.gpkg"
MAROLLES = ["21004A04-", "21004A15-", "21004A16-", "21004A70-", "21004A71-", "21004A72-"]


@pytest.fixture(scope="module")
def register() -> pd.DataFrame:
    return read_register(REGISTER)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def marolles(*codes: str) -> gpd.GeoDataFrame:
    """Squares in place of the sectors of the Marolles, or others."""
    named = list(codes or MAROLLES)
    return gpd.GeoDataFrame(
        {"cd_sector": named, "tx_sector_descr_fr": "BLAES (RUE)", "cd_munty_refnis": "21004"},
        geometry=[
            shapely.box(148_500 + 200 * n, 169_500, 148_700 + 200 * n, 169_700)
            for n in range(len(named))
        ],
        crs=31370,
    )


def saved(folder: Path, frame: gpd.GeoDataFrame, name: str = "sectors_20240101.gpkg") -> Path:
    folder.mkdir(exist_ok=True)
    pyogrio.write_dataframe(frame, folder / name, driver="GPKG")
    return folder / name


def test_before_anything_is_fetched_the_territory_is_schematic(home: Path) -> None:
    territory = open_territory(home, REGISTER)
    assert territory.schematic
    assert territory.problem is None
    assert (len(territory.sectors), len(territory.municipalities)) == (724, 19)
    assert len(territory.districts) == 145
    assert territory.districts.loc["8", "name_nl"] == "Marollen"
    assert territory.municipalities.loc["21004", "name_nl"] == "Brussel"
    assert not home.exists()


def test_a_sector_is_found_at_its_own_centre_nearly_always(register: pd.DataFrame) -> None:
    found = schematic_territory(register).locate(register[["x", "y"]].to_numpy(float))
    assert (found == register.index).mean() > 0.97


def test_what_is_prepared_is_opened_with_names_and_districts(
    home: Path, tmp_path: Path, register: pd.DataFrame
) -> None:
    neighbourhoods = read_neighbourhoods(DATA / "neighbourhoods.csv")
    path = saved(tmp_path, marolles(*MAROLLES[:-1], "21004A7X-"))
    got = prepare(path, home, register, municipalities=["21004"], neighbourhoods=neighbourhoods)
    assert got.difference.new == ("21004A7X-",)
    assert "21004A72-" in got.difference.gone
    assert not any(code.startswith("21001") for code in got.difference.gone)
    assert "21004A72-" in got.losses["marollen"]
    territory = open_territory(home, REGISTER)
    assert not territory.schematic
    assert (territory.source, territory.situation) == ("Statbel", "2024-01-01")
    assert territory.sectors.loc["21004A04-", "name_fr"] == "Blaes (Rue)"
    assert territory.sectors.loc["21004A04-", "name_nl"] == "Kapellekerk"
    assert territory.sectors.loc["21004A04-", "district"] == "8"
    assert territory.sectors.loc["21004A7X-", "district"] == ""
    assert list(territory.level(Level.DISTRICT)["name_fr"]) == ["Marolles"]
    note = json.loads((home / "sectors" / "sectors.json").read_text())
    assert len(note["sha256"]) == 64
    assert note["url"] == "sectors_20240101.gpkg"


def test_other_cities_have_their_own_names(home: Path, tmp_path: Path) -> None:
    frame = marolles("11002A00-", "11002A01-").assign(
        cd_munty_refnis="11002", tx_munty_descr_nl="Antwerpen", tx_munty_descr_fr="Anvers"
    )
    prepare(saved(tmp_path, frame), home, read_register(REGISTER), municipalities=["11002"])
    territory = open_territory(home, REGISTER)
    assert territory.municipalities["name_nl"].to_dict() == {"11002": "Antwerpen"}
    assert list(territory.level(Level.REGION)["name_nl"]) == ["Vlaams Gewest"]


def test_yesterdays_outlines_stay_when_a_file_is_refused(
    home: Path, tmp_path: Path, register: pd.DataFrame
) -> None:
    prepare(saved(tmp_path, marolles()), home, register)
    before = open_territory(home, REGISTER).fingerprint
    for name, frame in {
        "twice.gpkg": marolles("21004A04-", "21004A04-"),
        "points.gpkg": marolles().set_geometry(marolles().centroid),
        "foreign.gpkg": marolles().set_crs(28992, allow_override=True),
    }.items():
        with pytest.raises(BadInputError):
            prepare(saved(tmp_path, frame, name), home, register)
    assert open_territory(home, REGISTER).fingerprint == before


def test_outlines_half_written_give_way_to_the_schematic_ones_with_a_sentence(
    home: Path, tmp_path: Path, register: pd.DataFrame
) -> None:
    origin = prepare(saved(tmp_path, marolles()), home, register).origin
    file = home / "sectors" / origin.file
    file.write_bytes(file.read_bytes()[:1_000])
    territory = open_territory(home, REGISTER)
    assert territory.schematic
    assert "damaged" in str(territory.problem)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """A server of the files in tmp_path/served."""
    (tmp_path / "served").mkdir()
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "served"))
    )
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def source(url: str, name: str = "Statbel") -> SectorSource:
    return SectorSource(name=name, url=url, licence="CC BY 4.0")


def test_the_second_source_serves_where_the_first_sends_a_page(
    home: Path, tmp_path: Path, served: str, register: pd.DataFrame
) -> None:
    (tmp_path / "served" / "a.zip").write_text("<!DOCTYPE html><p>Maintenance")
    saved(tmp_path / "served", marolles())
    asked = [source(f"{served}/a.zip"), source(f"{served}/sectors_20240101.gpkg?a=b", "UrbIS")]
    got = fetch(asked, home, register, timeout_s=10, municipalities=["21004"])
    assert (got.origin.source, got.origin.situation) == ("UrbIS", "2024-01-01")
    assert open_territory(home, REGISTER).source == "UrbIS"


def test_what_urbis_answers_is_understood(
    home: Path, tmp_path: Path, served: str, register: pd.DataFrame
) -> None:
    """The columns of urbisvector:StatisticalSectors and GeoServer's way to name the system."""
    frame = marolles().rename(columns={"cd_sector": "NISCODE", "cd_munty_refnis": "MUNNISCODE"})
    told = json.loads(frame.drop(columns="tx_sector_descr_fr").to_json())
    told["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::31370"}}
    (tmp_path / "served" / "wfs").write_text(json.dumps({**told, "totalFeatures": 6}))
    got = fetch([source(f"{served}/wfs?service=WFS&a=b", "UrbIS")], home, register, timeout_s=10)
    assert (got.origin.sectors, got.difference.new) == (6, ())
    territory = open_territory(home, REGISTER)
    assert territory.sectors.loc["21004A04-", "name_nl"] == "Kapellekerk"
    assert territory.municipalities.loc["21004", "name_fr"] == "Bruxelles"


def test_where_nobody_serves_each_reason_is_told(
    home: Path, tmp_path: Path, served: str, register: pd.DataFrame
) -> None:
    (tmp_path / "served" / "a.pdf").write_text("%PDF-1.7")
    asked = [source(f"{served}/none.zip"), source(f"{served}/a.pdf", "UrbIS")]
    with pytest.raises(PleinError, match=r"Statbel: .*404.*UrbIS: .*is a PDF"):
        fetch(asked, home, register, timeout_s=10)
    with pytest.raises(PleinError, match="No source is named"):
        fetch([], home, register)
    assert not home.exists()


@pytest.fixture
def command(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PLEIN_HOME", str(home))
    monkeypatch.setenv("PLEIN_OFFLINE", "1")
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.mark.usefixtures("command")
def test_offline_asks_nobody(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sectors"]) == 1
    assert "nobody was asked" in capsys.readouterr().err
    assert cli.main(["sectors", "--attempt"]) == 0
    assert "schematic outlines until make data succeeds" in capsys.readouterr().out
    assert cli.main(["sectors", "--attempt"]) == 0
    assert capsys.readouterr().out == ""
    assert cli.main(["schematic"]) == 1
    assert "Run make data first" in capsys.readouterr().err
    assert open_territory(home, REGISTER).schematic


@pytest.mark.usefixtures("command")
def test_a_file_given_is_told_against_the_register(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved(tmp_path, marolles("21004A04-", "21004A7X-"))
    assert cli.main(["sectors", str(path)]) == 0
    said = capsys.readouterr().out
    assert "2 official sectors (Statbel, 2024-01-01) are kept" in said
    assert "1 new against the register: 21004A7X-" in said
    assert "723 gone against the register" in said
    assert "Neighbourhood marollen loses 21004A15-" in said
    assert cli.main(["sectors", "--attempt"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.official
@pytest.mark.usefixtures("command")
def test_the_official_file_differs_in_nothing(
    home: Path, official_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = shutil.copy(official_data / OFFICIAL, tmp_path / OFFICIAL)
    assert cli.main(["sectors", str(copy)]) == 0
    assert capsys.readouterr().out == "724 official sectors (Statbel, 2022-01-01) are kept.\n"
    territory = open_territory(home, REGISTER)
    assert (len(territory.sectors), len(territory.districts)) == (724, 145)
    assert cli.main(["schematic"]) == 0
    assert "official land in the right sector" in capsys.readouterr().out

from collections.abc import Callable

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import BadInputError, CrsError
from geo.sectors import columns_of, compare, normalise

Make = Callable[..., gpd.GeoDataFrame]
RELEASES = {
    "2011": "OBJECTID Cs012011 Nis_012011 Sec012011 CS102001 CS031991 CS031981 Sector_nl "
    "Sector_fr Gemeente Commune Arrond_nl Gis_Perime",
    "2019": "OBJECTID CS01012019 T_SEC_FR T_SEC_NL T_SEC_DE C_NIS6 T_NIS6_FR T_NIS6_NL CNIS5_2019 "
    "T_MUN_FR T_MUN_NL T_MUN_DE CNISARRD19 M_AREA_HA",
    "2020 capitals": "CD_SECTOR TX_SECTOR_DESCR_NL TX_SECTOR_DESCR_FR CD_MUNTY_REFNIS "
    "TX_MUNTY_DESCR_NL TX_MUNTY_DESCR_FR",
    "2022": "cd_sector tx_sector_descr_nl tx_sector_descr_fr tx_sector_descr_de cd_sub_munty "
    "tx_munty_dstr cd_munty_refnis tx_munty_descr_nl tx_munty_descr_fr tx_munty_descr_de",
    "2022 cut at ten": "cd_sector tx_sector_ tx_secto_1 tx_secto_2 cd_sub_mun tx_munty_d "
    "cd_munty_r tx_munty_1 tx_munty_2 tx_munty_3",
}
URBIS = "ID NISCODE NAMEFRE NAMEDUT MUNNISCODE MDZONE INSPIRE_ID"


@pytest.mark.parametrize("release", RELEASES.values(), ids=RELEASES)
def test_every_release_has_its_columns_found(release: str) -> None:
    found = columns_of(release.split())
    assert found.keys() == {
        "code",
        "name_fr",
        "name_nl",
        "municipality",
        "municipality_fr",
        "municipality_nl",
    }
    assert len(set(found.values())) == 6
    for ours, french in (("name_fr", "FR"), ("name_nl", "NL")):
        assert french.lower() in found[ours].lower() or "tx_secto" in found[ours]


def test_the_code_of_the_year_is_taken_not_that_of_an_older_census() -> None:
    assert columns_of(RELEASES["2011"].split())["code"] == "Cs012011"


def test_columns_cut_at_ten_are_told_apart_by_their_order() -> None:
    found = columns_of(RELEASES["2022 cut at ten"].split())
    assert (found["name_nl"], found["name_fr"]) == ("tx_sector_", "tx_secto_1")
    assert (found["municipality_nl"], found["municipality_fr"]) == ("tx_munty_1", "tx_munty_2")


def test_urbis_has_codes_and_names() -> None:
    found = columns_of(URBIS.split())
    assert (found["code"], found["name_nl"]) == ("NISCODE", "NAMEDUT")
    assert found["municipality"] == "MUNNISCODE"


def test_our_frame_has_our_columns_whatever_theirs(published: Make) -> None:
    ours = normalise(published(cd_sector="CS01012019", tx_sector_descr_nl="T_SEC_NL"))
    assert list(ours.index) == sorted(ours.index)
    assert ours.loc["21004A11-", "name_nl"] == "Vak 1.1"
    assert ours.loc["21004A11-", "area_ha"] == pytest.approx(1.0)
    assert ours.crs.to_epsg() == 31370


def test_lambert_2008_becomes_lambert_72(published: Make) -> None:
    ours = normalise(published().to_crs(3812))
    assert ours.total_bounds == pytest.approx([150_000, 170_000, 150_300, 170_300], abs=0.01)
    assert shapely.coverage_is_valid(ours.geometry.to_numpy())


def test_only_the_municipalities_asked_for_stay(published: Make) -> None:
    assert set(normalise(published(), municipalities=["21001"])["municipality"]) == {"21001"}


def test_a_broken_neighbour_we_do_not_keep_does_not_matter(published: Make) -> None:
    frame = published()
    frame.loc[frame["cd_munty_refnis"] == "21004", "geometry"] = shapely.Point(150_000, 170_000)
    assert len(normalise(frame, municipalities=["21001"])) == 3


def test_the_municipality_comes_from_the_code_where_no_column_says_it(published: Make) -> None:
    bare = published()[["cd_sector", "geometry"]]
    ours = normalise(bare)
    assert ours.loc["21001A00-", "municipality"] == "21001"
    assert ours.loc["21001A00-", "name_fr"] == ""


def with_last(column: str, value: object) -> Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame]:
    def change(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        frame.loc[frame.index[-1], column] = value
        return frame

    return change


BOW = [(150_200, 170_200), (150_300, 170_300), (150_300, 170_200), (150_200, 170_300)]
ENDLESS = [(150_200, 170_200), (float("inf"), 170_200), (150_300, 170_300)]
SPOILT: dict[str, Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame]] = {
    "code twice": with_last("cd_sector", "21001A00-"),
    "code too short": lambda f: f.assign(cd_sector=f["cd_sector"].str[:8]),
    "code missing": with_last("cd_sector", None),
    "code with markup": with_last("cd_sector", "21004<b>-"),
    "no code column": lambda f: f.drop(columns="cd_sector"),
    "empty": lambda f: f[:0],
    "no outline": with_last("geometry", None),
    "points": lambda f: f.set_geometry(f.geometry.centroid),
    "overlap": with_last("geometry", shapely.box(150_190, 170_200, 150_300, 170_300)),
    "bow tie": with_last("geometry", shapely.Polygon(BOW)),
    "far away": lambda f: f.set_geometry(f.geometry.translate(500_000, 0)),
    "infinite": with_last("geometry", shapely.Polygon(ENDLESS)),
}
REASONS = {
    "code twice": "once, found 1 codes more than once: '21001A00-'",
    "code too short": "nine characters.*found 9 others: '21001A00'",
    "code missing": "nine characters.*found 1 others",
    "code with markup": "nine characters.*21004<b>-",
    "no code column": "column of sector codes such as cd_sector, found tx_sector",
    "empty": "empty layer",
    "no outline": "found none for 1: '21004A22-'",
    "points": "Expected polygons, found Point",
    "overlap": "1 pairs of sectors overlap: 21004A12- and 21004A22- share 1000 m²",
    "bow tie": "1 sectors is not valid: '21004A22-' .Self-intersection",
    "far away": r"outside Belgium .x 650000 to 650300",
    "infinite": "not valid|outside Belgium",
}


@pytest.mark.parametrize("how", REASONS)
def test_what_is_broken_is_refused_with_the_reason(published: Make, how: str) -> None:
    with pytest.raises(BadInputError, match=REASONS[how]):
        normalise(SPOILT[how](published()))


def test_another_system_or_none_is_refused(published: Make) -> None:
    with pytest.raises(CrsError, match="EPSG:31370, EPSG:3812, found EPSG:4326"):
        normalise(published().to_crs(4326))
    with pytest.raises(CrsError, match="no coordinate reference system"):
        normalise(published().set_crs(None, allow_override=True))


def test_a_foreign_territory_is_refused(published: Make) -> None:
    with pytest.raises(BadInputError, match="9 sectors, none in the municipalities"):
        normalise(published(), municipalities=["11002"])


def test_a_sliver_is_no_overlap_and_a_spike_is_repaired(published: Make) -> None:
    frame = published()
    frame.loc[8, "geometry"] = shapely.box(150_199.9, 170_200, 150_300, 170_300)
    x, y = 150_000, 170_000
    spike = [(x, y), (x + 100, y), (x + 100, y + 100), (x + 150, y + 100), (x + 100, y + 100)]
    frame.loc[0, "geometry"] = shapely.Polygon([*spike, (x, y + 100)])
    ours = normalise(frame)
    assert ours.is_valid.all()
    assert ours.loc["21001A00-"].geometry.area == pytest.approx(10_000)


codes = st.sets(st.sampled_from([f"21004A{n:02}-" for n in range(20)]))


@given(codes, codes)
def test_comparing_loses_and_invents_nothing(present: set[str], known: set[str]) -> None:
    difference = compare(present, known)
    assert set(difference.new) | (present & known) == present
    assert set(difference.gone) | (present & known) == known
    assert not set(difference.new) & set(difference.gone)


@pytest.mark.official
def test_the_official_file_has_724_sectors_in_19_municipalities(
    official_sectors: gpd.GeoDataFrame,
) -> None:
    assert len(official_sectors) == 724
    assert official_sectors["municipality"].nunique() == 19
    assert official_sectors["area_ha"].sum() == pytest.approx(16_242, abs=5)
    assert (official_sectors["municipality"] == official_sectors.index.str[:5]).all()

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from exchange.assets import AssetsError
from exchange.handout import map as maps
from exchange.handout.cards import card_of
from exchange.handout.density import ROOMY, SMALLEST_PT
from exchange.handout.layouts import HEIGHT_PT, WIDTH_PT
from exchange.handout.map import START_CUT_M
from exchange.handout.pages import write_handout
from exchange.handout.sheet import LABELS, MOST_PLACES, Relay, Words
from exchange.paper import fonts
from geo.crs import project
from geo.errors import BadInputError
from tests.exchange.handout.sheets import CENTRE, QR, at, entry, handout, read, texts

HOSTILE = (
    "A" * 10_000,
    "un mot " * 2_000,
    "<b>gras</b> &amp; <img src=x> \\( )%",
    "\u202eevil\u202c name",
    "مركز الصحة (Anneessens) 12",
    "Ελληνικό Ω",
    "Центр Їжак",
    "Łódź Şişli ğüş Țară",
    "中文 😀 አማርኛ",
    "\x00\n\t",
)


def test_the_sheet_says_what_was_given() -> None:
    (page,) = texts(write_handout(handout()))
    for text in (
        "Mes adresses", "Mijn adressen", "Imprimé le lundi 23 novembre 2026", "Maison médicale",
        "Médecin · Huisarts", "Rue Haute 1, 1000 Bruxelles", "02 512 34 56", "7 minutes à pied",
        "Rue Haute, 250 m → Rue des Capucins, 250 m", "lundi 9 h à 12 h", "ma 9-12 u",
        "Langues parlées : français, arabe", "Talen: Frans, Arabisch", "Gratuit", "Gratis",
        "Votre relais · Uw relais", "Fatima", "0490 12 34 56", "Cette liste", "Deze lijst",
        "© OpenStreetMap", "1 / 1",
    ):  # fmt: skip
        assert text in page


def test_title_language_and_structure_are_in_the_document() -> None:
    pdf = read(write_handout(handout()))
    assert pdf.metadata
    assert (pdf.metadata.title, pdf.metadata.author) == ("Mes adresses", "Plein")
    catalog: Any = pdf.trailer["/Root"]
    assert catalog["/Lang"] == "fr"
    assert catalog["/MarkInfo"]["/Marked"]
    told = [child.get_object() for child in catalog["/StructTreeRoot"]["/K"]["/K"]]
    kinds = [each["/S"] for each in told]
    assert kinds[:2] == ["/H1", "/P"]
    assert kinds.count("/H2") == 2
    assert [each["/Alt"] for each in told if each["/S"] == "/Figure"] == [
        "Plan · Kaart: Maison médicale",
        "Cette liste · Deze lijst",
    ]
    assert {each.get("/Lang") for each in told if each["/S"] == "/P"} == {"fr", "nl"}
    assert all(each["/Pg"].get_object() == pdf.pages[0].get_object() for each in told)


def test_every_typeface_is_in_the_document_and_every_text_large_enough() -> None:
    entries = [entry(n, name=name, way=(name,)) for n, name in enumerate(HOSTILE, 1)]
    pdf = read(write_handout(handout(*entries)))
    sizes = []
    for page in pdf.pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            assert "/FontFile2" in font["/FontDescriptor"]
        page.extract_text(visitor_text=lambda text, _cm, _tm, _f, size: sizes.append((text, size)))
    assert min(size for text, size in sizes if text.strip()) >= SMALLEST_PT


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert write_handout(handout()) == write_handout(handout())


@pytest.mark.parametrize("one_map", [False, True])
def test_hostile_texts_are_shown_as_they_are(one_map: bool) -> None:  # noqa: FBT001
    entries = [
        entry(
            n, name=bad, category=bad, address=bad, minutes=bad, way=(bad,) * 40, hours=(bad,) * 30,
            phones=(bad,) * 9, spoken=bad, notes=(bad,) * 20, estimated=n == 3,
            second=Words(category=bad, hours=(bad,) * 30, spoken=bad, notes=(bad,) * 20),
        )
        for n, bad in enumerate(HOSTILE, 1)
    ]  # fmt: skip
    relay = Relay(name=HOSTILE[0], lines=HOSTILE, phones=HOSTILE)
    sheet = handout(*entries, title=HOSTILE[1], relay=relay, sources=HOSTILE[0], one_map=one_map)
    told = " ".join(texts(write_handout(sheet)))
    assert "<b>gras</b> &amp; <img src=x> \\( )%" in told
    assert "evil name" in told
    assert "Łódź Şişli ğüş Țară" in told
    assert "Ελληνικό Ω" in told
    assert "Центр Їжак" in told
    assert fonts.UNKNOWN in told
    room = HEIGHT_PT - ROOMY.top_pt - ROOMY.foot_pt
    wide = WIDTH_PT - 2 * ROOMY.side_pt
    assert max(card_of(sheet, each, wide).height_pt for each in entries) <= room


def test_empty_fields_leave_no_gaps_but_unknown_hours_are_said() -> None:
    bare = entry(
        address="", minutes="", way=(), hours=(), phones=(), spoken="", notes=(), category="",
        second=Words(), line=(),
    )  # fmt: skip
    (page,) = texts(write_handout(handout(bare, relay=None, qr="", sources="", printed="")))
    assert "Heures inconnues" in page
    assert "Uren onbekend" in page
    for absent in ("Langues", "Talen", "relais", "liste", "Imprimé"):
        assert absent not in page


def test_a_sheet_in_one_language_says_everything_once() -> None:
    labels = {key: (word, word) for key, word in LABELS.items()}
    (page,) = texts(
        write_handout(handout(entry(second=None), languages=("en", "en"), labels=labels))
    )
    assert page.count("Places for me") == page.count("Your relay") == page.count("02 512") == 1
    assert "·" not in page


def test_ten_places_are_on_two_pages_and_none_is_cut() -> None:
    entries = [entry(n, name=f"Place {n}.") for n in range(1, MOST_PLACES + 1)]
    pages = texts(write_handout(handout(*entries)))
    assert len(pages) == 2
    for n, page in enumerate(pages, 1):
        assert f"{n} / 2" in page
        assert page.count("Maison") == 0
        assert page.count("Place ") == page.count("Gratis") == page.count("02 512 34 56")
    assert "Fatima" in pages[-1]


def test_sheets_written_at_once_are_as_those_written_alone() -> None:
    sheets = [handout(entry(name=f"Maison {n} Ж"), qr=f"{QR}{n}") for n in range(6)]
    alone = [write_handout(sheet) for sheet in sheets]
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(write_handout, sheets)) == alone


def test_none_and_eleven_places_are_refused() -> None:
    with pytest.raises(BadInputError, match="1 to 10 places"):
        handout(*[entry(n) for n in range(11)])
    with pytest.raises(BadInputError, match="at most 1000 characters"):
        handout(qr="x" * 1001)


def test_without_streets_and_with_one_map_there_is_a_sheet() -> None:
    (page,) = texts(write_handout(handout(streets=None)))
    assert "Rue Haute, 250 m" in page
    near = [entry(1), entry(2, line=(), lon=at(200, 0)[0])]
    assert "100 m" in texts(write_handout(handout(*near, one_map=True)))[0]


def test_street_names_are_the_persons_or_the_doors() -> None:
    def names(*languages: str) -> str:
        bare = entry(way=(), address="")
        return texts(write_handout(handout(bare, languages=languages)))[0]

    assert "Rue des Capucins" in names("fr", "nl")
    assert "Kapucijnenstraat" in names("nl", "fr")
    assert "Kapucijnenstraat" in names("en", "nl")


def written_from(*homes: tuple[float, float], one_map: bool = False) -> set[bytes]:
    door = at(0, 250)
    sheets = (handout(entry(line=(home, at(0, 0), door)), one_map=one_map) for home in homes)
    return {write_handout(sheet) for sheet in sheets}


HOMES = (at(-START_CUT_M - 1, 0), at(-250, 0), at(-180, 3), at(-111, -20))


@pytest.mark.parametrize("one_map", [False, True])
def test_the_bytes_do_not_depend_on_where_on_the_first_stretch_one_lives(one_map: bool) -> None:  # noqa: FBT001
    assert len(written_from(*HOMES, one_map=one_map)) == 1


def test_a_home_that_was_drawn_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maps, "START_CUT_M", 0.0)
    assert len(written_from(*HOMES)) == len(HOMES)


def test_no_coordinate_of_the_earth_is_in_the_document() -> None:
    written = write_handout(handout())
    contents = [page.get_contents() for page in read(written).pages]
    whole = b"\n".join([written, *(each.get_data() for each in contents if each is not None)])
    assert b"BDC" in whole  # the pages were read
    for number in (*CENTRE, *at(-250, 0), *at(0, 250)):
        assert f"{number:.3f}".encode() not in whole
    for number in project(np.array([CENTRE]), source=4326, target=3812)[0]:
        assert f"{number:.0f}".encode() not in whole


def test_an_estimated_way_is_said_and_not_drawn() -> None:
    guessed = entry(estimated=True)
    (page,) = texts(write_handout(handout(guessed)))
    assert "7 minutes à pied (estimation)" in page
    assert write_handout(handout(guessed)) == write_handout(handout(entry(estimated=True, line=())))


def test_typefaces_that_were_not_fetched_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "settings", type("Here", (), {"root": tmp_path}))
    fonts._faces.cache_clear()
    try:
        with pytest.raises(AssetsError, match="python -m exchange assets"):
            fonts.face("regular")
    finally:
        fonts._faces.cache_clear()


def test_nothing_is_drawn_beyond_the_paper() -> None:
    pdf = read(write_handout(handout(*[entry(n) for n in range(1, 5)])))
    places: list[float] = []
    for page in pdf.pages:
        page.extract_text(visitor_text=lambda _t, _cm, tm, *_: places.append(float(tm[4])))
        assert (page.mediabox.width, page.mediabox.height) == pytest.approx((WIDTH_PT, HEIGHT_PT))
    assert max(places) < WIDTH_PT - ROOMY.side_pt

"""How many pages a sheet takes, and that nothing on them lies on something else."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest

from exchange.handout import pages
from exchange.handout.bands import Closing, Ground
from exchange.handout.cards import Card
from exchange.handout.density import AIRY, CLOSE, ROOMY, SMALLEST_PT, TELLINGS, TIGHT
from exchange.handout.layouts import HEIGHT_PT, WIDTH_PT, Layout, Placed, fitted
from exchange.handout.pages import write_handout
from exchange.handout.sheet import MOST_PLACES, Entry, Handout, Words
from exchange.handout.strips import Strip, strip_of
from exchange.paper import text
from exchange.paper.fonts import width_pt
from exchange.paper.text import Style
from exchange.paper.writing import CUT
from tests.exchange.handout.sheets import at, entry, handout, texts

Box = tuple[float, float, float, float]
HOURS = (
    ("lun, mar, jeu 9 h–12 h 30 et 13 h 30–17 h", "mer 13 h 30–19 h", "fermé les jours fériés"),  # noqa: RUF001
    ("ma, di, do 9–12.30 u en 13.30–17 u", "wo 13.30–19 u", "gesloten op feestdagen"),  # noqa: RUF001
)
LANGUAGES_AND_MAPS = [
    (languages, one_map) for languages in (("fr", "nl"), ("en", "fr")) for one_map in (False, True)
]


def ordinary(number: int, **other: Any) -> Entry:
    """A place with every fact, as long as they are in Brussels."""
    lon, lat = at(60 * number - 300, 250 - 40 * number)
    told: dict[str, Any] = {
        "name": f"Maison de quartier {number} - Buurthuis {number}",
        "category": "Maison médicale",
        "address": f"Rue des Tanneurs {100 + number}, 1000 Bruxelles",
        "minutes": f"{number + 3} minutes à pied",
        "way": tuple(f"Rue du Chemin {n}, {n}0 m" for n in range(1, 7)),
        "hours": HOURS[0],
        "phones": (f"02 512 00 {number:02}", f"0470 12 00 {number:02}")[: 1 + number % 2],
        "spoken": "français, néerlandais, arabe, tigrigna",
        "notes": ("Sans rendez-vous", "Accessible sans marche", "Gratuit"),
        "second": Words(
            category="Wijkgezondheidscentrum", hours=HOURS[1],
            spoken="Frans, Nederlands, Arabisch, Tigrinya",
            notes=("Zonder afspraak", "Toegankelijk zonder trede", "Gratis"),
        ),
        "lon": lon, "lat": lat, "line": (at(-250, 0), at(0, 0), (lon, lat)),
    }  # fmt: skip
    return entry(number, **(told | other))


def places(count: int, **other: Any) -> Handout:
    """A sheet with so many ordinary places."""
    return handout(*[ordinary(n) for n in range(1, count + 1)], **other)


@pytest.mark.parametrize("languages", [("fr", "nl"), ("en", "fr")])
@pytest.mark.parametrize(
    ("count", "one_map", "most"),
    [(1, False, 1), (3, False, 1), (4, False, 1), (5, False, 2), (10, False, 2)]
    + [(count, True, 1) for count in range(1, MOST_PLACES + 1)],
)
def test_ten_places_take_one_sheet_of_paper(
    languages: tuple[str, str],
    count: int,
    one_map: bool,  # noqa: FBT001
    most: int,
) -> None:
    sheet = places(count, one_map=one_map, languages=languages)
    assert len(fitted(sheet).pages) <= most


@pytest.mark.parametrize(("languages", "one_map"), LANGUAGES_AND_MAPS)
def test_what_one_must_have_is_on_the_sheet_of_ten(
    languages: tuple[str, str],
    one_map: bool,  # noqa: FBT001
) -> None:
    sheet = places(MOST_PLACES, one_map=one_map, languages=languages)
    told = " ".join(texts(write_handout(sheet)))
    for each in sheet.entries:
        for fact in (each.name, each.address, each.minutes, *each.phones):
            assert fact in told
    assert told.count("lun, mar, jeu 9 h–12 h 30") == MOST_PLACES  # noqa: RUF001
    assert told.count("ma, di, do 9–12.30 u") == MOST_PLACES  # noqa: RUF001
    assert "Fatima" in told


@pytest.mark.parametrize(("languages", "one_map"), LANGUAGES_AND_MAPS)
def test_the_sheet_says_when_a_fact_was_left_out(
    languages: tuple[str, str],
    one_map: bool,  # noqa: FBT001
) -> None:
    sheet = places(MOST_PLACES, one_map=one_map, languages=languages)
    told = " ".join(texts(write_handout(sheet)))
    left_out = told.count("Langues parlées") < MOST_PLACES or told.count("Gratuit") < MOST_PLACES
    left_out = left_out or told.count("Chemin 6") < MOST_PLACES
    assert ("everything" in told) == left_out
    assert left_out == one_map


def test_few_places_are_set_roomily_and_many_tightly() -> None:
    chosen = [
        fitted(places(count, one_map=one_map)).density.body.size_pt
        for one_map in (False, True)
        for count in (1, 4, 10)
    ]
    assert chosen[0] == chosen[3] == ROOMY.body.size_pt
    assert chosen[5] == TIGHT.body.size_pt
    assert chosen == sorted(chosen[:3], reverse=True) + sorted(chosen[3:], reverse=True)


def test_each_step_tells_less_and_keeps_the_rest() -> None:
    sheet = places(1, one_map=True)
    strips = [
        strip_of(sheet, sheet.entries[0], 260, density=TIGHT, telling=telling)
        for telling in TELLINGS
    ]
    heights = [strip.height_pt for strip in strips]
    assert heights == sorted(heights, reverse=True)
    told = [piece.lines[-1] for piece in strips[-1].facts.pieces]
    assert len(told) == 6  # address, phone, minutes, hours twice, and that more is known
    assert told[-1] == CUT
    assert [strip.left_out for strip in strips[:4]] == [False, False, False, True]
    way = next(piece for piece in strips[1].facts.pieces if "→" in piece.lines[0])
    assert " ".join(way.lines).split("→")[0].strip() == "…"
    assert " ".join(way.lines).count("→") == 2


@pytest.mark.parametrize("one_map", [False, True])
def test_without_streets_there_is_no_map_and_cards_use_the_width(one_map: bool) -> None:  # noqa: FBT001
    for streets in (None, handout().streets.iloc[:0]):  # type: ignore[union-attr]
        for count in (1, 4, 10):
            layout = fitted(places(count, one_map=one_map, streets=streets))
            blocks = [placed.block for placed in everything(layout)]
            assert len(layout.pages) == 1
            assert not any(isinstance(block, Ground) for block in blocks)
            cards = [block for block in blocks if isinstance(block, Card | Strip)]
            assert {card.map_pt for card in cards} == {0}


def test_a_place_far_from_every_street_has_no_map() -> None:
    lon, lat = at(5_000, 0)
    sheet = handout(ordinary(1), ordinary(2, lon=lon, lat=lat, line=()))
    cards = [placed.block for placed in everything(fitted(sheet))]
    maps = [card.map_pt > 0 for card in cards if isinstance(card, Card | Strip)]
    assert maps == [True, False]


def test_the_relay_is_never_alone_on_a_page() -> None:
    for count in range(1, MOST_PLACES + 1):
        for one_map in (False, True):
            last = fitted(places(count, one_map=one_map)).pages[-1]
            assert isinstance(last[-1].block, Closing)
            assert len(last) > 1


def everything(layout: Layout) -> list[Placed]:
    return [placed for page in layout.pages for placed in page]


def overlaps(boxes: list[Box]) -> list[tuple[Box, Box]]:
    """Pairs of left, top, right, bottom that share more than an edge."""
    return [
        (a, b)
        for a, b in combinations(boxes, 2)
        if min(a[2], b[2]) - max(a[0], b[0]) > 0.1 and min(a[3], b[3]) - max(a[1], b[1]) > 0.1
    ]


HOSTILE = ("A" * 5_000, "un mot " * 900, "مركز الصحة (Anneessens) 12", "中文 😀", "\x00\n", "W")


def hostile() -> list[Entry]:
    """Ten places of which every text is far too long or odd."""
    bads = [HOSTILE[n % len(HOSTILE)] for n in range(MOST_PLACES)]
    return [
        entry(
            n, name=bad, category=bad, address=bad, minutes=bad, way=(bad,) * 40, hours=(bad,) * 30,
            phones=(bad,) * 9, spoken=bad, notes=(bad,) * 20, estimated=n == 3,
            second=Words(category=bad, hours=(bad,) * 30, spoken=bad, notes=(bad,) * 20),
        )
        for n, bad in enumerate(bads, 1)
    ]  # fmt: skip


def sheets_of_all_sizes() -> Iterator[Handout]:
    for one_map in (False, True):
        for count in (1, 2, 4, 5, 7, 10):
            yield places(count, one_map=one_map)
        yield handout(*hostile(), one_map=one_map)


def test_no_block_lies_on_another_or_beyond_the_margins() -> None:
    for sheet in sheets_of_all_sizes():
        layout = fitted(sheet)
        side = layout.density.side_pt
        for page in layout.pages:
            boxes = []
            for placed in page:
                right = placed.left_pt + placed.block.room_pt
                below = placed.top_pt + placed.block.height_pt
                boxes.append((placed.left_pt, placed.top_pt, right, below))
                assert placed.left_pt >= side - 0.1
                assert right <= WIDTH_PT - side + 0.1
                assert placed.top_pt >= layout.density.top_pt
                assert below <= HEIGHT_PT - layout.density.foot_pt + 0.1
            assert overlaps(boxes) == []


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Box]:
    """The boxes of all lines of text but those on maps, from the foot of the page."""
    boxes: list[Box] = []
    draw_line = text.draw_line

    def draw(canvas: Any, line: str, style: Style, x: float, baseline: float) -> None:
        page = canvas.getPageNumber() * 10 * HEIGHT_PT
        right = x + width_pt(line, style.weight, style.size_pt)
        low, high = baseline - 0.2 * style.size_pt, baseline + 0.7 * style.size_pt
        boxes.append((x, page + low, right, page + high))
        draw_line(canvas, line, style, x, baseline)

    monkeypatch.setattr(text, "draw_line", draw)
    monkeypatch.setattr(pages, "draw_line", draw)
    return boxes


def test_no_line_of_text_lies_on_another_or_beyond_the_paper(drawn: list[Box]) -> None:
    for sheet in sheets_of_all_sizes():
        drawn.clear()
        write_handout(sheet)
        assert len(drawn) > 10
        assert overlaps(drawn) == []
        assert min(box[0] for box in drawn) >= TIGHT.side_pt - 0.1
        assert max(box[2] for box in drawn) <= WIDTH_PT - TIGHT.side_pt + 0.1


def test_tight_text_is_large_enough() -> None:
    for density in (AIRY, CLOSE, TIGHT):
        styles = (density.body, density.strong, density.note, density.second_title)
        assert min(style.size_pt for style in styles) >= SMALLEST_PT
        assert density.phone.size_pt >= 12
        assert density.phone.weight == density.name.weight == "bold"

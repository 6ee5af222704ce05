"""A small description on nine hand-drawn squares: every state a cell can be in."""

import math
from dataclasses import replace
from datetime import date
from typing import Any

from exchange.planning.described import (
    Column,
    Credit,
    Described,
    KeyLine,
    Mark,
    ShadedMap,
    Table,
)
from geo.levels import Level
from tests.drawn import code, grid_territory
from tests.records import at

DAY = date(2026, 11, 23)
CODES = tuple(code(column, row) for row in range(3) for column in range(3))
LONG_WORD = "Arbeidsongeschiktheidsverzekeringsmaatschappijvertegenwoordiger"
HOSTILE = (
    "=1+1",
    "+32 2 511",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "#N/A",
    "<b>gras</b> &amp; \\( )%",
    "\u202eevil\u202c\x00 name",
    "مركز الصحة (Anneessens) 12",
    "A" * 20_000,
    "un mot " * 3_000,
    "中文 😀",
    "{braces} {0} %s",
)


def table(**other: Any) -> Table:
    """Minutes, share and number of the nine squares; the last two are beyond and unknown."""
    values = [
        (key, f"Case {n}", 1.0 + n, n / 8, 1_234 * n, 0.034 * n) for n, key in enumerate(CODES)
    ]
    rows = [*values[:7], (CODES[7], "Loin", math.inf, 0.0, 0, 0.0)]
    rows.append((CODES[8], "Inconnu", None, None, None, None))
    told: dict[str, Any] = {
        "id": "sectors",
        "title": "Pharmacies par secteur",
        "columns": (
            Column(id="code", title="Code"),
            Column(id="name", title="Secteur"),
            Column(id="walk_min", title="Minutes à pied", kind="minutes"),
            Column(id="reached", title="Part des habitants", kind="share"),
            Column(id="people", title="Habitants", kind="whole"),
            Column(id="per_1000", title="Par 1 000", kind="number"),
        ),
        "rows": tuple(rows),
        "level": Level.SECTOR,
        "notes": ("La moitié des habitants marche au plus autant.",),
    }
    return Table(**(told | other))


def shaded(**other: Any) -> ShadedMap:
    """The nine squares in two classes and unknown, a neighbourhood and a place of each sign."""
    (point, star, cross) = (at(x, 1.5).point for x in (0.5, 1.5, 2.5))
    assert point
    assert star
    assert cross
    told: dict[str, Any] = {
        "id": "minutes",
        "title": "Minutes à pied jusqu’à la pharmacie",  # noqa: RUF001
        "level": Level.SECTOR,
        "ids": CODES,
        "classes": (0, 0, 0, 1, 1, 1, 1, 1, 2),
        "key": (
            KeyLine(label="5 minutes ou moins", colour="#0b5e66", areas=3),
            KeyLine(label="plus de 5 minutes", colour="#c2591f", areas=5),
            KeyLine(label="inconnu", colour="", areas=1),
        ),
        "marks": (
            Mark(lon=point.lon, lat=point.lat, label="Pharmacie du Parc"),
            Mark(lon=star.lon, lat=star.lat, label="Nouvelle", symbol="star"),
            Mark(lon=cross.lon, lat=cross.lat, symbol="cross"),
        ),
        "outlines": (("Les Gauches", CODES[::3]),),
        "notes": ("Les hachures sont inconnues.",),
    }
    return ShadedMap(**(told | other))


def described(**other: Any) -> Described:
    """A map and a table of the same squares, in French."""
    told: dict[str, Any] = {
        "name": "plein-couverture",
        "title": "Couverture : pharmacies",
        "language": "fr",
        "made_on": DAY,
        "territory": grid_territory(),
        "facts": (("Service", "Pharmacies"), ("Mesure", "Minutes à pied")),
        "summary": ("Un secteur sur neuf est à plus de 15 minutes.",),
        "parts": (shaded(), table()),
        "method": ("On marche à 4,8 km/h le long des rues.",),
        "credits": (
            Credit(
                name="OpenStreetMap", licence="ODbL", date="2026-05-01", gave="pharmacies et rues"
            ),
        ),
    }
    return Described(**(told | other))


def hostile() -> Described:
    """Every text is hostile."""
    bad = HOSTILE
    columns = tuple(Column(id=text, title=text) for text in bad[:6])
    rows = tuple(tuple(bad[(n + m) % len(bad)] for m in range(6)) for n in range(len(bad)))
    key = tuple(replace(line, label=bad[n]) for n, line in enumerate(shaded().key))
    marks = tuple(
        replace(mark, label=text) for mark, text in zip(shaded().marks, bad, strict=False)
    )
    return described(
        title=bad[6],
        facts=tuple((text, text) for text in bad),
        summary=bad,
        parts=(
            shaded(title=bad[0], key=key, marks=marks, outlines=((bad[9], CODES[:1]),), notes=bad),
            table(id=bad[0], title=bad[0], columns=columns, rows=rows, level=None, notes=bad),
        ),
        method=bad,
        credits=tuple(Credit(name=text, licence=text, date=text, gave=text) for text in bad),
    )

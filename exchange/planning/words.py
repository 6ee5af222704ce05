"""The fixed words of what is taken along; `ui` says each in the reader's language."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from babel.dates import format_date
from babel.numbers import format_decimal

from exchange.planning.described import Cell, Column
from geo.errors import N_

LABELS: Final = {
    "about": N_("About this file"),
    "made_on": N_("Made on"),
    "summary": N_("In short"),
    "method": N_("Method"),
    "sources": N_("Sources"),
    "source": N_("Source"),
    "gave": N_("What it gave"),
    "date": N_("Date"),
    "licence": N_("Licence"),
    "outlines": N_("Outlines of the areas"),
    "schematic": N_("The outlines are schematic: computed from the register, not official ones."),
    "map": N_("Map"),
    "notes": N_("Notes"),
    "class": N_("Class"),
    "code": N_("Code"),
    "name": N_("Name"),
    "places": N_("Places on the maps"),
    "longitude": N_("Longitude"),
    "latitude": N_("Latitude"),
    "sign": N_("Sign"),
    "dot": N_("place"),
    "star": N_("new place"),
    "cross": N_("closed place"),
    "unknown": N_("unknown"),
    "beyond": N_("more than {n} min"),
    "minutes": N_("{n} min"),
    "empty_cell": N_("An empty cell is not known; it is not zero."),
    "unknown_cell": N_("“{unknown}” is not zero: nobody knows."),
    "no_rows": N_("No rows."),
    "continued": N_("{title} (continued)"),
    "level_sector": N_("sectors"),
    "level_neighbourhood": N_("neighbourhoods"),
    "level_district": N_("monitoring districts"),
    "level_municipality": N_("municipalities"),
    "level_region": N_("regions"),
    "town_border": N_("Border of a municipality"),
    "outlined": N_("Outlined: {names}"),
    "more_columns": N_("Also in the spreadsheet (XLSX): {names}."),
    "nowhere_known": N_("Not known for any row: {names}."),
    "first_rows": N_("The first {shown} of {all} rows; the spreadsheet (XLSX) has them all."),
}
"""The fixed words by their key, as message ids."""


@dataclass(frozen=True, slots=True)
class Words:
    """How files are worded: the reader's language and what each of `LABELS` is in it.

    Numbers and days are written as in Belgium.
    """

    language: str = "en"
    told: Mapping[str, str] = field(default_factory=dict)

    @property
    def locale(self) -> str:
        """The reader's language as it is written in Belgium."""
        return f"{self.language}_BE"

    def say(self, key: str, **params: object) -> str:
        """Return a fixed word, in English where `ui` gave none.

        >>> Words("nl", {"map": "Kaart"}).say("map"), Words().say("beyond", n="15")
        ('Kaart', 'more than 15 min')
        """
        text = self.told.get(key, LABELS[key])
        return text.format(**params) if params else text

    def day(self, day: date) -> str:
        """Write a day in full.

        >>> Words("fr").day(date(2026, 11, 23))
        '23 novembre 2026'
        """
        return str(format_date(day, "long", locale=self.locale))

    def date(self, text: str) -> str:
        """Write a day given as ISO 8601 in full; any other text stays.

        >>> Words("nl").date("2022-01-01"), Words().date("spring 2026")
        ('1 januari 2022', 'spring 2026')
        """
        try:
            return self.day(date.fromisoformat(text))
        except ValueError:
            return text

    def number(self, value: float, *, decimals: int = 0) -> str:
        """Write a number.

        >>> Words("nl").number(1234.5, decimals=1)
        '1.234,5'
        """
        form = "#,##0" + ("." + "0" * decimals if decimals else "")
        return str(format_decimal(value, format=form, locale=self.locale))

    def cell(self, value: Cell, column: Column, *, places: int | None = None) -> str:
        r"""Write a cell for the eye: what is not known says so, and little is not nothing.

        `places` are the decimals of a number, by default as many as it needs.

        >>> walk = Column(id="walk", title="Walk", kind="minutes")
        >>> [Words().cell(value, walk) for value in (4.26, math.inf, None)]
        ['4,3', '>\xa015', 'unknown']
        >>> share = Column(id="reached", title="Reached", kind="share")
        >>> [Words().cell(value, share) for value in (0.5, 0.001, 0.0)]
        ['50\xa0%', '<\xa01\xa0%', '0\xa0%']
        """
        value = known(value)
        if value is None:
            return self.say("unknown")
        if isinstance(value, str):
            return value
        if math.isinf(value):
            return f">\u00a0{self.number(column.most)}"
        if column.kind == "share":
            return self._share(value)
        if column.kind == "whole" or (isinstance(value, int) and column.kind != "minutes"):
            return self.number(value)
        if places is None:
            places = 1 if column.kind == "minutes" else decimals(value)
        return self.number(value, decimals=places)

    def _share(self, value: float) -> str:
        if 0 < value < HALF_PER_CENT:
            return "<\u00a01\u00a0%"
        if 1 - HALF_PER_CENT < value < 1:
            return ">\u00a099\u00a0%"
        return f"{self.number(100 * value)}\u00a0%"

    def beyond(self, column: Column) -> str:
        """Say that a walk is longer than what was measured."""
        return self.say("beyond", n=self.number(column.most))


HALF_PER_CENT: Final = 0.005
MOST_DECIMALS: Final = 3
"""Of a number below one, so that 0.034 per 1,000 is not shown as 0 (our choice)."""


def decimals(value: float) -> int:
    """Tell how many decimals of a number are shown: three figures in all.

    >>> decimals(12345.6), decimals(34.5), decimals(3.456), decimals(0.0345)
    (0, 1, 2, 3)
    """
    if not value or not math.isfinite(value):
        return 1
    return min(MOST_DECIMALS, max(0, 2 - math.floor(math.log10(abs(value)))))


def known(value: Cell) -> Cell:
    """Return a cell, None where it is not a number at all: that is not known either."""
    if isinstance(value, float) and (math.isnan(value) or value == -math.inf):
        return None
    return value

"""Which sector or district a cell means: whole codes, cut ones, two halves, names in fr and nl."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from directory.indicators import SECTOR
from directory.search import fold
from geo.levels import Level

if TYPE_CHECKING:
    from geo.territory import Territory

_HALVES = re.compile(r"([0-9]{5})[-_ ./]?([A-Z0-9][0-9A-Z_=+*-]{1,3})")
_REFNIS = re.compile(r"[0-9]{5}")
_UNPLACED = re.compile(r"[0-9]{5}Z{2,4}[0-9-]*")
"""Statbel's code of the inhabitants of a municipality that lie in no sector: "NIET TE LOKALISEREN
IN EEN SECTOR", 21004ZZZZ."""
_TOTAL = re.compile(
    r"(?:sous-?)?(?:total|totaal|subtotaal|moyenne|gemiddelde|ensemble|belgique|belgie"
    r"|region(?: de)? bruxelles.*|brussels hoofdstedelijk gewest|brussels gewest)\b.*"
)
_NUMBER_MADE_OF_CODE = re.compile(r"[0-9](?:[.,][0-9]+)?E\+?[0-9]+|[0-9]{5}0+")
"""What Excel makes of 21004E10: a number with ten zeros."""
_SECTOR_FORM = re.compile(r"[0-9]{5}[-_ ./]?(?:[A-Z][0-9A-Z][0-9A-Z_=+*-]{1,2}|Z{2,4})")
_WORDS = re.compile(r"[a-z0-9]+")
_KIND = re.compile(r"^(?:quartier|wijk|district|buurt)s? ")
_BOTH = re.compile(r"\s+[-–/|]\s+")  # noqa: RUF001 - the long dash is typed as well


class State(StrEnum):
    """What a code is to this territory."""

    OURS = "ours"
    STRANGE = "strange"
    DAMAGED = "damaged"
    ELSEWHERE = "elsewhere"
    UNPLACED = "unplaced"
    TOTAL = "total"
    NONE = "none"


class Found(NamedTuple):
    """A code of the territory, or "" and what it is instead."""

    state: State
    code: str = ""


class AreaCodes:
    """The codes of one level of a territory, found in whatever form a file writes them.

    >>> codes = AreaCodes(Level.SECTOR, ["21004A15-", "21004A011"], municipalities=["21004"])
    >>> [codes.find(cell).code for cell in ("21004A15-", "21004 a15", "21004-A011")]
    ['21004A15-', '21004A15-', '21004A011']
    >>> [codes.find(cell).state.value for cell in ("21004A99-", "11002A00-", "21004", "")]
    ['strange', 'elsewhere', 'total', 'none']
    """

    def __init__(
        self,
        level: Level,
        codes: Iterable[str],
        *,
        municipalities: Iterable[str] = (),
        names: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        self.level = level
        self.codes = frozenset(codes)
        self._municipalities = frozenset(municipalities)
        self._named: dict[str, str] = {}
        told = [(_plain(name), key) for key, given in (names or {}).items() for name in given]
        short = [(_KIND.sub("", name), key) for name, key in told]
        for given in (told, [(name, key) for name, key in short if (name, key) not in told]):
            whole = dict(self._named)
            for name, key in given:
                if name not in whole:
                    # A name of two districts is of neither.
                    same = self._named.setdefault(name, key) == key
                    self._named[name] = key if same else ""

    @classmethod
    def of(cls, territory: "Territory", level: Level) -> "AreaCodes":
        """Return the sectors or the districts of a territory."""
        if level is Level.SECTOR:
            towns = map(str, territory.municipalities.index)
            return cls(level, map(str, territory.codes), municipalities=towns)
        names = {
            str(code): (str(row["name_fr"]), str(row["name_nl"]))
            for code, row in territory.districts.iterrows()
        }
        return cls(level, names, names=names)

    def find(self, text: str) -> Found:
        """Tell which code a cell means, and what it is where it means none."""
        cell = " ".join(text.strip().lstrip("'").split())
        if not cell:
            return Found(State.NONE)
        if cell in self.codes:
            return Found(State.OURS, cell)
        if _TOTAL.fullmatch(fold(cell).strip()):
            return Found(State.TOTAL)
        return self._sector(cell) if self.level is Level.SECTOR else self._district(cell)

    def _sector(self, cell: str) -> Found:
        written = re.sub("[–—−]", "-", cell.upper())  # noqa: RUF001 - a word processor's dashes
        halves = _HALVES.fullmatch(written)
        joined = halves[1] + halves[2] if halves else written
        for code in (joined, f"{joined}-"):
            if code in self.codes:
                return Found(State.OURS, code)
        if _UNPLACED.fullmatch(joined):
            return self._elsewhere(joined, State.UNPLACED)
        if _REFNIS.fullmatch(joined):
            return Found(State.TOTAL)
        if _NUMBER_MADE_OF_CODE.fullmatch(joined):
            return Found(State.DAMAGED)
        whole = SECTOR.fullmatch(joined) or SECTOR.fullmatch(f"{joined}-")
        return self._elsewhere(joined, State.STRANGE) if whole else Found(State.STRANGE)

    def _elsewhere(self, code: str, here: State) -> Found:
        return Found(here if code[:5] in self._municipalities else State.ELSEWHERE)

    def _district(self, cell: str) -> Found:
        number = re.sub(r"\.0$", "", cell).lstrip("0")
        if number in self.codes:
            return Found(State.OURS, number)
        for name in (cell, *_BOTH.split(cell)):
            plain = _plain(name)
            code = self._named.get(plain) or self._named.get(_KIND.sub("", plain))
            if code:
                return Found(State.OURS, code)
        return Found(State.STRANGE)


def is_sector_form(text: str) -> bool:
    """Tell whether a cell looks like a sector code of any year or place, whole or cut.

    >>> [is_sector_form(cell) for cell in ("11002A00-", "21004 a15", "21004", "1000")]
    [True, True, False, False]
    """
    return _SECTOR_FORM.fullmatch(" ".join(text.upper().split())) is not None


def _plain(name: str) -> str:
    return " ".join(_WORDS.findall(fold(name)))

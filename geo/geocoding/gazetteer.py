"""Streets and house numbers as flat arrays: what the matcher looks things up in."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from geo.errors import N_, BadInputError

FORMAT: Final = 1
"""Raised when the arrays of a saved gazetteer change their meaning."""
SCALE: Final = 10_000_000
"""Degrees are kept as whole ten-millionths: a centimetre."""
_NOWHERE: Final = -(2**31)
_HOUSE: Final = re.compile(r"\s*(\d{1,5})\s*(.*)")
_UNTIL: Final = re.compile(r"-\s*(\d{1,5})")
_TEXTS: Final = ("names_fr", "names_nl", "municipalities_fr", "municipalities_nl", "suffixes")


class StreetRow(NamedTuple):
    """A street within a postcode, with its house numbers: (number, lon, lat)."""

    name_fr: str
    name_nl: str
    postcode: int
    municipality_fr: str = ""
    municipality_nl: str = ""
    houses: Sequence[tuple[str, float, float]] = ()
    points: Sequence[tuple[float, float]] = ()
    """Points along it, where its geometry is known; the middle one is its centre."""


@dataclass(frozen=True, kw_only=True)
class Gazetteer:
    """Streets, each within one postcode, and their houses sorted by number.

    Positions are whole ten-millionths of a degree (EPSG:4326). Houses of street i are the rows
    `house_start[i]` to `house_start[i + 1]`; `until` is the end of a range ("12-14") or the
    number itself; `suffix` points into `suffixes`. `trace_*` are points along streets.
    """

    names_fr: list[str]
    names_nl: list[str]
    municipalities_fr: list[str]
    municipalities_nl: list[str]
    suffixes: list[str]
    postcode: NDArray[np.int32]
    municipality: NDArray[np.int32]
    lon: NDArray[np.int32]
    lat: NDArray[np.int32]
    house_start: NDArray[np.int32]
    number: NDArray[np.int32]
    until: NDArray[np.int32]
    suffix: NDArray[np.int32]
    house_lon: NDArray[np.int32]
    house_lat: NDArray[np.int32]
    trace_street: NDArray[np.int32]
    trace_lon: NDArray[np.int32]
    trace_lat: NDArray[np.int32]
    source: str = ""

    def __len__(self) -> int:
        return len(self.names_fr)

    @property
    def houses(self) -> int:
        """How many addresses it knows."""
        return len(self.number)

    @classmethod
    def of(cls, rows: Iterable[StreetRow], *, source: str = "") -> Self:
        """Build it from streets; rows of one name, postcode and municipality are one street.

        >>> made = Gazetteer.of([StreetRow("Rue Haute", "Hoogstraat", 1000,
        ...     houses=[("12-14", 4.35, 50.84), ("3A", 4.35, 50.84)])])
        >>> made.number.tolist(), made.until.tolist(), made.suffixes
        ([3, 12], [3, 14], ['', 'A'])
        """
        build = _Builder()
        for row in _merged(rows):
            build.street(row)
        return cls(**build.arrays(), source=source)

    def dump(self) -> dict[str, NDArray[np.generic]]:
        """Return everything as arrays, texts as UTF-8 bytes, for a file."""
        out: dict[str, NDArray[np.generic]] = {"format": np.array([FORMAT])}
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, list):
                value = "\n".join(value)
            if isinstance(value, str):
                value = np.frombuffer(value.encode("utf-8"), dtype=np.uint8)
            out[field.name] = value
        return out

    @classmethod
    def load(cls, kept: "dict[str, NDArray[np.generic]]") -> Self:
        """Read what `dump` returned.

        Raises:
            BadInputError: made by another version, or not whole.
        """
        try:
            whole = kept["format"].tolist() == [FORMAT]
            texts = {name: _text(kept[name]).split("\n") for name in _TEXTS}
            arrays: dict[str, Any] = {
                field.name: np.ascontiguousarray(kept[field.name], dtype=np.int32)
                for field in fields(cls)
                if field.name not in (*_TEXTS, "source")
            }
            source = _text(kept["source"])
        except (KeyError, ValueError, TypeError) as error:
            raise _broken() from error
        if not len(arrays["postcode"]):
            texts["names_fr"] = texts["names_nl"] = []
        made = cls(**{**texts, **arrays}, source=source)
        if not whole or not made.sound():
            raise _broken()
        return made

    def sound(self) -> bool:
        """Whether lengths and references agree, so that no look-up can leave the arrays."""
        streets, houses = len(self.names_fr), len(self.number)
        starts = self.house_start
        lengths = (
            {len(self.names_nl), len(self.postcode), len(self.municipality), len(self.lon)}
            | {len(self.lat), len(starts) - 1}
        ) == {streets} and {
            len(row) for row in (self.until, self.suffix, self.house_lon, self.house_lat)
        } == {houses}
        if not lengths or starts[0] != 0 or starts[-1] != houses or (np.diff(starts) < 0).any():
            return False
        return bool(
            _within(self.municipality, len(self.municipalities_fr))
            and len(self.municipalities_fr) == len(self.municipalities_nl)
            and _within(self.suffix, len(self.suffixes))
            and _within(self.trace_street, streets)
            and len(self.trace_lon) == len(self.trace_lat) == len(self.trace_street)
        )


def degrees(value: int) -> float | None:
    """Turn a kept coordinate into degrees, None where there is none."""
    return None if value == _NOWHERE else value / SCALE


def split_number(text: str) -> tuple[int, int, str] | None:
    """Read a house number: first, last, and what follows; None where it is none.

    >>> split_number("298a"), split_number("12-14"), split_number("s/n")
    ((298, 298, 'A'), (12, 14, ''), None)
    """
    found = _HOUSE.fullmatch(text)
    if not found:
        return None
    first, rest = int(found[1]), found[2].strip().upper()
    until = _UNTIL.match(rest)
    if until and int(until[1]) > first:
        return first, int(until[1]), rest[until.end() :].strip()
    return first, first, rest


class _Builder:
    """Collects rows into columns."""

    def __init__(self) -> None:
        self.texts: dict[str, list[str]] = {name: [] for name in _TEXTS}
        self.texts["suffixes"].append("")
        self.columns: dict[str, list[int]] = {
            field.name: [] for field in fields(Gazetteer) if field.name not in (*_TEXTS, "source")
        }
        self.columns["house_start"].append(0)
        self.municipalities: dict[tuple[str, str], int] = {}
        self.suffixes = {"": 0}

    def street(self, row: StreetRow) -> None:
        columns, texts = self.columns, self.texts
        street = len(texts["names_fr"])
        texts["names_fr"].append(_line(row.name_fr))
        texts["names_nl"].append(_line(row.name_nl))
        columns["postcode"].append(row.postcode)
        columns["municipality"].append(self._municipality(row))
        houses = sorted(
            (*split, lon, lat)
            for number, lon, lat in row.houses
            if (split := split_number(number)) is not None
        )
        for first, until, suffix, lon, lat in houses:
            columns["number"].append(first)
            columns["until"].append(until)
            columns["suffix"].append(self._suffix(suffix))
            columns["house_lon"].append(round(lon * SCALE))
            columns["house_lat"].append(round(lat * SCALE))
        columns["house_start"].append(len(columns["number"]))
        centre = _centre(row.points, [(lon, lat) for *_, lon, lat in houses])
        columns["lon"].append(round(centre[0] * SCALE) if centre else _NOWHERE)
        columns["lat"].append(round(centre[1] * SCALE) if centre else _NOWHERE)
        for lon, lat in row.points:
            columns["trace_street"].append(street)
            columns["trace_lon"].append(round(lon * SCALE))
            columns["trace_lat"].append(round(lat * SCALE))

    def arrays(self) -> dict[str, Any]:
        arrays = {name: np.array(rows, dtype=np.int32) for name, rows in self.columns.items()}
        return {**self.texts, **arrays}

    def _municipality(self, row: StreetRow) -> int:
        key = (_line(row.municipality_fr), _line(row.municipality_nl))
        if key not in self.municipalities:
            self.municipalities[key] = len(self.municipalities)
            self.texts["municipalities_fr"].append(key[0])
            self.texts["municipalities_nl"].append(key[1])
        return self.municipalities[key]

    def _suffix(self, suffix: str) -> int:
        if suffix not in self.suffixes:
            self.suffixes[suffix] = len(self.suffixes)
            self.texts["suffixes"].append(_line(suffix))
        return self.suffixes[suffix]


def _merged(rows: Iterable[StreetRow]) -> list[StreetRow]:
    """Join rows of one street: registers give its two sides, or its parts, an id each."""
    kept: dict[tuple[str, str, int, str], StreetRow] = {}
    for row in rows:
        key = (row.name_fr, row.name_nl, row.postcode, row.municipality_fr)
        old = kept.get(key)
        kept[key] = (
            row
            if old is None
            else old._replace(houses=[*old.houses, *row.houses], points=[*old.points, *row.points])
        )
    return list(kept.values())


def _centre(
    points: Sequence[tuple[float, float]], houses: Sequence[tuple[float, float]]
) -> tuple[float, float] | None:
    """Pick the point of the street nearest to the mean of all, so that it lies on it."""
    given = points or houses
    if not given:
        return None
    array = np.array(given)
    away = (array - array.mean(axis=0)) * (0.63, 1.0)  # a degree east is shorter at 51° north
    nearest = array[int(np.argmin((away**2).sum(axis=1)))]
    return float(nearest[0]), float(nearest[1])


def _line(text: str) -> str:
    return " ".join(text.split())


def _text(array: "NDArray[np.generic]") -> str:
    return array.astype(np.uint8).tobytes().decode("utf-8")


def _within(index: NDArray[np.int32], count: int) -> bool:
    return not len(index) or bool(index.min() >= 0 and index.max() < count)


def _broken() -> BadInputError:
    return BadInputError(
        N_("The saved gazetteer is damaged or of another version. Build it again.")
    )

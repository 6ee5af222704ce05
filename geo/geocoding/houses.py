"""From a house number to a position: known, between two known ones, or nowhere."""

from bisect import bisect_left
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from geo.errors import N_
from geo.geocoding.answers import Reason, Rung
from geo.geocoding.gazetteer import SCALE, Gazetteer, degrees

if TYPE_CHECKING:
    from typing_extensions import Buffer

MOST_BEYOND: Final = 20
"""Numbers past the last known one up to which the last one still tells where (our choice, 2026)."""


class Spot(NamedTuple):
    """Where a number is, on which rung, and why."""

    rung: Rung
    lon: float | None
    lat: float | None
    number: str
    reason: Reason | None = None


class Houses:
    """The house numbers of a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._all = gazetteer
        self._starts = memoryview(cast("Buffer", gazetteer.house_start))
        self._numbers = memoryview(cast("Buffer", gazetteer.number))

    def knows(self, street: int, number: int) -> bool | None:
        """Whether a street has a number; None where no number of it is known."""
        low, high = self._starts[street], self._starts[street + 1]
        if low == high:
            return None
        return self._found(low, high, number) >= 0

    def spot(self, street: int, number: int, suffix: str) -> Spot:
        """Find a number in a street; number 0 asks for the street itself."""
        low, high = self._starts[street], self._starts[street + 1]
        if number and low == high:
            unknown = Reason(N_("No house number of this street is known here."))
            return self._street(street, unknown)
        if not number:
            return self._street(street, None)
        at = self._found(low, high, number)
        if at < 0:
            return self._between(street, number)
        return self._with_suffix(at, high, number, suffix)

    def written(self, at: int) -> str:
        """Write the number of an address as the register does."""
        first, until = int(self._all.number[at]), int(self._all.until[at])
        return f"{first}{f'-{until}' if until > first else ''}{self._suffix(at)}"

    def position(self, at: int) -> tuple[float, float]:
        """Return longitude and latitude of an address."""
        return int(self._all.house_lon[at]) / SCALE, int(self._all.house_lat[at]) / SCALE

    def _suffix(self, at: int) -> str:
        return self._all.suffixes[int(self._all.suffix[at])]

    def _found(self, low: int, high: int, number: int) -> int:
        """Return the row of a number, or of a range that holds it; -1 where there is none."""
        at = bisect_left(self._numbers, number, low, high)
        if at < high and self._numbers[at] == number:
            return at
        for before in range(at - 1, max(low, at - 8) - 1, -1):
            first, until = self._numbers[before], int(self._all.until[before])
            if until >= number and (number - first) % 2 == 0:
                return before
        return -1

    def _with_suffix(self, at: int, high: int, number: int, suffix: str) -> Spot:
        wanted = suffix.upper()
        row = at
        while row < high and self._numbers[row] == self._numbers[at]:
            if self._suffix(row) == wanted:
                return Spot(Rung.ADDRESS, *self.position(row), self.written(row))
            row += 1
        reason = None
        if wanted:
            reason = Reason(
                N_("Number {number} is unknown, {known} is taken."),
                {"number": f"{number}{wanted}", "known": self.written(at)},
            )
        return Spot(Rung.ADDRESS, *self.position(at), self.written(at), reason)

    def _between(self, street: int, number: int) -> Spot:
        low, high = self._starts[street], self._starts[street + 1]
        side = [row for row in range(low, high) if (self._numbers[row] - number) % 2 == 0]
        below = [row for row in side if self._numbers[row] < number]
        above = [row for row in side if self._numbers[row] > number]
        asked = str(number)
        if below and above:
            return self._interpolated(below[-1], above[0], number)
        if not below and not above:
            return self._street(
                street,
                Reason(
                    N_("Number {number} is unknown, as is every number on its side of the street."),
                    {"number": asked},
                ),
            )
        end = below[-1] if below else above[0]
        text = (
            N_("Number {number} is unknown, the last one on its side is {known}.")
            if below
            else N_("Number {number} is unknown, the first one on its side is {known}.")
        )
        reason = Reason(text, {"number": asked, "known": self.written(end)})
        if abs(self._numbers[end] - number) <= MOST_BEYOND:
            return Spot(Rung.STREET, *self.position(end), "", reason)
        return self._street(street, reason)

    def _interpolated(self, before: int, after: int, number: int) -> Spot:
        """Go from one neighbour to the other as far as the number does."""
        first, last = self._numbers[before], self._numbers[after]
        share = (number - first) / (last - first)
        (lon, lat), (lon2, lat2) = self.position(before), self.position(after)
        reason = Reason(
            N_("Number {number} is unknown, between {before} and {after}."),
            {
                "number": str(number),
                "before": self.written(before),
                "after": self.written(after),
            },
        )
        return Spot(
            Rung.INTERPOLATED,
            lon + share * (lon2 - lon),
            lat + share * (lat2 - lat),
            str(number),
            reason,
        )

    def _street(self, street: int, reason: Reason | None) -> Spot:
        lon, lat = degrees(int(self._all.lon[street])), degrees(int(self._all.lat[street]))
        return Spot(Rung.STREET, lon, lat, "", reason)

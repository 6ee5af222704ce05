"""Figures of the territory: population, income, any other, by sector or monitoring district."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from directory.actors import Status
from directory.figures import LARGEST
from directory.sources import Source
from directory.texts import Record, Texts
from geo.errors import N_, BadInputError
from geo.levels import Level

if TYPE_CHECKING:
    from geo.territory import Territory  # geopandas: a second that reading figures does not need

POPULATION: Final = "population"
"""The subject under which inhabitants are found, whatever their year and source."""
YEARS: Final = (1980, 2100)
"""A year outside them is a number of something else (our choice)."""
SECTOR: Final = re.compile(r"[0-9]{5}[0-9A-Z_=+*-]{4}")
"""The nine characters of a sector code: `geo.sectors.CODE`, without geopandas."""
DISTRICT: Final = re.compile(r"[0-9A-Za-z-]{1,20}")
"""The code of a monitoring district: a number as text ("58"), or what another city uses."""
MANY: Final = 20_000
"""Belgium has 19,795 sectors."""

Value = Annotated[float, Field(allow_inf_nan=False, ge=-LARGEST, le=LARGEST)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]


class Unit(StrEnum):
    """What a figure counts. A share is between 0 and 1; euro and number may be below zero."""

    PEOPLE = "people"
    SHARE = "share"
    EURO = "euro"
    NUMBER = "number"


class Indicator(Record):
    """One figure of one year by sector or by monitoring district.

    `subject` is the same for every year of it ("population"). `values` holds what was published:
    a code with None is published as unknown or withheld, a code that is missing was not published.
    Neither is zero.
    """

    id: Slug
    subject: Slug
    names: Texts
    unit: Unit
    level: Literal[Level.SECTOR, Level.DISTRICT]
    year: Annotated[int, Field(ge=YEARS[0], le=YEARS[1])]
    values: Mapping[str, Value | None]
    source: Source
    status: Status = Status.PUBLISHED
    version: int = 0

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not self.names:
            raise BadInputError(N_("Indicator “{id}” needs a name."), id=self.id)
        if not 0 < len(self.values) <= MANY:
            raise BadInputError(
                N_("Expected 1 to {limit} figures in “{id}”, found {found}."),
                limit=MANY,
                id=self.id,
                found=len(self.values),
            )
        form = SECTOR if self.level is Level.SECTOR else DISTRICT
        for code, value in self.values.items():
            if not form.fullmatch(code):
                raise BadInputError(
                    N_("Expected codes of level {level} in “{id}”, found “{code}”."),
                    level=self.level.value,
                    id=self.id,
                    code=code[:40],
                )
            if value is not None and not is_possible(value, self.unit):
                raise BadInputError(
                    N_("“{id}” cannot be {value} in {code}. Correct that figure."),
                    id=self.id,
                    value=value,
                    code=code,
                )
        return self


def indicator_id(subject: str, year: int, level: Level = Level.SECTOR) -> str:
    """Return the id under which a figure of a year is kept.

    >>> indicator_id("population", 2022), indicator_id("income", 2021, Level.DISTRICT)
    ('population-2022', 'income-2021-district')
    """
    return f"{subject}-{year}" + ("" if level is Level.SECTOR else f"-{level.value}")


def is_possible(value: float, unit: Unit) -> bool:
    """Tell whether a figure of this unit can have this value: no fewer than no people.

    >>> is_possible(-1, Unit.PEOPLE), is_possible(1.02, Unit.SHARE), is_possible(-5, Unit.EURO)
    (False, False, True)
    """
    if unit is Unit.PEOPLE:
        return 0 <= value <= LARGEST
    if unit is Unit.SHARE:
        return 0 <= value <= 1
    return abs(value) <= LARGEST


def newest(
    indicators: Mapping[str, Indicator],
    subject: str,
    *,
    level: Level = Level.SECTOR,
    by_year: int | None = None,
) -> Indicator | None:
    """Return the latest figure of a subject, of `by_year` or before; None where there is none."""
    found = [
        one
        for one in indicators.values()
        if (one.subject, one.level, one.status) == (subject, level, Status.PUBLISHED)
        and (by_year is None or one.year <= by_year)
    ]
    return max(found, key=lambda one: (one.year, one.id), default=None)


class Rule(StrEnum):
    """How a sector came by its value."""

    PUBLISHED = "published"
    DISTRICT = "district"
    WEIGHTED = "weighted"


RULES: Final[Mapping[Rule, str]] = {
    Rule.PUBLISHED: N_("As published, sector by sector."),
    Rule.DISTRICT: N_("Each sector shows the figure of its whole district: estimated."),
    Rule.WEIGHTED: N_("The people of a district, shared out over its sectors: estimated."),
}
"""What a screen says beside the figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BySector:
    """An indicator on every sector of a territory; None: unknown there.

    `estimated` are the sectors whose value was not published for them.
    """

    indicator: Indicator
    values: Mapping[str, float | None]
    rule: Rule

    @property
    def estimated(self) -> frozenset[str]:
        """The sectors whose value was derived from that of their district."""
        if self.rule is Rule.PUBLISHED:
            return frozenset()
        return frozenset(code for code, value in self.values.items() if value is not None)


def by_sector(
    indicator: Indicator,
    territory: "Territory",
    *,
    rule: Rule | None = None,
    weights: Mapping[str, float | None] | None = None,
) -> BySector:
    """Give every sector of the territory its value, by a rule that is named.

    Args:
        indicator: by sector, or by district.
        territory: whose sectors and districts.
        rule: for districts one must be chosen. `DISTRICT` gives each sector the value of its
            district, for shares, euro and numbers; `WEIGHTED` shares people out by `weights`,
            and what the sectors of a district get adds up to the district.
        weights: by sector, at least zero, inhabitants say. Where one of a district is unknown
            all of that district is: the others would get too much.

    Raises:
        BadInputError: a rule that does not go with the level or the unit.
    """
    codes = [str(code) for code in territory.codes]
    rule = rule or (Rule.PUBLISHED if indicator.level is Level.SECTOR else None)
    _check_rule(indicator, rule, weights)
    if rule is Rule.PUBLISHED:
        values = {code: indicator.values.get(code) for code in codes}
        return BySector(indicator=indicator, values=values, rule=rule)
    districts = dict(zip(codes, map(str, territory.sectors["district"]), strict=True))
    if rule is Rule.DISTRICT:
        values = {code: indicator.values.get(districts[code]) for code in codes}
        return BySector(indicator=indicator, values=values, rule=rule)
    shared = _shared_out(indicator.values, districts, weights or {})
    return BySector(
        indicator=indicator,
        values={code: shared.get(code) for code in codes},
        rule=Rule.WEIGHTED,
    )


def _check_rule(
    indicator: Indicator, rule: Rule | None, weights: Mapping[str, float | None] | None
) -> None:
    people = indicator.unit is Unit.PEOPLE
    if rule is None or (indicator.level is Level.SECTOR) != (rule is Rule.PUBLISHED):
        raise BadInputError(
            N_(
                "“{id}” is known by {level}, which the rule “{rule}” does not fit. Say how "
                "sectors get the figure of their district: district (shares, euro, numbers) or "
                "weighted (people)."
            ),
            id=indicator.id,
            level=indicator.level.value,
            rule=rule.value if rule else "-",
        )
    if rule is Rule.DISTRICT and people:
        raise BadInputError(
            N_(
                "“{id}” counts people: a district's number in each of its sectors would count "
                "them many times. Share it out by weights instead."
            ),
            id=indicator.id,
        )
    if rule is Rule.WEIGHTED and (not people or weights is None):
        raise BadInputError(
            N_("Only people are shared out, and by weights: “{id}” has {unit}."),
            id=indicator.id,
            unit=indicator.unit.value,
        )
    if any(weight is not None and not weight >= 0 for weight in (weights or {}).values()):
        raise BadInputError(N_("Expected weights of at least zero, found others."))


def _shared_out(
    people: Mapping[str, float | None],
    districts: Mapping[str, str],
    weights: Mapping[str, float | None],
) -> dict[str, float]:
    sectors: dict[str, list[str]] = defaultdict(list)
    for code, district in districts.items():
        sectors[district].append(code)
    found: dict[str, float] = {}
    for district, total in people.items():
        mine = sectors.get(district, [])
        known = [weight for code in mine if (weight := weights.get(code)) is not None]
        whole = sum(known)
        if total is None or len(known) < len(mine) or (not whole and total):
            continue
        found.update(_parts(total, dict(zip(mine, known, strict=True)), whole))
    return found


def _parts(total: float, weights: Mapping[str, float], whole: float) -> Iterable[tuple[str, float]]:
    """Yield parts that add up to the total; the heaviest takes what rounding leaves."""
    parts = {code: total * weight / whole if whole else 0.0 for code, weight in weights.items()}
    if parts:
        heaviest = max(weights, key=lambda code: (weights[code], code))
        others = sum(part for code, part in parts.items() if code != heaviest)
        parts[heaviest] = total - others
    return parts.items()

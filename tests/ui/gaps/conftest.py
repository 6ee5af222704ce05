"""A street through a row of eight sectors of 400 m, a pharmacy at its western end."""

from types import SimpleNamespace

import numpy as np
import pytest

from directory.actors import Actor
from directory.atlas import Atlas
from directory.directory import Directory
from directory.indicators import Indicator
from directory.nearby import doors
from directory.places import Place, Point, Precision
from geo.levels import Level
from geo.walking import Network, Walker
from tests.geo.coverage.conftest import CODES, lonlat, squares
from tests.records import DAY, SOURCE, actor
from ui.coverage import measured as page
from ui.coverage.measured import Measured
from ui.gaps.asking import SHARE, Asked, Weighed
from ui.gaps.figures import known
from ui.language import speaking

ROW = squares()
WALKER = Walker(
    Network.of(
        np.array([(149_100.0 + 200 * place, 170_000.0) for place in range(16)]),
        [(place, place + 1) for place in range(15)],
    )
)


def at(x: float, y: float = 0.0) -> Place:
    """A place so many metres along the street and beside it."""
    lon, lat = (float(one[0]) for one in lonlat((x, y)))
    return Place(precision=Precision.ADDRESS, point=Point(lon=lon, lat=lat))


def indicator(
    subject: str, values: list[float | None], *, unit: str = "people", level: str = "sector"
) -> Indicator:
    codes = CODES if level == "sector" else ["7"]
    return Indicator.model_validate(
        {
            "id": f"{subject}-2024",
            "subject": subject,
            "names": {"en": subject, "fr": subject},
            "unit": unit,
            "level": level,
            "year": 2024,
            "values": dict(zip(codes, values, strict=False)),
            "source": SOURCE,
        }
    )


PEOPLE = indicator("population", [100, 100, 100, 400, 50, 200, 0, 300])
INCOME = indicator("income", [9e3, 8e3, 7e3, 6e3, 5e3, 4e3, 3e3, None], unit="euro")


def pharmacy(x: float = 110.0, y: float = 0.0, key: str = "a", **facts: object) -> Actor:
    return actor(key, places=(at(x, y),), **facts)


@pytest.fixture
def measure(monkeypatch: pytest.MonkeyPatch) -> "Measure":
    return Measure(monkeypatch)


@pytest.fixture(autouse=True)
def english() -> object:
    with speaking("en"):
        yield


class Measure:
    """Measure a directory of some actors and indicators."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch

    def __call__(self, *records: Actor | Indicator, verified_only: bool = False) -> Measured:
        directory = Directory(
            revision=1,
            actors={one.id: one for one in records if isinstance(one, Actor)},
            indicators={one.id: one for one in records if isinstance(one, Indicator)},
        )
        atlas = Atlas(directory, ROW, DAY)
        there = doors(atlas)
        found = SimpleNamespace(
            atlas=atlas,
            doors=there,
            spots=WALKER.network.snap(there.lon, there.lat),
            walker=WALKER,
            geocoder=None,
        )
        self._patch.setattr(page, "_kept", page._Kept())
        self._patch.setattr(page, "ground", lambda: found)
        made = page.measured(verified_only=verified_only)
        assert made is not None
        return made


def ask(found: Measured, *subjects: str, **other: object) -> Asked:
    """Ask for pharmacies within ten minutes by share, each subject with the same weight."""
    offered = known(found.atlas, found.people)
    need = tuple(
        Weighed(offered[one], weight=50, less_is_need=offered[one].less_by_default)
        for one in subjects
    )
    told = {"what": "pharmacy", "how": SHARE, "within_min": 10, "level": Level.SECTOR, "need": need}
    return Asked(**(told | other))

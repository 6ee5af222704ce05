"""What this process keeps for all its visitors: the store, the territory, the atlas of the day."""

import gc
import threading
from collections import deque
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Final

from directory.atlas import Atlas
from directory.clock import BRUSSELS
from directory.directory import Directory
from directory.guarding import guarded
from directory.people import Grounds
from directory.store import Store
from exchange.basemap import basemap_layers
from exchange.outlines_kept import version
from exchange.settings import settings
from exchange.statbel import open_territory
from geo.errors import N_, BadInputError
from geo.territory import Territory
from layers.layer import Scene
from layers.palette import palette
from ui.language import catalog


def now() -> datetime:
    """Return the moment in Brussels, to the minute: one answer a minute is enough."""
    return datetime.now(BRUSSELS).replace(second=0, microsecond=0)


@cache
def store() -> Store:
    """Open the database once a process."""
    return Store(settings().database_url)


def territory() -> Territory:
    """Return the territory, opened anew once `make data` brought other outlines."""
    return _territory(version(settings().home))


@lru_cache(maxsize=1)
def _territory(kept: str) -> Territory:
    del kept
    return open_territory(settings().home, settings().register)


def grounds() -> Grounds:
    """Return where records lie today, by which a relay may decide about them."""
    return Grounds(territory(), store().directory(), now().date())


RECENT = 4
"""Atlases kept, so that a page made just before a change still finds what it was told of."""


@dataclass
class _Kept:
    lock: threading.Lock = field(default_factory=threading.Lock)
    atlases: deque[Atlas] = field(default_factory=lambda: deque(maxlen=RECENT))
    hidings: int = 0


_kept = _Kept()


def atlas(day: date | None = None) -> Atlas:
    """Return the atlas of the day, made anew when the directory changed in any process."""
    directory, ground = store().directory(), territory()
    today = day or now().date()
    with _kept.lock:
        kept = _kept.atlases[0] if _kept.atlases else None
        if kept is None or not _holds(kept, directory, ground, today):
            kept = _laid(Atlas(directory, ground, today))
            _drop_hidden(directory, today)
            _kept.atlases.appendleft(kept)
        return kept


def _drop_hidden(directory: Directory, today: date) -> None:
    """Forget the atlases that show what may be shown no more: a consent withdrawn, say."""
    shown = [
        one for one in _kept.atlases if guarded(one.directory, directory, today) is one.directory
    ]
    if len(shown) < len(_kept.atlases):
        _kept.atlases = deque(shown, maxlen=RECENT)
        _kept.hidings += 1


def _may_be_shown(earlier: Directory, present: Directory, today: date) -> bool:
    gone = earlier.actors.keys() - present.actors.keys()
    return not gone and guarded(earlier, present, today) is earlier


def hidings() -> int:
    """Return how often something was hidden: what was drawn before is shown no more.

    Where it is the same before and after a scene was taken, it is the scene's.
    """
    return _kept.hidings


def _holds(kept: Atlas, directory: Directory, ground: Territory, day: date) -> bool:
    return kept.directory is directory and kept.territory is ground and kept.day == day


def _laid(found: Atlas) -> Atlas:
    """Work out what every page reads, then leave it out of the garbage collector's rounds.

    Streamlit collects garbage after every run of a page, while everybody waits: through a
    directory of a thousand actors that took 75 to 135 ms, a rerun itself 50 (2026-11). What
    earlier atlases left behind is collected here.
    """
    for read in ("whereabouts", "activity_whereabouts", "index", "spoken"):
        getattr(found, read)
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    return found


PAST: Final = 4
"""Days kept: two beside each other, for two who look."""


@dataclass
class _Past:
    lock: threading.Lock = field(default_factory=threading.Lock)
    atlases: dict[date, tuple[tuple[int, date], Atlas]] = field(default_factory=dict)


_past = _Past()


def past_atlas(day: date) -> Atlas:
    """Return the atlas as it stood at the end of a day in Brussels, on the present outlines.

    The same object while nothing of that day is another: what was measured of it holds. Of
    today it is the present one. What is secret by now is so in the past too.

    Raises:
        BadInputError: a day still to come, or one before anything was written down.
    """
    if day == now().date():
        return atlas()
    present, ground, today = store().directory(), territory(), now().date()
    known = (present.revision, today)
    with _past.lock:
        seen, kept = _past.atlases.pop(day, (known, None))
        if kept is None or seen != known or kept.territory is not ground:
            found = guarded(_read(day), present, today)
            if kept is None or kept.territory is not ground or kept.directory != found:
                kept = Atlas(found, ground, day)
        _past.atlases[day] = known, kept
        for oldest in list(_past.atlases)[:-PAST]:
            del _past.atlases[oldest]
        return kept


def _read(day: date) -> Directory:
    found = store().directory_on(day)
    if not found.revision:
        first = store().first_day() or now().date()
        raise BadInputError(
            N_("Nothing was written down on {day} yet: the history begins on {first}."),
            day=day.isoformat(),
            first=first.isoformat(),
        )
    return found


def recent() -> list[Atlas]:
    """Return the last few atlases of this process, the newest first."""
    with _kept.lock:
        return list(_kept.atlases)


def scene(language: str, at: datetime | None = None) -> Scene:
    """Return what the layers draw from, for a reader of `language`."""
    home = settings().home
    return Scene(
        atlas=atlas(),
        language=language,
        translate=catalog(language).gettext,
        at=at or now(),
        palette=palette(),
        basemap=next((found["address"] for found in basemap_layers(home, prefix="tiles/")), ""),
        tile_server=settings().tile_server,
        tile_attribution=settings().tile_attribution,
    )

"""The opening hours seen in Brussels, read, evaluated and told: `make bench NAME=hours`.

The times are processor time, the best of several; what was read before is thrown away first.
"""

import random
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from opening_hours import (  # type: ignore[attr-defined]  # its stubs miss ParserError
    OpeningHours,
    ParserError,
)

from benchmarks.figures import Figure
from benchmarks.installation import official_data
from benchmarks.slips import SLIPS
from directory import hours
from directory.clock import BRUSSELS
from directory.hours_mending import mend, same_times
from ui.hours import said
from ui.hours_rules import rules_in_words

TEXTS = "osm_opening_hours.txt"
NOW = datetime(2026, 11, 23, 10, 30, tzinfo=BRUSSELS)
"""A Monday morning, so that answers repeat."""
ACTORS = 2_000
SHOWN = 20
"""Results of a list that are told in words at once."""
ROUNDS = 5
EACH = 3
"""Every third value gets the slips: each is evaluated for a year."""


def read_texts(data: Path) -> list[str]:
    """Read the distinct values, one a line."""
    return (data / TEXTS).read_text(encoding="utf-8").splitlines()


def library_alone(text: str) -> OpeningHours | None:
    """Read hours as the library does, nothing mended."""
    try:
        return OpeningHours(text, country="BE")
    except ParserError:
        return None


def figures() -> Iterator[Figure]:
    """Measure understanding, speed and words on every value."""
    texts = read_texts(official_data())
    yield from _understanding(texts)
    yield from _slips(texts)
    yield from _speed(texts)


def _slips(texts: list[str]) -> Iterator[Figure]:
    """Put slips into values that have none, and see whether they are read as before."""
    right = [text for text in texts if mend(text) == text and '"' not in text]
    put = [(text, slip(text)) for text in right[::EACH] for slip in SLIPS.values()]
    put = [(text, slipped) for text, slipped in put if slipped != text]
    mended = [(text, found) for text, slipped in put if (found := mend(slipped)) is not None]
    wrong = [found for text, found in mended if not same_times(found, text)]
    yield Figure(figure="slips of ours put into the values", value=len(put), unit="texts")
    yield Figure(
        figure="of these, read as before the slip",
        value=round(100 * (len(mended) - len(wrong)) / len(put), 2),
        unit="%",
    )
    yield Figure(
        figure="of these, read as something else", value=len(wrong), unit="texts", goal="<= 0"
    )


def _understanding(texts: list[str]) -> Iterator[Figure]:
    alone = [library_alone(text) is not None for text in texts]
    ours = [hours.parse(text) is not None for text in texts]
    misread = [known and mend(text) != text for known, text in zip(alone, texts, strict=True)]
    told = sum(bool(rules_in_words(text, "en")) for text in texts)
    share = 100 / len(texts)
    peer = "opening-hours-py alone"
    yield Figure(figure="values", value=len(texts), unit="texts")
    yield Figure(
        figure="evaluated",
        value=round(sum(ours) * share, 2),
        unit="%",
        goal=">= 99.8",
        peer=peer,
        peer_value=round(sum(alone) * share, 2),
    )
    yield Figure(
        figure="refused by the library, mended",
        value=sum(ours) - sum(alone),
        unit="texts",
    )
    yield Figure(
        figure="read, but with days open all day that nobody meant (Mo, Tu 09:00-12:00)",
        value=0,
        unit="texts",
        peer=peer,
        peer_value=sum(misread),
    )
    yield Figure(figure="not understood", value=len(texts) - sum(ours), unit="texts")
    yield Figure(figure="rule told in words", value=round(told * share, 2), unit="%")


def _speed(texts: list[str]) -> Iterator[Figure]:
    wall = NOW.replace(tzinfo=None)
    known = [found for text in texts if (found := library_alone(text)) is not None]
    alone = _best(lambda: [found.state(wall) for found in known])
    actors = random.Random(1).choices(texts, k=ACTORS)  # noqa: S311 - a draw to measure
    hours.states(texts, NOW)
    many = _best(lambda: hours.states(actors, NOW))
    yield Figure(
        figure="evaluations",
        value=round(ACTORS / many),
        unit="1/s",
        peer="opening-hours-py alone",
        peer_value=round(len(known) / alone),
    )
    yield Figure(figure=f"states of {ACTORS:,} actors", value=many * 1000, unit="ms", goal="<= 20")
    hours.parse.cache_clear()
    mend.cache_clear()
    first = _seconds(lambda: hours.states(actors, NOW))
    yield Figure(
        figure=f"the same, hours never read before ({ACTORS:,})", value=first * 1000, unit="ms"
    )
    shown = actors[:SHOWN]
    words = _best(lambda: [said(hours.state(text, NOW), NOW, "fr") for text in shown])
    yield Figure(figure=f"{SHOWN} states in French words", value=words * 1000, unit="ms")


def _best(work: Callable[[], object]) -> float:
    return min(_seconds(work) for _ in range(ROUNDS))


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began

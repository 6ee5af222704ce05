"""How long a person waits near home, while ten others ask: `make bench NAME=near`.

Official outlines, 1,787 places, the street list and the City's street graph. There is no peer to
put beside it: what others do of this is in `make bench NAME=walking` and `NAME=geocoding`.
"""

import random
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

from benchmarks.figures import Figure
from benchmarks.installation import installed, official_data
from benchmarks.noise import STREETS
from benchmarks.screen import Look, Visit, chromium, opened
from benchmarks.visitor import Visitor, memory_mb
from exchange.gazetteer import open_gazetteer
from geo.geocoding.gazetteer import degrees
from tests.serving import prepare, served

GRAPH = "osm_city_of_brussels_drive.graphml"
SESSIONS = 10
PAUSE_S = (1.0, 3.0)
"""Between two questions of one session: nobody reads an answer faster."""
LOOK = Look(listed=".plein-answer-title", card="", entry="", sign="", drawn=(".plein-near-sign",))
NEEDS = ("medicines", "children", "doctor", "talk")
WARM_UP, TIMES = 3, 15


def figures() -> Iterator[Figure]:
    """Measure the field and the answer with ten sessions at work."""
    data = official_data()
    with installed() as home:
        graph = str(data / GRAPH)
        prepare(
            home,
            ("walking", graph),
            ("gazetteer", "--streets", str(data / STREETS), "--graph", graph),
        )
        streets = _known(home)
        with served(home) as (address, process), _others(address, streets):
            yield from _measured(address, streets)
            yield Figure(
                figure="memory of the server",
                value=memory_mb(process.pid),
                unit="MB",
                goal="<= 600",
            )


def _known(home: Path) -> list[str]:
    """Return names of streets whose place is known and which no other street bears."""
    gazetteer = open_gazetteer(home)
    if gazetteer is None:
        raise RuntimeError("Expected the gazetteer just built, found none.")
    names = Counter(gazetteer.names_fr)
    known = [
        name
        for name, lon in zip(gazetteer.names_fr, gazetteer.lon.tolist(), strict=True)
        if names[name] == 1 and degrees(lon) is not None and name.startswith("Rue ")
    ]
    return random.Random(0).sample(known, WARM_UP + TIMES)  # noqa: S311 - a benchmark


def _measured(address: str, streets: list[str]) -> Iterator[Figure]:
    with (
        chromium() as browser,
        opened(browser, f"{address}/near?need=medicines", LOOK, patience_ms=60_000) as visit,
    ):
        visit.page.wait_for_selector(".plein-place-input")
        suggested, answered, needed = [], [], []
        for turn in range(WARM_UP + TIMES):
            suggested.append(_suggested(visit, streets[turn]))
            answered.append(_answered(visit))
            needed.append(_needed(visit, 1 + turn % 2 * 2))
    for name, taken, goal in (
        ("letters typed → suggestions", suggested, "<= 100"),
        ("place chosen → answer on screen", answered, "<= 700"),
        ("need pressed → answer on screen", needed, "<= 700"),
    ):
        kept = taken[WARM_UP:]
        yield Figure(figure=name, value=median(kept), unit="ms", goal=goal)
        yield Figure(figure=f"{name}, p95", value=quantiles(kept, n=20)[-1], unit="ms")


def _suggested(visit: Visit, street: str) -> float:
    field = visit.page.locator(".plein-place-input")
    field.click()
    field.fill("")
    visit.page.keyboard.press("Escape")
    visit.page.wait_for_timeout(300)
    visit.watch("input", street, ".plein-place-option")
    field.fill(street)
    return visit.read(".plein-place-option")


def _answered(visit: Visit) -> float:
    """Choose the suggestion; until the doors near it are listed."""
    visit.page.keyboard.press("ArrowDown")
    visit.watch("keydown", "", ".plein-answer-minutes")
    visit.page.keyboard.press("Enter")
    taken = visit.read(".plein-answer-minutes")
    visit.rest()
    return taken


def _needed(visit: Visit, place: int) -> float:
    visit.watch("click", "", ".plein-answer-title")
    visit.page.locator(".st-key-need button").nth(place).click()
    taken = visit.read(".plein-answer-title")
    visit.rest()
    return taken


@contextmanager
def _others(address: str, streets: list[str]) -> Iterator[None]:
    """Let ten sessions ask, one question every few seconds each, until we are done."""
    done = threading.Event()
    threads = [
        threading.Thread(target=_other, args=(address, n, streets, done)) for n in range(SESSIONS)
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        done.set()
        for thread in threads:
            thread.join()


def _other(address: str, number: int, streets: list[str], done: threading.Event) -> None:
    chance = random.Random(number)  # noqa: S311 - a benchmark
    need = NEEDS[number % len(NEEDS)]
    with Visitor(address, f"need={need}", page="near") as visitor:
        while not done.wait(chance.uniform(*PAUSE_S)):
            told = {"kind": "text", "text": chance.choice(streets)}
            answer = visitor.fire("near_field", "located", told)
            if not answer.says("walk"):
                raise RuntimeError("Expected minutes on foot in the answer, found none.")

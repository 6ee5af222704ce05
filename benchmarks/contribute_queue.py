"""The queue with 5,000 proposals: from the press on its entry to the frame that shows the rows."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final

from playwright.sync_api import Page
from sqlalchemy import insert

from benchmarks.figures import Figure
from benchmarks.installation import installed
from benchmarks.screen import STOPWATCH, WIDE, chromium
from directory.clock import today
from directory.people import Grounds
from directory.proposals import Proposal, ProposalKind, Proposals, kept
from directory.proposals.records import URGENCY
from directory.store import Kind, Store
from exchange.settings import settings
from exchange.statbel import open_territory
from tests.serving import served

MANY: Final = 5_000
WARM_UP, TIMES = 3, 12
PATIENCE_MS: Final = 60_000
_AT_REST: Final = """() => document.querySelector('[data-testid="stApp"]')
    ?.dataset.testScriptState === 'notRunning'"""
_READY: Final = """() => {
  const rows = () => document.querySelectorAll('.plein-queue li').length === 30;
  window.taken = new Promise((done) => document.addEventListener('pointerdown', (event) => {
    stopwatch.when(rows).then((moment) => done(moment - event.timeStamp));
  }, { capture: true, once: true }));
}"""
"""The watch starts under the finger and stops at the frame that shows the rows."""


def figures() -> Iterator[Figure]:
    """Measure the page with official outlines and 1,787 places, and what the server does of it."""
    with installed() as home:
        store = Store(f"sqlite:///{home / 'plein.db'}")
        fill(store, home)
        yield Figure(
            figure="queue of 5,000 proposals, read and counted",
            value=round(_read(store), 1),
            unit="ms",
            goal="",
        )
        store.close()
        with served(home) as (address, _process), chromium() as browser:
            page = browser.new_context(viewport=WIDE, locale="fr-BE").new_page()
            page.set_default_timeout(PATIENCE_MS)
            page.add_init_script(STOPWATCH)
            taken = [_open(page, address) for _ in range(WARM_UP + TIMES)][WARM_UP:]
    yield Figure(
        figure="queue of 5,000 proposals opens",
        value=round(median(taken), 1),
        unit="ms",
        goal="<= 500",
    )


def fill(store: Store, home: Path) -> None:
    """Write proposals of every kind about the places of the neighbourhoods."""
    territory = open_territory(home, settings().register)
    grounds = Grounds(territory, store.directory(), today())
    lying = [
        (actor, sorted(found))
        for actor in store.directory().actors.values()
        if (found := grounds.neighbourhoods(Kind.ACTOR, actor.model_dump(mode="json")))
    ]
    now = datetime.now(UTC)
    rows: list[dict[str, Any]] = []
    areas: list[dict[str, str]] = []
    kinds = [ProposalKind.CLOSED, ProposalKind.WRONG, ProposalKind.CORRECT]
    for number in range(MANY):
        actor, areas_of = lying[number % len(lying)]
        kind = kinds[number % len(kinds)]
        one = Proposal(
            id=f"{number:016x}",
            kind=kind,
            target=actor.id,
            target_version=actor.version,
            facts={"hours": "Mo-Fr 09:00-17:00"} if kind is ProposalKind.CORRECT else {},
            note="Het rolluik is al weken dicht.",
            neighbourhoods=tuple(areas_of),
            weight=URGENCY[kind] + number % 4,
            made_at=now - timedelta(minutes=number),
        )
        facts = one.model_dump(mode="json", exclude={"events"}) | {"made_at": one.made_at}
        rows.append(facts | {"decided_at": None, "sameness": one.id})
        areas += [{"neighbourhood": area, "proposal_id": one.id} for area in areas_of]
    with store.keeping() as connection:
        connection.execute(insert(kept.PROPOSAL), rows)
        connection.execute(insert(kept.AREA), areas)


def _read(store: Store) -> float:
    """Return the milliseconds of what the page asks the database, by hand as a relay of many."""
    proposals = Proposals(store, lambda: None)  # type: ignore[arg-type,return-value]
    taken = []
    for _ in range(TIMES):
        start = perf_counter()
        proposals.counts(None)
        proposals.waiting()
        proposals.of(None, limit=30)
        taken.append((perf_counter() - start) * 1000)
    return median(taken)


def _open(page: Page, address: str) -> float:
    """Come from another page of the desk, as a relay does; ms until the rows are there."""
    page.goto(f"{address}/import")
    page.wait_for_function(_AT_REST)
    page.wait_for_timeout(300)
    page.evaluate(_READY)
    page.locator(".st-key-beside a[href*='queue']").click()
    return float(page.evaluate("() => window.taken"))

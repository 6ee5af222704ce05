"""Everything that is measured of one page: alone, in a browser, and among many."""

import random
import sys
import time
from pathlib import Path
from statistics import median

from markupsafe import escape

from benchmarks.crowd import percentile_95, rerun_times_ms
from benchmarks.screen import Visit, chromium, fetched_kb, opened
from benchmarks.subjects import Subject
from benchmarks.visitor import Rerun, Visitor, memory_mb
from benchmarks.words import names_of
from directory.atlas import Atlas
from tests.serving import served

Values = dict[str, float]
NOWHERE = "zzzzzzzz"
"""A text no place has: what is still sent for it is the territory."""


def measure(subject: Subject, home: Path, atlas: Atlas, words: list[str]) -> Values:
    """Serve a page and measure it: first one visitor, then the screen, then the crowd."""
    values: Values = {}
    with served(home, script=subject.script) as (address, process):
        for name, part in (("messages", _weighed), ("screen", _seen), ("crowd", _crowded)):
            started = time.monotonic()
            values |= part(subject, address, atlas, words)
            sys.stderr.write(f"{subject.script}, {name}: {time.monotonic() - started:.0f} s\n")
        return values | {"memory": memory_mb(process.pid)}


def _weighed(subject: Subject, address: str, atlas: Atlas, words: list[str]) -> Values:
    """Measure reruns without a browser: milliseconds and bytes until the last message."""
    with Visitor(address, patience_s=subject.patience_s) as visitor:
        for word in words[: subject.warm_up]:
            visitor.search(word)
        searches = [visitor.search(word) for word in words[-subject.visits :]]
        visitor.search("")
        actors = random.Random(0).sample(list(atlas.actors), subject.visits)  # noqa: S311
        choices = [_chosen(subject, visitor, atlas, actor) for actor in actors]
        nothing = visitor.search(NOWHERE)
    values = {
        "search_ms": median(done.ms for done in searches),
        "choice_ms": median(done.ms for done in choices),
        "search_kb": median(done.size_bytes for done in searches) / 1000,
        "choice_kb": median(done.size_bytes for done in choices) / 1000,
    }
    if not subject.territory:
        values["territory_kb"] = max(m.ByteSize() for m in nothing.messages) / 1000
    return values


def _chosen(subject: Subject, visitor: Visitor, atlas: Atlas, actor: str) -> Rerun:
    done = subject.choose(visitor, actor)
    name = names_of(atlas)[actor].strip()
    if not (done.says(name) or done.says(str(escape(name)))):
        raise RuntimeError(f"Expected the card of {name}, found none in the answer.")
    return done


def _seen(subject: Subject, address: str, atlas: Atlas, words: list[str]) -> Values:
    """Measure in Chromium what a person waits for."""
    firsts: list[Values] = []
    patience_ms = int(subject.patience_s * 1000)
    with chromium() as browser:
        for _ in range(subject.openings):
            with opened(browser, address, subject.look, patience_ms=patience_ms) as visit:
                told = visit.page.evaluate("() => firsts")
                found = {
                    "first_list": told["list"],
                    "first_map": told["map"],
                    "first_kb": fetched_kb(visit) + visit.received.size_bytes / 1000,
                }
                if subject.territory:
                    found["territory_kb"] = fetched_kb(visit, *subject.territory)
                firsts.append(found)
        near = address + subject.look.near
        with opened(browser, near, subject.look, patience_ms=patience_ms) as visit:
            values = {"signed": _pressed(subject, visit, subject.look.sign)}
        with opened(browser, address, subject.look, patience_ms=patience_ms) as visit:
            if subject.look.entry:
                values["listed"] = _pressed(subject, visit, subject.look.entry)
            values["typed"] = _typed(subject, visit, atlas, words)
    return values | {key: median(each[key] for each in firsts) for key in firsts[0]}


def _pressed(subject: Subject, visit: Visit, selector: str) -> float:
    taken = []
    for turn in range(subject.warm_up + subject.times):
        if selector == subject.look.entry:
            visit.close_card()
        taken.append(visit.press(selector, turn))
        visit.rest()
    return median(taken[subject.warm_up :])


def _typed(subject: Subject, visit: Visit, atlas: Atlas, words: list[str]) -> float:
    visit.close_card()
    taken = []
    for word in words[: subject.warm_up + subject.times]:
        taken.append(visit.type(word, subject.expects(atlas, word)))
        visit.rest()
    return median(taken[subject.warm_up :])


def _crowded(subject: Subject, address: str, atlas: Atlas, words: list[str]) -> Values:
    """Measure reruns of many sessions at once, who search and choose in turn."""
    actors = list(atlas.actors)
    taken = rerun_times_ms(
        address,
        (
            lambda visitor, chance: visitor.search(chance.choice(words)),
            lambda visitor, chance: subject.choose(visitor, chance.choice(actors)),
        ),
        reruns=subject.crowd_reruns,
        patience_s=subject.patience_s,
    )
    return {"crowd_p50": median(taken), "crowd_p95": percentile_95(taken)}

"""What came at a workshop, as phones and the big screen read it each second: made once for all."""

import hashlib
import json
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Any, Final

from directory.atlas import Atlas
from directory.categories import CATEGORIES
from directory.places import Point
from directory.proposals import Proposal, ProposalKind
from directory.workshops import Contribution, Workshop
from directory.workshops.summary import Outcome, category, once, outcome
from ui import state
from ui.language import _, speaking
from ui.queue.words import kind
from ui.workshop.desk import workshops

FRESH_S: Final = 0.25
"""For so long an answer is given again without asking the database: forty phones and a screen
then ask it at most four times a second (ours)."""
KEPT: Final = 12
SHOWN: Final = frozenset({Outcome.OPEN, Outcome.ASKED, Outcome.ACCEPTED, Outcome.MERGED})
"""What is told of: not what was refused or withdrawn."""


@dataclass(frozen=True, slots=True)
class Feed:
    """An answer as JSON, and the tag that names it."""

    tag: str
    body: bytes


@dataclass
class _Kept:
    lock: Lock = field(default_factory=Lock)
    states: dict[str, tuple[float, tuple[int, ...]]] = field(default_factory=dict)
    feeds: OrderedDict[tuple[Any, ...], Feed] = field(default_factory=OrderedDict)


_kept = _Kept()


def feed(workshop: Workshop, language: str) -> Feed:
    """Return what came at a workshop, in a language."""
    atlas = state.atlas()
    with _kept.lock:
        told = _state(workshop.id)
        open_now = workshop.takes(state.now())
        key = (workshop.id, language, told, atlas.directory.revision, open_now)
        if key not in _kept.feeds:
            _kept.feeds[key] = _made(workshop, atlas, language, open_now=open_now)
            while len(_kept.feeds) > KEPT:
                _kept.feeds.popitem(last=False)
        return _kept.feeds[key]


def _state(workshop_id: str) -> tuple[int, ...]:
    now = monotonic()
    asked_at, told = _kept.states.get(workshop_id, (-FRESH_S, ()))
    if now - asked_at >= FRESH_S:
        told = workshops().state_of(workshop_id)
        _kept.states[workshop_id] = (now, told)
        while len(_kept.states) > KEPT:
            del _kept.states[next(iter(_kept.states))]
    return told


def _made(workshop: Workshop, atlas: Atlas, language: str, *, open_now: bool) -> Feed:
    came = workshops().came(workshop.id)
    with speaking(language):
        items = [_item(one, atlas, language) for one in once(came) if outcome(one) in SHOWN]
    counts = {
        name: len({one.proposal.id for one in came if one.table == name})
        for name in workshop.tables
    }
    told = {
        "title": workshop.title,
        "open": open_now,
        "tables": [[name, counts[name]] for name in workshop.tables],
        "items": items,
        "came": len({one.proposal.id for one in came}),
    }
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return Feed(hashlib.sha256(body).hexdigest()[:16], body)


def _item(one: Contribution, atlas: Atlas, language: str) -> dict[str, Any]:
    proposal = one.proposal
    found = CATEGORIES.get(_category(proposal, atlas))
    point = point_of(proposal, atlas)
    return {
        "n": one.number,
        "id": proposal.id,
        "kind": proposal.kind.value,
        "what": found.labels.best(language) if found else kind(proposal.kind),
        "told": kind(proposal.kind) if proposal.kind is not ProposalKind.ADD else "",
        "group": found.group if found else "other",
        "name": name_of(proposal, atlas, language),
        "at": [point.lat, point.lon] if point else None,
        "table": one.table,
        "who": one.nickname,
        "said": proposal.said,
        "state": outcome(one).value,
    }


def _category(proposal: Proposal, atlas: Atlas) -> str:
    actor = atlas.actors.get(proposal.target)
    return category(proposal) or (actor.categories[0] if actor else "")


def name_of(proposal: Proposal, atlas: Atlas, language: str) -> str:
    """Name what it is about, as the public knows it."""
    if proposal.kind is ProposalKind.ADD:
        names = proposal.facts.get("names") or {}
        return str(next(iter(names.values()), ""))
    actor = atlas.actors.get(proposal.target)
    return actor.names.best(language) if actor else _("A place of the map")


def point_of(proposal: Proposal, atlas: Atlas) -> Point | None:
    """Return where it is: as proposed, else where the public knows it to be."""
    places = proposal.facts.get("places") or []
    if places and places[0].get("point"):
        return Point.model_validate(places[0]["point"])
    actor = atlas.actors.get(proposal.target)
    return actor.places[0].point if actor and actor.places else None

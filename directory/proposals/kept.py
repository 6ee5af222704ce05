"""Proposals in the database: the one place that knows their tables."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from directory.proposals.records import (
    UNDECIDED,
    Event,
    Proposal,
    ProposalKind,
    ProposalStatus,
)
from directory.store.errors import ConflictError
from directory.store.proposal_tables import (
    ProposalAreaRow,
    ProposalEventRow,
    ProposalLinkRow,
    ProposalRow,
)
from directory.store.tables import table
from directory.store.workshop_tables import WorkshopProposalRow
from geo.errors import N_

PROPOSAL, AREA = table(ProposalRow), table(ProposalAreaRow)
EVENT, LINK = table(ProposalEventRow), table(ProposalLinkRow)
AT_WORKSHOP = table(WorkshopProposalRow)
WITHDRAWN = "withdrawn"
"""What something was merged into that is not told any more."""
NOBODYS = ""
"""The area of what lies in no neighbourhood."""
_MANY = 5_000
_WAITING = [status.value for status in UNDECIDED]
_COLUMNS = [PROPOSAL.c[name] for name in Proposal.model_fields if name != "events"]
_EVENT_COLUMNS = [EVENT.c[name] for name in Event.model_fields]


def write(connection: Connection, proposal: Proposal, sameness: str) -> None:
    """Store a new proposal."""
    facts = proposal.model_dump(mode="json", exclude={"events"}) | _moments(proposal)
    connection.execute(insert(PROPOSAL), [facts | {"sameness": sameness}])
    _write_areas(connection, proposal.id, proposal.neighbourhoods)


def _moments(proposal: Proposal) -> dict[str, Any]:
    return {"made_at": proposal.made_at, "decided_at": proposal.decided_at}


def _write_areas(connection: Connection, proposal_id: str, areas: Iterable[str]) -> None:
    connection.execute(delete(AREA).where(AREA.c.proposal_id == proposal_id))
    wanted = list(areas) or [NOBODYS]
    rows = [{"neighbourhood": area, "proposal_id": proposal_id} for area in wanted]
    connection.execute(insert(AREA), rows)


def change(connection: Connection, proposal: Proposal, **facts: Any) -> None:
    """Store other facts of a proposal, which must be as it was read; its version goes up.

    Raises:
        ConflictError: somebody decided, asked, answered or withdrew meanwhile.
    """
    mine = (PROPOSAL.c.id == proposal.id) & (PROPOSAL.c.version == proposal.version)
    new = {"version": proposal.version + 1, **facts}
    if connection.execute(update(PROPOSAL).where(mine).values(**new)).rowcount != 1:
        raise ConflictError(
            N_("Somebody did something with this proposal meanwhile. Look at it again."),
            id=proposal.id,
        )
    if "neighbourhoods" in facts:
        _write_areas(connection, proposal.id, facts["neighbourhoods"])


def weigh_more(connection: Connection, proposal_id: str, by: int, **facts: Any) -> None:
    """Let one more (or, by -1, one less) have said it; its version stays."""
    mine = PROPOSAL.c.id == proposal_id
    raised = {"said": PROPOSAL.c.said + by, "weight": PROPOSAL.c.weight + by, **facts}
    connection.execute(update(PROPOSAL).where(mine).values(**raised))


def add_event(connection: Connection, proposal_id: str, event: Event) -> None:
    """Write down what happened."""
    facts = event.model_dump(mode="json") | {"proposal_id": proposal_id, "at": event.at}
    connection.execute(insert(EVENT), [facts])


def add_link(
    connection: Connection, proposal_id: str, *, link: str, voice: str, name: str, thank: bool
) -> None:
    """Keep the hash of a link, and who follows by it."""
    row = {"hash": link, "proposal_id": proposal_id, "voice": voice, "name": name, "thank": thank}
    connection.execute(insert(LINK), [row | {"withdrawn": False}])


def read_link(connection: Connection, link: str) -> RowMapping | None:
    """Return the row of a link by its hash."""
    wanted = select(LINK).where(LINK.c.hash == link)
    return connection.execute(wanted).mappings().one_or_none()


def withdraw_link(connection: Connection, link: str) -> None:
    """Note that who follows by this link no longer says so; their name goes."""
    gone = {"withdrawn": True, "name": "", "thank": False}
    connection.execute(update(LINK).where(LINK.c.hash == link).values(**gone))


def names_to_thank(connection: Connection, proposal_id: str) -> tuple[str, ...]:
    """Return the names of those who wish to be thanked by name."""
    mine = (LINK.c.proposal_id == proposal_id) & LINK.c.thank & ~LINK.c.withdrawn
    return tuple(sorted(set(connection.scalars(select(LINK.c.name).where(mine)))))


def same(connection: Connection, sameness: str) -> Proposal | None:
    """Return an undecided proposal that says the same, and keep it from being decided meanwhile."""
    wanted = select(*_COLUMNS).where(
        PROPOSAL.c.sameness == sameness, PROPOSAL.c.status.in_(_WAITING)
    )
    found = _read(connection, wanted.order_by(PROPOSAL.c.made_at).limit(1).with_for_update())
    return found[0] if found else None


def read(connection: Connection, proposal_id: str) -> Proposal | None:
    """Return one proposal."""
    found = _read(connection, select(*_COLUMNS).where(PROPOSAL.c.id == proposal_id))
    return found[0] if found else None


def read_some(connection: Connection, ids: Collection[str]) -> dict[str, Proposal]:
    """Return proposals by id."""
    found: dict[str, Proposal] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), _MANY):
        mine = PROPOSAL.c.id.in_(wanted[start : start + _MANY])
        found |= {one.id: one for one in _read(connection, select(*_COLUMNS).where(mine))}
    return found


def read_many(
    connection: Connection,
    neighbourhoods: Collection[str] | None,
    statuses: Collection[ProposalStatus],
    *,
    oldest_first: bool,
    limit: int | None,
    after: Proposal | None,
) -> list[Proposal]:
    """Return proposals in their order; see `Proposals.of`."""
    wanted = select(*_COLUMNS).where(
        PROPOSAL.c.status.in_([each.value for each in statuses]), *_within(neighbourhoods)
    )
    at = PROPOSAL.c
    order = [at.made_at, at.id] if oldest_first else [at.weight.desc(), at.made_at, at.id]
    if after is not None:
        later = or_(at.made_at > after.made_at, and_(at.made_at == after.made_at, at.id > after.id))
        lighter = or_(at.weight < after.weight, and_(at.weight == after.weight, later))
        wanted = wanted.where(later if oldest_first else lighter)
    return _read(connection, wanted.order_by(*order).limit(limit))


def _within(neighbourhoods: Collection[str] | None) -> list[ColumnElement[bool]]:
    if neighbourhoods is None:
        return []
    mine = select(AREA.c.proposal_id).where(AREA.c.neighbourhood.in_(sorted(neighbourhoods)))
    return [PROPOSAL.c.id.in_(mine)]


def about(connection: Connection, target: str) -> list[Proposal]:
    """Return every proposal about an actor, the newest first."""
    wanted = select(*_COLUMNS).where(or_(PROPOSAL.c.target == target, PROPOSAL.c.other == target))
    return _read(connection, wanted.order_by(PROPOSAL.c.made_at.desc(), PROPOSAL.c.id))


def _read(connection: Connection, wanted: Select[Any]) -> list[Proposal]:
    rows = [dict(row) for row in connection.execute(wanted).mappings()]
    events = _events(connection, [row["id"] for row in rows])
    return [Proposal.model_validate(row | {"events": events[row["id"]]}) for row in rows]


def _events(connection: Connection, ids: list[str]) -> Mapping[str, list[Event]]:
    found: dict[str, list[Event]] = defaultdict(list)
    for start in range(0, len(ids), _MANY):
        mine = EVENT.c.proposal_id.in_(ids[start : start + _MANY])
        wanted = select(EVENT.c.proposal_id, *_EVENT_COLUMNS).where(mine).order_by(EVENT.c.id)
        for row in connection.execute(wanted).mappings():
            facts = dict(row)
            found[facts.pop("proposal_id")].append(Event.model_validate(facts))
    return found


def count(
    connection: Connection, neighbourhoods: Collection[str] | None
) -> dict[ProposalStatus, int]:
    """Return how many there are of each status."""
    wanted = select(PROPOSAL.c.status, func.count()).where(*_within(neighbourhoods))
    none = dict.fromkeys(ProposalStatus, 0)
    found = connection.execute(wanted.group_by(PROPOSAL.c.status))
    return none | {ProposalStatus(status): int(n) for status, n in found}


def count_waiting(connection: Connection) -> dict[str, int]:
    """Return how many wait for a decision, by neighbourhood; "" for those of none."""
    joined = select(AREA.c.neighbourhood, func.count()).join(PROPOSAL)
    wanted = joined.where(PROPOSAL.c.status.in_(_WAITING)).group_by(AREA.c.neighbourhood)
    return {area: int(n) for area, n in connection.execute(wanted)}


def part_again(connection: Connection, proposal_id: str) -> None:
    """Forget what a proposal of a workshop was merged into: it is to be decided again."""
    mine = AT_WORKSHOP.c.proposal_id == proposal_id
    connection.execute(update(AT_WORKSHOP).where(mine).values(merged_into=""))


def forget(connection: Connection, actor_id: str) -> int:
    """Take everything out that was proposed about an actor or made it; return how many."""
    concerned = or_(PROPOSAL.c.target == actor_id, PROPOSAL.c.other == actor_id)
    ids = list(connection.scalars(select(PROPOSAL.c.id).where(concerned)))
    added = select(PROPOSAL.c.id, PROPOSAL.c.facts).where(PROPOSAL.c.kind == ProposalKind.ADD.value)
    ids += [key for key, facts in connection.execute(added) if facts.get("id") == actor_id]
    for start in range(0, len(ids), _MANY):
        part = ids[start : start + _MANY]
        for child in (AREA, EVENT, LINK, AT_WORKSHOP):
            connection.execute(delete(child).where(child.c.proposal_id.in_(part)))
        connection.execute(delete(PROPOSAL).where(PROPOSAL.c.id.in_(part)))
    into = [f"actor:{actor_id}", *ids]
    for start in range(0, len(into), _MANY):
        merged = AT_WORKSHOP.c.merged_into.in_(into[start : start + _MANY])
        connection.execute(update(AT_WORKSHOP).where(merged).values(merged_into=WITHDRAWN))
    return len(ids)

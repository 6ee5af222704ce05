"""The commands on workshops: made and led by relays, sent to by whoever holds the link."""

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from pydantic import ValidationError
from sqlalchemy import Connection, RowMapping, insert, select, update

from directory.authors import Author
from directory.clock import BRUSSELS, today
from directory.hygiene import clean_text
from directory.people import Deed, Grounds, Person, check, may
from directory.people.tokens import hash_token, is_token, new_id, new_token
from directory.proposals import Draft, Made, Proposal, Proposals, ProposalStatus, kept
from directory.proposals.links import there
from directory.proposals.making import refusal
from directory.store import Store
from directory.store.errors import ConflictError
from directory.store.tables import table
from directory.store.workshop_tables import (
    WorkshopLinkRow,
    WorkshopProposalRow,
    WorkshopRow,
)
from directory.workshops import pace
from directory.workshops.records import (
    NAME_MAX,
    Contribution,
    LinkUse,
    Opened,
    Sender,
    Workshop,
    WorkshopStatus,
)
from geo.errors import N_, BadInputError, UnknownIdError

UNTIL: Final = time(6)
"""Links end in the morning after the day: a late evening fits, the next day is another (ours)."""
AHEAD_DAYS: Final = 366
_SIGNS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those taken for another: somebody reads a link off a big screen and types it."""
CODE_SIGNS: Final = 10
"""49 bits, for a day and a half: by guessing a thousand a second it takes nine thousand years to
be likely to hit one (ours)."""
CODE: Final = re.compile(f"[{_SIGNS}]{{{CODE_SIGNS}}}")
_PHONE: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")
_WORKSHOP, _LINK = table(WorkshopRow), table(WorkshopLinkRow)
_SAID = table(WorkshopProposalRow)
_CHANGED_BY_LEADERS: Final = frozenset({"title", "map_id", "tables", "languages", "address"})


def new_code() -> str:
    """Return a code nobody has, short enough to be typed."""
    return "".join(secrets.choice(_SIGNS) for _ in range(CODE_SIGNS))


def plain_code(typed: str) -> str:
    """Return a code as it was made, of what somebody typed.

    >>> plain_code("ABCDE-fghjk")
    'abcdefghjk'
    """
    return typed.replace("-", "").casefold()


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of a workshop as the meeting a proposal is made at."""

    workshop: Workshop
    sender: Sender

    @property
    def areas(self) -> tuple[str, ...]:
        return (self.workshop.neighbourhood_id,)

    def count(self, connection: Connection) -> None:
        now = datetime.now(UTC)
        stored = _there(connection, self.workshop.id)
        if not stored.takes(now):
            raise BadInputError(
                N_("This workshop takes no more. Tell it to the relay, or propose it on the map.")
            )
        if self.sender.table not in stored.tables:
            raise BadInputError(N_("There is no such table. Choose yours."))
        pace.count(connection, self.workshop.id, self.sender.phone, now)

    def take(self, connection: Connection, proposal_id: str, link: str, at: datetime) -> None:
        row = {
            "workshop_id": self.workshop.id,
            "proposal_id": proposal_id,
            "link": link,
            "table_name": self.sender.table,
            "nickname": self.sender.nickname,
            "phone": self.sender.phone,
            "at": at,
            "merged_into": "",
        }
        connection.execute(insert(_SAID), [row])


class Workshops:
    """The workshops of one store; safe to share between threads."""

    def __init__(self, store: Store, proposals: Proposals, grounds: Callable[[], Grounds]) -> None:
        self._store, self._proposals, self._grounds = store, proposals, grounds

    def make(self, given: Mapping[str, Any], *, by: Author) -> Workshop:
        """Make a workshop: its title, day, neighbourhood, tables, languages and local map.

        Raises:
            NotAllowedError: not a relay of that neighbourhood.
            BadInputError: a rule is broken; nothing is kept.
        """
        area = str(given.get("neighbourhood_id", ""))
        check(by.acting, Deed.LEAD_WORKSHOP, today(), neighbourhoods=(area,))
        if area not in self._grounds().directory.neighbourhoods:
            raise BadInputError(N_("There is no neighbourhood “{id}”."), id=area[:80])
        day = given.get("day")
        if not isinstance(day, date) or not today() <= day <= today() + timedelta(AHEAD_DAYS):
            raise BadInputError(N_("Choose a day from today on, at most a year ahead."))
        now = datetime.now(UTC)
        ends_at = datetime.combine(day + timedelta(1), UNTIL, BRUSSELS).astimezone(UTC)
        facts = {
            **given,
            "title": clean_text(str(given.get("title", "")), field="title", of="workshop"),
            "id": new_id(),
            "made_by": clean_text(by.name, field="author", of="workshop"),
            "person": by.acting.id,
            "made_at": now,
            "ends_at": ends_at,
        }
        found = _valid(facts)
        with self._store.keeping() as connection:
            connection.execute(insert(_WORKSHOP), [_row(found)])
        return found

    def change(self, workshop: Workshop, *, by: Author, **facts: Any) -> Workshop:
        """Change the title, tables, languages, local map or address of a workshop.

        Raises:
            NotAllowedError: not theirs to lead. BadInputError: a rule is broken.
            ConflictError: somebody changed it since it was read.
        """
        unknown = set(facts) - _CHANGED_BY_LEADERS
        if unknown:
            raise BadInputError(N_("“{field}” cannot be changed."), field=min(unknown))
        found = _valid({**workshop.model_dump(), **facts})
        with self._store.keeping() as connection:
            return _write(connection, workshop, found, by)

    def close(self, workshop: Workshop, *, by: Author) -> Workshop:
        """Take no more proposals; what came stays, and its links still show it until they end."""
        shut = {"status": WorkshopStatus.CLOSED, "closed_at": datetime.now(UTC)}
        with self._store.keeping() as connection:
            return _write(connection, workshop, workshop.model_copy(update=shut), by)

    def reopen(self, workshop: Workshop, *, by: Author) -> Workshop:
        """Take proposals again, until the links end."""
        again = {"status": WorkshopStatus.OPEN, "closed_at": None}
        with self._store.keeping() as connection:
            return _write(connection, workshop, workshop.model_copy(update=again), by)

    def get(self, workshop_id: str) -> Workshop:
        """Return a workshop.

        Raises:
            UnknownIdError: there is none of that id.
        """
        with self._store.reading() as connection:
            return _there(connection, workshop_id)

    def led_by(self, person: Person) -> list[Workshop]:
        """Return the workshops somebody may lead, the latest first."""
        wanted = select(_WORKSHOP).order_by(_WORKSHOP.c.day.desc(), _WORKSHOP.c.made_at.desc())
        with self._store.reading() as connection:
            found = [_read(row) for row in connection.execute(wanted).mappings()]
        return [one for one in found if _may_lead(person, one)]

    def open_link(self, workshop: Workshop, use: LinkUse, *, by: Author) -> str:
        """Return the token of a new link; those made before go on opening it.

        Raises:
            NotAllowedError: not theirs to lead.
            BadInputError: its links have ended: the day is over.
        """
        token = new_code() if use is LinkUse.PHONE else new_token()
        now = datetime.now(UTC)
        with self._store.keeping() as connection:
            stored = _led(connection, workshop, by)
            if now >= stored.ends_at:
                raise BadInputError(N_("The day of this workshop is over: its links have ended."))
            row = {"hash": hash_token(token), "workshop_id": stored.id, "use": use.value}
            connection.execute(insert(_LINK), [row | {"made_at": now, "ended_at": None}])
        return token

    def end_links(self, workshop: Workshop, *, by: Author) -> int:
        """End every link of a workshop, and return how many; new ones can be made."""
        with self._store.keeping() as connection:
            _led(connection, workshop, by)
            mine = (_LINK.c.workshop_id == workshop.id) & _LINK.c.ended_at.is_(None)
            ended = update(_LINK).where(mine).values(ended_at=datetime.now(UTC))
            return int(connection.execute(ended).rowcount)

    def by_link(self, token: str) -> Opened | None:
        """Return what a link opens; None for one that nobody was given, or that has ended."""
        if not is_token(token) and not CODE.fullmatch(token := plain_code(token)):
            return None
        wanted = select(_LINK).where(_LINK.c.hash == hash_token(token), _LINK.c.ended_at.is_(None))
        with self._store.reading() as connection:
            link = connection.execute(wanted).mappings().one_or_none()
            if link is None:
                return None
            found = _there(connection, link["workshop_id"])
        return Opened(found, LinkUse(link["use"])) if datetime.now(UTC) < found.ends_at else None

    def send(self, workshop: Workshop, draft: Draft, sender: Sender, *, token: str) -> Made:
        """Take a proposal of a table in; sent twice with the same token it is kept once.

        Whoever calls this has held the link of the workshop (`by_link`) for phones.

        Raises:
            BadInputError: a rule is broken, the workshop is closed, or there is no such table.
            TooManyError: this phone or this workshop sent enough for now.
        """
        nickname = clean_text(sender.nickname, field="name", of="proposal")
        if len(nickname) > NAME_MAX:
            raise BadInputError(N_("Your name is too long: at most {limit} signs."), limit=NAME_MAX)
        if sender.phone and not _PHONE.fullmatch(sender.phone):
            raise BadInputError(N_("The form could not be read. Load the page again."))
        phone = hash_token(sender.phone)[:16] if sender.phone else ""
        known = Sender(table=sender.table, nickname=nickname, phone=phone)
        return self._proposals.make(draft, token=token, meeting=_Table(workshop, known))

    def came(self, workshop_id: str) -> list[Contribution]:
        """Return all that was said at a workshop, in the order it came."""
        wanted = select(_SAID).where(_SAID.c.workshop_id == workshop_id).order_by(_SAID.c.id)
        with self._store.reading() as connection:
            rows = connection.execute(wanted).mappings().all()
            found = kept.read_some(connection, {row["proposal_id"] for row in rows})
        return [
            Contribution(
                number=row["id"],
                proposal=found[row["proposal_id"]],
                table=row["table_name"],
                nickname=row["nickname"],
                phone=row["phone"],
                at=row["at"],
                merged_into=row["merged_into"],
            )
            for row in rows
            if row["proposal_id"] in found
        ]

    def state_of(self, workshop_id: str) -> tuple[int, ...]:
        """Return numbers that differ once anything of a workshop did: cheap to ask each second."""
        with self._store.reading() as connection:
            return pace.state_of(connection, workshop_id)

    def merge(
        self, proposal: Proposal, into: Proposal | str, *, by: Author, reason: str
    ) -> Proposal:
        """Settle a proposal as the same as another one, or as an actor that is there (its id).

        The other one weighs more by it; who proposed this one reads what became of it.

        Raises:
            NotAllowedError: not theirs to decide. ConflictError: it changed since it was read.
            BadInputError: it is decided already, or the other one is.
        """
        if isinstance(into, str) and into not in self._grounds().directory.actors:
            raise UnknownIdError(
                N_("The place “{id}” this is about is no longer in the directory."), id=into[:80]
            )
        target = f"actor:{into}" if isinstance(into, str) else into.id
        with self._store.keeping() as connection:
            if isinstance(into, Proposal):
                # Also those of what was merged into this one before, and those outside a workshop.
                said = there(connection, proposal.id).said
                self._proposals.strengthen(connection, into, said, other=proposal, by=by)
            self._proposals.settle(
                connection, proposal, ProposalStatus.REFUSED, by=by, reason=reason
            )
            mine = update(_SAID).where(_SAID.c.proposal_id == proposal.id)
            connection.execute(mine.values(merged_into=target))
        return self._proposals.get(proposal.id)

    def forget_names(self, workshop: Workshop, *, by: Author) -> int:
        """Take the nicknames out of a workshop, and return how many there were."""
        with self._store.keeping() as connection:
            _led(connection, workshop, by)
            mine = (_SAID.c.workshop_id == workshop.id) & (_SAID.c.nickname != "")
            return int(connection.execute(update(_SAID).where(mine).values(nickname="")).rowcount)


def _valid(facts: Mapping[str, Any]) -> Workshop:
    try:
        return Workshop.model_validate(facts)
    except ValidationError as error:
        raise refusal(error) from error


def _row(found: Workshop) -> dict[str, Any]:
    moments = {name: getattr(found, name) for name in ("day", "made_at", "ends_at", "closed_at")}
    return found.model_dump(mode="json") | moments


def _read(row: RowMapping) -> Workshop:
    return Workshop.model_validate(dict(row))


def _there(connection: Connection, workshop_id: str) -> Workshop:
    wanted = select(_WORKSHOP).where(_WORKSHOP.c.id == workshop_id)
    row = connection.execute(wanted).mappings().one_or_none()
    if row is None:
        raise UnknownIdError(N_("There is no such workshop."))
    return _read(row)


def _may_lead(person: Person, found: Workshop) -> bool:
    area = (found.neighbourhood_id,)
    return may(person, Deed.LEAD_WORKSHOP, today(), neighbourhoods=area)


def _led(connection: Connection, workshop: Workshop, by: Author) -> Workshop:
    """Ask the roles about the workshop as it is stored, not as a caller read or made it up."""
    stored = _there(connection, workshop.id)
    area = (stored.neighbourhood_id,)
    check(by.acting, Deed.LEAD_WORKSHOP, today(), neighbourhoods=area)
    return stored


def _write(connection: Connection, before: Workshop, after: Workshop, by: Author) -> Workshop:
    _led(connection, before, by)
    mine = (_WORKSHOP.c.id == before.id) & (_WORKSHOP.c.version == before.version)
    new = after.model_copy(update={"version": before.version + 1})
    if connection.execute(update(_WORKSHOP).where(mine).values(**_row(new))).rowcount != 1:
        raise ConflictError(N_("Somebody changed this workshop meanwhile. Look at it again."))
    return new

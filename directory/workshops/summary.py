"""What came of a workshop: accepted, refused, open, by table and category, and who took part."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from directory.proposals import Proposal, ProposalStatus
from directory.workshops.records import Contribution


class Outcome(StrEnum):
    """What became of something that was said."""

    ACCEPTED = "accepted"
    MERGED = "merged"
    REFUSED = "refused"
    OPEN = "open"
    ASKED = "asked"
    WITHDRAWN = "withdrawn"


_OUTCOMES: Final[Mapping[ProposalStatus, Outcome]] = {
    ProposalStatus.OPEN: Outcome.OPEN,
    ProposalStatus.ASKED: Outcome.ASKED,
    ProposalStatus.ACCEPTED: Outcome.ACCEPTED,
    ProposalStatus.REFUSED: Outcome.REFUSED,
    ProposalStatus.WITHDRAWN: Outcome.WITHDRAWN,
}


def outcome(one: Contribution) -> Outcome:
    """Tell what became of it; what was merged counts as that, not as refused."""
    merged = one.merged_into and one.proposal.status is ProposalStatus.REFUSED
    return Outcome.MERGED if merged else _OUTCOMES[one.proposal.status]


def category(proposal: Proposal) -> str:
    """Return the category somebody proposed, "" where the proposal says none."""
    return next(iter(proposal.facts.get("categories") or ()), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What came: counts of proposals, each once however often it was said.

    `by_table` counts what each table said; `names` are those given, `unnamed` the phones that
    gave none.
    """

    outcomes: Mapping[Outcome, int]
    by_table: Mapping[str, Mapping[Outcome, int]]
    by_category: Mapping[str, int]
    names: tuple[str, ...]
    unnamed: int
    still_open: tuple[Contribution, ...]

    @property
    def came(self) -> int:
        """How many proposals there are."""
        return sum(self.outcomes.values())


def once(came: Iterable[Contribution]) -> list[Contribution]:
    """Keep the first time each proposal was said, those said again last."""
    said = list(came)
    return list({one.proposal.id: one for one in reversed(said)}.values())[::-1]


def summed(came: Iterable[Contribution], tables: Iterable[str]) -> Summary:
    """Sum up what was said at a workshop."""
    said = list(came)
    first = sorted(once(said), key=lambda one: one.number)
    by_table: dict[str, Counter[Outcome]] = {name: Counter() for name in tables}
    for one in {(one.table, one.proposal.id): one for one in reversed(said)}.values():
        by_table.setdefault(one.table, Counter())[outcome(one)] += 1
    named = {one.phone for one in said if one.nickname}
    return Summary(
        outcomes=Counter(map(outcome, first)),
        by_table=by_table,
        by_category=Counter(category(one.proposal) for one in first if category(one.proposal)),
        names=tuple(sorted({one.nickname for one in said if one.nickname}, key=str.casefold)),
        unnamed=len({one.phone for one in said if one.phone} - named),
        still_open=tuple(one for one in first if one.proposal.undecided),
    )

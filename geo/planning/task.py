"""What is asked of a proposal, checked: how many groups, how large, what should stay."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.errors import N_, BadInputError, UnknownIdError
from geo.neighbourhoods import SECTORS_MAX, SECTORS_MIN
from geo.planning.ground import Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Aims:
    """How much each aim counts beside the others: 1 is our balance of them, 0 leaves it out."""

    compact: float = 1.0
    balance: float = 1.0
    keep: float = 1.0

    def __post_init__(self) -> None:
        for found in (self.compact, self.balance, self.keep):
            if not 0 <= found < math.inf:
                raise BadInputError(
                    N_("Expected aims that count zero or more, found {found}."), found=found
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How many sectors a neighbourhood has, both included."""

    least: int = SECTORS_MIN
    most: int = SECTORS_MAX

    def __post_init__(self) -> None:
        if not 1 <= self.least <= self.most:
            raise BadInputError(
                N_("Expected sizes from 1 sector on, the smaller one first, found {n} to {m}."),
                n=self.least,
                m=self.most,
            )

    def allowed(self, sectors: int) -> range:
        """Return how many groups that many sectors of one piece can make.

        >>> Rules(least=4, most=11).allowed(12)
        range(2, 4)
        """
        return range(math.ceil(sectors / self.most), sectors // self.least + 1)


@dataclass(frozen=True, kw_only=True, eq=False)
class Task:
    """A question that has passed its checks; positions instead of codes.

    Attributes:
        weight: of each sector, finite and not negative.
        parts: the pieces of the ground to be grouped; what is in none stays unassigned.
        quota: groups for each part.
        present: the neighbourhood of each sector today, or None.
        locked: sectors that stay in it.
    """

    ground: Ground
    weight: NDArray[np.float64]
    rules: Rules
    aims: Aims
    parts: tuple[tuple[int, ...], ...]
    quota: tuple[int, ...]
    present: tuple[str | None, ...]
    locked: frozenset[int]

    @property
    def number(self) -> int:
        """Groups in all."""
        return sum(self.quota)


def set_task(
    ground: Ground,
    weight: ArrayLike,
    *,
    number: int | None,
    size: float | None,
    rules: Rules,
    aims: Aims,
    present: Mapping[str, str],
    locked: Collection[str],
    leave_islands: bool,
) -> Task:
    """Check a question; what each argument means is told at `propose`."""
    weights = _weights(ground, weight)
    now = tuple(present.get(code) for code in ground.codes)
    fixed = _fixed(ground, now, locked)
    parts = [part for part in ground.parts() if not leave_islands or rules.allowed(len(part))]
    if not parts:
        raise BadInputError(
            N_("No part of these sectors can make a neighbourhood of {least} to {most}."),
            least=rules.least,
            most=rules.most,
        )
    ranges = [_allowed(ground, part, rules, now, fixed) for part in parts]
    sectors = sum(map(len, parts))
    wanted = _number(ranges, sectors, rules, number, size)
    return Task(
        ground=ground,
        weight=weights,
        rules=rules,
        aims=aims,
        parts=tuple(parts),
        quota=_share_out(parts, ranges, wanted, weights),
        present=now,
        locked=fixed,
    )


def _fixed(ground: Ground, now: Sequence[str | None], locked: Collection[str]) -> frozenset[int]:
    unknown = sorted(set(locked) - set(ground.codes))
    if unknown:
        raise UnknownIdError(
            N_("Expected locked sectors among those to group, {code} is not. Unlock it."),
            code=unknown[0],
        )
    fixed = frozenset(ground.position[code] for code in locked)
    homeless = [i for i in fixed if now[i] is None]
    if homeless:
        raise BadInputError(
            N_("The locked sectors {codes} are in no neighbourhood today. Unlock them."),
            codes=ground.named(homeless),
        )
    return fixed


def _weights(ground: Ground, weight: ArrayLike) -> NDArray[np.float64]:
    weights = np.asarray(weight, np.float64)
    if weights.shape != (len(ground),):
        raise BadInputError(
            N_("Expected a weight for each of {n} sectors, found {m}."),
            n=len(ground),
            m=weights.size,
        )
    unknown = np.flatnonzero(~(np.isfinite(weights) & (weights >= 0)))
    if len(unknown):
        raise BadInputError(
            N_(
                "Expected a weight of zero or more for every sector, found {n} without: {codes}. "
                "Fill them in, or leave these sectors out."
            ),
            n=len(unknown),
            codes=ground.named(unknown.tolist()),
        )
    return weights


def _allowed(
    ground: Ground,
    part: Sequence[int],
    rules: Rules,
    now: Sequence[str | None],
    locked: Collection[int],
) -> range:
    """Return how many groups a part can make, with one at least for each locked neighbourhood."""
    can = rules.allowed(len(part))
    if not can:
        raise BadInputError(
            N_(
                "Expected parts that can be grouped by {least} to {most} sectors, found one of "
                "{n}: {codes}. Add sectors beside it, or leave it out."
            ),
            least=rules.least,
            most=rules.most,
            n=len(part),
            codes=ground.named(part),
        )
    kept = len({now[i] for i in part if i in locked})
    if kept >= can.stop:
        raise BadInputError(
            N_(
                "Locked sectors of {n} neighbourhoods lie where at most {most} have room, around "
                "{codes}. Unlock some."
            ),
            n=kept,
            most=can.stop - 1,
            codes=ground.named(part),
        )
    return range(max(can.start, kept), can.stop)


def _number(
    ranges: Sequence[range], sectors: int, rules: Rules, number: int | None, size: float | None
) -> int:
    """Return how many groups in all; without a number, as many as the size or the middle makes."""
    fewest = sum(can.start for can in ranges)
    most = sum(can.stop - 1 for can in ranges)
    if number is None:
        size = (rules.least + rules.most) / 2 if size is None else size
        if not rules.least <= size <= rules.most:
            raise BadInputError(
                N_("Expected {least} to {most} sectors on average, found {size}. Choose between."),
                least=rules.least,
                most=rules.most,
                size=size,
            )
        return min(max(round(sectors / size), fewest), most)
    if not fewest <= number <= most:
        raise BadInputError(
            N_(
                "Expected {fewest} to {most} neighbourhoods of these {n} sectors, found {number}. "
                "Choose a number between."
            ),
            fewest=fewest,
            most=most,
            n=sectors,
            number=number,
        )
    return number


def _share_out(
    parts: Sequence[Sequence[int]],
    ranges: Sequence[range],
    number: int,
    weight: NDArray[np.float64],
) -> tuple[int, ...]:
    """Share the groups out over the parts, by sectors and weight alike."""
    whole = sum(map(len, parts)), float(weight.sum()) or 1.0
    wish = [
        number * (len(part) / whole[0] + float(weight[list(part)].sum()) / whole[1]) / 2
        for part in parts
    ]
    quota = [can.start for can in ranges]
    for _ in range(number - sum(quota)):
        open_ = [n for n, can in enumerate(ranges) if quota[n] + 1 in can]
        first = max(open_, key=lambda n: wish[n] - quota[n])
        quota[first] += 1
    return tuple(quota)

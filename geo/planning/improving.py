"""Better groups by simulated annealing: sectors over a border, two groups re-cut, one set free."""

from collections.abc import Callable
from random import Random
from typing import Final

import numpy as np

from geo.planning.grouping import NOWHERE, Grouping
from geo.planning.splitting import adopt, best_cut, cost_of_pair
from geo.planning.task import Rules

ROUNDS, ROUNDS_OF_FEW = 200, 100
"""Temperatures of one cooling, and how often somebody is told and may stop."""
COOLINGS, COOLINGS_OF_FEW = 2, 4
"""All is cooled again from where it is, as often; the best counts. Our choice."""
MANY: Final = 2_000
"""So many sectors are cooled once: they take long enough."""
STEPS: Final = 100
"""Tries for each sector in a round, of moving it over a border."""
STEPS_OF_FEW, STEPS_MIN = 20, 300
"""Tries for each of a few sectors, and for all of them at least."""
CUTS: Final = 0.4
"""Tries for each group in a round, of re-cutting it with a neighbour or setting it free."""
CUTS_MIN: Final = 10
"""As many at least, for a handful of groups."""
BATCH_MIN: Final = 150
"""Tries priced at once, at least: of fewer, numpy takes as long."""
HOT, COLD = 1.0, 0.04
"""First and last temperature, in the cost of one sector at the usual distance. Our choice: what
begins at 0.5 ends worse."""
STRICT_FIRST, STRICT_LAST = 2.0, 200.0
"""What a size one too many or few costs, at first and at last: in the end nothing outweighs it."""
REPAIRS: Final = 4
"""How often groups that still break a size are warmed up again."""
REPAIR_ROUNDS: Final = 20
TREES: Final = 3
"""Random trees tried for a pair, the best cut of them counts."""
EVEN, EVEN_MOST = 0.197, 0.1995
"""Coefficient of variation of the weights that is sought, and the highest that is let be: the goal
is 0.20. Less even than that, balance costs more, and more even, less, so that all that is left
goes into the radius. `Aims.balance` divides both."""
PRICES: Final = 4.0
"""Balance costs at most as many times as usual, and at least as small a part of it."""
FELT: Final = 0.3
"""Temperature below which weights tell how even they will be in the end."""
WARM: Final = 0.15
"""How much less even they are for one degree, in parts of the price of balance. Measured."""
REPRICE: Final = 0.1
"""How fast the price follows, as a power."""
RAISE: Final = 1.1
"""What it is raised by at the end, as often as weights are still not even enough."""
FEW: Final = 100
"""So few sectors keep the usual price of balance: what is best of them can be told exactly."""
_ENOUGH: Final = 1e-9
"""A change below this is rounding."""


class Improver:
    """One search: the groups, where chance comes from, and when to stop."""

    def __init__(
        self,
        grouping: Grouping,
        *,
        seed: int,
        rules: Rules,
        tell: Callable[[float], None],
        stop: Callable[[], bool],
    ) -> None:
        self.grouping = grouping
        self.least, self.most = rules.least, rules.most
        self.tell, self.stop = tell, stop
        self.draw = np.random.default_rng(seed)
        self.chance = Random(seed)  # noqa: S311 - a proposal is no secret
        pairs = [(i, j) for i, some in enumerate(grouping.near) for j in some]
        self.tails, self.heads = [i for i, _ in pairs], [j for _, j in pairs]
        self.ends = np.array(self.tails, np.int64), np.array(self.heads, np.int64)
        self.few = len(grouping.group) <= FEW
        self.free = set(range(len(grouping.count))) - set(grouping.home)

    def improve(self) -> bool:
        """Search until done; returns whether somebody stopped it. Groups hold at any time."""
        if not self.tails or len(self.grouping.count) < 2:  # noqa: PLR2004 - nothing to move
            self.tell(1.0)
            return False
        coolings = COOLINGS if len(self.grouping.group) <= MANY else 1
        coolings = COOLINGS_OF_FEW if self.few else coolings
        best: tuple[int, bool, float] | None = None
        kept: list[int] = []
        for cooling in range(coolings):
            stopped = self._search(cooling / coolings, 1 / coolings)
            self._finish()
            found = self._judge()
            if best is None or found < best:
                best, kept = found, list(self.grouping.group)
            if stopped:
                break
        self.grouping.restore(kept)
        self.tell(1.0)
        return stopped

    def _judge(self) -> tuple[int, bool, float]:
        """Return what the best has the least of: broken sizes, unevenness, cost as usual."""
        grouping = self.grouping
        price, grouping.balance = grouping.balance, grouping.usual_balance
        grouping.grow_strict(STRICT_LAST)
        found = grouping.broken(), self._uneven(EVEN_MOST), grouping.total()
        grouping.balance = price
        return found

    def _uneven(self, most: float) -> bool:
        """Whether the weights vary by more than so much, where anybody minds."""
        grouping = self.grouping
        return grouping.spread() * grouping.even**2 > most**2

    def _search(self, told: float, share: float) -> bool:
        """Cool down once, and again a little while sizes are broken."""
        stopped = self._cool(ROUNDS_OF_FEW if self.few else ROUNDS, told, 0.9 * share)
        for repair in range(REPAIRS):
            if stopped or not self.grouping.broken():
                break
            stopped = self._cool(
                REPAIR_ROUNDS,
                told + (0.9 + 0.1 * repair / REPAIRS) * share,
                0.1 / REPAIRS * share,
            )
        return stopped

    def _cool(self, rounds: int, told: float, share: float) -> bool:
        heats = np.geomspace(HOT, COLD, rounds).tolist()
        stricts = np.geomspace(STRICT_FIRST, STRICT_LAST, rounds).tolist()
        for n, (heat, strict) in enumerate(zip(heats, stricts, strict=True)):
            if self.stop():
                return True
            self.grouping.grow_strict(strict)
            self._step(self._tries(), heat)
            for _ in range(max(CUTS_MIN, round(CUTS * len(self.grouping.count)))):
                self._recut(heat)
                self._set_free(heat)
            if heat < FELT:
                self._reprice(heat)
            self.tell(told + share * (n + 1) / rounds)
        return False

    def _reprice(self, heat: float) -> None:
        """Let balance cost more while weights are less even than is sought, and less else."""
        grouping = self.grouping
        if self.few or not grouping.balance:
            return
        sought = (EVEN / grouping.even) ** 2 + WARM * heat / grouping.balance
        self._price(grouping.balance * (grouping.spread() / sought) ** REPRICE)

    def _price(self, balance: float) -> None:
        usual = self.grouping.usual_balance
        self.grouping.balance = min(max(balance, usual / PRICES), usual * PRICES)

    def _tries(self) -> int:
        sectors = len(self.grouping.group)
        return max(STEPS_MIN, STEPS_OF_FEW * sectors) if self.few else STEPS * sectors

    def _step(self, tries: int, heat: float) -> None:
        """Try to move sectors into a group they border.

        All tries of a batch are priced at once; those that look bearable are priced again when
        their turn comes, for others have moved since.
        """
        grouping = self.grouping
        group = grouping.group
        batch = min(tries, max(BATCH_MIN, len(self.tails)))
        for _ in range(-(-tries // batch)):
            picks = self.draw.integers(0, len(self.tails), batch)
            bearable = self.draw.exponential(heat, batch) - _ENOUGH
            likely = grouping.changes(self.ends[0][picks], self.ends[1][picks]) < bearable
            for pick, most in zip(picks[likely].tolist(), bearable[likely].tolist(), strict=True):
                i = self.tails[pick]
                source, target = group[i], group[self.heads[pick]]
                if (
                    source != target
                    and grouping.change(i, source, target) < most
                    and grouping.holds_without(i)
                ):
                    grouping.move(i, source, target)

    def _bearable(self, heat: float) -> float:
        return heat * self.chance.expovariate(1.0) - _ENOUGH

    def _pair(self) -> tuple[int, int] | None:
        """Pick two groups that border each other."""
        pick = int(self.chance.random() * len(self.tails))
        group = self.grouping.group
        one, other = group[self.tails[pick]], group[self.heads[pick]]
        return None if one == other or NOWHERE in (one, other) else (one, other)

    def _recut(self, heat: float) -> None:
        """Put two neighbours together and cut them elsewhere."""
        pair = self._pair()
        if pair is None:
            return
        one, other = pair
        grouping = self.grouping
        some = sorted(grouping.members[one] | grouping.members[other])
        cuts = [best_cut(grouping, some, one, other, self.chance) for _ in range(TREES)]
        best = min((cut for cut in cuts if cut), key=lambda cut: cut.cost, default=None)
        now = cost_of_pair(grouping, one, other)
        if best and best.cost - now < self._bearable(heat):
            adopt(grouping, best, one, other)

    def _set_free(self, heat: float) -> None:
        """Put two neighbours together for good, and cut another group in two instead."""
        pair, grouping = self._pair(), self.grouping
        if pair is None or not self.free:
            return
        stays, goes = pair if pair[1] in self.free else pair[::-1]
        large = int(self.chance.random() * len(grouping.count))
        fits = grouping.count[stays] + grouping.count[goes] <= self.most
        if goes not in self.free or not fits or large in pair:
            return
        if grouping.count[large] < 2 * self.least:
            return
        cut = best_cut(grouping, sorted(grouping.members[large]), large, goes, self.chance)
        if cut is None:
            return
        came_home = sum(grouping.home[i] == stays for i in grouping.members[goes])
        strangers = sum(grouping.home[i] not in (NOWHERE, large) for i in grouping.members[large])
        before = grouping.cost[stays] + grouping.cost[goes] + grouping.cost[large]
        before += grouping.away * (came_home + strangers)
        if self._joined(stays, goes) + cut.cost - before < self._bearable(heat):
            grouping.give(sorted(grouping.members[goes]), stays)
            grouping.recount(stays)
            adopt(grouping, cut, large, goes)

    def _joined(self, one: int, other: int) -> float:
        """Return what two groups would cost as one."""
        of = self.grouping
        return of.worth(
            of.count[one] + of.count[other],
            of.sum_x[one] + of.sum_x[other],
            of.sum_y[one] + of.sum_y[other],
            of.sum_w[one] + of.sum_w[other],
        )

    def _finish(self) -> None:
        """Take every step that helps, and then those that make weights even enough."""
        self._settle()
        grouping = self.grouping
        dearest = grouping.usual_balance * PRICES
        while not self.few and self._uneven(EVEN_MOST) and grouping.balance < dearest:
            self._price(grouping.balance * RAISE)
            self._settle()

    def _settle(self) -> None:
        """Take every step that helps until none is left."""
        self.grouping.grow_strict(STRICT_LAST)
        group, locked = self.grouping.group, self.grouping.locked
        moved = True
        while moved:
            moved = False
            for i, j in zip(self.tails, self.heads, strict=True):
                source, target = group[i], group[j]
                if source == target or locked[i]:
                    continue
                gain = self.grouping.change(i, source, target)
                if gain < -_ENOUGH and self.grouping.holds_without(i):
                    self.grouping.move(i, source, target)
                    moved = True

"""Every row of the file is in exactly one heap at every moment, whatever people do."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from directory.importing import accepting, checking, deciding, opening, settling
from directory.importing.desk import Desk
from directory.importing.fields import Field
from directory.importing.placing import heap_of
from directory.importing.records import Choice, Guess, Heap, Outcome, Settings
from directory.store import Store, upgrade
from geo.errors import BadInputError
from tests.imports import BRUSSELS, BY, COLUMNS, MAPPING, ROWS, FakeGeocoder

_FILE = [*ROWS, *ROWS[:2], ("", "", "Rue Haute 9", "", ""), ("Huis F", "", "2", "", "")]
_numbers = count()
_which = st.integers(1, len(_FILE))


class Heaps(RuleBasedStateMachine):
    """People and programs at work on one file."""

    template: Path

    @initialize()
    def begin(self) -> None:
        self.folder = Path(mkdtemp(prefix="plein-heaps-"))
        shutil.copy(self.template, self.folder / "plein.db")
        self.desk = Desk(store=Store(f"sqlite:///{self.folder}/plein.db"), area=BRUSSELS)
        self.before = self.desk.store.directory().actors
        self.batch = opening.begin(
            self.desk,
            name="file",
            content_sha256="",
            columns=COLUMNS,
            guesses=[Guess(field=field, confidence=1.0) for field in MAPPING],
            rows=enumerate(_FILE, start=2),
            by=BY,
        )
        opening.set_mapping(self.desk, self.batch.id, Settings(mapping=MAPPING), by=BY)

    def attempt(self, action: Callable[..., object], *given: object, **named: object) -> None:
        with suppress(BadInputError):
            action(self.desk, self.batch.id, *given, **named)

    @rule(drop=st.sets(st.integers(1, 4)), category=st.sampled_from(["", "pharmacy"]))
    def map_columns(self, drop: set[int], category: str) -> None:
        mapping = tuple(None if n in drop else field for n, field in enumerate(MAPPING))
        chosen = Settings(mapping=mapping, category=category)
        self.attempt(opening.set_mapping, chosen, by=BY)

    @rule()
    def check(self) -> None:
        self.attempt(checking.check)

    @rule()
    def confirm(self) -> None:
        words = {"pharmacei": ("pharmacy",)}
        self.attempt(checking.confirm, by=BY, words=words, hours={"ma-vr 9-12u": ""})

    @rule(chunks=st.integers(0, 3))
    def geocode(self, chunks: int) -> None:
        left = iter([False] * chunks)
        self.attempt(settling.geocode, FakeGeocoder(), stop=lambda: next(left, True))

    @rule(row=_which, index=st.integers(0, 2))
    def choose(self, row: int, index: int) -> None:
        self.attempt(settling.choose_candidate, row, index)

    @rule(row=_which, lon=st.floats(4, 5))
    def pin(self, row: int, lon: float) -> None:
        self.attempt(settling.put_pin, row, lon, 50.84)

    @rule(row=_which)
    def nowhere(self, row: int) -> None:
        self.attempt(settling.no_fixed_place, row)

    @rule(row=_which)
    def ask_again(self, row: int) -> None:
        self.attempt(settling.ask_again, row)

    @rule(row=_which, text=st.sampled_from(["Rue Haute 8", "Nergens 1", "", "CPAS"]))
    def correct(self, row: int, text: str) -> None:
        for field in (Field.ADDRESS, Field.CATEGORY, Field.NAME):
            self.attempt(checking.correct, row, {field: text})

    @rule(row=_which, choice=st.sampled_from(Choice), twin=st.integers(0, 1))
    def decide(self, row: int, choice: Choice, twin: int) -> None:
        deciding.find_duplicates(self.desk, self.batch.id)
        self.attempt(deciding.decide, row, choice, twin=twin, facts=("hours",))

    @rule()
    def accept(self) -> None:
        self.attempt(accepting.accept, by=BY)

    @rule()
    def undo(self) -> None:
        self.attempt(accepting.undo, by=BY)
        if opening.batch(self.desk, self.batch.id).step.value == "undone":
            assert self.desk.store.directory().actors == self.before

    @invariant()
    def every_row_is_in_one_heap(self) -> None:
        if not hasattr(self, "batch"):
            return
        rows = settling.rows(self.desk, self.batch.id, limit=1000)
        assert [row.cells for row in rows] == [tuple(cells) for cells in _FILE]
        assert [row.heap for row in rows] == [heap_of(row) for row in rows]
        heaps = settling.heaps(self.desk, self.batch.id)
        assert sum(heaps.values()) == len(_FILE)
        in_heaps = [
            row.number
            for heap in Heap
            for row in settling.rows(self.desk, self.batch.id, heap, limit=1000)
        ]
        assert sorted(in_heaps) == list(range(1, len(_FILE) + 1))

    @invariant()
    def what_is_in_the_directory_is_told_by_the_rows(self) -> None:
        if not hasattr(self, "batch"):
            return
        rows = settling.rows(self.desk, self.batch.id, limit=1000)
        created = [row.actor_id for row in rows if row.outcome is Outcome.CREATED]
        assert sorted(created) == sorted(self.desk.store.directory().actors)
        left = accepting.readiness(self.desk, self.batch.id)
        open_rows = [row.number for row in rows if row.outcome is Outcome.NONE]
        ready = left.created + left.updated + left.already_there
        assert ready + len(left.left) == len(open_rows)

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.store.close()
            shutil.rmtree(self.folder)


def test_heaps(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("heaps") / "plein.db"
    upgrade(f"sqlite:///{path}")
    Heaps.template = path
    machine = Heaps.TestCase
    machine.settings = settings(
        max_examples=12,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    machine("runTest").runTest()

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from geo.errors import BadInputError, UnknownIdError
from geo.neighbourhood_edits import Draft, Edits, advice, changes, id_of, replaced
from geo.neighbourhoods import Neighbourhood

FIRST, DAY, LATER = date(2022, 1, 1), date(2026, 11, 1), date(2027, 1, 1)
LINE = {f"{n:02}": {f"{n - 1:02}", f"{n + 1:02}"} for n in range(20)}
"""Twenty sectors in a row."""


def codes(*numbers: int) -> list[str]:
    return [f"{n:02}" for n in numbers]


def place(name: str, *numbers: int, start: date = FIRST, version: int = 1) -> Neighbourhood:
    return Neighbourhood(
        id=name,
        names={"nl": name},
        sectors=tuple(codes(*numbers)),
        valid_from=start,
        version=version,
    )


STORED = {"a": place("a", 0, 1, 2, 3), "b": place("b", 4, 5, 6, 7, 8)}


def draft() -> Draft:
    return Draft.of(LINE, STORED, DAY)


def told(found: Draft, **reasons: str) -> list[Neighbourhood]:
    return changes(found, STORED, day=DAY, neighbours=LINE, reasons=reasons)


def said(found: Draft, stored: dict[str, Neighbourhood] = STORED) -> list[str]:
    return [str(breach) for breach in advice(found, stored, day=DAY, neighbours=LINE)]


def test_a_sector_put_into_one_leaves_the_other() -> None:
    moved = draft().put(["04"], "a")
    assert moved.areas["a"].sectors == set(codes(0, 1, 2, 3, 4))
    assert moved.areas["b"].sectors == set(codes(5, 6, 7, 8))
    assert draft().handed_over(moved) == [("04", ("b",), ("a",))]
    assert moved.take_out(["04"], "a").handed_over(draft()) == [("04", (), ("b",))]


def test_what_changed_is_what_is_saved_with_the_version_it_was_read_with() -> None:
    a, b = told(draft().put(["04"], "a"))
    assert (a.version, a.begins, a.sectors) == (1, DAY, tuple(codes(0, 1, 2, 3, 4)))
    assert a.on(FIRST) == STORED["a"]
    assert b.sectors == tuple(codes(5, 6, 7, 8))
    assert told(draft()) == []


def test_a_broken_rule_needs_a_reason_which_is_kept() -> None:
    cut = draft().put(codes(5, 6), "a")
    assert said(cut) == [
        "It is not in one piece: 05, 06 do not touch the rest along a border.",
        "A neighbourhood has 4 to 11 sectors; this one has 3.",
        "It is not in one piece: 04 do not touch the rest along a border.",
    ]
    with pytest.raises(BadInputError, match="“b” breaks a rule"):
        told(cut, a="A bridge joins them.", b=" ")
    a, b = told(cut, a="A  bridge\njoins them.", b="For a year.", c="Nobody")
    assert (a.reason, b.reason) == ("A bridge joins them.", "For a year.")
    good = draft().put(["04"], "a")
    assert [found.reason for found in told(good, a="not needed")] == ["", ""]


def test_a_neighbourhood_of_none_is_not_saved() -> None:
    empty = draft().take_out(codes(0, 1, 2, 3), "a")
    with pytest.raises(BadInputError, match="“a” has no sector"):
        told(empty, a="because")
    with pytest.raises(BadInputError, match="“c” has no sector"):
        told(draft().create("c", {"nl": "c"}), c="because")


def test_made_ended_renamed_and_drawn() -> None:
    ring = ((4.35, 50.84), (4.36, 50.84), (4.36, 50.85))
    found = (
        draft().create("c", {"fr": "Cé"}, codes(10, 11, 12, 13)).end("b").rename("a", {"fr": "Aa"})
    )
    a, b, c = told(found.draw("a", ring))
    assert (a.names, a.lived, a.sectors) == ({"fr": "Aa"}, ring, STORED["a"].sectors)
    assert a.former == ()
    assert b == STORED["b"].until(date(2026, 10, 31))
    assert (c.valid_from, c.version, c.names) == (DAY, 0, {"fr": "Cé"})


def test_what_does_not_exist_is_refused() -> None:
    for wrong in (
        lambda: draft().put(["99"], "a"),
        lambda: draft().put(["04"], "z"),
        lambda: draft().take_out(["04"], "z"),
        lambda: draft().end("z"),
        lambda: draft().rename("z", {}),
        lambda: draft().draw("z", ()),
    ):
        with pytest.raises(UnknownIdError):
            wrong()
    with pytest.raises(BadInputError, match="already"):
        draft().create("a", {})
    with pytest.raises(BadInputError, match="cannot end"):
        changes(
            Draft.of(LINE, STORED, FIRST).end("a"),
            STORED,
            day=FIRST,
            neighbours=LINE,
            reasons={},
        )


def test_a_set_yet_to_come_is_looked_at_too() -> None:
    stored = STORED | {
        "b": STORED["b"].from_day(LATER, codes(5, 6, 7, 8)),
        "c": place("c", 9, 10, 11, 12, start=LATER),
    }
    found = Draft.of(LINE, stored, DAY)
    assert "c" not in found.areas
    grown = found.put(["09"], "b")
    assert said(grown, stored) == ["The sectors 09 are also in c on the same days."]
    assert [(key, one.valid_from) for key, one in replaced(grown, stored, DAY)] == [("b", LATER)]
    a = found.put(codes(10), "a")
    assert "The sectors 10 are also in c on the same days." in said(a, stored)
    assert replaced(a, stored, DAY) == []
    assert replaced(found.rename("b", {"nl": "B"}), stored, DAY) == []


def test_a_sector_that_is_no_longer_published_stays_until_it_is_taken_out() -> None:
    stored = {"a": replace(STORED["a"], sectors=(*STORED["a"].sectors, "99"))}
    found = Draft.of(LINE, stored, DAY).put(["04"], "a")
    assert "99" in found.areas["a"].sectors
    assert said(found, stored) == ["The sectors 99 are not known in this territory."]
    assert said(found.take_out(["99"], "a"), stored) == []


def test_undone_steps_come_back_until_something_else_is_done() -> None:
    edits = Edits.of(draft())
    first, second = draft().put(["04"], "a"), draft().put(["05"], "a")
    edits = edits.do(first).do(first).do(second)
    assert edits.undo().now == first
    assert edits.undo().undo().undo().now == draft()
    assert edits.undo().redo().redo().now == second
    assert edits.undo().undo().do(second).redo().undo().now == draft()


def test_ids_are_slugs_nobody_has() -> None:
    assert id_of(["", "Ось"], set()) == "neighbourhood"
    assert id_of(["", "Haren / Noord!"], set()) == "haren-noord"
    assert id_of(["x" * 200], {"x" * 60}) == "x" * 60 + "-2"


SOME = st.sets(st.sampled_from(sorted(LINE)), max_size=6)
NAME = st.sampled_from("abcd")


class AnySequence(RuleBasedStateMachine):
    """Whatever is done, each sector is once where it was put, or in none."""

    def __init__(self) -> None:
        super().__init__()
        self.edits = Edits.of(draft())
        self.model = [{code: key for key, area in draft().areas.items() for code in area.sectors}]
        self.at = 0

    def do(self, found: Draft, homes: dict[str, str]) -> None:
        if found != self.edits.now:
            self.model = [*self.model[: self.at + 1], homes]
            self.at += 1
        self.edits = self.edits.do(found)

    @property
    def homes(self) -> dict[str, str]:
        return dict(self.model[self.at])

    @rule(some=SOME, into=NAME)
    def put(self, some: set[str], into: str) -> None:
        if into in self.edits.now.areas:
            self.do(self.edits.now.put(some, into), self.homes | dict.fromkeys(some, into))

    @rule(some=SOME, of=NAME)
    def take_out(self, some: set[str], of: str) -> None:
        if of in self.edits.now.areas:
            left = {c: key for c, key in self.homes.items() if key != of or c not in some}
            self.do(self.edits.now.take_out(some, of), left)

    @rule(some=SOME, key=NAME)
    def create(self, some: set[str], key: str) -> None:
        if key not in self.edits.now.areas:
            made = self.edits.now.create(key, {"nl": key}, some)
            self.do(made, self.homes | dict.fromkeys(some, key))

    @rule(key=NAME)
    def end(self, key: str) -> None:
        if key in self.edits.now.areas:
            left = {c: home for c, home in self.homes.items() if home != key}
            self.do(self.edits.now.end(key), left)

    @rule()
    def undo(self) -> None:
        self.edits = self.edits.undo()
        self.at = max(self.at - 1, 0)

    @precondition(lambda self: self.at < len(self.model) - 1)
    @rule()
    def redo(self) -> None:
        self.edits = self.edits.redo()
        self.at += 1

    @invariant()
    def no_sector_is_lost_or_doubled(self) -> None:
        now = self.edits.now
        listed = [code for area in now.areas.values() for code in area.sectors]
        assert len(listed) == len(set(listed))
        assert {code: home for code, (home,) in now.homes().items()} == self.homes
        assert now.ground == set(LINE)

    @invariant()
    def what_is_saved_is_the_draft(self) -> None:
        now = self.edits.now
        try:
            saved = told(now, **dict.fromkeys("abcd", "because"))
        except BadInputError:
            assert any(not area.sectors for area in now.areas.values())
            return
        after = STORED | {found.id: found for found in saved}
        assert Draft.of(LINE, after, DAY) == now
        assert Draft.of(LINE, after, FIRST) == Draft.of(LINE, STORED, FIRST)


TestAnySequence = AnySequence.TestCase
TestAnySequence.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)

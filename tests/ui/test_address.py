"""The view in the address bar."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui import address
from ui.address import Parameter

WORDS = {"care", "culture"}


def test_an_unknown_value_of_the_address_is_passed_over():
    many = Parameter("many", WORDS.__contains__)
    assert many.read(["care", "<script>", "care"]) == ["care"]
    one = Parameter("one", WORDS.__contains__, default="culture")
    assert one.read(["<script>"]) == "culture"
    assert Parameter("one", WORDS.__contains__).read([]) is None


def test_what_is_by_default_is_not_written():
    assert Parameter("flag").write(held=False) == []
    assert Parameter("one", default="care").write("care") == []
    assert Parameter("text").write("") == []
    assert Parameter("many").write([]) == []


@given(st.lists(st.sampled_from(sorted(WORDS)), unique=True), st.booleans(), st.text())
def test_what_is_written_is_read_again(many: list[str], flag: bool, text: str):  # noqa: FBT001
    for parameter, held in (
        (Parameter("many", WORDS.__contains__), many),
        (Parameter("flag"), flag),
        (Parameter("text"), text),
    ):
        assert parameter.read(parameter.write(held)) == held


class Query(dict[str, list[str]]):
    """The query of an address, as Streamlit gives and takes it."""

    def get_all(self, name: str) -> list[str]:
        return self.get(name, [])

    def from_dict(self, wanted: dict[str, list[str]]) -> None:
        self.sent += 1
        self.clear()
        self.update(wanted)

    sent = 0


class Visitor:
    """One browser and its session: each run comes with the address the browser is at."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.session: dict[str, object] = {}
        self.query = Query()
        streamlit = SimpleNamespace(session_state=self.session, query_params=self.query)
        monkeypatch.setattr(address, "st", streamlit)
        self.parameters = {"q": Parameter("text"), "pick": Parameter("one")}

    def run(
        self, at: dict[str, list[str]], *, written: bool = True, **changed: object
    ) -> dict[str, list[str]]:
        """Run the page, or its beginning alone; returns the address it leaves."""
        self.query.clear()
        self.query.update(at)
        self.session.update(changed)
        address.read(self.parameters)
        if written:
            address.write(self.parameters)
        return dict(self.query)


@pytest.fixture
def visitor(monkeypatch: pytest.MonkeyPatch) -> Visitor:
    return Visitor(monkeypatch)


def test_going_back_brings_the_view_of_before(visitor: Visitor):
    start = visitor.run({})
    first = visitor.run(start, pick="a")
    second = visitor.run(first, pick="b")
    sent = visitor.query.sent
    assert visitor.run(first) == first == {"pick": ["a"]}
    assert visitor.session["pick"] == "a"
    assert visitor.run(second) == second
    assert visitor.query.sent == sent, "writing would end what one can go forward to"


def test_going_back_twice_in_a_moment_goes_back_twice(visitor: Visitor):
    start = visitor.run({})
    first = visitor.run(start, pick="a")
    visitor.run(first, pick="b")
    visitor.run(first, written=False)
    assert visitor.run(start) == {}


def test_a_choice_made_before_the_last_one_is_answered_is_kept(visitor: Visitor):
    start = visitor.run({})
    visitor.run(start, q="apo")
    assert visitor.run(start, pick="a") == {"q": ["apo"], "pick": ["a"]}


def test_a_panel_closed_before_a_choice_is_answered_does_not_undo_it(visitor: Visitor):
    address.opens("more")
    start = visitor.run({}, more=True)
    chosen = visitor.run(start, pick="a")
    assert visitor.run(start, more=False) == chosen == {"pick": ["a"]}
    assert visitor.run(chosen) == chosen
    assert visitor.run(start) == {}, "whoever goes back with it closed goes back"


def test_a_choice_taken_back_before_it_is_answered_is_taken_back(visitor: Visitor):
    start = visitor.run({})
    visitor.run(start, pick="a")
    sent = visitor.query.sent
    assert visitor.run(start, pick=None) == {}
    assert visitor.query.sent == sent + 1, "the browser is at the address of the choice by now"


def test_what_was_filtered_comes_back_with_the_page(visitor: Visitor):
    address.arrived("map")
    at = visitor.run(visitor.run({}), q="apo")
    for back in ({}, at):
        address.arrived("relays")
        visitor.query.clear()
        address.read({"planning": Parameter("flag")})
        address.write({"planning": Parameter("flag")})  # a page with a view of its own
        del visitor.session["q"]
        address.arrived("map")
        assert visitor.run(back) == {"q": ["apo"]}

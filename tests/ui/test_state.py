from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from directory.directory import Directory
from geo.errors import BadInputError
from ui import state


def test_other_outlines_are_opened_once_they_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, opened = ["schematic"], []

    def open_territory(*_: object) -> object:
        opened.append(kept[0])
        return object()

    monkeypatch.setattr(state, "version", lambda _: kept[0])
    monkeypatch.setattr(state, "open_territory", open_territory)
    state._territory.cache_clear()
    first = state.territory()
    assert state.territory() is first
    kept[0] = "official"
    assert state.territory() is not first
    assert opened == ["schematic", "official"]
    state._territory.cache_clear()


def test_an_atlas_holds_for_its_directory_its_territory_and_its_day() -> None:
    directory, ground, day = object(), object(), date(2026, 11, 23)
    kept = SimpleNamespace(directory=directory, territory=ground, day=day)
    assert state._holds(kept, directory, ground, day)
    assert not state._holds(kept, directory, object(), day)
    assert not state._holds(kept, object(), ground, day)
    assert not state._holds(kept, directory, ground, date(2026, 11, 24))


class _Store:
    """A store of which each day may be given."""

    def __init__(self) -> None:
        self.present = Directory(revision=3)
        self.days = {date(2026, 3, day): Directory(revision=day) for day in range(1, 9)}
        self.asked: list[date] = []

    def directory(self) -> Directory:
        return self.present

    def directory_on(self, day: date) -> Directory:
        self.asked.append(day)
        return replace(self.days.get(day, Directory()))

    def first_day(self) -> date:
        return min(self.days)


@pytest.fixture
def history(monkeypatch: pytest.MonkeyPatch) -> _Store:
    kept = _Store()
    ground = object()
    monkeypatch.setattr(state, "store", lambda: kept)
    monkeypatch.setattr(state, "territory", lambda: ground)
    monkeypatch.setattr(state, "_past", state._Past())
    return kept


def test_a_past_atlas_is_kept_while_its_day_stays_as_it_was(history: _Store) -> None:
    day = date(2026, 3, 2)
    first = state.past_atlas(day)
    assert (first.day, first.directory.revision) == (day, 2)
    assert state.past_atlas(day) is first
    assert history.asked == [day]
    history.present = Directory(revision=4)
    assert state.past_atlas(day) is first
    assert history.asked == [day, day]
    history.present = Directory(revision=5)
    history.days[day] = Directory(revision=1)
    assert state.past_atlas(day) is not first


def test_only_the_last_days_asked_for_are_kept(history: _Store) -> None:
    for number in (1, 2, 3, 4, 1, 5):
        state.past_atlas(date(2026, 3, number))
    assert [day.day for day in state._past.atlases] == [3, 4, 1, 5]
    assert len(history.asked) == 5


def test_a_day_before_the_history_is_told(history: _Store) -> None:
    with pytest.raises(BadInputError, match=r"on 2026-02-28 yet.*begins on 2026-03-01"):
        state.past_atlas(date(2026, 2, 28))
    assert not state._past.atlases
    assert history.asked == [date(2026, 2, 28)]

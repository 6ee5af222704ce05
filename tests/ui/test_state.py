from datetime import date
from types import SimpleNamespace

import pytest

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

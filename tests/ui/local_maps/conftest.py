"""The form of a stored map, driven without a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from directory.authors import Author
from directory.commands import Commands
from directory.local_maps import LocalMap
from directory.store import Store, upgrade
from tests.drawn import grid_territory
from tests.records import LEFT, PARTNER, RELAY
from tests.ui.plan.records import local_map, some
from ui import access, state


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store with the map of the left column and who is there; it is what the pages read."""
    address = f"sqlite:///{tmp_path / 'plein.db'}"
    upgrade(address)
    store = Store(address)
    territory = grid_territory()
    Commands(store).save([PARTNER, LEFT, RELAY, *some(), local_map()], by=Author("Test"))
    monkeypatch.setattr(state, "store", lambda: store)
    monkeypatch.setattr(state, "territory", lambda: territory)
    monkeypatch.setattr(access, "told_author", lambda: Author("Ann"))
    yield store
    store.close()


def change(store: Store, **facts: object) -> None:
    """Save the map as somebody else."""
    stored = store.directory().local_maps["links"]
    changed = LocalMap.model_validate({**stored.model_dump(), **facts})
    outcome = Commands(store).save([changed], by=Author("Other"))
    store.expect(outcome.revision)


def form() -> AppTest:
    """The form as it is first shown; what it answers is `draft` of the session."""

    def page() -> None:
        import streamlit as st  # noqa: PLC0415

        from ui import state  # noqa: PLC0415
        from ui.local_maps import screen  # noqa: PLC0415
        from ui.local_maps.desk import Desk  # noqa: PLC0415

        stored = state.store().directory().local_maps
        mine = Desk(dict(stored))
        st.session_state["draft"] = screen._compose(state.scene("fr"), mine, stored["links"])

    run = AppTest.from_function(page, default_timeout=60)
    return told(run.run())


def told(run: AppTest) -> AppTest:
    """A run that broke nothing."""
    assert not run.exception, run.exception
    return run

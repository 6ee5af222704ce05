"""What was answered stays when the next answer changes what is asked."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest

from directory.store import Store
from tests.ui.local_maps.conftest import form, told


def table(run: AppTest) -> Any:
    """The table of who is on the map."""
    return run.dataframe[0]


def tick(run: AppTest, changes: dict[int, bool]) -> AppTest:
    """Answer the table; a browser tells all ticks that differ from how its table began."""
    states = run._tree.get_widget_states()
    state = states.widgets.add()
    state.id = table(run).proto.id
    rows = {str(row): {"on": on} for row, on in changes.items()}
    state.string_value = json.dumps({"edited_rows": rows, "added_rows": [], "deleted_rows": []})
    return told(run._run(states))


def choose(run: AppTest, name: str, value: list[str]) -> AppTest:
    field = next(one for one in run.multiselect if f"_{name}_" in str(one.key))
    return told(field.set_value(value).run())


def left_out(run: AppTest) -> tuple[str, ...]:
    return run.session_state["draft"].without_actors


def test_who_was_unticked_stays_so_when_categories_are_chosen(kept: Store) -> None:
    del kept
    run = form()
    assert list(table(run).value.index) == ["dok-a", "dok-b", "livres"]
    run = tick(run, {0: False})
    assert left_out(run) == ("dok-a",)
    run = choose(run, "categories", ["library"])
    assert left_out(run) == ("dok-a",)
    run = tick(run, {0: False})
    assert left_out(run) == ("dok-a", "livres")
    run = choose(run, "categories", [])
    assert list(table(run).value["on"]) == [False, True, False]
    assert left_out(run) == ("dok-a", "livres")
    run = tick(run, {0: True})
    assert left_out(run) == ("livres",)

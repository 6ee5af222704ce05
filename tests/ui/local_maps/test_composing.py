"""What was answered stays when the next answer changes what is asked."""

import json
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

from PIL import Image
from streamlit.testing.v1 import AppTest

from directory.authors import Author
from directory.clock import today
from directory.commands import Commands
from directory.store import Store
from tests.drawn import code
from tests.records import LEFT
from tests.ui.local_maps.conftest import change, form, told


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


def picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (9, 9), (255, 0, 0)).save(file, "PNG")
    return file.getvalue()


def name_makers(run: AppTest, *names: str) -> AppTest:
    field = next(one for one in run.text_area if str(one.key).endswith("_makers"))
    return told(field.set_value("\n".join(names)).run())


def logos(run: AppTest) -> dict[str, bool]:
    """Whether each maker has a logo."""
    return {one.name: bool(one.logo) for one in run.session_state["draft"].makers}


def test_a_logo_goes_with_its_maker_when_another_one_is_named_above(kept: Store) -> None:
    del kept
    run = name_makers(form(), "Alpha", "Beta")
    run = told(run.file_uploader[0].set_value(("a.png", picture(), "image/png")).run())
    assert logos(run) == {"Alpha": True, "Beta": False}
    run = name_makers(run, "Zeta", "Alpha", "Beta")
    assert logos(run) == {"Zeta": False, "Alpha": True, "Beta": False}


def test_a_maker_whose_name_is_put_right_keeps_the_logo(kept: Store) -> None:
    change(kept, makers=[{"name": "Alfa", "logo": "a" * 64}, {"name": "Beta"}])
    run = name_makers(form(), "Alpha", "Beta")
    assert logos(run) == {"Alpha": True, "Beta": False}
    run = name_makers(run, "Zeta", "Gamma")
    assert logos(run) == {"Zeta": False, "Gamma": False}


def test_a_logo_just_given_stays_when_the_name_is_put_right(kept: Store) -> None:
    del kept
    run = name_makers(form(), "Alfa", "Beta")
    run = told(run.file_uploader[0].set_value(("a.png", picture(), "image/png")).run())
    run = name_makers(run, "Alpha", "Beta")
    assert logos(run) == {"Alpha": True, "Beta": False}
    run = name_makers(run, "Alfa", "Beta")
    assert logos(run) == {"Alfa": True, "Beta": False}


def test_a_maker_named_twice_is_one(kept: Store) -> None:
    del kept
    assert logos(name_makers(form(), "Alpha", "Alpha")) == {"Alpha": False}


def test_a_map_whose_neighbourhood_ended_moves_to_no_other_by_itself(kept: Store) -> None:
    ended = replace(LEFT, valid_to=today() - timedelta(days=1))
    other = replace(LEFT, id="rechts", version=0, sectors=(code(2, 0), code(2, 1)))
    outcome = Commands(kept).save([replace(ended, version=1), other], by=Author("Test"))
    kept.expect(outcome.revision)
    run = form()
    hood = next(one for one in run.selectbox if "_hood_" in str(one.key))
    assert hood.value is None
    assert run.button("local_map_save").disabled
    assert run.session_state["draft"] == kept.directory().local_maps["links"]
    run = told(hood.set_value("rechts").run())
    assert run.session_state["draft"].neighbourhood_id == "rechts"

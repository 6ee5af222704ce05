"""Two who work on one map: nobody loses what they wrote without a word."""

from streamlit.testing.v1 import AppTest

from directory.store import Store
from tests.ui.local_maps.conftest import change, form, told


def title(run: AppTest) -> str:
    return run.session_state["draft"].titles.best("fr")


def write(run: AppTest, text: str) -> AppTest:
    field = next(one for one in run.text_input if str(one.key).endswith("_title_fr"))
    return told(field.set_value(text).run())


def press(run: AppTest, name: str) -> AppTest:
    return told(run.button(f"local_map_{name}").click().run())


def test_what_was_written_stays_when_somebody_else_saves_first(kept: Store) -> None:
    run = write(form(), "Mine")
    change(kept, titles={"fr": "Theirs"})
    run = told(run.run())
    assert title(run) == "Mine"
    assert len(run.warning) == 1
    run = press(run, "save")
    assert len(run.error) == 1
    assert title(run) == "Mine"
    assert kept.directory().local_maps["links"].titles.best("fr") == "Theirs"
    run = press(run, "theirs")
    assert title(run) == "Theirs"
    assert (len(run.warning), len(run.error)) == (0, 0)


def test_after_seeing_theirs_one_may_save(kept: Store) -> None:
    run = write(form(), "Mine")
    change(kept, titles={"fr": "Theirs"})
    run = write(press(told(run.run()), "theirs"), "Both")
    run = press(run, "save")
    assert kept.directory().local_maps["links"].titles.best("fr") == "Both"
    assert (title(run), len(run.error)) == ("Both", 0)


def test_who_changed_nothing_sees_what_is_stored_and_hears_nothing(kept: Store) -> None:
    run = form()
    change(kept, titles={"fr": "Theirs"})
    for _ in range(2):
        run = told(run.run())
        assert title(run) == "Theirs"
        assert len(run.warning) == 0
    field = next(one for one in run.text_input if str(one.key).endswith("_title_fr"))
    assert field.value == "Theirs"

"""The address others reach this Plein at."""

import pytest
from streamlit.testing.v1 import AppTest

from ui import links

LAPTOP, WIFI = "http://localhost:8501", "http://192.168.1.7:8501"


def asked() -> AppTest:
    """A page that asks for the address, and says which one it was given."""

    def page() -> None:
        import streamlit as st  # noqa: PLC0415

        from ui.links import ask_here  # noqa: PLC0415

        st.text(ask_here("root"))

    run = AppTest.from_function(page, default_timeout=60).run()
    assert not run.exception
    return run


def test_on_a_laptop_an_address_for_others_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "here", lambda: LAPTOP)
    monkeypatch.setattr(links, "candidates", lambda: [WIFI, LAPTOP])
    run = asked()
    assert (run.text[0].value, len(run.warning)) == (LAPTOP, 1)
    run = run.selectbox("root").set_value(WIFI).run()
    assert (run.text[0].value, len(run.warning)) == (WIFI, 0)


@pytest.mark.parametrize("given", ["javascript:alert(1)", "plein", "https://a.example/?x=1", "  "])
def test_what_is_no_address_of_a_site_is_not_taken(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setattr(links, "here", lambda: LAPTOP)
    monkeypatch.setattr(links, "candidates", lambda: [given, "https://plein.example/nl/"])
    run = asked()
    run = run.selectbox("root").set_value(given).run()
    assert (run.text[0].value, len(run.warning)) == (LAPTOP, 1)
    run = run.selectbox("root").set_value("https://plein.example/nl/").run()
    assert (run.text[0].value, len(run.warning)) == ("https://plein.example/nl", 0)


def test_a_site_with_a_name_is_not_asked_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "here", lambda: "https://plein.example")
    run = asked()
    assert (run.text[0].value, len(run.selectbox)) == ("https://plein.example", 0)

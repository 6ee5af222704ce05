"""The words of what leaves the pages, and what is told when a form cannot be made."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from exchange.planning.words import LABELS
from ui.leaving import words_of


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_every_fixed_word_is_said_in_the_readers_language(language: str):
    words = words_of(language)
    assert words.language == language
    assert set(words.told) == set(LABELS)
    assert words.say("beyond", n="15").count("15") == 1


def test_days_are_written_out_in_the_readers_language():
    assert words_of("nl").day(date(2026, 11, 23)) == "23 november 2026"
    assert words_of("fr").day(date(2026, 11, 23)) == "23 novembre 2026"


def test_a_form_is_offered_by_its_button_and_what_is_missing_is_told():
    def page() -> None:
        from exchange.planning import forms  # noqa: PLC0415
        from geo.errors import PleinError  # noqa: PLC0415
        from tests.exchange.planning.descriptions import described  # noqa: PLC0415
        from ui import leaving  # noqa: PLC0415
        from ui.language import speaking  # noqa: PLC0415

        def missing() -> None:
            raise PleinError("The typefaces are not here.")

        known = dict(forms.FORMS)
        first = known["pdf"]
        known["pdf"] = forms.Form(
            id="pdf", title=first.title, ending="pdf", media_type="", write=first.write,
            check=missing,
        )  # fmt: skip
        leaving.FORMS = known  # type: ignore[assignment]
        with speaking("en"):
            leaving._buttons("here", described())
        leaving.FORMS = forms.FORMS

    run = AppTest.from_function(page).run(timeout=60)
    assert not run.exception
    assert [one.value for one in run.warning] == ["The typefaces are not here."]
    assert len(run.get("download_button")) == 3

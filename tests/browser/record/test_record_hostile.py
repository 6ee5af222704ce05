"""Markup in every field of a record, its history and its batches is text and nothing else."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.hostile import TEXTS
from tests.browser.record import form
from tests.browser.screen import fits, say
from tests.browser.test_hostile import nothing_ran

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("key", TEXTS)
def test_the_form_and_the_history_show_it_as_it_is(
    hostile_record_app: str, open_page: Opener, key: str
) -> None:
    page = form.arrive(open_page(f"{hostile_record_app}/record?id=actors:hostile-{key}"))
    expect(form.field(page, "Nom (français)")).to_have_value(TEXTS[key])
    expect(form.version(page, 2)).to_contain_text(" ".join(TEXTS[key].split())[:80])
    nothing_ran(page)
    assert fits(page)


def test_activities_relays_and_batches_too(hostile_record_app: str, open_page: Opener) -> None:
    page = open_page(f"{hostile_record_app}/changes")
    expect(page.locator("[class*='st-key-record_batch_']").first).to_be_visible()
    nothing_ran(page)
    assert fits(page)
    for path in ("activities:hostile-image", "relays:marollen"):
        page.goto(f"{hostile_record_app}/record?id={path}")
        form.arrive(page)
        nothing_ran(page)
        assert fits(page)


def test_what_is_typed_stays_text_through_a_merge(
    hostile_record_app: str, open_page: Opener
) -> None:
    told = say("fr")
    address = f"{hostile_record_app}/record?id=actors:apotheek-kapel"
    first, second = (form.arrive(open_page(address)) for _ in range(2))
    for page, text in ((first, TEXTS["script"]), (second, TEXTS["image"])):
        form.sign(page, told, TEXTS["attribute"][:40])
        form.write(page, "Description (français)", text)
        form.write(page, told("Hours"), TEXTS["markdown"])
    form.save(first).click()
    expect(form.versions(first)).to_have_count(2)
    form.save(second).click()
    expect(second.locator("[class*='st-key-record_conflict_']")).to_have_count(1)
    for page in (first, second):
        nothing_ran(page)
        assert fits(page)

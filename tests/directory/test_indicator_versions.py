import pytest

from directory.actors import Status
from directory.commands import Author, Commands
from directory.indicator_versions import at_version, bring_back, changes, take_back
from directory.indicators import Indicator
from directory.store import Store
from geo.errors import BadInputError, UnknownIdError
from tests.directory.test_indicators import indicator
from tests.drawn import code

BY = Author("Amina")
ID = "population-2022"
FIRST, SECOND = {code(0, 0): 10.0}, {code(0, 0): 12.0, code(0, 1): None}


@pytest.fixture
def twice(store: Store, commands: Commands) -> Store:
    """A figure stored, then stored with other values."""
    commands.save([indicator(values=FIRST)], by=BY)
    commands.save([indicator(values=SECOND, version=1)], by=BY)
    return store


def now(store: Store) -> Indicator:
    return store.indicators()[ID]


def test_every_version_is_there_the_latest_first(twice: Store) -> None:
    assert [change.version for change in changes(twice, ID)] == [2, 1]
    assert dict(at_version(twice, ID, 1).values) == FIRST
    assert dict(at_version(twice, ID, 2).values) == SECOND
    with pytest.raises(UnknownIdError, match="never had a version 3"):
        at_version(twice, ID, 3)


def test_an_older_version_comes_back_as_a_new_one(twice: Store) -> None:
    bring_back(twice, ID, by=BY, version=1)
    assert (dict(now(twice).values), now(twice).version) == (FIRST, 3)
    bring_back(twice, ID, by=BY, version=2)
    assert (dict(now(twice).values), now(twice).version) == (SECOND, 4)


def test_what_is_undone_is_as_before_and_undone_again(twice: Store) -> None:
    take_back(twice, ID, by=BY)
    assert dict(now(twice).values) == FIRST
    take_back(twice, ID, by=BY)
    assert dict(now(twice).values) == SECOND


def test_undoing_what_was_new_archives_it_and_it_comes_back(
    store: Store, commands: Commands
) -> None:
    commands.save([indicator()], by=BY)
    take_back(store, ID, by=BY)
    assert now(store).status is Status.ARCHIVED
    bring_back(store, ID, by=BY)
    assert now(store).status is Status.PUBLISHED
    take_back(store, ID, by=BY)
    assert now(store).status is Status.ARCHIVED, "as before the last change"


def test_an_archived_version_comes_back_in_sight(twice: Store, commands: Commands) -> None:
    commands.save([now(twice).model_copy(update={"status": Status.ARCHIVED})], by=BY)
    bring_back(twice, ID, by=BY, version=3)
    assert now(twice).status is Status.PUBLISHED


def test_what_is_not_there_is_a_sentence(store: Store) -> None:
    for ask in (bring_back, take_back):
        with pytest.raises(UnknownIdError, match="no indicator"):
            ask(store, "income-2021", by=BY)


def test_what_breaks_a_rule_of_today_stays_in_the_history(
    store: Store, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands.save([indicator(year=1985)], by=BY)
    commands.save([indicator(year=2022, version=1)], by=BY)
    assert now(store).year == 2022, "read before the rule changes"
    monkeypatch.setattr("directory.indicator_versions.Indicator.model_validate", _refuse)
    with pytest.raises(BadInputError, match=r"Version 1 .* breaks a rule of today"):
        bring_back(store, ID, by=BY, version=1)


def _refuse(facts: object) -> None:
    raise BadInputError(str(type(facts)))

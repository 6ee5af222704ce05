import pytest

from ui.nearby.ground import Ground
from ui.nearby.suggestions import suggest


def labels(ground: Ground, text: str, language: str = "fr") -> list[tuple[str, str]]:
    return [(one["kind"], one["label"]) for one in suggest(ground, text, language)]


def test_a_street_is_proposed_from_its_first_letters_in_the_readers_language(
    ground: Ground,
) -> None:
    assert ("street", "Rue Haute") in labels(ground, "rue h")
    assert ("street", "Hoogstraat") in labels(ground, "hoog", "nl")
    assert ("address", "Rue Haute 2") in labels(ground, "haute 2")


def test_a_place_and_a_neighbourhood_are_proposed(ground: Ground) -> None:
    found = labels(ground, "gauches")
    assert ("place", "Maison des Gauches") in found
    assert ("area", "Les Gauches") in found


def test_a_street_nobody_knows_the_place_of_is_not_proposed(ground: Ground) -> None:
    assert all("Perdue" not in label for _, label in labels(ground, "rue perdue"))


@pytest.mark.parametrize("text", ["", "   ", "🙂", "%00", "a" * 10_000, "'; drop table"])
def test_nothing_typed_breaks_it(ground: Ground, text: str) -> None:
    assert len(suggest(ground, text, "nl")) <= 8

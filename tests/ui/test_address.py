"""The view in the address bar."""

from hypothesis import given
from hypothesis import strategies as st

from ui.address import Parameter

WORDS = {"care", "culture"}


def test_an_unknown_value_of_the_address_is_passed_over():
    many = Parameter("many", WORDS.__contains__)
    assert many.read(["care", "<script>", "care"]) == ["care"]
    one = Parameter("one", WORDS.__contains__, default="culture")
    assert one.read(["<script>"]) == "culture"
    assert Parameter("one", WORDS.__contains__).read([]) is None


def test_what_is_by_default_is_not_written():
    assert Parameter("flag").write(held=False) == []
    assert Parameter("one", default="care").write("care") == []
    assert Parameter("text").write("") == []
    assert Parameter("many").write([]) == []


@given(st.lists(st.sampled_from(sorted(WORDS)), unique=True), st.booleans(), st.text())
def test_what_is_written_is_read_again(many: list[str], flag: bool, text: str):  # noqa: FBT001
    for parameter, held in (
        (Parameter("many", WORDS.__contains__), many),
        (Parameter("flag"), flag),
        (Parameter("text"), text),
    ):
        assert parameter.read(parameter.write(held)) == held

"""A local map as folium renders it: what others wrote stays data, and nothing is left to chance."""

from markupsafe import Markup

from layers.plan_drawing import PlanMap, stand_alone

PIECES = {"script": "var x = '</script>';", "style": "p { color: red }"}


def rendered(words: str, spec: dict[str, str]) -> str:
    found = PlanMap(Markup(words), spec)  # noqa: S704 - a test's own
    return stand_alone(found, title="<b>T</b>", language="ar", direction="rtl", **PIECES)


def test_folium_runs_nothing_of_what_was_written() -> None:
    text = rendered("<p>{{7*7}}{% raw %}</p>", {"name": "</script>{{7*7}}"})
    assert "<p>{{7*7}}{% raw %}</p>" in text
    assert "49" not in text
    assert r'{"name": "\u003c/script\u003e\u007b{7*7}}"}' in text


def test_our_script_cannot_end_early() -> None:
    text = rendered("", {})
    assert r"var x = '<\/script>';" in text
    assert text.count("</script>") == 2


def test_the_page_says_its_language_title_and_direction() -> None:
    text = rendered("", {})
    assert '<html lang="ar" dir="rtl">' in text
    assert "<title>&lt;b&gt;T&lt;/b&gt;</title>" in text


def test_the_same_map_is_the_same_bytes() -> None:
    assert len({rendered("<p>a</p>", {"a": "b"}) for _ in range(5)}) == 1


def test_nothing_of_folium_s_own_is_fetched() -> None:
    text = rendered("", {})
    assert "http:" not in text
    assert "https:" not in text
    assert '<link rel="stylesheet"' not in text

"""What a local map is asked: where, who, in which order, in which words; the answer is a draft."""

from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

import pandas as pd
import streamlit as st

from directory.categories import CATEGORIES, GROUPS
from directory.local_maps import LocalMap, Maker, Order, Part
from directory.local_maps.logos import keep_logo
from directory.local_maps.numbering import Line, numbered
from directory.local_maps.records import ACCENTS, LONGEST_TEXT, LONGEST_TITLE, MOST_LANGUAGES
from directory.texts import Texts
from exchange.logos import LARGEST, read_logo
from geo.errors import PleinError
from layers.layer import Scene
from ui import state
from ui.language import NAMES, _, current, say
from ui.local_maps import ground
from ui.spoken import own_name
from ui.wording import plain

LANGUAGES_OFFERED: Final = ("fr", "nl", "en", "ar", "tr", "es", "pt", "ro", "uk", "fa", "so", "sq")
"""Those of the screens, then those most spoken in the neighbourhoods of the relays (ours)."""
_HIGH_PX: Final = 380


def ask(scene: Scene, draft: LocalMap, *, moves: bool) -> LocalMap:
    """Ask for everything a map holds, and return what was answered; where it is, if that `moves`.

    Raises:
        PleinError: an answer that breaks a rule.
    """
    who, words, look_ = st.tabs([_("Who is on it"), _("Words"), _("Look")])
    found: dict[str, Any] = {}
    with who:
        if moves:
            found |= ground.ask(scene, draft)
        found |= _ask_who(scene, draft, found)
    with words:
        found |= _ask_words(draft)
    with look_:
        found |= _ask_look(draft)
    return LocalMap.model_validate({**draft.model_dump(), **found})


def _key(draft: LocalMap, name: str) -> str:
    return f"local_map_{draft.id}_{draft.version}_{name}"


def _choice(draft: LocalMap, name: str) -> str:
    """Return the key of a choice: the browser answers with labels, which are of one language."""
    return f"{_key(draft, name)}_{current()}"


def _before(draft: LocalMap, name: str, stored: Any) -> Any:
    """Return what a choice begins with: what was chosen in another language, else what is stored.

    It stays the same while that language is spoken, as another beginning is another choice.
    """
    held = st.session_state.get(f"{_key(draft, name)}_held", stored)
    return st.session_state.setdefault(f"{_choice(draft, name)}_first", held)


def _held(draft: LocalMap, name: str, chosen: Any) -> Any:
    """Keep what was chosen for another language of the screen."""
    st.session_state[f"{_key(draft, name)}_held"] = chosen
    return chosen


def _ask_who(scene: Scene, draft: LocalMap, where: Mapping[str, Any]) -> dict[str, Any]:
    language = current()
    categories = st.multiselect(
        _("Categories"),
        list(CATEGORIES),
        default=_before(draft, "categories", list(draft.categories)),
        format_func=lambda key: _category(key, language),
        placeholder=_("All of them"),
        key=_choice(draft, "categories"),
    )
    whole = LocalMap.model_validate(
        {**draft.model_dump(), **where, "categories": categories, "without_actors": ()}
    )
    lines = numbered(whole, scene.atlas).lines
    there = {line.actor.id for line in lines}
    held = set(st.session_state.get(_key(draft, "left_out"), draft.without_actors))
    # Who was left out and is of a category not shown now stays left out.
    left_out = held - there
    if lines:
        left_out |= _ask_ticks(draft, lines, held)
    st.session_state[_key(draft, "left_out")] = left_out
    away = [key for key in scene.atlas.listed if key not in there]
    named = sorted(set(draft.with_actors) & set(scene.atlas.listed))
    offered = [*named, *(key for key in away if key not in named)]
    extra = st.multiselect(
        _("Also, from elsewhere or of another category"),
        offered,
        default=[key for key in _before(draft, "extra", named) if key in offered],
        format_func=lambda key: scene.atlas.listed[key].names.best(language),
        placeholder=_("Nobody"),
        key=_choice(draft, "extra"),
    )
    before = set(draft.without_actors)
    without = draft.without_actors if left_out == before else sorted(left_out)
    return {
        "categories": _held(draft, "categories", categories),
        "without_actors": without,
        "with_actors": _held(draft, "extra", extra),
    }


def _ask_ticks(draft: LocalMap, lines: Sequence[Line], left_out: Collection[str]) -> set[str]:
    """Return the ids of those on a table who were unticked; Streamlit has no empty table.

    A table of other rows is another one to Streamlit, which forgets the ticks: it begins with those
    left out by then, and stays as it began while its rows do.
    """
    language, key = current(), _key(draft, "who")
    names = [line.actor.names.best(language) for line in lines]
    categories = [CATEGORIES[line.category].labels.best(language) for line in lines]
    ids = [line.actor.id for line in lines]
    rows = list(zip(ids, names, categories, strict=True))
    if st.session_state.get(f"{key}_rows") != rows:
        st.session_state[f"{key}_rows"] = rows
        st.session_state[f"{key}_on"] = [each not in left_out for each in ids]
        st.session_state[f"{key}_nth"] = st.session_state.get(f"{key}_nth", 0) + 1
    table = pd.DataFrame(
        {"on": st.session_state[f"{key}_on"], "name": names, "category": categories}, index=ids
    )
    answered = st.data_editor(
        table,
        column_config={
            "on": st.column_config.CheckboxColumn(_("On the map"), width="small"),
            "name": st.column_config.TextColumn(_("Name"), disabled=True),
            "category": st.column_config.TextColumn(_("Category"), disabled=True),
        },
        hide_index=True,
        height=_HIGH_PX,
        key=f"{key}_{st.session_state[f'{key}_nth']}",
    )
    return {str(key) for key, on in answered["on"].items() if not on}


def _category(key: str, language: str) -> str:
    group = GROUPS[CATEGORIES[key].group].labels.best(language)
    return f"{CATEGORIES[key].labels.best(language)} ({group})"


def _ask_words(draft: LocalMap) -> dict[str, Any]:
    languages = st.multiselect(
        _("Languages, the first one leads"),
        list(dict.fromkeys([*draft.languages, *LANGUAGES_OFFERED])),
        default=_before(draft, "languages", list(draft.languages)),
        max_selections=MOST_LANGUAGES,
        format_func=lambda code: NAMES.get(code) or own_name(code),
        key=_choice(draft, "languages"),
    )
    titles, texts = dict(draft.titles.root), dict(draft.introductions.root)
    for code in languages:
        name = NAMES.get(code) or own_name(code)
        titles[code] = st.text_input(
            _("Title ({language})", language=name),
            value=titles.get(code, ""),
            max_chars=LONGEST_TITLE,
            key=_key(draft, f"title_{code}"),
        )
        texts[code] = st.text_area(
            _("Introduction ({language})", language=name),
            value=texts.get(code, ""),
            max_chars=LONGEST_TEXT,
            height=90,
            key=_key(draft, f"text_{code}"),
        )
    parts = {
        Part.ADDRESS: _("Address"),
        Part.PHONE: _("Phone"),
        Part.HOURS: _("Opening hours"),
        Part.LINE: _("One line about it"),
    }
    told = st.pills(
        _("What each entry tells"),
        list(parts),
        selection_mode="multi",
        default=_before(draft, "parts", list(draft.parts)),
        format_func=parts.__getitem__,
        key=_choice(draft, "parts"),
    )
    return {
        "languages": _held(draft, "languages", languages) or draft.languages,
        "titles": Texts({code: text for code, text in titles.items() if text.strip()}),
        "introductions": Texts({code: text for code, text in texts.items() if text.strip()}),
        "parts": _held(draft, "parts", told),
    }


def _ask_look(draft: LocalMap) -> dict[str, Any]:
    orders = {
        Order.CATEGORY: _("By category"),
        Order.NORTH: _("From north to south"),
        Order.STREET: _("By street"),
    }
    order = st.radio(
        _("Numbered"),
        list(orders),
        index=list(orders).index(_before(draft, "order", draft.order)),
        format_func=orders.__getitem__,
        horizontal=True,
        key=_choice(draft, "order"),
    )
    signs = st.radio(
        _("Signs"),
        ["shape", "number"],
        index=["shape", "number"].index(_before(draft, "signs", draft.signs)),
        format_func=lambda key: _("A shape a group") if key == "shape" else _("All round"),
        horizontal=True,
        key=_choice(draft, "signs"),
    )
    accent = st.selectbox(
        _("Colour of the title and the border"),
        list(ACCENTS),
        index=ACCENTS.index(_before(draft, "accent", draft.accent)),
        format_func=_accent,
        key=_choice(draft, "accent"),
    )
    return {
        "order": _held(draft, "order", order),
        "signs": _held(draft, "signs", signs),
        "accent": _held(draft, "accent", accent),
        "makers": _ask_makers(draft),
    }


def _accent(key: str) -> str:
    return GROUPS[key].labels.best(current()) if key in GROUPS else "Plein"


def _ask_makers(draft: LocalMap) -> tuple[Maker, ...]:
    """Ask who made it, a name a line, and a logo for each."""
    names = st.text_area(
        _("Made by, one name a line"),
        value="\n".join(maker.name for maker in draft.makers),
        height=80,
        key=_key(draft, "makers"),
    )
    told = list(dict.fromkeys(name.strip() for name in names.splitlines() if name.strip()))[:12]
    logos = _carried(draft, told)
    for name in told:
        given = st.file_uploader(
            _(
                "Logo of {name} (PNG, JPEG or WebP, at most {most} MB)",
                name=plain(name),
                most=LARGEST // 1_000_000,
            ),
            max_upload_size=LARGEST // 1_000_000,
            key=_key(draft, f"logo_{sha256(name.encode()).hexdigest()[:16]}"),
        )
        if given is not None:
            try:
                logos[name] = keep_logo(state.store(), read_logo(given.getvalue()))
            except PleinError as error:
                st.error(plain(say(error)))
    st.session_state[_key(draft, "logos_told")] = [(name, logos.get(name, "")) for name in told]
    return tuple(Maker(name=name[:LONGEST_TITLE], logo=logos.get(name, "")) for name in told)


def _carried(draft: LocalMap, told: Sequence[str]) -> dict[str, str]:
    """Return the logos by name without those given anew; a name put right keeps its logo."""
    stored = {maker.name: maker.logo for maker in draft.makers}
    logos: dict[str, str] = st.session_state.setdefault(_key(draft, "logos"), stored)
    before = st.session_state.get(_key(draft, "logos_told"), list(stored.items()))
    changed = [(logo, new) for (old, logo), new in zip(before, told, strict=False) if old != new]
    if len(before) == len(told) and len(changed) == 1:
        logo, new = changed[0]
        logos[new] = logos.get(new) or logo
    return dict(logos)

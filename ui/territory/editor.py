"""Choose a neighbourhood, see what is wrong with it, say from when it holds, save, take back."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

import streamlit as st

from directory.authors import Author
from directory.redrawing import redraw
from directory.store import ConflictError
from geo.errors import PleinError
from geo.neighbourhood_edits import Edits, changes, id_of, replaced
from geo.neighbourhoods import Breach
from layers.layer import Scene
from ui import access, look, state, wording
from ui.language import _, ngettext, say
from ui.territory import words
from ui.territory.desk import AREA, Desk, chosen
from ui.territory.ground import show_sectors
from ui.territory.people import People, people

EARLIEST: Final = date(2000, 1, 1)
LATEST: Final = date(2100, 12, 31)
_AREA: Final = "territory_area"
_DAY: Final = "territory_day"
_NAME_MAX: Final = 80
_REASON_MAX: Final = 400


def show(scene: Scene, desk: Desk) -> None:
    """Show all of it for the chosen neighbourhood.

    What comes and goes stands in containers that stay: the list of sectors below would be made
    anew when its place changed, and lose the focus.
    """
    with st.container(key="territory_told"):
        _tell(desk)
        _tell_of_others(desk)
    counted = people()
    _choose(desk)
    key = chosen(desk)
    judged = {*desk.changed, *([key] if key else [])}
    found = words.broken(desk, desk.now, judged)
    with st.container(key="territory_judged"):
        if key:
            _judge(desk, key, found.get(key, []), counted)
        else:
            st.caption(_("Choose a neighbourhood here or on the map, or make a new one."))
            _overview(desk, counted)
    with st.container(key="territory_saving"):
        _save(desk, found)
    if key:
        with st.expander(_("Its sectors, and those beside it"), expanded=True):
            show_sectors(scene)
    _list_changes(desk, counted)


def _tell(desk: Desk) -> None:
    """Tell what went wrong with the last thing one did, once."""
    if desk.problem is not None:
        st.error(_name_in(desk, desk.problem))
        desk.problem = None


def _tell_of_others(desk: Desk) -> None:
    """Tell while one edits that somebody saved others: the sooner both are seen, the better."""
    found = state.store().directory()
    if not desk.changed or found.neighbourhoods == desk.stored:
        return

    def see() -> None:
        desk.theirs = found

    st.info(_("Somebody saved other neighbourhoods since you began."))
    st.button(_("See both"), on_click=see, key="territory_see_both")


def _choose(desk: Desk) -> None:
    names = {key: words.named(key, desk.now) for key in desk.now.areas}
    order = sorted(names, key=lambda key: (names[key].casefold(), key))
    if st.session_state.get(AREA) not in names:
        st.session_state[AREA] = None

    choose_area(desk, order, names)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _date(desk)
        with st.popover(_("New one"), key="territory_new"):
            _make(desk)
        key = chosen(desk)
        with st.popover(_("Name, end"), disabled=key is None, key="territory_name"):
            if key:
                _rename(desk, key)


def choose_area(desk: Desk, order: list[str], names: Mapping[str, str]) -> None:
    """Ask which neighbourhood; the choice survives a change of names."""

    def go() -> None:
        st.session_state[AREA] = st.session_state[_AREA]
        desk.fit += 1

    st.session_state[_AREA] = st.session_state.get(AREA)
    st.selectbox(
        _("Neighbourhood"),
        order,
        key=_AREA,
        format_func=names.__getitem__,
        placeholder=_("Choose one"),
        on_change=go,
    )


def _date(desk: Desk) -> None:
    def move() -> None:
        day = st.session_state[_DAY]
        if isinstance(day, date):
            desk.move_to(day)

    st.session_state[_DAY] = desk.day
    st.date_input(
        _("Holds from"),
        key=_DAY,
        min_value=EARLIEST,
        max_value=LATEST,
        format="DD/MM/YYYY",
        on_change=move,
        help=_("The map shows the neighbourhoods of that day; what is saved holds from it on."),
        width=170,
    )


def _make(desk: Desk) -> None:
    def make() -> None:
        names = _names("territory_new")
        if not names:
            return
        taken = {*desk.stored, *desk.now.areas}
        key = id_of([names.get("nl", ""), names.get("fr", "")], taken)
        desk.edits = desk.edits.do(desk.now.create(key, names))
        st.session_state[AREA] = key
        for language in ("fr", "nl"):
            st.session_state[f"territory_new_{language}"] = ""

    st.text_input(_("Name in French"), key="territory_new_fr", max_chars=_NAME_MAX)
    st.text_input(_("Name in Dutch"), key="territory_new_nl", max_chars=_NAME_MAX)
    st.button(_("Make it, still without sectors"), on_click=make, type="primary")


def _names(prefix: str) -> dict[str, str]:
    told = {
        language: " ".join(str(st.session_state.get(f"{prefix}_{language}") or "").split())
        for language in ("fr", "nl")
    }
    return {language: name for language, name in told.items() if name}


def _rename(desk: Desk, key: str) -> None:
    area = desk.now.areas[key]
    prefix = f"territory_name_{key}"
    for language, label in (("fr", _("Name in French")), ("nl", _("Name in Dutch"))):
        st.text_input(
            label, area.names.get(language, ""), key=f"{prefix}_{language}", max_chars=_NAME_MAX
        )

    def rename() -> None:
        others = {one: name for one, name in area.names.items() if one not in ("fr", "nl")}
        if names := _names(prefix):
            desk.edits = desk.edits.do(desk.now.rename(key, {**others, **names}))

    st.button(_("Give it these names"), on_click=rename)
    st.button(
        _("End it: its last day is the day before"),
        on_click=end,
        args=(desk, key),
        help=_("Its sectors are then in no neighbourhood until you put them in another."),
    )


def end(desk: Desk, key: str) -> None:
    """End a neighbourhood the day before; one that begins on the day has none, which is told."""
    try:
        if key in desk.base.areas:
            desk.stored[key].until(desk.day - timedelta(days=1))
        desk.edits = desk.edits.do(desk.now.end(key))
    except PleinError as error:
        desk.problem = error


def _overview(desk: Desk, counted: People | None) -> None:
    """List every neighbourhood of the draft; a row chosen is the neighbourhood chosen."""
    draft, changed = desk.now, set(desk.changed)
    keys = sorted(draft.areas, key=lambda key: (words.named(key, draft).casefold(), key))
    rows = [
        {
            _("Neighbourhood"): words.named(key, draft),
            _("Sectors"): len(draft.areas[key].sectors),
            _("Inhabitants"): words.people_of(draft.areas[key].sectors, counted, short=True),
            _("Changed"): _("yes") if key in changed else "",
        }
        for key in keys
    ]

    def pick() -> None:
        chosen_rows = st.session_state["territory_overview"]["selection"]["rows"]
        if chosen_rows:
            st.session_state[AREA] = keys[chosen_rows[0]]
            desk.fit += 1

    if rows:
        st.dataframe(
            rows,
            hide_index=True,
            width="stretch",
            height=min(38 + 35 * len(rows), 300),
            key="territory_overview",
            on_select=pick,
            selection_mode="single-row",
        )


def _judge(desk: Desk, key: str, found: list[Breach], counted: People | None) -> None:
    area = desk.now.areas[key]
    stored = desk.stored.get(key)
    here = stored.on(desk.day) if stored else None
    look.render(
        "territory_advice.html.j2",
        title=words.named(key, desk.now),
        facts=words.facts(area, desk.territory.neighbours, counted),
        lived=_("A lived boundary is drawn.") if area.lived else "",
        reason=_("Why it is so: {reason}", reason=here.reason) if here and here.reason else "",
        good=_("It keeps every rule."),
        advice=[words.said(breach, desk.now, desk.base) for breach in found],
    )


def _save(desk: Desk, found: Mapping[str, list[Breach]]) -> None:
    changed = desk.changed
    reasons = _reasons(desk, {key: found[key] for key in found if key in changed})
    for key, later in replaced(desk.now, desk.stored, desk.day):
        st.warning(
            _(
                "“{name}” has other sectors planned from {day} on: saving replaces them.",
                name=words.named(key, desk.now, desk.base),
                day=wording.day(later.valid_from),
            )
        )
    who = access.author()
    with st.container(horizontal=True, key="territory_press"):
        press = st.button(
            _("Save"),
            type="primary",
            disabled=not changed or who is None,
            key="territory_save",
        )
        st.button(_("Undo"), on_click=_step, args=(desk, "undo"), disabled=desk.edits.at == 0)
        st.button(
            _("Redo"),
            on_click=_step,
            args=(desk, "redo"),
            disabled=desk.edits.at == len(desk.edits.steps) - 1,
        )
        st.button(_("Drop changes"), on_click=_drop, args=(desk,), disabled=not changed)
    if who is None:
        st.caption(_("Give your name to change anything."))
    if press and who is not None:
        _store(desk, who, reasons)
    if desk.batch and not changed:
        _offer_undo(desk, who)


def _reasons(desk: Desk, broken: Mapping[str, list[Breach]]) -> dict[str, str]:
    """Ask why each changed neighbourhood may break a rule."""
    reasons, here = {}, chosen(desk)
    for key, breaches in broken.items():
        area = desk.now.areas.get(key)
        if key != here:
            look.render(
                "territory_advice.html.j2",
                title=words.named(key, desk.now, desk.base),
                facts="",
                lived="",
                reason="",
                good="",
                advice=[words.said(breach, desk.now, desk.base) for breach in breaches],
            )
        if area is None or not area.sectors:
            continue
        reasons[key] = st.text_area(
            _("Why should {name} be so?", name=words.named(key, desk.now)),
            key=f"territory_reason_{key}",
            max_chars=_REASON_MAX,
            height=68,
            placeholder=_("A rule is advice: with a reason it may be overruled."),
        )
    return reasons


def _step(desk: Desk, which: str) -> None:
    desk.edits = desk.edits.undo() if which == "undo" else desk.edits.redo()


def _drop(desk: Desk) -> None:
    desk.edits = Edits.of(desk.base)
    desk.take_up(state.store().directory())


def _store(desk: Desk, who: Author, reasons: dict[str, str]) -> None:
    """Save; where somebody else did meanwhile, show both instead."""
    try:
        records = changes(
            desk.now,
            desk.stored,
            day=desk.day,
            neighbours=desk.territory.neighbours,
            reasons=reasons,
        )
        outcome = redraw(access.commands(), records, by=who, read_at=desk.revision)
    except ConflictError:
        state.store().expect(desk.revision + 1)  # of another process: ask the database now
        desk.theirs = state.store().directory()
        st.rerun()
    except PleinError as error:
        st.error(_name_in(desk, error))
        return
    desk.batch = outcome.batch
    desk.take_up(state.store().directory())
    told = len(outcome.created) + len(outcome.changed)
    st.toast(ngettext("{n} neighbourhood saved.", "{n} neighbourhoods saved.", told))
    st.rerun()


def _name_in(desk: Desk, error: PleinError) -> str:
    """Tell an error by the name of a neighbourhood instead of its id."""
    params: dict[str, Any] = dict(error.params)
    if "id" in params:
        params["id"] = words.named(str(params["id"]), desk.now, desk.base)
    if {"start", "end"} <= params.keys():
        params |= {
            one: wording.day(date.fromisoformat(str(params[one]))) for one in ("start", "end")
        }
    return _(error.message, **params)


def _offer_undo(desk: Desk, who: Author | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="territory_saved"):
        st.markdown(wording.plain(_("Saved.")))
        pressed = st.button(
            _("Undo the last save"), disabled=who is None, key="territory_take_back"
        )
    if not pressed or who is None:
        return
    try:
        undone = access.commands().undo(desk.batch, by=who)
    except PleinError as error:
        st.error(say(error))
        return
    desk.batch = ""
    before = desk.now
    desk.take_up(state.store().directory())
    for key, why in undone.kept.items():
        st.warning(_("“{name}” was left: {reason}.", name=words.named(key, before), reason=_(why)))
    if not undone.kept:
        st.toast(_("The last save is undone."))
        st.rerun()


def _list_changes(desk: Desk, counted: People | None) -> None:
    rows = words.moved(desk.base, desk.now)
    if not rows:
        return
    told = ngettext("{n} sector changes hands", "{n} sectors change hands", len(rows))
    with st.expander(told):
        st.dataframe(rows, hide_index=True, width="stretch")
        codes = [row[_("Code")] for row in rows]
        st.caption(words.people_of(codes, counted))

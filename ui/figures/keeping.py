"""The last screen: names, source and licence, then all of the figure or nothing."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlsplit

import streamlit as st

from directory.authors import Author, Origin
from directory.indicator_report import Report
from directory.indicators import POPULATION, Indicator, indicator_id
from directory.sources import Source
from directory.texts import UNDETERMINED, Texts
from exchange.indicator_columns import FigureGuess, slug
from exchange.indicators import keep_indicators, make_indicator
from geo.errors import PleinError
from ui import access, state
from ui.figures import telling, work
from ui.figures.work import Work
from ui.language import _, current, say
from ui.wording import number, plain

NEW: Final = ""
NAME_MAX: Final = 120


@dataclass(frozen=True, slots=True)
class _Given:
    """What a person wrote of a figure."""

    fr: str
    nl: str
    source: str
    licence: str
    url: str
    read_on: date | None

    def missing(self) -> list[str]:
        """Name what is still to be given: none of it is made up."""
        wanted = {
            _("Name in French"): self.fr,
            _("Name in Dutch"): self.nl,
            _("Source: who publishes it"): self.source,
            _("Licence"): self.licence,
            _("Day it was taken from the source"): self.read_on,
        }
        return [label for label, value in wanted.items() if not value]


def show(under_way: Work, report: Report, figure: FigureGuess) -> None:
    """Ask what it is called and whose it is; keep it."""
    author = access.author(Origin.IMPORT)
    subject = _subject(under_way, figure)
    given = _given(under_way, figure, subject)
    stored = _stored_of(given, figure, under_way, subject)
    missing = given.missing()
    if author is None:
        missing.insert(0, _("Your name, for the history"))
    link_holds = not given.url or _is_link(given.url)
    with st.container():  # there or empty, so that the button below stays as it is
        if stored is not None:
            st.info(plain(_replaces(stored, report)))
        if not link_holds:
            st.error(_("The address must begin with https:// or http://."))
        if missing:
            st.caption(plain(_("Still to give: {names}.", names=", ".join(missing))))
    with st.container(horizontal=True):
        if st.button(
            _("Keep this figure"),
            type="primary",
            disabled=bool(missing) or not link_holds,
            key=f"figures_keep_{under_way.key}",
        ):
            assert author is not None  # noqa: S101 - the button was disabled
            named = figure.model_copy(update=_named(given, figure, subject))
            _keep(under_way, named, given, author)
        st.button(
            _("Back to the rows"),
            key=f"figures_rows_{under_way.key}",
            on_click=_to_rows,
            args=(under_way,),
        )


def _to_rows(under_way: Work) -> None:
    under_way.sourced = False


def _subject(under_way: Work, figure: FigureGuess) -> str:
    """Ask whether it is another year of a figure there is; `NEW` where it is not."""
    told: dict[str, str] = {}
    for one in state.store().indicators().values():
        told[one.subject] = one.names.best(current())
    told.setdefault(POPULATION, _("Population"))
    choices = [NEW, *sorted(told, key=lambda key: (key != POPULATION, told[key].casefold()))]
    chosen = st.selectbox(
        _("It is"),
        choices,
        index=choices.index(figure.subject) if figure.subject in choices else 0,
        format_func=lambda key: told[key] if key else _("a new figure"),
        key=f"figures_subject_{under_way.key}",
    )
    return str(chosen)


def _given(under_way: Work, figure: FigureGuess, subject: str) -> _Given:
    known = _known_names(subject, figure)
    source = under_way.proposed or Source(name="")
    _proposed(under_way, figure, source)
    key, of_file = f"{under_way.key}_{subject}", under_way.key
    left, right = st.columns(2)
    fr = left.text_input(
        _("Name in French"), known.get("fr", ""), NAME_MAX, key=f"figures_fr_{key}"
    )
    nl = right.text_input(
        _("Name in Dutch"), known.get("nl", ""), NAME_MAX, key=f"figures_nl_{key}"
    )
    left, right = st.columns(2)
    told_by = left.text_input(
        _("Source: who publishes it"), source.name, 200, key=f"figures_by_{of_file}"
    )
    licence = right.text_input(_("Licence"), source.licence, 200, key=f"figures_licence_{of_file}")
    left, right = st.columns(2)
    url = left.text_input(
        _("Address of the source (may be left empty)"),
        source.url,
        500,
        key=f"figures_url_{of_file}",
    )
    read_on = right.date_input(
        _("Day it was taken from the source"),
        source.read_on,
        max_value=state.now().date(),
        format="DD/MM/YYYY",
        key=f"figures_day_{of_file}",
    )
    return _Given(
        fr=fr.strip(),
        nl=nl.strip(),
        source=told_by.strip(),
        licence=licence.strip(),
        url=url.strip(),
        read_on=read_on,
    )


def _proposed(under_way: Work, figure: FigureGuess, source: Source) -> None:
    """Say what is filled in already and why."""
    if under_way.proposed is not None and under_way.sheet is not None:
        st.caption(
            plain(
                _(
                    "The columns are those of {source}: source and licence are proposed, check "
                    "that the file is really theirs.",
                    source=source.name,
                )
            )
        )
    if figure.names.root.get(UNDETERMINED):
        told = _("The column is called “{name}”.", name=figure.names.root[UNDETERMINED])
        st.caption(plain(told))


def _known_names(subject: str, figure: FigureGuess) -> dict[str, str]:
    """Return the names a figure has already: those of its other years, or of the population."""
    for one in state.store().indicators().values():
        if one.subject == subject:
            return dict(one.names.root)
    return dict(figure.names.root) if subject == figure.subject == POPULATION else {}


def _named(given: _Given, figure: FigureGuess, subject: str) -> dict[str, object]:
    """Return names and subject: as written, and in other languages as they were."""
    known = _known_names(subject, figure)
    others = {language: name for language, name in known.items() if language != UNDETERMINED}
    names = Texts({**others, "fr": given.fr, "nl": given.nl})
    return {"names": names, "subject": subject or slug(given.fr)}


def _stored_of(
    given: _Given, figure: FigureGuess, under_way: Work, subject: str
) -> Indicator | None:
    """Return the figure this one would take the place of."""
    wanted = subject or (slug(given.fr) if given.fr else "")
    if not wanted or figure.year is None:
        return None
    key = indicator_id(wanted, figure.year, under_way.guess.level)
    return state.store().indicators().get(key)


def _replaces(stored: Indicator, report: Report) -> str:
    codes = {*stored.values, *report.values}
    differ = sum(stored.values.get(code) != report.values.get(code) for code in codes)
    if not differ:
        return _(
            "“{name}” is there already, version {version}, with the same figures.",
            name=telling.name(stored),
            version=stored.version,
        )
    return _(
        "“{name}” is there already. Of the figures of version {version}: {n} change. The older "
        "ones stay in its history.",
        name=telling.name(stored),
        version=stored.version,
        n=number(differ),
    )


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _keep(under_way: Work, figure: FigureGuess, given: _Given, author: Author) -> None:
    assert under_way.report is not None  # noqa: S101 - the step before made it
    source = Source(
        name=given.source,
        licence=given.licence,
        url=given.url,
        reference=under_way.name,
        read_on=given.read_on,
    )
    try:
        made = make_indicator(figure, under_way.guess, under_way.report, source)
        keep_indicators(state.store(), [made], by=author)
    except PleinError as error:
        st.error(plain(say(error)))
        return
    work.finish(made)
    st.rerun()

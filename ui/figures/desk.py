"""The first screen of a file of figures: give one, or have Statbel asked."""

from urllib.parse import urlsplit

import streamlit as st

from exchange.indicators import guess_figures, known_source, read_table
from exchange.population import fetch_population
from exchange.settings import settings
from geo.errors import PleinError
from ui import state
from ui.figures import work
from ui.figures.work import Work
from ui.language import _, say
from ui.wording import plain


def show() -> None:
    """Take a file, or ask for the population."""
    given = st.file_uploader(
        _("Figures by statistical sector or monitoring district: CSV, Excel (XLSX) or a ZIP"),
        type=["csv", "txt", "tsv", "xlsx", "zip"],
        key="figures_file",
    )
    st.caption(
        _(
            "A column of codes and one of figures are enough. The file stays in the memory of this "
            "session; nothing is kept before you say so at the end."
        )
    )
    if st.button(_("Read the file"), type="primary", disabled=given is None) and given:
        _read(given.getvalue(), given.name)
    _offer_fetching()


def _read(content: bytes, name: str) -> None:
    try:
        with st.spinner(_("Reading…")):
            sheet = read_table(content, name)
            guess = guess_figures(sheet, name, state.territory())
    except PleinError as error:
        st.error(plain(say(error)))
        return
    source = known_source(sheet, settings().population_sources)
    work.begin(Work(name=name[-120:], guess=guess, sheet=sheet, proposed=source))
    st.rerun()


def hosts() -> list[str]:
    """Return whom fetching the population asks."""
    sources = settings().population_sources
    return list(dict.fromkeys(urlsplit(source.url).hostname or "" for source in sources))


def _offer_fetching() -> None:
    """Offer to ask for the population: who presses makes this machine ask somebody else."""
    if not hosts():
        return
    offline, asked = settings().offline, ", ".join(hosts())
    with st.container(border=True):
        st.subheader(_("The population by sector, from Statbel"))
        if offline:
            st.caption(
                _(
                    "This installation asks nobody anything (PLEIN_OFFLINE): fetch the file "
                    "yourself and give it above."
                )
            )
        else:
            st.caption(
                plain(
                    _(
                        "This machine then asks {hosts} for the file, once, and tells nothing but "
                        "its own address. What comes is shown before it is kept.",
                        hosts=asked,
                    )
                )
            )
        if st.button(plain(_("Ask {hosts}", hosts=asked)), key="figures_fetch", disabled=offline):
            _fetch()


def _fetch() -> None:
    try:
        with st.spinner(_("Asking for the file: a minute at most…")):
            found = fetch_population(settings().population_sources, state.territory())
    except PleinError as error:
        st.error(plain(say(error)))
        return
    work.begin(
        Work(
            name=found.indicator.source.reference,
            guess=found.guess,
            figure=found.figure,
            report=found.report,
            proposed=found.indicator.source,
        )
    )
    st.rerun()

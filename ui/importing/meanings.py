"""The second screen: what words and hours mean, confirmed once for the whole file."""

import streamlit as st

from directory.authors import Author
from directory.categories import CATEGORIES
from directory.importing import checking
from directory.importing.checking import Question, Summary
from directory.importing.records import Batch
from ui import wording
from ui.importing import work
from ui.language import _, current, ngettext


def show(batch: Batch, author: Author | None) -> None:
    """Ask about each distinct word once, and each distinct text of hours."""
    found = checking.summary(work.desk(), batch.id)
    _tell(found)
    if not found.words and not found.hours:
        st.success(_("Nothing to confirm here."))
        st.button(_("Go on"), type="primary", on_click=work.go, args=("places",))
        return
    with st.form("meanings"):
        words = _words(found.words)
        hours = _hours(found.hours)
        pressed = st.form_submit_button(_("Confirm"), type="primary", disabled=author is None)
    if pressed and author:
        with st.spinner(_("Checking cell by cell…")):
            checking.confirm(work.desk(), batch.id, by=author, words=words, hours=hours)
        work.go("places")
        st.rerun()


def _tell(found: Summary) -> None:
    if found.blocked:
        told = ngettext("{n} row needs a decision.", "{n} rows need a decision.", found.blocked)
        st.info(told)
    if found.findings:
        with st.expander(_("What the checks found")):
            for message, count in sorted(found.findings.items(), key=lambda pair: -pair[1]):
                st.markdown(f"- {count}: {wording.plain(_(message))}")


def _words(questions: tuple[Question, ...]) -> dict[str, tuple[str, ...]]:
    language = current()
    if questions:
        st.subheader(_("Which categories do these words mean?"))
    meant = {}
    for question in questions:
        rows = ngettext("{n} row", "{n} rows", question.rows)
        chosen = st.multiselect(
            wording.plain(f"{question.text} ({rows})"),
            list(CATEGORIES),
            default=list(question.proposed),
            format_func=lambda key: CATEGORIES[key].labels.best(language),
            placeholder=_("says nothing of a category"),
            select_all=False,
            key=f"word_{question.text}",
        )
        meant[question.text] = tuple(chosen)
    return meant


def _hours(questions: tuple[Question, ...]) -> dict[str, str]:
    if questions:
        st.subheader(_("Are these the opening hours?"))
        st.caption(_("In OpenStreetMap's syntax; leave it empty to keep the text as written."))
    meant = {}
    for question in questions:
        rows = ngettext("{n} row", "{n} rows", question.rows)
        meant[question.text] = st.text_input(
            wording.plain(f"{question.text} ({rows})"),
            value=question.proposed[0] if question.proposed else "",
            max_chars=300,
            key=f"hours_{question.text}",
        ).strip()
    return meant

"""The first screens: choose a file or go on with one, and say what its columns are."""

import streamlit as st

from directory.actors import ActorKind
from directory.authors import Author
from directory.categories import CATEGORIES
from directory.importing import checking, fields, opening
from directory.importing.fields import Field
from directory.importing.opening import Preview
from directory.importing.records import Batch, Coordinates, Settings
from exchange.imports import start
from ui import wording
from ui.importing import work
from ui.language import _, current, ngettext

EXAMPLES = 3
KINDS: list[ActorKind] = [kind for kind in ActorKind if kind is not ActorKind.RESIDENT]
"""A resident is never brought in by a file: consent is given one by one."""


def show_desk(author: Author | None) -> None:
    """Take a file, and list those that are under way."""
    given = st.file_uploader(
        _("A table of actors: CSV or Excel (XLSX)"), type=["csv", "txt", "tsv", "xlsx"], key="file"
    )
    ready = given is not None and author is not None
    if given is not None and author is None:
        st.info(_("Give your name first."))
    if st.button(_("Read the file"), type="primary", disabled=not ready) and given and author:
        with st.spinner(_("Reading…")):
            made = start(work.desk(), given.getvalue(), given.name, by=author)
        work.go("columns", made.id)
        st.rerun()
    batches = opening.batches(work.desk())
    if batches:
        st.subheader(_("Files on their way"))
    for batch in batches:
        _line(batch)


def _line(batch: Batch) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        rows = ngettext("{n} row", "{n} rows", batch.rows)
        told = f"{rows} · {work.state_name(batch.step)} · {wording.day(batch.started_at.date())}"
        st.markdown(f"**{wording.plain(batch.name)}**  \n{wording.plain(told)}")
        step = "columns" if batch.step.value == "mapping" else "places"
        st.button(_("Go on"), key=f"go_{batch.id}", on_click=work.go, args=(step, batch.id))
        if batch.step.value != "accepted":
            st.button(_("Throw away"), key=f"drop_{batch.id}", on_click=_discard, args=(batch.id,))


def _discard(batch_id: str) -> None:
    opening.discard(work.desk(), batch_id)


def show(batch: Batch, author: Author | None) -> None:
    """Ask what each column is; what was guessed is filled in."""
    found = opening.preview(work.desk(), batch.id, limit=EXAMPLES)
    for note in batch.notes:
        st.info(work.said(note))
    if found.before:
        st.warning(_("This very file is in the directory already. Undo it first, or go on."))
    if found.recognised:
        st.success(
            _(
                "The headers are those of “{name}”: its columns are filled in.",
                name=found.recognised,
            )
        )
    base = _saved(found, batch.settings)
    with st.form("columns"):
        mapping = [_column(found, base, index) for index in range(len(batch.columns))]
        settings = _settings(base, mapping)
        save_as = st.text_input(_("Keep these columns for next month's file, under the name"))
        pressed = st.form_submit_button(_("Go on"), type="primary", disabled=author is None)
    if pressed and author:
        opening.set_mapping(work.desk(), batch.id, settings, by=author, save_as=save_as)
        with st.spinner(_("Checking cell by cell…")):
            checking.check(work.desk(), batch.id)
        work.go("meanings")
        st.rerun()


def _saved(found: Preview, own: Settings) -> Settings:
    fitting = {
        name: kept for name, kept in found.saved.items() if len(kept.mapping) == len(own.mapping)
    }
    if not fitting:
        return own
    chosen = st.selectbox(_("Columns kept before"), list(fitting), index=None, key="saved_mapping")
    return fitting[chosen] if chosen else own


def _column(found: Preview, base: Settings, index: int) -> Field | None:
    name = found.batch.columns[index]
    shown = [row.cells[index] for row in found.rows if index < len(row.cells) and row.cells[index]]
    choices: list[Field | None] = [None, *Field]
    labels = {field: _(label) for field, label in fields.LABELS.items()}
    left, right = st.columns([5, 4], vertical_alignment="center")
    example = wording.plain(" · ".join(text[:60] for text in shown)) or "—"
    left.markdown(f"**{wording.plain(name)}**  \n{example}")
    return right.selectbox(
        _("Column “{name}” is", name=name),
        choices,
        index=choices.index(base.mapping[index]),
        format_func=lambda field: labels[field] if field else _("(kept, not used)"),
        label_visibility="collapsed",
        key=f"column_{found.batch.id}_{index}_{base.mapping[index]}",
    )


def _settings(base: Settings, mapping: list[Field | None]) -> Settings:
    language = current()
    st.subheader(_("For rows that do not say"))
    category = st.selectbox(
        _("Category"),
        ["", *CATEGORIES],
        index=["", *CATEGORIES].index(base.category),
        format_func=lambda key: CATEGORIES[key].labels.best(language) if key else "—",
    )
    kind = st.selectbox(
        _("Kind of actor"),
        KINDS,
        index=KINDS.index(base.kind),
        format_func=wording.actor_kind,
    )
    source = st.text_input(_("Source"), value=base.source, max_chars=200)
    licence = st.text_input(_("Licence"), value=base.licence, max_chars=200)
    coordinates = base.coordinates
    if {Field.LON, Field.COORDINATES} & set(mapping):
        choices = list(Coordinates)
        index = choices.index(base.coordinates)
        label = _("Coordinates are")
        coordinates = choices[
            st.selectbox(label, range(len(choices)), index, lambda i: _coordinates(choices[i]))
        ]
    return base.model_copy(
        update={
            "mapping": tuple(mapping),
            "category": category,
            "kind": kind,
            "source": source,
            "licence": licence,
            "coordinates": coordinates,
        }
    )


def _coordinates(value: Coordinates) -> str:
    return {
        Coordinates.RECOGNISED: _("recognised row by row"),
        Coordinates.LON_LAT: _("longitude, latitude"),
        Coordinates.LAT_LON: _("latitude, longitude"),
        Coordinates.LAMBERT_72: _("Lambert 72: x, y"),
        Coordinates.LAMBERT_72_SWAPPED: _("Lambert 72: y, x"),
        Coordinates.LAMBERT_2008: _("Lambert 2008: x, y"),
        Coordinates.LAMBERT_2008_SWAPPED: _("Lambert 2008: y, x"),
    }[value]

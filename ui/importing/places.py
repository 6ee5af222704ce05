"""The third screen: addresses found, and what was not found settled on the map."""

import streamlit as st

from directory.importing import checking, fields, settling
from directory.importing.desk import Progress
from directory.importing.fields import Field
from directory.importing.placing import query, why_not_placed
from directory.importing.records import Asked, Batch, Heap, How, ImportRow, Outcome
from exchange.online_help import outgoing
from layers.layer import Scene
from ui import pinmap, wording
from ui.importing import work
from ui.language import _, current, ngettext

PAGE = 12
"""Rows of a heap shown at once."""


def show(batch: Batch, scene: Scene) -> None:
    """Show the heaps; look for addresses; settle one row after the other."""
    counts = settling.heaps(work.desk(), batch.id)
    _counts(counts)
    if counts.get(Heap.WAITING, 0):
        _look(batch)
    open_rows = counts.get(Heap.TO_CHECK, 0) + counts.get(Heap.FAILED, 0)
    if not open_rows and not counts.get(Heap.WAITING, 0):
        st.success(_("Every row has its place."))
        st.button(_("Go on"), type="primary", on_click=work.go, args=("twins",))
    heap = _heap(counts)
    if heap is None:
        return
    rows = settling.rows(work.desk(), batch.id, heap, limit=PAGE, offset=_offset(counts, heap))
    listed, ground = st.columns([4, 7], gap="medium")
    with listed:
        _list(rows)
    with ground:
        _settle(batch, rows, scene)


def _counts(counts: dict[Heap, int]) -> None:
    names = heap_names()
    for column, heap in zip(st.columns(len(names)), names, strict=True):
        column.metric(names[heap], wording.number(counts.get(heap, 0)))


def heap_names() -> dict[Heap, str]:
    """Name the heaps."""
    return {
        Heap.PLACED: _("Placed"),
        Heap.TO_CHECK: _("To check"),
        Heap.FAILED: _("Not found"),
        Heap.WAITING: _("Waiting"),
    }


def _look(batch: Batch) -> None:
    geocoder = work.geocoder()
    if geocoder is None:
        st.warning(
            _("There is no list of addresses on this machine yet: an administrator makes one.")
        )
        return
    if not st.button(_("Look for the addresses"), type="primary"):
        return
    bar = st.progress(0.0, text=_("Looking for the addresses…"))
    st.button(_("Stop: what is found is kept"))

    def tell(progress: Progress) -> None:
        text = _("{done} of {total}", done=progress.done, total=progress.total)
        if progress.left_s is not None:
            text += " · " + _("about {seconds} s left", seconds=round(progress.left_s))
        bar.progress(progress.done / max(progress.total, 1), text=text)

    settling.geocode(work.desk(), batch.id, geocoder, tell=tell)
    st.rerun()


def _heap(counts: dict[Heap, int]) -> Heap | None:
    names = heap_names()
    there = [heap for heap in (Heap.TO_CHECK, Heap.FAILED, Heap.PLACED) if counts.get(heap)]
    if not there:
        return None
    chosen = st.segmented_control(
        _("Rows"), there, default=there[0], required=True, format_func=names.__getitem__, key="heap"
    )
    return Heap(chosen) if chosen in there else there[0]


def _offset(counts: dict[Heap, int], heap: Heap) -> int:
    pages = -(-counts.get(heap, 0) // PAGE)
    if pages <= 1:
        return 0
    page = st.number_input(_("Page, of {pages}", pages=pages), 1, pages, key=f"page_{heap}")
    return (int(page) - 1) * PAGE


def _choose(number: int) -> None:
    st.session_state["row"] = str(number)


def _list(rows: list[ImportRow]) -> None:
    chosen = st.session_state.get("row")
    for row in rows:
        name = row.draft.names.best(current()) or _("Row {number}", number=row.number)
        st.button(
            wording.plain(name[:80]),
            key=f"row_{row.number}",
            type="primary" if str(row.number) == chosen else "secondary",
            width="stretch",
            on_click=_choose,
            args=(row.number,),
        )


def _settle(batch: Batch, rows: list[ImportRow], scene: Scene) -> None:
    numbers = {str(row.number): row for row in rows}
    row = numbers.get(str(st.session_state.get("row")), rows[0] if rows else None)
    if row is None:
        return
    st.subheader(wording.plain(row.draft.names.best(current()) or str(row.number)))
    for sentence in why_not_placed(row):
        st.markdown(f"- {wording.plain(work.said(sentence))}")
    if row.outcome is not Outcome.NONE:
        st.info(_("This row is in the directory."))
        return
    _candidates(batch, row)
    _offer_help(batch, row)
    _map(batch, row, scene)
    left, right = st.columns(2)
    left.button(
        _("It has no fixed place"),
        key=f"nowhere_{row.number}",
        on_click=_nowhere,
        args=(batch.id, row.number),
    )
    right.button(
        _("Take back what was settled"),
        key=f"again_{row.number}",
        disabled=row.spot is None or row.spot.how is How.GEOCODED,
        on_click=_again,
        args=(batch.id, row.number),
    )
    _correct(batch, row)
    with st.expander(_("The row as it is in the file")):
        for column, cell in zip(batch.columns, row.cells, strict=False):
            if cell:
                st.markdown(f"**{wording.plain(column)}**: {wording.plain(cell)}")


def _candidates(batch: Batch, row: ImportRow) -> None:
    for index, found in enumerate(row.answer.candidates if row.answer else ()):
        street = found.street_nl if current() == "nl" else found.street_fr
        town = found.municipality_nl if current() == "nl" else found.municipality_fr
        place = f"{street or found.street_nl} {found.number}".strip()
        likely = _("{percent} % likely", percent=round(found.probability * 100))
        st.button(
            wording.plain(f"{index + 1}. {place}, {found.postcode} {town} ({likely})"),
            key=f"candidate_{row.number}_{index}",
            width="stretch",
            disabled=found.lon is None,
            on_click=_take,
            args=(batch.id, row.number, index),
        )


def _offer_help(batch: Batch, row: ImportRow) -> None:
    services = work.online_help().services
    leaving = outgoing(query(row.draft.asked)) if services and row.draft.asked else ""
    if not leaving:
        return
    told = _("“{address}” would leave this machine.", address=leaving)
    st.caption(wording.plain(told))
    if st.button(_("Ask {services}", services=", ".join(services)), key=f"ask_{row.number}"):
        found = work.online_help().find(query(row.draft.asked or Asked()))
        settling.add_candidates(work.desk(), batch.id, row.number, found.candidates, found.reasons)
        st.rerun()


def _nowhere(batch_id: str, number: int) -> None:
    settling.no_fixed_place(work.desk(), batch_id, number)


def _again(batch_id: str, number: int) -> None:
    settling.ask_again(work.desk(), batch_id, number)


def _take(batch_id: str, number: int, index: int) -> None:
    settling.choose_candidate(work.desk(), batch_id, number, index)


def _map(batch: Batch, row: ImportRow, scene: Scene) -> None:
    signs = [
        (str(index), f"{index + 1}. {found.street_fr} {found.number}", found.lon, found.lat)
        for index, found in enumerate(row.answer.candidates if row.answer else ())
        if found.lon is not None and found.lat is not None
    ]
    spot = row.spot
    pin = (spot.lon, spot.lat) if spot and spot.lon is not None and spot.lat is not None else None
    st.caption(_("Click on the map to put the pin, or drag it."))

    def placed(lon: float, lat: float) -> None:
        settling.put_pin(work.desk(), batch.id, row.number, lon, lat)

    def taken(sign: str) -> None:
        _take(batch.id, row.number, int(sign))

    key = f"pin_{batch.id}_{row.number}"
    pinmap.show_pin_map(scene, signs, pin, key=key, on_place=placed, on_choose=taken)


def _correct(batch: Batch, row: ImportRow) -> None:
    used = [field for field in batch.settings.mapping if field in _ADDRESS]
    with st.expander(_("Correct what the row says")), st.form(f"correct_{row.number}"):
        cells = dict(zip(batch.settings.mapping, row.cells, strict=False))
        given = {
            field: st.text_input(
                _(fields.LABELS[field]),
                value=row.corrections.get(field, cells.get(field, "")),
                max_chars=300,
            )
            for field in dict.fromkeys(used)
            if field is not None
        }
        if st.form_submit_button(_("Look again")):
            checking.correct(work.desk(), batch.id, row.number, given)
            if geocoder := work.geocoder():
                settling.geocode(work.desk(), batch.id, geocoder)
            st.rerun()


_ADDRESS = (
    Field.ADDRESS,
    Field.STREET,
    Field.STREET_FR,
    Field.STREET_NL,
    Field.NUMBER,
    Field.BOX,
    Field.POSTCODE,
    Field.MUNICIPALITY,
    Field.MUNICIPALITY_FR,
    Field.MUNICIPALITY_NL,
    Field.CATEGORY,
    Field.NAME,
    Field.NAME_FR,
    Field.NAME_NL,
)


def left_to_settle(counts: dict[Heap, int]) -> str:
    """Tell how many rows are not placed yet."""
    n = sum(count for heap, count in counts.items() if heap is not Heap.PLACED)
    return ngettext("{n} row is not placed yet.", "{n} rows are not placed yet.", n) if n else ""

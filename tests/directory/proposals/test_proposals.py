from datetime import UTC, datetime
from threading import Thread
from time import perf_counter

import pytest
from sqlalchemy import insert, select, text

from directory import selection
from directory.atlas import Atlas
from directory.clock import today
from directory.commands import Commands
from directory.people import VISITOR, Grounds
from directory.proposals import (
    Draft,
    EventKind,
    Order,
    Pace,
    Proposal,
    Proposals,
    ProposalStatus,
    applied,
    kept,
)
from directory.proposals.records import URGENCY, ProposalKind
from directory.store import Store
from directory.store.errors import ConflictError
from directory.store.proposal_tables import ProposalLinkRow, ProposalRow
from directory.store.tables import table
from geo.errors import BadInputError, NotAllowedError, UnknownIdError
from tests.drawn import grid_territory
from tests.proposed import BY, new_place, relay_of
from tests.records import at

OPEN, ASKED = ProposalStatus.OPEN, ProposalStatus.ASKED
ACCEPTED, REFUSED = ProposalStatus.ACCEPTED, ProposalStatus.REFUSED


def closed(target: str = "kapel", **given: object) -> Draft:
    return Draft.model_validate({"kind": "closed", "target": target, **given})


def test_an_addition_is_kept_whole_for_the_neighbourhood_it_lies_in(proposals: Proposals) -> None:
    made = proposals.make(new_place(note="Al jaren hier.", name="Nadia", thank=True)).proposal
    assert (made.neighbourhoods, made.status, made.said, made.version) == (("links",), OPEN, 1, 1)
    assert (made.note, made.name, made.thank) == ("Al jaren hier.", "Nadia", True)
    actor = applied(None, made)
    assert (actor.names.best("nl"), actor.version) == ("Huurdersbond", 0)
    assert actor.id.startswith("huurdersbond-")
    assert proposals.get(made.id) == made
    assert [event.kind for event in made.events] == [EventKind.MADE]


def test_what_lies_in_no_neighbourhood_is_for_the_coordinators(proposals: Proposals) -> None:
    made = proposals.make(closed("rechts")).proposal
    assert made.neighbourhoods == ()
    assert proposals.of(["links"]) == []
    assert proposals.of([""]) == [made]
    assert proposals.of(None) == [made]
    assert proposals.waiting() == {"": 1}


def test_a_move_concerns_where_it_was_and_where_it_goes(proposals: Proposals) -> None:
    place = at(2.5, 2.5).model_dump(mode="json")
    moved = Draft(kind=ProposalKind.MOVED, target="kapel", facts={"places": [place]})
    assert proposals.make(moved).proposal.neighbourhoods == ("links",)
    back = {"places": [at(0.5, 0.5).model_dump(mode="json")]}
    moved = Draft(kind=ProposalKind.MOVED, target="rechts", facts=back)
    assert proposals.make(moved).proposal.neighbourhoods == ("links",)


def test_a_correction_leaves_what_its_proposer_does_not_see(
    proposals: Proposals, filled: Store
) -> None:
    new = {"contacts": [{"kind": "phone", "value": "+32 2 511 11 11"}]}
    draft = Draft(kind=ProposalKind.CORRECT, target="kapel", target_version=1, facts=new)
    made = proposals.make(draft).proposal
    before = filled.directory().actors["kapel"]
    after = applied(before, made)
    assert [one.value for one in after.contacts] == ["+32 2 511 11 11", "+32 2 999 99 99"]
    assert after.names == before.names
    assert applied(before, proposals.make(closed()).proposal).status == "archived"


def test_saying_the_same_again_adds_weight_and_keeps_what_was_said(proposals: Proposals) -> None:
    first, token = proposals.make(new_place("Huurdersbond"))
    second, other = proposals.make(new_place(" huurdersBOND ", note="Ook op zaterdag.", name="Luc"))
    assert second.id == first.id
    assert (second.said, second.weight, second.version) == (2, first.weight + 1, first.version)
    again = second.events[-1]
    assert (again.kind, again.text) == (EventKind.AGAIN, "Ook op zaterdag.")
    assert token != other
    assert proposals.make(new_place("Huurdersbond 2")).proposal.id != first.id


def test_what_is_sent_twice_is_kept_once(proposals: Proposals) -> None:
    token = "a" * 32
    first = proposals.make(closed(), token=token)
    assert proposals.make(closed(), token=token) == first
    assert first.proposal.said == 1
    for bad in ("a" * 31, "a" * 33, "a" * 31 + "/", "a" * 31 + "\n"):
        with pytest.raises(BadInputError):
            proposals.make(closed(), token=bad)


def test_two_at_once_become_one(proposals: Proposals, database_url: str) -> None:
    patient = Store(database_url)
    proposals = Proposals(patient, proposals._grounds)
    threads = [Thread(target=lambda: proposals.make(closed(), address="a")) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (one,) = proposals.of(None)
    assert one.said == 3
    patient.close()


def test_what_is_decided_gets_no_more_weight(proposals: Proposals) -> None:
    made = proposals.make(closed()).proposal
    proposals.refuse(made, "Ze zijn open.", by=BY)
    assert proposals.make(closed()).proposal.id != made.id


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "closed"},
        {"kind": "closed", "target": "nobody"},
        {"kind": "closed", "target": "kapel", "facts": {"hours": "24/7"}},
        {"kind": "correct", "target": "kapel"},
        {"kind": "correct", "target": "kapel", "facts": {"consent": None}},
        {"kind": "correct", "target": "kapel", "facts": {"status": "archived"}},
        {"kind": "correct", "target": "kapel", "facts": {"verified_by": "ik"}},
        {"kind": "correct", "target": "kapel", "facts": {"categories": ["no-such"]}},
        {"kind": "moved", "target": "kapel", "facts": {"hours": "24/7"}},
        {"kind": "duplicate", "target": "kapel"},
        {"kind": "duplicate", "target": "kapel", "other": "kapel"},
        {"kind": "wrong", "target": "kapel"},
        {"kind": "add", "facts": {}},
        {"kind": "add", "target": "kapel", "facts": new_place().facts},
        {"kind": "add", "facts": new_place().facts | {"kind": "resident"}},
        {"kind": "add", "facts": new_place().facts | {"version": 3}},
        {"kind": "add", "facts": new_place().facts | {"names": {"nl": "x" * 301}}},
    ],
)
def test_what_breaks_a_rule_is_refused_and_not_kept(
    proposals: Proposals, given: dict[str, object]
) -> None:
    with pytest.raises(BadInputError):
        proposals.make(Draft.model_validate(given))
    assert proposals.of(None) == []


def test_a_hidden_contact_cannot_be_proposed(proposals: Proposals) -> None:
    contact = {"kind": "phone", "value": "+32 2 511 00 00", "visibility": "relays"}
    with pytest.raises(BadInputError):
        proposals.make(new_place(facts={"contacts": [contact]}))


def test_the_link_is_kept_as_a_hash_alone(proposals: Proposals, filled: Store) -> None:
    made, token = proposals.make(closed())
    with filled.reading() as connection:
        rows = connection.execute(select(table(ProposalLinkRow))).all()
        everything = repr(rows) + repr(connection.execute(select(table(ProposalRow))).all())
    assert token not in everything
    found = proposals.by_link(token)
    assert found is not None
    assert found.proposal == made
    for wrong in ("", token[:-1], token + "a", token.upper(), "\udcff", "x" * 1_000_000, made.id):
        assert proposals.by_link(wrong) is None
        with pytest.raises(UnknownIdError):
            proposals.withdraw(wrong)


def test_a_relay_asks_and_the_proposer_answers(proposals: Proposals) -> None:
    made, token = proposals.make(closed())
    asked = proposals.ask(made, "Sinds wanneer?", by=relay_of("links"))
    assert asked.status is ASKED
    with pytest.raises(BadInputError):
        proposals.answer(token, " \u202e ")
    answered = proposals.answer(token, "Sinds mei.")
    assert answered.status is OPEN
    assert [(one.kind, one.text) for one in answered.events[1:]] == [
        (EventKind.ASKED, "Sinds wanneer?"),
        (EventKind.ANSWERED, "Sinds mei."),
    ]
    with pytest.raises(BadInputError):
        proposals.answer(token, "Nog iets.")


def test_one_does_not_read_what_others_wrote_who_said_the_same(proposals: Proposals) -> None:
    made, first = proposals.make(closed(note="Mijn nummer is 0470."))
    other = proposals.make(closed(note="Ook gezien.")).token
    proposals.ask(made, "Sinds wanneer?", by=BY)
    proposals.answer(first, "Sinds mei.")
    seen = proposals.by_link(other)
    assert seen is not None
    assert [one.text for one in seen.events] == ["Ook gezien.", "Sinds wanneer?"]


def test_it_goes_when_the_last_one_withdraws(proposals: Proposals) -> None:
    made, first = proposals.make(closed(name="Nadia", thank=True))
    second = proposals.make(closed(name="Luc", thank=True)).token
    assert proposals.thanked(made.id) == ("Luc", "Nadia")
    once = proposals.withdraw(first)
    assert (once.status, once.said, once.weight, once.name) == (OPEN, 1, made.weight, "")
    assert proposals.withdraw(first) == once
    assert proposals.thanked(made.id) == ("Luc",)
    assert proposals.withdraw(second).status is ProposalStatus.WITHDRAWN
    assert proposals.of(None) == []


def test_a_relay_decides_in_its_own_neighbourhoods_alone(proposals: Proposals) -> None:
    made = proposals.make(closed()).proposal
    other = relay_of("brabant")
    forged = made.model_copy(update={"neighbourhoods": ("brabant",)})
    for one in (made, forged):
        with pytest.raises(NotAllowedError):
            proposals.refuse(one, "Neen.", by=other)
        with pytest.raises(NotAllowedError):
            proposals.ask(one, "Hoezo?", by=other)
        with pytest.raises(NotAllowedError):
            proposals.pass_on(one, ["links"], by=other)
    assert proposals.get(made.id) == made
    assert proposals.refuse(made, "Neen.", by=relay_of("links")).decided_by == "Samira"


def test_passed_on_it_is_another_relays(proposals: Proposals) -> None:
    made = proposals.make(closed("rechts")).proposal
    with pytest.raises(BadInputError):
        proposals.pass_on(made, ["nergens"], by=BY)
    passed = proposals.pass_on(made, ["links"], by=BY, text="Dat is bij jullie.")
    assert passed.neighbourhoods == ("links",)
    assert proposals.of(["links"]) == [passed]
    assert proposals.of([""]) == []


def test_a_decision_and_the_directory_are_one(proposals: Proposals, filled: Store) -> None:
    made = proposals.make(new_place()).proposal
    commands, by = Commands(filled), BY

    def together(connection: object) -> None:
        proposals.settle(connection, made, ACCEPTED, by=by, batch="p-1")  # type: ignore[arg-type]

    commands.save([applied(None, made)], by=by, batch="p-1", together=together)
    done = proposals.get(made.id)
    assert (done.status, done.batch, done.version) == (ACCEPTED, "p-1", 2)
    with pytest.raises(ConflictError):
        commands.save(
            [applied(None, made).model_copy(update={"hours": "24/7", "version": 1})],
            by=by,
            together=together,
        )
    assert filled.directory().actors[made.facts["id"]].hours == ""
    undone = commands.undo("p-1", by=by, together=lambda c: proposals.reopen(c, done, by=by))
    assert undone
    assert proposals.get(made.id).status is OPEN
    assert made.facts["id"] not in filled.directory().actors


def test_a_refusal_has_a_reason_and_is_final_until_reopened(proposals: Proposals) -> None:
    made = proposals.make(closed()).proposal
    with pytest.raises(BadInputError):
        proposals.refuse(made, " ", by=BY)
    refused = proposals.refuse(made, "Ze zijn open.", by=BY)
    assert (refused.status, refused.reason) == (REFUSED, "Ze zijn open.")
    with pytest.raises(BadInputError):
        proposals.ask(refused, "Toch?", by=BY)
    with pytest.raises(ConflictError):
        proposals.ask(made, "Toch?", by=BY)


def test_nothing_of_it_is_in_the_directory(proposals: Proposals, filled: Store) -> None:
    before = filled.directory()
    made = proposals.make(new_place("Zeldzaamheid")).proposal
    now = filled.directory()
    assert (now, now.revision) == (before, before.revision)
    assert "Zeldzaamheid" not in repr(now)  # all an export, a link or a count is made of
    seen = Atlas(now, grid_territory(), today())
    assert made.facts["id"] not in seen.actors
    query = selection.Query(text="zeldzaamheid")
    assert selection.select(seen, query, datetime.now(UTC)).ids == ()
    with filled.reading() as connection:
        changes = connection.execute(
            text("SELECT count(*) FROM change WHERE record_id LIKE 'zeld%'")
        )
        assert changes.scalar_one() == 0


def test_what_was_said_of_somebody_who_withdrew_consent_goes(
    proposals: Proposals, filled: Store
) -> None:
    token = proposals.make(closed()).token
    proposals.make(Draft(kind=ProposalKind.DUPLICATE, target="kapel-2", other="kapel"))
    kept_one = proposals.make(closed("rechts")).proposal
    added = proposals.make(new_place()).proposal
    with filled.keeping() as connection:
        assert proposals.forget(connection, "kapel") == 2
        assert proposals.forget(connection, added.facts["id"]) == 1
    assert proposals.of(None) == [kept_one]
    assert proposals.by_link(token) is None


def test_five_thousand_are_listed_in_milliseconds(proposals: Proposals, filled: Store) -> None:
    one = proposals.make(closed()).proposal
    with filled.keeping() as connection:
        facts = one.model_dump(mode="json", exclude={"events"}) | {"decided_at": None}
        rows = [
            facts | {"id": f"{n:05}", "weight": n % 7, "made_at": one.made_at, "sameness": str(n)}
            for n in range(5_000)
        ]
        connection.execute(insert(table(ProposalRow)), rows)
        areas = [{"neighbourhood": "links", "proposal_id": row["id"]} for row in rows]
        connection.execute(insert(kept.AREA), areas)
    best, page = 9.0, []
    for _ in range(5):
        start = perf_counter()
        page = proposals.of(["links"])
        best = min(best, perf_counter() - start)
    assert len(page) == 50
    assert best < 0.15
    seen: list[Proposal] = []
    last = None
    while part := proposals.of(["links"], order=Order.WEIGHT, limit=1_000, after=last):
        seen += part
        last = part[-1]
    assert len({each.id for each in seen}) == 5_001
    assert [each.weight for each in seen] == sorted((each.weight for each in seen), reverse=True)
    assert proposals.counts(["links"])[OPEN] == 5_001
    assert proposals.counts(["brabant"])[OPEN] == 0


def test_every_fact_has_its_column() -> None:
    columns = {column.name for column in table(ProposalRow).columns}
    assert set(Proposal.model_fields) - {"events"} == columns - {"sameness"}
    assert set(URGENCY) == set(ProposalKind)


def test_a_visitor_may_propose(proposals: Proposals) -> None:
    assert proposals.make(closed(), by=VISITOR).proposal.undecided


def test_a_link_of_its_own_is_used_up_in_place_of_the_pace(filled: Store) -> None:
    grounds = lambda: Grounds(grid_territory(), filled.directory(), today())  # noqa: E731
    slow = Proposals(filled, grounds, pace=Pace(hourly=1, daily=1))
    used: list[object] = []
    for n in range(3):
        slow.make(new_place(f"Huis {n}"), admitted=used.append)
    assert len(used) == 3

    def used_up(connection: object) -> None:
        raise BadInputError("used already", connection=connection)

    before = slow.counts()
    with pytest.raises(BadInputError):
        slow.make(new_place("Nog een"), admitted=used_up)
    assert slow.counts() == before

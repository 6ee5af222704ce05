from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest

from directory.clock import today
from directory.commands import Commands
from directory.people import Grounds
from directory.proposals import Draft, EventKind, Proposal, Proposals, ProposalStatus
from directory.proposals.deciding import A_VISITOR, Decisions
from directory.proposals.weighing import decided_otherwise, weigh
from directory.store import ConflictError, Kind, Store
from geo.errors import BadInputError, NotAllowedError, PleinError
from geo.neighbourhoods import Neighbourhood
from tests.drawn import code, grid_territory
from tests.proposed import BY, new_place, relay_of
from tests.records import LEFT, at

OPEN, ACCEPTED = ProposalStatus.OPEN, ProposalStatus.ACCEPTED
SAMIRA = relay_of("links")


def decisions_on(store: Store) -> Decisions:
    territory = grid_territory()

    def grounds() -> Grounds:
        return Grounds(territory, store.directory(), today())

    return Decisions(store, Commands(store, grounds=grounds), Proposals(store, grounds))


@pytest.fixture
def decisions(filled: Store) -> Decisions:
    return decisions_on(filled)


@pytest.fixture
def propose(proposals: Proposals) -> Callable[..., Proposal]:
    def make(kind: str = "correct", target: str = "kapel", **given: Any) -> Proposal:
        known = {"kind": kind, "target": target, "target_version": 1}
        return proposals.make(Draft.model_validate({**known, **given})).proposal

    return make


def edit(store: Store, **facts: object) -> None:
    actor = store.directory().actors["kapel"]
    saved = Commands(store).save([actor.model_copy(update=facts)], by=BY)
    store.expect(saved.revision)


def test_an_accepted_addition_is_checked_by_the_relay_and_came_from_a_visitor(
    decisions: Decisions, proposals: Proposals, filled: Store
) -> None:
    made = proposals.make(new_place(name="Nadia")).proposal
    done = decisions.accept(weigh(filled, made), by=SAMIRA, text="Welkom!")
    found = filled.directory().actors[made.facts["id"]]
    assert (found.verified_on, found.verified_by) == (today(), "Samira")
    assert (found.source.name, found.source.licence, found.status) == (A_VISITOR, "", "published")
    assert (done.status, done.decided_by, done.reason) == (ACCEPTED, "Samira", "Welkom!")
    (change,) = filled.history(Kind.ACTOR, found.id)
    assert (change.author, change.person, change.batch) == ("Samira", "samira", done.batch)


def test_those_who_wish_it_are_thanked_by_name(
    decisions: Decisions, proposals: Proposals, filled: Store
) -> None:
    made = proposals.make(new_place(name="Nadia", thank=True)).proposal
    proposals.make(new_place(name="Luc", thank=True))
    proposals.make(new_place(name="Onbekend"))
    decisions.accept(weigh(filled, proposals.get(made.id)), by=SAMIRA)
    assert filled.directory().actors[made.facts["id"]].source.name == "Luc, Nadia"


def test_changed_and_accepted_both_stand_in_the_thread(
    decisions: Decisions, proposals: Proposals, filled: Store
) -> None:
    made = proposals.make(new_place("Huurdersbont")).proposal
    phones = [
        {"kind": "phone", "value": "+32 2 511 00 01"},
        {"kind": "phone", "value": "+32 2 511 00 02", "visibility": "relays"},
    ]
    facts = {"names": {"nl": "Huurdersbond"}, "contacts": phones, "id": "ander", "version": 7}
    done = decisions.accept(weigh(filled, made), by=SAMIRA, facts=facts)
    actor = filled.directory().actors[made.facts["id"]]
    assert (actor.names.best("nl"), len(actor.contacts)) == ("Huurdersbond", 2)
    assert done.facts["names"] == {"nl": "Huurdersbont"}
    told = {one.path: (one.before, one.after) for one in decided_otherwise(filled, done)}
    assert told[("names", "nl")] == ("Huurdersbont", "Huurdersbond")
    assert "+32 2 511 00 01" in str(told)
    assert "+32 2 511 00 02" not in str(told)


def test_a_correction_keeps_the_source_which_imports_need(
    decisions: Decisions, propose: Callable[..., Proposal], filled: Store
) -> None:
    before = filled.directory().actors["kapel"]
    decisions.accept(weigh(filled, propose(facts={"hours": "24/7"})), by=SAMIRA)
    after = filled.directory().actors["kapel"]
    assert (after.hours, after.source, after.version) == ("24/7", before.source, 2)


def test_contacts_a_proposer_is_not_told_of_stay(
    decisions: Decisions, propose: Callable[..., Proposal], filled: Store
) -> None:
    edit(filled, do_not_contact=True)
    site = {"kind": "website", "value": "https://kapel.example"}
    made = propose(facts={"contacts": [site]}, target_version=2)
    decisions.accept(weigh(filled, made), by=SAMIRA)
    kept = [one.value for one in filled.directory().actors["kapel"].contacts]
    assert kept == ["https://kapel.example", "+32 2 511 00 00", "+32 2 999 99 99"]


def test_many_long_names_are_thanked_as_far_as_there_is_room(
    decisions: Decisions, proposals: Proposals, filled: Store
) -> None:
    for letter in "abcd":
        made = proposals.make(new_place(name=letter * 80, thank=True)).proposal
    decisions.accept(weigh(filled, proposals.get(made.id)), by=SAMIRA)
    told = filled.directory().actors[made.facts["id"]].source.name
    assert told == ", ".join(letter * 80 for letter in "abc") + ", …"


def test_what_was_changed_meanwhile_elsewhere_in_the_record_stays(
    decisions: Decisions, propose: Callable[..., Proposal], filled: Store
) -> None:
    made = propose(facts={"hours": "24/7"})
    edit(filled, cost="free")
    weighed = weigh(filled, made)
    assert not weighed.clashes
    assert [one.path for one in weighed.differences()] == [("hours",)]
    decisions.accept(weighed, by=SAMIRA)
    after = filled.directory().actors["kapel"]
    assert (after.hours, after.cost) == ("24/7", "free")


def test_where_both_changed_the_same_a_relay_must_say_which_holds(
    decisions: Decisions, propose: Callable[..., Proposal], proposals: Proposals, filled: Store
) -> None:
    made = propose(facts={"hours": "24/7"})
    edit(filled, hours="Mo 09:00-12:00")
    weighed = weigh(filled, made)
    (clash,) = weighed.clashes
    assert (clash.mine, clash.theirs) == ("24/7", "Mo 09:00-12:00")
    with pytest.raises(ConflictError):
        decisions.accept(weighed, by=SAMIRA)
    assert proposals.get(made.id).status is OPEN
    decisions.accept(weighed, by=SAMIRA, facts={"hours": "Mo 09:00-18:00"})
    assert filled.directory().actors["kapel"].hours == "Mo 09:00-18:00"


def test_a_record_changed_since_it_was_looked_at_is_not_overwritten(
    decisions: Decisions, propose: Callable[..., Proposal], proposals: Proposals, filled: Store
) -> None:
    weighed = weigh(filled, propose(facts={"hours": "24/7"}))
    edit(filled, cost="free")
    with pytest.raises(ConflictError):
        decisions.accept(weighed, by=SAMIRA)
    assert proposals.of(None)[0].status is OPEN
    assert filled.directory().actors["kapel"].hours == ""


@pytest.mark.parametrize("kind", ["closed", "duplicate"])
def test_what_closed_or_is_a_twin_leaves_the_public_and_comes_back_by_undoing(
    kind: str, decisions: Decisions, propose: Callable[..., Proposal], filled: Store
) -> None:
    made = propose(kind, other="kapel-2" if kind == "duplicate" else "")
    done = decisions.accept(weigh(filled, made), by=SAMIRA)
    assert filled.directory().actors["kapel"].status == "archived"
    open_again = decisions.undo(done, by=SAMIRA)
    filled.expect(filled.directory().revision + 1)
    actor = filled.directory().actors["kapel"]
    assert (actor.status, actor.version) == ("published", 3)
    assert (open_again.status, open_again.events[-1].kind) == (OPEN, EventKind.REOPENED)
    decisions.accept(weigh(filled, open_again), by=SAMIRA)


def test_an_addition_undone_can_be_accepted_again(
    decisions: Decisions, proposals: Proposals, filled: Store
) -> None:
    made = proposals.make(new_place()).proposal
    first = decisions.accept(weigh(filled, made), by=SAMIRA)
    again = decisions.undo(first, by=SAMIRA)
    with pytest.raises(PleinError):
        decisions.undo(first, by=SAMIRA)
    second = decisions.accept(weigh(filled, again), by=SAMIRA)
    assert second.batch != first.batch
    decisions.undo(second, by=SAMIRA)
    assert len(filled.history(Kind.ACTOR, made.facts["id"])) == 4


def test_a_decision_on_a_record_changed_since_stays_and_is_told(
    decisions: Decisions, propose: Callable[..., Proposal], proposals: Proposals, filled: Store
) -> None:
    done = decisions.accept(weigh(filled, propose(facts={"hours": "24/7"})), by=SAMIRA)
    edit(filled, cost="free")
    with pytest.raises(ConflictError):
        decisions.undo(done, by=SAMIRA)
    assert filled.directory().actors["kapel"].hours == "24/7"
    assert proposals.get(done.id) == done


def test_a_refusal_is_undone_without_touching_the_directory(
    decisions: Decisions, propose: Callable[..., Proposal], proposals: Proposals, filled: Store
) -> None:
    refused = proposals.refuse(propose("closed"), "Ze zijn open.", by=SAMIRA)
    revision = filled.directory().revision
    assert decisions.undo(refused, by=SAMIRA).status is OPEN
    assert filled.directory().revision == revision


def test_what_is_only_said_to_be_wrong_needs_a_change(
    decisions: Decisions, propose: Callable[..., Proposal], filled: Store
) -> None:
    weighed = weigh(filled, propose("wrong", note="De bel is stuk."))
    assert weighed.differences() == ()
    with pytest.raises(BadInputError):
        decisions.accept(weighed, by=SAMIRA)
    with pytest.raises(BadInputError):
        decisions.accept(weighed, by=SAMIRA, facts={"hours": ""})
    done = decisions.accept(weighed, by=SAMIRA, facts={"descriptions": {"nl": "Klop aan."}})
    assert done.status is ACCEPTED


@pytest.mark.parametrize(
    "facts",
    [{"names": {}}, {"categories": ["no-such"]}, {"kind": "resident"}, {"hours": ["24/7"]}],
)
def test_what_a_relay_changes_keeps_the_rules_of_actors(
    facts: dict[str, object], decisions: Decisions, proposals: Proposals, filled: Store
) -> None:
    made = proposals.make(new_place()).proposal
    with pytest.raises(BadInputError):
        decisions.accept(weigh(filled, made), by=SAMIRA, facts=facts)
    assert proposals.get(made.id) == made


def test_a_relay_of_elsewhere_decides_nothing(
    decisions: Decisions, propose: Callable[..., Proposal], proposals: Proposals, filled: Store
) -> None:
    other, made = relay_of("brabant"), propose(facts={"hours": "24/7"})
    forged = made.model_copy(update={"neighbourhoods": ("brabant",)})
    before = filled.directory()
    for weighed in (weigh(filled, made), weigh(filled, forged)):
        with pytest.raises(NotAllowedError):
            decisions.accept(weighed, by=other)
    assert decisions.refuse_all([made], "Neen.", by=other).done == ()
    done = decisions.accept(weigh(filled, made), by=SAMIRA)
    with pytest.raises(NotAllowedError):
        decisions.undo(done, by=other)
    assert before.actors["kapel"].hours == ""
    assert proposals.get(made.id).status is ACCEPTED


def test_a_relay_does_not_bring_a_place_into_a_neighbourhood_that_is_not_theirs(
    decisions: Decisions, propose: Callable[..., Proposal], proposals: Proposals, filled: Store
) -> None:
    right = Neighbourhood(
        id="brabant", names={"fr": "B"}, sectors=(code(2, 2),), valid_from=LEFT.valid_from
    )
    Commands(filled).save([right], by=BY)
    filled.expect(filled.directory().revision + 1)
    made = propose("moved", facts={"places": [at(2.5, 2.5).model_dump(mode="json")]})
    assert made.neighbourhoods == ("brabant", "links")
    with pytest.raises(NotAllowedError):
        decisions.accept(weigh(filled, made), by=SAMIRA)
    assert proposals.get(made.id).status is OPEN
    decisions.accept(weigh(filled, made), by=relay_of("links", "brabant"))


def test_several_at_once_and_what_could_not_be_is_told(
    decisions: Decisions, propose: Callable[..., Proposal], proposals: Proposals, filled: Store
) -> None:
    good = [propose(facts={"hours": "24/7"}), proposals.make(new_place()).proposal]
    bad = [propose("wrong", note="Iets."), propose("closed", target="rechts")]
    told = decisions.accept_all([good[0], bad[0], good[1], bad[1]], by=SAMIRA)
    assert [one.id for one in told.done] == [one.id for one in good]
    assert [(one.id, type(error)) for one, error in told.left] == [
        (bad[0].id, BadInputError),
        (bad[1].id, NotAllowedError),
    ]
    assert filled.directory().actors["kapel"].hours == "24/7"


def test_two_on_one_record_are_laid_one_upon_the_other(
    decisions: Decisions, propose: Callable[..., Proposal], filled: Store
) -> None:
    both = [propose(facts={"hours": "24/7"}), propose(facts={"cost": "free"})]
    assert len(decisions.accept_all(both, by=SAMIRA).done) == 2
    after = filled.directory().actors["kapel"]
    assert (after.hours, after.cost) == ("24/7", "free")


def test_of_two_who_press_at_once_one_acts_and_the_other_is_told(
    database_url: str, proposals: Proposals, filled: Store
) -> None:
    patient = Store(database_url)
    decisions, made = decisions_on(patient), proposals.make(new_place()).proposal
    weighed, ready = weigh(filled, made), Barrier(4)
    done: list[Proposal] = []
    told: list[PleinError] = []

    def press(name: str) -> None:
        ready.wait()
        try:
            facts = {"names": {"nl": name}}
            done.append(decisions.accept(weighed, by=relay_of("links"), facts=facts))
        except PleinError as error:
            told.append(error)

    threads = [Thread(target=press, args=(f"Naam {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    patient.close()
    assert len(done) == 1
    assert [type(error) for error in told] == [ConflictError] * 3
    assert len(filled.history(Kind.ACTOR, made.facts["id"])) == 1
    accepted = [one for one in proposals.get(made.id).events if one.kind is EventKind.ACCEPTED]
    assert len(accepted) == 1


def test_the_record_that_is_gone_is_told(
    decisions: Decisions, proposals: Proposals, filled: Store
) -> None:
    saved = Commands(filled).save(
        [filled.directory().actors["kapel"].model_copy(update={"id": "weg", "version": 0})], by=BY
    )
    filled.expect(saved.revision)
    made = proposals.make(Draft.model_validate({"kind": "closed", "target": "weg"})).proposal
    undone = Commands(filled).undo(saved.batch, by=BY)
    assert undone.removed == ("weg",)
    filled.expect(filled.directory().revision + 1)
    weighed = weigh(filled, made)
    assert weighed.problem is not None
    with pytest.raises(BadInputError):
        decisions.accept(weighed, by=SAMIRA)
    proposals.refuse(made, "Al weg.", by=SAMIRA)

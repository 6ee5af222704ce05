from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select, update

from directory import consent
from directory.clock import today
from directory.commands import Commands
from directory.people import Grounds
from directory.proposals import Draft, Proposals, ProposalStatus, TooManyError
from directory.proposals.deciding import Decisions
from directory.proposals.weighing import weigh
from directory.store import Store, whole
from directory.store.errors import ConflictError
from directory.store.tables import table
from directory.store.workshop_tables import WorkshopLinkRow, WorkshopProposalRow, WorkshopRow
from directory.workshops import LinkUse, Sender, Workshop, Workshops, pace, summed
from directory.workshops.store import plain_code
from directory.workshops.summary import Outcome
from geo.errors import BadInputError, NotAllowedError
from tests.drawn import grid_territory
from tests.proposed import BY, new_place, relay_of
from tests.records import LEFT, actor

TABLE = Sender(table="2", nickname="Fatima", phone="f" * 24)
TOKENS = [letter * 32 for letter in "abcdefgh"]


def send(
    workshops: Workshops, workshop: Workshop, called: str, token: str, sender: Sender = TABLE
) -> str:
    return workshops.send(workshop, new_place(called), sender, token=token).proposal.id


def test_what_is_sent_is_a_proposal_of_the_queue_marked_with_its_table(
    workshops: Workshops, workshop: Workshop, proposals: Proposals
) -> None:
    key = send(workshops, workshop, "Wasserij", TOKENS[0])
    (one,) = workshops.came(workshop.id)
    assert (one.proposal.id, one.table, one.nickname) == (key, "2", "Fatima")
    assert [found.id for found in proposals.of([LEFT.id])] == [key]
    assert proposals.by_link(TOKENS[0]) is not None


def test_sent_again_with_the_same_token_it_is_one(
    workshops: Workshops, workshop: Workshop, filled: Store
) -> None:
    keys = {send(workshops, workshop, "Wasserij", TOKENS[0]) for _ in range(3)}
    assert len(keys) == 1
    (one,) = workshops.came(workshop.id)
    assert one.proposal.said == 1
    # Neither the phone nor the token can be read from the database.
    with filled.reading() as connection:
        row = connection.execute(select(table(WorkshopProposalRow))).mappings().one()
    assert TABLE.phone not in str(dict(row))
    assert TOKENS[0] not in str(dict(row))


def test_two_tables_that_say_the_same_are_one_proposal_said_twice(
    workshops: Workshops, workshop: Workshop
) -> None:
    send(workshops, workshop, "Wasserij", TOKENS[0])
    send(workshops, workshop, "wasserij", TOKENS[1], Sender(table="3", phone="g" * 24))
    first, second = workshops.came(workshop.id)
    assert first.proposal == second.proposal
    assert first.proposal.said == 2
    found = summed(workshops.came(workshop.id), workshop.tables)
    assert found.came == 1
    assert {name: sum(counts.values()) for name, counts in found.by_table.items()} == {
        "1": 0,
        "2": 1,
        "3": 1,
    }


def test_the_pace_of_an_address_is_not_that_of_a_workshop(
    workshops: Workshops, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`proposals` of these tests allow one an hour."""
    for n, token in enumerate(TOKENS):
        send(workshops, workshop, f"Plek {n}", token)
    monkeypatch.setattr(pace, "A_PHONE", len(TOKENS))
    with pytest.raises(TooManyError):
        send(workshops, workshop, "Te veel", "z" * 32)
    send(workshops, workshop, "Andere", "z" * 32, Sender(table="1", phone="h" * 24))
    monkeypatch.setattr(pace, "A_WORKSHOP", len(TOKENS) + 1)
    with pytest.raises(TooManyError):
        send(workshops, workshop, "Nog een", "y" * 32, Sender(table="1"))
    assert len(workshops.came(workshop.id)) == len(TOKENS) + 1


def test_what_lies_nowhere_is_for_the_neighbourhood_of_the_workshop(
    workshops: Workshops, workshop: Workshop
) -> None:
    made = workshops.send(
        workshop, new_place("Ergens", facts={"places": []}), TABLE, token=TOKENS[0]
    )
    assert made.proposal.neighbourhoods == (LEFT.id,)


@pytest.mark.parametrize(
    "sender",
    [
        Sender(table="9"),
        Sender(table=""),
        Sender(table="2", nickname="x" * 41),
        Sender(table="2", phone="short"),
        Sender(table="2", phone="<script>alert(1)</script>"),
    ],
)
def test_a_sender_that_cannot_be_is_refused(
    workshops: Workshops, workshop: Workshop, sender: Sender
) -> None:
    with pytest.raises(BadInputError):
        send(workshops, workshop, "Wasserij", TOKENS[0], sender)
    assert workshops.came(workshop.id) == []


@pytest.mark.parametrize(
    "given",
    [
        {"title": ""},
        {"title": "x" * 121},
        {"day": today() - timedelta(1)},
        {"day": today() + timedelta(400)},
        {"day": "morgen"},
        {"neighbourhood_id": "no-such"},
        {"tables": ()},
        {"tables": ("1", "1")},
        {"tables": tuple(map(str, range(31)))},
        {"tables": ("x" * 41,)},
        {"languages": ()},
        {"languages": ("fr", "xx")},
        {"address": "javascript:alert(1)"},
        {"address": "http://a b"},
        {"map_id": "../../etc"},
        {"unknown": 1},
    ],
)
def test_a_workshop_that_cannot_be_is_not_made(
    workshops: Workshops, given: dict[str, object]
) -> None:
    known = {"title": "T", "day": today(), "neighbourhood_id": LEFT.id, "tables": ("1",)}
    with pytest.raises(BadInputError):
        workshops.make(known | given, by=BY)
    assert workshops.led_by(BY.acting) == []


def test_a_link_opens_its_workshop_for_its_use_alone(
    workshops: Workshops, workshop: Workshop, filled: Store
) -> None:
    code = workshops.open_link(workshop, LinkUse.PHONE, by=BY)
    screen = workshops.open_link(workshop, LinkUse.SCREEN, by=BY)
    assert workshops.by_link(code) == (workshop, LinkUse.PHONE)
    assert workshops.by_link(f"{code[:5]}-{code[5:]}".upper()) == (workshop, LinkUse.PHONE)
    assert workshops.by_link(screen) == (workshop, LinkUse.SCREEN)
    assert plain_code(f"{code[:5]}-{code[5:]}") == code
    for wrong in ("", code[:-1], f"{code}a", "a" * 10, "../" + code, screen.lower(), "é" * 10):
        assert workshops.by_link(wrong) is None
    with filled.reading() as connection:
        kept = [dict(row) for row in connection.execute(select(table(WorkshopLinkRow))).mappings()]
    assert code not in str(kept)
    assert screen not in str(kept)


def test_links_end_together_and_new_ones_can_be_made(
    workshops: Workshops, workshop: Workshop
) -> None:
    code = workshops.open_link(workshop, LinkUse.PHONE, by=BY)
    assert workshops.end_links(workshop, by=BY) == 1
    assert workshops.by_link(code) is None
    assert workshops.by_link(workshops.open_link(workshop, LinkUse.PHONE, by=BY)) is not None


def test_links_end_in_the_morning_after_the_day(
    workshops: Workshops, workshop: Workshop, filled: Store
) -> None:
    code = workshops.open_link(workshop, LinkUse.PHONE, by=BY)
    past = datetime.now(UTC) - timedelta(seconds=1)
    with filled.keeping() as connection:
        connection.execute(update(table(WorkshopRow)).values(ends_at=past))
    assert workshops.by_link(code) is None
    with pytest.raises(BadInputError):
        workshops.open_link(workshop, LinkUse.PHONE, by=BY)
    with pytest.raises(BadInputError):
        send(workshops, workshop, "Te laat", TOKENS[0])


def test_a_closed_workshop_takes_no_more_and_shows_what_came(
    workshops: Workshops, workshop: Workshop
) -> None:
    code = workshops.open_link(workshop, LinkUse.PHONE, by=BY)
    send(workshops, workshop, "Wasserij", TOKENS[0])
    shut = workshops.close(workshop, by=BY)
    with pytest.raises(BadInputError):
        send(workshops, shut, "Te laat", TOKENS[1])
    # What was taken in and told to nobody is still acknowledged.
    send(workshops, shut, "Wasserij", TOKENS[0])
    assert workshops.by_link(code) == (shut, LinkUse.PHONE)
    send(workshops, workshops.reopen(shut, by=BY), "Toch", TOKENS[1])
    assert len(workshops.came(workshop.id)) == 2


def test_who_may_lead(workshops: Workshops, workshop: Workshop) -> None:
    ours, theirs = relay_of(LEFT.id), relay_of("rechts")
    assert workshops.led_by(ours.acting) == [workshop]
    assert workshops.led_by(theirs.acting) == []
    for act in (workshops.close, workshops.reopen, workshops.end_links, workshops.forget_names):
        with pytest.raises(NotAllowedError):
            act(workshop, by=theirs)
    with pytest.raises(NotAllowedError):
        workshops.open_link(workshop, LinkUse.SCREEN, by=theirs)
    with pytest.raises(NotAllowedError):
        workshops.change(workshop, by=theirs, title="Anders")
    assert workshops.change(workshop, by=ours, title="Anders").title == "Anders"


def test_the_second_change_is_told_of_the_first(workshops: Workshops, workshop: Workshop) -> None:
    workshops.change(workshop, by=BY, address="http://192.168.1.20:8501")
    with pytest.raises(ConflictError):
        workshops.change(workshop, by=BY, address="http://10.0.0.2")
    with pytest.raises(BadInputError):
        workshops.change(workshop, by=BY, neighbourhood_id="rechts")


def test_merging_with_another_proposal_strengthens_that_one(
    workshops: Workshops, workshop: Workshop, proposals: Proposals
) -> None:
    first = proposals.get(send(workshops, workshop, "Wasserij", TOKENS[0]))
    second = proposals.get(send(workshops, workshop, "Wassalon", TOKENS[1]))
    done = workshops.merge(second, first, by=relay_of(LEFT.id), reason="= Wasserij")
    assert (done.status, done.reason) == (ProposalStatus.REFUSED, "= Wasserij")
    assert proposals.get(first.id).said == 2
    found = summed(workshops.came(workshop.id), workshop.tables)
    assert found.outcomes == {Outcome.OPEN: 1, Outcome.MERGED: 1}
    for into in (first, done):
        with pytest.raises(BadInputError):
            workshops.merge(proposals.get(first.id), into, by=BY, reason="x")
    with pytest.raises(ConflictError):
        workshops.merge(second, first, by=BY, reason="x")


def test_who_said_what_was_merged_before_is_counted_in_the_next_merge(
    workshops: Workshops, workshop: Workshop, proposals: Proposals
) -> None:
    names = ("Wasserij", "Wassalon", "Laverie")
    keys = [send(workshops, workshop, *each) for each in zip(names, TOKENS, strict=False)]
    for one, into in pairwise(keys):
        workshops.merge(proposals.get(one), proposals.get(into), by=BY, reason="=")
    assert [proposals.get(key).said for key in keys] == [1, 2, 3]


def test_merging_with_an_actor_and_who_may(
    workshops: Workshops, workshop: Workshop, proposals: Proposals
) -> None:
    one = proposals.get(send(workshops, workshop, "Kapel", TOKENS[0]))
    with pytest.raises(NotAllowedError):
        workshops.merge(one, "kapel", by=relay_of("rechts"), reason="x")
    workshops.merge(one, "kapel", by=relay_of(LEFT.id), reason="= Kapel")
    assert workshops.came(workshop.id)[0].merged_into == "actor:kapel"


def test_a_merge_taken_back_leaves_nothing_of_it(
    workshops: Workshops, workshop: Workshop, proposals: Proposals, store: Store
) -> None:
    one = proposals.get(send(workshops, workshop, "Kapel", TOKENS[0]))
    done = workshops.merge(one, "kapel", by=relay_of(LEFT.id), reason="= Kapel")
    with store.keeping() as connection:
        proposals.reopen(connection, done, by=relay_of(LEFT.id))
    assert workshops.came(workshop.id)[0].merged_into == ""
    proposals.refuse(proposals.get(one.id), "No.", by=relay_of(LEFT.id))
    found = summed(workshops.came(workshop.id), workshop.tables)
    assert found.outcomes == {Outcome.REFUSED: 1}


def test_the_summary_names_who_gave_a_name(workshops: Workshops, workshop: Workshop) -> None:
    send(workshops, workshop, "Een", TOKENS[0])
    send(workshops, workshop, "Twee", TOKENS[1], Sender(table="1", phone="n" * 24))
    found = summed(workshops.came(workshop.id), workshop.tables)
    assert (found.names, found.unnamed, found.came) == (("Fatima",), 1, 2)
    assert found.by_category == {"community-house": 2}
    assert len(found.still_open) == 2
    assert workshops.forget_names(workshop, by=BY) == 1
    again = summed(workshops.came(workshop.id), workshop.tables)
    assert (again.names, again.unnamed) == ((), 2)


def test_the_state_differs_once_anything_did(
    workshops: Workshops, workshop: Workshop, proposals: Proposals
) -> None:
    states = [workshops.state_of(workshop.id)]

    def look() -> None:
        states.append(workshops.state_of(workshop.id))

    key = send(workshops, workshop, "Een", TOKENS[0])
    look()
    send(workshops, workshop, "een", TOKENS[1])
    look()
    proposals.ask(proposals.get(key), "Waar?", by=BY)
    look()
    workshops.forget_names(workshop, by=BY)
    look()
    workshops.close(workshop, by=BY)
    look()
    assert len(set(states)) == len(states)


def test_whoever_withdraws_consent_is_gone_from_it(
    workshops: Workshops, workshop: Workshop, filled: Store
) -> None:
    territory = grid_territory()
    commands = Commands(filled, grounds=lambda: Grounds(territory, filled.directory(), today()))
    consented = {"given_on": "2026-01-01", "ends_on": "2099-01-01"}
    commands.save([actor("buur", names={"nl": "Jan Buurman"}, consent=consented)], by=BY)
    jan = Sender(table="1", nickname="Jan Buurman", phone="j" * 24)
    send(workshops, workshop, "Kapel", TOKENS[0], jan)
    workshops.merge(workshops.came(workshop.id)[0].proposal, "buur", by=BY, reason="=")
    closed = Draft.model_validate({"kind": "closed", "target": "buur"})
    workshops.send(workshop, closed, TABLE, token=TOKENS[1])
    consent.withdraw(filled, commands, "buur", by=BY)
    (left,) = workshops.came(workshop.id)
    assert left.merged_into == "withdrawn"
    with filled.reading() as connection:
        for each in whole.tables(connection):
            told = str(list(whole.read_rows(connection, each)))
            assert "buur" not in told, each.name
            assert "Jan Buurman" not in told, each.name


def test_a_place_accepted_and_erased_is_gone_from_it(
    workshops: Workshops, workshop: Workshop, proposals: Proposals, filled: Store
) -> None:
    key = send(workshops, workshop, "Wasserij", TOKENS[0])
    decisions = Decisions(filled, Commands(filled), proposals)
    accepted = decisions.accept(weigh(filled, proposals.get(key)), by=BY)
    assert summed(workshops.came(workshop.id), workshop.tables).outcomes == {Outcome.ACCEPTED: 1}
    with filled.keeping() as connection:
        assert proposals.forget(connection, accepted.facts["id"]) == 1
    assert workshops.came(workshop.id) == []


def test_links_stay_out_of_a_backup_and_the_rest_is_in_it(
    workshops: Workshops, workshop: Workshop, filled: Store
) -> None:
    send(workshops, workshop, "Wasserij", TOKENS[0])
    workshops.open_link(workshop, LinkUse.PHONE, by=BY)
    assert "workshop_link" in whole.PASSING
    with filled.reading() as connection:
        names = {each.name for each in whole.tables(connection)}
    assert {"workshop", "workshop_proposal", "workshop_link"} <= names

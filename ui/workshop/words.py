"""The words of the plain pages of a workshop; braces are filled in the browser."""

from directory.workshops.summary import Outcome
from ui.language import _


def phone() -> dict[str, str]:
    """Return the words of the page of a phone."""
    return {
        **_sending(),
        "you": _("You"),
        "your_table": _("Your table"),
        "nickname": _("Your name or nickname"),
        "if_wished": _("if you like"),
        "nickname_hint": _("It stands beside what you add, and in the summary. You may leave it."),
        "add": _("Add a place"),
        "correct": _("Correct a place"),
        "which": _("Which place?"),
        "which_hint": _("Write a part of its name, then choose it."),
        "change": _("What is it?"),
        "change_correct": _("Name, phone or hours are wrong"),
        "change_closed": _("It closed for good"),
        "change_wrong": _("Something else is wrong"),
        "hours": _("Hours"),
        "note": _("What is wrong, or how you know"),
        "press_map": _("Press the map"),
        "hide_map": _("Hide the map"),
        "pressed": _("Chosen on the map."),
        "map_hint": _("Press where it is. By keyboard: Enter, the arrows, Enter."),
        "send_add": _("Add it"),
        "send_correct": _("Send the correction"),
        "mine": _("What you sent"),
        "none_mine": _("Nothing yet."),
        "others": _("What came so far"),
        "none_others": _("Nothing yet: be the first."),
        "waiting": _("waits to be sent"),
        "answer": _("Your answer"),
        "answer_send": _("Answer"),
        "withdraw": _("Take it back"),
        "again": _("Correct and send again"),
        "proposed": _("proposed"),
        "accepted": _("accepted"),
        "unnamed": _("Without a name"),
        "by_table": _("table {table}"),
        "privacy": _(
            "Only what you write here is kept: no address and nothing of your phone. The relay "
            "reads it and decides; the public map shows it after that."
        ),
    }


def _sending() -> dict[str, str]:
    return {
        "name": _("What it is called"),
        "category": _("What it is"),
        "choose": _("Choose…"),
        "where": _("Where it is"),
        "where_hint": _("Street and number, or press the map."),
        "phone": _("Phone"),
        "line": _("In one line"),
        "line_hint": _("What one finds there."),
        "missing": _("This is still needed: {fields}"),
        "sent": _("Sent. Thank you."),
        "kept": _("No connection now. It is kept here and sent by itself."),
        "connected": _("Connected"),
        "disconnected": _("No connection: what you write is kept."),
        "left": _("{n} to send"),
        "closed": _("The workshop is closed: nothing more is taken."),
        "ended": _("This link has ended. What was not sent is still here: show it to the relay."),
        "refused": _("Not taken: {why}"),
    }


def sheet() -> dict[str, str]:
    """Return the words of the page on which a sheet is typed in."""
    return {
        **_sending(),
        "title": _("Type in a table's sheet"),
        "table": _("Table"),
        "hint": _(
            "Tab goes on, Enter sends the line and opens the next one. A line with a fault stays "
            "until it is right; nothing is lost when the connection is."
        ),
        "number": _("Line"),
        "done": _("sent"),
        "send_all": _("Send all lines"),
        "more": _("More lines"),
        "category_unknown": _("Choose a category from the list."),
        "unplaced": _("sent; the street was not found, so the relay looks for it"),
    }


def screen() -> dict[str, str]:
    """Return the words of the big screen."""
    return {
        "join": _("Join with your phone"),
        "wifi": _("On the same Wi-Fi"),
        "latest": _("The latest"),
        "nothing": _("Nothing yet. The first one shows here."),
        "count_one": _("1 proposal"),
        "count_many": _("{n} proposals"),
        "proposed_by": _("proposed by table {table}"),
        "accepted": _("accepted"),
        "tables": _("By table"),
        "table": _("table {table}"),
        "full": _("Full screen"),
        "away": _("No connection to the laptop"),
        "closed": _("The workshop is closed. Thank you."),
        "map": _("Map of what is proposed"),
        "unnamed": _("Without a name"),
    }


def outcomes() -> dict[Outcome, str]:
    """Name what may have become of a proposal."""
    return {
        Outcome.OPEN: _("to decide"),
        Outcome.ASKED: _("waits for an answer"),
        Outcome.ACCEPTED: _("accepted"),
        Outcome.MERGED: _("merged"),
        Outcome.REFUSED: _("refused"),
        Outcome.WITHDRAWN: _("withdrawn"),
    }

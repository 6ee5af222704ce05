"""The screens of signing in: the form, an invitation, one's own account."""

from datetime import datetime

import streamlit as st
from babel.dates import format_datetime

from directory.clock import BRUSSELS
from directory.people.account_records import LONGEST_NAME, Account
from directory.people.invitations import Invitation
from directory.people.passwords import LONGEST, SHORTEST
from directory.people.sessions import SignedIn
from geo.errors import PleinError
from ui import look
from ui.language import _, current, say
from ui.signing import here, office, said, words
from ui.wording import plain


def show() -> None:
    """Show what this browser needs: an invitation, the form, or the account."""
    _say_what_was_wrong()
    token = str(st.query_params.get("invitation") or "")
    found = here.signed_in()
    if token:
        _show_invitation(token)
    elif found is None:
        _show_form()
    else:
        show_account(found)


def moment(value: datetime) -> str:
    """Tell a moment as a clock in Brussels shows it."""
    told = value.astimezone(BRUSSELS)
    return str(format_datetime(told, "d MMMM y, HH:mm", locale=f"{current()}_BE"))


def _say_what_was_wrong() -> None:
    error = said.read(st.query_params.to_dict())
    if error is None:
        return
    (st.success if said.is_good(error) else st.error)(plain(say(error)))


def _show_form() -> None:
    look.render(
        "sign_in.html.j2",
        title=_("Sign in"),
        lead=_("For relays, coordinators and planners. To look or to propose, nobody signs in."),
        login=_("Name or e-mail address you sign in with"),
        password=_("Password"),
        next=str(st.query_params.get("next") or "")[:200],
        lang=current(),
        press=_("Sign in"),
    )
    for key, name in here.services():
        if st.button(plain(_("Sign in with {name}", name=name)), key=f"sign_in_{key}"):
            st.login(key or None)
    if email := here.told_address():
        told = _(
            "{email} is nobody's address here. Ask a coordinator to add it to your account.",
            email=email,
        )
        st.warning(plain(told))
        if st.button(_("Sign in as somebody else"), key="sign_in_other"):
            st.logout()
    st.caption(
        _(
            "No account yet, or the password forgotten? A coordinator gives you a link: people "
            "make their account themselves, with it."
        )
    )


def _show_invitation(token: str) -> None:
    try:
        found = office.invitations().look(token)
    except PleinError as error:
        if said.read(st.query_params.to_dict()) is None:
            st.error(plain(say(error)))
        return
    look.render("join.html.j2", **_of_invitation(found), token=token, lang=current())


def _of_invitation(found: Invitation) -> dict[str, object]:
    new = found.account_id is None
    return {
        "new": new,
        "title": _("Make your account") if new else _("Choose another password"),
        "lead": _(
            "You were invited. The link holds until {moment} and works once.",
            moment=moment(found.ends_at),
        )
        if new
        else _("For the account of {name}. All its sessions end.", name=found.name),
        "facts": [words.grant(found.grant), words.may_do(found.grant.role)] if new else [],
        "name": _("Your name"),
        "name_more": _(
            "As the history of the directory shows it, at most {n} letters.", n=LONGEST_NAME
        ),
        "known": found.name,
        "login": _("Name or e-mail address to sign in with"),
        "login_more": _("Without spaces. Only you and who manages people see it."),
        "password": _("Password"),
        "password_more": _("At least {n} characters; a few words in a row are fine.", n=SHORTEST),
        "shortest": SHORTEST,
        "longest": LONGEST,
        "press": _("Make my account") if new else _("Keep this password"),
    }


def show_account(found: SignedIn) -> None:
    """Show one's own account: roles, sessions, password, the way out."""
    account = found.account
    st.title(plain(account.name))
    left, right = st.columns(2, gap="large")
    with left:
        _show_roles(account)
        look.render("account_leave.html.j2", lang=current(), press=_("Sign out"))
        _show_sessions(found)
    with right:
        if account.has_password:
            look.render(
                "account_password.html.j2",
                title=_("Another password"),
                login=account.login,
                old=_("Your password now"),
                new=_("The new one"),
                more=_("At least {n} characters; every other session ends.", n=SHORTEST),
                shortest=SHORTEST,
                longest=LONGEST,
                lang=current(),
                press=_("Change the password"),
            )


def _show_roles(account: Account) -> None:
    st.caption(plain(_("You sign in as {login}.", login=account.login)))
    names = office.accounts().names(one.lender for one in account.given)
    for one in account.given:
        told = words.grant(one.grant, lent_by=names.get(one.lender, ""))
        st.markdown(f"**{plain(told)}** {plain(words.may_do(one.grant.role))}")
    if not account.given:
        st.caption(_("No role was given to you: ask a coordinator."))


def _show_sessions(found: SignedIn) -> None:
    st.subheader(_("Where you are signed in"))
    account = found.account
    listed = office.sessions().listed(account.id, by=account.person)
    for one in listed:
        with st.container(horizontal=True, vertical_alignment="center", key=f"session_{one.id}"):
            mine = one.id == found.session_id
            told = one.device or _("an unknown browser")
            label = _("{device}: this one", device=told) if mine else told
            used = _("last used {moment}", moment=moment(one.seen_at))
            st.markdown(f"**{plain(label)}**  \n{plain(used)}")
            if not mine and st.button(_("End"), key=f"end_{one.id}"):
                office.sessions().end(one.id, by=account.person)
                st.rerun()
    if len(listed) > 1 and st.button(_("End all the others"), key="end_others"):
        office.sessions().end_all(account.id, by=account.person, but=found.session_id)
        st.rerun()

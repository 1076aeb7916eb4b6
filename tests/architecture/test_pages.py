"""Every address of the site, asked for by everyone: no page breaks, and each has what every page must have."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, Final

import pytest
from django.conf import settings as site
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests import world
from tests.safety import casting

pytestmark = pytest.mark.django_db

POST: Final = "only changes something, and is sent from a page that is looked at here"
STEP: Final = "stands only between two steps of signing in or up, which the browser tests walk"
FILE: Final = "answers with a file for a program, not with a page"
ROLES: Final = ("visitor", "member", "facilitator", "coordinator", "operator")
# Addresses that nobody can be shown a page at by asking for it, each with the reason.
WITHOUT_A_PAGE: Final = {
    **dict.fromkeys(
        [
            "language",
            "consent",
            "consent_end",
            "recovery_codes_saved",
            "seat",
            "seat_release",
            "seat_take_back",
            "duty_confirm",
            "duty_decline",
            "duty_swap",
            "duty_here",
            "pool_end",
            "meeting_move_back",
            "meeting_restore",
            "mark",
            "walk_in",
            "note",
            "role_end",
            "request_answer",
            "membership_stay",
            "membership_listening",
            "experience_place",
            "experience_merge",
            "experience_remove",
            "calendar_link_revoke",
            "import_apply",
            "import_undo",
            "letters_resume",
            "meeting_room",
            "room_leave",
            "room_stance",
            "room_turn",
            "room_lead",
            "room_keep",
            "room_side",
            "room_side_answer",
            "room_side_end",
            "room_invite",
            "room_side_second",
            "room_side_take",
            "room_side_reply",
            "room_side_care",
            "room_devices",
            "room_packages",
            "room_claim",
            "room_keys",
            "room_report",
            "concern_here",
            "concern_words",
            "concern_answer",
            "concern_appeal",
            "concern_linked_words",
            "concern_linked_appeal",
            "duty_minutes",
            "duty_days_off",
            "duty_shift_end",
            "duty_free",
            "duty_take",
            "wish_drop",
            "wish_end",
            "wish_back",
            "weights_reset",
            "weights_back",
            "facilitator_vetting",
            "facilitator_sign",
            "facilitator_withdraw",
            "strain_share",
            "supervision_accept",
            "supervision_end",
            "debrief_forget",
            "call_take",
            "call_done",
            "keep_apart_end",
            "keep_apart_back",
            "line_gone",
            "line_said_back",
            "line_written_back",
            "together_code",
            "together_end",
            "place_end",
            "place_still",
            "place_again",
            "invitation_no",
            "invitation_undo",
            "placing_decide",
            "placing_stop",
            "placing_again",
            "placing_accept",
            "placing_undo",
            "placing_opening",
        ],
        POST,
    ),
    **dict.fromkeys(casting.ONLY_SENT, POST),
    **dict.fromkeys(["sign_up_passkey", "way_back_new"], STEP),
    **dict.fromkeys(
        ["manifest", "source", "health", "group_calendar", "my_calendar", "my_data_export"], FILE
    ),
    "line_next": "leads on to the line that waits most urgently",
    **dict.fromkeys(["reports", "report", "concern_read"], "leads on to the page of a concern"),
    "debrief": "is for a meeting that is over, and looked at in its own tests",
    "safety_log_answer": "is for safety leads, and looked at in its own tests",
    "demo_sign_in": "exists in a demonstration only",
}


class Marks(HTMLParser):
    """What a page is made of, as far as the promises below speak of it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.counts = {"h1": 0, "title": 0, "main": 0, "leave-quickly": 0}
        self.links: list[str] = []
        self.language = self.first_link = ""
        self.inline: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in self.counts:
            self.counts[tag] += 1
        if tag == "html":
            self.language = told.get("lang") or ""
        if tag == "a":
            self.links.append(told.get("href") or "")
        is_code = tag == "script" and told.get("type") != "application/json" and "src" not in told
        if is_code or tag == "style":
            self.inline.append(f"<{tag}>")
        self.inline += [f"{tag} {name}" for name in told if re.match(r"style$|on\w", name)]


def faults_of(page: str) -> Iterator[str]:
    """What the page lacks of what stands on every page, or has though none may have it."""
    marks = Marks(page)
    if "/help-now/" not in marks.links:
        yield "no way to help now"
    if not marks.counts["leave-quickly"]:
        yield "no way to leave quickly"
    if not marks.links or marks.links[0] != "#main" or marks.counts["main"] != 1:
        yield "the first link does not skip to the content"
    if not marks.language:
        yield "does not name its language"
    if marks.counts["h1"] != 1:
        yield f"{marks.counts['h1']} first headings"
    if marks.counts["title"] != 1 or not re.search(r"<title>\s*[^\s<·]", page):
        yield "no title"
    yield from (f"inline {one}" for one in marks.inline)


def patterns(
    found: list[URLPattern | URLResolver], before: str = "/"
) -> Iterator[tuple[str, str, Any]]:
    """The name, address and converters of every route but the operator's own screens, which are Django's."""
    for one in found:
        address = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, address)
        elif not address.startswith(f"/{site.ADMIN_PATH}/") and "^" not in address:
            yield one.name or address, address, one.pattern.converters


ROUTES: Final = {
    name: address for name, address, _ in reversed([*patterns(get_resolver().url_patterns)])
}


def filled(address: str, cast: dict[str, Any]) -> str:
    """The address with its gaps filled from the cast; a slug by the noun that the address begins with."""
    if address.startswith("/start/"):
        return "/start/the-token/"
    noun = address.split("/")[1]
    return re.sub(
        r"<\w+:(\w+)>", lambda gap: str(cast[noun if gap[1] == "slug" else gap[1]]), address
    )


def page_at(client: Client, path: str) -> str | None:
    """The page, or None where the answer to this reader is something else."""
    answer = client.get(path)
    assert answer.status_code < 500, path
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
        return None
    return answer.content.decode()


@pytest.mark.parametrize("role", ROLES)
def test_every_page_has_help_a_way_out_and_nothing_that_may_not_be_there(
    cast: dict[str, Any], role: str
) -> None:
    client, faults = world.browser(cast[role]), {}
    for name, address in ROUTES.items():
        page = page_at(client, filled(address, cast))
        if page and (found := list(faults_of(page))):
            faults[name] = found
    assert not faults
    # Merely looking around signs nobody out.
    assert (role == "visitor") == (SESSION_KEY not in client.session)


def test_every_page_is_shown_to_somebody_and_whatever_has_none_has_a_reason(
    cast: dict[str, Any],
) -> None:
    own = {
        name: address
        for name, address in ROUTES.items()
        if not address.startswith("/account/") or name in WITHOUT_A_PAGE
    }
    clients = [world.browser(cast[role]) for role in ROLES]
    shown = {
        name
        for name, address in own.items()
        if any(page_at(client, filled(address, cast)) for client in clients)
    }
    assert own.keys() - shown == WITHOUT_A_PAGE.keys()


def test_what_only_changes_something_does_nothing_when_it_is_merely_opened(
    cast: dict[str, Any],
) -> None:
    clients = [world.browser(cast[role]) for role in ROLES]
    for name, reason in WITHOUT_A_PAGE.items():
        if reason == POST:
            path = filled(ROUTES[name], cast)
            statuses = {client.get(path).status_code for client in clients}
            assert statuses <= {302, 404, 405}, name
            assert statuses & {302, 405}, name

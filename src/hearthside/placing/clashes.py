"""Rules that do not go together, in plain words: which ones, and how many people it touches."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peerkit.matching.placing import Clash

Names = Callable[[str], str]
Words = Callable[[Mapping[str, Any]], str]


def clash_words(clash: Clash, names: Names) -> str:
    """One clash for a coordinator; `names` gives a group's name for its id. "" is left unsaid.

    Threat: "kept apart" would tell who must not meet whom. Such pairs are no part of what a page may say.
    """
    if clash.code not in SAID:
        return ""
    own = {"people": clash.people, "group": names(clash.ids[0]) if clash.ids else ""}
    return SAID[clash.code]({**clash.params, **own})


def _people(one: str, many: str) -> Words:
    return lambda p: ngettext(one, many, p["people"]) % p


SAID: Final[Mapping[str, Words]] = {
    "pinned_beyond_seats": lambda p: (
        _("%(group)s: you chose it for so many that %(people)s people would have %(seats)s places.")
        % p
    ),
    "pinned_beyond_facilitator": lambda p: (
        _(
            "You chose groups so that one facilitator would look after %(people)s people; %(most)s is their limit."
        )
        % p
    ),
    "pinned_opens": lambda p: (
        _(
            "You chose groups for people that are not running yet, and no group may open in this run."
        )
        % p
    ),
    "seated_beyond_seats": lambda p: (
        _("%(group)s: %(people)s people have a place, and it has %(seats)s.") % p
    ),
    "together_no_option": _people(
        "%(people)s person would like to come with somebody, and no group is possible for both.",
        "%(people)s people would like to come together, and no group is possible for all of them.",
    ),
    "together_held": _people(
        "%(people)s person would like to come with somebody who has another place.",
        "%(people)s people would like to come together, and have places in different groups.",
    ),
    "no_seats": _people(
        "%(group)s has no places. It would fit %(people)s person.",
        "%(group)s has no places. It would fit %(people)s people.",
    ),
    "never_enough": lambda p: (
        _("%(group)s needs %(least)s people to open, and %(people)s could come.") % p
    ),
    "no_option": _people(
        "%(people)s person fits no group here: the times, the language, the way or the experience is missing.",
        "%(people)s people fit no group here: the times, the language, the way or the experience is missing.",
    ),
    "floor": _people(
        "%(people)s person fits groups only below your floor.",
        "%(people)s people fit groups only below your floor.",
    ),
    "wanted_by_many": _people(
        "%(group)s fits %(people)s person best, and has %(seats)s places.",
        "%(group)s fits %(people)s people best, and has %(seats)s places.",
    ),
    "only_one": _people(
        "%(people)s person lives with something that nobody else here does, and nobody is to be the only one.",
        "%(people)s people live with something that nobody else here does, and nobody is to be the only one.",
    ),
}

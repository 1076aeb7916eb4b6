"""Each weight in words: what it is called, one plain sentence on what it does, and which belong together."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Words(NamedTuple):
    """A weight's name and its sentence."""

    label: str | Promise
    sentence: str | Promise


WEIGHTS: Final[Mapping[str, Words]] = {
    "experience": Words(
        _("What it is about"), _("How close the group is to what somebody says is going on.")
    ),
    "time": Words(_("When"), _("How many of its meetings are at times when somebody is free.")),
    "place": Words(_("How far"), _("Nearer groups come first, within the distance they gave.")),
    "format": Words(_("Way to come"), _("In person, online or by phone, as they asked.")),
    "language": Words(_("Language"), _("The language they named first comes before the others.")),
    "access": Words(_("Access"), _("The group has what they need to take part.")),
    "only": Words(
        _("For some people only"), _("They asked for such a group, as for women, and it is one.")
    ),
    "comfort": Words(
        _("What it is like"), _("How many of their wishes it meets, such as a small circle.")
    ),
    "others": Words(
        _("Not the only one"),
        _("Others there live with the same. It counts from three people up."),
    ),
    "tried": Words(
        _("What they tried"),
        _(
            "They have been there and said that it felt right. Only they know, and it counts for them alone."
        ),
    ),
    "soon": Words(_("How soon"), _("A next meeting in a few days comes before one in weeks.")),
    "welcome": Words(_("A welcome"), _("Somebody there looks out for those who come first.")),
    "seats": Words(_("Free seats"), _("There is room at the next meeting.")),
    "returns": Words(
        _("People come back"),
        _("Of all who visited, how many came again. Nobody is looked at alone."),
    ),
}

GROUPS: Final[Sequence[tuple[str | Promise, Sequence[str]]]] = (
    (_("What somebody looks for"), ("experience", "comfort", "only")),
    (
        _("What makes it possible to come"),
        ("time", "place", "format", "language", "access", "soon", "seats"),
    ),
    (_("Who is there"), ("others", "welcome", "returns", "tried")),
)

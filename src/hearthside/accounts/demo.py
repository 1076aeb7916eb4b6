"""Who one can try the demonstration as; the demonstration's data makes these people."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class DemoPerson:
    """Someone made up, and what can be seen through their eyes."""

    pseudonym: str
    role: StrPromise
    can: StrPromise


DEMO_PEOPLE = (
    DemoPerson("second-kettle", _("a member"), _("Book a seat, see your meetings, get back in.")),
    DemoPerson("quiet-harbour", _("a facilitator"), _("See who comes today and mark who came.")),
    DemoPerson("Heron", _("a coordinator"), _("See your sites at a glance and open a group.")),
    DemoPerson("Anchor", _("a safety lead"), _("Answer what somebody is worried about.")),
    DemoPerson("Lighthouse", _("an operator"), _("Look after the whole programme.")),
)

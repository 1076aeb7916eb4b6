"""What somebody reads after they answered: it says what their answer made of them."""

from django.utils.translation import gettext as _

from hearthside.meetings.enums import DutyKind
from hearthside.meetings.models import Duty


def thanks(duty: Duty) -> str:
    """The answer to a yes or a no, by where the person stands now."""
    if duty.declined_at is not None:
        return _("Thank you for saying so. Somebody else is being looked for.")
    if duty.freed_at is not None:
        if duty.kind == DutyKind.SAFETY:
            return _("Thank you. Somebody else does it already, so you are free.")
        return _("Thank you. Somebody else leads it already, so you are free.")
    if duty.kind == DutyKind.SAFETY:
        return _("Thank you. You keep the room safe, beside whoever leads.")
    if duty.kind == DutyKind.COVER:
        return _("Thank you. You cover: if whoever leads cannot, you lead.")
    return _("Thank you. We count on you.")


def here(duty: Duty) -> str:
    """The answer to “I am here”."""
    if duty.freed_at is not None:
        return thanks(duty)
    if duty.kind == DutyKind.COVER:
        return _(
            "Thank you. It is known that you are there. If whoever leads does not come, you begin."
        )
    return _("Thank you. It is known that you are there. Have a good meeting.")


def swap_asked() -> str:
    return _("They are asked. Until they say yes, you lead.")


def swapped() -> str:
    return _("Done. You lead this meeting now.")

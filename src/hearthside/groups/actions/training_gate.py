"""What the programme asks of those who lead: from when, and for how many years a sign-off holds."""

from datetime import datetime

from hearthside.groups.models import Programme, UnderEighteen


class ChildrenAreAdmitted(Exception):
    """While people under 18 are admitted, nobody leads without training, and that holds from now on."""


def set_gate(*, programme: Programme, from_at: datetime | None, years: int, now: datetime) -> None:
    """From that moment only trained and signed people lead; None opens the gate. Sign-offs made keep their date.

    Raises ChildrenAreAdmitted for a gate that would not be shut now.
    """
    is_shut = from_at is not None and from_at <= now
    if not is_shut and UnderEighteen.objects.filter(until_at=None).exists():
        raise ChildrenAreAdmitted
    programme.training_from, programme.training_years = from_at, years
    programme.save(update_fields=["training_from", "training_years"])

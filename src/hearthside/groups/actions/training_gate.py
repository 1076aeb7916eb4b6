"""What the programme asks of those who lead: from when, and for how many years a sign-off holds."""

from datetime import datetime

from hearthside.groups.models import Programme


def set_gate(*, programme: Programme, from_at: datetime | None, years: int) -> None:
    """From that moment only trained and signed people lead; None opens the gate. Sign-offs made keep their date."""
    programme.training_from, programme.training_years = from_at, years
    programme.save(update_fields=["training_from", "training_years"])

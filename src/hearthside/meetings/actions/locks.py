"""One at a time: what holds a meeting still while something about it changes."""

from hearthside.meetings.models import Meeting


def lock(*, meeting: Meeting) -> Meeting:
    """The meeting as it is now; nobody else changes it or its seats until this transaction ends."""
    # No key update: others may still point at this row, as an insert of their seat does.
    rows = Meeting.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("group").get(pk=meeting.pk)

"""A coordinator's word on one person and one group: it holds for every run until taken back."""

from datetime import datetime

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.groups.models import Group
from hearthside.placing.enums import Verdict
from hearthside.placing.models import Decision, Request


@transaction.atomic
def decide(
    *, request: Request, group: Group, verdict: Verdict, by: Person, now: datetime
) -> Decision:
    """This group, or not this group. Somebody has one group that is chosen for them: the newest."""
    if verdict == Verdict.PIN:
        Decision.objects.filter(request=request, verdict=Verdict.PIN).exclude(group=group).delete()
    made, _is_new = Decision.objects.update_or_create(
        request=request, group=group, defaults={"verdict": verdict, "by": by, "at": now}
    )
    return made


def take_back(*, request: Request, group: Group) -> None:
    """The next run decides by itself again."""
    Decision.objects.filter(request=request, group=group).delete()

"""What a concern's page shows of a case: the way to it for those who are named, or the way to open one."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone

from hearthside.safety.ports import stewards
from hearthside.safety.queries.care import may_offer
from hearthside.safety.queries.cases import case_of_concern, is_about, is_named

register = template.Library()


@register.inclusion_tag("safety/cases/way.html", takes_context=True)
def case_way(context: Context, concern: Any) -> dict[str, Any]:
    """Nothing for whoever may neither read the case nor open one.

    Threat: whoever answers a concern learns from its page that there is a case they are not named in. Safety
    leads may know that, as their own list says so; nobody else does.
    """
    person, now = context["request"].user, timezone.now()
    case = case_of_concern(concern)
    leads = stewards().leads_safety(person, now=now)
    return {
        "concern": concern,
        "case": case if case and is_named(person, case, now=now) else None,
        "is_elsewhere": case is not None and leads and not is_about(person.pk, case),
        "may_open": case is None and leads and person.pk != concern.raised_by_id,
        "may_offer_care": may_offer(concern, person, now=now),
        "csrf_token": context.get("csrf_token"),
    }

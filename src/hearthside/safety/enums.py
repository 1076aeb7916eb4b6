"""The closed sets of safety, in words that people understand."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hearthside.safety.helplines import Kind

KIND_NAMES: Final[dict[Kind, str | Promise]] = {
    Kind.EMERGENCY: _("Emergency"),
    Kind.SUICIDE_CRISIS: _("Thoughts of suicide, or a crisis"),
    Kind.URGENT_MENTAL_HEALTH: _("Urgent help with mental health"),
    Kind.LISTENING: _("Someone who listens"),
    Kind.DOMESTIC_ABUSE: _("Someone at home hurts or scares me"),
    Kind.SEXUAL_ASSAULT: _("Rape and sexual assault"),
    Kind.CRIME_VICTIMS: _("After a crime"),
    Kind.SUBSTANCE: _("Alcohol, drugs or gambling"),
    Kind.CHILDREN: _("Children and young people"),
    Kind.LGBTQ: _("LGBTQ+ people"),
}

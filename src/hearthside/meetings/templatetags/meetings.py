"""Timetables in words, for pages of any floor above."""

from django import template

from hearthside.meetings.models import Series
from hearthside.meetings.queries import schedule

register = template.Library()


@register.simple_tag
def schedule_words(series: Series) -> str:
    """ "Every Tuesday at 7 p.m.": when a group meets, on its own clock."""
    return schedule.schedule_words(series)

"""Shorthands of the tests of the finder: groups about something that meet soon, and what a visitor sees."""

from datetime import datetime, timedelta
from html import unescape
from re import sub
from typing import Any

from django.test import Client
from django.utils import timezone

from hearthside.groups.models import Experience, ExperienceName, Group
from tests import world

MUM_DIED = "can't cope with drinking and my mum died"


def experience(slug: str, *names: str, parent: str = "", language: str = "en") -> Experience:
    """An experience in the vocabulary; the first name is its label."""
    made, _ = Experience.objects.get_or_create(
        slug=slug, defaults={"parent": Experience.objects.filter(slug=parent).first()}
    )
    for index, name in enumerate(names):
        ExperienceName.objects.create(
            experience=made, language=language, text=name, is_label=index == 0
        )
    return made


def words() -> None:
    """A small vocabulary in two languages."""
    experience("addiction", "Addiction", "addicted")
    experience("alcohol", "Alcohol", "drinking", parent="addiction")
    experience("alcohol", "Alcohol", "bebida", "beber", language="es")
    experience("grief", "Grief and loss", "grieving")
    experience("death-parent", "Death of a parent", "mum died", parent="grief")


def group(name: str, *about: str, at: datetime | None = None, **fields: Any) -> Group:
    """An open group that meets tomorrow, about these experiences; meetings begin on the minute."""
    made = world.group(name, **fields)
    made.experiences.set(Experience.objects.filter(slug__in=about))
    start = at or timezone.now() + timedelta(hours=20)
    world.meeting(made, starts_at=start.replace(second=0, microsecond=0))
    return made


def ask(client: Client, said: str = "", **form: Any) -> str:
    """What a visitor reads after sending the form without JavaScript."""
    answer = client.post("/find/", {"words": said, "read": "", **form}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def text(page: str) -> str:
    """The answer as it is read, without marks."""
    answer = page.partition('class="finder-answer"')[2].partition("</main>")[0]
    return " ".join(unescape(sub(r"<[^>]+>", " ", answer)).split())

"""What help beside one's own words needs from the server: languages, kind of room, numbers. It is told nothing back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import get_language

from hearthside.groups.models import Experience, Group
from hearthside.groups.queries.words import language_name
from hearthside.safety.helplines import Channel, Helpline, Kind
from hearthside.safety.queries.lines import Nearest, lines_for, nearest

# Short names in the vocabulary of lived experience, each with everything that is part of it. Where people
# come to talk of suicide or of somebody who died, talking of it is no alarm: there only rules raise a
# card, never the guess of a model, and nobody is asked about a loss that they came to speak of.
TENDER: Final = frozenset(
    {"suicidal-thoughts", "suicide-attempt", "grief", "miscarriage", "stillbirth", "pregnancy-ending"}
)  # fmt: skip


@dataclass(frozen=True)
class Language:
    """One that messages are looked at in, with its name in itself."""

    code: str
    name: str


@dataclass(frozen=True)
class Help:
    """What stands on a room's page, so that help needs no line.

    `spoken` are the group's languages; `read` also has the reader's own. `abuse` is a line for those who
    are hurt by somebody, `talk` one for anybody in a crisis; either may be missing in a country.
    """

    spoken: tuple[Language, ...]
    read: tuple[Language, ...]
    is_tender: bool
    nearest: Nearest
    abuse: Helpline | None

    @property
    def talk(self) -> Helpline | None:
        return self.nearest.talk

    @property
    def emergency(self) -> Helpline | None:
        return self.nearest.emergency

    @property
    def spoken_codes(self) -> str:
        return " ".join(each.code for each in self.spoken)

    @property
    def read_codes(self) -> str:
        return " ".join(each.code for each in self.read)


def help_in(group: Group, *, country: str, now: datetime) -> Help:
    """The help of a room of that group, for somebody in that country ("" where nobody knows)."""
    own = _short(get_language() or "en")
    spoken = tuple(dict.fromkeys(_short(code) for code in group.languages)) or (own,)
    return Help(
        spoken=tuple(Language(code, language_name(code)) for code in spoken),
        read=tuple(Language(code, language_name(code)) for code in dict.fromkeys((*spoken, own))),
        is_tender=is_tender(group),
        nearest=nearest(country, now=now),
        abuse=_abuse_line(country, now=now),
    )


def is_tender(group: Group) -> bool:
    """Whether the group is about suicide or about a loss, in two queries at most."""
    held = {each.pk for each in group.experiences.all()}
    if not held:
        return False
    known = {
        pk: (slug, up) for pk, slug, up in Experience.objects.values_list("pk", "slug", "parent")
    }
    return any(_is_tender(key, known) for key in held)


def _is_tender(key: UUID | None, known: dict[UUID, tuple[str, UUID | None]]) -> bool:
    while key in known:
        slug, key = known[key]
        if slug in TENDER:
            return True
    return False


def _abuse_line(country: str, *, now: datetime) -> Helpline | None:
    calls = [
        each
        for each in lines_for(country, now=now)
        if each.line.kind is Kind.DOMESTIC_ABUSE and each.line.channel is Channel.CALL
    ]
    best = min(
        calls,
        key=lambda each: (bool(each.line.area), not each.is_verified, not each.line.is_always_open),
        default=None,
    )
    return best.line if best else None


def _short(code: str) -> str:
    return code.lower().partition("-")[0]

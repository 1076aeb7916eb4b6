"""An evening in a room: who has a seat and who leads, in an installation of its own, and the browsers they come with."""

import json
import re
from dataclasses import dataclass
from textwrap import dedent
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from tests.conftest import ROOT
from tests.journeys.reader import PHONE, Reader
from tests.running import Installation, Served

JOIN_MS = 15_000
LEAD, ROBIN, SAM = "Marlow", "Robin", "Sam"

# What this browser keeps of a room: the names of records are not secret, their contents are.
KEPT = """async (room) => {
    const found = [];
    for (const {name} of await indexedDB.databases()) {
        const database = await new Promise((done, fail) => {
            const asked = indexedDB.open(name);
            asked.onsuccess = () => done(asked.result);
            asked.onerror = fail;
        });
        for (const store of database.objectStoreNames) {
            const names = await new Promise((done) => {
                const asked = database.transaction(store).objectStore(store).getAllKeys();
                asked.onsuccess = () => done(asked.result);
            });
            found.push(...names.map(String).filter((each) => each.includes(room)));
        }
        database.close();
    }
    return found;
}"""
# Written by lines that run inside the installation: the rows of this process are in another database.
MAKE = """
import json
import sys
sys.path.insert(0, {root!r})
from datetime import timedelta
from uuid import uuid4
from django.conf import settings
from django.utils import timezone
from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Site
from hearthside.meetings import actions
from hearthside.rooms.models import RoomRules
from tests import world
from tests.meetings.people import ready

settings.ALLOWED_HOSTS = ["*"]
now = timezone.now()
world.programme()
site = Site.objects.first() or world.site()
group = world.group("The Open Kitchen", format="online", site=site, slug=uuid4().hex)
RoomRules.objects.create(group=group, people_min=2)
meeting = world.meeting(group, starts_at=now - timedelta(minutes=5))
def known(name):
    return ready(group, Person.objects.filter(pseudonym=name).first() or world.person(name))


lead = world.role(RoleKind.FACILITATOR, known({lead!r}), group=group)
people = [known(name) for name in {members!r}]
for number, who in enumerate(people, start=1):
    world.seat(meeting, who, number=number)
room = actions.room_of(meeting=meeting, now=now)
cookies = {{who.pseudonym: world.browser(who).cookies[settings.SESSION_COOKIE_NAME].value for who in [lead, *people]}}
print(json.dumps({{"room": str(room.pk), "name": settings.SESSION_COOKIE_NAME, "cookies": cookies}}))
"""


@dataclass(frozen=True)
class Evening:
    """One room whose meeting is on, and the sessions of those who may be in it."""

    room: str
    cookie_name: str
    cookies: dict[str, str]

    def path(self, rest: str = "in/") -> str:
        return f"/rooms/{self.room}/{rest}"


def evening(installation: Installation, *, lead: str, members: list[str]) -> Evening:
    """A meeting that began five minutes ago, in which nobody is yet."""
    told = installation.python(dedent(MAKE).format(root=str(ROOT), lead=lead, members=members))
    made = json.loads(told.strip().splitlines()[-1])
    return Evening(room=made["room"], cookie_name=made["name"], cookies=made["cookies"])


def another_session(installation: Installation, evening: Evening, name: str) -> str:
    """A second browser of the same person: its session's cookie."""
    told = installation.python(
        dedent(
            f"""
            import sys
            sys.path.insert(0, {str(ROOT)!r})
            from django.conf import settings
            from hearthside.accounts.models import Person
            from tests import world
            settings.ALLOWED_HOSTS = ["*"]
            print(world.browser(Person.objects.get(pseudonym={name!r})).cookies[{evening.cookie_name!r}].value)
            """
        )
    )
    return told.strip().splitlines()[-1]


class Room:
    """One evening, and the browsers in it."""

    def __init__(self, chromium: Browser, installation: Installation, served: Served) -> None:
        self.chromium, self.installation, self.served = chromium, installation, served
        self.evening: Evening = evening(installation, lead=LEAD, members=[ROBIN, SAM])
        self.readers: list[Reader] = []

    def opens(self, name: str, *, cookie: str = "", **context: Any) -> Reader:
        """A browser of that person, signed in, that has gone nowhere yet."""
        reader = Reader(self.chromium, self.served.url, name=name, **context)
        value = cookie or self.evening.cookies[name]
        reader.context.add_cookies(
            [{"name": self.evening.cookie_name, "value": value, "url": self.served.url}]
        )
        self.readers.append(reader)
        return reader

    def comes(self, name: str, **context: Any) -> Reader:
        """The person walks through the lobby into the room, and the room is unlocked on their device."""
        reader = self.opens(name, **context)
        reader.goes(self.evening.path(""))
        reader.ticks("I may want to speak")
        reader.page.locator("main input[type=checkbox]").first.check()
        reader.presses("Go in")
        is_sealed(reader)
        return reader

    def three(self) -> tuple[Reader, Reader, Reader]:
        """The facilitator at a desk and two members at their phones, in a meeting that has begun."""
        lead, robin, sam = self.comes(LEAD), self.comes(ROBIN, **PHONE), self.comes(SAM, **PHONE)
        lead.button("Begin the meeting").click()
        for reader in (lead, robin, sam):
            expect(reader.page.locator("step-clock")).to_have_text("Welcome")
        return lead, robin, sam


def is_sealed(reader: Reader, within: str = ".room-head") -> None:
    line = reader.page.locator(f"{within} .line-state").first
    expect(line).to_have_text("Sealed", timeout=JOIN_MS)


def says(reader: Reader, words: str, within: str = "main") -> None:
    box = reader.page.locator(within).get_by_label("Your words").first
    box.fill(words)
    reader.page.locator(f"{within} [data-send]").first.click()


def said(reader: Reader, words: str) -> Locator:
    return reader.page.locator(".said", has_text=words)


def hear(words: str, *readers: Reader) -> None:
    for reader in readers:
        expect(said(reader, words)).to_be_visible()
        expect(said(reader, words)).to_have_attribute("data-status", "sent")


def order(page: Page) -> list[str]:
    return page.locator(
        ".room-talk:not(.room-talk-side) > .room-talking .said-text"
    ).all_inner_texts()


def panel(reader: Reader, door: str) -> None:
    reader.page.locator(".room-doors").get_by_role("button", name=re.compile(door)).click()

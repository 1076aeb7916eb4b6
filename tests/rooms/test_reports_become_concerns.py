"""Reports that were made before there were concerns: the migration loses no word, date or answer of them."""

from pathlib import Path

from tests.running import Installation

BEFORE = """
from datetime import UTC, datetime, date
from uuid import uuid4
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

call_command("migrate", "rooms", "0001", verbosity=0)
executor = MigrationExecutor(connection)
apps = executor.loader.project_state([("rooms", "0001_initial")]).apps
Person, Group, Site = (apps.get_model(*name) for name in [("accounts", "Person"), ("groups", "Group"), ("groups", "Site")])
Report = apps.get_model("rooms", "Report")
at = datetime(2026, 5, 1, 12, tzinfo=UTC)
kestrel, heron, lead = (Person.objects.create(id=uuid4(), pseudonym=name) for name in ("kestrel", "heron", "lead"))
site = Site.objects.create(id=uuid4(), name="Leeds", slug="leeds", country="GB")
group = Group.objects.create(id=uuid4(), name="Night shift blues", slug="night", site=site)
told = {"group": group, "about": heron, "made_at": at, "erase_on": date(2026, 11, 1)}
Report.objects.create(id=uuid4(), words="waits", reporter=kestrel, **told)
Report.objects.create(id=uuid4(), words="seen", reporter=kestrel, state="seen", seen_at=at, **told)
Report.objects.create(id=uuid4(), words="of somebody gone", reporter=None, state="answered", answered_at=at,
    answered_by=lead, answer="We spoke.", messages=[{"text": "x", "name": "heron", "at": "", "seq": 1, "proof": {}}], **told)
"""
AFTER = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from hearthside.rooms.models import Report
from hearthside.safety.models import Concern
for one in Concern.objects.order_by("words"):
    steps = [f"{step.kind}={step.words}" for step in one.steps.all()]
    parties = [str(party.person) for party in one.parties.all()]
    report = Report.objects.get(pk=one.key)
    verified = [message["is_verified"] for message in report.messages]
    print(one.words, one.label, one.state, one.raised_by, one.done or "-", one.erase_on, steps, parties, verified, sep="|")
"""


def test_every_report_is_a_concern_with_all_that_was_said_and_seen(tmp_path: Path) -> None:
    site = Installation(tmp_path)
    site.python(BEFORE)
    # In a process of its own, as somebody who updates an installation does it.
    lines = site.python(AFTER).strip().splitlines()
    assert lines == [
        "of somebody gone|Night shift blues|closed|None|watch|2026-11-01|['raised=', 'seen=', 'closed=We spoke.']|['heron']|[True]",
        "seen|Night shift blues|seen|kestrel|-|None|['raised=', 'seen=']|['heron']|[]",
        "waits|Night shift blues|received|kestrel|-|None|['raised=']|['heron']|[]",
    ]

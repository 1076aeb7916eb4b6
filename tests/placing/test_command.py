"""`hearthside place`, as operators and scripts use it, on a real installation."""

import json
from typing import Any

import pytest

from tests.running import Installation, installed

LOAD = """
from django.utils import timezone
from hearthside.exchange import demo
demo.load(now=timezone.now())
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation with the people of the demonstration; no test of this file invites anybody."""
    house = installed(tmp_path_factory.mktemp("house"))
    house.python(LOAD)
    return house


def runs_kept(house: Installation) -> list[Any]:
    return house.rows("SELECT stand, id FROM placing_run")


def test_a_dry_run_tells_programs_everything_in_keys_and_codes_and_keeps_nothing(
    house: Installation,
) -> None:
    done = house.run("place", "--site", "leeds", "--dry-run", "--json", "--seconds", "30")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["site"] == "leeds"
    assert told["value"] <= told["bound"]
    assert 0 <= told["gap"] < 0.05
    assert told["placed"] == len(told["placements"]) > 20
    assert told["waiting"] == told["placed"] + len(told["waits"])
    assert told["placements"][0].keys() == {"request", "group", "fit", "reasons"}
    assert {one["why"]["code"] for one in told["waits"]} >= {"nothing_fits"}
    names = [name for (name,) in house.rows("SELECT pseudonym FROM accounts_person")]
    assert names
    assert not [name for name in names if f'"{name}"' in done.stdout]
    assert not runs_kept(house)


def test_on_a_console_it_counts_by_group_and_names_nobody(house: Installation) -> None:
    done = house.run("place", "--site", "leeds", "--dry-run", "--seconds", "30")
    assert done.returncode == 0, done.stderr
    assert "Thursday, sober" in done.stdout
    assert "people would have a place. At least" in done.stdout
    assert "Nothing was changed or kept." in done.stdout
    waiting = house.rows(
        "SELECT person.pseudonym FROM placing_request JOIN accounts_person person ON person.id = person_id"
    )
    assert len(waiting) > 40
    assert not [name for (name,) in waiting if name in done.stdout]
    assert not runs_kept(house)


def test_without_dry_run_a_run_is_kept_for_the_page_and_nobody_is_invited(
    house: Installation,
) -> None:
    before = house.rows("SELECT COUNT(*) FROM placing_invitation")
    done = house.run("place", "--site", "leeds", "--seconds", "30", "--floor", "300")
    assert done.returncode == 0, done.stderr
    ((stand, key),) = runs_kept(house)
    assert stand == "done"
    assert "Nobody has been invited." in done.stdout
    assert key in done.stdout.replace("-", "")
    assert house.rows("SELECT COUNT(*) FROM placing_invitation") == before


def test_a_site_that_is_not_there_is_answered_with_those_there_are(house: Installation) -> None:
    done = house.run("place", "--site", "leads", "--dry-run")
    assert done.returncode == 1
    assert "There is no site “leads”. The sites here are: bristol, leeds" in done.stderr


def test_the_run_of_a_key_that_is_not_there_ends_without_a_word(house: Installation) -> None:
    done = house.run("placing-run", "00000000-0000-0000-0000-000000000000")
    assert done.returncode == 1


def test_a_coordinators_run_is_worked_on_by_the_process_that_the_worker_starts(
    house: Installation,
) -> None:
    made = house.python(
        "from django.utils import timezone\n"
        "from hearthside.groups.models import Site\n"
        "from hearthside.placing.actions import runs\n"
        "from hearthside.placing.choices import Choices\n"
        "site = Site.objects.get(slug='leeds')\n"
        "print(runs.ask(site=site, choices=Choices(seconds=30), by=None, now=timezone.now()).pk)"
    ).strip()
    queued = house.rows(
        "SELECT COUNT(*) FROM django_tasks_database_dbtaskresult WHERE task_path LIKE '%launch'"
    )
    assert queued == [(1,)]
    assert house.run("placing-run", made).returncode == 0
    stands = {key: stand for stand, key in runs_kept(house)}
    assert stands[made.replace("-", "")] == "done"

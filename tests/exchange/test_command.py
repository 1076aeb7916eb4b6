"""The command line, as scripts and operators use it, on a real installation."""

import json
from pathlib import Path

import pytest

from tests.exchange.lists import packed, row
from tests.running import Installation, installed

KEYS = {"rows", "understood", "repaired", "refused", "problems"}
GROUPS = "SELECT name, stage FROM groups_group WHERE source = '{}' ORDER BY name"


@pytest.fixture
def published(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.json"
    path.write_bytes(packed(row(), row(slug="b", name="B", time="7pm"), row(slug="c", time="soon")))
    return path


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """One installation for all tests of this file; each brings in a list of its own name."""
    return installed(tmp_path_factory.mktemp("house"))


def test_a_dry_run_without_an_installation_reports_and_leaves_no_trace(
    tmp_path: Path, published: Path
) -> None:
    nothing = Installation(tmp_path / "nothing")
    done = nothing.run("import", "meetings", str(published), "--dry-run", "--json")
    report = json.loads(done.stdout)
    assert report.keys() >= KEYS
    assert (report["rows"], report["understood"]) == (3, 1)
    assert (report["repaired"], report["refused"]) == (1, 1)
    refused = [each for each in report["problems"] if each["outcome"] == "refused"]
    assert refused[0].keys() >= {"row", "slug", "name", "code", "field", "was", "now", "words"}
    assert refused[0]["row"] == 3
    assert not nothing.home.exists()


def test_a_list_is_imported_again_changed_exported_and_undone(
    house: Installation, tmp_path: Path, published: Path
) -> None:
    first = house.run("import", "meetings", str(published), "--yes")
    assert first.returncode == 0, first.stderr
    assert "1 understood as they are, 1 repaired, 1 refused" in first.stdout
    assert house.rows(GROUPS.format("harbour")) == [("B", "open"), ("Tuesday candle", "open")]
    assert ("harbour", "Europe/London") in house.rows("SELECT slug, time_zone FROM groups_site")

    again = house.run("import", "meetings", str(published), "--yes")
    assert "Nothing to do" in again.stderr

    asked = house.run("export", "groups", str(tmp_path / "out.json"))
    assert "Wrote 2 rows" in asked.stdout
    assert len(json.loads((tmp_path / "out.json").read_text())) == 2

    published.write_bytes(packed(row(name="Renamed")))
    unanswered = house.run("import", "meetings", str(published))
    assert unanswered.returncode == 1
    assert "name: Tuesday candle → Renamed" in unanswered.stdout
    assert house.rows(GROUPS.format("harbour")) == [("B", "open"), ("Tuesday candle", "open")]

    assert house.run("import", "meetings", str(published), "--yes").returncode == 0
    assert house.rows(GROUPS.format("harbour")) == [("B", "paused"), ("Renamed", "open")]
    assert house.run("import", "undo", "harbour").returncode == 0
    assert house.rows(GROUPS.format("harbour")) == [("B", "open"), ("Tuesday candle", "open")]


def test_a_list_that_lost_most_of_its_groups_does_not_close_them_unasked(
    house: Installation, tmp_path: Path
) -> None:
    published = tmp_path / "lost.json"
    published.write_bytes(packed(*(row(slug=f"s{n}", name=f"N{n}") for n in range(5))))
    house.run("import", "meetings", str(published), "--yes")
    published.write_bytes(packed(row(slug="s0", name="Renamed")))
    done = house.run("import", "meetings", str(published), "--yes")
    assert "more than half" in done.stderr
    assert [stage for _name, stage in house.rows(GROUPS.format("lost"))] == ["open"] * 5


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--timezone", "Mars/Olympus", "--dry-run"], "There is no time zone"),
        (["--site", "nowhere", "--yes"], "There is no site"),
        (["--experience", "dragons", "--yes"], "nothing called dragons"),
    ],
)
def test_a_wrong_wish_is_refused_in_words_and_changes_nothing(
    house: Installation, published: Path, words: list[str], said: str
) -> None:
    done = house.run("import", "meetings", str(published), "--source", "wrong", *words)
    assert done.returncode != 0
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert house.rows(GROUPS.format("wrong")) == []


def test_a_bad_file_is_told_to_people_and_to_programs(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("<!doctype html><html>")
    done = Installation(tmp_path / "house").run(
        "import", "meetings", str(broken), "--dry-run", "--json"
    )
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == "html"
    assert "web page" in done.stderr

"""A page that needs many scripts names all of them at once."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template

from hearthside.shell.modules import imported

ROOMS = Path(__file__).resolve().parents[2] / "src/hearthside/rooms/static/rooms"


def test_a_script_comes_with_all_that_it_imports_each_once() -> None:
    found = imported("rooms/room/page.js")
    assert found[0] == "rooms/room/page.js"
    assert {"rooms/room/said-list.js", "rooms/conversation.js", "rooms/line.js"} <= set(found)
    assert len(found) == len(set(found))
    assert any(
        re.fullmatch(r"vendor/ts-mls-[\d.]+\.min\.js", path)
        for path in imported("rooms/seal-worker.js")
    )


def test_no_import_of_the_room_is_overlooked() -> None:
    told = {*imported("rooms/room/page.js"), *imported("rooms/seal-worker.js")}
    for file in ROOMS.rglob("*.js"):
        if f"rooms/{file.relative_to(ROOMS).as_posix()}" not in told:
            continue
        # Counted in a second way, so that an import written in another style is not missed.
        count = len(re.findall(r"""\bfrom ["']\.|^import ["']\.""", file.read_text(), re.MULTILINE))
        others = file.read_text().count('from "./') + file.read_text().count('from "../')
        assert count == others
        direct = imported(f"rooms/{file.relative_to(ROOMS).as_posix()}")[1:]
        assert (count > 0) == (len(direct) > 0)


def test_a_script_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        imported("rooms/nothing.js")


def test_the_page_names_them_as_they_are_served() -> None:
    page = Template('{% modules "rooms/seal-worker.js" %}').render(Context())
    assert 'rel="modulepreload" href="/static/rooms/sealing.js"' in page

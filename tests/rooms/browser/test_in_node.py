"""The conversation in Node: its modules one by one, then several people's browsers in one room."""

import json
from pathlib import Path

import pytest

from peerkit.franking import Forged, from_plain, verify
from tests.rooms.sealing.test_in_node import run

# The key that gateway.mjs stamps with.
SERVER_KEY = bytes(range(32))


@pytest.mark.parametrize(
    "file",
    [
        "frames.test.mjs",
        "messages.test.mjs",
        "outbox.test.mjs",
        "parts.test.mjs",
        "side_rows.test.mjs",
    ],
)
def test_each_module_keeps_its_promise(file: str, node: str, surroundings: dict[str, str]) -> None:
    run(node, f"../browser/{file}", surroundings)


@pytest.mark.parametrize("file", ["coming_in.test.mjs", "staying.test.mjs"])
def test_browsers_in_one_room_understand_one_another(
    file: str, node: str, surroundings: dict[str, str], indexeddb: Path
) -> None:
    run(node, f"../browser/{file}", {**surroundings, "INDEXEDDB": str(indexeddb)})


def test_a_report_from_a_browser_is_verified_and_holds_only_what_was_chosen(
    node: str, surroundings: dict[str, str], indexeddb: Path, tmp_path: Path
) -> None:
    place = tmp_path / "report.json"
    told = {"INDEXEDDB": str(indexeddb), "REPORT": str(place)}
    run(node, "../browser/report.test.mjs", {**surroundings, **told})
    proofs = json.loads(place.read_text("utf-8"))["messages"]
    said = [verify(from_plain(proof), [SERVER_KEY]) for proof in proofs]
    contents = [json.loads(each.content) for each in said]
    assert [(each["type"], each["text"]) for each in contents] == [
        ("say", "I hate you"),
        ("edit", "I hate you all"),
    ]
    assert len({each.alias for each in said}) == 1
    for proof in proofs:
        with pytest.raises(Forged):
            verify(from_plain({**proof, "seq": proof["seq"] + 1}), [SERVER_KEY])

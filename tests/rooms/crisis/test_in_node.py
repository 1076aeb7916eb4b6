"""Help beside one's own words, in Node: what is shown for which words, how often, and how a facilitator is told."""

import pytest

from tests.rooms.sealing.test_in_node import run


@pytest.mark.parametrize(
    "file", ["flow.test.mjs", "memory.test.mjs", "look.test.mjs", "telling.test.mjs"]
)
def test_help_comes_when_it_should_and_as_often(
    file: str, node: str, surroundings: dict[str, str]
) -> None:
    run(node, f"../crisis/{file}", surroundings)

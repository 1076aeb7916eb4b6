"""The door of the library: everything it names is there, and what is heavy waits until it is asked for."""

import subprocess
import sys

import pytest

from peerkit import matching

HEAVY = "import sys; from peerkit import matching; print({'numba', 'highspy', 'scipy', 'sklearn'} & set(sys.modules))"


@pytest.mark.parametrize("name", matching.__all__)
def test_everything_the_door_names_is_there(name: str) -> None:
    assert getattr(matching, name)


def test_the_door_refuses_a_name_it_does_not_have() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Indx'"):
        getattr(matching, "Indx")  # noqa: B009


def test_opening_the_door_loads_no_solver_and_no_compiler() -> None:
    said = subprocess.run([sys.executable, "-c", HEAVY], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"

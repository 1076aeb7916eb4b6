"""The shape of the code: small files, small functions, doors that go through access, relations that go down."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from tests.conftest import ROOT

SOURCES = sorted(path for path in (ROOT / "src").rglob("*.py") if "migrations" not in path.parts)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
FLOORS: list[str] = next(
    contract["layers"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    if contract["id"] == "floors"
)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_no_file_is_longer_than_300_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in [*SOURCES, *TESTS]
        if (lines := len(path.read_text().splitlines())) > 300
    }
    assert not long, f"split by noun: {long}"


def test_no_function_is_longer_than_40_lines() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{node.name}": length
        for path in SOURCES
        for node in functions(path)
        if (length := (node.end_lineno or 0) - node.lineno + 1) > 40
    }
    assert not long


def test_every_file_says_in_its_first_line_what_lives_there() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert not silent


@pytest.mark.parametrize("name", ["services", "utils", "helpers", "mixins", "common", "managers"])
def test_no_file_is_named_after_nothing(name: str) -> None:
    assert not [path for path in SOURCES if path.stem == name or name in path.parts]


def doors() -> list[Path]:
    return [
        path
        for path in SOURCES
        if {"views", "api", "streams"} & {path.stem, path.parent.name}
        and "hearthside" in path.parts
    ]


def test_doors_find_things_through_access_and_never_by_themselves() -> None:
    offences = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in doors()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and node.attr in {"objects", "_default_manager", "_base_manager"}
    ]
    assert doors()
    assert not offences


def test_actions_take_keywords_only_and_never_read_the_clock() -> None:
    offences = []
    for path in SOURCES:
        if "actions" not in {path.stem, path.parent.name}:
            continue
        for node in ast.parse(path.read_text()).body:
            if (
                isinstance(node, ast.FunctionDef)
                and not node.name.startswith("_")
                and (node.args.args or node.args.posonlyargs)
            ):
                offences.append(f"{path.relative_to(ROOT)}:{node.name} takes positional arguments")
        if "timezone.now()" in path.read_text() or "datetime.now(" in path.read_text():
            offences.append(f"{path.relative_to(ROOT)} reads the clock")
    assert not offences


def test_relations_between_tables_go_down_like_imports_do() -> None:
    offences = []
    for model in apps.get_models():
        app = model.__module__.split(".")
        if app[0] != "hearthside":
            continue
        for field in model._meta.get_fields():
            if field.auto_created or not field.is_relation or not field.related_model:
                continue
            target = field.related_model.__module__.split(".")
            if target[0] == "hearthside" and FLOORS.index(target[1]) < FLOORS.index(app[1]):
                offences.append(f"{model.__name__}.{field.name} points up to {target[1]}")
    assert not offences


def test_nothing_left_for_later_without_an_issue() -> None:
    marks = ("TO" + "DO", "FIX" + "ME", "X" + "XX")
    left = [
        str(path.relative_to(ROOT))
        for path in [*SOURCES, *TESTS]
        if any(mark in path.read_text() for mark in marks)
    ]
    assert not left


def test_no_test_replaces_a_part_by_a_mock() -> None:
    mocked = [
        str(path.relative_to(ROOT))
        for path in TESTS
        if "unittest" + ".mock" in path.read_text() or "Magic" + "Mock" in path.read_text()
    ]
    assert not mocked

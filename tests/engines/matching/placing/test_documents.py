"""A problem as JSON: there and back again, and errors that name the place."""

import json
from pathlib import Path

import pytest
from hypothesis import given

from peerkit.matching.placing.documents import (
    placement_document,
    problem_document,
    problem_from,
    read_problem,
    write_problem,
)
from peerkit.matching.placing.fields import DocumentIsWrong
from peerkit.matching.placing.values import Group, Member, Problem
from tests.engines.matching.placing.problems import plan, problems

SMALL = {"members": [{"id": "ana", "experience": "grief"}], "groups": [{"id": "g", "seats_max": 3}]}


@given(problems())
def test_a_problem_written_and_read_is_the_same(problem: Problem) -> None:
    text = json.dumps(problem_document(problem))
    again = problem_from(json.loads(text))
    assert json.dumps(problem_document(again)) == text
    assert again.rules == problem.rules
    assert {one.id: one for one in again.members} == {one.id: one for one in problem.members}
    assert {one.id: one for one in again.groups} == {one.id: one for one in problem.groups}
    assert sorted(again.apart) == sorted(problem.apart)
    assert again.forbidden == problem.forbidden


def test_a_file_is_read_with_what_it_leaves_out_at_its_standard(tmp_path: Path) -> None:
    file = tmp_path / "problem.json"
    file.write_text(json.dumps(SMALL), "utf-8")
    problem = read_problem(file)
    assert problem == Problem((Member("ana", "grief"),), (Group("g", 3),))
    write_problem(problem, file)
    assert read_problem(file) == problem


def wrong(**fields: object) -> str:
    with pytest.raises(DocumentIsWrong) as caught:
        problem_from({**SMALL, **fields})
    return str(caught.value)


def test_an_error_names_the_row_the_field_and_what_it_must_be() -> None:
    ana = {"id": "ana", "experience": "grief"}
    assert wrong(members=[ana, {"id": "bo"}]) == 'Member 2 (bo) has no "experience".'
    assert wrong(members=[{**ana, "fits": {"g": "high"}}]) == (
        "Member 1 (ana): fits for g is 'high'; it must be a whole number."
    )
    assert wrong(members=[{**ana, "fits": {"g": 2000}}]) == (
        "Member 1 (ana): The fit of member ana for group g is 2000; "
        "it must be a whole number from 1 to 1000."
    )
    assert wrong(members=[{**ana, "colour": "red"}]) == (
        'Member 1 (ana) has a field "colour", which means nothing here.'
    )
    assert wrong(groups=[{"id": "g"}]) == 'Group 1 (g) has no "seats_max".'
    assert wrong(apart=[["ana"]]) == (
        "The document: apart, entry 1, is ['ana']; it must be a pair of ids."
    )
    assert wrong(rules={"floor": 2000}) == (
        "The rules: The rule floor is 2000; it must be a whole number 0 to 1000."
    )
    assert wrong(format="other/9") == 'The format is not "peerkit.placement/1".'


def test_a_broken_file_names_the_line(tmp_path: Path) -> None:
    file = tmp_path / "problem.json"
    file.write_text('{"members": [\n{"id": "ana",}\n]}', "utf-8")
    with pytest.raises(DocumentIsWrong, match="Line 2, column"):
        read_problem(file)
    file.write_text('{"members": [], "members": []}', "utf-8")
    with pytest.raises(DocumentIsWrong, match='"members" stands twice'):
        read_problem(file)


def test_what_no_reader_could_hold_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "problem.json"
    for text, told in (
        ("[" * 100_000, "too many brackets"),
        (
            '{"members": [], "groups": [], "rules": {"floor": ' + "9" * 5_000 + "}}",
            "too many digits",
        ),
    ):
        file.write_text(text, "utf-8")
        with pytest.raises(DocumentIsWrong, match=told):
            read_problem(file)
    file.write_bytes(b"\xff\xfe{}")
    with pytest.raises(DocumentIsWrong, match="no text in UTF-8"):
        read_problem(file)
    assert wrong(groups=[{"id": "g", "seats_max": 10**12}]) == (
        "Group 1 (g): Group g has 1000000000000 as its most seats; "
        "it must be a whole number from 0 to 1000000."
    )
    assert "opened_max is 1000000000000" in wrong(rules={"opened_max": 10**12})


def test_a_plan_as_a_document_says_where_and_why() -> None:
    members = (
        Member("ana", "grief", {"g": 500}),
        Member("bo", "grief", {"g": 400}),
        Member("cy", "loss"),
    )
    problem = Problem(members, (Group("g", 2),))
    document = placement_document(problem, plan(problem, {"ana": "g", "bo": "g", "cy": ""}))
    assert (document["value"], document["placed"], document["waiting"]) == (900, 2, 1)
    assert [(one["id"], one["group"], one["code"]) for one in document["members"]] == [
        ("ana", "g", "placed"),
        ("bo", "g", "placed"),
        ("cy", "", "nothing_fits"),
    ]
    json.dumps(document)

"""Ground rules: versions, who accepted which, and what changed between two."""

from datetime import datetime

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from hearthside.groups.actions.ground_rules import RulesHaveChanged, accept, write_version
from hearthside.groups.models import Acceptance
from hearthside.groups.queries.belonging import (
    place_of,
    rules_accepted_before,
    rules_in_force,
    rules_to_accept,
)
from hearthside.groups.queries.changes import changes
from hearthside.groups.queries.words import default_ground_rules
from tests import world

PARAGRAPHS = st.lists(st.text(alphabet="ab c", max_size=8), max_size=6).map("\n".join)


@pytest.mark.django_db
def test_a_new_version_is_in_force_and_must_be_accepted(now: datetime) -> None:
    group = world.group()
    who = world.member(group)
    first = rules_in_force(group)
    assert first is not None
    accept(ground_rules=first, person=who, now=now)
    assert rules_to_accept(who, group) is None
    second = write_version(group=group, text="Be kind.", by=None, now=now)
    assert second.version == 2
    assert place_of(who, group, now=now).to_accept == second
    assert rules_accepted_before(who, second) == first


@pytest.mark.django_db
def test_the_same_text_is_not_a_new_version(now: datetime) -> None:
    group = world.group()
    first = write_version(group=group, text="Be kind.\nListen.", by=None, now=now)
    assert write_version(group=group, text="Be kind.\r\nListen.\r\n", by=None, now=now) == first


@pytest.mark.django_db
def test_an_older_version_cannot_be_accepted(now: datetime) -> None:
    group = world.group()
    old = rules_in_force(group)
    assert old is not None
    write_version(group=group, text="Be kind.", by=None, now=now)
    with pytest.raises(RulesHaveChanged):
        accept(ground_rules=old, person=world.member(group), now=now)
    assert not Acceptance.objects.exists()


@pytest.mark.django_db
def test_accepting_twice_is_one_acceptance(now: datetime) -> None:
    group = world.group()
    rules, who = rules_in_force(group), world.member(group)
    assert rules is not None
    assert accept(ground_rules=rules, person=who, now=now) == accept(
        ground_rules=rules, person=who, now=now
    )


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_default_covers_what_every_group_needs(language: str) -> None:
    assert default_ground_rules(language).count("## ") >= 8


@pytest.mark.parametrize("language", ["de", "../../settings", ""])
def test_a_language_without_default_rules_starts_in_english(language: str) -> None:
    assert default_ground_rules(language) == default_ground_rules("en")


def test_ground_rules_are_shown_as_headings_lists_and_paragraphs() -> None:
    shown = Template("{% load groups %}{{ text|written_rules }}").render(
        Context({"text": "## Speak for yourself\nSay I.\n- one\n- two\n\nAnd listen."})
    )
    assert shown == (
        "<h3>Speak for yourself</h3><p>Say I.</p><ul><li>one</li><li>two</li></ul><p>And listen.</p>"
    )


def test_ground_rules_cannot_bring_markup_of_their_own() -> None:
    text = "## <b>x</b>\n- <script>x</script>\n<img src=x onerror=y>"
    shown = Template("{% load groups %}{{ text|written_rules }}").render(Context({"text": text}))
    assert "<b>" not in shown
    assert "<script" not in shown
    assert "<img" not in shown


@given(PARAGRAPHS, PARAGRAPHS)
def test_a_comparison_holds_every_word_of_both_versions(before: str, after: str) -> None:
    rows = changes(before, after)
    left = "".join(piece.text for row in rows for piece in row.before)
    right = "".join(piece.text for row in rows for piece in row.after)
    assert "".join(left.split()) == "".join(before.split())
    assert "".join(right.split()) == "".join(after.split())


@given(PARAGRAPHS)
def test_a_text_compared_with_itself_has_not_changed(text: str) -> None:
    assert not any(row.is_changed for row in changes(text, text))


@given(PARAGRAPHS, PARAGRAPHS)
def test_what_a_comparison_calls_the_same_is_the_same_on_both_sides(
    before: str, after: str
) -> None:
    for row in changes(before, after):
        left = [piece.text.split() for piece in row.before if not piece.is_changed]
        right = [piece.text.split() for piece in row.after if not piece.is_changed]
        assert left == right


def test_a_comparison_shows_no_marks_of_headings_or_lists() -> None:
    (row,) = changes("", "## - Be kind")
    assert [piece.text for piece in row.after] == ["Be kind"]


def test_a_changed_word_is_marked_and_its_neighbours_are_not() -> None:
    (row,) = changes("We start at seven sharp.", "We start at eight sharp.")
    assert [piece.text for piece in row.before if piece.is_changed] == ["seven"]
    assert [piece.text for piece in row.after if piece.is_changed] == ["eight"]

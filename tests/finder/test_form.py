"""The form that is rendered once is filled in for each search alone."""

from datetime import datetime
from html import escape

import pytest
from django.test import Client
from django.utils import timezone

from hearthside.finder.blanks import Blank, gap
from hearthside.finder.sealed import sealed
from hearthside.finder.search import Search
from peerkit.matching import Free
from tests.finder import town

pytestmark = pytest.mark.django_db


def _form(client: Client, search: Search, now: datetime) -> str:
    page = client.get("/find/", {"for": sealed(search, now=now)}).content.decode()
    return page.partition('id="find"')[2].partition("</form>")[0]


def _ticked(form: str) -> set[str]:
    boxes = [tag.partition(">")[0] for tag in form.split("<input ")[1:]]
    return {
        box.partition('value="')[2].partition('"')[0] for box in boxes if box.endswith(" checked")
    }


def test_a_gap_that_nobody_fills_stays_empty_and_a_word_with_a_gap_in_it_is_only_a_word() -> None:
    blank = Blank.of(f'<p>{gap("one")}-{gap("two")}</p><input type="checkbox" name="a" value="b">')

    assert blank.filled({"one": str(gap("two"))}) == (
        f'<p>{gap("two")}-</p><input type="checkbox" name="a" value="b">'
    )
    assert " checked>" in blank.filled({"a=b": " checked"})


def test_what_one_person_ticked_is_not_ticked_for_the_next(client: Client) -> None:
    now = timezone.now()
    town.words()
    town.group("Harbour", "alcohol")
    search = Search(ways=("online",), free=(Free(0, 1020, 1440),), access=("step_free",), km=50)

    assert _ticked(_form(client, search, now)) == {"online", "0-1020-1440", "step_free"}
    assert _ticked(_form(client, Search(), now)) == set()
    assert '<option value="50" selected>' in _form(client, search, now)
    assert '<option value="25" selected>' in _form(client, Search(), now)


def test_words_come_back_as_they_were_typed_and_never_as_markup(client: Client) -> None:
    town.words()
    town.group("Harbour", "alcohol")
    words = "</textarea><b>\"me\" & 'you'"

    form = _form(client, Search(words=words), timezone.now())

    assert form.count(escape(words)) == 2
    assert "<b>" not in form

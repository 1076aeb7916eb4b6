"""People who want to come to the same group: a code of three words, once, four at most, and undone by each."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.conf import settings as site
from django.core.cache import cache
from django.db import IntegrityError, transaction

from hearthside.accounts.actions import people
from hearthside.accounts.models import Person
from hearthside.placing.actions import together
from hearthside.placing.actions.refusals import AlreadyTogether, NotThatCode, TooManyTogether
from hearthside.placing.models import Together
from hearthside.placing.queries.pairs import CODE_LASTS, code_of, companions_of
from hearthside.placing.wordlist import as_code, new_code
from tests import world
from tests.meetings.test_seats_raced import at_once
from tests.world import NOW

pytestmark = pytest.mark.django_db


def test_a_code_is_three_easy_words_of_the_persons_language() -> None:
    for language in ("en", "es", "pl"):
        words = new_code(language=language).split("-")
        assert len(words) == 3
        assert all(word.isascii() and word.islower() and len(word) <= 10 for word in words)


@pytest.mark.parametrize(
    "typed", ["Amber Kettle Robin", " amber, kettle_robin ", "ÁMBER kettle robin"]
)
def test_capitals_accents_and_what_stands_between_do_not_matter(typed: str) -> None:
    assert as_code(typed) == "amber-kettle-robin"


def test_who_types_the_words_in_goes_with_whoever_made_them() -> None:
    one, other = world.person(), world.person()
    code = together.make_code(person=one, language="en", now=NOW).code
    assert companions_of(one) == []
    together.agree(person=other, typed=code.upper(), now=NOW)
    assert (companions_of(one), companions_of(other)) == ([other], [one])


def test_words_work_once_for_three_days_and_not_for_oneself() -> None:
    one, other, third = world.person(), world.person(), world.person()
    code = together.make_code(person=one, language="en", now=NOW).code
    with pytest.raises(NotThatCode):
        together.agree(person=one, typed=code, now=NOW)
    with pytest.raises(NotThatCode):
        together.agree(person=other, typed=code, now=NOW + CODE_LASTS)
    together.agree(person=other, typed=code, now=NOW)
    with pytest.raises(NotThatCode):
        together.agree(person=third, typed=code, now=NOW)


def test_new_words_take_the_place_of_the_old() -> None:
    one = world.person()
    old = together.make_code(person=one, language="en", now=NOW).code
    new = together.make_code(person=one, language="en", now=NOW).code
    assert Together.objects.get().code == new != old


def go_together(one: Person, other: Person) -> None:
    code = together.make_code(person=one, language="en", now=NOW).code
    together.agree(person=other, typed=code, now=NOW)


def test_three_sisters_go_together_whoever_asked_whom() -> None:
    one, other, third = world.person("a-one"), world.person("b-two"), world.person("c-three")
    go_together(one, other)
    go_together(third, other)
    assert companions_of(one) == [other, third]
    assert companions_of(third) == [one, other]
    with pytest.raises(AlreadyTogether):
        go_together(one, third)


def test_at_most_four_go_together_however_they_come_to_be_more() -> None:
    first, second = [world.person() for _ in range(3)], [world.person() for _ in range(2)]
    for company in (first, second):
        for one, other in pairwise(company):
            go_together(one, other)
    with pytest.raises(TooManyTogether):
        go_together(first[1], second[0])
    go_together(first[2], world.person())
    with pytest.raises(TooManyTogether):
        together.make_code(person=first[0], language="en", now=NOW)
    assert len(companions_of(first[0])) == 3


def test_who_goes_leaves_the_others_together() -> None:
    middle, *others = (world.person(name) for name in ("m-m", "a-a", "b-b", "c-c"))
    for one in others:
        go_together(middle, one)
    together.undo(person=middle)
    assert companions_of(middle) == []
    assert companions_of(others[0]) == others[1:]
    people.erase(person=others[0], now=NOW)
    assert companions_of(others[1]) == others[2:]


def test_either_undoes_it_and_nothing_stays() -> None:
    for undoing in (0, 1):
        pair = world.person(), world.person()
        code = together.make_code(person=pair[0], language="en", now=NOW).code
        together.agree(person=pair[1], typed=code, now=NOW)
        together.undo(person=pair[undoing])
        assert not Together.objects.exists()


def test_a_pair_goes_with_either_account() -> None:
    one, other = world.person(), world.person()
    code = together.make_code(person=one, language="en", now=NOW).code
    together.agree(person=other, typed=code, now=NOW)
    people.erase(person=other, now=NOW)
    assert not Together.objects.exists()


def test_words_that_nobody_typed_in_are_deleted() -> None:
    old, new = world.person(), world.person()
    together.make_code(person=old, language="en", now=NOW)
    together.make_code(person=new, language="en", now=NOW + timedelta(hours=1))
    assert together.tidy(now=NOW + CODE_LASTS) == 1
    assert code_of(new, now=NOW + CODE_LASTS) is not None


def test_the_database_itself_lets_nobody_go_with_themselves() -> None:
    one = world.person()
    with pytest.raises(IntegrityError), transaction.atomic():
        Together.objects.create(asked_by=one, other=one, code="a-b-c", asked_at=NOW, agreed_at=NOW)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_type_the_words_in_at_the_same_moment_one_is_the_other() -> None:
    one, others = world.person(), [world.person() for _ in range(4)]
    code = together.make_code(person=one, language="en", now=NOW).code
    results = at_once(
        *(lambda who=who: together.agree(person=who, typed=code, now=NOW) for who in others)
    )
    assert [type(each) for each in results].count(NotThatCode) == 3, results
    assert Together.objects.agreed().count() == 1


def test_the_page_shows_both_whom_they_go_with_and_only_them() -> None:
    one, other, third = world.person("quiet-kettle"), world.person("blue-heron"), world.person()
    browsers = {who: world.browser(who) for who in (one, other, third)}
    browsers[one].post("/place/together/code/")
    code = Together.objects.get().code
    assert code in browsers[one].get("/place/together/").content.decode()
    assert browsers[other].post("/place/together/", {"words": code}).status_code == 302
    assert "blue-heron" in browsers[one].get("/place/together/").content.decode()
    assert "quiet-kettle" in browsers[other].get("/place/together/").content.decode()
    assert "quiet-kettle" not in browsers[third].get("/place/together/").content.decode()
    browsers[other].post("/place/together/end/")
    assert not Together.objects.exists()


def test_wrong_words_are_kept_in_the_box_and_said_kindly() -> None:
    page = world.browser(world.person()).post("/place/together/", {"words": "amber kettle"})
    assert "amber kettle" in page.content.decode()
    assert "We do not know these words." in page.content.decode()


def test_whoever_guesses_is_slowed_down() -> None:
    cache.clear()
    assert "together" in site.ACCOUNT_RATE_LIMITS
    browser = world.browser(world.person())
    statuses = [
        browser.post("/place/together/", {"words": f"amber {number}"}).status_code
        for number in range(12)
    ]
    assert statuses[:10] == [200] * 10
    assert statuses[-1] == 429
    cache.clear()

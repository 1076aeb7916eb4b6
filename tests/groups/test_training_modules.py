"""The seven modules: complete in both languages, readable, and honest about every answer; and working through one."""

import re
from datetime import datetime

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from hearthside.groups.actions.training import answer
from hearthside.groups.models import ModuleWork
from hearthside.groups.queries.training import progress_of
from hearthside.groups.queries.training_texts import DATA, MODULES, Module, module, modules
from tests import world
from tests.groups.training import passed, right_answers

LANGUAGES = ("en", "es")
VOWELS = re.compile(r"[aeiouy]+")


def words_of(one: Module) -> str:
    said = [" ".join(block.lines) for section in one.sections for block in section.blocks]
    said += [q.ask for q in one.questions]
    said += [f"{o.text} {o.why}" for q in one.questions for o in q.options]
    return " ".join(said)


def grade(text: str) -> float:
    """Flesch-Kincaid grade level, with syllables counted by their vowels (a little too high, if anything)."""
    sentences = max(len(re.findall(r"[.!?:]+(?=\s|$|[”»])", text)), 1)
    words = re.findall(r"[A-Za-z']+", text)
    syllables = sum(max(len(VOWELS.findall(word.lower().removesuffix("e"))), 1) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


@pytest.mark.parametrize("slug", MODULES)
def test_both_languages_have_the_same_questions_versions_and_right_answers(slug: str) -> None:
    english, spanish = (module(slug, language) for language in LANGUAGES)
    assert (english.version, english.counts_from) == (spanish.version, spanish.counts_from)
    assert right_answers(english) == right_answers(spanish)
    assert len(english.sections) == len(spanish.sections)
    assert english.title != spanish.title
    assert words_of(english) != words_of(spanish)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_has_one_right_answer_and_a_why_for_each(language: str) -> None:
    for one in modules(language):
        assert 3 <= len(one.questions) <= 5, one.slug
        assert len(one.question_keys()) == len(one.questions)
        for question in one.questions:
            assert sum(option.is_right for option in question.options) == 1, question.ask
            whys = [option.why for option in question.options]
            assert all(whys)
            assert len(set(whys)) == len(whys)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_right_answer_is_not_always_in_the_same_place_nor_always_the_longest(
    language: str,
) -> None:
    questions = [question for one in modules(language) for question in one.questions]
    places = [next(o.key for o in q.options if o.is_right) for q in questions]
    assert all(places.count(place) < 0.6 * len(places) for place in "123")


@pytest.mark.parametrize("slug", MODULES)
def test_the_english_can_be_read_at_grade_six_or_so(slug: str) -> None:
    assert grade(words_of(module(slug, "en"))) < 6.5


def test_every_module_names_words_to_say_and_where_it_comes_from() -> None:
    for one in modules("en"):
        kinds = {block.kind for section in one.sections for block in section.blocks}
        assert "say" in kinds, one.slug
        assert one.sources
        assert one.minutes <= 15


def test_a_language_that_has_no_modules_reads_english_and_a_path_opens_nothing() -> None:
    assert module("role", "de") == module("role", "en")
    assert module("role", "../../..") == module("role", "en")
    assert {path.name for path in DATA.iterdir()} == set(LANGUAGES)
    with pytest.raises(KeyError):
        module("../role", "en")


def test_the_spanish_says_tu_and_never_usted() -> None:
    for one in modules("es"):
        assert not re.search(r"\busted(es)?\b", words_of(one).lower()), one.slug


class TestTheLawOfAChecking(TestCase):
    """However the answers come, what was right stays right, and only all of them pass."""

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(
            st.dictionaries(
                st.sampled_from(["ask", "now", "secret", "details", "child", "made up"]),
                st.sampled_from(["1", "2", "3", "4", "", "x"]),
            ),
            max_size=6,
        )
    )
    def test_right_stays_right_and_only_all_of_them_pass(
        self, sendings: list[dict[str, str]]
    ) -> None:
        who, crisis, moment = world.person(), module("crisis", "en"), world.NOW
        right = right_answers(crisis)
        known: set[str] = set()
        for sent in sendings:
            work = answer(person=who, module=crisis, answers=sent, now=moment)
            known |= {key for key, value in sent.items() if right.get(key) == value}
            assert set(work.right) == known
            assert (work.passed_at is not None) == (known == set(right))


@pytest.mark.django_db
def test_a_wrong_answer_is_explained_and_only_the_wrong_ones_are_asked_again() -> None:
    one = module("role", "en")
    answers = right_answers(one)
    wrong = one.questions[0]
    answers[wrong.key] = next(o.key for o in wrong.options if not o.is_right)
    client, address = world.browser(world.person()), reverse("training_module", args=["role"])
    page = client.post(address, answers).content.decode()
    chosen = wrong.option(answers[wrong.key])
    assert chosen is not None
    assert "Not quite" in page
    assert chosen.why in page.replace("&#x27;", "'")
    assert page.count('type="radio"') == len(wrong.options)
    # What was chosen is still chosen, and nobody's wrong answer is kept.
    assert len(re.findall(r'type="radio"[^>]*checked', page)) == 1
    assert ModuleWork.objects.get().right == sorted(one.question_keys() - {wrong.key})
    done = client.post(address, {wrong.key: right_answers(one)[wrong.key]}).content.decode()
    assert "This part is done." in done
    assert ModuleWork.objects.get().passed_at is not None


@pytest.mark.django_db
def test_nothing_chosen_changes_nothing_and_says_how_many_are_open() -> None:
    client = world.browser(world.person())
    page = client.post(reverse("training_module", args=["role"]), {"role": "1"}).content.decode()
    assert "4 questions are still open" in page
    assert ModuleWork.objects.get().right == []


@pytest.mark.django_db
def test_a_module_that_nobody_wrote_is_not_there_and_a_visitor_is_asked_to_sign_in() -> None:
    client = world.browser(world.person())
    assert client.get("/training/made-up/").status_code == 404
    assert world.browser().get(reverse("training")).status_code == 302


@pytest.mark.django_db
def test_a_changed_version_asks_again_only_where_its_file_says_so(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = passed(world.person(), now)
    newer = module("role", "en").__class__(**{**vars(module("role", "en")), "version": 2})
    asks = newer.__class__(**{**vars(newer), "counts_from": 2})
    for changed, done in ((newer, True), (asks, False)):
        monkeypatch.setattr(
            "hearthside.groups.queries.training.modules", lambda _language, one=changed: [one]
        )
        step = progress_of(who, language="en", now=now).steps[0]
        assert step.is_done == done
        assert step.has_changed != done

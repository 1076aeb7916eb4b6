"""Somebody who holds an office here, or held one, tries to read, sign or hide what is not theirs."""

from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.utils import timezone
from pytest_django import Settings
from tests import world
from tests.meetings.people import letters_to, reachable
from tests.safety import measuring
from tests.safety.concerned import about, fresh, lead, raised, watched
from tests.safety.test_cases import CLOSE, NOW, acts, case

from hearthside.accounts.models import Person
from hearthside.accounts.ports import holders
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Role
from hearthside.project.checks import findings
from hearthside.safety.actions import case_questions, case_requests, cases, measures
from hearthside.safety.enums import CaseAct, SubjectKind
from hearthside.safety.models import Case, CaseNote, Concern, LogQuestion
from hearthside.safety.ports import subject

pytestmark = pytest.mark.django_db


def colleague() -> Person:
    return world.role(RoleKind.EVALUATOR, reachable())


def named_in(made: Case, opener: Person) -> Person:
    """A colleague whom the opener has let in."""
    who = colleague()
    cases.let_in(case=made, person=who, by=opener, now=NOW)
    return who


def loses_their_role(who: Person) -> Person:
    """The person as the next request finds them."""
    Role.objects.filter(person=who).delete()
    return Person.objects.get(pk=who.pk)


def test_a_lead_does_not_sign_twice_with_an_account_of_their_own_making() -> None:
    opener, second_account = lead(), world.person("second-account")
    made = case(opener)
    with pytest.raises(cases.NeedsARole):
        cases.let_in(case=made, person=second_account, by=opener, now=NOW)
    sent = {"pseudonym": "second-account"}
    answer = world.browser(opener).post(f"/safety/cases/{made.pk}/people/", sent)
    assert "They need a role here first" in answer.content.decode()
    assert world.browser(second_account).get(f"/safety/cases/{made.pk}/").status_code == 404


def test_whoever_lost_their_role_reads_signs_and_is_told_no_more() -> None:
    opener = lead()
    made = case(opener)
    former = named_in(made, opener)
    assert world.browser(former).get(f"/safety/cases/{made.pk}/").status_code == 200
    asked = case_requests.ask(case=made, kind=CLOSE, words="Over.", by=opener, now=NOW)
    before = letters_to(former)
    former = loses_their_role(former)
    browser = world.browser(former)
    assert browser.get(f"/safety/cases/{made.pk}/").status_code == 404
    assert browser.get("/safety/cases/").status_code == 404
    with pytest.raises(cases.NotTheirs):
        case_requests.sign(request=asked, by=former, now=NOW)
    with pytest.raises(cases.NotTheirs):
        cases.note(case=made, words="x", by=former, now=NOW)
    # They are not the one who can still read it, so the opener has to stay.
    with pytest.raises(cases.LastOne):
        cases.let_out(case=made, person=opener, by=opener, now=NOW)
    cases.remind(now=NOW + timedelta(days=9))
    assert letters_to(former) == before


def test_each_look_is_a_line_in_the_log_and_so_is_each_refusal() -> None:
    opener = lead()
    made = case(opener)
    assert acts(made) == [CaseAct.OPENED]
    world.browser(opener).get(f"/safety/cases/{made.pk}/")
    world.browser(lead()).get(f"/safety/cases/{made.pk}/")
    assert set(acts(made)) == {CaseAct.OPENED, CaseAct.LOOKED, CaseAct.REFUSED}


def test_whoever_was_let_in_and_out_again_stands_by_name_on_the_page() -> None:
    opener, friend = lead(), world.role(RoleKind.EVALUATOR, world.person("friend-of-the-lead"))
    made = case(opener)
    cases.let_in(case=made, person=friend, by=opener, now=NOW)
    cases.let_out(case=made, person=friend, by=opener, now=NOW + timedelta(hours=1))
    page = world.browser(opener).get(f"/safety/cases/{made.pk}/").content.decode()
    assert "friend-of-the-lead" in page[page.index("Could read it before") :]


def test_who_was_not_let_in_finds_nothing_of_it_in_their_own_data() -> None:
    opener, suspect = lead(), world.person("heron")
    made = case(opener, suspect)
    world.browser(suspect).get(f"/safety/cases/{made.pk}/")
    assert made.log.filter(person=suspect, act=CaseAct.REFUSED).exists()
    own = holders()["cases"].held(suspect)
    assert all(not part.rows for part in own)
    world.browser(opener).get(f"/safety/cases/{made.pk}/")
    assert len(holders()["cases"].held(opener)[0].rows) == 2


def test_of_a_group_that_two_lead_neither_takes_up_the_case() -> None:
    accused, opener = lead(), lead()
    worry = raised(world.person(), subject=about(accused, world.person()))
    made = cases.open_case(concern=worry, by=opener, now=NOW)
    assert made.about is None
    with pytest.raises(cases.NotTheirs):
        cases.take_up(case=made, words="I want to know.", by=accused, now=NOW)
    sent = {"words": "I want to know."}
    path = f"/safety/cases/{made.pk}/take-up/"
    assert world.browser(accused).post(path, sent).status_code == 404
    # Two years later the concern is gone, and with it the names: nobody knows any more that it was them.
    Case.objects.update(closed_at=NOW, erase_on=NOW.date())
    Concern.objects.all().delete()
    assert world.browser(accused).post(path, sent).status_code == 404
    made.refresh_from_db()
    with pytest.raises(cases.NotTheirs):
        cases.take_up(case=made, words="I want to know.", by=accused, now=NOW)
    assert not CaseNote.objects.exists()


def test_a_lead_who_raised_it_opens_no_case_from_it() -> None:
    raiser = lead()
    with pytest.raises(cases.NotTheirs):
        cases.open_case(concern=raised(raiser), by=raiser, now=NOW)


def test_nobody_answers_their_own_question_about_the_log_and_nobody_but_a_lead_answers() -> None:
    asker = lead()
    question = case_questions.ask(person=asker, now=NOW)
    told = {"words": "There is nothing."}
    path = f"/safety/log-questions/{question.pk}/"
    assert world.browser(asker).post(path, told).status_code == 404
    assert world.browser(world.role(RoleKind.OPERATOR)).post(path, told).status_code == 404
    for nobody in (asker, world.role(RoleKind.OPERATOR)):
        with pytest.raises(cases.NotTheirs):
            case_questions.answer(question=question, words="x", cases=[], by=nobody, now=NOW)
    assert world.browser(lead()).post(path, told).status_code == 302


def test_what_was_shown_of_a_log_is_not_kept_longer_than_the_case() -> None:
    asker, safety = world.person(), lead()
    question = case_questions.ask(person=asker, now=NOW)
    case_questions.answer(question=question, words="None.", cases=[], by=safety, now=NOW)
    case_questions.ask(person=asker, now=NOW)
    assert case_questions.erase_old(now=NOW + timedelta(days=729)) == 0
    assert case_questions.erase_old(now=NOW + timedelta(days=731)) == 1
    assert LogQuestion.objects.get().answered_at is None


def test_a_case_that_nobody_can_read_any_more_is_told_to_the_leads_but_the_accused() -> None:
    opener, accused = lead(), lead()
    made = case(opener, accused)
    other = lead()
    loses_their_role(opener)
    cases.remind(now=NOW + timedelta(days=8))
    assert letters_to(opener) == letters_to(accused) == []
    assert letters_to(other) == ["case"]
    assert "Nobody is named" in world.browser(other).get("/safety/cases/").content.decode()
    cases.take_up(case=made, words="She has left.", by=other, now=NOW)
    assert world.browser(other).get(f"/safety/cases/{made.pk}/").status_code == 200


def test_without_the_key_the_pages_and_the_check_say_so(settings: Settings) -> None:
    opener = lead()
    made = case(opener)
    cases.note(case=made, words="since May", by=opener, now=NOW)
    assert not any("key that sealed it" in each.words for each in findings())
    settings.CASE_KEYS = [Fernet.generate_key().decode()]
    for path in ("/safety/cases/", f"/safety/cases/{made.pk}/"):
        answer = world.browser(opener).get(path)
        assert answer.status_code == 200
        assert "their key is missing" in answer.content.decode()
    assert any("key that sealed it" in each.words for each in findings())


def test_a_step_in_a_hundred_years_is_no_step() -> None:
    opener = lead()
    made, today = case(opener), timezone.localdate()
    browser = world.browser(opener)
    for day in (today + timedelta(days=367), today.replace(year=9999)):
        sent = {"step": "Wait.", "due_on": day.isoformat()}
        answer = browser.post(f"/safety/cases/{made.pk}/step/", sent)
        assert "Please choose a day within a year." in answer.content.decode()
    sent = {"step": "Call.", "due_on": (today + timedelta(days=300)).isoformat()}
    assert browser.post(f"/safety/cases/{made.pk}/step/", sent).status_code == 302


def test_whoever_is_asked_to_stay_away_answers_for_nothing_and_somebody_else_is_asked() -> None:
    group = world.group()
    away = world.role(RoleKind.COORDINATOR, reachable(), site=group.site)
    operator = world.role(RoleKind.OPERATOR)
    worry = raised(world.person(), subject=about(group=group.pk))
    assert watched(worry).readers_of(fresh(worry)) == [away]
    measuring.suspend(away, by=world.role(RoleKind.SAFETY_LEAD), days=1)
    Role.objects.filter(kind=RoleKind.SAFETY_LEAD).delete()
    assert watched(worry).readers_of(fresh(worry)) == [operator]


def test_a_concern_about_a_safety_lead_reaches_somebody_else_whoever_tells_it() -> None:
    accused, other, stranger = lead(), lead(), world.person()
    page = world.browser(stranger).get("/safeguarding/").content.decode()
    address = f"/concerns/new/?about=person&amp;key={accused.pk}"
    assert address in page
    assert str(accused) in world.browser(stranger).get(address.replace("&amp;", "&")).content.decode()  # fmt: skip
    known = subject(SubjectKind.PERSON, accused.pk, reader=stranger, now=NOW)
    assert known is not None
    assert known.group is None
    worry = raised(stranger, subject=known)
    assert watched(worry).readers_of(fresh(worry)) == [other]
    # Nobody else is found by their key, and visitors are told nobody's name.
    assert subject(SubjectKind.PERSON, world.person().pk, reader=stranger, now=NOW) is None
    assert subject(SubjectKind.PERSON, accused.pk, reader=None, now=NOW) is None


def test_whoever_decided_is_told_when_somebody_else_ends_it() -> None:
    group = world.group()
    author, friend = reachable(), reachable()
    made = measuring.hold(world.member(group), group, by=author)
    measures.end(measure=made, by=friend, now=world.NOW)
    assert letters_to(author) == ["measure"]
    assert letters_to(friend) == []
    own = measuring.hold(world.member(group), group, by=author)
    measures.end(measure=own, by=author, now=world.NOW)
    assert letters_to(author) == ["measure"]


def test_nobody_is_sent_letter_after_letter_about_what_never_counted() -> None:
    group = world.group()
    person, author = world.member(group, reachable()), world.person()
    first = measuring.hold(person, group, by=author, days=14)
    measures.end(measure=first, by=author, now=world.NOW + timedelta(days=14))
    told = letters_to(person)
    later = world.NOW + timedelta(days=15)
    made = {measuring.hold(person, group, by=author, now=later).pk for _ in range(5)}
    assert len(made) == 1
    assert len(letters_to(person)) == len(told) + 1

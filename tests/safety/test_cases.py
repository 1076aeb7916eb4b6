"""Cases: named people only, a log of every look, two people to close, a clock, sealed words, an end."""

from datetime import timedelta
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet
from django.db import connection
from pytest_django import Settings
from tests import world
from tests.meetings.people import letters_to, reachable

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.notices.models import Letter
from hearthside.safety.actions import case_questions, case_requests, cases, concerns
from hearthside.safety.case_words import KeyIsMissing, opened, seal
from hearthside.safety.enums import CaseAct, CaseRequestKind, ConcernState, Done, Lane, SubjectKind
from hearthside.safety.models import (
    Case,
    CaseLook,
    CaseNote,
    CaseRequest,
    Concern,
    ConcernParty,
    LogQuestion,
)

pytestmark = pytest.mark.django_db
CLOSE = CaseRequestKind.CLOSE
# Before today: what is open to somebody from then on is open to them on a page.
NOW = world.NOW - timedelta(days=30)


def lead() -> Person:
    return world.role(RoleKind.SAFETY_LEAD, reachable())


def concern(about: Person | None = None, **fields: object) -> Concern:
    made = Concern.objects.create(
        lane=Lane.TELL, kind=SubjectKind.PERSON, key=about.pk if about else None,
        label=str(about or "A meeting"), raised_at=NOW, once=uuid4(), **fields,
    )  # fmt: skip
    if about is not None:
        ConcernParty.objects.create(concern=made, person=about)
    return made


def case(by: Person | None = None, about: Person | None = None) -> Case:
    return cases.open_case(
        concern=concern(about or world.person("heron")), by=by or lead(), now=NOW
    )


def acts(of: Case) -> list[str]:
    return list(of.log.order_by("at", "pk").values_list("act", flat=True))


def test_a_case_is_read_by_whoever_opened_it_and_by_nobody_for_the_sake_of_a_role() -> None:
    opener, about = lead(), world.person("heron")
    made = case(opener, about)
    assert made.about == about
    address = f"/safety/cases/{made.pk}/"
    assert world.browser(opener).get(address).status_code == 200
    group = world.group()
    outsiders = [
        lead(),
        world.role(RoleKind.OPERATOR),
        world.role(RoleKind.COORDINATOR),
        world.role(RoleKind.FACILITATOR, group=group),
        world.person(),
        about,
    ]
    for who in outsiders:
        assert world.browser(who).get(address).status_code == 404
        assert world.browser(who).post(f"{address}notes/", {"words": "x"}).status_code == 404
    refused = CaseLook.objects.filter(case=made, act=CaseAct.REFUSED)
    # Each who tried, once: everybody who is named can see it.
    assert sorted(refused.values_list("person", flat=True)) == sorted(one.pk for one in outsiders)
    assert "Was not let in" in world.browser(opener).get(address).content.decode()


def test_an_address_that_leads_nowhere_looks_the_same() -> None:
    made, reader = case(), world.browser(world.person())
    unknown = uuid4()
    there = reader.get(f"/safety/cases/{made.pk}/")
    nowhere = reader.get(f"/safety/cases/{unknown}/")
    assert there.status_code == nowhere.status_code == 404
    shown = there.content.replace(str(made.pk).encode(), str(unknown).encode())
    assert shown == nowhere.content


def test_nobody_whom_it_is_about_opens_it_or_is_let_in() -> None:
    accused, opener = lead(), lead()
    worry = concern(accused)
    with pytest.raises(cases.NotTheirs):
        cases.open_case(concern=worry, by=accused, now=NOW)
    with pytest.raises(cases.NotTheirs):
        cases.open_case(concern=worry, by=world.role(RoleKind.OPERATOR), now=NOW)
    made = cases.open_case(concern=worry, by=opener, now=NOW)
    with pytest.raises(cases.NotTheirs):
        cases.let_in(case=made, person=accused, by=opener, now=NOW)
    with pytest.raises(cases.NotTheirs):
        cases.take_up(case=made, words="I want to know.", by=accused, now=NOW)
    assert made.number not in world.browser(accused).get("/safety/cases/").content.decode()


def test_somebody_is_let_in_by_name_and_out_again_and_somebody_stays() -> None:
    opener, colleague = lead(), world.role(RoleKind.EVALUATOR)
    made = case(opener)
    with pytest.raises(cases.NotTheirs):
        cases.let_in(case=made, person=colleague, by=lead(), now=NOW)
    cases.let_in(case=made, person=colleague, by=opener, now=NOW)
    # Whoever is named without leading on safety lets nobody in.
    with pytest.raises(cases.NotTheirs):
        cases.let_in(case=made, person=world.person(), by=colleague, now=NOW)
    assert world.browser(colleague).get(f"/safety/cases/{made.pk}/").status_code == 200
    cases.let_out(case=made, person=colleague, by=opener, now=NOW)
    assert world.browser(colleague).get(f"/safety/cases/{made.pk}/").status_code == 404
    with pytest.raises(cases.LastOne):
        cases.let_out(case=made, person=opener, by=opener, now=NOW)


def test_a_lead_who_is_not_named_comes_in_only_seen_and_with_a_reason() -> None:
    opener, other = lead(), lead()
    made = case(opener)
    assert "case" not in letters_to(opener)
    browser = world.browser(other)
    assert made.number in browser.get("/safety/cases/").content.decode()
    assert "heron" not in browser.get("/safety/cases/").content.decode()
    browser.post(f"/safety/cases/{made.pk}/take-up/", {"words": ""})
    assert browser.get(f"/safety/cases/{made.pk}/").status_code == 404
    browser.post(f"/safety/cases/{made.pk}/take-up/", {"words": "She is ill."})
    assert browser.get(f"/safety/cases/{made.pk}/").status_code == 200
    assert "case" in letters_to(opener)
    assert CaseAct.TOOK_UP in acts(made)
    assert opened(CaseNote.objects.get().words) == "She is ill."


def test_what_is_written_is_sealed_in_the_database_and_no_letter_says_it() -> None:
    opener = lead()
    made = case(opener)
    cases.let_in(case=made, person=lead(), by=opener, now=NOW)
    secret = "Kestrel told me that it began in May"
    cases.note(case=made, words=secret, by=opener, now=NOW)
    cases.plan(case=made, step=secret, due_at=NOW, by=opener, now=NOW)
    case_requests.ask(case=made, kind=CLOSE, words=secret, by=opener, now=NOW)
    cases.remind(now=NOW)
    with connection.cursor() as cursor:
        for table in (Case, CaseNote, CaseRequest, CaseLook):
            cursor.execute(f"SELECT * FROM {table._meta.db_table}")
            dump = b"".join(
                bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
                for row in cursor.fetchall()
                for cell in row
            )
            assert b"Kestrel" not in dump
            assert b"heron" not in dump
    for letter in Letter.objects.all():
        assert "Kestrel" not in letter.text + letter.subject
        assert "heron" not in letter.text + letter.subject
    assert secret in world.browser(opener).get(f"/safety/cases/{made.pk}/").content.decode()


def test_an_older_key_still_opens_and_without_it_nobody_reads(settings: Settings) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.CASE_KEYS = [old]
    sealed = seal("since May")
    settings.CASE_KEYS = [new, old]
    assert opened(sealed) == "since May"
    assert opened(seal("June")) == "June"
    settings.CASE_KEYS = [new]
    with pytest.raises(KeyIsMissing):
        opened(sealed)


def test_closing_takes_two_people_and_then_the_clock_erases_it() -> None:
    opener, second = lead(), world.role(RoleKind.EVALUATOR)
    made = case(opener)
    cases.let_in(case=made, person=second, by=opener, now=NOW)
    asked = case_requests.ask(case=made, kind=CLOSE, words="It is over.", by=opener, now=NOW)
    assert case_requests.ask(case=made, kind=CLOSE, words="x", by=second, now=NOW) == asked
    for nobody in (opener, lead()):
        with pytest.raises(cases.NotTheirs):
            case_requests.sign(request=asked, by=nobody, now=NOW)
    case_requests.sign(request=asked, by=second, now=NOW)
    with pytest.raises(case_requests.NothingToSign):
        case_requests.sign(request=asked, by=second, now=NOW)
    with pytest.raises(cases.IsClosed):
        cases.note(case=made, words="x", by=opener, now=NOW)
    last = NOW + case_requests.KEPT
    assert cases.erase_expired(now=last - timedelta(days=1)) == 0
    made.refresh_from_db()
    longer = case_requests.ask(
        case=made, kind=CaseRequestKind.EXTEND, words="A court asks.", by=second, now=NOW
    )
    case_requests.sign(request=longer, by=opener, now=NOW)
    assert cases.erase_expired(now=last) == 0
    assert cases.erase_expired(now=last + timedelta(days=365)) == 1
    assert not CaseNote.objects.exists()
    assert not CaseLook.objects.exists()


def test_a_concern_stays_while_the_case_about_it_is_open() -> None:
    made = case()
    years = NOW + timedelta(days=400)
    answered = Concern.objects.filter(case=made)
    answered.update(state=ConcernState.CLOSED, seen_at=NOW, done=Done.WATCH, erase_on=NOW.date())
    assert concerns.erase_expired(now=years) == 0
    Case.objects.filter(pk=made.pk).update(closed_at=NOW, erase_on=years.date())
    assert concerns.erase_expired(now=years) == 1


def test_an_open_case_is_never_erased_and_what_is_overdue_is_shown_and_told_once() -> None:
    opener = lead()
    made = case(opener)
    later = NOW + timedelta(days=4000)
    assert cases.erase_expired(now=later) == 0
    assert cases.remind(now=NOW + timedelta(days=6)) == 0
    for _ in range(3):
        assert cases.remind(now=later) == 1
    assert letters_to(opener).count("case") == 1
    Case.objects.filter(pk=made.pk).update(due_at=NOW - timedelta(days=400))
    assert "Overdue" in world.browser(opener).get("/safety/cases/").content.decode()


def test_the_case_outlives_the_concern_and_the_account_it_is_about() -> None:
    opener, about = lead(), world.person("heron")
    made = case(opener, about)
    about.delete()
    Concern.objects.all().delete()
    made.refresh_from_db()
    assert (made.about, made.concern) == (None, None)
    assert "heron" in world.browser(opener).get(f"/safety/cases/{made.pk}/").content.decode()


def test_whoever_asks_gets_the_same_form_whether_there_is_a_case_or_not() -> None:
    opener, about, nobody = lead(), world.person("heron"), world.person("wren")
    made = case(opener, about)
    cases.note(case=made, words="Kestrel told me", by=opener, now=NOW)
    pages = []
    for person in (about, nobody):
        browser = world.browser(person)
        browser.post("/me/safety-log/")
        browser.post("/me/safety-log/")
        page = browser.get("/me/safety-log/").content.decode()
        pages.append(page[page.index("<main") : page.index("</main>")])
    assert pages[0] == pages[1]
    theirs, other = (LogQuestion.objects.get(person=who) for who in (about, nobody))
    with pytest.raises(cases.NotTheirs):
        case_questions.answer(question=other, words="Yes", cases=[made], by=opener, now=NOW)
    with pytest.raises(cases.NotTheirs):
        case_questions.answer(question=theirs, words="Yes", cases=[made], by=lead(), now=NOW)
    desk = world.browser(opener)
    told = {"words": "Here is what I can show you.", "cases": [str(made.pk)]}
    desk.post(f"/safety/log-questions/{theirs.pk}/", told)
    page = world.browser(about).get("/me/safety-log/").content.decode()
    assert "Here is what I can show you." in page
    assert "Wrote a note" in page
    for secret in ("Kestrel", str(opener)):
        assert secret not in page
    assert CaseAct.TOLD in acts(made)


def test_a_concerns_page_leads_to_its_case_for_those_who_may_know() -> None:
    opener, other = lead(), lead()
    worry = concern(world.person("heron"))
    page = world.browser(opener).get(f"/concerns/{worry.pk}/").content.decode()
    assert "Open a case" in page
    world.browser(opener).post(f"/concerns/{worry.pk}/case/")
    made = Case.objects.get()
    assert f"/safety/cases/{made.pk}/" in world.browser(opener).get(f"/concerns/{worry.pk}/").content.decode()  # fmt: skip
    page = world.browser(other).get(f"/concerns/{worry.pk}/").content.decode()
    assert "You are not named in it." in page
    assert str(made.pk) not in page

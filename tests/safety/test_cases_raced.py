"""Two people and one case in the same moment: real threads on a real database."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from tests import world
from tests.safety.test_cases import CLOSE, concern, lead
from tests.world import NOW

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.safety.actions import case_requests, cases
from hearthside.safety.models import Case, CaseAccess


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_again", range(3))
def test_of_two_who_sign_at_once_one_does_and_two_leads_open_one_case(_again: int) -> None:
    worry, one, other = concern(world.person()), lead(), lead()
    start = Barrier(2)

    def open_it(by: Person) -> object:
        try:
            start.wait(timeout=30)
            return cases.open_case(concern=worry, by=by, now=NOW).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(open_it, (one, other)))) == 1
    made = Case.objects.get()
    access = CaseAccess.objects.get()
    opener = access.person
    second, third = world.role(RoleKind.EVALUATOR), world.role(RoleKind.EVALUATOR)
    for who in (second, third):
        cases.let_in(case=made, person=who, by=opener, now=NOW)
    asked = case_requests.ask(case=made, kind=CLOSE, words="Over.", by=opener, now=NOW)

    def sign(by: Person) -> bool:
        try:
            start.wait(timeout=30)
            case_requests.sign(request=asked, by=by, now=NOW)
        except case_requests.NothingToSign:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(sign, (second, third))) == [False, True]

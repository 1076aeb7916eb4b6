"""Who must not meet somebody learns it from no clock, and no place is kept for who waits no more."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from hearthside.groups.queries.apart import is_barred
from hearthside.placing.actions import invitations, requests
from hearthside.placing.models import Invitation, Request
from hearthside.placing.queries.waiting import is_kept_apart
from tests import world
from tests.placing import people
from tests.world import NOW


@pytest.mark.django_db
@pytest.mark.parametrize("ask", [is_barred, is_kept_apart])
def test_asking_costs_the_same_whether_or_not_somebody_is_kept_apart(
    ask: Callable[..., bool],
) -> None:
    group = people.a_group()
    inside, barred, elsewhere, free = world.member(group), *(world.person() for _ in range(3))
    people.apart(barred, inside)
    people.apart(elsewhere, world.person())
    asked = set()
    for person in (barred, elsewhere, free):
        with CaptureQueriesContext(connection) as queries:
            ask(person, group, now=NOW)
        asked.add(len(queries))
    assert len(asked) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after the other")
def test_of_an_offer_and_waiting_no_more_at_the_same_moment_no_place_stays_kept() -> None:
    group = people.a_group()
    request = people.waiting(group.site)
    offered, ended = threading.Event(), threading.Event()

    def offer() -> None:
        with transaction.atomic():
            one = Request.objects.get(pk=request.pk)
            invitations.invite(request=one, group=group, proposal=None, by=None, now=NOW)
            offered.set()
            ended.wait(2)
        connection.close()

    def end() -> None:
        offered.wait(10)
        requests.withdraw(request=Request.objects.get(pk=request.pk), now=NOW)
        ended.set()
        connection.close()

    threads = [threading.Thread(target=one) for one in (offer, end)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not Invitation.objects.standing(now=NOW).filter(request=request).exists()

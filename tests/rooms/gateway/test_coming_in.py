"""Who may open the wire of a room, and what everybody else is told."""

from http import HTTPStatus
from uuid import uuid4

import pytest
from django.test import Client
from picows import WSHandshakeError
from pytest_django import Settings

from hearthside.groups.enums import RoleKind
from hearthside.rooms.actions import outside
from hearthside.rooms.enums import Exclusion, Part
from hearthside.rooms.models import Outside, Voice
from tests import world
from tests.rooms import rooms
from tests.rooms.gateway.conftest import Running
from tests.rooms.gateway.house import Guest, House, cookie_of
from tests.rooms.rooms import Table
from tests.rooms.wire_client import connect, run


def refusal(house: House, port: int, who: Guest, **headers: str) -> int:
    """The status with which the handshake is refused."""

    async def tried() -> int:
        with pytest.raises(WSHandshakeError) as refused:
            await house.connect(port, who, headers=headers)
        assert refused.value.response is not None
        return int(refused.value.response.status)

    return run(tried())


def ending(house: House, port: int, who: Guest) -> tuple[int, str | None]:
    """With which code the socket closes, and the reason said before."""

    async def tried() -> tuple[int, str | None]:
        client = await house.connect(port, who)
        return await client.closed(), client.bye()

    return run(tried())


def test_another_site_cannot_open_the_wire_with_our_cookie(gateway: Running, table: Table) -> None:
    house = House(table)
    ana = house.guest()
    for origin in ("https://evil.example", f"https://localhost:{gateway.port}", "null", ""):
        assert refusal(house, gateway.port, ana, Origin=origin) == HTTPStatus.FORBIDDEN
    assert not Voice.objects.exists()


def test_the_public_address_is_our_own_origin_behind_a_web_server_with_tls(
    gateway: Running, table: Table, settings: Settings
) -> None:
    settings.SITE_URL = "https://groups.example.org"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.ALLOWED_HOSTS = ["groups.example.org"]
    house = House(table)
    ana = house.guest()

    async def opened(**headers: str) -> None:
        client = await house.connect(gateway.port, ana, headers=headers)
        await client.until("STATE")

    run(opened(Origin="https://groups.example.org"))
    proxied = {"Host": "groups.example.org", "X_Forwarded_Proto": "https"}
    run(opened(Origin="https://groups.example.org", **proxied))
    settings.SITE_URL = "https://other.example.org"
    run(opened(Origin="https://groups.example.org", **proxied))
    plain = {**proxied, "Origin": "http://groups.example.org"}
    assert refusal(house, gateway.port, ana, **plain) == HTTPStatus.FORBIDDEN


def test_without_our_protocol_or_a_device_there_is_no_wire(gateway: Running, table: Table) -> None:
    house = House(table)
    ana = house.guest()
    assert refusal(house, gateway.port, ana, Sec_WebSocket_Protocol="chat") == 400

    async def elsewhere() -> int:
        with pytest.raises(WSHandshakeError) as refused:
            await connect(gateway.port, room="not-a-room", device=uuid4(), cookie=ana.cookie)  # type: ignore[arg-type]
        assert refused.value.response is not None
        return int(refused.value.response.status)

    assert run(elsewhere()) == HTTPStatus.NOT_FOUND


def test_who_is_not_signed_in_is_told_so(gateway: Running, table: Table) -> None:
    house = House(table)
    ana = house.guest()
    assert ending(house, gateway.port, Guest(ana.person, ana.device, "")) == (4401, None)
    assert ending(house, gateway.port, Guest(ana.person, ana.device, "x" * 32)) == (4401, None)


def test_who_must_prove_themselves_twice_and_did_not_is_not_let_in(
    gateway: Running, table: Table
) -> None:
    house = House(table)
    fay = house.guest(Part.FACILITATOR)
    client = Client()
    client.force_login(fay.person)
    once = Guest(fay.person, fay.device, client.cookies["hearthside"].value)
    assert ending(house, gateway.port, once) == (4401, None)


def test_a_room_that_is_not_yours_is_like_one_that_does_not_exist(
    gateway: Running, table: Table
) -> None:
    house, other = House(table), House(table)
    ana, stranger = house.guest(), other.guest()
    coordinator = world.role(RoleKind.COORDINATOR, site=house.room.group.site)
    reader = Guest(coordinator, rooms.device(coordinator), cookie_of(coordinator))
    for who in (stranger, reader):
        assert ending(house, gateway.port, who) == (4404, None)
    house.room.pk = uuid4()
    assert ending(house, gateway.port, ana) == (4404, None)


def test_a_seat_alone_is_not_enough_the_lobby_comes_first(gateway: Running, table: Table) -> None:
    house = House(table)
    person = table.seat(house.room)
    seated = Guest(person, rooms.device(person), cookie_of(person))
    assert ending(house, gateway.port, seated) == (4404, None)


def test_the_device_of_somebody_else_is_unknown(gateway: Running, table: Table) -> None:
    house = House(table)
    ana, ben = house.guests(2)
    assert ending(house, gateway.port, Guest(ana.person, ben.device, ana.cookie)) == (4409, None)


def test_who_is_asked_to_wait_outside_hears_why(gateway: Running, table: Table) -> None:
    house = House(table)
    fay, ana = house.guest(Part.FACILITATOR), house.guest()
    outside.hold(room=house.room, person=ana.person, by=fay.person, now=house.now())
    assert Outside.objects.get().kind == Exclusion.HELD
    assert ending(house, gateway.port, ana) == (4404, "held")


def test_a_device_is_in_a_room_once_and_the_newer_connection_stays(
    gateway: Running, table: Table
) -> None:
    house = House(table)
    ana = house.guest()

    async def meeting() -> None:
        older = await house.founded(gateway.port, ana)
        newer = await house.sit(gateway.port, ana, after=1)
        await older.closed()
        assert older.bye() == "elsewhere"
        newer.say()
        await newer.envelope()

    run(meeting())


def test_one_person_has_so_many_connections_and_no_more(gateway: Running, table: Table) -> None:
    house = House(table)
    ana = house.guest()
    devices = [rooms.device(ana.person) for _ in range(9)]

    async def meeting() -> None:
        for device in devices[:8]:
            await house.sit(gateway.port, Guest(ana.person, device, ana.cookie))
        over = await house.connect(gateway.port, Guest(ana.person, devices[8], ana.cookie))
        assert await over.closed() == 4429

    run(meeting())

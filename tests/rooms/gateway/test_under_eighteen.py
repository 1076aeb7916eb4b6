"""A room where children may be, over the wire: words pass only while somebody who leads is there."""

from hearthside.rooms.actions import presence
from hearthside.rooms.enums import Part
from tests.groups import young
from tests.rooms.gateway.conftest import Running
from tests.rooms.gateway.house import House, done
from tests.rooms.rooms import Table
from tests.rooms.wire_client import Client, run


def test_words_pass_while_a_facilitator_is_there_and_not_before_or_after(
    gateway: Running, table: Table
) -> None:
    house = House(table, of=young.group())
    fay, ana, ben = house.guest(Part.FACILITATOR), *house.guests(2)

    async def refused(client: Client) -> str:
        number = client.say()
        answer = await client.until("REFUSED")
        assert answer.numbers == (number,)
        return str(answer.body)

    async def meeting() -> None:
        child = await house.founded(gateway.port, ana)
        other = await house.sit(gateway.port, ben, after=1)
        assert await refused(child) == "unled"
        lead = await house.sit(gateway.port, fay, after=1)
        await child.state_where(lambda state: sum(each["is_here"] for each in state["people"]) == 3)
        child.say()
        assert (await other.envelope()).seq == 2
        lead.drop()
        await done(lambda: presence.depart(room=house.room, person=fay.person, now=house.now()))
        await child.state_where(lambda state: sum(each["is_here"] for each in state["people"]) == 2)
        assert await refused(child) == "unled"

    run(meeting())

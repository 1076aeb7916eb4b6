"""ejabberd's group chat (XEP-0045) over plain XMPP on TCP: its leanest door, kept in memory only."""

import asyncio
import shutil
from functools import partial
from pathlib import Path

import packages
from peer import IsAbsent, Peer
from scenarios import Scenario
from seating import Seat

CONFIG = Path(__file__).parents[1] / "served/ejabberd.yml"
LIBRARIES = (
    Path("/usr/lib/x86_64-linux-gnu"),
    Path("/usr/lib/aarch64-linux-gnu"),
    Path("/usr/lib"),
)
OPEN = b"<stream:stream to='localhost' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>"
SIGN_IN = b"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>"
BIND = b"<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>"
ENTER = b"<presence to='%s/%d'><x xmlns='http://jabber.org/protocol/muc'/></presence>"
SAY = b"<message to='%s' type='groupchat'><body>%s</body></message>"
SAID = b"</body>"


class Stream(asyncio.Protocol):
    """One member's XMPP stream: first asked and answered, then counted."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.rest = b""
        self.wanted = b""
        self.answered: asyncio.Future[None] | None = None

    async def ask(self, out: asyncio.Transport, question: bytes, until: bytes) -> None:
        """Send and wait until the answer holds `until`."""
        self.rest, self.wanted = b"", until
        self.answered = asyncio.get_running_loop().create_future()
        out.write(question)
        await asyncio.wait_for(self.answered, 60)
        self.rest, self.answered = b"", None

    def data_received(self, data: bytes) -> None:
        """An answer while asking, otherwise messages; one may be cut between two reads."""
        data = self.rest + data
        if self.answered is not None:
            self.rest = data
            if self.wanted in data and not self.answered.done():
                self.answered.set_result(None)
        elif copies := data.count(SAID):
            end = data.rindex(SAID) + len(SAID)
            if self.seat.is_reading:
                self.seat.read(data[:end])
            self.rest = data[end:]
            self.seat.took(copies)
        else:
            self.rest = data


async def join(seat: Seat, port: int) -> asyncio.Transport:
    """Sign in without a name, enter the room, and wait for the subject, which comes last."""
    loop = asyncio.get_running_loop()
    out, stream = await loop.create_connection(partial(Stream, seat), "127.0.0.1", port)
    room = b"room%d@conference.localhost" % seat.room.number
    await stream.ask(out, OPEN, b"</stream:features>")
    await stream.ask(out, SIGN_IN, b"<success")
    await stream.ask(out, OPEN, b"</stream:features>")
    await stream.ask(out, BIND, b"</jid>")
    await stream.ask(out, ENTER % (room, seat.number), b"<subject")

    def speak(text: bytes) -> None:
        out.write(SAY % (room, text))

    seat.speak = speak
    return out


def prepare(folder: Path) -> Peer:
    """Find Debian's ejabberd and make it a home in `folder`; or IsAbsent."""
    erl = shutil.which("erl")
    found = [one for folder in LIBRARIES for one in folder.glob("ejabberd-*/ebin/ejabberd.app")]
    if erl is None or not found:
        raise IsAbsent("ejabberd is not installed (Debian: apt-get install ejabberd)")
    folder.mkdir(parents=True)
    version = packages.output("dpkg-query", "--show", "--showformat=${Version}", "ejabberd")
    environment = {
        "EJABBERD_CONFIG_PATH": str(folder / "ejabberd.yml"),
        "EJABBERD_LOG_PATH": str(folder / "ejabberd.log"),
        "ERL_LIBS": str(found[0].parents[2]),
        "ERL_MAX_PORTS": "32000",
        "HOME": str(folder),
    }
    command = partial(_command, erl, folder)
    return Peer("ejabberd", f"ejabberd {version}", command, join, environment)


def _command(erl: str, folder: Path, _: Scenario, port: int) -> list[str]:
    """As ejabberdctl starts it, but without a name on the network and with a database of its own."""
    text = CONFIG.read_text("utf-8").replace("PORT", str(port))
    (folder / "ejabberd.yml").write_text(text, "utf-8")
    shutil.rmtree(folder / "spool", ignore_errors=True)
    spool = f'"{folder / "spool"}"'
    return [
        erl,
        "+K",
        "true",
        "+P",
        "250000",
        "-noinput",
        "-mnesia",
        "dir",
        spool,
        "-s",
        "ejabberd",
    ]

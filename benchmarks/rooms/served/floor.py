"""The least that a server in Python can do: the same bytes to every socket, in a loop.

One round for each byte that a member of the first room sends, so that no socket is ever full: the kernel
would join what waits there, and a round would cost less than its sends.
"""

import select
import socket
import sys

FRAME = b"\x82\x7e\x00\xc8" + b"x" * 200


def main(port: int, seats: int, asking: int) -> None:
    """Wait until all have come, then send as asked until they go."""
    server = socket.create_server(("127.0.0.1", port), backlog=4096)
    members = [server.accept()[0] for _ in range(seats)]
    for member in members:
        member.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    waiting = select.poll()
    for member in members[:asking]:
        waiting.register(member, select.POLLIN)
    first_room = {member.fileno(): member for member in members[:asking]}
    while asked := sum(len(first_room[one].recv(64)) for one, _ in waiting.poll()):
        for _ in range(asked):
            for member in members:
                member.send(FRAME)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

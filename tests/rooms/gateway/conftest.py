"""The gateway as `hearthside serve` runs it, on the test's own database, in a thread beside the test."""

import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from django.core.asgi import get_asgi_application

from hearthside.rooms.streams.protocol import Door
from tests.running import free_port


class Running:
    """One gateway on a port."""

    def __init__(self, door: Door) -> None:
        self.door, self.port = door, free_port()
        config = uvicorn.Config(
            get_asgi_application(),
            port=self.port,
            loop="uvloop",
            http="httptools",
            ws=door,  # type: ignore[arg-type]
            lifespan="off",
            log_level="warning",
            timeout_graceful_shutdown=5,
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    def start(self) -> None:
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(timeout=20)
        assert not self.thread.is_alive(), "the server did not stop"
        self.door.close()


def running(*, rates: float) -> Iterator[Running]:
    """A gateway from the first step of this to the second."""
    made = Running(Door(rates=rates))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def gateway(transactional_db: None) -> Iterator[Running]:
    """A running gateway with the rates of every installation."""
    yield from running(rates=1.0)


@pytest.fixture
def fast_gateway(transactional_db: None) -> Iterator[Running]:
    """A running gateway that lets people write as fast as a test does."""
    yield from running(rates=10_000.0)

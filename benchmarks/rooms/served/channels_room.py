"""A room on Django Channels with the in-memory layer: one group for each address."""

from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer  # type: ignore[import-untyped]
from django.conf import settings

settings.configure(
    CHANNEL_LAYERS={"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}},
)


class Member(AsyncWebsocketConsumer):  # type: ignore[misc]
    """One member of the room that the address names."""

    async def connect(self) -> None:
        """Join the group."""
        self.group = f"room-{self.scope['path'].strip('/')}"
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:  # noqa: ARG002
        """Leave the group."""
        await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Send what came to everybody."""
        said = {"type": "said", "text": text_data, "bytes": bytes_data}
        await self.channel_layer.group_send(self.group, said)

    async def said(self, event: dict[str, Any]) -> None:
        """Pass on what somebody said."""
        await self.send(text_data=event["text"], bytes_data=event["bytes"])


application = Member.as_asgi()

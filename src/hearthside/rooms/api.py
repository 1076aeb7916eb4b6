"""What a browser's own script asks for: devices and their key packages, and handing in a report."""

import base64
import json
import re
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hearthside.accounts.access import signed_in
from hearthside.rooms import access
from hearthside.rooms.actions import devices as actions
from hearthside.rooms.actions import keys as room_keys
from hearthside.rooms.actions import reports
from hearthside.rooms.actions.devices import (
    CLAIM_MAX,
    LIFETIME_MAX,
    PACKAGE_BYTES_MAX,
    PACKAGES_MAX,
    Packages,
)
from hearthside.rooms.actions.refusals import MessagesAreMalformed, Refusal

FINGERPRINT: Final = re.compile(r"[0-9a-f]{64}")
# More than one report may hold, so that somebody who chose too many is told so in words.
SHOWN_MAX: Final = 1000

Door = Callable[..., HttpResponse]


class NotUnderstood(ValueError):
    """What was sent is nothing that our own page sends."""


def json_door(door: Door) -> Door:
    """A door for a script: what is not understood is 400, and a Refusal 409 with its sentence."""

    @wraps(door)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return door(request, *args, **kwargs)
        except NotUnderstood:
            words = _("We did not understand that. Please load the page again.")
            return JsonResponse({"words": words}, status=400)
        except Refusal as refusal:
            return JsonResponse({"words": str(refusal)}, status=409)

    return asked


@login_required
@require_POST
@json_door
def devices(request: HttpRequest) -> HttpResponse:
    """This browser has keys: which, and by what it can be let into rooms."""
    told, now = _told(request), timezone.now()
    fingerprint = told.get("fingerprint")
    if not isinstance(fingerprint, str) or not FINGERPRINT.fullmatch(fingerprint):
        raise NotUnderstood
    device = actions.make_known(
        person=signed_in(request),
        fingerprint=fingerprint,
        packages=_packages(told, now=now),
        now=now,
        device_id=_uuid(told["device"]) if "device" in told else None,
    )
    return JsonResponse({"device": str(device.pk), "left": actions.left(device=device, now=now)})


@login_required
@require_POST
@json_door
def packages(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """More key packages for a device of one's own."""
    device, now = access.device_for(request.user, device_id), timezone.now()
    left = actions.publish(device=device, packages=_packages(_told(request), now=now), now=now)
    return JsonResponse({"left": left})


@login_required
@require_POST
@json_door
def claim(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """Key packages of devices whose people are in the same room, to let them into its keys."""
    now = timezone.now()
    standing = access.inside_for(request.user, room_id, now=now)
    wanted = _listed(_told(request), "devices", most=CLAIM_MAX)
    claimed = actions.claim(room=standing.room, devices=[_uuid(each) for each in wanted], now=now)
    found = [{"device": str(each.device_id), "data": _base64url(each.data)} for each in claimed]
    return JsonResponse({"packages": found})


@login_required
@require_POST
@json_door
def keys(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """The room's keys let this browser in no more: those who are there make new ones."""
    now = timezone.now()
    standing = access.inside_for(request.user, room_id, now=now)
    digest = _told(request).get("broken")
    if not isinstance(digest, str) or not FINGERPRINT.fullmatch(digest):
        raise NotUnderstood
    by = room_keys.begin_anew(room=standing.room, digest=digest, now=now)
    return JsonResponse({"by": by.hex() if by else None})


@login_required
@require_POST
@json_door
def report(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """Show exactly these messages to those who keep people safe; also after the meeting."""
    entry, told = access.receipt_for(request.user, room_id), _told(request)
    words = told.get("words", "")
    shown = _listed(told, "messages", most=SHOWN_MAX)
    if not isinstance(words, str):
        raise NotUnderstood
    try:
        kept = reports.report(
            room=entry.room,
            reporter=signed_in(request),
            messages=shown,
            words=words,
            now=timezone.now(),
        )
    except MessagesAreMalformed as refusal:
        return JsonResponse({"words": str(refusal), "forged": list(refusal.which)}, status=409)
    return JsonResponse({"url": reverse("report", args=[kept.pk])}, status=201)


def _told(request: HttpRequest) -> dict[str, Any]:
    try:
        told = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood from error
    if not isinstance(told, dict):
        raise NotUnderstood
    return told


def _listed(told: dict[str, Any], name: str, *, most: int) -> list[Any]:
    listed = told.get(name)
    if not isinstance(listed, list) or len(listed) > most:
        raise NotUnderstood
    return listed


def _packages(told: dict[str, Any], *, now: datetime) -> Packages:
    last_resort = told.get("last_resort")
    once = _listed({"packages": [], **told}, "packages", most=PACKAGES_MAX)
    if not once and last_resort is None:
        return Packages(once=[], last_resort=None, expires_at=now)
    return Packages(
        once=[_bytes(each) for each in once],
        last_resort=None if last_resort is None else _bytes(last_resort),
        expires_at=_expiry(told.get("expires"), now=now),
    )


def _expiry(text: object, *, now: datetime) -> datetime:
    try:
        at = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError as error:
        raise NotUnderstood from error
    if at is None or at.tzinfo is None or not now < at <= now + LIFETIME_MAX:
        raise NotUnderstood
    return at


def _bytes(text: object) -> bytes:
    """Bytes in base64url without padding, at least one and at most PACKAGE_BYTES_MAX."""
    if not isinstance(text, str) or not 0 < len(text) <= (PACKAGE_BYTES_MAX * 4 + 2) // 3:
        raise NotUnderstood
    try:
        read = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise NotUnderstood from error
    if _base64url(read) != text:
        raise NotUnderstood
    return read


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _uuid(text: object) -> UUID:
    if not isinstance(text, str):
        raise NotUnderstood
    try:
        return UUID(text)
    except ValueError as error:
        raise NotUnderstood from error

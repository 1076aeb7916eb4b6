"""Sealing what is written in cases, so that a copy of the database alone tells nobody anything."""

from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class KeyIsMissing(Exception):
    """What was sealed with another key than those we have; see docs/run/cases.md."""


def seal(text: str) -> bytes:
    """The text, unreadable without the key. (Fernet: github.com/fernet/spec, version 0x80.)"""
    return _box(tuple(settings.CASE_KEYS)).encrypt(text.encode())


def opened(sealed: bytes | memoryview) -> str:
    """The text that was sealed; "" for nothing. Raises KeyIsMissing."""
    if not sealed:
        return ""
    try:
        return _box(tuple(settings.CASE_KEYS)).decrypt(bytes(sealed)).decode()
    except InvalidToken as error:
        raise KeyIsMissing from error


@cache
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key.strip()) for key in keys])

"""Which country's numbers a visitor is shown, and what we call the countries that we know."""

from collections.abc import Iterable, Iterator
from typing import Final

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from hearthside.safety import helplines
from hearthside.safety.ports import home_country

COOKIE: Final = "country"
ELSEWHERE: Final = "-"
# Most of the world's browsers are installed as American English: it says nothing about a place.
_SAYS_NOTHING: Final = frozenset({"en-us"})

NAMES: Final[dict[str, str | Promise]] = {
    "AR": _("Argentina"),
    "AT": _("Austria"),
    "AU": _("Australia"),
    "BE": _("Belgium"),
    "BR": _("Brazil"),
    "CA": _("Canada"),
    "CH": _("Switzerland"),
    "CL": _("Chile"),
    "CO": _("Colombia"),
    "DE": _("Germany"),
    "ES": _("Spain"),
    "FR": _("France"),
    "GB": _("United Kingdom"),
    "IE": _("Ireland"),
    "IN": _("India"),
    "IT": _("Italy"),
    "MX": _("Mexico"),
    "NL": _("Netherlands"),
    "NZ": _("New Zealand"),
    "PT": _("Portugal"),
    "US": _("United States"),
    "ZA": _("South Africa"),
}


def country_of(request: HttpRequest) -> str:
    """The ISO 3166-1 code of the country whose lines this visitor needs; "" where nothing says.

    What was chosen on the crisis page in this browser comes first (a traveller knows best where they
    are), then the person's own setting, then the region of their browser's language, then the
    programme's country. Never a guess from an internet address.
    """
    chosen = request.COOKIES.get(COOKIE, "")
    if chosen == ELSEWHERE:
        return ""
    hints = (chosen, *_hints(request))
    return next((code for code in hints if code in helplines.countries()), "")


def choices() -> list[tuple[str, str]]:
    """The countries that we know lines for, with their names in the reader's language, in order."""
    return sorted(
        ((code, name_of(code)) for code in helplines.countries()), key=lambda pair: pair[1]
    )


def name_of(code: str) -> str:
    return str(NAMES.get(code, code))


def languages_named(codes: Iterable[str]) -> list[str]:
    """Languages in the reader's language; the code itself for one that Django has no name for."""
    return [_language(code) for code in codes]


def _language(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def _hints(request: HttpRequest) -> Iterator[str]:
    yield getattr(getattr(request, "user", None), "country", "")
    yield from _regions(request.headers.get("Accept-Language", ""))
    yield home_country()


def _regions(accepted: str) -> Iterator[str]:
    """Regions of the accepted languages, in the order in which browsers list them: by preference."""
    for entry in accepted.lower().split(","):
        tag = entry.partition(";")[0].strip()
        if tag not in _SAYS_NOTHING and "-" in tag:
            yield tag.rpartition("-")[2].upper()

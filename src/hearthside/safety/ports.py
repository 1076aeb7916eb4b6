"""What safety asks of the floors above: the country that the programme is in."""

from collections.abc import Callable

HomeCountry = Callable[[], str]

_home: list[HomeCountry] = []


def register_home_country(rule: HomeCountry) -> None:
    """The last rule given counts; it returns an ISO 3166-1 code, or "" where none was set."""
    _home[:] = [rule]


def home_country() -> str:
    return _home[0]() if _home else ""

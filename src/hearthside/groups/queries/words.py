"""Words that come with the software: default ground rules, what will happen, names of languages."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language_info

DATA = Path(__file__).parent.parent / "data"
# Offered first when a group says which languages people speak; any other code stays as it is.
COMMON_LANGUAGES = (
    "en", "es", "ar", "bn", "bg", "cy", "de", "el", "fa", "fr", "ga", "gu", "hi", "it", "ko", "nl",
    "pa", "pl", "pt", "ro", "ru", "so", "sw", "ta", "tr", "uk", "ur", "vi", "zh-hans",
)  # fmt: skip
# Django carries no name for these.
OTHER_LANGUAGE_NAMES = {
    "bfi": "British Sign Language",
    "ase": "American Sign Language",
    "gu": "ગુજરાતી",
    "so": "Soomaali",
    "zh": "中文",
}


@dataclass(frozen=True)
class MeetingWords:
    """What happens in a meeting, and three lines on a first visit."""

    what_happens: str
    first_visit: str


@cache
def default_ground_rules(language: str) -> str:
    """The ground rules a new group starts with, in that language or else in English."""
    return _path("ground_rules", language, "md").read_text(encoding="utf-8").strip()


@cache
def default_meeting_words(meeting_format: str, language: str) -> MeetingWords:
    """The words a new group of that format starts with, in that language or else in English."""
    tables = tomllib.loads(_path("what_will_happen", language, "toml").read_text(encoding="utf-8"))
    table = tables[meeting_format]
    return MeetingWords(
        what_happens=table["meeting"].strip(), first_visit="\n".join(table["first_visit"])
    )


@cache
def language_name(code: str) -> str:
    """The name of a language in itself ("es" is "español"), or the code if no name is known."""
    if code in OTHER_LANGUAGE_NAMES:
        return OTHER_LANGUAGE_NAMES[code]
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def _path(name: str, language: str, ending: str) -> Path:
    # Only a file that exists is ever opened: a language code comes from a browser or a list.
    found = {path.name: path for path in DATA.glob(f"{name}.*.{ending}")}
    return found.get(
        f"{name}.{language.split('-', maxsplit=1)[0]}.{ending}", DATA / f"{name}.en.{ending}"
    )

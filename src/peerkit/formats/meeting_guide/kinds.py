"""Meeting type codes: what each means, and what they say of language, access and who may come.

Codes and meanings: the Meeting Guide specification (code4recovery/spec, MIT, 2026). `ONL`, `AC` and
`LGBTQIA` are older or other fellowships' codes that published lists still use.
"""

import re
from collections.abc import Mapping
from typing import Final

from peerkit.formats.meeting_guide.text import Fields

TYPE_NAMES: Final[Mapping[str, str]] = {
    "11": "11th step meditation", "12x12": "12 steps and 12 traditions", "A": "Secular", "ABSI": "As Bill Sees It",
    "AC": "Adult children", "AF": "Afrikaans", "AL": "Together with Alateen", "AL-AN": "Together with Al-Anon",
    "AM": "Amharic", "AR": "Arabic", "ASL": "American Sign Language", "B": "Big Book", "BA": "Childcare",
    "BE": "Newcomers", "BG": "Bulgarian", "BI": "Bisexual people", "BRK": "Breakfast", "C": "Closed",
    "CAN": "Candlelight", "CF": "Children welcome", "D": "Discussion", "DA": "Danish", "DB": "Digital basket",
    "DD": "Dual diagnosis", "DE": "German", "DR": "Daily Reflections", "EL": "Greek", "EN": "English",
    "FA": "Persian", "FF": "Fragrance free", "FI": "Finnish", "FR": "French", "G": "Gay people", "GR": "Grapevine",
    "H": "Birthday", "HE": "Hebrew", "HI": "Hindi", "HR": "Croatian", "HU": "Hungarian", "IS": "Icelandic",
    "ITA": "Italian", "JA": "Japanese", "KA": "Georgian", "KOR": "Korean", "L": "Lesbians", "LGBTQ": "LGBTQ people",
    "LGBTQIA": "LGBTQIA people", "LIT": "Literature", "LS": "Living Sober", "LT": "Lithuanian", "M": "Men",
    "MED": "Meditation", "ML": "Malayalam", "MT": "Maltese", "N": "Native Americans", "NB": "Non-binary people",
    "NDG": "Indigenous people", "NE": "Nepali", "NL": "Dutch", "NO": "Norwegian", "O": "Open", "ONL": "Online",
    "OUT": "Outdoors", "P": "Professionals", "POA": "Proof of attendance", "POC": "People of colour",
    "POL": "Polish", "POR": "Portuguese", "PUN": "Punjabi", "RUS": "Russian", "S": "Spanish", "SEN": "Older people",
    "SK": "Slovak", "SL": "Slovenian", "SM": "Smoking allowed", "SP": "Speaker", "ST": "Step study",
    "SV": "Swedish", "T": "Transgender people", "TC": "Place temporarily closed", "TH": "Thai", "TL": "Tagalog",
    "TR": "Tradition study", "TUR": "Turkish", "UK": "Ukrainian", "W": "Women", "X": "Step-free access",
    "XB": "Accessible toilet", "XT": "Cross-talk allowed", "Y": "Young people",
}  # fmt: skip

LANGUAGES: Final[Mapping[str, str]] = {
    "AF": "af", "AM": "am", "AR": "ar", "BG": "bg", "DA": "da", "DE": "de", "EL": "el", "EN": "en", "ES": "es",
    "FA": "fa", "FI": "fi", "FR": "fr", "HE": "he", "HI": "hi", "HR": "hr", "HU": "hu", "IS": "is", "ITA": "it",
    "JA": "ja", "KA": "ka", "KOR": "ko", "LT": "lt", "ML": "ml", "MT": "mt", "NE": "ne", "NL": "nl", "NO": "no",
    "POL": "pl", "POR": "pt", "PUN": "pa", "RUS": "ru", "S": "es", "SK": "sk", "SL": "sl", "SV": "sv",
    "TH": "th", "TL": "tl", "TUR": "tr", "UK": "uk",
}  # fmt: skip

ACCESS: Final[Mapping[str, str]] = {
    "X": "step_free",
    "XB": "accessible_toilet",
    "ASL": "sign_language",
    "FF": "fragrance_free",
    "BA": "childcare",
    "CF": "children_welcome",
}

RULES: Final[Mapping[str, str]] = {
    "W": "women",
    "M": "men",
    "Y": "young_people",
    "SEN": "older_people",
    "NB": "non_binary",
    "T": "transgender",
    "POC": "people_of_colour",
    "N": "indigenous",
    "NDG": "indigenous",
    **dict.fromkeys(("LGBTQ", "LGBTQIA", "G", "L", "BI"), "lgbtq"),
}

BY_LETTERS: Final = {code.upper(): code for code in TYPE_NAMES}
BY_NAME: Final = {name.lower(): code for code, name in TYPE_NAMES.items()}


def types_of(fields: Fields) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The known and the unknown type codes of a row, in its order, without repeats."""
    items = fields.each("types")
    if isinstance(fields.raw.get("types"), str):
        items = tuple(
            part.strip() for item in items for part in re.split(r"[,;|/]", item) if part.strip()
        )
        fields.notes.add(
            "types-rewritten", "types", was=str(fields.raw["types"]), now=", ".join(items)
        )
    codes = tuple(dict.fromkeys(code_of(item) for item in items))
    if codes != tuple(dict.fromkeys(items)):
        fields.notes.add("types-rewritten", "types", was=", ".join(items), now=", ".join(codes))
    unknown = tuple(code for code in codes if code not in TYPE_NAMES)
    if unknown:
        fields.notes.add("unknown-types", "types", was=", ".join(unknown))
    return tuple(code for code in codes if code in TYPE_NAMES), unknown


def code_of(word: str) -> str:
    """The code meant by a code in any letters or by its English name; else the word itself."""
    return BY_LETTERS.get(word.upper()) or BY_NAME.get(word.lower()) or word


def meanings(codes: tuple[str, ...], table: Mapping[str, str]) -> tuple[str, ...]:
    """What the codes mean in LANGUAGES, ACCESS or RULES, without repeats."""
    return tuple(dict.fromkeys(table[code] for code in codes if code in table))

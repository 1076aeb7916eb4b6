"""Which time zone a country or state keeps, where one answer holds for all (or for most) of it.

Countries come from the tz database (`zone.tab`, `iso3166.tab`, public domain). States and provinces are
facts from national law; those split between zones stand in MOSTLY with the zone most people live in.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

EASTERN, CENTRAL = "America/New_York", "America/Chicago"
MOUNTAIN, PACIFIC = "America/Denver", "America/Los_Angeles"

STATE_NAMES: Final[Mapping[str, tuple[str, str]]] = {
    name: (country, code)
    for country, pairs in {
        "US": (
            "Alabama AL,Alaska AK,Arizona AZ,Arkansas AR,California CA,Colorado CO,Connecticut CT,Delaware DE,"
            "District of Columbia DC,Florida FL,Georgia GA,Hawaii HI,Idaho ID,Illinois IL,Indiana IN,Iowa IA,"
            "Kansas KS,Kentucky KY,Louisiana LA,Maine ME,Maryland MD,Massachusetts MA,Michigan MI,Minnesota MN,"
            "Mississippi MS,Missouri MO,Montana MT,Nebraska NE,Nevada NV,New Hampshire NH,New Jersey NJ,"
            "New Mexico NM,New York NY,North Carolina NC,North Dakota ND,Ohio OH,Oklahoma OK,Oregon OR,"
            "Pennsylvania PA,Rhode Island RI,South Carolina SC,South Dakota SD,Tennessee TN,Texas TX,Utah UT,"
            "Vermont VT,Virginia VA,Washington WA,West Virginia WV,Wisconsin WI,Wyoming WY"
        ),
        "CA": (
            "Alberta AB,British Columbia BC,Manitoba MB,New Brunswick NB,Newfoundland and Labrador NL,"
            "Nova Scotia NS,Ontario ON,Prince Edward Island PE,Quebec QC,Québec QC,Saskatchewan SK,Yukon YT"
        ),
        "AU": (
            "Australian Capital Territory ACT,New South Wales NSW,Northern Territory NT,Queensland QLD,"
            "South Australia SA,Tasmania TAS,Victoria VIC,Western Australia WA"
        ),
    }.items()
    for name, code in (pair.rsplit(" ", 1) for pair in pairs.split(","))
}

WHOLLY: Final[Mapping[tuple[str, str], str]] = {
    (country, code): zone
    for country, zone, codes in (
        ("US", EASTERN, "CT DE DC GA ME MD MA NH NJ NY NC OH PA RI SC VT VA WV"),
        ("US", CENTRAL, "AL AR IL IA LA MN MS MO OK WI"),
        ("US", MOUNTAIN, "CO MT NM UT WY"),
        ("US", PACIFIC, "CA NV WA"),
        ("US", "America/Phoenix", "AZ"),
        ("US", "America/Anchorage", "AK"),
        ("US", "Pacific/Honolulu", "HI"),
        ("CA", "America/Edmonton", "AB"),
        ("CA", "America/Winnipeg", "MB"),
        ("CA", "America/Halifax", "NB NS PE"),
        ("CA", "America/Toronto", "QC"),
        ("CA", "America/Regina", "SK"),
        ("CA", "America/Whitehorse", "YT"),
        ("AU", "Australia/Sydney", "ACT NSW"),
        ("AU", "Australia/Darwin", "NT"),
        ("AU", "Australia/Brisbane", "QLD"),
        ("AU", "Australia/Adelaide", "SA"),
        ("AU", "Australia/Hobart", "TAS"),
        ("AU", "Australia/Melbourne", "VIC"),
        ("AU", "Australia/Perth", "WA"),
    )
    for code in codes.split()
}
MOSTLY: Final[Mapping[tuple[str, str], str]] = {
    **{("US", code): zone for code, zone in (
        ("FL", EASTERN), ("MI", "America/Detroit"), ("IN", "America/Indiana/Indianapolis"), ("TX", CENTRAL),
        ("KS", CENTRAL), ("NE", CENTRAL), ("ND", CENTRAL), ("SD", CENTRAL), ("ID", "America/Boise"), ("OR", PACIFIC),
    )},
    ("CA", "BC"): "America/Vancouver", ("CA", "ON"): "America/Toronto", ("CA", "NL"): "America/St_Johns",
}  # fmt: skip
MAINLAND: Final[Mapping[str, str]] = {
    "ES": "Europe/Madrid",
    "PT": "Europe/Lisbon",
    "NZ": "Pacific/Auckland",
    "CN": "Asia/Shanghai",
    "CL": "America/Santiago",
    "EC": "America/Guayaquil",
    "UA": "Europe/Kyiv",
    "MY": "Asia/Kuala_Lumpur",
}
OTHER_NAMES: Final[Mapping[str, str]] = {
    "usa": "US", "u.s.a.": "US", "u.s.": "US", "united states of america": "US", "great britain": "GB",
    "united kingdom": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB",
    "republic of ireland": "IE", "éire": "IE", "deutschland": "DE", "españa": "ES", "méxico": "MX", "brasil": "BR",
    "the netherlands": "NL", "holland": "NL", "nederland": "NL", "czechia": "CZ", "south korea": "KR", "schweiz": "CH",
    "österreich": "AT", "danmark": "DK", "sverige": "SE", "norge": "NO", "suomi": "FI", "polska": "PL", "italia": "IT",
    "türkiye": "TR", "united arab emirates": "AE", "new zealand": "NZ", "taiwan": "TW", "russia": "RU",
}  # fmt: skip


@cache
def country_names() -> Mapping[str, str]:
    """Lower-case English names and usual other names of countries, with their ISO 3166 codes."""
    names = dict(OTHER_NAMES)
    for code, name in _table("iso3166.tab"):
        for part in name.lower().replace(")", "").split(" ("):
            names.setdefault(part.strip(), code)
    return names


@cache
def country_zones() -> Mapping[str, tuple[str, ...]]:
    """The zones of each country by ISO 3166 code."""
    zones: dict[str, tuple[str, ...]] = {}
    for code, _, zone, *_ in _table("zone.tab"):
        zones[code] = (*zones.get(code, ()), zone)
    return zones


def country_code(name: str) -> str:
    """The ISO 3166 code of a country given by code or name; empty when it is not known."""
    if name.upper() in country_zones():
        return name.upper()
    if name.upper() in {"UK", "USA"}:
        return {"UK": "GB", "USA": "US"}[name.upper()]
    return country_names().get(name.lower().strip(), "")


def state_of(name: str, country: str) -> tuple[str, str] | None:
    """(country, code) of a state or province; without a country only where the name leaves no doubt."""
    for full, place in STATE_NAMES.items():
        if full.lower() == name.lower() and country in {"", place[0]}:
            return place
    found = {
        place for place in STATE_NAMES.values() if place[1] == name and country in {"", place[0]}
    }
    return found.pop() if len(found) == 1 else None


def _table(name: str) -> list[list[str]]:
    text = (files("tzdata") / "zoneinfo" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]

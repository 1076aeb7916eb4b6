"""What the crisis engine notices and takes wrongly, rules alone and with the linear model, and how long a message takes in Node.

Run: `python benchmarks/crisis.py [FOLDER] [--speed]`. FOLDER holds crisischeck.jsonl, goemotions/{dev,test}.tsv and xstest/*.csv;
without it only our own held sentences are read, which nobody looked at while the rules were written and nothing was taught with.
"""

import argparse
import csv
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.crisis_cases import Case, cases, languages, names  # noqa: E402

from peerkit.crisis import Tier, read  # noqa: E402

WAYS = ("rules", "both")
LIMIT_MS = 1.0
# What is said in a room when nobody is in danger, in shares, and how danger is told there; () where in any way.
ROOMS: Mapping[str, tuple[Mapping[str, int], Sequence[str]]] = {
    "general": (
        {"general_chat": 35, "practical_group_talk": 25, "ordinary_distress": 15, "hyperbole_joke": 8, "idiom_kill_die": 5,
         "homonym_technical": 4, "medical_note": 4, "fiction_quote_news": 4},
        (),
    ),
    "recovery": (
        {"recovery_vocabulary": 35, "ordinary_distress": 20, "practical_group_talk": 15, "supporter_talk": 15,
         "past_recovered": 10, "general_chat": 5},
        ("medical_emergency_substance", "direct_active_ideation", "attempt_in_progress_or_recent", "plan_means_access",
         "slang_algospeak", "misspelling_obfuscation"),
    ),
    "bereavement": (
        {"bereaved_and_topic": 35, "ordinary_distress": 25, "supporter_talk": 15, "practical_group_talk": 15, "general_chat": 10},
        ("direct_active_ideation", "negated_living", "goodbye_preparation", "plan_means_access", "misspelling_obfuscation"),
    ),
    "suicidality": (
        {"supporter_talk": 30, "past_recovered": 20, "negated_risk": 15, "ordinary_distress": 15, "practical_group_talk": 10,
         "bereaved_and_topic": 5, "general_chat": 5},
        ("direct_active_ideation", "plan_means_access", "goodbye_preparation", "attempt_in_progress_or_recent",
         "current_self_harm", "slang_algospeak", "misspelling_obfuscation", "negated_living", "method_question",
         "third_party_imminent"),
    ),
    "carers": (
        {"ordinary_distress": 30, "supporter_talk": 20, "medical_note": 20, "practical_group_talk": 20, "general_chat": 10},
        ("child_or_vulnerable_abuse", "threat_to_others", "domestic_violence_danger", "direct_active_ideation",
         "third_party_imminent", "negated_living"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence, and the tier it is read as in each of WAYS."""

    case: Case
    told: tuple[Tier, Tier]


def main() -> None:
    """Print the tables."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("folder", nargs="?", type=Path)
    words.add_argument("--speed", action="store_true", help="only how long a message takes")
    asked = words.parse_args()
    held = [one for one in _held() if not asked.speed]
    if held:
        _print_sets(_by(held, lambda one: f"own, held, {one.language}"))
        english = [one for one in held if one.case.language == "en"]
        _print_functionalities(english)
        _print_rooms(english)
    if asked.folder and not asked.speed:
        suite = _reads(_suite(asked.folder / "crisischeck.jsonl"))
        _print_sets(_by(suite, lambda one: f"suite, {one.language}"))
        _print_chat(asked.folder)
    _print_speed()


def _held() -> list[Read]:
    files = [(one, name) for one in languages() for name in names(one) if name.endswith("held")]
    return _reads(case for language, name in files for case in cases(language, name))


def _suite(file: Path) -> list[Case]:
    rows = map(json.loads, file.read_text("utf-8").splitlines())
    return [Case(row["text"], row["lang"], row["tier"], row["functionality"]) for row in rows]


def _reads(some: Iterable[Case]) -> list[Read]:
    return [Read(one, _told(one.text, one.language)) for one in some]


def _told(text: str, language: str) -> tuple[Tier, Tier]:
    return read(text, language, rules_only=True).tier, read(text, language).tier


def _by(some: Iterable[Read], name: Callable[[Case], str]) -> dict[str, list[Read]]:
    groups: dict[str, list[Read]] = defaultdict(list)
    for one in some:
        groups[name(one.case)].append(one)
    return groups


def _share(some: Sequence[Read], way: int, least: Tier) -> float:
    """Per cent of sentences read as `least` or higher."""
    high = (Tier.EXPLICIT,) if least is Tier.EXPLICIT else (Tier.EXPLICIT, Tier.CONCERN)
    return 100 * sum(one.told[way] in high for one in some) / len(some) if some else 0.0


def _row(name: str, *cells: float | str) -> None:
    told = [f"{one:.1f}" if isinstance(one, float) else str(one) for one in cells]
    print(f"| {name} | " + " | ".join(told) + " |")


def _print_sets(groups: Mapping[str, Sequence[Read]]) -> None:
    print(
        "\n| set | tier | n | rules: explicit | rules: noticed | both: noticed |\n|---|---|---|---|---|---|"
    )
    for name, some in sorted(groups.items()):
        for tier in Tier.EXPLICIT, Tier.CONCERN, Tier.NONE:
            of = [one for one in some if one.case.tier == tier]
            if of:
                shares = (
                    _share(of, 0, Tier.EXPLICIT),
                    _share(of, 0, Tier.CONCERN),
                    _share(of, 1, Tier.CONCERN),
                )
                _row(name, tier, len(of), *shares)


def _print_functionalities(some: Sequence[Read]) -> None:
    print(
        "\n| own, held, English | n | rules: explicit | rules: noticed | both: noticed |\n|---|---|---|---|---|"
    )
    for name, of in sorted(_by(some, lambda one: f"{one.tier} {one.functionality}").items()):
        _row(
            name,
            len(of),
            _share(of, 0, Tier.EXPLICIT),
            _share(of, 0, Tier.CONCERN),
            _share(of, 1, Tier.CONCERN),
        )


def _print_rooms(some: Sequence[Read]) -> None:
    by = _by(some, lambda one: one.functionality)
    dangers_all = sorted({one.case.functionality for one in some if one.case.tier == Tier.EXPLICIT})
    print(
        "\n| room | way | explicit noticed | harmless: explicit | harmless: any | right of 100 cards at 1 % |"
    )
    print("|---|---|---|---|---|---|")
    for room, (talk, dangers) in ROOMS.items():
        for way, name in enumerate(WAYS):
            noticed = [_share(by[one], way, Tier.CONCERN) for one in dangers or dangers_all]
            recall = sum(noticed) / len(noticed)
            explicit, anything = (
                _mixed(by, talk, way, least) for least in (Tier.EXPLICIT, Tier.CONCERN)
            )
            right = 100 * recall / (recall + 99 * anything) if recall + anything else 0.0
            _row(room, name, recall, explicit, anything, right)


def _mixed(
    by: Mapping[str, Sequence[Read]], talk: Mapping[str, int], way: int, least: Tier
) -> float:
    return sum(part * _share(by[one], way, least) for one, part in talk.items()) / sum(
        talk.values()
    )


def _print_chat(folder: Path) -> None:
    print("\n| harmless talk | n | way | explicit | concern |\n|---|---|---|---|---|")
    for name, texts in _chat(folder).items():
        told = [_told(text, "en") for text in texts]
        for way, how in enumerate(WAYS):
            many = [sum(one[way] is tier for one in told) for tier in (Tier.EXPLICIT, Tier.CONCERN)]
            _row(name, len(texts), how, *(f"{100 * one / len(texts):.2f}" for one in many))


def _chat(folder: Path) -> dict[str, list[str]]:
    found = {}
    for part in "dev", "test":
        lines = (folder / f"goemotions/{part}.tsv").read_text("utf-8").split("\n")
        found[f"GoEmotions {part}"] = [line.partition("\t")[0] for line in lines if line]
    with next((folder / "xstest").glob("*.csv")).open(encoding="utf-8", newline="") as file:
        found["XSTest safe"] = [
            row["prompt"] for row in csv.DictReader(file) if row["label"] == "safe"
        ]
    return found


def _print_speed() -> None:
    texts = [case.text for name in names("en") for case in cases("en", name)]
    command = ["node", str(Path(__file__).with_suffix(".mjs")), str(ROOT)]
    done = subprocess.run(
        command, input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout)
    print(
        f"\n{len(texts)} messages in Node {told['version']}, the fastest of five rounds; opening {told['open']:.0f} ms"
    )
    print("\n| | p50 ms | p99 ms | limit ms | p99 of the limit |\n|---|---|---|---|---|")
    for name in ("rules", "model", "both"):
        p50, p99 = told[name]
        _row(name, f"{p50:.3f}", f"{p99:.3f}", LIMIT_MS, f"{p99 / LIMIT_MS:.2f}")


if __name__ == "__main__":
    main()

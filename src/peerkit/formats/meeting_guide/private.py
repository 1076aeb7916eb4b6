"""Meeting numbers, passwords and joining links, taken out of notes that anyone may read."""

import re
from typing import Final

NUMBER: Final = r"\d[\d \u00a0-]{7,14}\d\#?"
KIND: Final = (
    r"(?:\b(?:zoom|meeting|dial-?in|call-?\s?in|personal|conference|webinar)[ \t:-]+){0,3}"
)
SECRET: Final = re.compile(
    rf"""
    https?://[^\s<>]{{0,100}}(?:zoom\.us|zoom\.com|meet\.google|teams\.|webex|gotomeet|whereby|jit\.si)[^\s<>]*
        (?:\s+pwd=\S+)?                                                         # a joining link
    | \+\d{{9,13}},,[\d,\#*+]+                                                  # a one-tap number
    | {KIND}\b(?:id|pmi)\b[ \t]*(?:number|no\.?)?[ \t]*(?:is|[:=\#])?[ \t]*(?:{NUMBER}|\d{{4,}}\#)
    | \bzoom\b[ \t]*(?:meeting\b[ \t]*)?(?:is\b|[:\#])?[ \t]*{NUMBER}
    | {KIND}(?<![A-Za-z])(?:pass[ \t]?word|pass[ \t]?code|pwd?|pin)\b
        (?:[ \t]*(?:is[ \t]*:?|[:=]|\.{{2,}})[ \t]*(?!required|needed|not\b|\d{{3}}[.-]\d{{3}}[.-])
           (?:(?:pass[ \t]?word|pass[ \t]?code)[ \t]*:?[ \t]*)?[^\s,;)]+        # "password: abc"
         | [ \t]+(?=[^\s,;]*\d)(?!\d{{3}}[.-]\d{{3}}[.-])[^\s,;)]{{3,}})         # "passcode 12345"
    """,
    re.IGNORECASE | re.VERBOSE,
)
EMPTY_LABEL: Final = re.compile(
    rf"{KIND}(?:zoom|link|online|id|pass[ \t]?word|pass[ \t]?code)?[ \t]*[:,-]+[ \t]*(?=$|phone\b)|\band enter$|\([ \t,]*\)",
    re.IGNORECASE,
)
STRAY_DOTS: Final = re.compile(r"^[ \t.]+(?=\S)|(?<=\.)(?:[ \t]+\.)+")


def without_secrets(text: str) -> tuple[str, str]:
    """What anyone may read, and what only members may: meeting numbers, passwords, joining links.

    The list is public, but its secrets should not spread further through this site: people who disturb
    online meetings look for exactly these lines.
    """
    secrets = [match.group().strip() for match in SECRET.finditer(text)]
    if not secrets:
        return text, ""
    lines = (_tidied(line) for line in SECRET.sub("", text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), "\n".join(dict.fromkeys(secrets))


def _tidied(line: str) -> str:
    rest = STRAY_DOTS.sub("", EMPTY_LABEL.sub("", line))
    rest = re.sub(r"[ \t]{2,}", " ", rest).strip(" ,;")
    return rest if re.search(r"\w", rest) else ""

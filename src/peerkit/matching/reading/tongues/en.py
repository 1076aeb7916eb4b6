"""English as the engine reads it."""

from typing import Final

from peerkit.matching.reading.words import Tongue, word_set

_PEOPLE: Final = {
    "@parent": "mum mom mam mother mama mummy mommy mums moms dad dads father daddy papa parent "
    "parents stepmum stepdad stepmother stepfather mothers fathers folks",
    "@partner": "husband wife partner spouse boyfriend girlfriend fiance fiancee hubby husbands "
    "wives partners missus",
    "@child": "son daughter sons daughters stepson stepdaughter",
    "@kid": "child kid kids children stepchild",
    "@sibling": "brother sister brothers sisters sibling siblings twin stepbrother stepsister",
    "@grand": "gran grandma grandad grandmother grandfather grandparent grandparents granny nan "
    "nana nanna grandpa granddad",
    "@friend": "friend friends mate bestie",
}
_SAME: Final = {
    "=die": "die died dies dead death deaths deceased",
    "=lose": "lose lost losing loss",
    "=drink": "drink drinks drinking drank",
    "=alcoholic": "alcoholic alcoholics",
    "=overeat": "overeat overeating overeater overeaters",
    "=cutting": "cutting",
    "=cant": "cant cannot couldnt",
}
_ACCESS: Final = {
    r"wheelchair|step free|stepfree|no (?:steps|stairs)|ground floor|accessible venue|ramp": "step_free",
    r"captions?|captioned|captioning|subtitles?": "captions",
    r"text (?:only|based)|texting only|chat only|only (?:text|chat|typing)|typing only"
    r"|without (?:speaking|talking)|dont want to (?:speak|talk)": "text_only",
    r"cameras? (?:off|optional)|no camera|without (?:a |my )?camera|off camera": "camera_optional",
    r"easy read|easy words|plain words": "easy_read",
}
_COMMON: Final = (
    "about above across after again against almost along already always another anyone anything "
    "around asked away because become been before began behind being believe below better between "
    "beyond bring brought called cannot change close could couldn course day didnt different doing "
    "done dont down during each early either else enough even evening ever every everyone everything "
    "exactly example face fact fall family feel feeling feels felt find first follow found free friend "
    "full gave getting give given goes going gone good great group groups grow hand happen happened "
    "happy hard have having head hear heard heart help helped helps here high himself hold home hope "
    "hopes hour hours house however idea inside instead into isnt just keep keeps kind knew know known "
    "large last later learn least leave left less life light like likes line listen little live lives "
    "living local long longer look looking looks love made make makes making many matter maybe mean "
    "means meet meeting meetings might mind minute minutes moment money month months more morning most "
    "move moved much must myself name near need needed needs never next night nothing number often "
    "once online only open other others ours outside over part party people perhaps person place plan "
    "play please point possible pretty problem problems quite rather ready real really reason recent "
    "right room said same says second seem seems seen self share shared should show side since small "
    "some someone something sometimes soon sorry sort speak start started still stop stopped story "
    "such support sure take taken takes taking talk talking tell thank thanks that their them then "
    "there these they thing things think thinking this those though thought three through times today "
    "together told took toward town tried tries true trying turn under understand until upon used "
    "using usual very visit wait walk want wanted wants watch week weeks well went were what when "
    "where whether which while white whole whose wish with within without woman women word words work "
    "working works world would write year years young your yours weather shopping stopping sitting "
    "hello ideally certain bored matters stories parking cooking garden gardening walking reading "
    "window cancel cancelled contract spiral starting concerned concern attracted attract companion "
    "created creating create creates needy closer recognize letting writing written peace tension "
    "christmas driving touch chance chances worse contact conclusion expression expressed realizing "
    "realized meditation admission permission education reality treated treating player harder "
    "saying healthy messing messed bother bothers beating buried healed addition bottle sweets sooner "
    "policy server sneaking ruining heated leading charged waking hunting overreacting overbearing "
    "drive hotel filed loner duped music singing knitting painting football running cycling swimming dancing coffee dinner"
)

ENGLISH: Final = Tongue(
    code="en",
    stemmer="english",
    merges=(
        (r"\bpass(?:ed|es|ing)? (?:away|on)\b", "died"),
        (r"\bw/o\b", "without"),
        (r"\bcan not\b", "cannot"),
        # Whoever is looked after is not the one who cares.
        (r"\b(?:look(?:s|ing|ed)? after|car(?:es?|ing|ed) for|takes? care of) me\b", "helps me"),
        (r"\bself-(?=\w)", "self "),
        (r"\bface[- ]to[- ]face\b", "in person"),
        (r"\bsober(?:ed)? up\b", "sober"),
        (r"\bbreak(?:ing)?[- ]up\b", "breakup"),
    ),
    stops=word_set(
"a an the my our your his her their its of to in on at for with from by is am are was were be "
        "been being has have had having i we you he she they it this that who just very really im me "
        "us as about do does did and or nor but because so while when since if him them"
),
    joints=word_set(
"i and or nor but because while when since if so"
),
    common=word_set(_COMMON),
    classes={
        word: name for name, some in {**_PEOPLE, **_SAME}.items() for word in some.split()
    },
    others=word_set(
"he she they his hers their someone neighbour colleague ex baby cousin"
),
    self_marks=frozenset(["i", "am", "as", "being"]),
    refusals=(
        r"(?:dont|doesnt|do not|didnt) (?:want|need)|not (?:looking for|interested in|into)",
        r"(?<!do )(?<!does )(?<!did )(?<!could )(?<!will )\bnot\b(?! (?:just|only))",
        r"(?<!have )(?<!got )\bno\b(?! (?:one|more|longer))|(?:nothing (?:about|with|on|to do with)|but nothing)",
        r"except|apart from|other than|anything but|rather not|rather than",
        r"(?<!life )(?<!live )(?<!living )(?<!day )(?<!days )\bwithout\b",
    ),
    refusal_fillers=word_set(
"a an the any about for with of to in my more one another group groups meeting meetings "
        "support stuff please related talk anything or nor looking want"
),
    days={
        **{name: (day,) for day, names in enumerate((
            "monday mondays mon", "tuesday tuesdays tue tues", "wednesday wednesdays",
            "thursday thursdays thu thur thurs", "friday fridays fri", "saturday saturdays",
            "sunday sundays",
        )) for name in names.split()},
        **dict.fromkeys(("weekend", "weekends"), (5, 6)),
        **dict.fromkeys(("weekday", "weekdays", "midweek"), (0, 1, 2, 3, 4)),
    },
    parts={
        **dict.fromkeys(("morning", "mornings"), (360, 720)),
        **dict.fromkeys(("lunchtime", "lunchtimes", "midday", "noon"), (690, 840)),
        **dict.fromkeys(("afternoon", "afternoons"), (720, 1080)),
        **dict.fromkeys(("evening", "evenings"), (1020, 1380)),
        **dict.fromkeys(("night", "nights", "tonight"), (1080, 1440)),
        **dict.fromkeys(("daytime", "daytimes"), (480, 1080)),
    },
    after=r"\b(?:after|from) (?:work\b|(\d{1,2})(?: (\d\d))? ?(am|pm)?\b)(?! (?:years?|months?|weeks?))",
    before=r"\b(?:before|until|till) (?:work\b|(\d{1,2})(?: (\d\d))? ?(am|pm)?\b)"
    r"(?! (?:years?|months?|weeks?))",
    not_then=r"(?:not|no|never|except|cant do|cant make|cannot do|but not)(?: on| in| the| at)*",
    formats={
        r"online|zoom|virtual(?:ly)?|video(?: call)?|on the internet|remote(?:ly)?|web based": "online",
        r"in person|in the room|offline|physical(?:ly)? (?:meeting|group)": "in_person",
        r"(?:by|on the|over the|via|per) (?:tele)?phone|phone (?:call|group|meeting|support)s?"
        r"|telephone|dial in|phone in": "phone",
    },
    access=_ACCESS,
    only={
        r"(?:women|woman|womens|ladies|female|females|girls) only|only (?:for )?(?:women|ladies|females)"
        r"|(?:just|group for|groups for) women|(?:women|womens|ladies) (?:group|groups|meeting)": "women",
        r"(?:men|man|mens|male|males|guys|lads) only|only (?:for )?(?:men|guys|males)"
        r"|(?:just|group for|groups for) men|(?:men|mens) (?:group|groups|meeting)": "men",
    },
    languages={
        "english": "en", "spanish": "es", "french": "fr", "german": "de", "italian": "it",
        "portuguese": "pt", "polish": "pl", "romanian": "ro", "ukrainian": "uk", "russian": "ru",
        "arabic": "ar", "turkish": "tr", "urdu": "ur", "punjabi": "pa", "hindi": "hi",
        "bengali": "bn", "gujarati": "gu", "tamil": "ta", "chinese": "zh", "mandarin": "zh",
        "cantonese": "yue", "japanese": "ja", "korean": "ko", "vietnamese": "vi", "tagalog": "tl",
        "dutch": "nl", "swedish": "sv", "norwegian": "no", "danish": "da", "finnish": "fi",
        "greek": "el", "hebrew": "he", "farsi": "fa", "persian": "fa", "somali": "so",
        "swahili": "sw", "welsh": "cy", "irish": "ga", "catalan": "ca", "hungarian": "hu",
        "czech": "cs", "bsl": "bfi", "asl": "ase",
    },
    speaking=r"(?:in|speak|speaks|speaking|use|uses|native) {0}|{0} (?:speaking|language|speaker|speakers"
    r"|group|groups|meeting|meetings)",
    not_this=r"(?:not|no|without|except|dont want|rather not|cant do|nothing)(?: a| in| any| on| the)*",
    near=r"\b(?:in|near|nearby|around|round|outside|within reach of|close to|next to|not far from|mov(?:e|ed|ing) to"
    r"|(?:(?<=\bi )|(?<=\bi am )|(?<=\bi come ))from)(?: (?:central|greater|north|south|east|west))? $",
    elsewhere=r"\b(?:not|never|no longer|except|born|raised|grew up|died|dead|killed|happened|lost|was|were|been"
    r"|lived|lives|back|left|works|worked|abused|attacked|assaulted|arrested|hospital|prison|buried"
    r"|interested|(?:he|she|they|who) (?:is|are)) $",
)  # fmt: skip

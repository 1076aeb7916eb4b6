"""Golden sentences: what people write, and what is understood, on the real seed vocabulary."""

import pytest

from peerkit.matching import Free
from tests.engines.matching.seed import lexicon

ENGLISH = {
    "can't cope with drinking and my mum died": "alcohol grief-parent",
    "can\u2019t cope with drinking": "alcohol",
    "I can't cope": "mood",
    "I drink too much": "alcohol",
    "I don't drink any more but I miss it": "alcohol",
    "sober 3 months and lonely": "alcohol loneliness",
    "my husband drinks": "affected-by-drinking",
    "she drinks": "affected-by-drinking",
    "my husband says I drink too much": "alcohol",
    "My husband and I drink every night": "alcohol",
    "living without alcohol": "alcohol",
    "I grew up with an alcoholic father": "adult-children",
    "I'm worried about my son's gambling": "affected-by-gambling",
    "gambling debts": "gambling debt",
    "stop smoking weed": "cannabis",
    "my mother passed away last spring": "grief-parent",
    "since the death of my dad": "grief-parent",
    "lost my wife in March": "grief-partner",
    "widow": "grief-partner",
    "my brother killed himself": "grief-suicide",
    "she was murdered": "grief-sudden",
    "my dog died": "grief-pet",
    "our baby was stillborn": "stillbirth",
    "I lost my job and my wife left me": "unemployment breakup",
    "no job, no money, no home": "unemployment homelessness",
    "my dad has dementia and I look after him": "caring-dementia",
    "carer for my husband with parkinson's": "caring-illness",
    "my daughter has anorexia": "eating-family",
    "my son is autistic": "neurodivergent-family",
    "I am a mum with breast cancer": "breast-cancer",
    "I have a stoma bag after bowel cancer": "stoma bowel-cancer",
    "I hear voices": "hearing-voices",
    "depresion and anxeity": "depression anxiety",
    "since the bereavment": "grief",
    "I was abused as a child": "childhood-trauma",
    "my partner hits me": "domestic-abuse",
    "my girlfriend cheated on me": "infidelity",
    "I cannot sleep at night": "sleep",
    "I'm not sleeping": "sleep",
    "long covid, ME, fibromyalgia": "long-covid fibromyalgia",
    "coming out as gay at 50": "coming-out lgbtq",
    "lost my leg in a car crash": "amputation crime-accident",
    "postnatal depression": "perinatal-mental-health",
    "trying for a baby, IVF failed": "infertility",
    "HIV positive and ashamed": "hiv shame-stigma",
    "thinking of suicide": "suicidal-thoughts",
    "I want to die": "suicidal-thoughts",
    "retired and lonely": "retirement loneliness",
    "I feel low": "depression",
    "ADHD and autistic": "adhd autism",
    "binge and purge": "bulimia",
    "the weather is nice and I like cooking": "",
    "I looked out of the window and cancelled the contract": "",
    "polish nails": "",
    "": "",
}

SPANISH = {
    "no puedo más con la bebida y se murió mi madre": "alcohol grief-parent",
    "mi marido bebe": "affected-by-drinking",
    "bebo demasiado": "alcohol",
    "ya no bebo": "alcohol",
    "mi hijo se droga": "affected-by-drugs",
    "perdí a mi bebé": "stillbirth",
    "mi bebe no duerme": "new-parents",
    "soy viuda y me siento sola": "grief-partner loneliness",
    "mi madre tiene alzhéimer": "caring-dementia",
    "mi hermano se suicidó": "grief-suicide",
    "me quedé sin trabajo, tengo deudas": "unemployment debt",
    "no duermo": "sleep",
    "mi hija tiene anorexia": "eating-family",
    "soy madre con cáncer de mama": "breast-cancer",
    "me pegaban de niño": "childhood-trauma",
    "mi marido me pega": "domestic-abuse",
    "me divorcié": "breakup",
    "autista y con TDAH": "autism adhd",
    "me corto los brazos": "self-harm",
    "ludopatia": "gambling",
    "depresion": "depression",
    "el tiempo es bueno y me gusta cocinar": "",
}

REFUSALS = {
    ("en", "not alcohol, just drugs"): ("drugs", "alcohol"),
    ("en", "depression but no religion"): ("depression", "faith"),
    ("en", "something for anxiety, nothing about god or alcohol"): ("anxiety", "faith alcohol"),
    ("en", "not just alcohol"): ("alcohol", ""),
    ("en", "I don't want religion"): ("", "faith"),
    ("en", "no job"): ("unemployment", ""),
    ("es", "no quiero nada de religión, depresión"): ("depression", "faith"),
    ("es", "duelo, sin religión"): ("grief", "faith"),
}


@pytest.mark.parametrize(("said", "meant"), ENGLISH.items())
def test_an_english_sentence_is_understood(said: str, meant: str) -> None:
    assert _experiences("en", said) == set(meant.split())


@pytest.mark.parametrize(("said", "meant"), SPANISH.items())
def test_a_spanish_sentence_is_understood(said: str, meant: str) -> None:
    assert _experiences("es", said) == set(meant.split())


@pytest.mark.parametrize(("said", "meant"), REFUSALS.items())
def test_what_a_person_does_not_want_is_kept_apart(
    said: tuple[str, str], meant: tuple[str, str]
) -> None:
    read = lexicon(said[0]).understand(said[1])
    assert {found.term_id for found in read.experiences} == set(meant[0].split())
    assert {found.term_id for found in read.not_wanted} == set(meant[1].split())


def test_a_loss_named_with_its_illness_puts_the_loss_first() -> None:
    read = lexicon("en").understand("my mum died of cancer")
    assert [found.term_id for found in read.experiences] == ["grief-parent", "cancer-family"]
    assert read.experiences[0].certainty > read.experiences[1].certainty


def test_the_words_that_said_it_are_given_back() -> None:
    found = lexicon("en").understand("since then I can't stop drinking").experiences
    assert found[0].words == "cant stop drinking"


@pytest.mark.parametrize(
    ("language", "said", "free"),
    [
        ("en", "grief, Tuesday evenings", [(1, 1020, 1380)]),
        ("en", "evenings on Monday or Tuesday", [(0, 1020, 1380), (1, 1020, 1380)]),
        (
            "en",
            "weekends or Thursday after 6pm",
            [(3, 1080, 1440), (5, 1080, 1440), (6, 1080, 1440)],
        ),
        ("en", "Friday evening before 9pm", [(4, 1020, 1260)]),
        ("en", "weekends", [(5, 0, 1440), (6, 0, 1440)]),
        ("en", "not Mondays", [(day, 0, 1440) for day in range(1, 7)]),
        ("en", "I drink every night", []),
        ("es", "los martes por la tarde", [(1, 780, 1260)]),
        ("es", "fines de semana", [(5, 0, 1440), (6, 0, 1440)]),
        ("es", "el jueves a partir de las 7", [(3, 1140, 1440)]),
    ],
)
def test_days_and_parts_of_the_day_are_read(
    language: str, said: str, free: list[tuple[int, int, int]]
) -> None:
    assert lexicon(language).understand(said).free == tuple(Free(*one) for one in free)


PRACTICAL = {
    ("en", "online, in Polish or English, with captions"): ("online", "pl en", "captions", ""),
    ("en", "in person please, wheelchair access"): ("in_person", "", "step_free", ""),
    ("en", "by phone, women only"): ("phone", "", "", "women"),
    ("en", "men only, text only, camera off"): ("", "", "camera_optional text_only", "men"),
    ("en", "not online"): ("", "", "", ""),
    ("es", "en línea, solo mujeres"): ("online", "", "", "women"),
    ("es", "por teléfono, en español"): ("phone", "es", "", ""),
    ("es", "silla de ruedas y subtítulos"): ("", "", "captions step_free", ""),
}


@pytest.mark.parametrize(("said", "meant"), PRACTICAL.items())
def test_the_practical_side_is_read(
    said: tuple[str, str], meant: tuple[str, str, str, str]
) -> None:
    read = lexicon(said[0]).understand(said[1])
    lists = tuple(" ".join(some) for some in (read.formats, read.languages, read.access))
    assert (*lists, read.only) == meant


def _experiences(language: str, said: str) -> set[str]:
    return {found.term_id for found in lexicon(language).understand(said).experiences}

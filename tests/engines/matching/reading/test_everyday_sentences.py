"""More golden sentences: health, grief, addiction, caring, relationships; slips, lists and refusals."""

import pytest

from tests.engines.matching.seed import lexicon

ENGLISH = {
    # health
    "diagnosed with multiple sclerosis last year": "multiple-sclerosis",
    "my back hurts every day, chronic pain for ten years": "chronic-pain",
    "I had a stroke and my wife looks after me": "stroke",
    "type 1 diabetic since I was a kid": "diabetes",
    "heart attack in june, scared it happens again": "heart",
    "migrains three times a week": "migraine",
    "I have epilepsy and I lost my job": "epilepsy unemployment",
    "going through chemo for bowel cancer": "bowel-cancer",
    "fibromialgia and depresion": "fibromyalgia depression",
    "panic attacks on the train": "panic",
    "I was diagnosed with adhd at 43": "adhd",
    "crohns disease and a stoma": "gut stoma",
    "tinnitus keeps me awake": "hearing-loss",
    "I keep washing my hands": "ocd",
    # grief
    "my grandad died in may": "grief-friend",
    "our son died in an accident": "grief-child crime-accident",
    "I lost my sister to cancer": "grief-sibling cancer-family",
    "my best friend killed herself": "grief-suicide",
    "I had a miscarriage at ten weeks": "miscarriage",
    "my husband passed away and I am lonely": "grief-partner loneliness",
    "we had to put our cat to sleep": "grief-pet",
    "I found my dad dead": "grief-parent",
    "grieving my twin": "grief-sibling",
    "she died by suicide": "grief-suicide",
    # addiction
    "I relapsed on cocaine": "stimulants",
    "I can't stop gambling": "gambling",
    "bet everything on horses": "gambling",
    "addicted to painkillers": "opioids",
    "off heroin for two years": "opioids",
    "trying to quit vaping": "nicotine",
    "porn is ruining my marriage": "sex-porn",
    "I drink wine every evening": "alcohol",
    "my wife is an alcoholic": "affected-by-drinking",
    "my daughter is on heroin": "affected-by-drugs",
    "both my parents were alcoholics": "adult-children",
    "alchohol and gambeling": "alcohol gambling",
    # caring
    "I look after my mum who has alzheimers": "caring-dementia caring-parent",
    "caring for my elderly mother": "caring-parent",
    "my son has cerebral palsy": "caring-child",
    "my husband has depression": "caring-mental-health",
    "my partner is bipolar": "caring-mental-health",
    "full time carer for my wife": "caring-partner",
    "my dad had a stroke": "caring-illness",
    "I am a young carer and go to school": "young-carers",
    "my brother has schizophrenia": "caring-mental-health",
    "my wife has breast cancer": "cancer-family",
    # relationships and the rest
    "getting divorced after 20 years": "breakup",
    "my husband had an affair": "infidelity",
    "my son does not talk to me any more": "family-conflict",
    "single mum of two": "single-parents",
    "my boyfriend controls everything I do": "emotional-abuse",
    "my ex hit me and the kids": "domestic-abuse",
    "bullied at school": "bullying",
    "new in this country and lonely": "migration loneliness",
    "I am trans and my parents threw me out": "trans",
    "my daughter came out as gay": "lgbtq-family",
    "I hate my body": "body-image",
    "made redundant at 55": "unemployment",
    "in debt and evicted": "debt homelessness",
    "stressed out at work": "work-stress",
    "I can't sleep, I worry about money and my dad died": "sleep debt grief-parent",
}

SPANISH = {
    "tengo esclerosis múltiple": "multiple-sclerosis",
    "dolor crónico de espalda": "chronic-pain",
    "diabetes tipo 1": "diabetes",
    "tuve un ictus": "stroke",
    "ataques de pánico en el metro": "panic",
    "fibromialjia y depresión": "fibromyalgia depression",
    "murió mi marido": "grief-partner",
    "se murió mi abuela": "grief-friend",
    "mi hijo murió en un accidente": "grief-child",
    "tuve un aborto espontáneo": "miscarriage",
    "murió mi perro": "grief-pet",
    "recaí con la cocaína": "stimulants",
    "no puedo dejar de apostar": "gambling",
    "quiero dejar de fumar": "nicotine",
    "mi hermano es alcohólico": "affected-by-drinking",
    "cuido de mi madre con alzhéimer": "caring-dementia caring-parent",
    "mi mujer tiene cáncer": "cancer-family",
    "mi marido tiene depresión": "caring-mental-health",
    "mi pareja me fue infiel": "infidelity",
    "madre soltera con dos hijos": "single-parents",
    "me han despedido y no puedo pagar las deudas": "unemployment debt",
    "mi hijo no me habla": "family-conflict",
    "estoy sola en un país nuevo": "migration",
    "ansiedad y no duermo": "anxiety sleep",
}

REFUSALS = {
    ("en", "depression, not anxiety"): ("depression", "anxiety"),
    ("en", "grief but nothing religious"): ("grief", "faith"),
    ("en", "gambling, no alcohol please"): ("gambling", "alcohol"),
    ("en", "anything except drugs"): ("", "drugs"),
    ("en", "I'm not interested in religion or god, I have panic attacks"): ("panic", "faith"),
    ("en", "not about cancer or dementia, I care for my mum"): ("caring-parent", "cancer dementia"),
    ("en", "I'd rather not talk about suicide, I lost my brother"): (
        "grief-sibling",
        "suicidal-thoughts",
    ),
    ("en", "I do not want alcohol groups. Divorce."): ("breakup", "alcohol"),
    ("es", "ansiedad, pero no alcohol"): ("anxiety", "alcohol"),
    ("es", "no busco nada de religión ni drogas, tengo depresión"): ("depression", "faith drugs"),
    ("es", "divorcio, nada de cáncer"): ("breakup", "cancer"),
}


@pytest.mark.parametrize(("said", "meant"), ENGLISH.items())
def test_an_everyday_english_sentence_is_understood(said: str, meant: str) -> None:
    assert _experiences("en", said) == set(meant.split())


@pytest.mark.parametrize(("said", "meant"), SPANISH.items())
def test_an_everyday_spanish_sentence_is_understood(said: str, meant: str) -> None:
    assert _experiences("es", said) == set(meant.split())


@pytest.mark.parametrize(("said", "meant"), REFUSALS.items())
def test_a_refusal_is_kept_apart_in_everyday_sentences(
    said: tuple[str, str], meant: tuple[str, str]
) -> None:
    read = lexicon(said[0]).understand(said[1])
    assert {found.term_id for found in read.experiences} == set(meant[0].split())
    assert {found.term_id for found in read.not_wanted} == set(meant[1].split())


def _experiences(language: str, said: str) -> set[str]:
    return {found.term_id for found in lexicon(language).understand(said).experiences}

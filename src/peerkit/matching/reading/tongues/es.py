"""Spanish as the engine reads it."""

from typing import Final

from peerkit.matching.reading.words import Tongue, word_set

_PEOPLE: Final = {
    "@parent": "madre padre mama papa mami papi madres padres madrastra padrastro",
    "@partner": "marido esposo esposa mujer pareja novio novia conyuge",
    "@child": "hijo hija hijos hijas nino nina",
    "@sibling": "hermano hermana hermanos hermanas gemelo gemela",
    "@grand": "abuelo abuela abuelos abuelas abuelito abuelita yayo yaya",
    "@friend": "amigo amiga amigos amigas",
}
_SAME: Final = {
    "=die": "murio muere mueren muerto muerta muerte fallecio fallecido fallecida fallecimiento "
    "murieron fallecieron muriera muriese",
    "=lose": "perdi perdio perdida perder perdido pierdo perdimos",
    "=baby": "bebito bebita",
    "=alcoholic": "alcoholico alcoholica alcoholicos alcoholicas",
    "=parto": "parto partos",
    "=sola": "sola",
    "=suicided": "suicido suicidaron suicidara suicidase",
    "=cut": "cortarme cortandome cortarse",
}
_ACCESS: Final = {
    r"silla de ruedas|sin (?:escalones|escaleras|barreras)|planta baja|rampa|accesible": "step_free",
    r"subtitulos|subtitulado|subtitulada": "captions",
    r"solo (?:texto|chat|escribir|por escrito)|por escrito|sin hablar|por chat": "text_only",
    r"sin (?:la )?camara|camara (?:apagada|opcional)": "camera_optional",
    r"lectura facil": "easy_read",
}
_COMMON: Final = (
    "ademas ahora algo alguien algun alguna algunas algunos alli ambos antes apenas aqui asi aun "
    "aunque ayuda ayudar bastante bien buena bueno busca buscar busco cada casa casi cerca cierto "
    "como compartir contra cosa cosas creo cual cuando cuanto cuenta cuesta debe decir dejar dejo "
    "delante demasiado dentro desde despues dia dias dice dicen donde durante ella ellas ellos "
    "encima encontrar entonces entre epoca esas esos estaba estan estas este esto estoy estuve fuera "
    "gente grupo grupos gusta gustaria haber habia hablar hablo hace hacer hacia hago hasta hay hemos "
    "hoy igual ir juntos lado largo lejos llevo lugar luego lunes mala malo manera mas mayor mejor "
    "menos mientras mismo momento mucha muchas mucho muchos mundo nada nadie necesito ninguna ninguno "
    "noche nombre nosotros nueva nuevo nunca otra otras otro otros parece parte pasa pasado paso "
    "pequena pequeno pero persona personas poca poco poder podria pone porque primera primero prefiero "
    "problema problemas pronto puede pueden puedo pues queda quien quiere quiero quisiera quiza "
    "reunion reuniones sabe saber salir segun seguro semana semanas sentir siempre siento sobre solo "
    "somos tambien tampoco tanto tarde tener tengo tiempo tiene tienen toda todas todo todos "
    "todavia trabajo tras unas unos usted varios veces venir verdad vida vivir vivo vuelta"
)

SPANISH: Final = Tongue(
    code="es",
    stemmer="spanish",
    merges=(
        # Without its accent "bebé" (baby) is "bebe" (drinks): the word before it tells.
        (r"\b(mi|un|una|el|al|nuestro|su|tu|la|primer|del|otro) beb[eé]s?\b", r"\1 bebito"),
        (r"\bbebés?\b", "bebito"),
        # Without its accent "mamá" (mum) is "mama" (breast); after "de" it is the breast.
        (r"\bde mama\b", "de pecho"),
        (r"\bme corto\b", "cortarme"),
        (r"\bqu[ií]t[oó] la vida\b", "suicido"),
        (r"\bcara a cara\b", "en persona"),
    ),
    stops=word_set(
"el la los las un una unos unas de del a al en con por para mi mis tu su sus me te se le lo "
        "nos que es soy estoy esta este esto he ha hemos muy ya y e o u ni pero porque cuando tengo "
        "tiene tienen yo era fue ser han les nuestro nuestra"
) - {"ser"},
    joints=word_set(
"y e o u ni pero porque cuando que yo aunque mientras desde si"
),
    common=word_set(_COMMON),
    classes={
        word: name for name, some in {**_PEOPLE, **_SAME}.items() for word in some.split()
    },
    others=word_set(
"ella ellos alguien vecino vecina colega ex suegra suegro primo prima"
),
    self_marks=frozenset(["soy", "como", "siendo"]),
    refusals=(
        r"no (?:quiero|busco|necesito|me interesa|me interesan|quisiera|deseo)",
        r"\bno\b(?! (?:solo|solamente|bebo|fumo|juego|apuesto|tomo|consumo|como|duermo|puedo|me|se))",
        r"(?<!vivir )(?<!vida )(?<!vivo )\bsin\b|nada (?:de|sobre|con)|nada que ver con",
        r"excepto|salvo|menos|aparte de",
    ),
    refusal_fillers=word_set(
"un una el la los las de del sobre con en para nada grupo grupos reunion reuniones hablar "
        "ningun ninguna o ni mas por favor algo relacionado a al temas tema que sea sean"
),
    days={
        **{name: (day,) for day, name in enumerate(
            ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo")
        )},
        "sabados": (5,), "domingos": (6,),
        "finde": (5, 6), "findes": (5, 6),
        "fin de semana": (5, 6), "fines de semana": (5, 6),
        "entre semana": (0, 1, 2, 3, 4), "dias laborables": (0, 1, 2, 3, 4),
    },
    parts={
        "por la manana": (360, 720), "de manana": (360, 720), "por las mananas": (360, 720),
        "mananas": (360, 720), "en la manana": (360, 720),
        "mediodia": (720, 900), "al mediodia": (720, 900),
        "por la tarde": (780, 1260), "por las tardes": (780, 1260), "tardes": (780, 1260),
        "en la tarde": (780, 1260), "de tarde": (780, 1260),
        "por la noche": (1140, 1440), "por las noches": (1140, 1440), "noches": (1140, 1440),
        "en la noche": (1140, 1440), "de noche": (1140, 1440),
    },
    after=r"\b(?:despues de|desde|a partir de) (?:las |la )?(?:trabajar\b|(\d{1,2})(?: (\d\d))? ?"
    r"(am|pm)?\b)(?! (?:anos?|mes|meses|semanas?))",
    before=r"\b(?:antes de|hasta) (?:las |la )?(?:trabajar\b|(\d{1,2})(?: (\d\d))? ?(am|pm)?\b)"
    r"(?! (?:anos?|mes|meses|semanas?))",
    not_then=r"(?:no|nunca|excepto|menos|no puedo|salvo)(?: los| el| la| en| por)*",
    formats={
        r"en linea|online|zoom|virtual|videollamada|por internet|a distancia|por video": "online",
        r"en persona|presencial(?:es)?|presencialmente": "in_person",
        r"por telefono|telefonico|telefonica|llamada(?: de telefono)?": "phone",
    },
    access=_ACCESS,
    only={
        r"solo (?:para )?mujeres|(?:grupo|grupos|reunion) (?:de|para) mujeres|no mixto": "women",
        r"solo (?:para )?hombres|(?:grupo|grupos|reunion) (?:de|para) hombres": "men",
    },
    languages={
        "ingles": "en", "espanol": "es", "castellano": "es", "frances": "fr", "aleman": "de",
        "italiano": "it", "portugues": "pt", "polaco": "pl", "rumano": "ro", "ucraniano": "uk",
        "ruso": "ru", "arabe": "ar", "turco": "tr", "chino": "zh", "japones": "ja", "coreano": "ko",
        "catalan": "ca", "gallego": "gl", "euskera": "eu", "vasco": "eu", "quechua": "qu",
        "guarani": "gn", "nahuatl": "nah", "hindi": "hi", "urdu": "ur", "holandes": "nl",
        "griego": "el", "bulgaro": "bg", "lengua de signos": "ssp",
    },
    speaking=r"(?:en|hablo|hablar|habla|hablamos) {0}",
    not_this=r"(?:no|sin|excepto|nada|no quiero|nada de)(?: en| por| un| una| el| la)*",
    near=r"\b(?:en|cerca de|por|alrededor de|junto a|no lejos de|(?<=\bsoy )de|mud(?:o|e|ado|ada|arme) a) $",
    elsewhere=r"\b(?:no|nunca|ya no|excepto|naci|nacio|nacid[oa]|creci|crecio|murio|muerto|muerta|fallecio"
    r"|murieron|mataron|paso|ocurrio|perdi|era|fue|estuve|estaba|vivia|vivio|vive|viven|trabaja|trabajaba"
    r"|abusaron|atacaron|hospital|prision|carcel|entierro|interesa) $",
)  # fmt: skip

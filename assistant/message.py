"""Reading a message before any search: orders, follow-ups, questions of several parts.

Patterns of words, by language. Each function reads one thing; :mod:`assistant.question` calls them
once for a message.
"""

from __future__ import annotations

import re
from functools import cache

from assistant import sorts
from assistant.reviewed import patterns, table
from index.tokens import words
from sources.anchor import LANGS, Lang
from sources.folding import fold, fold_in_place, fold_to_line

_THINGS = 4  # at most that a question names side by side
_BETWEEN = {"fr": "entre", "nl": "tussen"}
_KEYWORDS = 4  # words at most of a message that is no sentence
_FOLLOWS = {  # a word that joins it to what was said, or an interrogative and nothing more
    "fr": re.compile(r"^(?:(?:et|mais|ou|alors|donc)\b|(?:pourquoi|quand|comment|avec qui)\W*$)"),
    "nl": re.compile(
        r"^(?:(?:en|maar|of|dus|idem|ook)\b|(?:waarom|(?:tegen )?wanneer|hoe|met wie)\W*$)"
    ),
}
_BACK = {
    "fr": re.compile(
        r"\b(y|celui|celle|ceux|celles|la-bas|il|elle|ils|elles|leur|cela|ca"
        r"|ce(?:tte|s)? derni(?:er|ere)s?\b(?! (?:ans|annees?|mois|semaines?|jours?|temps)\b))\b"
        r"|\bqui (?:ne )?(?:l[ea] |les |l')(?=\w)"  # "qui l'établit ?", "qui doit le prouver ?"
        r"|(?:\bfaut|\bqui (?:doit|doivent|devra|peut|peuvent|pourra)|-(?:on|elles?|nous|vous)) "
        r"(?:l[ea] |les |l')\w+(?:er|[io]r|re)\b"
    ),
    "nl": re.compile(  # "het" before a noun is an article
        r"\b(er|dat|die|deze|dit|daar|hij|zij|ze|hun|laatstgenoemden?"
        r"|het(?!\s+(?!(?:worden|ook|nog|dan|niet)\b)[^\W\d_]{3})"
        r"|(?:er|daar|hier)(?:aan|bij|door|in|mee|na|naar|om|onder|op|over|tegen|toe|uit|van|voor))\b"
    ),
}
# A pronoun that repeats the subject, or that of "faut-il", is of nothing that was spoken of.
_INVERTED = re.compile(
    r"(?:(?<!\w)(?:une?|les?|la|l'|des|du|ce|cet|cette|ces|chaque|aucune?)[ ]?\w.*?|\bfaut)"
    r"(?P<pronoun>-(?:t-)?(?:ils?|elles?))\b"
)
_OF_ITSELF = {  # such words where they open a clause, or keep the place of a subject
    "fr": re.compile(
        r"\b(?:celui|celle|ceux|celles) (?=(?:qui|que|dont|ou)\b|qu')"
        r"|\b(?:il |n'|n )*y a(?:vait|it)?\b(?:-t-il\b)?"
        r"|\b(?:passe|existe|suffit)-t-il\b|\bil (?:faut|existe|suffit)\b"
    ),
    "nl": re.compile(
        r"(?:\b(?:de|die)genen? |\biemand |\b(?:wie|wat) (?:is|zijn) (?:de|het|een) [\w-]+ "
        r"|\b(?:aan|bij|door|in|met|op|tegen|tot|van|voor) (?:de|het|een|elke?) [\w-]+ )"
        r"(?:die|dat)\b"
        r"|(?<=\w )(?!is |zijn )\w+ dat (?:er\b|(?=(?:de|het|een|men)\b))"
        r"|\b(?:gebeurt|bestaa[nt]|is|zijn|was|waren|geldt|gelden|dat|als|indien) er\b"
    ),
}
_WHOSE = {  # of what was spoken of, where the question names nothing that it could be of
    "fr": re.compile(r"\b(?:son|sa|ses|leurs)\b"),
    "nl": re.compile(  # "zijn" is a verb too
        r"\b(?:haar|diens|(?:zijn|van|met|voor|door|uit|over|bij|onder|tegen|naar) zijn"
        r"|(?!(?:wat|dat|dit|het|niet|ooit|nooit)\b)\w+t zijn)\b"
    ),
}
_ANEW = {  # "autre question : …", "iets helemaal anders: …"
    "fr": re.compile(
        r"^(?:bon,? )?(?:(?:une? )?(?:toute? )?autre (?:question|chose|sujet)|rien a voir"
        r"|au fait)\b"
    ),
    "nl": re.compile(
        r"^(?:(?:nog )?(?:een )?(?:\w+ )?(?:andere vraag|ander onderwerp)"
        r"|(?:nog )?iets (?:\w+ )?anders|trouwens)\b"
    ),
}
#: Prepositions and articles, which stand before a thing that a message names.
LEADS: dict[Lang, tuple[str, ...]] = {lang: tuple(table("leads")[lang]) for lang in LANGS}
ELIDED = r"[dl]['’]"  # of these, before a vowel
_JOINT = {  # in front of what a message adds to the one before it
    "fr": re.compile(r"^(?:(?:et|mais|non|bon|oui|donc|alors|plut[oô]t)\b[ ,]*)+", re.IGNORECASE),
    "nl": re.compile(r"^(?:(?:en|maar|nee|neen|ja|dus|dan|eerder)\b[ ,]*)+", re.IGNORECASE),
}
_COMPARES = {  # says how texts are to be looked at, and nothing of what is asked of them
    "fr": re.compile(
        r"^(?:compare[rz]?|(?:c'est quoi |quelles? (?:est |sont )?|y a-t-il )?"
        r"(?:la |les |des |une )?differences? (?:y a-t-il )?entre"
        r"|fai(?:s|tes)(?: une)? comparaison (?:de|entre))(?:\s+|$)"
    ),
    "nl": re.compile(
        r"^(?:vergelijk|maak een vergelijking (?:van|tussen)"
        r"|(?:(?:wat|welke?) (?:is|zijn) |zijn er |is er )?(?:het |de |een )?"
        r"verschil(?:len)? tussen)(?:\s+|$)"
    ),
}
_RESPECT = {  # "un club et une école pour le prix"
    "fr": re.compile(
        r"(?<=\w)\s(?:pour|quant (?:a|aux?)|concernant|en ce qui concerne"
        r"|en (?:matiere|termes) d(?:e|u|es|'))\s*\w.*"
    ),
    "nl": re.compile(r"(?<=\w)\s(?:voor|qua|inzake|op het vlak van|wat (?=.+ betreft))\s*\w.*"),
}
_SAME = {  # "c'est le même délai ?", of another text
    "fr": re.compile(r"\b(?:vaut )?(?:memes?|pareil(?:le)?s?|identiques?|idem)\b"),
    "nl": re.compile(
        r"\b(?:geldt (?:daar )?)?(?:dezelfde|hetzelfde|zelfde|gelijk|identieke?|idem)\b"
    ),
}
_ASKS = {
    "fr": r"(?:(?:à|avec|dans|de|sur|pour|par|contre|vers|en|à partir de) (?:quel\w*|qui|quoi)"
    r"|combien|quand|qui|quel\w*|comment|où|pourquoi|que|qu['’])",
    "nl": r"(?:(?:over|met|voor|van|in|op|tegen|bij|aan|naar|door|uit|vanaf|sinds|tot) "
    r"(?:wie|welke?|hoeveel|wanneer)|hoeveel|wanneer|wie|welke?|hoe|waar\w*|waarom|wat)",
}
_AND = {"fr": "(?:et|ainsi que|puis)", "nl": "(?:[eé]n|evenals|alsook)"}
# A question for yes or no that goes on from another ("et est-ce que …", "en mag men …"). Its
# subject stands in it: "en mag de sleutel houden" is of the one before.
_WHETHER = {
    "fr": r"(?:est-ce qu|[a-zà-ÿ]+-(?:t-)?(?:on|ils?|elles?|je|nous|vous)\b)",
    "nl": r"(?:(?:is|zijn|wordt|worden|mag|mogen|kan|kunnen|moet|moeten|krijgt|krijgen|heeft|hebben"
    r"|geldt|gelden|hoeft|hoeven|dient|dienen|bestaat|bestaan|zal|zullen|zou|zouden)"
    r"\s(?:ik|je|jij|u|men|we|wij|hij|jullie|er|dat|dit)\b)",
}
# "about this and about that": the same preposition again begins another part.
_AGAIN = {
    "fr": r"(?:sur|pour|contre|avec|concernant)",
    "nl": r"(?:over|voor|tegen|met|inzake|betreffende)",
}
_PIECE = re.compile(r"[^.!?,;:]+[.!?,;:]*\s*|[.!?,;:]+\s*")  # to a sign that ends a clause


def _matches(message: str, name: str) -> bool:
    """Does a pattern of a file, in either language, match?"""
    text = fold_to_line(message)
    return any(p.search(text) for written in patterns(name).values() for p in written)


def _fullmatches(message: str, name: str) -> bool:
    """Is a message, but for the signs around it, what a pattern of a file says?"""
    text = fold_to_line(message).strip(" .?!")
    return any(p.fullmatch(text) for written in patterns(name).values() for p in written)


def is_order(question: str) -> bool:
    """Does the message instruct the assistant instead of asking?"""
    return _matches(question, "instructions")


def asks_opinion(question: str) -> bool:
    """Does the message ask what the assistant thinks?"""
    return _matches(question, "opinions")


def asks_whether_spoken_of(question: str) -> bool:
    """Does the message ask whether a text speaks of something?"""
    return _matches(question, "speaks")


def asks_for_all(question: str) -> bool:
    """Does the message ask for everything, in so many words?

    >>> asks_for_all("Geef alle acties tegen drugs"), asks_for_all("Hebben alle landen getekend?")
    (True, False)
    """
    return _matches(question, "all")


def asks_whether_still_in_force(question: str) -> bool:
    """Does a question, without the name of its text, ask whether that is in force still?

    >>> asks_whether_still_in_force("est-elle encore en vigueur ?")
    True
    >>> asks_whether_still_in_force("Wanneer treedt in werking?")
    False
    """
    return _fullmatches(question, "still")


def asks_for_help(message: str) -> bool:
    """Does the message ask what the assistant is, can do or knows?

    >>> asks_for_help("Que peux-tu faire ?"), asks_for_help("Que peut faire Frontex ?")
    (True, False)
    """
    return _fullmatches(message, "help")


def subject(question: str, lang: Lang) -> str | None:
    """What a question asks about where it asks nothing more of it; None for any other.

    >>> subject("Que dit la déclaration sur la corruption ?", "fr")
    'la corruption'
    >>> subject("Frontex", "nl"), subject("Que fait Frontex ?", "fr")
    ('frontex', None)
    """
    text = fold_to_line(question).rstrip(" .?!")
    for pattern in _subjects(lang):
        if m := pattern.match(text):
            return m["x"]
    return text if is_keywords(question, lang) else None


@cache
def _subjects(lang: Lang) -> tuple[re.Pattern[str], ...]:
    text = sorts.meant_text(lang)
    return tuple(re.compile(p.replace("<text>", text)) for p in table("subject")[lang])


def is_keywords(question: str, lang: Lang) -> bool:
    """Is the message a few words and no sentence ("Frontex", "havens drugs")?"""
    tokens = fold(question).strip(" .?!").replace("-", " ").split()
    return 0 < len(tokens) == len(words(question, lang)) <= _KEYWORDS


@cache
def _lists(name: str) -> list[tuple[frozenset[str], frozenset[str]]]:
    """By language: words that say what a file is of, and all that may stand with them."""
    found = table(name).values()
    return [(frozenset(w["says"]), frozenset(w["says"] + w["beside"])) for w in found]


def is_courtesy(question: str) -> bool:
    """Does the message only greet or thank?

    >>> is_courtesy("Merci beaucoup !"), is_courtesy("Merci pour quoi ?")
    (True, False)
    """
    return _says_only(question, "courtesy")


def _says_only(text: str, name: str) -> bool:
    """Does a text have a word that one of the lists of a file says, and no other than these lists
    have?
    """
    tokens = set(re.findall(r"[\w']+", fold(text)))
    return any(tokens & says and tokens <= beside for says, beside in _lists(name))


def without_courtesy(message: str) -> str:
    """A message without the greetings and thanks around it, and what it says of how it is to be
    answered; itself, where it is nothing else.

    >>> without_courtesy("Bonjour, qui préside le comité ? Merci d’avance !")
    'qui préside le comité ?'
    >>> without_courtesy("Wie zit het comité voor? Graag met het artikel.")
    'Wie zit het comité voor?'
    """
    pieces = _PIECE.findall(message)
    asks_all = message.rstrip().endswith("?")  # "donne les articles : 5 et 6" asks nothing else
    while pieces and (is_courtesy(pieces[0]) or (asks_all and _says_only(pieces[0], "manner"))):
        pieces.pop(0)
    while pieces and (is_courtesy(pieces[-1]) or _says_only(pieces[-1], "manner")):
        pieces.pop()
    return "".join(pieces).strip() or message


def has_content(question: str, lang: Lang) -> bool:
    """Is there a word in the question that says what it is about?"""
    return any(len(w.written) > 1 and not w.written.isdigit() for w in words(question, lang))


def leans_on_before(question: str, lang: Lang) -> bool:
    """Does the question go on from the one before it ("and the others?", "how does it work?")?"""
    if _FOLLOWS[lang].match(_without_inverted(question, lang)):
        return _content(question, lang) <= 6
    return refers_back(question, lang)


def refers_back(question: str, lang: Lang) -> bool:
    """Has a short question a word for something that was named before it?

    >>> refers_back("Quand commence-t-il ?", "fr"), refers_back("Wanneer opent de hal?", "nl")
    (True, False)
    """
    text = _without_inverted(question, lang)
    if not is_short(question, lang):
        text = _OF_ITSELF[lang].sub(" ", text)
    names_nothing = not re.search(r"(?<=\w\W)[^\W\d_a-zà-ÿ]", question)
    return _content(question, lang) <= 4 and bool(
        _BACK[lang].search(text) or (names_nothing and _WHOSE[lang].search(text))
    )


def _without_inverted(question: str, lang: Lang) -> str:
    """A question in lower case without accents, without a pronoun that repeats its subject."""
    text = fold(question).strip()
    if lang == "fr" and (inverted := _INVERTED.search(text)):
        return text[: inverted.start("pronoun")] + text[inverted.end("pronoun") :]
    return text


def begins_anew(question: str, lang: Lang) -> bool:
    """Does a message say that it asks something else than the one before it?

    >>> begins_anew("Tout autre chose : qui signe ?", "fr"), begins_anew("Et l’autre ?", "fr")
    (True, False)
    """
    return bool(_ANEW[lang].match(fold(question).strip()))


def without_joint(text: str, lang: Lang) -> str:
    """A message without the words that join it to the one before it.

    >>> without_joint("Et dans la directive ?", "fr"), without_joint("nee, de richtlijn", "nl")
    ('dans la directive ?', 'de richtlijn')
    """
    return _JOINT[lang].sub("", text)


def only_joins(text: str, lang: Lang) -> bool:
    """Is a text between two names no more than what joins them?

    >>> only_joins(" et ", "fr"), only_joins(", ", "nl"), only_joins(" modifie ", "fr")
    (True, True, False)
    """
    return bool(re.fullmatch(rf"[\s,;]*(?:{_AND[lang]}\s)?\s*", text, re.IGNORECASE))


def without_comparison(question: str, lang: Lang) -> str:
    """What a question asks to be compared, without that it does.

    >>> without_comparison("Quelles différences entre les amendes ?", "fr")
    'les amendes ?'
    """
    return question[len(comparison(question, lang)) :]


def comparison(question: str, lang: Lang) -> str:
    """The words by which a question begins to ask for a comparison; "" for any other.

    >>> comparison("Wat is het verschil tussen bijlage A en bijlage B?", "nl")
    'wat is het verschil tussen '
    """
    said = _COMPARES[lang].match(fold_in_place(question))
    return said[0] if said else ""


def respect(side: str, lang: Lang) -> str:
    """In what two things are compared, where the second is said with it; "" for none.

    >>> respect("l’école pour la durée du prêt", "fr"), respect("de club voor leden", "nl")
    (' pour la durée du prêt', ' voor leden')
    >>> respect("pour les écoles", "fr")
    ''
    """
    said = _RESPECT[lang].search(fold_in_place(side))
    return side[said.start() :] if said else ""


def without_same(question: str, lang: Lang) -> str | None:
    """A question whether something is the same, without that word; None for any other.

    >>> without_same("Ce sont les mêmes délais ?", "fr"), without_same("Quel délai ?", "fr")
    ('ce sont les  delais ?', None)
    """
    left, count = _SAME[lang].subn("", fold(question))
    return left if count else None


def is_comparison(question: str, lang: Lang) -> bool:
    """Does a question begin by asking for a comparison, be it of nothing that is named?

    >>> is_comparison("Compare les amendes", "fr"), is_comparison("Vergelijk", "nl")
    (True, True)
    """
    return bool(comparison(question, lang))


def is_short(question: str, lang: Lang) -> bool:
    """May the question be too short to stand alone?"""
    return _content(question, lang) <= 2


def _content(question: str, lang: Lang) -> int:
    """How many words say what it is about."""
    return sum(len(w.written) > 2 for w in words(question, lang))


def parts(question: str, lang: Lang) -> list[str]:
    """The questions in a question: more than one where each asks something of its own.

    >>> parts("Quand était la réunion et qui y participait ?", "fr")
    ['Quand était la réunion', 'qui y participait ?']
    >>> parts("Wat staat er over opleidingen en over gemengde patrouilles?", "nl")
    ['Wat staat er over opleidingen', 'over gemengde patrouilles?']
    >>> parts("Wie leidt de dienst, hoeveel kost hij en mag men er roken?", "nl")
    ['Wie leidt de dienst', 'hoeveel kost hij', 'mag men er roken?']
    >>> parts("Qui gère le bac, qui est fermé l’hiver ?", "fr")
    ['Qui gère le bac, qui est fermé l’hiver ?']
    """
    found: list[str] = []
    joint = rf"[,;]?\s+{_AND[lang]}\s+"
    begins = rf"(?={_ASKS[lang]}(?:\b|(?<=['’])))"
    for sentence in re.split(r"(?<=\?)\s+(?!\()", question.strip()):  # "… ? (directive 2019/1)"
        clauses = re.split(
            rf"{joint}(?:{begins}|(?={_WHETHER[lang]}))", sentence, flags=re.IGNORECASE
        )
        if len(clauses) > 1 and re.match(begins, sentence, re.IGNORECASE):  # "qui …, où … et …"
            clauses = [
                c for n in clauses for c in re.split(rf"[,;]\s+{begins}", n, flags=re.IGNORECASE)
            ]
        for piece in clauses:
            found += _again(piece, joint, lang)
    found = [p.strip(" ,;") for p in found]
    whole = [p for p in found if words(p, lang)]
    return whole if len(whole) > 1 and len(whole) == len(found) else [question]


def asks(text: str, lang: Lang) -> bool:
    """Is there an interrogative in a text?"""
    return bool(re.search(rf"(?<!\w){_ASKS[lang]}(?:\b|(?<=['’]))", text, re.IGNORECASE))


def things(question: str, lang: Lang) -> list[str]:
    """The things that a question names side by side, without what it asks of them.

    Whether they are asked apart, only what is found for each can tell: "the police and the customs"
    may be one thing.

    >>> things("Patrouilles mixtes et formations conjointes, qu'en dit-on ?", "fr")
    ['Patrouilles mixtes', 'formations conjointes']
    >>> things("Wat is het verschil tussen Hazeldonk en de coalitie?", "nl")
    ['Hazeldonk', 'de coalitie']
    """
    text = question.strip(" .?!")
    joint = rf"\s+{_AND[lang]}\s+"
    between = re.search(rf"\b{_BETWEEN[lang]}\s+(.+?){joint}(.+)$", text, re.IGNORECASE)
    found = (
        list(between.groups())
        if between
        else re.split(rf"\s*[,;:]\s+(?:{_AND[lang]}\s+)?|[?!]\s+(?!\()|{joint}", text)
    )
    named = (p.strip() for p in found if without_joint(p, lang).strip() and not is_courtesy(p))
    kept = [p for n, p in enumerate(named) if words(p, lang) and not (n and asks(p, lang))]
    return kept if len(kept) <= _THINGS else []


def _again(piece: str, joint: str, lang: Lang) -> list[str]:
    """Split before "and" and a preposition that stood in the piece already."""
    for m in re.finditer(rf"{joint}(?P<again>{_AGAIN[lang]})\b", piece, re.IGNORECASE):
        if re.search(rf"\b{m['again']}\b", piece[: m.start()], re.IGNORECASE):
            return [piece[: m.start()], piece[m.start("again") :]]
    return [piece]

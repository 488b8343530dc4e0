"""Numbers and signs at the heads of printed lines, in French and in Dutch.

What a number is, :mod:`sources.numbering` knows; here is what stands around it.

An act whose markup says what a line is asks for the number in it:

>>> article("Artikel 5 bis — Doel")
Heading(word='art', printed='5 bis', title='Doel')
>>> article("Article 3 de la directive") is None
True
>>> number("(5 bis)"), number("iii)"), number("4.1."), number("§ 1er"), number("—")
('5bis', 'iii', '4.1', '1', '')

In other documents the head of a paragraph tells what it is:

>>> marker("1.2. Contexte")
Marker(form='decimal', sign='.', number=('1', '2'), rest='Contexte')
>>> marker("B.1.2. Le bac est public.").number, marker("II.3 Contexte").number
(('B', '1', '2'), ('II', '3'))
>>> marker("Art. 5bis. Le directeur décide.")
Marker(form='article', sign='', number=('5bis',), rest='Le directeur décide.')
>>> marker("• la sécurité")
Marker(form='bullet', sign='•', number=(), rest='la sécurité')
>>> marker("Article 5 du traité prévoit") is None
True
>>> marker("Article 5 Objet", heading=True).rest
'Objet'

A lone letter may be a roman numeral ("I.", "C."); :func:`readings` gives both, and who reads
the whole text takes the one that follows what came before.

The sign of a number may be a stroke, a dash or a circle too; a dash behind another sign tells
nothing. What has no space behind a stroke is a fraction, and figures behind a dash end a range:

>>> marker("1/ Le bac"), marker("2/3 des bacs")
(Marker(form='decimal', sign='/', number=('1',), rest='Le bac'), None)
>>> marker("A – De veerpont").sign, marker("1 - 3 ponten"), marker("1.- Le bac").sign
('–', None, '.')
>>> marker("② le bac").number, marker("I.2.a) le bac").number, marker("Punt 3: de veerpont").number
(('2',), ('I', '2', 'a'), ('3',))
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from sources.dates import begins_with_date
from sources.locator import Step
from sources.numbering import (
    FIRST,
    HEADING,
    LATIN,
    LETTER,
    ORDINAL,
    PARAGRAPH,
    SPELLED,
    arabic,
    canonical,
    follows,
    ordinal,
    place_of,
    spelled,
)
from sources.numbering import article as number_of_article
from sources.structure.acts import BELONGS

# Names of divisions, the widest first; wider ones close narrower ones.
_DIVISIONS = {
    "app": ("appendice", "aanhangsel"),
    "prt": ("partie", "deel"),
    "bok": ("livre", "boek"),
    "ttl": ("titre", "titel"),
    "cpt": ("chapitre", "hoofdstuk"),
    "sct": ("section", "afdeling"),
    "sbs": ("sous-section", "onderafdeling"),
}
RANKS = len(_DIVISIONS)
WIDEST_FIRST = ("anx", *_DIVISIONS)


def number(printed: str) -> str:
    """The number of a label without its signs, as it stands in a portion; "" where none."""
    bare = re.sub(r"[«»„“”‘’\"§°()\[\]\ufdd0\ufddf]", "", printed).strip().strip(".:;,–—•·*-")
    bare = canonical(bare).replace(":", ".")
    return bare if re.fullmatch(r"[A-Za-z0-9]+(?:[.\-][A-Za-z0-9]+)*", bare) else ""


# Lines of an act


class Heading(NamedTuple):
    """A heading with a number: of an article, a chapter or the like, an annex.

    Attributes:
        word: Word of its step (ELI).
        printed: Its number as printed; "" where it has none.
        title: Words after the number.
    """

    word: str
    printed: str = ""
    title: str = ""

    @property
    def step(self) -> Step:
        """Its step: "Article 5 BIS" gives ``art_5bis``, "Art. 10/1" gives ``art_10-1``."""
        bare = number(self.printed)
        if self.word == "art":
            bare = number_of_article(bare)
        return Step(self.word, bare, self.printed)

    @property
    def rank(self) -> int:
        """Of a division: 1 for the widest; wider divisions close narrower ones."""
        return WIDEST_FIRST.index(self.word)


TO = r"\s(?:à|et|tot(?:\sen\smet)?|en)\s"  # from one article to another
# All of a number or none of it. Beside the grammar, where nothing but a number can stand, a small
# letter may stand apart ("Article 5 bis a").
_ARTICLE_NUMBER = rf"(?>(?:[A-Z]{{1,10}}\s(?=\d))?{HEADING}(?:(?!{TO})\s[a-z]{{1,2}}\b)?)"
_ARTICLE = re.compile(
    rf"(?i:article|artikel|art\.)\s*(?P<number>{_ARTICLE_NUMBER})\s*"
    rf"(?:{TO}(?P<last>(?>{HEADING}))|(?P<rest>\(.+)"
    r"|[.:–—\-]*\s*[:–—\-]\s*(?P<title>.+)|\.?)"
)
_ARTICLE_LAST = re.compile(r"(?:enig|eerste|unique)\s+arti(?:kel|cle)\.?", re.IGNORECASE)


def article(text: str) -> Heading | None:
    """What the heading of an article says; None for anything else."""
    if _ARTICLE_LAST.fullmatch(text):
        return Heading("art", "1")
    found = _ARTICLE.fullmatch(text)
    if not found:
        return None
    printed = found["number"]
    printed = "1" if printed.lower() in FIRST else printed
    printed = f"{printed}-{found['last']}" if found["last"] else printed
    return Heading("art", printed, (found["rest"] or found["title"] or "").strip())


# A short cell or a short beginning that labels a point. Letters need a sign behind them.
_DIGITS = rf"\(?\d{{1,3}}(?:\.\d{{1,2}})*(?:\s?{LATIN}|\s?[a-z])?"
_LETTERS = rf"\(?(?:[a-z]{{1,2}}(?:\s?{LATIN})?|[A-Z]|[ivxl]{{1,6}}|[IVXL]{{1,6}})"
_DASH = r"[—–•·▪*\-]"
_LABEL_CELL = re.compile(
    rf"[«„“‘\"]?\s?(?:{_DIGITS}(?:\.|°?\)|°)|{_LETTERS}\)|[A-Za-z]\.|[IVXLivxl]{{1,6}}\."
    rf"|\d+(?:\.\d+)+|{_DASH})"
)
_LABEL_HEAD = re.compile(
    rf"(?P<label>{_DIGITS}(?:°?\)|°)|{_LETTERS}\)|[—–•](?=\s)|-(?=\s))\s+(?=\S)"
)
_PARAGRAPH_HEAD = re.compile(
    rf"(?P<sign>\d{{1,3}}(?:\.\d{{1,2}})*(?:\s?{LATIN}|\s?[a-z]{{1,2}})?\."
    r"|\d{1,3}(?:\.\d{1,2})+)\s+(?=\S)"
)


def is_label(text: str) -> bool:
    """Whether this is the whole of a label: "a)", "(12)", "iii)", "—", "4.1.1"."""
    return len(text) <= 16 and _LABEL_CELL.fullmatch(text) is not None


def label_head(text: str) -> tuple[str, str]:
    """Label at the head of a line and the words after it; ("", text) where there is none."""
    found = _LABEL_HEAD.match(text)
    return (found["label"], text[found.end() :]) if found else ("", text)


def paragraph_head(text: str) -> tuple[str, str]:
    """Sign at the head of a numbered paragraph ("2.", "4.1.", "4.1") and the words after it."""
    found = _PARAGRAPH_HEAD.match(text)
    return (found["sign"], text[found.end() :]) if found else ("", text)


_AFTER = r"(?:\s*[.:–—\-][\s.:–—\-]*|\s+|$)"
# Of a division; what was inserted has a suffix, a letter, or a stroke ("Titre III bis", "2/1").
_DIVISION_NUMBER = (
    r"(?:(?i:premi[eè]re?|unique|[i1](?:er|re))|[IVXLC]+|\d+(?:[./\-]\d+)*|[A-Z])"
    rf"(?:\s?(?i:{LATIN})\b|[a-z]\b)?(?:/\d+)*"
)
_ORDER = (
    rf"(?:{ORDINAL}|(?i:enige?|unique)(?!\w))"  # before the name: "DERDE DEEL", "ENIG HOOFDSTUK"
)
_DIVISION = tuple(
    (
        word,
        re.compile(
            rf"(?i:{'|'.join(names)})\s+"
            rf"(?P<number>{_DIVISION_NUMBER})(?!\w){_AFTER}(?P<title>.*)"
        ),
        re.compile(rf"(?P<number>{_ORDER})\s+(?i:{'|'.join(names)}){_AFTER}(?P<title>.*)"),
    )
    for word, names in _DIVISIONS.items()
)


def division(text: str) -> Heading | None:
    """The division that a heading opens: "CHAPITRE V", "AFDELING 2", "PREMIÈRE PARTIE"."""
    for word, counted, ordered in _DIVISION:
        if found := counted.fullmatch(text):
            return Heading(word, found["number"], found["title"])
        if found := ordered.fullmatch(text):
            return Heading(word, ordinal(found["number"]) or "1", found["title"])
    return None


_ATTACHED = (
    ("anx", re.compile(r"(?:annexes?|bijlagen?)\b[\s.:–—\-]*(?P<rest>.*)", re.IGNORECASE)),
    ("anx", re.compile(r"Art\.\s?N(?P<rest>(?:\d\S*)?)")),  # an annex, as Justel prints it
    ("app", re.compile(r"(?:appendice|aanhangsel)\b[\s.:–—\-]*(?P<rest>.*)", re.IGNORECASE)),
    ("prc", re.compile(r"protocole?\b\s*(?:\(?n[°ºor]{0,2}\.?\s)?(?P<rest>.*)", re.IGNORECASE)),
    ("dcl", re.compile(r"(?:déclaration|verklaring)\b.*", re.IGNORECASE)),
)
_ATTACHED_NUMBER = re.compile(
    rf"(?P<number>(?:[IVXLCDM]+|\d+|[A-Z](?![\w’'])|[A-Z]{{2,8}}[\-–]\d+)"
    rf"(?:[\-–.]?(?:[A-Z]|\d+)(?!\w))?(?:\s?(?i:{LATIN})\b)?(?:/\d+)*)(?:\s*[.:–—\-]\s*|\s+|$)(?P<title>.*)",
)


_COLLECTIVE = re.compile(
    r"(?:annexes|bijlagen|protocoles|protocollen|déclarations|verklaringen)[\s.:]*", re.IGNORECASE
)


def collective(text: str) -> bool:
    """Whether a title stands above several annexes, protocols or declarations, and is none."""
    return _COLLECTIVE.fullmatch(text) is not None


def attached(text: str) -> Heading | None:
    """What the title of an annex, appendix, protocol or declaration says; None for any other."""
    for word, pattern in _ATTACHED:
        if not (found := pattern.fullmatch(text)):
            continue
        rest = found["rest"] if word != "dcl" else ""
        rest = re.sub(r"^([\dIVXLC]+)\)", r"\1", rest)  # "PROTOCOLE (no 22)"
        if numbered := _ATTACHED_NUMBER.fullmatch(rest):
            printed = re.sub(rf"(?i:\b{LATIN}\b)", lambda m: m[0].lower(), numbered["number"])
            return Heading(word, printed, numbered["title"])
        return Heading(word, "", rest)
    return None


# Heads of paragraphs in other documents

Form = Literal[
    "bullet", "article", "paragraph", "division", "decimal", "roman", "letter", "point", "named"
]  # fmt: skip
Scheme = tuple[str, str, bool, bool]
DASH = "–"  # the sign of a number with nothing but a dash behind it


@dataclass(frozen=True, slots=True)
class Marker:
    """What a paragraph begins with, and the words after it.

    Attributes:
        form: The kind of number; ``"bullet"`` has none.
        sign: What stands around the number: ``"."``, ``")"``, ``"()"``, ``"°"``, ``""`` where
            nothing does, :data:`DASH` for any dash, ``"○"`` for a circle; for a bullet its sign,
            for a division its ELI word (``"cpt"``, ``"anx"``), for another part that is named its
            name.
        number: The number, part by part, as printed.
        rest: The words after it.
        printed: The number as a person cites it, where a portion writes its signs in another way.
    """

    form: Form
    sign: str
    number: tuple[str, ...]
    rest: str
    printed: str = field(default="", repr=False, compare=False)

    @property
    def scheme(self) -> Scheme:
        """Numbers of one scheme are siblings ("1.", "2." and "3", not "1." and "2)" or "A.2.")."""
        letters = re.sub(rf"(?<=\d){LATIN}$", "", "".join(self.number))
        return self.form, self.sign or ".", letters.islower(), letters[:1].isalpha()

    @property
    def rank(self) -> int:
        """Place of the last part of the number in its list, from 1; 0 where it has none."""
        last = self.number[-1] if self.number else ""
        digits = re.match(r"\d+", last)
        if digits:
            return int(digits[0])
        if self.form == "letter" or (self.form == "decimal" and last.isalpha()):
            return place_of(last)
        return arabic(last) or 0

    def succeeds(self, earlier: Marker | None) -> bool:
        """Whether this is the number right after ``earlier``, in the same list."""
        if earlier is None or self.form != earlier.form:
            return False
        if self.form == "article":
            return follows(earlier.number[0], self.number[0])
        return (
            self.scheme == earlier.scheme
            and self.number[:-1] == earlier.number[:-1]
            and self.rank == earlier.rank + 1
        )


# Signs of items that are nothing else, arrows and those of a font of signs among them.
BULLETS = "•‣▪◦●■□►✓→⇒➔-➾\uf000-\uf0ff"
# What stands between two dashes is no item ("- A -"), nor a sign that is explained ("✓ = open").
_BULLET = re.compile(
    r"(?!([–—-])\s.{1,8}\s\1$)"
    rf"(?P<sign>[{BULLETS}○∙·–—*\-]|o(?=\s+\S))\s+(?P<rest>(?!=)\S.*)",
    re.DOTALL,
)
_NO = r"(?:(?i:n[°º]|nos?|nr)\.?\s*(?=[\dIVX]))?"  # "Annexe n° 3"
_ART = r"(?:Art(?:ikel|icle|\.)|ART(?:IKEL|ICLE|\.)|A(?:rt|RT)(?=\s\d|\s?:\s?\d))"
_ARTS = r"(?:Art(?:ikelen|icles|t?\.)|ART(?:IKELEN|ICLES|T?\.))"
# The point behind a number, where the space after it is missing ("Art. 8.Le bac").
_GLUED = r"(?<=[\da-z])\.(?=§|[A-ZÀ-Ý][a-zà-ÿ’'])"
# How a part came to its number: "Art. 4 (nouveau).", "Art. 5 [ancien art. 4]."
_QUALIFIED = r"(?:\s*(?:\((?=[^\W\d_]{2})[^()\n]{2,60}\)|\[(?=[^\W\d_]{2})[^][\n]{2,60}\]))?"
_END = (
    rf"{_QUALIFIED}(?:{_GLUED}"
    r"|\s*[.:–—]?\s*$|\s*[.:–—)/]\s+(?:[–—-]\s+)?|\s*\.\s?[–—-]+\s*|\s+[–—-]\s+|\s*\n"
    r"|[–—-]\s+(?=[A-ZÀ-Ý])|\s?°\.?(?:\s+(?=[A-ZÀ-Ý])|\s*$)"  # "Art.4- Le banc", "Art. 5° Le"
    r"|,?\s+(?=§\s?\d[^\s.]*\.\s+[A-ZÀ-Ý]))"  # "Art. 2, § 1er. Le banc"
)
# "Article 3e" is the third one; "Artikel 3e" and "Art. 3e" are the fifth that follow article 3.
_ORDERED = (
    r"(?:(?P<nth>\d+)\s?i?[eè]me|(?<=(?:Article|ARTICLE)\s)(?P<french_nth>\d+)e"
    rf"|(?P<spelled>{SPELLED}))(?!\w)"
)
_ARTICLE_HEAD = re.compile(
    rf"{_ART}\s?:?\s*{_NO}(?:{_ORDERED}|(?P<number>(?>{HEADING}))){_END}(?P<rest>.*)", re.DOTALL
)
_ARTICLES_HEAD = re.compile(
    rf"{_ARTS}\s*(?P<number>(?>{HEADING}))(?:{TO}(?P<last>(?>{HEADING})))?{_END}(?P<rest>.*)",
    re.DOTALL,
)
_ONLY_ARTICLE = re.compile(
    rf"(?P<number>(?i:enig|eerste|unique))\s(?i:arti(?:kel|cle)){_END}(?P<rest>.*)", re.DOTALL
)
_ARTICLE_HEADS = (_ARTICLE_HEAD, _ARTICLES_HEAD, _ONLY_ARTICLE)
_ARTICLE_IN_HEADING = re.compile(
    rf"{_ART}\s?:?\s*(?P<number>(?>{HEADING}))\s+(?P<rest>.+)", re.DOTALL
)
# A few words or a paragraph behind the number: "Art. 4 nouveau.- Le bac", "Art. 2, § 1 Le bac".
_ARTICLE_UNSURE = re.compile(
    rf"(?P<head>(?:{_ART}|{_ARTS})\s*(?P<number>(?>{HEADING}))(?!\w)[^.:;–—§\d\n]{{0,24}}?"
    r"(?:\s?[.:–—-]+|§\s?\d\S*))\s+[«“\"(]?[A-ZÀ-Ý]"
)
_PARAGRAPH = re.compile(
    rf"(?P<sign>§\s?(?P<number>{PARAGRAPH})(?:\.(?=[^\W\d_])|(?:\s?\.)?(?:\s?[–—-]+)?(?=\s)))\s*"
    r"(?P<rest>\S.*)",
    re.DOTALL,
)
# What opens a section of a document that is no act.
_SECTIONS = {
    name: word
    for word, names in {**_DIVISIONS, "anx": ("annexe", "bijlage")}.items()
    for name in names
}
_SECTION = re.compile(
    rf"(?P<word>(?i:{'|'.join(_SECTIONS)}))"
    rf"(?:\s+{_NO}(?P<number>{_DIVISION_NUMBER}))?"
    rf"{_END}(?P<rest>.*)",
    re.DOTALL,
)
_SECTION_ORDERED = re.compile(
    rf"(?P<order>{_ORDER})\s+(?P<word>(?i:{'|'.join(_SECTIONS)})){_END}(?P<rest>.*)", re.DOTALL
)
_SECTION_IN_HEADING = re.compile(
    rf"(?P<word>(?i:{'|'.join(_SECTIONS)}))\s+{_NO}(?P<number>{_DIVISION_NUMBER})\s+"
    r"(?P<rest>[A-ZÀ-Ý].*)",
    re.DOTALL,
)
# The title of an annex that says so: "Annexe à l'arrêté du 3 mai 2031".
_ANNEXED = re.compile(
    rf"(?P<word>ANNEXE|Annexe|BIJLAGE|Bijlage)(?:\s+{_NO}(?P<number>{_DIVISION_NUMBER}))?\s+"
    rf"(?P<rest>{BELONGS}.{{0,150}}(?<![.;:,!?]))"
)
_SECTION_HEADS = (_SECTION, _SECTION_ORDERED, _ANNEXED)
# What ends a number beside its own sign: a stroke, and a dash behind a sign or in its place.
_STROKE = r"(?<=\w)/(?!\s*\d+\s?/)"  # no date: "3/ 5/ 2031"
_DASHED = r"(?P<dash>(?<=[.)°/])-+(?=\s|$)|\s?[–—-]+(?=\s+[«“„\"(]?\s?[^\W\d_]))?"
_WORDS = r"(?:\s+(?P<rest>\S.*)|\s*$)"
_INSERTED = rf"(?<=°)(?:/\d{{1,3}}|\s?{LATIN})(?!\w)"  # of a point: "1°bis", "1°/1"
# The first part may be that of a lettered or Roman section, the last a letter: "B.1.2.", "II.3.a)".
_DECIMAL = re.compile(
    r"(?P<open>\()?(?P<number>(?:(?:[A-Z]|[IVX]{2,5})\.)?\d{1,3}(?:\.\d{1,3}){0,5}"
    r"(?:\.[a-z](?=[.)]))?)"
    rf"(?:\s?(?P<close>\.?\)|[.°]|{_STROKE})(?P<inserted>{_INSERTED})?)?{_DASHED}"
    rf"(?!\s+\d{{1,2}}\.\s?\d{{4}}\b){_WORDS}",  # no date: "10. 5. 2031"
    re.DOTALL,
)
_ROMAN = re.compile(
    rf"(?P<open>\()?(?P<number>[IVXLC]+|[ivxlc]+)(?P<close>[.)]|{_STROKE})?{_DASHED}{_WORDS}",
    re.DOTALL,
)
_LETTER = re.compile(
    rf"(?P<open>\()?(?P<number>{LETTER}|{LETTER.upper()})(?P<close>[.)]|{_STROKE})?{_DASHED}{_WORDS}",
    re.DOTALL,
)
_CIRCLED = re.compile(r"(?P<number>[①-⑳❶-➓])\s*(?P<rest>.*)", re.DOTALL)
_POINT = re.compile(
    rf"(?:(?:Point|POINT|Punt|PUNT)\s+{_NO}(?P<number>\d{{1,3}}(?:\.\d{{1,3}})*)"
    r"|(?P<order>\d{1,3})(?:er|e|ème|ste|de)\s(?i:point|objet|punt)(?=\s?:))"
    rf"(?:\s?[.:/)]{_WORDS}|\s?[–—-]\s+(?P<words>[^\W\d_].*)|$)",
    re.DOTALL,
)

# A letter or a Roman number may be part of a name ("Albert II"), but before a sign.
_NAMED = re.compile(
    r"(?P<name>[^\W\d_]{3,}) (?P<number>\d{1,3}(?:\.\d{1,3})*|(?:[A-Z]|[IVX]{2,5})(?=\s*[:–—\-]\s))"
    r"\.?(?:\s*[:–—\-]\s+(?P<rest>\S.*))?",
    re.DOTALL,
)


# A heading in wide type, without the spaces between its signs.
_WIDE = re.compile(r"(?<!\S)(?:[^\W_] ){4,}[^\W_](?: ?[.:,;])?(?!\S)")
_WIDE_HEAD = re.compile(
    rf"(?P<name>{_ART}|(?i:{'|'.join(_SECTIONS)}))"
    rf"(?P<number>(?i:{'|'.join(FIRST)}|\d+(?:{LATIN})?)|[IVXLC]+|)(?P<sign>[.:]?)"
)


def closed_up(text: str) -> str:
    """A heading with a number in wide type as words; any other text as it is.

    >>> closed_up("A R T I C L E 1 e r . Le bac"), closed_up("T I T R E I V")
    ('ARTICLE 1er. Le bac', 'TITRE IV')
    """
    run = _WIDE.match(text)
    found = run and _WIDE_HEAD.fullmatch(run[0].replace(" ", ""))
    if not run or not found:
        return text
    head = f"{found['name']} {found['number']}".strip()
    return f"{head}{found['sign']}{text[run.end() :]}" if marker(head) else text


def in_wide_type(text: str) -> str:
    """Words whose letters stand by themselves, so that their ends are not known; "" for none."""
    found = (run[0] for run in _WIDE.finditer(text))
    return next((run for run in found if sum(map(str.isalpha, run)) > 4), "")


def paragraph_sign(text: str) -> tuple[str, str]:
    """Sign of a paragraph at the head of a line ("§ 1er/1.") and the words after it."""
    found = _PARAGRAPH.fullmatch(text)
    return (found["sign"], found["rest"]) if found else ("", text)


def marker(text: str, *, heading: bool = False) -> Marker | None:
    """The first reading of the head of ``text``, None where it has no number or sign."""
    return next(readings(text, heading=heading), None)


def unsure_article(text: str) -> Marker | None:
    """The article whose number a line begins with, be there words or a paragraph behind it.

    >>> unsure_article("Art. 4 nouveau.- Le bac").number, unsure_article("Art. 4 du décret règle")
    (('4',), None)
    """
    found = _ARTICLE_UNSURE.match(text)
    return (
        Marker("article", "", (plain(number_of_article(found["number"])),), found["head"])
        if found
        else None
    )


def heads_annex(text: str) -> bool:
    """Whether a line is the head of an annex."""
    found = marker(text, heading=True)
    return found is not None and found.sign == "anx"


def readings(text: str, *, heading: bool = False) -> Iterator[Marker]:
    """All readings of the head of ``text``; two only for a letter that may be roman.

    A ``heading`` needs no sign after its number ("1 Contexte", "Article 5 Objet", "Titre II Fin").
    """
    if found := _first(_ARTICLE_HEADS, text) or (heading and _ARTICLE_IN_HEADING.fullmatch(text)):
        yield _article(found)
    elif found := _BULLET.fullmatch(text):
        yield Marker("bullet", found["sign"], (), found["rest"])
    elif found := _PARAGRAPH.fullmatch(text):
        number = found["number"]
        yield Marker("paragraph", "§", (plain(number),), found["rest"], _cited(number))
    elif found := _first(_SECTION_HEADS, text) or (heading and _SECTION_IN_HEADING.fullmatch(text)):
        yield from _section(found, heading=heading)
    elif found := _POINT.fullmatch(text):
        parts = tuple((found["number"] or found["order"]).split("."))
        yield Marker("point", "", parts, found["rest"] or found["words"] or "")
    elif found := _CIRCLED.fullmatch(text):
        number = int(unicodedata.numeric(found["number"]))
        yield Marker("decimal", "○", (str(number),), found["rest"])
    elif found := _DECIMAL.fullmatch(text):
        yield from _decimal(found, heading=heading)
    else:
        yield from _listed(text, heading=heading)


def _first(patterns: Sequence[re.Pattern[str]], text: str) -> re.Match[str] | None:
    return next((found for pattern in patterns if (found := pattern.fullmatch(text))), None)


def _article(found: re.Match[str]) -> Marker:
    printed = found.groupdict()
    nth = printed.get("nth") or printed.get("french_nth") or spelled(printed.get("spelled") or "")
    ends = [nth or printed["number"], *filter(None, [printed.get("last")])]
    number = "-".join(plain(number_of_article(end)) for end in ends)
    return Marker("article", "", (number,), printed["rest"].strip(), _cited("-".join(ends)))


def _cited(printed: str) -> str:
    """A number that holds a stroke or a raised figure, as printed; "" for any other."""
    return "".join(printed.split()) if re.search("[/⁰¹²³⁴-⁹]", printed) else ""


def _section(found: re.Match[str], *, heading: bool) -> Iterator[Marker]:
    word, rest = _SECTIONS[found["word"].lower()], found["rest"].strip()
    order = found.groupdict().get("order")
    printed = ordinal(order) or "1" if order else found["number"]
    alone = word == "anx" and (heading or not rest or found.re is _ANNEXED)
    if found[0][0].isupper() and (printed or alone):
        yield Marker("division", word, (plain(printed or "1"),), rest)


def _decimal(found: re.Match[str], *, heading: bool) -> Iterator[Marker]:
    parts, rest, close = tuple(found["number"].split(".")), found["rest"] or "", found["close"]
    if (found["open"] and close != ")") or begins_with_date(found.string):
        return
    signed = close or found["dash"]
    if not signed and not (rest[:1].isupper() and (heading or len(parts) > 1)):
        return  # "12 policiers", "2.5 millions": a number in a sentence
    inserted = found["inserted"] or ""
    parts = (*parts[:-1], plain(parts[-1] + inserted))
    printed = _cited(found["number"] + inserted)
    yield Marker("decimal", _sign(found), parts, rest.strip(), printed)


def _listed(text: str, *, heading: bool) -> Iterator[Marker]:
    forms: tuple[tuple[Form, re.Pattern[str]], ...] = (("roman", _ROMAN), ("letter", _LETTER))
    for form, pattern in forms:
        found = pattern.fullmatch(text)
        if not found or (form == "roman" and not arabic(found["number"])):
            continue
        rest = (found["rest"] or "").strip()
        unsigned = form == "roman" and found["number"].isupper() and rest[:1].isupper()
        if found["close"] or found["dash"] or (heading and unsigned):
            yield Marker(form, _sign(found), (found["number"],), rest)


def _sign(found: re.Match[str]) -> str:
    """What stands around a number; a dash where nothing else does."""
    close = found["close"] or ""
    return "()" if found["open"] else close.strip(".") or close or (DASH if found["dash"] else "")


def named(text: str) -> Marker | None:
    """The name and number of a part that is no division: "Mesure 1.2 : Les bacs"; None for none.

    >>> named("Mesure 1.2 : Les bacs").number, named("Pijler II – Het spoor").number
    (('1', '2'), ('II',))
    >>> named("Actie 3 is gratis"), named("Albert II")
    (None, None)
    """
    found = _NAMED.fullmatch(text)
    if found is None or not found["name"][0].isupper():
        return None
    parts = tuple(found["number"].split("."))
    return Marker("named", found["name"].lower(), parts, found["rest"] or "")


def plain(printed: str) -> str:
    """A number without ordinal endings and spaces.

    >>> plain("premier"), plain("L. 411-1"), plain("5 bis"), plain("1er")
    ('1', 'L411-1', '5bis', '1')
    """
    return re.sub(r"^([LRD])\.(?=\d)", r"\1", canonical(printed)).replace(":", "-")

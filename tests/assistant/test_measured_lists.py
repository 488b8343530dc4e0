"""What texts measure is listed: of the text that is named, or the only one that has any of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answer import Answer
from assistant.answering import Assistant
from tests.assistant.ordinary import Texts

TEXTS: Texts = {
    ("puisage", "fr"): (
        "Règlement du puisage",
        """# Règlement du puisage

Article 1er. Le puits a une margelle de 3 mètres et contient 40 mètres cubes.

Art. 2. Le porteur puise au plus 200 litres par jour et paie 2 euros par mètre cube.

Art. 3. La citerne contient 90 m³.
""",
    ),
    ("marais", "fr"): (
        "Règlement des marais",
        """# Règlement des marais

Article 1er. La commune assèche 6 hectares de marais.

Art. 2. Un bac de 12 tonnes transporte la tourbe.
""",
    ),
    ("tonnage", "nl"): (
        "Reglement van de weegbrug",
        """# Reglement van de weegbrug

Artikel 1. De weegbrug weegt wagens tot 44 ton; zij is 18 meter lang.

Art. 2. Een weging kost 6 euro, voor een lege wagen 4 euro.
""",
    ),
}


@pytest.fixture(scope="module")
def found(assistant_over: Callable[[Texts], Assistant]) -> Assistant:
    return assistant_over(TEXTS)


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("Liste des volumes en mètres cubes du règlement du puisage",
         ["40 mètres cubes", "90 m³"]),
        ("Quels volumes le règlement du puisage cite-t-il ?",
         ["40 mètres cubes", "au plus 200 litres par jour", "90 m³"]),
        ("Elk bedrag in euro in het reglement van de weegbrug", ["6 euro", "4 euro"]),
        ("Quelles quantités exprimées en hectares le règlement mentionne-t-il ?", ["6 hectares"]),
        ("Welke oppervlaktes vermeldt het reglement?", ["6 hectares"]),
    ],
)  # fmt: skip
def test_what_a_text_measures_is_listed(found: Assistant, question: str, labels: list[str]) -> None:
    answer = found.ask(question)
    assert isinstance(answer, Answer), answer.text
    assert answer.listing is not None
    assert [item.label for item in answer.listing.items] == labels

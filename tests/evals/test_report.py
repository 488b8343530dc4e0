from __future__ import annotations

import base64
import re
from html.parser import HTMLParser

import pytest

from evals import markup, report
from evals.cases import CaseKind
from evals.measure import MEASURES
from evals.run import EvaluationRun
from evals.scored_case import CaseFault, Given
from tests.evals.handmade import anchor, answer, case, failure, refusal, run

HOSTILE = '</script><img src="https://evil.example/x" onerror=alert(1)>\'"&{x} $y <b lang=xx>'


class Page(HTMLParser):
    """Elements with their attributes, and the text of each element."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def some() -> EvaluationRun:
    """One case of each fault, one that is right, and a hostile one."""
    asked = {f: case(f.name.lower(), "1") for f in CaseFault}
    asked[CaseFault.ANSWERED] = case("answered")
    asked[CaseFault.MISSING] = case("missing", refuse=False, all=[anchor("1"), anchor("2")])
    good = case("good", "1", lang="nl", split="dev")
    bad = case("bad", "1", question=HOSTILE, note=HOSTILE, history=[HOSTILE])
    made = run(
        (asked[CaseFault.FAILED], failure(asked[CaseFault.FAILED])),
        (asked[CaseFault.ANSWERED], answer(asked[CaseFault.ANSWERED], "3")),
        (asked[CaseFault.REFUSED], refusal(asked[CaseFault.REFUSED], "4", "1")),
        (asked[CaseFault.FIRST], answer(asked[CaseFault.FIRST], "2", "1")),
        (asked[CaseFault.MISSING], answer(asked[CaseFault.MISSING], "1")),
        (asked[CaseFault.EXTRA], answer(asked[CaseFault.EXTRA], "1", "5")),
        (good, answer(good, "1")),
        (bad, Given.failed("bad", HOSTILE)),
    )
    hostile = made.passages[0].model_copy(
        update={"text": HOSTILE, "fr": HOSTILE, "nl": HOSTILE, "working": HOSTILE}
    )
    passages = (hostile, *made.passages[1:-1])  # and one of which the text is lost
    return made.model_copy(update={"passages": passages, "build": HOSTILE, "model": HOSTILE})


@pytest.fixture(scope="module")
def page(some: EvaluationRun) -> Page:
    return Page(report.render(some))


def test_nothing_that_comes_in_becomes_markup(page: Page) -> None:
    assert [a["alt"] for a in page.of("img")] == [""]  # the curve, which is ours
    assert page.of("b") == []
    assert len(page.of("script")) == 1
    assert not [a for _, a in page.elements if any(k.startswith("on") for k in a)]
    assert sum(HOSTILE in text for text in page.texts) >= 6  # it is shown, as text


def test_the_page_loads_nothing_from_anywhere(page: Page) -> None:
    loading = {"src", "href", "srcset", "action", "data", "poster", "xlink:href", "style"}
    found = [a[name] or "" for _, a in page.elements for name in loading & set(a)]
    assert all(address.startswith("data:image/svg+xml;base64,") for address in found)
    assert page.of("link") == []
    own = report.render(run())
    assert not re.search(r"https?:|//|url\(|@import|fetch\(|XMLHttp", own.replace("-//", ""))


def test_only_the_script_and_style_of_the_page_may_run(some: EvaluationRun) -> None:
    source = report.render(some)
    policy = Page(source).of("meta")[1]["content"] or ""
    assert policy.startswith("default-src 'none'; ")
    script = source.split("<script>")[1].split("</script>")[0]
    style = source.split("<style>")[1].split("</style>")[0]
    assert f"script-src '{report._hash(script)}'" in policy
    assert f"style-src '{report._hash(style)}'" in policy


def test_each_failure_can_be_filtered_and_nothing_right_is_among_them(page: Page) -> None:
    articles = page.of("article")
    assert {a["data-why"] for a in articles} == {f.name.lower() for f in CaseFault}
    assert all({"data-lang", "data-kind", "data-split", "data-why"} <= set(a) for a in articles)
    assert not any("good" in t for t in page.texts if t.startswith("good"))
    names = {a["name"] for a in page.of("select")}
    assert names == {"lang", "kind", "split", "why"}


def test_quotes_say_their_language_and_labels_carry_both(page: Page) -> None:
    assert {a.get("lang") for a in page.of("blockquote")} == {"fr", "nl"}
    bilingual = [a for _, a in page.elements if "data-fr" in a]
    assert len(bilingual) > 100
    assert all("data-nl" in a for a in bilingual)


def test_a_passage_whose_text_the_run_lacks_is_named_all_the_same(page: Page) -> None:
    assert anchor("5") in page.texts
    assert "Le texte de ce passage n’est pas dans le fichier." in page.texts


def test_every_field_has_a_label_and_every_table_a_caption(some: EvaluationRun) -> None:
    source = report.render(some)
    page = Page(source)
    assert source.count("<caption") == len(page.of("table"))
    assert all(a.get("scope") in ("row", "col") for a in page.of("th"))
    assert source.count("<label>") == len(page.of("select")) + len(page.of("input"))


def test_the_curve_is_an_image_with_a_name_and_the_same_bytes_each_time(
    page: Page, some: EvaluationRun
) -> None:
    drawn = page.of("img")[0]["src"] or ""
    kind, _, data = drawn.partition(",")
    assert kind == "data:image/svg+xml;base64"
    assert b"</svg>" in base64.b64decode(data)
    assert drawn in report.render(some)
    named = next(a for a in page.of("div") if a.get("role") == "img")["aria-labelledby"] or ""
    assert set(named.split()) <= {a.get("id") for _, a in page.elements}


def test_each_part_of_a_question_stands_beside_what_answers_it() -> None:
    parts = [{"about": "le phare", "any": [anchor("7"), anchor("8")]}, {"about": "la digue"}]
    asked = case("a", refuse=False, parts=parts)
    texts = " ".join(Page(report.render(run((asked, answer(asked, "1"))))).texts)
    first, second = texts.index("le phare"), texts.index("la digue")
    assert first < texts.index(f"Le quai {anchor('7')}.") < texts.index(f"Le quai {anchor('8')}.")
    assert texts.index(f"Le quai {anchor('8')}.") < second < texts.index("Les textes ne le disent")


def test_a_run_without_faults_or_cases_still_makes_a_page() -> None:
    asked = case("a", "1")
    assert "Tout est juste." in report.render(run((asked, answer(asked, "1"))))
    assert "Tout est juste." in report.render(run())


def test_every_measure_kind_and_fault_has_a_label() -> None:
    have = set(markup.STRINGS.texts["fr"])
    wanted = {f"{part}.{m.name}" for part in ("measure", "explain") for m in MEASURES}
    wanted |= {f"kind.{k}" for k in CaseKind} | {f"why.{f.name.lower()}" for f in CaseFault}
    assert wanted <= have


def test_numbers_are_written_as_in_belgium() -> None:
    assert markup.percent(0.9345) == "93,5"
    assert markup.percent(-0.02, signed=True) == "−2,0"
    assert markup.percent(float("nan")) == "–"

"""How a question is decided: an ordered list of rules, each with its reason.

The first rule that decides is the one that counts; its name and reason stand in the trace of the
outcome. A rule looks at the question as it was read, and at what was found, which is searched when
the first rule asks for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.rules.apart import (
    each_part_is_answered_for_itself,
    each_text_is_answered_for_itself,
    each_thing_is_answered_for_itself,
    passages_have_the_words_of_things_side_by_side,
)
from assistant.rules.elsewhere import (
    asks_from_when_a_place_applies,
    asks_what_a_text_changes,
    names_a_place_that_its_text_names_of_another,
)
from assistant.rules.passages import (
    a_part_is_headed_as_asked,
    a_passage_has_every_word_of_the_subject,
    a_row_lacks_the_number_that_is_asked_about,
    counts_what_passages_name,
    has_nothing_to_search,
    nothing_answers,
    passages_belong_to_a_broad_question,
    the_best_passage_answers,
)
from assistant.rules.places import (
    names_a_place,
    names_a_place_that_does_not_say_it,
    names_a_place_that_is_not_there,
    names_a_section,
    names_a_section_that_is_not_there,
)
from assistant.rules.tables import (
    asks_for_a_column,
    compares_rows_or_columns,
    compares_what_passages_say,
)
from assistant.rules.terms import (
    asks_what_a_term_means,
    asks_what_an_acronym_stands_for,
)
from assistant.rules.texts import (
    asks_for_a_list,
    asks_for_a_list_that_is_not_made,
    asks_for_a_whole_text,
    asks_nothing,
    asks_to_what_a_text_does_not_apply,
    asks_what_a_text_is_about,
    asks_whether_a_text_is_still_in_force,
    leaves_open_which_text,
    says_a_sort_that_several_texts_are,
)
from assistant.rules.unindexed import (
    asks_inside_an_unindexed_text,
    asks_the_date_of_an_unindexed_text,
    names_an_unindexed_text_that_passages_name,
)
from assistant.rules.unrecognised import (
    names_a_place_in_a_text_that_is_not_recognised,
    names_a_text_by_a_number_that_none_has,
)

if TYPE_CHECKING:
    from assistant.decision import Decision, DecisionInput


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: it decides, or leaves the question to the next."""

    decide: Callable[[DecisionInput], Decision | None]

    @property
    def name(self) -> str:
        """As the trace shows it."""
        return self.decide.__name__

    @property
    def reason(self) -> str:
        """Why it is there, in a line."""
        lines = (self.decide.__doc__ or "").split("\n\n")[0].split()
        return " ".join(lines)


RULES = tuple(
    map(
        Rule,
        (
            asks_nothing,
            names_a_place_in_a_text_that_is_not_recognised,
            names_a_text_by_a_number_that_none_has,
            asks_whether_a_text_is_still_in_force,
            asks_what_a_text_changes,
            asks_for_a_column,
            compares_rows_or_columns,
            compares_what_passages_say,
            asks_for_a_list,
            asks_what_a_term_means,
            asks_what_an_acronym_stands_for,
            names_a_section,
            names_a_section_that_is_not_there,
            leaves_open_which_text,
            asks_what_a_text_is_about,
            asks_to_what_a_text_does_not_apply,
            asks_for_a_whole_text,
            names_a_place_that_its_text_names_of_another,
            names_a_place_that_is_not_there,
            asks_from_when_a_place_applies,
            names_a_place_that_does_not_say_it,
            names_a_place,
            names_an_unindexed_text_that_passages_name,
            asks_the_date_of_an_unindexed_text,
            asks_inside_an_unindexed_text,
            has_nothing_to_search,
            counts_what_passages_name,
            each_text_is_answered_for_itself,
            each_part_is_answered_for_itself,
            each_thing_is_answered_for_itself,
            says_a_sort_that_several_texts_are,
            a_row_lacks_the_number_that_is_asked_about,
            a_part_is_headed_as_asked,
            the_best_passage_answers,
            passages_belong_to_a_broad_question,
            a_passage_has_every_word_of_the_subject,
            passages_have_the_words_of_things_side_by_side,
            asks_for_a_list_that_is_not_made,
            nothing_answers,
        ),
    )
)


def decide(case: DecisionInput) -> tuple[Rule, Decision]:
    """The first rule that decides, and what it decides."""
    for rule in RULES:
        if decision := rule.decide(case):
            return rule, decision
    raise AssertionError("the last rule decides everything")

"""What figures count, without any base: newness, distinct people, shares, breakdowns, lines."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boutique.core.conditions import Condition
from boutique.rules.dimensions import DIMENSIONS
from boutique.rules.figure_facts import vocabulary
from boutique.rules.figure_rules import FACTS_OF, LASTING, Count, Kind, read_rule
from boutique.rules.firsts import firsts, is_new
from boutique.rules.indicators import FIGURES, MAIN, figure, interview_types
from boutique.rules.ledger import Ledger
from boutique.rules.ledger_rows import Rows, number
from boutique.rules.period import Period

JANUARY = Period.month(date(2026, 1, 20))


@pytest.mark.parametrize(
    ("previous", "on", "new"),
    [
        (0, 20260310, True),
        (20260310, 20260310, False),
        (20240310, 20260310, False),
        (20240310, 20260311, True),
        (20240331, 20260401, True),
        (20240430, 20260429, False),
        (20231231, 20260101, True),
    ],
)
def test_newness_after_a_long_silence(previous: int, on: int, *, new: bool) -> None:
    assert is_new(previous, on) is new


def test_walk_ins_and_workshops_are_not_interviews() -> None:
    assert {"PRE_ACCUEIL", "SUIVI", "TELEPHONE", "VISITE"} <= interview_types()
    assert not {"ACCUEIL", "ATELIER", "INFO_COLLECTIVE", "ABSENCE", "ADMIN"} & interview_types()


def test_every_figure_is_named_defined_and_counted_or_says_why_not() -> None:
    assert len(FIGURES) == 78 + 16  # those of the funders, and ours
    assert len({item.key for item in FIGURES}) == len({item.code for item in FIGURES}) == len(FIGURES)
    assert all(item.label and item.definition and item.calculation for item in FIGURES)
    assert {item.code for item in FIGURES if item.rule is None} == {
        "EECO13", "EECO14", "EECO15", "EECO16", "EPCI_OCCUPATION",
    }  # fmt: skip
    assert all(bool(item.rule) != bool(item.reason) for item in FIGURES)
    assert [item.key for item in MAIN] == [
        "received", "caseload", "new_holders", "visits", "interviews", "interview_hours", "absences", "referrals",
        "answers", "creations",
    ]  # fmt: skip


def test_every_breakdown_asked_of_a_figure_can_be_read_on_its_events() -> None:
    everywhere = {"holder", "project", "accompaniment"}
    for item in FIGURES:
        for name in item.breakdowns:
            fact = DIMENSIONS[name].fact
            entity, kinds = fact.partition(".")[0], item.rule.events if item.rule else ()
            always = entity in everywhere or fact in ("act.site", "act.counsellor")
            assert always or any(entity in FACTS_OF.get(kind, ()) for kind in kinds), (item.code, name)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({"count": "personnes"}, "events"),
        ({"count": "gens", "events": ["entretien"]}, "gens"),
        ({"count": "personnes", "events": ["goûter"]}, "goûter"),
        ({"count": "personnes", "events": ["entretien"], "all_of": [["exit.reason", "=", "emploi"]]}, "ne se lit pas"),
        ({"count": "part", "events": ["entretien"]}, "part"),
        ({"count": "personnes", "events": ["entretien"], "silent_months": 6}, "silent_months"),
        ({"same": "RIEN"}, "RIEN"),
        ({"count": "somme", "events": ["création"], "amount": "business.nothing"}, "business.nothing"),
    ],
)
def test_a_rule_that_cannot_be_counted_is_refused(rule: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_rule(rule, {}, "resources/indicators.toml, TEST")


# A ledger without a base.


def columns(days: list[int], *others: list[int]) -> Rows:
    return Rows(days, dict(zip(("ids", "people", "cases", "amounts"), others, strict=True)))


@dataclass
class World:
    """Events as (kind, person, day, amount, facts); people are their own files."""

    acts: list[tuple[Kind, int, date, int]]
    facts: dict[str, dict[int, Any]] = field(default_factory=dict)

    def rows(self, kind: Kind) -> Rows:
        mine = sorted((act for act in self.acts if act[0] is kind), key=lambda act: act[2])
        people = [act[1] for act in mine]
        amounts = [act[3] for act in mine]
        found = columns([number(act[2]) for act in mine], list(range(1, len(mine) + 1)), people, people, amounts)
        if kind is Kind.OPEN_FILE:
            found.until = [99_999_999] * len(mine)
        return found

    def values(self, kind: Kind, fact: str, first: int) -> Sequence[Any]:
        return [self.facts.get(fact, {}).get(person) for person in self.rows(kind).people[first:]]

    def everybody(self, fact: str) -> Sequence[Any]:
        return [self.facts.get(fact, {}).get(person) for person in range(4)]

    def ledger(self) -> Ledger:
        return Ledger(cache(self.rows), self.values, self.everybody, 4)


ELOISE, BRUNO = 1, 2


def small() -> World:
    return World(
        [
            (Kind.INTERVIEW, ELOISE, date(2026, 1, 5), 45),
            (Kind.INTERVIEW, ELOISE, date(2026, 1, 25), 60),
            (Kind.INTERVIEW, BRUNO, date(2026, 2, 5), 30),
            (Kind.VISIT, 0, date(2026, 1, 6), 0),
            (Kind.VISIT, ELOISE, date(2026, 1, 7), 0),
        ],
        {
            "holder.gender": {ELOISE: "F", BRUNO: "NSP"},
            "holder.lives_in_qpv": {ELOISE: "oui", BRUNO: "a_verifier"},
            "holder.birth_date": {ELOISE: 20000110, BRUNO: 19500101},
        },
    )


def count(world: World, key: str, period: Period) -> float | None:
    rule = figure(key).rule
    assert rule is not None
    return world.ledger().value(rule, period)


def test_people_are_distinct_and_acts_are_not() -> None:
    values = {key: count(small(), key, JANUARY) for key in ("received", "caseload", "interviews", "visits")}
    assert values == {"received": 1, "caseload": 1, "interviews": 2, "visits": 2}
    assert count(small(), "interview_hours", JANUARY) == 1.75
    assert count(small(), "caseload", Period.year_to(date(2026, 2, 1))) == 2
    assert count(small(), "interviews", Period(date(2026, 1, 6), date(2026, 2, 5))) == 2


def test_unknown_answers_are_in_neither_part_of_a_share() -> None:
    year, ledger = Period.year(date(2026, 1, 1)), small().ledger()
    for key in ("public_women", "public_qpv"):
        rule = figure(key).rule
        assert rule is not None
        found = ledger.fraction(rule, year)
        assert (found.part, found.whole, found.value) == (1, 1, 1)
    empty = World([]).ledger()
    assert empty.value(figure("public_women").rule, year) is None  # type: ignore[arg-type]


def test_age_is_that_of_the_day_of_the_act() -> None:
    rule = read_rule(
        {"count": "actes", "events": ["entretien"], "all_of": [["holder.age", "<", 26]]}, {}, "essai"
    )  # fmt: skip
    assert small().ledger().value(rule, JANUARY) == 1  # 26 on the tenth of January


def test_two_interviews_or_one_referral_besides() -> None:
    world = small()
    assert count(world, "bpi_supported", JANUARY) == 1
    assert count(world, "bpi_supported", Period(date(2026, 1, 1), date(2026, 1, 20))) == 0
    world.acts.append((Kind.REFERRAL, ELOISE, date(2026, 2, 1), 0))
    assert count(world, "referral_share", Period.year(date(2026, 1, 1))) == 0.5
    assert count(world, "referral_share", JANUARY) == 0


def test_silent_files_are_those_nobody_heard_of() -> None:
    world = small()
    world.acts += [(Kind.OPEN_FILE, ELOISE, date(2025, 3, 1), 0), (Kind.OPEN_FILE, BRUNO, date(2025, 3, 1), 0)]
    assert count(world, "dormant_files", JANUARY) == 1
    assert count(world, "dormant_files", Period.month(date(2026, 2, 1))) == 0
    assert count(world, "dormant_files", Period.month(date(2026, 9, 1))) == 2


def test_the_line_of_a_person_is_their_latest_event() -> None:
    ledger, rule = small().ledger(), figure("received").rule
    assert rule is not None
    assert [ledger.day(line) for line in ledger.lines(rule, JANUARY)] == [20260125]
    women = (Condition("holder.gender", "=", "F"),)
    assert len(ledger.lines(rule, Period.year(date(2026, 1, 1)), women)) == 1


def test_first_interviews_of_files_and_people() -> None:
    days = [20230105, 20230210, 20260301, 20260301]
    held = columns(days, [1, 2, 4, 3], [7, 7, 7, 7], [70, 70, 71, 72], [30, 30, 30, 30])
    visits = columns([20230101, 20260220], [1, 2], [7, 7], [0, 0], [0, 0])
    first = firsts(held, visits, [0] * 70 + [20230103, 20260210, 20260228])
    assert list(first.of_files.days) == [20230105, 20260301, 20260301]
    found = first.of_people
    assert (list(found.days), list(found.ids), list(found.amounts)) == ([20230105, 20260301], [1, 3], [4, 9])


@pytest.mark.parametrize(("visits", "waited"), [([20230101, 20260220], 9), ([20230101], 0)])
def test_whoever_is_back_in_an_old_file_did_not_ask_years_ago(visits: list[int], waited: int) -> None:
    held = columns([20230105, 20260301], [1, 2], [7, 7], [70, 70], [30, 30])
    seen = columns(visits, list(range(len(visits))), [7] * len(visits), [0] * len(visits), [0] * len(visits))
    assert list(firsts(held, seen, [0] * 70 + [20230103]).of_people.amounts) == [4, waited]


PEOPLE = st.sampled_from([0, 1, 2, 3])
DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
ADDING_UP = [item for item in FIGURES if item.rule and item.rule.count in (Count.ACTS, Count.SUM)]
DISTINCT = [
    item for item in FIGURES
    if item.rule and item.rule.count in (Count.PEOPLE, Count.FILES) and item.rule.at_least == 1
    and not item.rule.without and not LASTING.intersection(item.rule.events)
]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(list(Kind)), PEOPLE, DAYS, st.integers(0, 90)), max_size=60))
def test_acts_add_up_and_people_never_more_than_their_months(acts: list[tuple[Kind, int, date, int]]) -> None:
    facts = {name: dict.fromkeys((1, 2), _value(name)) for name in vocabulary().fields}
    ledger, year = World(acts, facts).ledger(), Period.year(date(2026, 1, 1))
    months = [Period.month(date(2026, month, 1)) for month in range(1, 13)]
    for item in (*ADDING_UP, *DISTINCT):
        assert item.rule is not None
        values = [ledger.value(item.rule, month) or 0 for month in months]
        whole = ledger.value(item.rule, year) or 0
        assert max(values) <= whole <= sum(values) + 1e-9
        if item in ADDING_UP:
            assert whole == pytest.approx(sum(values))
        if item.rule.count is not Count.SUM:
            assert len(ledger.lines(item.rule, year)) == whole
        for name in item.breakdowns:
            by = DIMENSIONS[name]
            assert sum(ledger.broken_down(item.rule, year, by.fact, by.values).values()) == pytest.approx(whole)


def _value(name: str) -> Any:
    """An answer that most conditions like."""
    fact = vocabulary().fields[name]
    return {"bool": True, "list": tuple(fact.values)}.get(fact.type, next(iter(fact.values), 20))

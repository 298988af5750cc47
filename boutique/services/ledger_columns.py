"""How each fact of a figure is read: declared fields by their name, worked-out ones as SQL. For `ledger_reading`.

To add a fact: a line of `_WORKED_OUT`; its type is said in `rules/figure_facts.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from boutique.rules.figure_facts import ENTRY_ANSWERS, vocabulary
from boutique.rules.figure_rules import Kind
from boutique.rules.public import JOBSEEKERS, MINIMUM_INCOME
from boutique.rules.workshops import participant_key

# The table of `ledger_sources` that holds the declared fields of an entity.
_TABLES = {
    "holder": "h", "project": "j", "accompaniment": "c", "interview": "i", "passage": "v", "business": "b",
    "exit": "x", "follow_up": "f", "participation": "t", "scheme_request": "s", "referral": "r", "module": "m",
}  # fmt: skip
_ENTRY = """(coalesce(h.gender, '') IN ('F', 'M') AND h.birth_date IS NOT NULL AND h.commune_code IS NOT NULL
    AND (h.phone IS NOT NULL OR h.email IS NOT NULL) AND t.employment_status IS NOT NULL AND t.in_training IS NOT NULL
    AND (t.employment_status NOT IN ('DE_INDEMNISE', 'DE_NON_INDEMNISE') OR t.registration_duration IS NOT NULL)
    AND t.education_level IS NOT NULL)"""
# As `rules/participants.missing`, at entry and at the end.
_ENDING = """(c.closed_on IS NULL OR (c.exit_reason IS NOT NULL AND x.employment_status IS NOT NULL
    AND x.business_created IS NOT NULL AND x.training_entered IS NOT NULL AND x.qualification_obtained IS NOT NULL
    AND (x.business_created = 0 OR EXISTS (SELECT 1 FROM business b WHERE b.project_id = c.project_id
        AND b.registered = 1 AND b.siren IS NOT NULL))))"""
_ALIVE = "EXISTS (SELECT 1 FROM follow_up f WHERE f.case_id = c.id AND f.months >= {} AND f.outcome IN ({}))"
_RUNNING = "'active', 'transformee'"
_WORKED_OUT = {
    "holder.rqth_agreed": """(CASE WHEN h.rqth_declared = 1 AND EXISTS (SELECT 1 FROM consent k
        WHERE k.person_id = h.id AND k.kind = 'rqth') THEN 1 WHEN h.rqth_declared = 0 THEN 0 END)""",
    "holder.prescriber": """(SELECT v.prescriber FROM passage v WHERE v.person_id = h.id AND v.prescriber IS NOT NULL
        ORDER BY v.happened_on, v.rowid LIMIT 1)""",
    "accompaniment.participant": "EXISTS (SELECT 1 FROM participation t WHERE t.case_id = c.id)",
    "participation.complete": _ENTRY,
    "participation.finished": f"({_ENTRY} AND {_ENDING})",
    "referral.answered": "(r.answered_on IS NOT NULL)",
    "referral.partner": "r.partner_id",
    "business.active_12": _ALIVE.format(12, _RUNNING),
    "business.active_36": _ALIVE.format(36, _RUNNING),
    "business.unreachable_36": f"({_ALIVE.format(36, chr(39) + 'injoignable' + chr(39))} AND NOT "
    f"{_ALIVE.format(36, _RUNNING)})",
    "business.takeover": "(SELECT j.kind = 'reprise' FROM project j WHERE j.id = c.project_id)",
    "business.place_in_qpv": "(SELECT coalesce(b.located_in_qpv, j.located_in_qpv) FROM project j "
    "WHERE j.id = c.project_id)",
    "business.commune": "(SELECT coalesce(b.commune_code, j.commune_code) FROM project j WHERE j.id = c.project_id)",
}
# Whoever came to a permanence: at an interview or a visit noted there (as `rules.outreach.sitting_of` shares them out
# between the permanences of one day at one place), or not noted one by one.
_AT_SITTING = """EXISTS (SELECT 1 FROM {table} x WHERE x.{day} = o.held_on AND x.site_id = o.site_id AND {came}
    AND o.id = (SELECT y.id FROM outreach_day y WHERE y.held_on = o.held_on AND y.site_id = o.site_id
    AND y.state <> 'annulee' AND CASE WHEN EXISTS (SELECT 1 FROM outreach_day z WHERE z.held_on = o.held_on
        AND z.site_id = o.site_id AND z.state <> 'annulee' AND z.counsellor_id = x.counsellor_id)
        THEN y.counsellor_id = x.counsellor_id ELSE y.counsellor_id IS NULL OR x.counsellor_id IS NULL END
    ORDER BY {begun} DESC, CASE WHEN {begun} THEN -y.opens_at ELSE y.opens_at END,
        CASE WHEN {begun} THEN '' ELSE y.id END, y.id DESC LIMIT 1))"""
_BEGUN = """(date(x.created_at, 'localtime') = o.held_on
    AND y.opens_at <= strftime('%H', x.created_at, 'localtime') * 60 + strftime('%M', x.created_at, 'localtime'))"""
_SOMEBODY_CAME = " OR ".join(
    (
        "coalesce(o.walk_ins, 0) > 0",
        _AT_SITTING.format(table="passage", day="happened_on", came="1", begun=_BEGUN),
        _AT_SITTING.format(
            table="interview", day="held_on", came="(x.attended IS NULL OR x.attended = 1)", begun=_BEGUN
        ),
    )
)
_APART = "\x1d"
_PARTICIPANT = f" || char({ord(_APART)}) || ".join(
    f"coalesce(e.{name}, '')" for name in ("person_id", "first_name", "last_name", "phone", "commune_code")
)
# What is said of the act itself stands in other columns for each kind.
_OF_KIND = {
    ("act.attended", Kind.OUTREACH): f"({_SOMEBODY_CAME})",
    ("act.participant", Kind.ATTENDANCE): f"({_PARTICIPANT})",
    ("act.in_qpv", Kind.OUTREACH): "o.located_in_qpv",
    ("act.in_qpv", Kind.WORKSHOP): "w.in_qpv",
    ("act.in_qpv", Kind.ATTENDANCE): "w.in_qpv",
    ("act.qpv", Kind.OUTREACH): "o.qpv_code",
    ("act.qpv", Kind.WORKSHOP): "w.qpv",
    ("act.commune", Kind.OUTREACH): "o.commune_code",
    ("act.commune", Kind.WORKSHOP): "w.commune_code",
    ("act.commune", Kind.ATTENDANCE): "w.commune_code",
    ("act.common_law", Kind.CO_FINANCING): "k.common_law",
    ("act.financer", Kind.CO_FINANCING): "k.financer",
}


def _there(answer: Any) -> bool:
    return answer is not None


def _same(answer: Any) -> Any:
    return answer


def _filled(*there: bool) -> int:
    return sum(there)


def _complete(*there: bool) -> bool:
    """The answers that funders require at entry (as `public.is_complete`)."""
    return all(there)


def _expected(*_there: bool) -> int:
    return ENTRY_ANSWERS


def _minimum_income(status: Any, allowances: Any) -> bool | None:
    if allowances is None:
        # Allowances are only asked of those who may have one: the others have said enough by their status.
        return None if status is None or status in JOBSEEKERS else False
    return any(item in MINIMUM_INCOME for item in allowances)


@dataclass(frozen=True, slots=True)
class Follows:
    """What follows from some answers of the profile, or from whether they are there at all."""

    names: tuple[str, ...]
    how: Callable[..., Any]
    read: Callable[[Any], Any] = _same


_REQUIRED = (
    "holder.gender", "holder.birth_date", "holder.employment_status", "holder.education_level",
    "holder.lives_in_qpv", "holder.commune_code",
)  # fmt: skip
FROM_PROFILE: Mapping[str, Follows] = MappingProxyType(
    {
        "holder.complete": Follows(_REQUIRED, _complete, _there),
        "holder.filled": Follows(_REQUIRED, _filled, _there),
        "holder.expected": Follows(_REQUIRED[:1], _expected, _there),
        "holder.minimum_income": Follows(("holder.employment_status", "holder.allowances"), _minimum_income),
    }
)


def expression(kind: Kind, fact: str) -> str:
    """The SQL of a fact on the tables of a kind; NULL when that kind does not have it."""
    entity, _, name = fact.partition(".")
    if fact in _WORKED_OUT:
        return _WORKED_OUT[fact]
    if entity == "act":
        return _OF_KIND.get((fact, kind), "NULL")
    return f"{_TABLES[entity]}.{name}"


def decoder(fact: str) -> Callable[[str], Any]:
    """From what is stored to what conditions compare."""
    known = vocabulary().fields.get(fact)
    kind = known.type if known else ""
    if fact in _READ:
        return _READ[fact]
    return _DECODERS.get(kind, _text)


def _text(stored: str) -> str:
    return stored


def _flag(stored: str) -> bool:
    return stored == "1"


def _several(stored: str) -> tuple[str, ...]:
    return tuple(code for code in stored.split("|") if code)


def _day(stored: str) -> int:
    return int(stored.replace("-", ""))


def _participant(stored: str) -> str:
    """Whoever came: a person with a file, or a name, as Ateliers › Bilan tells them apart."""
    return participant_key(*stored.split(_APART))


_READ: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {"holder.birth_date": _day, "act.participant": _participant}
)
_DECODERS: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {"bool": _flag, "int": int, "eur": int, "list": _several}
)

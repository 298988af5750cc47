"""What the structure steers by (« pilotage interne »), counted again by loops."""

from collections.abc import Callable
from typing import Any

from dateutil.relativedelta import relativedelta

from tests.services.recount.firsts import waited
from tests.services.recount.fse import JOBSEEKERS
from tests.services.recount.funders import in_district, is_jobseeker, is_woman, new_people, share, younger_than
from tests.services.recount.look import Look, middle, people, total
from tests.services.recount.rows import Act, Row

_MINUTES, _YOUNG = 60, 30
_ASKED = ("gender", "birth_date", "employment_status", "education_level", "lives_in_qpv", "commune_code")
_RSA = ("RSA", "RSA_MAJORE")


def _caseload(look: Look) -> int:
    return len(people(look.acts("held")))


def _absence_rate(look: Look) -> tuple[int, int]:
    missed = len(look.acts("missed"))
    return missed, missed + len(look.acts("held"))


def _referred(look: Look) -> tuple[int, int]:
    seen = people(look.acts("held"))
    return len(seen & people(look.acts("referrals"))), len(seen)


def _silent(look: Look, months: int, files: list[Row]) -> int:
    """Files opened that long ago, of people who were nowhere received since."""
    since = look.end - relativedelta(months=months)
    heard = people(act for act in look.base.received if since < act.day <= look.end)
    return len([file for file in files if file["opened_on"] <= since and file["person_id"] not in heard])


def _completeness(look: Look) -> tuple[int, int]:
    """Answers given, among the six asked of each person of the caseload."""
    seen = [look.base.people[who] for who in people(look.acts("held"))]
    return sum(person[name] is not None for person in seen for name in _ASKED), len(_ASKED) * len(seen)


def _answered(look: Look) -> list[Act]:
    return [act for act in look.acts("referrals") if act.row["answered_on"]]


def _days_to_refer(look: Look) -> list[int]:
    """From the first interview of the file to each referral; a referral before any interview waited for none."""
    first: dict[str, Any] = {}
    for act in look.base.held:
        file = (act.file or {})["id"]
        first[file] = min(first.get(file, act.day), act.day)
    began = [(act.day, first.get((act.file or {})["id"])) for act in look.acts("referrals")]
    return [(day - start).days for day, start in began if start is not None and start <= day]


def _days_to_answer(look: Look) -> list[int]:
    """A date before that of the referral is a mistake: how long it took is not known."""
    return [(act.row["answered_on"] - act.day).days for act in _answered(look) if act.row["answered_on"] >= act.day]


def _has_rsa(act: Act) -> bool | None:
    """Allowances are only asked of those who may have one: the others have said enough by their status."""
    person = act.person or {}
    if person.get("allowances") is not None:
        return any(code in _RSA for code in person["allowances"].split("|"))
    status = person.get("employment_status")
    return None if status is None or status in JOBSEEKERS else False


def _rural(look: Look) -> tuple[int, int]:
    rural = look.base.rural

    def answer(act: Act) -> bool | None:
        home = (act.person or {}).get("commune_code")
        return None if home is None or rural is None else home in rural

    return share(look.acts("received"), answer)


def _received(answer: Callable[[Act], bool | None]) -> Callable[[Look], tuple[int, int]]:
    def count(look: Look) -> tuple[int, int]:
        return share(look.acts("received"), answer)

    return count


STEERING: dict[str, Callable[[Look], Any]] = {
    "INT_NOUVEAUX": new_people,
    "INT_FILE_ACTIVE": _caseload,
    "INT_ENTRETIENS": lambda look: len(look.acts("held")),
    "INT_HEURES": lambda look: total(look.acts("held")) / _MINUTES,
    "INT_ABSENCES": _absence_rate,
    "INT_DELAI": lambda look: middle(waited(look)),
    "INT_ORIENTES": _referred,
    "INT_SORTIES": lambda look: len(people(look.acts("exits"))),
    "INT_SANS_SUITE": lambda look: _silent(look, 6, look.open_files()),
    "INT_ECHEANCE_RGPD": lambda look: _silent(look, 24, list(look.files())),
    "INT_COMPLETUDE": _completeness,
    "PERSONNES_RECUES": lambda look: len(people(look.acts("received"))),
    "ABSENCES": lambda look: len(look.acts("missed")),
    "RETOURS": lambda look: len(_answered(look)),
    "DELAI_ORIENTATION": lambda look: middle(_days_to_refer(look)),
    "DELAI_RETOUR": lambda look: middle(_days_to_answer(look)),
    "PUBLIC_FEMMES": _received(is_woman),
    "PUBLIC_JEUNES": _received(younger_than(_YOUNG)),
    "PUBLIC_DEMANDEURS": _received(is_jobseeker),
    "PUBLIC_RSA": _received(_has_rsa),
    "PUBLIC_QPV": _received(in_district),
    "PUBLIC_RURAL": _rural,
}

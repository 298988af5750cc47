"""What Bpifrance, the city contract, the region, the EPCI and BGE ask for, counted again by loops."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from tests.services.recount.firsts import first_interviews
from tests.services.recount.fse import JOBSEEKERS
from tests.services.recount.look import Look, age, files_of, people, total
from tests.services.recount.rows import Act, Row
from tests.services.recount.sittings import with_somebody

_ALIVE = ("active", "transformee")
_OWN_MONEY = ("apport", "compte_courant", "pret_familial", "exoneration", "garantie")
_YOUNG = 26


def _number(name: str, test: Callable[[Act], Any] = lambda _act: True) -> Callable[[Look], int]:
    """How many acts of a kind something is true of."""

    def count(look: Look) -> int:
        return len([act for act in look.acts(name) if test(act)])

    return count


def _sum(name: str, test: Callable[[Act], Any] = lambda _act: True) -> Callable[[Look], float]:
    def count(look: Look) -> float:
        return total(act for act in look.acts(name) if test(act))

    return count


def _distinct(name: str, test: Callable[[Act], Any] = lambda _act: True) -> Callable[[Look], int]:
    def count(look: Look) -> int:
        return len(people(act for act in look.acts(name) if test(act)))

    return count


def share(acts: Iterable[Act], answer: Callable[[Act], Any]) -> tuple[int, int]:
    """People of whom it is true, among the people of whom it is known (`answer` is None where it is not)."""
    known = [(act, answer(act)) for act in acts]
    return len(people(act for act, said in known if said)), len(people(act for act, said in known if said is not None))


# Bpifrance


def _detected(look: Look) -> int:
    """Met outdoors and not in an interview by the end of the period; each anonymous visit is one more."""
    met = {act.person["id"] for act in look.base.held if act.person is not None and act.day <= look.end}
    outdoors = [act for act in look.acts("visits") if act.row["channel"] == "evenement"]
    return len(people(outdoors) - met) + len([act for act in outdoors if act.person is None])


def accompanied(look: Look) -> list[Act]:
    """The interviews of those who had two of them or more in the period."""
    held = look.acts("held")
    times = Counter(act.person["id"] for act in held if act.person is not None)
    return [act for act in held if act.person is not None and times[act.person["id"]] > 1]


def _created_among(look: Look) -> tuple[int, int]:
    everybody = people(accompanied(look))
    return len(everybody & people(look.acts("creations"))), len(everybody)


def _accompanied(answer: Callable[[Act], Any]) -> Callable[[Look], tuple[int, int]]:
    def count(look: Look) -> tuple[int, int]:
        return share(accompanied(look), answer)

    return count


def in_district(act: Act) -> bool | None:
    """Lives in a QPV; an address that is not qualified says nothing."""
    said = (act.person or {}).get("lives_in_qpv")
    return None if said not in ("oui", "non") else said == "oui"


def is_woman(act: Act) -> bool | None:
    said = (act.person or {}).get("gender")
    return None if said not in ("F", "M") else said == "F"


def is_jobseeker(act: Act) -> bool | None:
    said = (act.person or {}).get("employment_status")
    return None if said is None else said in JOBSEEKERS


def younger_than(years: int) -> Callable[[Act], bool | None]:
    """On the day of the act."""

    def answer(act: Act) -> bool | None:
        known = age(act.person, act.day)
        return None if known is None else known < years

    return answer


def _districts(look: Look) -> int:
    """Different QPV where a permanence or a session of a workshop was held."""
    codes = {act.row["qpv_code"] for act in look.acts("permanences") if act.row["located_in_qpv"] == "oui"}
    codes |= {act.row["qpv"] for act in look.acts("sessions") if act.row["in_qpv"] == "oui"}
    return len(codes - {None})


def _permanence_in_district(act: Act) -> bool:
    return bool(act.row["located_in_qpv"] == "oui")


def _district_loan(act: Act) -> bool:
    return bool(act.row["scheme_code"] == "PH_QUARTIER")


# City contract


def _sittings_in_district(look: Look) -> int:
    """Those in a district where at least one person was received, or present."""
    came = with_somebody(look.base)
    return len([act for act in look.acts("permanences") if _permanence_in_district(act) and act.row["id"] in came])


def _set_up_in_district(look: Look) -> int:
    """Businesses whose seat is in a QPV; where it does not say, the place of the project does."""
    found = 0
    for act in look.acts("creations"):
        project = look.base.projects[act.row["project_id"]]
        found += (act.row["located_in_qpv"] or project["located_in_qpv"]) == "oui"
    return found


def _common_law(look: Look) -> tuple[float, float]:
    known = [act for act in look.acts("co_financing") if act.row["common_law"] is not None]
    return total(act for act in known if act.row["common_law"]), total(known)


# Region and EPCI


def _plans(look: Look) -> int:
    return len(files_of(look.acts("plans")))


def _loans_and_aids(act: Act) -> bool:
    return act.row["kind"] not in _OWN_MONEY


def _jobs_after(months: int) -> Callable[[Look], float]:
    return _sum("follow_ups", lambda act: act.row["months"] == months)


def _still_there(months: int) -> Callable[[Look], tuple[int, int]]:
    """Businesses created so many months before, alive since then; after three years the unreachable are left out."""

    def count(look: Look) -> tuple[int, int]:
        followed = look.base.of_file("follow_up")
        alive = known = 0
        for act in look.earlier(months).acts("creations"):
            said = [row["outcome"] for row in _late_enough(followed[(act.file or {})["id"]], months)]
            is_alive = any(outcome in _ALIVE for outcome in said)
            lost = months == 36 and not is_alive and "injoignable" in said
            alive, known = alive + is_alive, known + (not lost)
        return alive, known

    return count


def _late_enough(rows: Iterable[Row], months: int) -> list[Row]:
    return [row for row in rows if row["months"] >= months]


def _answered_among_due(look: Look) -> tuple[int, int]:
    due = look.acts("due")
    return len([act for act in due if act.row["answered_on"]]), len(due)


def _participants(look: Look) -> int:
    """Different people at the workshops: by their file, else by their name with their phone or their commune."""
    came = [act.row for act in look.acts("presences")]
    return len({_whose(row) for row in came})


def _whose(row: Row) -> tuple[str, ...]:
    if row["person_id"]:
        return (row["person_id"],)
    return row["first_name"], row["last_name"], row["phone"] or row["commune_code"] or ""


# BGE


def _in_incubator(look: Look) -> int:
    """People with an open file whose project is to be tested in a « couveuse »."""
    projects = look.base.projects
    return len(
        {
            file["person_id"]
            for file in look.open_files()
            if projects[file["project_id"]]["legal_form"] == "CAPE_HEBERGE"
        }
    )


def _back_to_work(look: Look) -> tuple[int, int]:
    def answer(act: Act) -> bool | None:
        reason = (act.file or {})["exit_reason"]
        return None if reason is None else reason in ("creation", "emploi")

    return share(look.acts("exits"), answer)


def new_people(look: Look) -> int:
    """Distinct people with a first interview in the period."""
    return len(people(first_interviews(look)))


FUNDERS: dict[str, Callable[[Look], Any]] = {
    "BPI_DETECTES": _detected,
    "BPI_ORIENTES": _distinct("referrals", lambda act: act.row["status"] != "preparee"),
    "BPI_ACCOMPAGNES": lambda look: len(people(accompanied(look))),
    "BPI_CREATIONS": _number("creations", lambda act: act.row["proof"] in ("rne", "sirene", "extrait")),
    "BPI_TAUX_CREATION": _created_among,
    "BPI_QPV_COUVERTS": _districts,
    "BPI_PERMANENCES_QPV": _number("permanences", _permanence_in_district),
    "BPI_PART_QPV": _accompanied(in_district),
    "BPI_PART_FEMMES": _accompanied(is_woman),
    "BPI_PART_JEUNES": _accompanied(younger_than(_YOUNG)),
    "BPI_PART_DE": _accompanied(is_jobseeker),
    "BPI_PH_QUARTIER": _number("grants", _district_loan),
    "BPI_PH_QUARTIER_EUROS": _sum("grants", _district_loan),
    "BPI_EVENEMENTS": _number("sessions", lambda act: act.row["in_qpv"] == "oui"),
    "CDV_PART_QPV": lambda look: share(look.acts("received"), in_district),
    "CDV_PERSONNES_QPV": _distinct("received", in_district),
    "CDV_PERMANENCES": _sittings_in_district,
    "CDV_CREATIONS_QPV": _set_up_in_district,
    "CDV_COFINANCEMENT": _common_law,
    "REG_PARCOURS": _plans,
    "REG_PHASES": lambda look: len(look.open_files()),
    "REG_CREATIONS": _number("creations"),
    "REG_EMPLOIS": _sum("creations"),
    "REG_EMPLOIS_1": _jobs_after(12),
    "REG_EMPLOIS_2": _jobs_after(24),
    "REG_EMPLOIS_3": _jobs_after(36),
    "REG_FINANCEMENTS": _sum("grants", _loans_and_aids),
    "REG_PERENNITE_1": _still_there(12),
    "REG_PERENNITE_3": _still_there(36),
    "EPCI_CONTACTS": _number("visits"),
    "EPCI_ORIGINE": _distinct("received"),
    "EPCI_ORIENTATIONS": _number("referrals"),
    "EPCI_TAUX_RETOUR": _answered_among_due,
    "EPCI_ATELIERS": _number("sessions"),
    "EPCI_ATELIERS_PRESENTS": _participants,
    "BGE_ACCUEILLIS": new_people,
    "BGE_PARCOURS": _distinct("plans"),
    "BGE_CREATIONS": _number("creations"),
    "BGE_EMPLOIS": _sum("creations"),
    "BGE_COUVEUSE": _in_incubator,
    "BGE_CHEFS_ENTREPRISE": _distinct("held", lambda act: act.row["type"] == "SUIVI_ENTREPRISE"),
    "BGE_FONDS": _sum("grants", _loans_and_aids),
    "BGE_PERENNITE3": _still_there(36),
    "BGE_RETOUR_EMPLOI": _back_to_work,
    "BGE_PROFIL": _distinct("held"),
    "BGE_PRESCRIPTEURS": new_people,
}

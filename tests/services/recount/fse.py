"""FSE+ participants, counted again by loops: who entered, how they left, six months later."""

from collections.abc import Callable
from typing import Any

from tests.services.recount.look import Look, age, files_of, people
from tests.services.recount.rows import Act, Base, Row

JOBSEEKERS = {"DE_INDEMNISE", "DE_NON_INDEMNISE"}
INACTIVE = {"ETUDIANT", "RETRAITE", "CONGE_PARENTAL_PREPARE", "SANS_EMPLOI_NON_INSCRIT"}
EMPLOYED = {
    "SALARIE_CDI_TP", "SALARIE_TEMPS_PARTIEL", "SALARIE_CDD_INTERIM", "SALARIE_ENTREPRISE_DIFFICULTE",
    "DEMISSIONNAIRE_PROJET", "INDEPENDANT", "DIRIGEANT_SOCIETE",
}  # fmt: skip
Test = Callable[[Look, Act], Any]


def is_complete(act: Act) -> bool:
    """« Dossier d’entrée complet »: every question of the entry is answered."""
    person, entry = act.person or {}, act.row
    answers = (
        person["gender"] in ("F", "M"),
        person["birth_date"],
        person["commune_code"],
        person["phone"] or person["email"],
        entry["employment_status"],
        entry["in_training"] is not None,
        entry["education_level"],
        entry["employment_status"] not in JOBSEEKERS or entry["registration_duration"],
    )
    return all(answers)


def entered(test: Test) -> Callable[[Look], int]:
    """Distinct people who entered with a complete file, and of whom something is true."""

    def count(look: Look) -> int:
        return len(people(act for act in look.acts("entries") if is_complete(act) and test(look, act)))

    return count


def left(test: Test) -> Callable[[Look], int]:
    """Distinct participants whose file ended."""

    def count(look: Look) -> int:
        ended = (act for act in look.acts("exits") if _entry(look.base, act))
        return len(people(act for act in ended if test(look, act)))

    return count


def six_months(test: Callable[[Row], bool]) -> Callable[[Look], int]:
    """Distinct participants reached six months later, in the period."""

    def count(look: Look) -> int:
        reached = [act for act in look.base.entries if act.row["reached_on"] and look.counts(act)]
        return len(people(act for act in reached if look.start <= act.row["reached_on"] <= look.end and test(act.row)))

    return count


def _entry(base: Base, act: Act) -> Row:
    """What a participant said when entering: of two operations, the first."""
    rows = base.participants.get((act.file or {})["id"], [])
    return rows[0] if rows else {}


def _years(_look: Look, act: Act) -> int:
    """Age at the entry; a complete file says it."""
    return age(act.person, act.day) or 0


def _agreed(look: Look, act: Act) -> bool:
    person = act.person or {}
    return person["rqth_declared"] == 1 and person["id"] in look.base.agreed


def _rural(look: Look, act: Act) -> bool:
    return (act.person or {})["commune_code"] in (look.base.rural or set())


def _newly_looking(look: Look, act: Act) -> bool:
    return _entry(look.base, act)["employment_status"] in INACTIVE and act.row.get("employment_status") in JOBSEEKERS


def _in_training(_look: Look, act: Act) -> bool:
    after = act.row.get("employment_status") in ("ETUDIANT", "APPRENTI_STAGIAIRE")
    return act.row.get("training_entered") == 1 or after or (act.file or {})["exit_reason"] == "formation"


def _in_work(_look: Look, act: Act) -> bool:
    after = act.row.get("employment_status") in EMPLOYED
    return act.row.get("business_created") == 1 or after or (act.file or {})["exit_reason"] in ("emploi", "creation")


def _aided_businesses(look: Look) -> int:
    """Businesses created or followed, one a file, of files that are in the operation."""
    files = files_of([*look.acts("creations"), *look.acts("follow_ups")])
    return len([file for file in files if look.base.participants.get(file)])


def _complete_files(look: Look) -> tuple[int, int]:
    """Participants whose entry and end are complete, among all participants."""
    everybody = look.acts("entries")
    return len(people(act for act in everybody if is_complete(act) and _ended_well(look.base, act))), len(
        people(everybody)
    )


def _ended_well(base: Base, act: Act) -> bool:
    """Nothing is missing at the end: not ended yet, or every answer is there, with the SIREN of what was created."""
    file = act.file or {}
    if file["closed_on"] is None:
        return True
    answers = base.last_answers[file["id"]]
    if not file["exit_reason"] or not answers.get("employment_status"):
        return False
    if any(answers[name] is None for name in ("business_created", "training_entered", "qualification_obtained")):
        return False
    created = any(
        row["project_id"] == file["project_id"] and row["registered"] and row["siren"]
        for row in base.tables["business"]
    )
    return not answers["business_created"] or created


def _of_level(*levels: str) -> Test:
    def test(_look: Look, act: Act) -> bool:
        return act.row["education_level"] in levels

    return test


def _of_status(statuses: set[str], durations: tuple[str, ...] = ()) -> Test:
    def test(_look: Look, act: Act) -> bool:
        lasting = not durations or act.row["registration_duration"] in durations
        return act.row["employment_status"] in statuses and lasting

    return test


def _aged(youngest: int, oldest: int) -> Test:
    def test(look: Look, act: Act) -> bool:
        return youngest <= _years(look, act) <= oldest

    return test


FSE: dict[str, Callable[[Look], Any]] = {
    "EECO01": entered(lambda _look, _act: True),
    "EECO02": entered(_of_status(JOBSEEKERS)),
    "EECO03": entered(_of_status(JOBSEEKERS, ("M12_23", "GE_24M"))),
    "EECO04": entered(_of_status(INACTIVE)),
    "EECO05": entered(_of_status(EMPLOYED)),
    "EECO06": entered(_aged(0, 17)),
    "EECO07": entered(_aged(18, 29)),
    "EECO08": entered(_aged(55, 120)),
    "EECO09": entered(_of_level("N0", "N1", "N2")),
    "EECO10": entered(_of_level("N3", "N4")),
    "EECO11": entered(_of_level("N5", "N6", "N7", "N8")),
    "EECO12": entered(_agreed),
    "EECO17": entered(_rural),
    "EECO19": _aided_businesses,
    "EECR01": left(_newly_looking),
    "EECR02": left(_in_training),
    "EECR03": left(lambda _look, act: act.row.get("qualification_obtained") == 1),
    "EECR04": left(_in_work),
    "EECR05": six_months(lambda row: row["status_after"] in EMPLOYED),
    "EECR06": six_months(lambda row: row["employment_status"] in EMPLOYED and row["improved"] == "oui"),
    "FSE_DONNEES_COMPLETES": _complete_files,
}

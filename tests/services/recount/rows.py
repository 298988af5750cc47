"""The rows of a base as plain dictionaries, and the acts that they tell of, for the recount by loops.

Written from the definitions of `indicators.csv` and `resources/indicators.toml`, for whoever audits a figure: read a
table, follow an identifier, look at a day. Nothing is fast here, nothing comes from the engine of figures.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

Row = dict[str, Any]
_TABLES = (
    "person", "accompaniment", "project", "interview", "passage", "referral", "business", "scheme_request", "exit",
    "participation", "follow_up", "outreach_day", "workshop", "workshop_half_day", "enrolment", "attendance",
    "co_financing", "programme", "zoning", "zoning_list", "consent",
)  # fmt: skip
_DAYS = ("_on", "_date")
# DOMAIN § 7.1, « compte comme »: what is an interview; « Accueil » is a contact only.
INTERVIEW_TYPES = {
    "PRE_ACCUEIL", "DIAGNOSTIC", "SUIVI", "EXPERT", "TELEPHONE", "FINANCEMENT", "SUIVI_ENTREPRISE", "VISITE",
}  # fmt: skip
PLAN_STEP = "PRE5"  # « Contrat de parcours ou plan d’action signé »
GRANTED = {"accordee", "versee"}


@dataclass(frozen=True, slots=True, eq=False)
class Act:
    """Something that happened on a day, somewhere, to somebody known or not; `row` is what was written of it."""

    day: date
    person: Row | None
    file: Row | None
    site: str | None
    row: Row
    amount: float = 0


class Base:
    """Everything that a figure may look at."""

    def __init__(self, connection: Any) -> None:
        self.tables = {name: _read(connection, f"SELECT * FROM {name} ORDER BY rowid") for name in _TABLES}
        self.tables["plan"] = _read(connection, "SELECT * FROM step_progress WHERE step_code = ?", PLAN_STEP)
        self.people, self.files, self.projects, self.programmes, self.workshops, self.enrolments, self.halves = (
            {row["id"]: row for row in self.tables[name]}
            for name in ("person", "accompaniment", "project", "programme", "workshop", "enrolment",
                         "workshop_half_day")
        )  # fmt: skip

    def of_file(self, table: str) -> dict[str, list[Row]]:
        """The rows of a table by the file they belong to, in the order they were written."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.tables[table]:
            found[row["case_id"]].append(row)
        return found

    def _act(self, day: date | None, file_id: str, row: Row, site: Any = "file", amount: float = 0) -> Iterable[Act]:
        """An act of a file: of its person, and where the file is unless the act says where it was."""
        if day is None:
            return
        file = self.files[file_id]
        yield Act(day, self.people[file["person_id"]], file, file["site_id"] if site == "file" else site, row, amount)

    @cached_property
    def visits(self) -> list[Act]:
        """« Passages »: of somebody known, or anonymous."""
        return [
            Act(row["happened_on"], self.people.get(row["person_id"]), None, row["site_id"], row)
            for row in self.tables["passage"]
        ]

    @cached_property
    def _met(self) -> list[Act]:
        return [
            act for row in self.tables["interview"]
            for act in self._act(row["held_on"], row["case_id"], row, row["site_id"], row["minutes"] or 0)
        ]  # fmt: skip

    @cached_property
    def held(self) -> list[Act]:
        """Interviews that took place: of a type that counts as one, the person came."""
        return [act for act in self._met if _is_interview(act.row) and act.row["attended"] != 0]

    @cached_property
    def missed(self) -> list[Act]:
        """Interviews to which the person did not come."""
        return [act for act in self._met if _is_interview(act.row) and act.row["attended"] == 0]

    @cached_property
    def received(self) -> list[Act]:
        """Whoever came: to a visit, to an interview, to a mere « accueil »."""
        greeted = [act for act in self._met if not _is_interview(act.row) and act.row["attended"] != 0]
        return [*self.visits, *greeted, *self.held]

    @cached_property
    def referrals(self) -> list[Act]:
        """Referrals that were made: one that was cancelled was not."""
        return [
            act for row in self.tables["referral"] if row["status"] != "annulee"
            for act in self._act(row["made_on"], row["case_id"], row, row["site_id"])
        ]  # fmt: skip

    @cached_property
    def due(self) -> list[Act]:
        """The same, on the day their answer was expected."""
        return [
            act for made in self.referrals
            for act in self._act(made.row["expected_on"], made.row["case_id"], made.row, made.site)
        ]  # fmt: skip

    @cached_property
    def creations(self) -> list[Act]:
        """Businesses registered since the file was opened: a couple has two files for one business, created once."""
        files_of: dict[str, list[Row]] = defaultdict(list)
        for file in self.files.values():
            files_of[file["project_id"]].append(file)
        found: list[Act] = []
        for row in self.tables["business"]:
            files = sorted(files_of[row["project_id"]], key=_opening)
            if row["registered"] and row["registered_on"] and files and row["registered_on"] >= files[0]["opened_on"]:
                found += self._act(row["registered_on"], files[0]["id"], row, amount=row["jobs"] or 0)
        return found

    @cached_property
    def follow_ups(self) -> list[Act]:
        """« Suivis » of businesses that were done."""
        return [
            act for row in self.tables["follow_up"] if row["state"] == "fait"
            for act in self._act(row["done_on"], row["case_id"], row, amount=row["jobs"] or 0)
        ]  # fmt: skip

    @cached_property
    def grants(self) -> list[Act]:
        """Money granted or paid, on the day of the decision, else of the payment, else of the request."""
        return [
            act for row in self.tables["scheme_request"] if row["status"] in GRANTED
            for act in self._act(
                row["decided_on"] or row["paid_on"] or row["asked_on"], row["case_id"], row,
                amount=row["granted_eur"] or 0,
            )
        ]  # fmt: skip

    @cached_property
    def plans(self) -> list[Act]:
        """Plans signed: the day of the document, else the day the step was done."""
        return [
            act for row in self.tables["plan"]
            for act in self._act(row["deliverable_on"] or row["done_on"], row["case_id"], row)
        ]  # fmt: skip

    @cached_property
    def exits(self) -> list[Act]:
        """Files that ended. The row is what was answered then, if anything."""
        answered = self.of_file("exit")
        return [
            act for file in self.files.values()
            for act in self._act(file["closed_on"], file["id"], _last_exit(answered[file["id"]]))
        ]  # fmt: skip

    @cached_property
    def entries(self) -> list[Act]:
        """Participations of the FSE+, on the day of entry."""
        return [
            act for row in self.tables["participation"] for act in self._act(row["entered_on"], row["case_id"], row)
        ]  # fmt: skip

    @cached_property
    def permanences(self) -> list[Act]:
        """Permanences held."""
        return [
            Act(row["held_on"], None, None, row["site_id"], row)
            for row in self.tables["outreach_day"]
            if row["state"] == "tenue"
        ]

    @cached_property
    def sessions(self) -> list[Act]:
        """Sessions of workshops held."""
        return [
            Act(row["starts_on"], None, None, row["site_id"], row)
            for row in self.tables["workshop"]
            if row["state"] == "tenue"
        ]

    @cached_property
    def presences(self) -> list[Act]:
        """Who was there at each half-day of a workshop."""
        found = []
        for row in self.tables["attendance"]:
            enrolled, half = self.enrolments[row["enrolment_id"]], self.halves[row["half_day_id"]]
            workshop = self.workshops[enrolled["workshop_id"]]
            if row["present"] and workshop["state"] != "annulee":
                person = self.people.get(enrolled["person_id"])
                found.append(Act(half["held_on"], person, None, workshop["site_id"], enrolled))
        return found

    @cached_property
    def co_financing(self) -> list[Act]:
        """What financers bring, on the first day of its year, else when the programme starts."""
        found = []
        for row in self.tables["co_financing"]:
            starts = self.programmes[row["programme_id"]]["starts_on"]
            day = date(row["year"], 1, 1) if row["year"] else starts
            found.append(Act(day, None, None, None, row, row["amount_eur"]))
        return found

    @cached_property
    def visits_of(self) -> dict[str, list[date]]:
        """The days each person came."""
        found: dict[str, list[date]] = defaultdict(list)
        for act in self.visits:
            if act.person is not None:
                found[act.person["id"]].append(act.day)
        return found

    @cached_property
    def last_answers(self) -> dict[str, Row]:
        """What was answered at the end of each file that ended."""
        return {act.file["id"]: act.row for act in self.exits if act.file is not None}

    @cached_property
    def participants(self) -> dict[str, list[Row]]:
        """Participations by file."""
        return self.of_file("participation")

    @cached_property
    def rural(self) -> set[str] | None:
        """Communes of the rural zoning; None as long as its list was not imported."""
        if not any(row["kind"] == "FRR" for row in self.tables["zoning_list"]):
            return None
        return {row["commune_code"] for row in self.tables["zoning"] if row["kind"] == "FRR" and row["classified"]}

    @cached_property
    def agreed(self) -> set[str]:
        """People who agreed in writing that their disability be kept."""
        return {row["person_id"] for row in self.tables["consent"] if row["kind"] == "rqth"}


def _read(connection: Any, query: str, *bound: str) -> list[Row]:
    cursor = connection.execute(query, bound)
    names = [column[0] for column in cursor.description]
    dated = [name for name in names if name.endswith(_DAYS)]
    found = [dict(zip(names, row, strict=True)) for row in cursor]
    for row in found:
        for name in dated:
            row[name] = date.fromisoformat(row[name][:10]) if row[name] else None
    return found


def _is_interview(row: Row) -> bool:
    return row["type"] is None or row["type"] in INTERVIEW_TYPES


def _opening(file: Row) -> tuple[date, str]:
    return file["opened_on"], file["reference"]


def _last_exit(answers: list[Row]) -> Row:
    """The answers that stand: those given before a file was opened again do not."""
    standing = [row for row in answers if row["reopened_on"] is None]
    return standing[-1] if standing else {}

"""The participants of a FSE+ operation, as exactly the answers that the agreement asks for. Nominative."""

from dataclasses import dataclass
from datetime import datetime

from boutique.exports.excel.book import Book
from boutique.exports.excel.cells import Format
from boutique.exports.excel.columns import Column
from boutique.exports.excel.sheets import readme
from boutique.rules.participants import EMPLOYED, MINIMUM_INCOMES, Participant

_TITLE = "Participants"
_WARNING = (
    "Liste nominative, réservée au financeur de l’opération : à transmettre par un moyen sûr, à effacer après usage."
)
_NOT_HELD = (
    "Les rubriques d’origine et de logement se remplissent dans le questionnaire officiel de l’opération : elles ne "
    "sont jamais saisies dans Boutique."
)


@dataclass(frozen=True, slots=True)
class ParticipantsData:
    """The operation, who asked for its participants and why; the rows are in the order of entry."""

    structure: str
    author: str
    version: str
    generated_at: datetime
    programme: str
    agreement: str
    reason: str
    incomplete: int
    rows: tuple[Participant, ...]


def _yes_no(value: bool | None) -> str:  # noqa: FBT001 - a cell
    return "" if value is None else "oui" if value else "non"


def _gender(who: Participant) -> str:
    return who.gender.value if who.gender is not None and who.gender.value in ("F", "M") else ""


def _incomes(who: Participant) -> str:
    if who.allowances is None:
        return ""
    return ", ".join(one.label for one in who.allowances if one in MINIMUM_INCOMES) or "aucun"


def _status_after(who: Participant) -> str:
    return "Injoignable" if who.unreachable else who.status_after.label if who.status_after else ""


def _improved(who: Participant) -> str:
    if who.improved is not None:
        return who.improved.value.replace("_", " ")
    unconcerned = who.status_after is not None and who.employment_status not in EMPLOYED
    return "sans objet" if unconcerned else ""


def _siren(who: Participant) -> str:
    return who.siren or "" if who.business_created else ""


_COLUMNS: tuple[Column[Participant], ...] = (
    Column("Nom", lambda who: who.last_name, 20),
    Column("Prénom", lambda who: who.first_name, 18),
    Column("Date de naissance", lambda who: who.birth_date, 12, Format.DATE),
    Column("Sexe", _gender, 8),
    Column("Commune de résidence (Insee)", lambda who: who.commune_code, 12),
    Column("Téléphone ou courriel", lambda who: who.contact, 26),
    Column("Date d’entrée", lambda who: who.entered_on, 12, Format.DATE),
    Column("Situation à l’entrée", lambda who: who.employment_status, 28),
    Column("Durée de recherche d’emploi", lambda who: who.registration_duration, 18),
    Column("En formation ou études", lambda who: _yes_no(who.in_training), 12),
    Column("Plus haut niveau de formation", lambda who: who.education_level, 20),
    Column("Handicap déclaré (facultatif)", lambda who: _yes_no(who.disability), 12),
    Column("Minimum social", _incomes, 14),
    Column("Prescripteur", lambda who: who.prescriber, 20),
    Column("Date de sortie", lambda who: who.ended_on, 12, Format.DATE),
    Column("Motif de sortie", lambda who: who.exit_reason, 18),
    Column("Situation à la sortie", lambda who: who.exit_status, 28),
    Column("Entreprise créée ou reprise", lambda who: _yes_no(who.business_created), 12),
    Column("SIREN", _siren, 12),
    Column("Qualification obtenue", lambda who: _yes_no(who.qualification_obtained), 12),
    Column("Entrée en formation", lambda who: _yes_no(who.training_entered), 12),
    Column("Situation à six mois", _status_after, 28),
    Column("Situation améliorée", _improved, 12),
)
HEADERS = tuple(column.title for column in _COLUMNS)


def render(data: ParticipantsData) -> bytes:
    """The workbook as .xlsx bytes."""
    title = f"Participants — {data.programme}"
    book = Book(title=title, author=data.structure, made_at=data.generated_at)
    agreement = [("Convention", data.agreement)] if data.agreement else []
    facts: list[readme.Pair] = [
        ("Structure", data.structure),
        ("Opération", data.programme),
        *agreement,
        ("Établi par", data.author),
        ("Le", readme.moment(data.generated_at)),
        ("Motif", data.reason),
        ("Logiciel", f"Boutique {data.version}"),
        ("Participants", len(data.rows)),
        ("À compléter", data.incomplete),
        ("Attention", _WARNING),
        ("Non tenu ici", _NOT_HELD),
    ]
    readme.write(book, title, facts, [])
    book.table(_TITLE, _COLUMNS, data.rows)
    return book.to_bytes()

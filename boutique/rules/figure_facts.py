"""What the conditions of a figure may name: declared fields of the base, and facts worked out at the day of the act.

To add a fact: a declared field of a listed entity is there already; a computed one is a line of `_COMPUTED`, and its
column in `services/ledger_columns.py`.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from boutique.models.after import Exit, FollowUp
from boutique.models.case import Interview, Passage
from boutique.models.choices import Choice, ExitReason, Phase, ReferralStatus, ZoningState
from boutique.models.fields import Field, Kind, Privacy, fields_of
from boutique.models.money import SchemeRequest
from boutique.models.person import Person
from boutique.models.programme import Participation
from boutique.models.project import Business, Project
from boutique.models.workshop import WorkshopModule
from boutique.rules.criteria import FactField, Vocabulary
from boutique.rules.schemes import load_schemes

# « Ne souhaite pas répondre » and « à vérifier » are answers to be shown, but they settle nothing.
UNSETTLED = frozenset({"NSP", "a_verifier"})

_ENTITIES = (
    Person,
    Project,
    Business,
    Exit,
    FollowUp,
    Participation,
    SchemeRequest,
    Interview,
    Passage,
    WorkshopModule,
)
_TYPES = {
    Kind.YES_NO: "bool",
    Kind.CHOICE: "enum",
    Kind.CHOICES: "list",
    Kind.INTEGER: "int",
    Kind.EUROS: "eur",
}
_OLDEST = 120
ENTRY_ANSWERS = 6  # that funders require at entry: `holder.complete`
# What the public is described by: read of everybody at once, from an index that holds it.
PROFILE = (
    "holder.gender", "holder.birth_date", "holder.employment_status", "holder.registration_duration",
    "holder.education_level", "holder.allowances", "holder.lives_in_qpv", "holder.commune_code",
)  # fmt: skip
# Known by person, with what follows from the profile; other facts of people are read with the events that ask.
OF_EVERYBODY = frozenset(
    {*PROFILE, "holder.complete", "holder.filled", "holder.expected", "holder.minimum_income", "holder.rural"}
)


@cache
def vocabulary() -> Vocabulary:
    """Every fact that the condition of a figure may name."""
    declared = (_declared(field) for entity in _ENTITIES for field in fields_of(entity) if field.kind in _TYPES)
    return Vocabulary(MappingProxyType({fact.name: fact for fact in (*declared, *_computed())}))


def _declared(field: Field) -> FactField:
    kind = _TYPES[field.kind]
    return FactField(
        name=field.key,
        type=kind,
        label=field.label,
        asked_in=field.key.partition(".")[0],
        place="",
        values=labels(field.choices) if field.choices else {},
        if_yes=f"«\u00a0{field.label}\u00a0» est oui",
        if_no=f"«\u00a0{field.label}\u00a0» est non",
        range=(field.minimum, field.maximum) if kind in ("int", "eur") else (),
        unit="€" if kind == "eur" else "",
        sensitive=field.privacy is Privacy.SENSITIVE,
    )


def labels(choices: type[Choice]) -> Mapping[str, str]:
    """French label by stored code."""
    return {choice.value: choice.label for choice in choices}


def _yes_no(name: str, label: str, if_yes: str, if_no: str) -> FactField:
    return FactField(name, "bool", label, name.partition(".")[0], "", {}, if_yes, if_no)


def _one_of(name: str, label: str, values: Mapping[str, str]) -> FactField:
    return FactField(name, "enum", label, name.partition(".")[0], "", values)


def _computed() -> Iterator[FactField]:
    yield FactField("holder.age", "int", "Âge le jour de l’acte", "holder", "", {}, range=(0, _OLDEST), unit="ans")
    yield _yes_no("holder.rural", "Zone rurale (FRR)", "la commune est en zone rurale", "la commune n’est pas rurale")
    yield _yes_no("holder.complete", "Fiche complète", "la fiche est complète", "il manque une réponse à la fiche")
    yield _yes_no(
        "holder.rqth_agreed", "RQTH avec accord", "la RQTH est déclarée avec accord", "la RQTH n’est pas dite"
    )
    yield _yes_no("holder.minimum_income", "RSA", "la personne reçoit le RSA", "la personne ne reçoit pas le RSA")
    yield FactField("holder.filled", "int", "Réponses remplies", "holder", "", {}, range=(0, ENTRY_ANSWERS))
    yield FactField("holder.expected", "int", "Réponses attendues", "holder", "", {}, range=(0, ENTRY_ANSWERS))
    yield FactField("follow_up.months", "int", "Échéance du suivi", "follow_up", "", {}, range=(1, 36), unit="mois")
    yield _one_of("accompaniment.phase", "Phase du dossier", labels(Phase))
    yield _one_of("accompaniment.exit_reason", "Motif de sortie", labels(ExitReason))
    yield _yes_no("accompaniment.participant", "Participant FSE+", "le dossier est au FSE+", "le dossier n’y est pas")
    yield _yes_no("participation.complete", "Entrée complète", "l’entrée est complète", "l’entrée est incomplète")
    yield _yes_no("participation.finished", "Entrée et sortie complètes", "tout est saisi", "il manque une réponse")
    yield _one_of("referral.status", "État de l’orientation", labels(ReferralStatus))
    yield _yes_no("referral.answered", "Retour reçu", "le partenaire a répondu", "le partenaire n’a pas répondu")
    yield _yes_no("business.active_12", "Active à 1 an", "elle était active à 1 an", "elle ne l’était pas")
    yield _yes_no("business.active_36", "Active à 3 ans", "elle était active à 3 ans", "elle ne l’était pas")
    yield _yes_no("business.unreachable_36", "Injoignable à 3 ans", "elle est injoignable", "elle a répondu")
    yield _yes_no("business.takeover", "Reprise", "c’est une reprise", "c’est une création")
    yield _one_of("business.place_in_qpv", "Implantée en QPV", labels(ZoningState))
    yield _one_of(
        "scheme_request.scheme_code", "Dispositif", {code: scheme.label for code, scheme in load_schemes().items()}
    )
    yield _one_of("act.in_qpv", "Lieu de l’action en QPV", labels(ZoningState))
    yield _yes_no("act.attended", "Quelqu’un est venu", "quelqu’un est venu", "personne n’est venu")
    yield _yes_no("act.common_law", "Droit commun", "c’est du droit commun", "c’est un crédit de la ville")

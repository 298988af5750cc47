"""By what a figure can be broken down: one declaration for the screen, the workbook and the command line.

To add one: a line of `DIMENSIONS`; its fact is read in `services/ledger_columns.py` when it is no declared field.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from boutique.models.choices import (
    AgeBand,
    Allowance,
    Channel,
    Choice,
    EducationLevel,
    EmploymentStatus,
    ExitReason,
    FundingKind,
    Gender,
    LegalForm,
    Phase,
    Prescriber,
    ReferralStatus,
    RegistrationDuration,
    Sector,
    ZoningState,
)
from boutique.models.workshop_choices import WorkshopTheme
from boutique.rules.facts import age_band
from boutique.rules.figure_facts import labels
from boutique.rules.lists import load_prescribers

UNKNOWN = "Non renseigné"


@dataclass(frozen=True, slots=True)
class Dimension:
    """`fact` is what is read of each event; `names` gives the French of a closed list, in its order.

    `place` says how the values of an open list are named: a commune, a site, a counsellor, a partner…
    """

    key: str
    title: str
    fact: str
    names: Mapping[Any, str] = field(default_factory=dict)
    place: str = ""
    bucket: Callable[[Any], Any] | None = None
    exclusive: bool = True  # each person is under one value only

    def values(self, value: Any) -> tuple[Any, ...]:
        """The values that one event is counted under; none when it is not known."""
        if value is None:
            return ()
        if isinstance(value, tuple):
            return value
        found = self.bucket(value) if self.bucket else value
        return () if found is None else (found,)


_YES_NO = MappingProxyType({True: "Oui", False: "Non"})
_AGES = {AgeBand.UNDER_18.value: AgeBand.UNDER_18.label, **{band.value: band.label for band in list(AgeBand)[:-1]}}
_BGE_AGES = MappingProxyType({"26": "Moins de 26 ans", "49": "26 à 49 ans", "50": "50 ans et plus"})
_BGE_YOUNG, _BGE_MIDDLE = 26, 50


def _bge_age(years: int) -> str:
    return "26" if years < _BGE_YOUNG else "49" if years < _BGE_MIDDLE else "50"


def _prescriber_group(code: str) -> str | None:
    found = load_prescribers().get(code)
    return found.group if found else None


def _choice(key: str, title: str, fact: str, choices: type[Choice]) -> Dimension:
    return Dimension(key, title, fact, labels(choices))


_ALL = (
    _choice("gender", "Sexe", "holder.gender", Gender),
    Dimension("age", "Tranche d’âge", "holder.age", _AGES, bucket=age_band),
    _choice("employment", "Situation d’emploi", "holder.employment_status", EmploymentStatus),
    _choice("registration", "Durée d’inscription", "holder.registration_duration", RegistrationDuration),
    _choice("education", "Niveau de formation", "holder.education_level", EducationLevel),
    Dimension("allowances", "Allocations", "holder.allowances", labels(Allowance), exclusive=False),
    _choice("qpv", "QPV", "holder.lives_in_qpv", ZoningState),
    Dimension("rural", "Zone rurale (FRR)", "holder.rural", _YES_NO),
    Dimension("commune", "Commune", "holder.commune_code", place="commune"),
    _choice("sector", "Secteur", "project.sector", Sector),
    _choice("phase", "Phase", "accompaniment.phase", Phase),
    Dimension("bge_age", "Âge (BGE)", "holder.age", _BGE_AGES, bucket=_bge_age),
    _choice("prescriber", "Prescripteur", "holder.prescriber", Prescriber),
    Dimension("prescriber_group", "Famille de prescripteurs", "holder.prescriber", bucket=_prescriber_group),
    Dimension("site", "Lieu", "act.site", place="site"),
    Dimension("counsellor", "Conseiller", "act.counsellor", place="counsellor"),
    _choice("channel", "Canal", "passage.channel", Channel),
    Dimension("partner", "Partenaire", "referral.partner", place="partner"),
    _choice("outcome", "Issue", "referral.status", ReferralStatus),
    _choice("business_qpv", "QPV d’implantation", "business.place_in_qpv", ZoningState),
    Dimension("business_commune", "Commune d’implantation", "business.commune", place="commune"),
    _choice("legal_form", "Forme juridique", "business.legal_form", LegalForm),
    Dimension("takeover", "Reprise", "business.takeover", _YES_NO),
    Dimension("financer", "Financeur", "scheme_request.financer", place="text"),
    _choice("funding_kind", "Nature du financement", "scheme_request.kind", FundingKind),
    _choice("exit_reason", "Motif de sortie", "accompaniment.exit_reason", ExitReason),
    _choice("theme", "Thème", "module.theme", WorkshopTheme),
    _choice("act_qpv", "Lieu en QPV", "act.in_qpv", ZoningState),
    Dimension("act_commune", "Commune du lieu", "act.commune", place="commune"),
    Dimension("act_financer", "Financeur", "act.financer", place="text"),
)
DIMENSIONS: Mapping[str, Dimension] = MappingProxyType({item.key: item for item in _ALL})

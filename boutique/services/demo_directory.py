"""Around the fictitious partners: institutions above their antennes, contacts, absences, housing (see `demo`)."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.models.choices import Public, TerritoryLevel
from boutique.models.directory import PartnerAbsence, PartnerContact
from boutique.models.referral import Partner, PartnerTerritory

_TERNOIS, _SAINT_POL = "200069672", "62767"
# institution, type (that of its antennes), website, cost
_INSTITUTIONS = (
    ("CCI Artois", "CCI", "https://cci-artois.exemple.fr", "gratuit"),
    ("France Travail", "FRANCE_TRAVAIL", "https://emploi.exemple.fr", "gratuit"),
)
# structure, name, function, phone, themes
_CONTACTS = (
    ("Mobil’Ternois", "Fatou Diagne", "Conseillère mobilité", "+33353010150", ("QUOTIDIEN",)),
    ("Mobil’Ternois", "Paweł Nowak", "Mécanicien, garage solidaire", "+33353010151", ("FINANCER", "QUOTIDIEN")),
    ("CIAS du Ternois, service logement", "Thị Lan Nguyễn", "Travailleuse sociale", "+33353010160", ()),
    ("Relais petite enfance du Ternois", "Marion Delattre", "Responsable", "", ()),
)


def add_people_and_institutions(session: Session, until: date) -> None:
    """Nothing here is drawn at random: the files stay what they are."""
    _housing(session, until)
    session.flush()
    known = {partner.name: partner for partner in session.scalars(select(Partner))}
    for name, type_code, website, cost in _INSTITUTIONS:
        antennes = [partner for partner in known.values() if partner.type_code == type_code]
        above = Partner(
            name=name, type_code=type_code, website=website, cost=cost, territory_level=TerritoryLevel.DEPARTMENT,
            verified_on=until, source="Données fictives", legal_basis="Annuaire public",
        )  # fmt: skip
        session.add_all([above, PartnerTerritory(partner_id=above.id, level=TerritoryLevel.DEPARTMENT, code="62")])
        for antenne in antennes:
            antenne.parent_id = above.id
    for structure, name, role, phone, themes in _CONTACTS:
        session.add(
            PartnerContact(
                partner_id=known[structure].id, name=name, role=role, phone=phone or None, themes=themes or None,
                verified_on=until,
            )
        )  # fmt: skip
    session.add(
        PartnerAbsence(
            partner_id=known["Relais petite enfance du Ternois"].id, from_on=until - timedelta(2),
            until_on=until + timedelta(12), reason="Congés", replacement="le relais de Frévent, 03 53 01 00 61",
        )
    )  # fmt: skip


def _housing(session: Session, until: date) -> None:
    """The needs around a project have partners of their own: mobility and childcare are there, housing too."""
    partner = Partner(
        name="CIAS du Ternois, service logement", type_code="CCAS", commune_code=_SAINT_POL, phone="+33353010160",
        themes=("QUOTIDIEN",), publics=(Public.EVERYBODY,), territory_level=TerritoryLevel.EPCI, cost="gratuit",
        opening="Permanence le jeudi, 14 h – 17 h", access="Sans rendez-vous, mairie annexe, rez-de-chaussée",
        verified_on=until, source="Données fictives",
    )  # fmt: skip
    session.add_all([partner, PartnerTerritory(partner_id=partner.id, level=TerritoryLevel.EPCI, code=_TERNOIS)])

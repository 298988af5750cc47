"""Fictitious partners around Saint-Pol-sur-Ternoise, Frévent and Arras, with what each covers (see `demo`)."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sqlalchemy.orm import Session

from boutique.core.text import words
from boutique.models.choices import TerritoryLevel
from boutique.models.directory import PartnerContact
from boutique.models.referral import Partner, PartnerTerritory
from boutique.rules.needs import load_needs

_COMMUNE, _EPCI, _DEPARTMENT, _REGION, _NATIONAL = (
    TerritoryLevel.COMMUNE,
    TerritoryLevel.EPCI,
    TerritoryLevel.DEPARTMENT,
    TerritoryLevel.REGION,
    TerritoryLevel.NATIONAL,
)
_TERNOIS, _ARTOIS, _ARRAS, _SEVEN_VALLEYS = "200069672", "200069482", "200033579", "200044030"
_SAINT_POL, _FREVENT, _AUXI, _TOWN = "62767", "62361", "62060", "62041"

# name, type, commune, level, codes covered
_PARTNERS: tuple[tuple[str, str, str, TerritoryLevel, tuple[str, ...]], ...] = (
    ("CMA Hauts-de-France, antenne d’Arras", "CMA", _TOWN, _DEPARTMENT, ("62",)),
    ("Point d’accueil de Saint-Pol", "CCI", _SAINT_POL, _EPCI, (_TERNOIS, _SEVEN_VALLEYS)),
    ("Siège d’Arras", "CCI", _TOWN, _EPCI, (_ARRAS, _ARTOIS)),
    ("Chambre d’agriculture, point installation", "CHAMBRE_AGRI", _TOWN, _DEPARTMENT, ("62",)),
    ("BGE Ternois Artois", "BGE", _TOWN, _DEPARTMENT, ("62",)),
    ("CitésLab du Grand Arras", "CITESLAB", _TOWN, _EPCI, (_ARRAS,)),
    ("Bus de l’entrepreneuriat du Ternois", "BUS_ENTREPRENEURIAT", _FREVENT, _EPCI, (_TERNOIS,)),
    ("Les Premières du Nord", "LES_PREMIERES", "59350", _REGION, ("32",)),
    ("CIDFF de l’Artois", "CIDFF", _TOWN, _DEPARTMENT, ("62",)),
    ("EGEE, conseillers bénévoles", "EGEE", _TOWN, _DEPARTMENT, ("62",)),
    ("Initiative Ternois Artois 7 Vallées", "INITIATIVE", _SAINT_POL, _EPCI, (_TERNOIS, _SEVEN_VALLEYS, _ARTOIS)),
    ("Initiative Grand Arras", "INITIATIVE", _TOWN, _EPCI, (_ARRAS,)),
    ("Adie Arras", "ADIE", _TOWN, _DEPARTMENT, ("62",)),
    ("France Active Pas-de-Calais", "FRANCE_ACTIVE", _TOWN, _DEPARTMENT, ("62",)),
    ("Réseau Entreprendre Artois", "RESEAU_ENTREPRENDRE", _TOWN, _DEPARTMENT, ("62",)),
    ("Bpifrance Hauts-de-France", "BPIFRANCE", "59350", _REGION, ("32",)),
    ("Banque coopérative du Ternois", "BANQUE", _SAINT_POL, _EPCI, (_TERNOIS,)),
    ("Couveuse Le Nid", "COUVEUSE", _TOWN, _DEPARTMENT, ("62",)),
    ("Coopérative d’activité Les Tisserands", "CAE", _TOWN, _REGION, ("32",)),
    ("Pépinière du Ternois", "PEPINIERE", _SAINT_POL, _EPCI, (_TERNOIS,)),
    ("Tiers-lieu La Filature", "HOTEL_ENTREPRISES", _FREVENT, _COMMUNE, (_FREVENT, _AUXI, "62154", "62513")),
    ("France Travail Saint-Pol", "FRANCE_TRAVAIL", _SAINT_POL, _EPCI, (_TERNOIS, _SEVEN_VALLEYS)),
    ("France Travail Arras", "FRANCE_TRAVAIL", _TOWN, _EPCI, (_ARRAS, _ARTOIS)),
    ("Mission locale du Ternois", "MISSION_LOCALE", _SAINT_POL, _EPCI, (_TERNOIS,)),
    ("Cap emploi Artois", "CAP_EMPLOI", _TOWN, _DEPARTMENT, ("62",)),
    ("PLIE du Ternois", "PLIE", _SAINT_POL, _EPCI, (_TERNOIS,)),
    ("Maison du Département Solidarité du Ternois", "DEPARTEMENT_RSA", _SAINT_POL, _EPCI, (_TERNOIS,)),
    ("MSA Nord-Pas de Calais", "CAF_MSA", _TOWN, _DEPARTMENT, ("62", "59")),
    ("CCAS de Frévent", "CCAS", _FREVENT, _COMMUNE, (_FREVENT,)),
    ("Point conseil budget du Ternois", "POINT_CONSEIL_BUDGET", _SAINT_POL, _EPCI, (_TERNOIS,)),
    ("Mobil’Ternois", "MOBILITE", _FREVENT, _EPCI, (_TERNOIS,)),
    ("France services d’Auxi-le-Château", "NUMERIQUE", _AUXI, _COMMUNE, (_AUXI, "62891", _FREVENT)),
    ("Greta Grand Artois", "FORMATION_FRANCAIS", _TOWN, _DEPARTMENT, ("62",)),
    ("Relais petite enfance du Ternois", "GARDE_ENFANT", _SAINT_POL, _EPCI, (_TERNOIS,)),
    ("Urssaf Nord-Pas-de-Calais", "URSSAF", _TOWN, _REGION, ("32",)),
    ("Cabinet Lemoine, expert-comptable", "EXPERT_COMPTABLE", _SAINT_POL, _EPCI, (_TERNOIS,)),
    ("Point-justice de Saint-Pol", "POINT_JUSTICE", _SAINT_POL, _EPCI, (_TERNOIS,)),
    ("CRESS Hauts-de-France", "CRESS", "59350", _REGION, ("32",)),
    ("Ternois Com, développement économique", "EPCI_DEVECO", _SAINT_POL, _EPCI, (_TERNOIS,)),
    ("Conseillers-Entreprises", "CONSEILLERS_ENTREPRISES", "", _NATIONAL, ("",)),
    ("Transitions Pro Hauts-de-France", "TRANSITIONS_PRO", "59350", _REGION, ("32",)),
    ("Club des entrepreneurs du Ternois", "CLUB_ENTREPRENEURS", _SAINT_POL, _EPCI, (_TERNOIS,)),
)
_CONTACTS = ("Claire Hanquez", "Youssef Mansouri", "Élodie Bécu", "Marek Kowalczyk", "Sabine Théry", "")


@dataclass(frozen=True, slots=True)
class KnownPartner:
    """What the files need to refer somebody."""

    id: uuid.UUID
    type_code: str


def add_partners(session: Session, rng: Random, until: date) -> list[KnownPartner]:
    """The directory, some of it verified long ago, as in real life."""
    known = []
    for number, (name, type_code, commune, level, codes) in enumerate(_PARTNERS):
        contact = rng.choice(_CONTACTS)
        partner = Partner(
            name=name,
            type_code=type_code,
            commune_code=commune or None,
            territory_level=level,
            phone=f"+333530100{number:02d}",
            email=f"{words(name)[0]}.{number}@exemple.fr",
            themes=themes_of(type_code) or None,
            opening=rng.choice((None, "Du lundi au vendredi, 9 h – 12 h", "Sur rendez-vous")),
            verified_on=rng.choice((None, until - timedelta(rng.randint(5, 500)))) if number % 3 else until,
            source="Données fictives",
        )
        session.add(partner)
        if contact:
            session.add(PartnerContact(partner_id=partner.id, name=contact, role="Chargé·e d’accueil"))
        session.add_all(PartnerTerritory(partner_id=partner.id, level=level, code=code) for code in codes)
        known.append(KnownPartner(partner.id, type_code))
    return known


def themes_of(type_code: str) -> tuple[str, ...]:
    """Themes in which a type of partner answers at least one need."""
    return tuple(
        theme.code for theme in load_needs() if any(type_code in subject.partner_types for subject in theme.subjects)
    )

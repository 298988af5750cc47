"""Vocabularies of programmes, of their participants and of months declared. Everybody may import this module too."""

from boutique.models.choices import Choice


class ProgrammeKind(Choice):
    """What an agreement is about: decides what is asked of it (participants, places) and which figures it reads."""

    ESF = "fse", "FSE+"
    CITY_CONTRACT = "contrat_ville", "Contrat de ville"
    CITESLAB = "citeslab", "CitésLab (Bpifrance)"
    REGION = "region", "Région"
    INTERCOMMUNAL = "epci", "EPCI ou pays"
    NETWORK = "reseau", "Réseau d’accompagnement"
    HUMAN_RESOURCES = "rh_plus", "RH+ (places)"
    SALES_DEVELOPMENT = "devcom_plus", "Dévcom+ (places)"
    OTHER = "autre", "Autre"


class Improvement(Choice):
    """Whether the situation of a participant is better six months after the end (DOMAIN § 5.2, improved_6m)."""

    YES = "oui", "Oui"
    NO = "non", "Non"
    POINTLESS = "sans_objet", "Sans objet (sans emploi à l’entrée)"

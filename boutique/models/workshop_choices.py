"""Vocabularies of the workshops. Everybody may import this module too."""

from boutique.models.choices import Choice


class WorkshopTheme(Choice):
    """What a module is about; the figures break the workshops down by it."""

    PROJECT = "projet", "De l’idée au projet"
    MARKET = "marche", "Marché et vente"
    MANAGEMENT = "gestion", "Gestion et prévisionnel"
    LEGAL = "statut", "Statut et démarches"
    FUNDING = "financement", "Financement"
    DIGITAL = "numerique", "Numérique, démarches en ligne"
    PROCUREMENT = "marches_publics", "Marchés publics"
    OTHER = "autre", "Autre"


class WorkshopLevel(Choice):
    """What one must know already."""

    DISCOVERY = "decouverte", "Découverte"
    BEGINNER = "initiation", "Initiation"
    ADVANCED = "perfectionnement", "Perfectionnement"


class WorkshopState(Choice):
    """Where a session stands; one that is over and still planned waits to be concluded."""

    PLANNED = "prevue", "Prévue"
    HELD = "tenue", "Tenue"
    CANCELLED = "annulee", "Annulée"


class EnrolmentState(Choice):
    """Whether somebody has a place."""

    ENROLLED = "inscrit", "Inscrit·e"
    WAITING = "attente", "En liste d’attente"

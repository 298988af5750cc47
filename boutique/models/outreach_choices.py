"""Vocabularies of what is done out of doors: permanences held, visits to businesses. Everybody may import this."""

from boutique.models.choices import Choice


class OutreachState(Choice):
    """Where one dated permanence stands."""

    PLANNED = "prevue", "Prévue"
    HELD = "tenue", "Tenue"
    CANCELLED = "annulee", "Annulée"


class CancelReason(Choice):
    """Why a permanence was not held; never why somebody was absent."""

    ABSENT = "absence", "Conseiller·ère absent·e"
    NOBODY = "personne", "Aucun rendez-vous"
    PLACE = "lieu", "Lieu fermé ou indisponible"
    WEATHER = "intemperie", "Intempéries, route coupée"
    HOLIDAY = "conge", "Jour férié ou congés"
    MOVED = "report", "Reportée à une autre date"
    OTHER = "autre", "Autre raison"


class VisitPurpose(Choice):
    """Why a business was visited."""

    GREETING = "rencontre", "Faire connaissance"
    REQUEST = "demande", "À sa demande"
    CREATED = "apres_creation", "Suivi après création"
    TRANSFER = "transmission", "Transmission ou reprise"
    INFORMATION = "information", "Informer d’un dispositif"
    SURVEY = "enquete", "Enquête de territoire"
    OTHER = "autre", "Autre"


class BusinessSize(Choice):
    """Employees of a business, by the bands of INSEE."""

    NONE = "0", "Aucun salarié"
    FROM_1 = "1_9", "1 à 9 salariés"
    FROM_10 = "10_49", "10 à 49 salariés"
    FROM_50 = "50_249", "50 à 249 salariés"
    FROM_250 = "250", "250 salariés et plus"

"""Vocabularies of the end of an accompaniment and of what comes after. Everybody may import this module too."""

from boutique.models.choices import Choice


class HolderRole(Choice):
    """What somebody is in a project that several people carry."""

    CO_HOLDER = "coporteur", "Porte le projet"
    ASSOCIATE = "associe", "Associé·e"
    SPOUSE = "conjoint", "Conjoint·e qui travaille dans l’entreprise"
    SUPPORT = "soutien", "Aide le projet, sans y travailler"


class RegistrationProof(Choice):
    """How a registration was verified: an intention is not a creation (DOMAIN § 2.3, IMM5)."""

    REGISTER = "rne", "Vu au registre national (RNE)"
    SIRENE = "sirene", "Vu au répertoire Sirene (annuaire des entreprises)"
    EXTRACT = "extrait", "Extrait ou avis de situation présenté"
    SAID = "declare", "Déclaré par la personne, à vérifier"


class FollowUpState(Choice):
    """Where a follow-up of a business stands."""

    TO_DO = "a_faire", "À faire"
    DONE = "fait", "Fait"
    POINTLESS = "sans_objet", "Sans objet"


class FollowUpOutcome(Choice):
    """What has become of a business (DOMAIN § 2.3, SUI1)."""

    ACTIVE = "active", "Active"
    TRANSFORMED = "transformee", "Transformée"
    CEASED = "cessee", "Cessée"
    UNREACHABLE = "injoignable", "Injoignable"


class TurnoverBand(Choice):
    """Turnover of a business over twelve months, by bands: detailed accounts are nobody's business (SUI1)."""

    NONE = "aucun", "Aucun chiffre d’affaires"
    UP_TO_10K = "lt_10k", "Moins de 10 000 €"
    FROM_10K = "10k_30k", "De 10 000 à 30 000 €"
    FROM_30K = "30k_80k", "De 30 000 à 80 000 €"
    FROM_80K = "80k_200k", "De 80 000 à 200 000 €"
    FROM_200K = "ge_200k", "200 000 € et plus"


class IncomeBand(Choice):
    """What the head of a business draws from it each month, by bands (SUI1)."""

    NONE = "aucun", "Aucun revenu"
    UP_TO_500 = "lt_500", "Moins de 500 € par mois"
    FROM_500 = "500_1000", "De 500 à 1 000 € par mois"
    FROM_1000 = "1000_1500", "De 1 000 à 1 500 € par mois"
    FROM_1500 = "1500_2500", "De 1 500 à 2 500 € par mois"
    FROM_2500 = "ge_2500", "2 500 € et plus par mois"

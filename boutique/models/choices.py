"""Closed vocabularies of the field: stored code + French label. Everybody may import this module.

To add a choice, add one line: no migration is needed, choices are stored as text.
Codes and labels: DOMAIN § 1 and § 4 (source and confidence of each value in the domain reference).
"""

from enum import StrEnum


class Choice(StrEnum):
    """A stored code that knows its French label; compares equal to its code."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Choice":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class EmploymentStatus(Choice):
    """Situation with regard to employment (DOMAIN § 1.1)."""

    JOBSEEKER_WITH_BENEFIT = "DE_INDEMNISE", "Demandeur d’emploi indemnisé"
    JOBSEEKER_WITHOUT_BENEFIT = "DE_NON_INDEMNISE", "Demandeur d’emploi non indemnisé"
    EMPLOYEE_PERMANENT_FULL_TIME = "SALARIE_CDI_TP", "Salarié en CDI à temps plein"
    EMPLOYEE_PART_TIME = "SALARIE_TEMPS_PARTIEL", "Salarié à temps partiel"
    EMPLOYEE_FIXED_TERM = "SALARIE_CDD_INTERIM", "Salarié en CDD ou intérim"
    EMPLOYEE_TAKING_OVER_INSOLVENT_EMPLOYER = (
        "SALARIE_ENTREPRISE_DIFFICULTE",
        "Salarié reprenant son entreprise en difficulté",
    )
    EMPLOYEE_RESIGNING_FOR_PROJECT = "DEMISSIONNAIRE_PROJET", "Salarié préparant une démission pour création"
    SELF_EMPLOYED = "INDEPENDANT", "Indépendant ou micro-entrepreneur en activité"
    COMPANY_DIRECTOR = "DIRIGEANT_SOCIETE", "Dirigeant de société en activité"
    STUDENT = "ETUDIANT", "Étudiant ou lycéen majeur"
    APPRENTICE_OR_TRAINEE = "APPRENTI_STAGIAIRE", "Apprenti ou stagiaire"
    RETIRED = "RETRAITE", "Retraité"
    ON_PARENTAL_LEAVE = "CONGE_PARENTAL_PREPARE", "En congé parental (PreParE)"
    NOT_WORKING_NOT_REGISTERED = "SANS_EMPLOI_NON_INSCRIT", "Sans emploi, non inscrit à France Travail"
    OTHER = "AUTRE", "Autre situation"


class Allowance(Choice):
    """Allowances received (DOMAIN § 1.2)."""

    UNEMPLOYMENT_BENEFIT = "ARE", "ARE"
    JOB_SECURITY_ALLOWANCE = "ASP", "ASP"
    SPECIFIC_SOLIDARITY_ALLOWANCE = "ASS", "ASS"
    ACTIVE_SOLIDARITY_INCOME = "RSA", "RSA"
    ACTIVE_SOLIDARITY_INCOME_INCREASED = "RSA_MAJORE", "RSA majoré"
    DISABLED_ADULT_ALLOWANCE = "AAH", "AAH"
    SHARED_CHILD_EDUCATION_BENEFIT = "PREPARE", "PreParE"
    ACTIVITY_BONUS = "PRIME_ACTIVITE", "Prime d’activité"
    NONE = "AUCUNE", "Aucune"


class RegistrationDuration(Choice):
    """Time registered as a jobseeker (DOMAIN § 1.3)."""

    LT_6_MONTHS = "LT_6M", "Moins de 6 mois"
    FROM_6_TO_11_MONTHS = "M6_11", "6 à 11 mois"
    FROM_12_TO_23_MONTHS = "M12_23", "12 à 23 mois (DELD)"
    GE_24_MONTHS = "GE_24M", "24 mois et plus (DETLD)"
    NOT_REGISTERED = "NON_INSCRIT", "Non inscrit"


class AgeBand(Choice):
    """Age bands of the funders (DOMAIN § 1.4)."""

    AGE_18_25 = "A18_25", "18 à 25 ans révolus"
    AGE_26_29 = "A26_29", "26 à 29 ans"
    AGE_30_44 = "A30_44", "30 à 44 ans"
    AGE_45_49 = "A45_49", "45 à 49 ans"
    AGE_50_54 = "A50_54", "50 à 54 ans"
    AGE_55_PLUS = "A55P", "55 ans et plus"
    UNDER_18 = "MINEUR", "Moins de 18 ans"


class EducationLevel(Choice):
    """Level of education (DOMAIN § 1.5)."""

    NO_SCHOOLING = "N0", "Aucune scolarité ou non scolarisé"
    LEVEL_1 = "N1", "Niveau 1 — savoirs de base"
    LEVEL_2 = "N2", "Niveau 2 — fin de scolarité obligatoire, diplôme national du brevet"
    LEVEL_3 = "N3", "Niveau 3 — CAP, BEP, titre équivalent"
    LEVEL_4 = "N4", "Niveau 4 — baccalauréat, brevet professionnel"
    LEVEL_5 = "N5", "Niveau 5 — bac + 2 (BTS, DUT, DEUST)"
    LEVEL_6 = "N6", "Niveau 6 — bac + 3 et + 4 (licence, BUT, maîtrise)"
    LEVEL_7 = "N7", "Niveau 7 — bac + 5 (master, ingénieur)"
    LEVEL_8 = "N8", "Niveau 8 — bac + 8 (doctorat)"
    FOREIGN_UNMAPPED = "ETR", "Diplôme étranger non situé"


class Sector(Choice):
    """Family of activity (DOMAIN § 4.1)."""

    CRAFT = "ARTISANAT", "Artisanat"
    TRADE = "COMMERCE", "Commerce"
    SERVICES = "SERVICE", "Services"
    LIBERAL_UNREGULATED = "LIBERAL", "Libéral non réglementé"
    LIBERAL_REGULATED = "LIBERAL_REGLEMENTE", "Libéral réglementé"
    FARMING = "AGRICOLE", "Agricole"
    SOCIAL_ECONOMY = "ESS", "Économie sociale et solidaire"
    INDUSTRY = "INDUSTRIE", "Industrie"
    DIGITAL = "NUMERIQUE", "Numérique"
    CULTURE = "CULTURE", "Culture et création"


class LegalForm(Choice):
    """Legal forms and alternatives (DOMAIN § 4.4)."""

    SOLE_PROPRIETORSHIP = "EI", "Entreprise individuelle"
    MICRO_ENTREPRENEUR = "EI_MICRO", "Micro-entrepreneur (EI au régime micro)"
    SINGLE_MEMBER_LLC = "EURL", "EURL (SARL à associé unique)"
    LIMITED_LIABILITY_COMPANY = "SARL", "SARL"
    SINGLE_MEMBER_SIMPLIFIED_COMPANY = "SASU", "SASU"
    SIMPLIFIED_JOINT_STOCK_COMPANY = "SAS", "SAS"
    GENERAL_PARTNERSHIP = "SNC", "SNC"
    PROFESSIONAL_LLC = "SELARL", "SELARL / SELARLU"
    PROFESSIONAL_SAS = "SELAS", "SELAS / SELASU"
    WORKER_COOPERATIVE = "SCOP", "Scop"
    COLLECTIVE_INTEREST_COOPERATIVE = "SCIC", "Scic"
    ASSOCIATION = "ASSOCIATION", "Association loi 1901"
    FARM_COMPANIES = "GAEC_EARL_SCEA", "Sociétés agricoles (Gaec, EARL, SCEA)"
    ARTIST_AUTHOR = "ARTISTE_AUTEUR", "Artiste-auteur"
    HOSTED_BUSINESS_TEST = "CAPE_HEBERGE", "Test en couveuse (pas d’immatriculation)"
    SALARIED_ENTREPRENEUR = "CAE_SALARIE", "Entrepreneur salarié de coopérative"
    SALARY_PORTAGE = "PORTAGE", "Portage salarial"


class Phase(Choice):
    """Phases of the journey (DOMAIN § 2.1)."""

    RECEPTION_AND_EMERGENCE = "ACCUEIL", "Accueil et émergence"
    INTAKE_AND_AGREEMENT = "PRE_ACCUEIL", "Pré-accueil et contractualisation"
    PERSON_PROJECT_FIT = "ADEQUATION", "Adéquation personne-projet"
    MARKET_STUDY = "MARCHE", "Étude de marché et offre"
    FINANCIAL_FORECAST = "PREVISIONNEL", "Prévisionnel financier"
    LEGAL_STATUS_CHOICE = "STATUT", "Choix du statut juridique, fiscal et social"
    FINANCING = "FINANCEMENT", "Recherche de financement"
    REGISTRATION = "IMMATRICULATION", "Immatriculation au guichet unique"
    POST_CREATION = "POST_CREATION", "Post-création (0-12 mois)"
    FOLLOW_UP = "SUIVI_1_3", "Suivi à 1, 2 et 3 ans"


class InterviewType(Choice):
    """Types of interview (DOMAIN § 7.1)."""

    WALK_IN = "ACCUEIL", "Accueil sans rendez-vous"
    INTAKE_INTERVIEW = "PRE_ACCUEIL", "Premier entretien"
    DIAGNOSTIC_INTERVIEW = "DIAGNOSTIC", "Entretien de diagnostic"
    COACHING_INTERVIEW = "SUIVI", "Entretien de suivi de parcours"
    EXPERT_INTERVIEW = "EXPERT", "Entretien avec expert (juriste, comptable, consulaire)"
    REMOTE_INTERVIEW = "TELEPHONE", "Entretien téléphonique ou visio"
    FINANCING_INTERVIEW = "FINANCEMENT", "Préparation et présentation de financement"
    BUSINESS_FOLLOW_UP = "SUIVI_ENTREPRISE", "Suivi d’entreprise créée"
    SITE_VISIT = "VISITE", "Visite d’entreprise ou de local"


class Gender(Choice):
    """Declared sex (DOMAIN § 1.6)."""

    FEMALE = "F", "Femme"
    MALE = "M", "Homme"
    NOT_SAID = "NSP", "Ne souhaite pas répondre"


class ZoningState(Choice):
    """Inside a zone, outside, or to be checked at the address: never a silent no (DOMAIN § 1.6)."""

    YES = "oui", "Oui"
    NO = "non", "Non"
    TO_CHECK = "a_verifier", "À vérifier"


class SelfEmploymentRight(Choice):
    """Right to work for oneself, instead of any nationality (DOMAIN § 1.6)."""

    CHECKED = "verifie", "Vérifié"
    TO_CHECK = "a_verifier", "À vérifier"
    NOT_APPLICABLE = "sans_objet", "Sans objet"


class CreditAccess(Choice):
    """Access to bank credit."""

    YES = "oui", "Oui"
    NO = "non", "Non"
    UNKNOWN = "inconnu", "Ne sait pas"


class ProjectKind(Choice):
    """What the project is."""

    CREATION = "creation", "Création"
    TAKEOVER = "reprise", "Reprise"
    DEVELOPMENT = "developpement", "Développement"
    ASSOCIATION = "association", "Association"
    DIVERSIFICATION = "diversification", "Diversification"


class QualificationStatus(Choice):
    """Qualification required by the craft."""

    HELD = "detenue", "Détenue"
    ABSENT = "absente", "Absente"
    TO_CHECK = "a_verifier", "À vérifier"
    NOT_APPLICABLE = "sans_objet", "Sans objet"


class PremisesNeed(Choice):
    """Premises looked for."""

    NONE = "aucun", "Aucun"
    OFFICE = "bureau", "Bureau"
    WORKSHOP = "atelier", "Atelier"
    SHOP = "boutique", "Boutique"
    LAND = "terrain", "Terrain"


class TrainingNeed(Choice):
    """Training looked for."""

    NONE = "aucun", "Aucun"
    MANAGEMENT = "gestion", "Gestion"
    TRADE = "metier", "Métier"
    DIGITAL = "numerique", "Numérique"
    SALES = "commercial", "Commercial"


class SiteKind(Choice):
    """Where people are received."""

    SHOP = "boutique", "Boutique"
    OUTREACH = "permanence", "Permanence"


class Role(Choice):
    """What a counsellor does; a convenience, encryption is the protection."""

    COUNSELLOR = "conseiller", "Conseiller·ère"
    COORDINATOR = "coordinateur", "Coordinateur·rice"
    RECEPTION = "accueil", "Accueil"


class Channel(Choice):
    """How the contact took place."""

    WALK_IN = "spontane", "Sans rendez-vous"
    APPOINTMENT = "rendez_vous", "Sur rendez-vous"
    PHONE = "telephone", "Téléphone"
    VIDEO = "visio", "Visioconférence"
    EMAIL = "courriel", "Courriel"
    HOME = "domicile", "À domicile"
    EVENT = "evenement", "Événement, aller-vers"


class Prescriber(Choice):
    """Who sent the person."""

    SELF = "spontane", "Venue de soi-même"
    WORD_OF_MOUTH = "bouche_a_oreille", "Bouche-à-oreille"
    FRANCE_TRAVAIL = "france_travail", "France Travail"
    LOCAL_MISSION = "mission_locale", "Mission locale"
    TOWN_HALL = "mairie", "Mairie ou intercommunalité"
    CHAMBER = "chambre", "Chambre consulaire"
    SOCIAL_SERVICES = "social", "Service social, CCAS, Département"
    NETWORK = "reseau", "Réseau d’accompagnement"
    BANK = "banque", "Banque"
    ACCOUNTANT = "comptable", "Expert-comptable"
    PRESS = "presse", "Presse, affiche, internet"
    OTHER = "autre", "Autre"


class PreviousSupport(Choice):
    """Already supported by."""

    NONE = "aucun", "Personne"
    BGE = "bge", "BGE"
    CMA = "cma", "Chambre de métiers"
    CCI = "cci", "CCI"
    ADIE = "adie", "Adie"
    FRANCE_TRAVAIL = "france_travail", "France Travail"
    INITIATIVE = "initiative", "Initiative"
    COUVEUSE = "couveuse", "Couveuse ou CAE"
    OTHER = "autre", "Autre"


class InterviewMode(Choice):
    """On site or at a distance."""

    ON_SITE = "presentiel", "En présence"
    REMOTE = "distance", "À distance"
    OUTSIDE = "deplacement", "En déplacement"


class ActionOwner(Choice):
    """Who does an action."""

    HOLDER = "porteur", "La personne"
    COUNSELLOR = "conseiller", "La boutique"
    PARTNER = "partenaire", "Un partenaire"


class ActionStatus(Choice):
    """Where an action stands."""

    PLANNED = "prevue", "Prévue"
    IN_PROGRESS = "en_cours", "En cours"
    WAITING = "en_attente", "En attente"
    DONE = "faite", "Faite"
    CANCELLED = "annulee", "Annulée"
    ABANDONED = "abandonnee", "Abandonnée"


class Priority(Choice):
    """How soon."""

    HIGH = "haute", "Haute"
    NORMAL = "normale", "Normale"
    LOW = "basse", "Basse"


class StepStatus(Choice):
    """Where a step of the journey stands."""

    IN_PROGRESS = "en_cours", "En cours"
    DONE = "franchie", "Franchie"
    SKIPPED = "passee", "Passée"


class ReferralStatus(Choice):
    """Life of a referral (PRODUCT, § Orientation)."""

    PREPARED = "preparee", "Préparée"
    HANDED = "remise", "Remise à la personne"
    SENT = "envoyee", "Envoyée"
    RECEIVED = "recue", "Reçue"
    TAKEN_UP = "prise_en_charge", "Prise en charge"
    SUCCEEDED = "aboutie", "Aboutie"
    NO_FOLLOW_UP = "sans_suite", "Sans suite"
    REFUSED = "refusee", "Refusée"
    UNREACHABLE = "non_joignable", "Non joignable"
    EXPIRED = "expiree", "Expirée"
    CANCELLED = "annulee", "Annulée"


class ConsentMode(Choice):
    """How an agreement was given."""

    ORAL = "oral", "Oralement"
    SIGNED = "signe", "Par écrit"
    EMAIL = "courriel", "Par courriel"


class ConsentKind(Choice):
    """What was told or agreed."""

    NOTICE = "notice", "Notice d’information remise"
    REFERRAL = "orientation", "Accord pour une orientation"
    SENSITIVE = "rqth", "Accord écrit pour la RQTH"


class SharedData(Choice):
    """What a referral passes on; the least by default."""

    IDENTITY = "identite", "identité"
    PHONE = "telephone", "téléphone"
    EMAIL = "courriel", "e-mail"
    COMMUNE = "commune", "commune"
    PROJECT = "projet", "projet"
    EMPLOYMENT = "situation", "situation d’emploi"
    BUDGET = "budget", "budget"


class TerritoryLevel(Choice):
    """Extent of a partner's territory."""

    COMMUNE = "commune", "Commune"
    EPCI = "epci", "Intercommunalité"
    OWN = "territoire", "Territoire à nous"
    DEPARTMENT = "departement", "Département"
    REGION = "region", "Région"
    NATIONAL = "pays", "France entière"


class ExitReason(Choice):
    """Why a file closes (DOMAIN § 5.3, Parcours et sorties)."""

    CREATION = "creation", "Création"
    JOB = "emploi", "Emploi"
    TRAINING = "formation", "Formation"
    GIVEN_UP = "abandon", "Abandon"
    REFERRED = "orientation", "Orientation"
    UNREACHABLE = "injoignable", "Injoignable"
    MOVED = "demenagement", "Déménagement"


class NextStep(Choice):
    """What was decided together at the end of the visit."""

    CONTINUE = "continuer", "Continuer l’accompagnement"
    REFER = "orienter", "Orienter"
    THINK = "reflexion", "La personne réfléchit"
    STOP = "arret", "S’arrêter là"


class AppointmentStatus(Choice):
    """Where an appointment stands."""

    PLANNED = "prevu", "Prévu"
    DONE = "tenu", "Tenu"
    MISSED = "manque", "Manqué"
    CANCELLED = "annule", "Annulé"


class Conflict(Choice):
    """What an appointment runs into; shown, never in the way."""

    OVERLAP = "chevauchement", "Chevauche un autre rendez-vous"
    BUSY = "occupe", "Occupé·e ailleurs"
    OUTSIDE = "hors_permanence", "Hors permanence"
    HOLIDAY = "jour_ferie", "Jour férié"


class Rhythm(Choice):
    """How a permanence comes back; the day of the week is that of its first date."""

    ONCE = "une_fois", "Une seule fois"
    WEEKLY = "hebdomadaire", "Chaque semaine"
    FORTNIGHTLY = "quinzaine", "Une semaine sur deux"
    MONTHLY = "mensuelle", "Chaque mois, le même jour de la semaine"
    MONTHLY_LAST = "mensuelle_dernier", "Chaque mois, le dernier jour de ce nom"


class LegalBasis(Choice):
    """Why the structure may process data (art. 6 GDPR)."""

    PUBLIC_INTEREST = "interet_public", "Mission d’intérêt public"
    CONTRACT = "contrat", "Contrat d’accompagnement"
    LEGITIMATE = "interet_legitime", "Intérêt légitime"


class FundingKind(Choice):
    """What is asked of a financer, and what a financing plan is made of."""

    OWN = "apport", "Apport personnel"
    PARTNER_ACCOUNT = "compte_courant", "Compte courant d’associé"
    HONOUR_LOAN = "pret_honneur", "Prêt d’honneur"
    MICROCREDIT = "microcredit", "Microcrédit"
    BANK_LOAN = "pret_bancaire", "Prêt bancaire"
    FAMILY_LOAN = "pret_familial", "Prêt familial"
    GRANT = "subvention", "Subvention ou prime"
    ARCE = "arce", "Arce (droits en capital)"
    CROWDFUNDING = "participatif", "Financement participatif"
    EXEMPTION = "exoneration", "Exonération"
    GUARANTEE = "garantie", "Garantie"
    OTHER = "autre", "Autre"


class RequestStatus(Choice):
    """Where a request for money or a scheme stands."""

    CONSIDERED = "envisagee", "Envisagée"
    ASKED = "demandee", "Demandée"
    GRANTED = "accordee", "Accordée"
    REFUSED = "refusee", "Refusée"
    PAID = "versee", "Versée"
    GIVEN_UP = "abandonnee", "Abandonnée"


class PieceState(Choice):
    """What became of a piece that was asked for; a piece never mentioned is still to be asked."""

    GIVEN = "remise", "Remise"
    SEEN = "vue", "Vue, non copiée"
    NOT_NEEDED = "sans_objet", "Sans objet"


class Public(Choice):
    """Who a partner receives: the vocabulary of data·inclusion (v1)."""

    EVERYBODY = "tous-publics", "Tous publics"
    ACTIVE = "actifs", "Actifs"
    MINIMUM_INCOME = "beneficiaires-des-minimas-sociaux", "Bénéficiaires des minimas sociaux"
    JOB_SEEKERS = "demandeurs-emploi", "Demandeurs d’emploi"
    STUDENTS = "etudiants", "Étudiants"
    FAMILIES = "familles", "Familles"
    WOMEN = "femmes", "Femmes"
    YOUNG = "jeunes", "Jeunes"
    DISABLED = "personnes-en-situation-de-handicap", "Personnes en situation de handicap"
    EMERGENCY = "personnes-en-situation-durgence", "Personnes en situation d’urgence"
    LEGAL_SITUATION = "personnes-en-situation-juridique-specifique", "Personnes en situation juridique spécifique"
    EXILED = "personnes-exilees", "Personnes exilées"
    PRIORITY_AREAS = "residents-qpv-frr", "Résidents en QPV ou FRR"
    SENIORS = "seniors", "Séniors"

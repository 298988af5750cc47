"""Names, places, trades and sentences of the fictitious files (see `demo`). Nobody here exists.

Names are mixed across origins on purpose: search, sorting and duplicate detection must cope with all of them.
"""

from dataclasses import dataclass
from types import MappingProxyType

from boutique.models.choices import Sector


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.replace("_", " ") for name in text.split())


WOMEN = _names(
    "Marie Éloïse Chloé Maëlle Océane Anaïs Noémie Inès Léa Manon Camille Delphine Sandrine Nathalie Véronique "
    "Marie-Christine Anne-Sophie Marie-Jeanne Rose-Marie Françoise Hélène Cécile Émilie Gaëlle Aurélie Béatrice "
    "Agnieszka Małgorzata Katarzyna Zofia Fatima Khadija Naïma Yamina Leïla Samira Nour Aïcha Fatoumata Aminata "
    "Mariam Awa Kadiatou Ngoc-Anh Thị-Mai Linh Thuy Ayşe Gülşen Elif Zeynep Conceição Fernanda Lúcia Inês Joana "
    "Ioana Mihaela Oksana Valérie Stéphanie Laëtitia Jocelyne Ghislaine Maryse Odile Apolline Capucine"
)
MEN = _names(
    "Bruno Mathéo Théo Loïc Gaël Jérôme Rémi Frédéric Jean-Pierre Jean-Baptiste Pierre-Yves Marc-Antoine Noël Joël "
    "Sébastien Stéphane Grégory Ludovic Mickaël Kévin Dylan Cédric Aurélien Benoît Élie Étienne Éric Hervé Gérard "
    "Bogdan Wojciech Stanisław Krzysztof Mohamed Karim Abdelkader Youssef Rachid Mehdi Nassim Mamadou Ousmane "
    "Ibrahima Seydou Cheikh Moussa Minh Quang Văn-Long Hoàng Mehmet Ömer Hüseyin Yılmaz João José Antônio Luís "
    "Ștefan Andrei Dmytro Guillaume Thibault Maxence Corentin Augustin Léandre"
)
FAMILIES = _names(
    "Vandenbroucke Lefèvre Delattre Caron Leclercq Dubois Duchêne Hérisson Lépine Théry Brasseur Carpentier Flament "
    "Wallart Bécu Cuvelier Delcourt Deruelle Dewaele Vanhoutte Verhaeghe Desprès Poidevin Quéant Roussel Sénéchal "
    "Tétart Wattebled Obert Masclef Loquet Hanquez Guilbert Froissart Évrard Devienne Crépin Boulanger Blanquart "
    "Lefebvre-Caron Dupont-Delmotte Martin-Wallet D’Hollander D’Halluin L’Hermitte Saint-Pol De_La_Fontaine "
    "Le_Goff Van_Der_Linden De_Sousa Kowalczyk Nowak Wiśniewska Zieliński Szczepaniak Wojciechowski Dąbrowska "
    "Benali Bouzid Haddad El_Amrani Ben_Youssef Aït-Ouakli Cherif Mansouri Zerrouki Belkacem Traoré Diallo Konaté "
    "N’Diaye N’Guessan Koné Ouédraogo Cissé Sow Camara Nguyễn Trần Phạm Lê Đặng Yılmaz Öztürk Şahin Çelik Doğan "
    "Pereira Gonçalves Magalhães Ferreira_da_Silva Araújo Popescu Ionescu Kovalenko Marchandise Quenehen Bouchez "
    "Lemoine Ducrocq Gosselin Hennebelle Warembourg Vasseur Thuilliez Savary Pruvost Oudart Noyelle Mouret"
)
USUAL = _names("Marie Sophie Julie Nicolas Julien David Thomas Christophe")

# Communes with how often their inhabitants come (all within reach of Saint-Pol-sur-Ternoise, Frévent and Arras).
COMMUNES = MappingProxyType(
    {
        "62767": 24,
        "62361": 15,
        "62060": 10,
        "62041": 16,
        "62652": 6,
        "62451": 3,
        "62036": 4,
        "62063": 4,
        "62447": 4,
        "62045": 3,
        "62820": 2,
        "62258": 1,
        "62337": 1,
        "62536": 1,
        "62785": 1,
        "62367": 2,
        "62763": 3,
        "62686": 1,
        "62581": 1,
        "62154": 1,
        "62513": 1,
        "62631": 1,
        "62269": 1,
        "62835": 1,
        "62004": 2,
        "62263": 1,
        "62335": 1,
        "62883": 1,
        "62753": 2,
        "80253": 2,
        "62178": 2,
        "62498": 1,
    }
)
DISTRICT_COMMUNES = frozenset({"62041", "62178", "62498", "62767"})


@dataclass(frozen=True, slots=True)
class Trade:
    """A project idea: one sentence, its activity, and what it usually implies."""

    summary: str
    naf: str
    sector: Sector
    flags: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


TRADES = (
    Trade(
        "Boulangerie bio itinérante sur les marchés du Ternois",
        "10.71C",
        Sector.CRAFT,
        ("regulated_craft", "food_handling", "itinerant_trade", "vehicle_needed"),
        ("OBLIGATIONS_QUALIFICATION", "FINANCER_VEHICULE"),
    ),
    Trade(
        "Réparation de vélos et de trottinettes à domicile",
        "95.29Z",
        Sector.CRAFT,
        ("vehicle_needed",),
        ("MARCHE_ETUDE", "FINANCER_STOCK"),
    ),
    Trade("Gîte de groupe dans une ancienne ferme", "55.20Z", Sector.TRADE, (), ("STATUT_FISCAL", "FINANCER_AIDES")),
    Trade(
        "Salon de coiffure à domicile",
        "96.02A",
        Sector.CRAFT,
        ("regulated_craft", "vehicle_needed"),
        ("OBLIGATIONS_QUALIFICATION", "QUOTIDIEN_MOBILITE"),
    ),
    Trade(
        "Institut de beauté dans le centre-bourg",
        "96.02B",
        Sector.CRAFT,
        ("regulated_craft", "commercial_lease"),
        ("LOCAL_BOUTIQUE", "FINANCER_PRET_HONNEUR"),
    ),
    Trade(
        "Camion de restauration, cuisine du monde",
        "56.10C",
        Sector.TRADE,
        ("food_handling", "itinerant_trade", "vehicle_needed"),
        ("OBLIGATIONS_HYGIENE", "FINANCER_VEHICULE"),
    ),
    Trade("Friperie et retouches", "47.79Z", Sector.TRADE, ("commercial_lease",), ("LOCAL_BOUTIQUE", "MARCHE_ETUDE")),
    Trade(
        "Entretien de jardins et petits travaux",
        "81.30Z",
        Sector.CRAFT,
        ("vehicle_needed",),
        ("STATUT_CHOIX", "FINANCER_VEHICULE"),
    ),
    Trade(
        "Plomberie et chauffage",
        "43.22A",
        Sector.CRAFT,
        ("regulated_craft", "mandatory_insurance"),
        ("OBLIGATIONS_QUALIFICATION", "OBLIGATIONS_ASSURANCE"),
    ),
    Trade(
        "Peinture et décoration intérieure",
        "43.34Z",
        Sector.CRAFT,
        ("regulated_craft", "mandatory_insurance"),
        ("OBLIGATIONS_ASSURANCE", "STATUT_COTISATIONS"),
    ),
    Trade(
        "Épicerie de producteurs et dépôt de pain",
        "47.11B",
        Sector.TRADE,
        ("food_handling", "commercial_lease"),
        ("LOCAL_BOUTIQUE", "FINANCER_STOCK"),
    ),
    Trade(
        "Reprise du café du village avec petite restauration",
        "56.30Z",
        Sector.TRADE,
        ("food_handling", "alcohol_sale", "bank_loan_planned"),
        ("IDEE_REPRISE", "OBLIGATIONS_LICENCE"),
    ),
    Trade("Photographie de mariage et d’entreprise", "74.20Z", Sector.CULTURE, (), ("MARCHE_VENDRE", "RESEAU_PAIRS")),
    Trade("Création de sites internet pour artisans", "62.01Z", Sector.DIGITAL, (), ("STATUT_CHOIX", "RESEAU_PAIRS")),
    Trade(
        "Maraîchage biologique sur deux hectares",
        "01.13Z",
        Sector.FARMING,
        ("vehicle_needed",),
        ("IDEE_AGRICOLE", "FINANCER_AIDES"),
    ),
    Trade(
        "Ménage et aide à domicile",
        "81.21Z",
        Sector.SERVICES,
        ("vehicle_needed",),
        ("QUOTIDIEN_MOBILITE", "STATUT_CHOIX"),
    ),
    Trade(
        "Taxi conventionné",
        "49.32Z",
        Sector.CRAFT,
        ("regulated_craft", "vehicle_needed", "bank_loan_planned"),
        ("OBLIGATIONS_QUALIFICATION", "FINANCER_VEHICULE"),
    ),
    Trade(
        "Couture sur mesure et ateliers créatifs",
        "14.13Z",
        Sector.CRAFT,
        ("wants_test",),
        ("IDEE_TEST", "MARCHE_EMPLACEMENT"),
    ),
    Trade("Conseil en relations humaines", "70.22Z", Sector.LIBERAL_UNREGULATED, (), ("MARCHE_VENDRE", "EMPLOI_BILAN")),
    Trade(
        "Sophrologie et bien-être", "96.09Z", Sector.LIBERAL_UNREGULATED, ("wants_test",), ("IDEE_TEST", "MARCHE_ETUDE")
    ),
    Trade(
        "Recyclerie associative", "38.32Z", Sector.SOCIAL_ECONOMY, ("social_utility",), ("IDEE_ESS", "FINANCER_AIDES")
    ),
    Trade(
        "Garage solidaire",
        "45.20A",
        Sector.SOCIAL_ECONOMY,
        ("social_utility", "regulated_craft"),
        ("IDEE_ESS", "OBLIGATIONS_QUALIFICATION"),
    ),
    Trade(
        "Vente de bijoux artisanaux en ligne",
        "32.13Z",
        Sector.CRAFT,
        ("brand_to_protect",),
        ("NUMERIQUE_VENTE", "STATUT_MARQUE"),
    ),
    Trade(
        "Traiteur à domicile",
        "56.21Z",
        Sector.CRAFT,
        ("food_handling", "vehicle_needed"),
        ("OBLIGATIONS_HYGIENE", "FINANCER_VEHICULE"),
    ),
    Trade(
        "Micro-crèche",
        "88.91A",
        Sector.SERVICES,
        ("bank_loan_planned", "commercial_lease"),
        ("LOCAL_BOUTIQUE", "FINANCER_GARANTIE"),
    ),
    Trade(
        "Menuiserie et agencement",
        "43.32A",
        Sector.CRAFT,
        ("regulated_craft", "mandatory_insurance"),
        ("LOCAL_ATELIER", "FINANCER_PRET_HONNEUR"),
    ),
    Trade(
        "Toilettage canin mobile",
        "96.09Z",
        Sector.CRAFT,
        ("vehicle_needed",),
        ("FORMATION_METIER", "FINANCER_VEHICULE"),
    ),
    Trade(
        "Brasserie artisanale",
        "11.05Z",
        Sector.INDUSTRY,
        ("alcohol_sale", "bank_loan_planned", "brand_to_protect"),
        ("FINANCER_GARANTIE", "LOCAL_ATELIER"),
    ),
    Trade("Cours de soutien et aide aux devoirs", "85.59B", Sector.SERVICES, (), ("STATUT_CHOIX", "MARCHE_VENDRE")),
    Trade(
        "Une idée encore floue, autour de la cuisine",
        "56.10A",
        Sector.TRADE,
        ("food_handling",),
        ("IDEE_EMERGENCE", "FORMATION_GESTION"),
    ),
)

SUMMARIES = MappingProxyType(
    {
        "ACCUEIL": (
            "Première présentation de l’idée. Les étapes et les acteurs ont été expliqués.",
            "Demande d’informations sur les statuts et les aides. Dépliant remis.",
        ),
        "PRE_ACCUEIL": (
            "Situation et droits revus ensemble. Un rythme de rendez-vous est convenu.",
            "Dossier ouvert, notice remise. Le maintien des droits est à vérifier avant toute démarche.",
        ),
        "ADEQUATION": (
            "Compétences et contraintes listées : l’emploi du temps est compatible avec le projet.",
            "Le revenu minimal est chiffré. Il manque de la pratique en vente.",
        ),
        "MARCHE": (
            "Cinq concurrents repérés à moins de 20 km ; questionnaire clients prêt.",
            "Douze personnes interrogées, neuf intéressées au prix proposé.",
        ),
        "PREVISIONNEL": (
            "Chiffre d’affaires construit mois par mois ; le mois d’août est le plus bas.",
            "Plan de financement presque équilibré, il manque 2 500 €.",
        ),
        "STATUT": (
            "Comparaison micro et réel : le régime micro est retenu pour démarrer.",
            "Bail relu ensemble ; deux points à faire préciser par le bailleur.",
        ),
        "FINANCEMENT": (
            "Dossier de prêt relu, présentation orale répétée.",
            "Accord de principe reçu, devis du véhicule à joindre.",
        ),
        "IMMATRICULATION": (
            "Liste de contrôle parcourue : assurance et compte prêts.",
            "Dépôt au guichet unique fait ensemble, demande d’Acre jointe.",
        ),
        "POST_CREATION": (
            "Premier mois d’activité : quatorze clients, trésorerie saine.",
            "Point à trois mois : relancer deux factures, prévoir les cotisations.",
        ),
        "SUIVI_1_3": ("Bilan d’un an : activité stable, réflexion sur une embauche.",),
    }
)
PRIVATE_NOTES = (
    "Semble découragée par la longueur des démarches : garder des étapes courtes.",
    "Préfère ne pas parler du projet devant sa famille ; appeler plutôt le matin.",
    "Prévoir plus de temps au prochain rendez-vous, beaucoup de questions.",
    "Chiffres annoncés optimistes, à reprendre doucement.",
)
DECISIONS = (
    "Avance l’étude de marché avant le prochain rendez-vous.",
    "Prend contact avec le partenaire cette semaine.",
    "Demande deux devis.",
    "Garde son emploi pendant le test.",
)
ACTIONS = (
    "Demander deux devis",
    "Interroger dix clients possibles",
    "Prendre rendez-vous à la banque",
    "Rassembler les diplômes et attestations",
    "Relire le bail",
    "Chiffrer le véhicule",
    "Appeler France Travail",
    "Visiter trois concurrents",
    "Compléter le prévisionnel",
    "Choisir un nom et vérifier qu’il est libre",
    "Préparer la présentation orale",
    "Vérifier l’assurance obligatoire",
)
EXPECTATIONS = (
    "Un premier rendez-vous et un avis sur la faisabilité.",
    "Vérifier l’éligibilité et dire les pièces à réunir.",
    "Un échange téléphonique pour savoir si le projet entre dans vos critères.",
    "Une place dans la prochaine session.",
)
ANSWERS = (
    "Oui, c’est clair.",
    "À préciser au prochain rendez-vous.",
    "Environ 1 200 € par mois.",
    "Pas encore.",
    "Trois personnes l’aident.",
    "Diplôme obtenu, dix ans d’expérience.",
    "Deux devis reçus.",
)
ADDRESSES = (
    "12 rue des Carmes",
    "3 bis rue de Frévent",
    "8 résidence du Moulin",
    "45 route nationale",
    "1 hameau de la Gare",
    "27 rue du Général-Leclerc",
    "chez M. et Mme Lépine, 6 impasse des Lilas",
)
REFERRED = (  # status, share among the referrals old enough to have an answer
    ("aboutie", 30),
    ("prise_en_charge", 20),
    ("refusee", 12),
    ("sans_suite", 10),
    ("non_joignable", 6),
    ("expiree", 4),
    ("annulee", 2),
    ("remise", 8),
    ("envoyee", 6),
    ("recue", 2),
)

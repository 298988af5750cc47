"""Every form of the product, built from the declarations of the entities. A new field appears here by itself."""

from boutique.forms.spec import Form, form_for
from boutique.models.case import Action, Appointment, Interview, Passage
from boutique.models.diagnosis import Diagnosis, DiagnosisMark
from boutique.models.money import SchemeRequest
from boutique.models.person import Person
from boutique.models.plan import ActionPlan
from boutique.models.project import Business, Project
from boutique.models.referral import Partner
from boutique.models.structure import Counsellor, Site, Structure

# The counter: one screen, required inputs first. Everything else of a person and project is in FILE.
INTAKE: Form = form_for(
    "intake",
    {"who": "Qui", "situation": "Situation", "project": "Projet et demande", "visit": "Passage"},
    Person,
    Project,
    Passage,
)
FILE: Form = form_for(
    "file",
    {
        "who": "Identité et contact",
        "situation": "Situation",
        "more": "Compléments",
        "money": "Argent et droits",
        "around": "Entourage",
        "project": "Projet",
        "activity": "Activité",
        "funding": "Chiffres et financement",
        "setting": "Implantation et statut",
        "business": "Entreprise",
        "diagnosis": "Diagnostic",
    },
    Person,
    Project,
    Business,
    Diagnosis,
)
INTERVIEW: Form = form_for("interview", {"interview": "Entretien", "content": "Contenu"}, Interview)
ACTION: Form = form_for("action", {"action": "Action"}, Action)
PLAN: Form = form_for("action_plan", {"plan": "Objectif de la période"}, ActionPlan)
REQUEST: Form = form_for("request", {"request": "Demande"}, SchemeRequest)
DIAGNOSIS: Form = form_for("diagnosis", {"grid": "Diagnostic"}, Diagnosis)
MARK: Form = form_for("diagnosis_mark", {"mark": "Critère"}, DiagnosisMark)
APPOINTMENT: Form = form_for("appointment", {"appointment": "Rendez-vous"}, Appointment)
PARTNER: Form = form_for(
    "partner",
    {"partner": "Structure", "place": "Où et qui", "coverage": "Ce qu’elle couvre", "source": "Fiabilité de la fiche"},
    Partner,
)
STRUCTURE: Form = form_for(
    "structure", {"structure": "Structure", "rgpd": "Protection des données", "orientation": "Orientations"}, Structure
)
SITE: Form = form_for("site", {"site": "Lieu"}, Site)
COUNSELLOR: Form = form_for("counsellor", {"counsellor": "Conseiller·ère"}, Counsellor)

FORMS: tuple[Form, ...] = (
    INTAKE,
    FILE,
    INTERVIEW,
    ACTION,
    PLAN,
    REQUEST,
    DIAGNOSIS,
    MARK,
    APPOINTMENT,
    PARTNER,
    STRUCTURE,
    SITE,
    COUNSELLOR,
)

"""Every form of the product, built from the declarations of the entities. A new field appears here by itself."""

from dataclasses import replace

from boutique.forms import consistency
from boutique.forms.spec import Field, Form, Section, form_for
from boutique.models.after import Exit, FollowUp
from boutique.models.attachment import Attachment
from boutique.models.case import Action, Appointment, Interview, Passage
from boutique.models.diagnosis import Diagnosis, DiagnosisMark
from boutique.models.directory import PartnerAbsence, PartnerContact
from boutique.models.external import ExternalSource
from boutique.models.fields import fields_of
from boutique.models.money import SchemeRequest
from boutique.models.outreach import BusinessVisit, KnownBusinesses, OutreachDay, PartnerMeeting, VisitAction
from boutique.models.own_figure import OwnFigure
from boutique.models.person import Person
from boutique.models.plan import ActionPlan
from boutique.models.programme import CoFinancing, ListModel, Participation, Programme
from boutique.models.project import Business, Project
from boutique.models.referral import Partner
from boutique.models.structure import Counsellor, Site, Structure
from boutique.models.workshop import AnonymousHeads, Enrolment, Workshop, WorkshopModule

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
OUTREACH_DAY: Form = form_for("outreach_day", {"day": "Séance", "after": "Ce qui s’est passé"}, OutreachDay)
VISIT: Form = form_for(
    "business_visit", {"business": "Entreprise", "visit": "Visite", "content": "Ce qui en sort"}, BusinessVisit
)
VISIT_ACTION: Form = form_for("visit_action", {"action": "Suite"}, VisitAction)
KNOWN_BUSINESSES: Form = form_for("known_businesses", {"count": "Entreprises connues"}, KnownBusinesses)
MEETING: Form = form_for("partner_meeting", {"meeting": "Rencontre"}, PartnerMeeting)
ATTACHMENT: Form = form_for("attachment", {"attachment": "Document"}, Attachment)
PARTNER: Form = form_for(
    "partner",
    {
        "partner": "Structure",
        "place": "Où et comment",
        "coverage": "Ce qu’elle couvre",
        "source": "Fiabilité de la fiche",
    },
    Partner,
)
CONTACT: Form = form_for("contact", {"contact": "Contact"}, PartnerContact)
ABSENCE: Form = Form(
    "absence",
    form_for("absence", {"absence": "Absence"}, PartnerAbsence).sections,
    (consistency.absence_in_order,),
)
STRUCTURE: Form = form_for(
    "structure", {"structure": "Structure", "rgpd": "Protection des données", "orientation": "Orientations"}, Structure
)
EXTERNAL: Form = form_for("external_source", {"external": "D’où viennent ces données"}, ExternalSource)
SITE: Form = form_for("site", {"site": "Lieu"}, Site)
COUNSELLOR: Form = form_for("counsellor", {"counsellor": "Conseiller·ère"}, Counsellor)

EXIT: Form = form_for("exit", {"exit": "Fin de l’accompagnement"}, Exit)
FOLLOW_UP: Form = Form(
    "follow_up",
    form_for("follow_up", {"call": "Suivi de l’entreprise"}, FollowUp).sections,
    (consistency.ceased_before_the_call,),
)

MODULE: Form = Form(
    "module",
    form_for("module", {"module": "Module", "content": "Contenu"}, WorkshopModule).sections,
    (consistency.minimum_within_places,),
)
WORKSHOP: Form = form_for("workshop", {"session": "Séance", "place": "Lieu"}, Workshop)
WORKSHOP_AFTER: Form = form_for("workshop_after", {"after": "Après la séance"}, Workshop)
ENROLMENT: Form = form_for("enrolment", {"who": "Personne"}, Enrolment)
HEADS: Form = Form(
    "heads",
    form_for("heads", {"heads": "Personnes sans nom"}, AnonymousHeads).sections,
    (consistency.no_more_came_than_announced,),
)

_ASKED_AT_CREATION = (
    "name", "siren", "siret", "registered_on", "legal_form", "naf_code", "commune_code", "located_in_qpv", "jobs",
    "jobs_kept", "proof", "verified_on", "ceased_on",
)  # fmt: skip


def _creation() -> Form:
    """The registered business: some of its questions are asked in FILE too, under a condition that is met here."""
    known = {field.name: field for field in fields_of(Business)}
    asked: list[Field] = [replace(known[name], visible_if=()) for name in _ASKED_AT_CREATION]
    asked = [replace(field, required=True) if field.name == "registered_on" else field for field in asked]
    checks = (consistency.numbers_of_one_business, consistency.life_of_a_business)
    return Form("business", (Section("creation", "Entreprise créée", tuple(asked)),), checks)


CREATION: Form = _creation()

_PROGRAMME_SECTIONS = {"programme": "Programme", "dates": "Dates", "money": "Montant et places"}
PROGRAMME: Form = Form(
    "programme",
    form_for("programme", _PROGRAMME_SECTIONS, Programme).sections,
    (consistency.end_of_a_programme,),
)
CO_FINANCING: Form = form_for("co_financing", {"share": "Cofinancement"}, CoFinancing)
PARTICIPATION: Form = form_for(
    "participation", {"entry": "Entrée dans l’opération", "six_months": "Six mois après la sortie"}, Participation
)
LIST_MODEL: Form = form_for("list_model", {"list": "Liste"}, ListModel)
OWN_FIGURE: Form = form_for("own_figure", {"figure": "Indicateur"}, OwnFigure)

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
    OUTREACH_DAY,
    VISIT,
    VISIT_ACTION,
    KNOWN_BUSINESSES,
    MEETING,
    ATTACHMENT,
    PARTNER,
    CONTACT,
    ABSENCE,
    STRUCTURE,
    SITE,
    COUNSELLOR,
    EXIT,
    FOLLOW_UP,
    CREATION,
    MODULE,
    WORKSHOP,
    WORKSHOP_AFTER,
    ENROLMENT,
    HEADS,
    PROGRAMME,
    EXTERNAL,
    CO_FINANCING,
    PARTICIPATION,
    LIST_MODEL,
    OWN_FIGURE,
)

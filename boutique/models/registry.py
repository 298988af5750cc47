"""Every entity, imported once: what alembic, the journal and the register of personal data go through."""

from boutique.models.after import Exit, FollowUp, FollowUpAttempt, Handover
from boutique.models.agenda import BusyTime, OutreachSession
from boutique.models.attachment import Attachment, AttachmentChunk, AttachmentContent, PieceProgress
from boutique.models.base import Base, Record
from boutique.models.case import Action, Appointment, Case, Interview, Passage, PhaseChange, StepProgress
from boutique.models.comment import MonthComment
from boutique.models.diagnosis import Diagnosis, DiagnosisGrid, DiagnosisMark
from boutique.models.directory import PartnerAbsence, PartnerContact
from boutique.models.external import ExternalSource
from boutique.models.journey import JourneyVersion
from boutique.models.legal import FormComparison
from boutique.models.money import Forecast, SchemeRequest
from boutique.models.outreach import BusinessVisit, KnownBusinesses, OutreachDay, PartnerMeeting, VisitAction
from boutique.models.own_figure import OwnFigure
from boutique.models.person import Person
from boutique.models.plan import ActionPlan
from boutique.models.programme import (
    CoFinancing,
    CorrectionReason,
    ListModel,
    LockedMonth,
    Objective,
    Participation,
    Programme,
)
from boutique.models.project import Business, Project, ProjectMember
from boutique.models.proposal import ProposedPartner
from boutique.models.referral import Need, Partner, PartnerTerritory, Referral, ReferralEvent
from boutique.models.structure import Counsellor, Site, Structure
from boutique.models.territory import Territory, TerritoryPart
from boutique.models.trace import Access, Change, Consent, Draft, SearchRank, Setting, Zoning, ZoningList
from boutique.models.workshop import AnonymousHeads, Attendance, Enrolment, Workshop, WorkshopHalfDay, WorkshopModule

ENTITIES: tuple[type[Record], ...] = (
    Structure,
    Site,
    Counsellor,
    Person,
    Project,
    ProjectMember,
    Business,
    Case,
    Diagnosis,
    DiagnosisMark,
    Passage,
    PhaseChange,
    StepProgress,
    Interview,
    Action,
    ActionPlan,
    FormComparison,
    Appointment,
    OutreachSession,
    BusyTime,
    OutreachDay,
    BusinessVisit,
    VisitAction,
    KnownBusinesses,
    PartnerMeeting,
    Partner,
    PartnerTerritory,
    PartnerContact,
    PartnerAbsence,
    Need,
    Referral,
    ReferralEvent,
    ProposedPartner,
    Consent,
    SchemeRequest,
    Forecast,
    JourneyVersion,
    Exit,
    Handover,
    FollowUp,
    FollowUpAttempt,
    Attachment,
    PieceProgress,
    WorkshopModule,
    Workshop,
    WorkshopHalfDay,
    Enrolment,
    Attendance,
    AnonymousHeads,
    Territory,
    TerritoryPart,
    ExternalSource,
    Programme,
    CoFinancing,
    Objective,
    Participation,
    LockedMonth,
    CorrectionReason,
    ListModel,
    MonthComment,
    OwnFigure,
)
TRACES: tuple[type[Base], ...] = (
    Change,
    Access,
    Draft,
    ZoningList,
    Zoning,
    SearchRank,
    Setting,
    DiagnosisGrid,
    AttachmentContent,
    AttachmentChunk,
)
BY_TABLE: dict[str, type[Record]] = {entity.__tablename__: entity for entity in ENTITIES}

__all__ = ["BY_TABLE", "ENTITIES", "TRACES", "Base", "Record"]

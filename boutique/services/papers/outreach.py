"""Documents of a permanence: the day sheet to leave with (nominative), the summary of afterwards (no name)."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.core.text import clip
from boutique.exports import pdf
from boutique.models.choices import ZoningState
from boutique.models.outreach import OutreachDay
from boutique.services import outreach_prepare, outreach_summary
from boutique.services.documents import Document, letterhead
from boutique.services.outreach import Ref
from boutique.services.outreach_days import DayLine
from boutique.services.outreach_prepare import Expected, Phone
from boutique.services.outreach_summary import Remaining, Summary

_PROJECT, _NEEDS = 140, 6  # what one line of a sheet to carry may hold


@dataclass(frozen=True, slots=True)
class Nominative:
    """A document, and the people whose names stand on it: printing it is noted in the history of each."""

    document: Document
    people: tuple[uuid.UUID, ...]


def day_sheet(session: Session, ref: Ref) -> Nominative:
    """What one carries to a permanence; UserError when it is gone."""
    ready = outreach_prepare.preparation(session, ref)
    line = ready.line
    data = pdf.outreach_day.DaySheet(
        letterhead=letterhead(session),
        printed_on=today(),
        title=f"Permanence du {french.long_date(line.held_on)}",
        facts=(
            *_where(line, ready.district),
            ("Adresse", ready.address),
            ("Téléphone du lieu", ready.site_phone),
        ),
        meetings=tuple(_meeting(one) for one in ready.expected),
        phones=tuple((theme, tuple(_phone(one) for one in found), wanted) for theme, found, wanted in ready.phones),
    )
    title = f"Feuille de permanence du {french.show_date(line.held_on)}, nominative"
    return Nominative(
        Document(f"feuille-permanence-{line.held_on:%Y-%m-%d}.pdf", title, pdf.outreach_day.render(data)), ready.people
    )


def summary(session: Session, ref: Ref) -> Document:
    """What a permanence gave, on one page, without a name."""
    told = outreach_summary.summary(session, ref)
    line = told.line
    row = session.get(OutreachDay, ref.id)
    state = "Séance à confirmer : ces nombres peuvent encore changer." if line.to_confirm else line.state.label
    data = pdf.outreach_day.DaySummary(
        letterhead=letterhead(session),
        printed_on=today(),
        title=f"Permanence du {french.long_date(line.held_on)}",
        state=f"{state} : {line.reason}" if line.reason else state,
        facts=_where(line, told.district),
        figures=_figures(told),
        counts=(
            ("Besoins exprimés", _shown(told.needs)),
            ("Orientations faites, par type de partenaire", _shown(told.referrals)),
        ),
        remaining=remaining_words(told.remaining),
        note=row.note or "" if row is not None else "",
    )
    title = f"Bilan de la permanence du {french.show_date(line.held_on)}"
    return Document(f"bilan-permanence-{line.held_on:%Y-%m-%d}.pdf", title, pdf.outreach_day.summary(data))


def remaining_words(left: Remaining) -> tuple[str, ...]:
    """What is still to be entered, one sentence each."""
    told = (
        (left.appointments, "rendez-vous à conclure", "rendez-vous à conclure"),
        (left.unwritten, "entretien à noter", "entretiens à noter"),
        (left.drafts, "saisie à terminer (brouillon)", "saisies à terminer (brouillons)"),
    )
    return tuple(french.plural(count, one, many) for count, one, many in told if count)


def _where(line: DayLine, district: str) -> tuple[tuple[str, str], ...]:
    qpv = (line.located_in_qpv or ZoningState.TO_CHECK).label
    return (
        ("Lieu", line.host or line.site),
        ("Commune", line.commune),
        ("Horaires", line.hours),
        ("Conseiller·ère", line.counsellor),
        ("En QPV ou pour un QPV", f"{qpv} : {district}" if district else qpv),
    )


def _figures(told: Summary) -> tuple[tuple[str, str], ...]:
    reception = told.line.reception
    counts = (
        ("Personnes reçues", reception.received),
        ("Entretiens tenus", reception.interviews),
        ("Dossiers ouverts", told.opened),
        ("Passages sans entretien, anonymes ou non saisis", told.line.walk_ins),
        ("Rendez-vous venus", told.came),
        ("Rendez-vous manqués", told.missed),
    )
    spent = ("Temps d’entretien", french.show_minutes(reception.minutes))
    return (*((label, str(count)) for label, count in counts), spent)


def _shown(counted: tuple[tuple[str, int], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((label, str(count)) for label, count in counted)


def _meeting(one: Expected) -> "pdf.outreach_day.Meeting":
    about = [
        ("", one.title),
        ("Projet : ", clip(one.project, _PROJECT)),
        ("Besoins : ", _shortened(one.needs)),
        ("À relancer : ", " ; ".join(one.reminders)),
        ("Habite : ", one.commune),
    ]
    return pdf.outreach_day.Meeting(
        f"{one.starts_at:%H:%M}",
        one.name or "Sans dossier",
        f"n° {one.reference}" if one.reference else "",
        one.phone,
        tuple(f"{label}{text}" for label, text in about if text),
    )


def _shortened(needs: Sequence[str]) -> str:
    rest = len(needs) - _NEEDS
    shown = ", ".join(needs[:_NEEDS])
    return f"{shown} et {french.plural(rest, 'autre')}" if rest > 0 else shown


def _phone(one: Phone) -> tuple[str, str, str]:
    name = f"{one.name} ({one.contact})" if one.contact else one.name
    return name, one.place, one.phone

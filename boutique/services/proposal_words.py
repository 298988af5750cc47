"""The reasons of a proposal in words: for the counsellor, for the partner, and the whole text of its rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from boutique.core import french
from boutique.core.clock import today
from boutique.models.choices import SharedData
from boutique.rules.needs import Subject, load_needs
from boutique.rules.partner_publics import Fit, Reception
from boutique.rules.referral import Reason, Suggestion, load_rules
from boutique.services.coverage import Covering, Record
from boutique.services.partners import age

_SHOWN_NEEDS = 3
_ENOUGH_ANSWERS = 3  # fewer say nothing of a structure
_LIVES = (SharedData.COMMUNE, SharedData.IDENTITY)  # either prints the commune on the sheet
_TWO_MONTHS, _TWO_YEARS, _MONTH_DAYS, _YEAR_DAYS = 61, 730, 30.44, 365.25


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason of a proposal; when `told_by` is not empty, it gives away what one of these agreements covers."""

    text: str
    told_by: tuple[SharedData, ...] = ()


def reasons(
    item: Covering,
    suggestion: Suggestion | None,
    subjects: Sequence[Subject],
    theme: Subject | None,
    public: Reception,
    record: Record,
    *,
    waiting: bool,
) -> tuple[str, ...]:
    """Why this structure: rules by their number, needs, public, territory and freshness, how it answered so far."""
    found = [_rule(reason) for reason in (suggestion.reasons if suggestion is not None else ())]
    found += _needs(subjects)
    if waiting and suggestion is not None:
        found += [f"{lower(reason.label)}\u00a0? (règle {reason.rule_id})" for reason in suggestion.pending[:1]]
    if theme is not None:
        found.append(f"sa fiche dit le thème «\u00a0{_theme(theme.theme)}\u00a0»")
    if public.fit is Fit.CONCERNED:
        found.append(f"reçoit ce public\u00a0: {french.listing([each.label.lower() for each in public.named])}")
    elif public.fit is Fit.OUTSIDE:
        found.append(f"à vérifier\u00a0: reçoit {_publics(item)}")
    found.append(f"{item.extent} ; {freshness(item.verified_on, item.review_months)}")
    if item.away:
        found.append(item.away)
    if record.answers >= _ENOUGH_ANSWERS:
        found.append(habits(record))
    return tuple(found)


def grounds(item: Covering, suggestion: Suggestion | None, subjects: Sequence[Subject]) -> tuple[Ground, ...]:
    """The same as the partner may read it."""
    matched = suggestion.reasons if suggestion is not None else ()
    told = [Ground(lower(reason.label), _told_by(reason.rule_id)) for reason in matched]
    return (*told, *map(Ground, _needs(subjects)), Ground(f"votre structure {item.extent}", _LIVES))


def details(suggestion: Suggestion | None, *, waiting: bool) -> tuple[str, ...]:
    """The rules behind it in full: what they say, when, by which answers, how sure they are."""
    if suggestion is None:
        return ()
    found = []
    for reason in (*suggestion.reasons, *(suggestion.pending[:1] if waiting else ())):
        because = f" Parce que\u00a0: {', '.join(reason.because)}." if reason.because else ""
        scheme = f" Dispositif\u00a0: {reason.scheme_label}." if reason.scheme_label else ""
        found.append(
            f"{reason.rule_id}, {reason.timing}\u00a0: {reason.text}.{because}{scheme} Règle {reason.confidence}."
        )
    return tuple(found)


def freshness(verified_on: date | None, months: int | None = None) -> str:
    """« fiche vérifiée il y a 14 mois, à revérifier »."""
    if verified_on is None:
        return "fiche jamais vérifiée"
    days = (today() - verified_on).days
    late = ", à revérifier" if age(verified_on, months).due else ""
    if days < 1:
        return "fiche vérifiée aujourd’hui"
    if days < _TWO_MONTHS:
        since = french.plural(days, "jour")
    elif days < _TWO_YEARS:
        since = f"{round(days / _MONTH_DAYS)} mois"
    else:
        since = french.plural(int(days / _YEAR_DAYS), "an")
    return f"fiche vérifiée il y a {since}{late}"


def habits(record: Record) -> str:
    """« 8 orientations sur 10 acceptées, réponse en 6 jours »: counts, so that few answers are seen to be few."""
    accepted = f"{french.plural(record.accepted, 'orientation')} sur {french.show_number(record.answers)}"
    accepted += " acceptée" if record.accepted < 2 else " acceptées"
    if record.median_days is None:
        return accepted
    soon = "le jour même" if record.median_days < 1 else f"en {french.plural(record.median_days, 'jour')}"
    return f"{accepted}, réponse {soon}"


def lower(text: str) -> str:
    """For the middle of a sentence; « RSA » stays as it is."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _rule(reason: Reason) -> str:
    scheme = ""
    if reason.scheme_label:
        scheme = f", {reason.scheme_label}" + (" : à vérifier, plus en vigueur" if reason.out_of_date else "")
    return f"{lower(reason.label)} (règle {reason.rule_id}{scheme})"


def _needs(subjects: Sequence[Subject]) -> list[str]:
    labels = [f"«\u00a0{lower(subject.label)}\u00a0»" for subject in subjects[:_SHOWN_NEEDS]]
    if not labels:
        return []
    if len(subjects) > _SHOWN_NEEDS:
        labels.append(french.plural(len(subjects) - _SHOWN_NEEDS, "autre"))
    return [f"répond {'aux besoins' if len(labels) > 1 else 'au besoin'} {french.listing(labels)}"]


def _publics(item: Covering) -> str:
    return french.listing([public.label.lower() for public in item.publics])


def _theme(code: str) -> str:
    return next((theme.label for theme in load_needs() if theme.code == code), code)


def _told_by(rule_id: str) -> tuple[SharedData, ...]:
    """A rule that reads the situation of the person says it: « allocataire du RSA »."""
    rule = next(rule for rule in load_rules().rules if rule.id == rule_id)
    personal = any(condition.field.startswith("holder.") for condition in rule.criteria.conditions())
    return (SharedData.EMPLOYMENT,) if personal else ()

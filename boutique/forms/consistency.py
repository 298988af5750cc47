"""What answers say together: dates in their order, numbers of one business. Used by the forms."""

from collections.abc import Mapping
from typing import Any

from boutique.core import french


def life_of_a_business(answers: Mapping[str, Any]) -> Mapping[str, str]:
    """Registered, then verified, then perhaps ceased."""
    registered = answers.get("business.registered_on")
    errors = {}
    for key, what in (("business.verified_on", "vérifiée"), ("business.ceased_on", "cessée")):
        on = answers.get(key)
        if registered is not None and on is not None and on < registered:
            errors[key] = (
                f"L’entreprise ne peut pas être {what} le {french.show_date(on)}, avant son immatriculation "
                f"({french.show_date(registered)}). Corrigez l’une des deux dates."
            )
    return errors


def numbers_of_one_business(answers: Mapping[str, Any]) -> Mapping[str, str]:
    """A SIRET begins with the SIREN of its business."""
    siren, siret = answers.get("business.siren"), answers.get("business.siret")
    if siren and siret and not siret.startswith(siren):
        return {
            "business.siret": f"Ce SIRET est celui d’une autre entreprise : il commence par {siret[:9]}, "
            f"le SIREN est {siren}. Corrigez l’un des deux."
        }
    return {}


def ceased_before_the_call(answers: Mapping[str, Any]) -> Mapping[str, str]:
    """What is told on a day has happened by that day."""
    ceased, done = answers.get("follow_up.ceased_on"), answers.get("follow_up.done_on")
    if ceased is not None and done is not None and ceased > done:
        return {
            "follow_up.ceased_on": f"La cessation ({french.show_date(ceased)}) est après le jour du suivi "
            f"({french.show_date(done)}). Corrigez l’une des deux dates."
        }
    return {}


def minimum_within_places(answers: Mapping[str, Any]) -> Mapping[str, str]:
    """A workshop that waits for more people than it has places for is never held."""
    minimum, places = answers.get("module.minimum"), answers.get("module.capacity")
    if minimum is not None and places is not None and minimum > places:
        return {"module.minimum": f"Le minimum dépasse les places ({places}). Corrigez l’un des deux."}
    return {}


def no_more_came_than_announced(answers: Mapping[str, Any]) -> Mapping[str, str]:
    """Who came is part of who was counted."""
    heads, came = answers.get("anonymous_heads.heads"), answers.get("anonymous_heads.came")
    if heads is not None and came is not None and came > heads:
        return {
            "anonymous_heads.came": f"Il y a plus de personnes venues que comptées ({heads}). Corrigez l’un des deux."
        }
    return {}


def absence_in_order(answers: Mapping[str, Any]) -> Mapping[str, str]:
    """Somebody leaves before coming back."""
    first, last = answers.get("absence.from_on"), answers.get("absence.until_on")
    if first is not None and last is not None and last < first:
        return {
            "absence.until_on": f"Le dernier jour ({french.show_date(last)}) est avant le premier "
            f"({french.show_date(first)}). Corrigez l’une des deux dates."
        }
    return {}


def end_of_a_programme(answers: Mapping[str, Any]) -> Mapping[str, str]:
    """An agreement ends after it starts."""
    start, end = answers.get("programme.starts_on"), answers.get("programme.ends_on")
    if start is not None and end is not None and end < start:
        return {
            "programme.ends_on": f"La fin ({french.show_date(end)}) est avant le début ({french.show_date(start)}). "
            "Corrigez l’une des deux dates."
        }
    return {}

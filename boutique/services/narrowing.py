"""What narrows rows to a scope: the same words as the figures, on columns of the acts. For workbooks and statistics."""

from typing import Any

from boutique.models.case import Case
from boutique.models.person import Person
from boutique.rules.scope import Scope


def within(scope: Scope, site: Any, counsellor: Any = Case.counsellor_id) -> tuple[Any, ...]:
    """Conditions on an act: its place, its counsellor."""
    found: tuple[Any, ...] = () if scope.site_id is None else (site == scope.site_id,)
    return found if scope.counsellor_id is None else (*found, counsellor == scope.counsellor_id)


def at_home(scope: Scope, commune: Any = Person.commune_code) -> tuple[Any, ...]:
    """Condition on where the person lives, where the business or the session is."""
    return () if scope.communes is None else (commune.in_(scope.communes),)

"""What narrows rows to a scope: the same words as the figures, on columns of the acts. For workbooks and statistics."""

from typing import Any

from boutique.models.case import Case
from boutique.models.person import Person
from boutique.rules.scope import Scope


def within(
    scope: Scope, site: Any, counsellor: Any = Case.counsellor_id, programme: Any = Case.programme_id
) -> tuple[Any, ...]:  # fmt: skip
    """Conditions on an act: its place, its counsellor, its programme (those of its file when it has none)."""
    wanted = ((site, scope.site_id), (counsellor, scope.counsellor_id), (programme, scope.programme_id))
    return tuple(column == key for column, key in wanted if key is not None)


def at_home(scope: Scope, commune: Any = Person.commune_code) -> tuple[Any, ...]:
    """Condition on where the person lives, where the business or the session is."""
    return () if scope.communes is None else (commune.in_(scope.communes),)

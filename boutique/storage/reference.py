"""Communes, EPCI, départements, régions and NAF of this installation; used by the services.

Public facts, in clear, apart from the encrypted base. One connection and its lock: any worker may ask.
"""

import atexit
from functools import cache

from boutique.storage.reference_activities import Activities
from boutique.storage.reference_file import open_reference_file
from boutique.storage.reference_places import Places


class Reference(Places, Activities):
    """Read-only questions to the reference data."""

    def meta(self) -> dict[str, str]:
        """Vintage, attribution, licences and packages, for « À propos »."""
        return dict(self._rows("SELECT key, value FROM meta"))


@cache
def reference() -> Reference:
    """The reference data of this installation, opened at the first call (hence from a worker)."""
    opened = Reference(open_reference_file())
    atexit.register(opened.close)
    return opened

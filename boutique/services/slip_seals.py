"""The seal of a return slip: says which base, which referral and which structure it was made for.

Printed into a hidden field by the sheet, checked when the slip comes back. Its key never leaves the base: a partner can
fill a slip in, not make one nor turn it into the slip of somebody else.
"""

import hashlib
import hmac
import re
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.models.referral import Referral
from boutique.models.structure import Structure

_FORM = re.compile(r"1\.([0-9a-f]{10})\.([0-9a-f]{10})\.([0-9a-f]{32})")


def seal(session: Session, referral: Referral) -> str:
    """What the slip of this referral carries."""
    key = _key(session)
    partner = _mark(key, "partner", referral.partner_id.hex)
    return f"1.{_mark(key, 'base')}.{partner}.{_mac(key, referral.reference, referral.id, partner)}"


def is_whole(written: str) -> bool:
    """Whether it looks like a seal at all."""
    return _FORM.fullmatch(written) is not None


def is_of_this_base(session: Session, written: str) -> bool:
    found = _FORM.fullmatch(written)
    return found is not None and hmac.compare_digest(found[1], _mark(_key(session), "base"))


def is_untouched(session: Session, written: str, referral: Referral) -> bool:
    """Made here, for this referral and the structure that the seal names."""
    found = _FORM.fullmatch(written)
    if found is None:
        return False
    return hmac.compare_digest(found[3], _mac(_key(session), referral.reference, referral.id, found[2]))


def is_for(session: Session, written: str, partner_id: uuid.UUID) -> bool:
    """Made for this structure."""
    found = _FORM.fullmatch(written)
    return found is not None and hmac.compare_digest(found[2], _mark(_key(session), "partner", partner_id.hex))


def _key(session: Session) -> bytes:
    """Drawn when the base was made, the same on every computer that shares it, shown nowhere."""
    found = session.scalar(select(Structure.id).order_by(Structure.created_at, Structure.id).limit(1))
    return b"coupon-reponse" + (found.bytes if found else b"")


def _mark(key: bytes, *parts: str) -> str:
    return hmac.new(key, "|".join(parts).encode(), hashlib.sha256).hexdigest()[:10]


def _mac(key: bytes, reference: str, referral_id: uuid.UUID, partner: str) -> str:
    told = "|".join(("slip", reference, referral_id.hex, partner))
    return hmac.new(key, told.encode(), hashlib.sha256).hexdigest()[:32]

"""The printed code of the recovery sheet: 160 random bits in groups that each tell a typing error."""

import re
import secrets

from stdnum import luhn

from boutique.core.errors import UserError

GROUPS = 8
GROUP_LENGTH = 5  # four symbols and their check symbol
BITS = 160
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: neither I, L, O nor U
_LOOK_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def generate() -> tuple[str, bytes]:
    """A new code, as printed, and the secret it stands for."""
    secret = secrets.token_bytes(BITS // 8)
    return format_code(secret), secret


def format_code(secret: bytes) -> str:
    """Eight groups of five separated by hyphens."""
    number = int.from_bytes(secret, "big")
    symbols = "".join(_ALPHABET[(number >> shift) & 31] for shift in range(BITS - 5, -1, -5))
    size = GROUP_LENGTH - 1
    groups = (symbols[start : start + size] for start in range(0, len(symbols), size))
    return "-".join(group + _check(group, rank) for rank, group in enumerate(groups))


def parse(typed: str) -> bytes:
    """The secret of a typed code; capitals, blanks, hyphens and O/0, I/1 do not matter."""
    groups = _groups(typed)
    for rank, group in enumerate(groups):
        valid = len(group) == GROUP_LENGTH and set(group) <= set(_ALPHABET)
        if not valid or group[-1] != _check(group[:-1], rank):
            raise UserError(
                f"Le groupe n° {rank + 1} du code de secours (« {group} ») contient une faute de frappe. "
                "Comparez-le avec la feuille imprimée."
            )
    number = 0
    for symbol in "".join(group[:-1] for group in groups):
        number = number << 5 | _ALPHABET.index(symbol)
    return number.to_bytes(BITS // 8, "big")


def _groups(typed: str) -> list[str]:
    text = typed.upper().translate(_LOOK_ALIKE)
    separated = re.findall(r"[^\W_]+", text)
    if len(separated) == GROUPS:
        return separated  # typed as printed: a missing symbol stays in its own group
    symbols = "".join(separated)
    if len(symbols) != GROUPS * GROUP_LENGTH:
        raise UserError(
            f"Le code de secours compte {GROUPS} groupes de {GROUP_LENGTH} signes ; "
            f"{len(symbols)} signes saisis sur {GROUPS * GROUP_LENGTH}. Comparez avec la feuille imprimée."
        )
    return [symbols[start : start + GROUP_LENGTH] for start in range(0, len(symbols), GROUP_LENGTH)]


def _check(group: str, rank: int) -> str:
    # The rank takes part, so that two groups typed in each other's place are noticed too.
    return str(luhn.calc_check_digit(_ALPHABET[rank] + group, alphabet=_ALPHABET))

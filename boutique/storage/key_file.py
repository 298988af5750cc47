"""The small file beside the base that holds its key, wrapped once per way of opening it: for `keys`."""

import base64
import json
import secrets
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, get_args

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from boutique.core import files
from boutique.core.errors import UserError
from boutique.core.paths import DataFolder

VERSION = 1
KEY_LENGTH = 32
Way = Literal["keychain", "passphrase", "recovery"]

DAMAGED = (
    "Le fichier de clé est abîmé ou a été modifié. La base n’a pas été touchée. "
    "Remettez celui d’une sauvegarde, puis réessayez."
)
_NONCE = 12


class WrongSecret(UserError):  # noqa: N818 - a sentence for the user, like UserError
    """What was given does not open the base; nothing was changed and trying again is always possible."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One wrapped copy of the key. `parameters` is authenticated: no lowered cost, no swapped slot."""

    parameters: dict[str, Any]
    nonce: str
    wrapped: str


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What the file says; useless without one of the secrets."""

    base: str
    slots: dict[Way, Slot]
    version: int = VERSION

    def holding(self, way: Way, key: bytes, wrapping: bytes, parameters: dict[str, Any]) -> "KeyFile":
        """The same with a copy of `key` that `wrapping` opens."""
        nonce = secrets.token_bytes(_NONCE)
        wrapped = AESGCM(wrapping).encrypt(nonce, key, self._authenticated(way, parameters))
        slot = Slot(parameters=parameters, nonce=_text(nonce), wrapped=_text(wrapped))
        return replace(self, slots={**self.slots, way: slot})

    def without(self, way: Way) -> "KeyFile":
        return replace(self, slots={name: slot for name, slot in self.slots.items() if name != way})

    def unwrap(self, way: Way, wrapping: bytes) -> bytes:
        """The key, if `wrapping` is right and nothing in the file was altered."""
        slot = self.slots[way]
        try:
            nonce, wrapped = unpacked(slot.nonce), unpacked(slot.wrapped)
            return AESGCM(wrapping).decrypt(nonce, wrapped, self._authenticated(way, slot.parameters))
        except (InvalidTag, ValueError) as error:
            raise WrongSecret(DAMAGED) from error

    def _authenticated(self, way: Way, parameters: dict[str, Any]) -> bytes:
        header = {"version": self.version, "base": self.base, "way": way, "parameters": parameters}
        return json.dumps(header, sort_keys=True).encode()


def read(folder: DataFolder) -> KeyFile:
    """The key file, or a sentence saying what to do when it is missing or damaged."""
    try:
        content = _parsed(json.loads(folder.key_file.read_bytes()))
    except FileNotFoundError as error:
        raise UserError(
            "Le fichier de clé « boutique.key » manque à côté de la base ; la base est intacte et aucune clé "
            "n’a été créée. Remettez ce fichier, ou restaurez une sauvegarde, qui en contient une copie."
        ) from error
    except OSError as error:
        raise UserError("Le fichier de clé ne peut pas être lu. Vérifiez le disque et vos droits d’accès.") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UserError(DAMAGED) from error
    if content.version > VERSION:
        raise UserError("Cette base a été protégée par une version plus récente : mettez l’application à jour.")
    return content


def write(folder: DataFolder, content: KeyFile) -> None:
    """Put the file in place, whole."""
    files.write_atomically(folder.key_file, json.dumps(asdict(content), indent=1, sort_keys=True).encode())


def _parsed(raw: Any) -> KeyFile:
    found = {way: Slot(**raw["slots"][way]) for way in get_args(Way) if way in raw["slots"]}
    for slot in found.values():
        if not isinstance(slot.parameters, dict):
            raise TypeError("slot parameters")
    return KeyFile(base=str(raw["base"]), slots=found, version=int(raw["version"]))


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def unpacked(text: str) -> bytes:
    """Bytes of a base64 text of the file."""
    try:
        return base64.b64decode(text, validate=True)
    except (TypeError, ValueError) as error:
        raise UserError(DAMAGED) from error

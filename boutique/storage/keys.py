"""The key of a base and the ways to it: keychain, passphrase, recovery code. For opening and protection.

The base has one random key for life. The key file beside it holds that key once per way ("slot"), each copy
wrapped with AES-256-GCM; changing a passphrase re-wraps 32 bytes and never touches the base.
"""

import base64
import secrets
import unicodedata
import uuid
from pathlib import Path
from typing import Any, Protocol

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from boutique.core import files
from boutique.core.errors import UserError
from boutique.core.paths import DataFolder, make_private
from boutique.storage import key_file, recovery_code
from boutique.storage.key_file import DAMAGED, KEY_LENGTH, KeyFile, Way, WrongSecret

# Argon2id with 64 MiB and 3 passes: about 240 ms a try, for us as for a thief.
_COST = {"memory": 65536, "passes": 3, "lanes": 4}
_MOST = {"memory": 1 << 20, "passes": 10, "lanes": 16}  # a forged file must not exhaust the computer
_SALT = 16


class KeyNeeded(UserError):  # noqa: N818 - a question for the user, like UserError
    """Nothing opened the base by itself: the user must type a passphrase or the recovery code."""


class Keychain(Protocol):
    """A place that keeps short secrets for this user of this computer (see `keychain`)."""

    def read(self, name: str) -> str | None: ...

    def write(self, name: str, secret: str) -> None: ...

    def delete(self, name: str) -> None: ...


def create(folder: DataFolder, *, keychain: Keychain | None, passphrase: str | None) -> tuple[bytes, str]:
    """A key for a brand-new base, and its recovery code to print. Never over a trace of another base."""
    refuse_where_a_base_was(folder)
    if keychain is None and passphrase is None:
        raise KeyNeeded("Cet ordinateur n’a pas de trousseau utilisable : choisissez une phrase de passe.")
    with files.explained(folder.key_file):
        make_private(folder.root)
    key = secrets.token_bytes(KEY_LENGTH)
    code, content = _with_recovery(KeyFile(base=uuid.uuid4().hex, slots={}), key)
    if passphrase is not None:
        content = _with_passphrase(content, key, passphrase)
    if keychain is not None:
        content = _with_keychain(content, key, keychain)
    key_file.write(folder, content)
    return key, code


def refuse_where_a_base_was(folder: DataFolder) -> None:
    """A new key never takes the place of one that may still open something."""
    if folder.has_base or backups_exist(folder):
        raise UserError(
            "Il y a déjà une base, une clé ou une sauvegarde dans ce dossier : aucune clé n’a été créée. "
            "Ouvrez la base existante, restaurez une sauvegarde ou choisissez un autre dossier."
        )


def open_key(
    folder: DataFolder,
    *,
    keychain: Keychain | None,
    passphrase: str | None = None,
    recovery_code: str | None = None,
) -> bytes:
    """The key of the base, by what was typed if anything was, else by the keychain. Writes nothing."""
    content = key_file.read(folder)
    if passphrase is not None:
        return _by_passphrase(content, passphrase)
    if recovery_code is not None:
        return _by_recovery_code(content, recovery_code)
    return _by_keychain(content, keychain)


def slots(folder: DataFolder) -> frozenset[Way]:
    """The ways that open this base."""
    return frozenset(key_file.read(folder).slots)


def base_id(folder: DataFolder) -> str:
    """Random identity of the base: tells one association's backup from another's."""
    return key_file.read(folder).base


def set_passphrase(folder: DataFolder, key: bytes, passphrase: str) -> None:
    """Add or change the passphrase."""
    key_file.write(folder, _with_passphrase(key_file.read(folder), key, passphrase))


def remove_passphrase(folder: DataFolder) -> None:
    """Stop asking for a passphrase, provided the keychain still opens the base every day."""
    content = key_file.read(folder)
    if "keychain" not in content.slots:
        raise UserError(
            "Sans phrase de passe, seule la feuille de secours ouvrirait la base. "
            "Enregistrez d’abord la clé dans le trousseau de cet ordinateur."
        )
    key_file.write(folder, content.without("passphrase"))


def renew_recovery(folder: DataFolder, key: bytes) -> str:
    """A new recovery code; the sheet printed before opens nothing any more."""
    code, content = _with_recovery(key_file.read(folder), key)
    key_file.write(folder, content)
    return code


def store_in_keychain(folder: DataFolder, key: bytes, keychain: Keychain) -> None:
    """Let the keychain of this computer open the base."""
    key_file.write(folder, _with_keychain(key_file.read(folder), key, keychain))


def remove_from_keychain(folder: DataFolder, keychain: Keychain | None) -> None:
    """Ask for the passphrase at each start from now on."""
    content = key_file.read(folder)
    if "passphrase" not in content.slots:
        raise UserError(
            "Choisissez d’abord une phrase de passe : sans elle, seule la feuille de secours ouvrirait la base."
        )
    key_file.write(folder, content.without("keychain"))
    if keychain is not None:
        keychain.delete(content.base)


def read_passphrase_file(path: Path) -> str:
    """The passphrase kept in a file for scripts: everything but the final line end."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UserError(f"Le fichier de phrase de passe « {path.name} » est introuvable ou illisible.") from error
    except UnicodeDecodeError as error:
        raise UserError(f"Le fichier de phrase de passe « {path.name} » n’est pas un texte en UTF-8.") from error
    text = text.removesuffix("\n").removesuffix("\r")
    if not text:
        raise UserError(f"Le fichier de phrase de passe « {path.name} » est vide.")
    return text


def backups_exist(folder: DataFolder) -> bool:
    """Whether anything at all lies where backups go."""
    return folder.backups.is_dir() and any(folder.backups.iterdir())


# Keychain: a random secret kept by the system.


def _with_keychain(content: KeyFile, key: bytes, keychain: Keychain) -> KeyFile:
    secret = secrets.token_bytes(KEY_LENGTH)
    text = base64.b64encode(secret).decode()
    keychain.write(content.base, text)
    if keychain.read(content.base) != text:  # some backends accept everything and keep nothing
        raise UserError("Le trousseau du système n’a pas gardé la clé : choisissez une phrase de passe.")
    return content.holding("keychain", key, secret, {})


def _by_keychain(content: KeyFile, keychain: Keychain | None) -> bytes:
    other_ways = "Saisissez le code de la feuille de secours."
    if "passphrase" in content.slots:
        other_ways = "Saisissez votre phrase de passe, ou le code de la feuille de secours."
    if "keychain" not in content.slots:
        raise KeyNeeded(f"La base est protégée. {other_ways}")
    if keychain is None:
        raise KeyNeeded(f"Le trousseau du système n’est pas disponible sur cet ordinateur. {other_ways}")
    try:
        text = keychain.read(content.base)
    except UserError as error:
        raise KeyNeeded(f"Le trousseau du système est verrouillé ou ne répond pas. {other_ways}") from error
    if text is None:
        raise KeyNeeded(f"Le trousseau de cet ordinateur ne contient pas la clé de cette base. {other_ways}")
    try:
        return content.unwrap("keychain", key_file.unpacked(text))
    except UserError as error:
        raise KeyNeeded(f"La clé du trousseau n’ouvre pas cette base. {other_ways}") from error


# Passphrase: slow on purpose.


def _with_passphrase(content: KeyFile, key: bytes, passphrase: str) -> KeyFile:
    if not passphrase.strip():
        raise UserError("La phrase de passe est vide : choisissez-en une.")
    salt = base64.b64encode(secrets.token_bytes(_SALT)).decode()
    parameters = {"kdf": "argon2id", **_COST, "salt": salt}
    return content.holding("passphrase", key, _stretched(passphrase, parameters), parameters)


def _by_passphrase(content: KeyFile, passphrase: str) -> bytes:
    slot = content.slots.get("passphrase")
    if slot is None:
        raise KeyNeeded(
            "Cette base ne s’ouvre pas avec une phrase de passe. "
            "Utilisez le trousseau de l’ordinateur ou le code de la feuille de secours."
        )
    try:
        return content.unwrap("passphrase", _stretched(passphrase, slot.parameters))
    except WrongSecret as error:
        raise WrongSecret(
            "Cette phrase de passe n’ouvre pas la base ; rien n’a été modifié. " + _hint(passphrase)
        ) from error


def _stretched(passphrase: str, parameters: dict[str, Any]) -> bytes:
    cost = {name: parameters.get(name) for name in _COST}
    if parameters.get("kdf") != "argon2id" or not all(
        isinstance(value, int) and 0 < value <= _MOST[name] for name, value in cost.items()
    ):
        raise UserError(DAMAGED)
    try:
        kdf = Argon2id(
            salt=key_file.unpacked(parameters.get("salt", "")),
            length=KEY_LENGTH,
            iterations=parameters["passes"],
            lanes=parameters["lanes"],
            memory_cost=parameters["memory"],
        )
    except ValueError as error:
        raise UserError(DAMAGED) from error
    # One accented letter may be typed as one character or two, depending on the keyboard.
    return kdf.derive(unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass"))


def _hint(passphrase: str) -> str:
    if passphrase != passphrase.strip():
        return "Elle commence ou finit par un espace : est-ce voulu ?"
    if passphrase.isupper():
        return "Elle est tout en majuscules : la touche Verr. Maj est peut-être active."
    return "Vérifiez la touche Verr. Maj, les accents et les espaces, puis réessayez."


# Recovery code: random enough to need no stretching.


def _with_recovery(content: KeyFile, key: bytes) -> tuple[str, KeyFile]:
    code, secret = recovery_code.generate()
    return code, content.holding("recovery", key, _from_code(secret, content.base), {})


def _by_recovery_code(content: KeyFile, typed: str) -> bytes:
    secret = recovery_code.parse(typed)
    if "recovery" not in content.slots:
        raise WrongSecret("Cette base n’a pas de code de secours : ouvrez-la avec la phrase de passe ou le trousseau.")
    try:
        return content.unwrap("recovery", _from_code(secret, content.base))
    except WrongSecret as error:
        raise WrongSecret(
            "Ce code de secours est bien écrit, mais ce n’est pas celui de cette base. "
            "Cherchez la fiche la plus récente : un nouveau code remplace l’ancien."
        ) from error


def _from_code(secret: bytes, base: str) -> bytes:
    info = b"boutique recovery code"
    return HKDF(algorithm=SHA256(), length=KEY_LENGTH, salt=base.encode(), info=info).derive(secret)

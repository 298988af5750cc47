"""The key of a base, from what was typed or else from this computer's keychain: for opening and protection.

Imports little, so that the first try is made while all the rest is still being imported.
"""

import importlib
from pathlib import Path
from threading import Thread

from boutique.core.paths import DataFolder
from boutique.storage import keys
from boutique.storage.keys import Keychain


def system_keychain() -> Keychain | None:
    """The keychain of this computer, if it has one that works. Loaded by name: a passphrase alone does not need it."""
    found: Keychain | None = importlib.import_module("boutique.storage.keychain").system_keychain()
    return found


def find(folder: DataFolder, *, passphrase: str | None = None, recovery_code: str | None = None) -> bytes:
    """The key of the base; KeyNeeded or another UserError with what to type."""
    typed = passphrase is not None or recovery_code is not None
    keychain = None if typed else system_keychain()
    return keys.open_key(folder, keychain=keychain, passphrase=passphrase, recovery_code=recovery_code)


class FirstTry:
    """What needs no one: the key by the passphrase file or the keychain, looked for in a thread of its own."""

    def __init__(self, folder: DataFolder, passphrase_file: Path | None) -> None:
        self._folder, self._passphrase_file = folder, passphrase_file
        self._found: bytes | BaseException | None = None
        self._thread = Thread(target=self._look, name="clé", daemon=True)
        self._thread.start()

    def peek(self) -> bytes | None:
        """The key, waited for; None when it was not found, or taken already."""
        self._thread.join()
        return self._found if isinstance(self._found, bytes) else None

    def take(self) -> bytes:
        """The key, waited for; or the UserError that says what to type. Once: it is not kept here."""
        self._thread.join()
        found, self._found = self._found, None
        if isinstance(found, bytes):
            return found
        raise found or RuntimeError("the first try was taken already")

    def _look(self) -> None:
        try:
            phrase = keys.read_passphrase_file(self._passphrase_file) if self._passphrase_file else None
            self._found = find(self._folder, passphrase=phrase)
        except BaseException as error:  # noqa: BLE001 - raised again for who takes it
            self._found = error

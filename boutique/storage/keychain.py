"""The system's own keychain, and only that one: `keys` hides a secret in it. Slow to import: by name."""

import importlib
import sys

from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, PasswordDeleteError

from boutique.core.errors import UserError
from boutique.storage.keys import Keychain

SERVICE = "Boutique"
LOCKED = (
    "Le trousseau du système est verrouillé ou ne répond pas. Déverrouillez-le et réessayez, "
    "ou ouvrez la base avec votre phrase de passe ou le code de la feuille de secours."
)

# By class, never by configuration: an environment variable or a third-party package may otherwise put a clear
# file, or a question on the terminal, in the keychain's place.
# And those of this system only: the one of macOS looks for its library with a compiler.
_ALLOWED = {
    "win32": ("Windows.WinVaultKeyring",),
    "darwin": ("macOS.Keyring",),
    "linux": ("SecretService.Keyring", "libsecret.Keyring", "kwallet.DBusKeyring"),
}


class SystemKeychain:
    """A keyring backend from the allowed list."""

    def __init__(self, backend: KeyringBackend) -> None:
        self._backend = backend

    def read(self, name: str) -> str | None:
        try:
            return self._backend.get_password(SERVICE, name)
        except (KeyringError, OSError, RuntimeError) as error:
            raise UserError(LOCKED) from error

    def write(self, name: str, secret: str) -> None:
        try:
            self._backend.set_password(SERVICE, name, secret)
        except (KeyringError, OSError, RuntimeError) as error:
            raise UserError(LOCKED) from error

    def delete(self, name: str) -> None:
        try:
            self._backend.delete_password(SERVICE, name)
        except PasswordDeleteError:
            return  # already gone, which is what was asked
        except (KeyringError, OSError, RuntimeError) as error:
            raise UserError(LOCKED) from error


def system_keychain() -> Keychain | None:
    """The best allowed keychain that works here, or None: then a passphrase opens the base."""
    usable = [backend for backend in allowed(sys.platform) if backend.viable]
    if not usable:
        return None
    chosen = max(usable, key=_priority)()
    if hasattr(chosen, "persist"):  # on Windows the default would follow the user's profile to other computers
        chosen.persist = "local machine"
    return SystemKeychain(chosen)


def allowed(platform: str) -> list[type[KeyringBackend]]:
    """The backends that a system of that name may use."""
    dotted = (f"keyring.backends.{name}".rpartition(".") for name in _ALLOWED.get(platform, ()))
    return [getattr(importlib.import_module(module), name) for module, _, name in dotted]


def _priority(backend: type[KeyringBackend]) -> float:
    return float(backend.priority)  # a class property, evaluated on access

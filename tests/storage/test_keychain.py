"""The system keychain: only the allowed ones, and words when it does not answer."""

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, KeyringLocked, NoKeyringError, PasswordDeleteError

from boutique.core.errors import UserError
from boutique.storage import keychain
from boutique.storage.keychain import SystemKeychain, system_keychain


class Memory(KeyringBackend):
    priority = 9

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError("absent")
        del self.kept[service, username]


class Silent(KeyringBackend):
    """Does not answer, in the way given."""

    priority = 1
    error: Exception = KeyringLocked("locked")

    def get_password(self, service: str, username: str) -> str | None:
        raise self.error

    def set_password(self, service: str, username: str, password: str) -> None:
        raise self.error

    def delete_password(self, service: str, username: str) -> None:
        raise self.error


def test_a_secret_is_kept_given_back_and_forgotten() -> None:
    chain = SystemKeychain(Memory())
    assert chain.read("base") is None
    chain.write("base", "secret")
    assert chain.read("base") == "secret"
    chain.delete("base")
    chain.delete("base")
    assert chain.read("base") is None


@pytest.mark.parametrize(
    "error",
    [KeyringLocked("x"), NoKeyringError("x"), KeyringError("x"), RuntimeError("no bus"), OSError(1783, "too long")],
)
def test_a_keychain_that_does_not_answer_is_told(error: Exception) -> None:
    backend = Silent()
    backend.error = error
    chain = SystemKeychain(backend)
    for call in (lambda: chain.read("b"), lambda: chain.write("b", "s"), lambda: chain.delete("b")):
        with pytest.raises(UserError, match="code de la feuille de secours"):
            call()


def test_the_best_usable_of_the_allowed_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keychain, "allowed", lambda _platform: [Silent, Memory])
    chosen = system_keychain()
    assert isinstance(chosen, SystemKeychain)
    chosen.write("b", "s")
    assert chosen.read("b") == "s"


def test_without_any_there_is_no_keychain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keychain, "allowed", lambda _platform: [])
    assert system_keychain() is None


def test_configuration_cannot_put_another_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setattr(keyring.core, "_keyring_backend", Memory())
    for platform in ("win32", "darwin", "linux"):
        for backend in keychain.allowed(platform):
            assert backend.__module__.split(".")[2] in {"Windows", "macOS", "SecretService", "libsecret", "kwallet"}
    found = system_keychain()
    assert found is None or not isinstance(found._backend, Memory)  # type: ignore[attr-defined]


def test_on_windows_the_secret_stays_on_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    class Vault(Memory):
        persist = "enterprise"

    monkeypatch.setattr(keychain, "allowed", lambda _platform: [Vault])
    chosen = system_keychain()
    assert isinstance(chosen, SystemKeychain)
    assert isinstance(chosen._backend, Vault)
    assert chosen._backend.persist == "local machine"

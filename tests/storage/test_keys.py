"""The key of a base: who opens it, what is said when nothing does, and that no key is ever made twice."""

import hashlib
import json
import unicodedata
from pathlib import Path

import pytest

from boutique.core.errors import UserError
from boutique.core.paths import DataFolder
from boutique.storage import keys, recovery_code
from boutique.storage.key_file import WrongSecret
from boutique.storage.keys import KeyNeeded

PHRASE = "cheval correct agrafe batterie"


class MemoryKeychain:
    """A keychain for the length of a test."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def read(self, name: str) -> str | None:
        return self.kept.get(name)

    def write(self, name: str, secret: str) -> None:
        self.kept[name] = secret

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)


class LockedKeychain(MemoryKeychain):
    def read(self, name: str) -> str | None:
        raise UserError("verrouillé")


class ForgetfulKeychain(MemoryKeychain):
    """Accepts everything and keeps nothing, like keyring's null backend."""

    def write(self, name: str, secret: str) -> None:
        return


@pytest.fixture(autouse=True)
def _cheap_kdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_COST", {"memory": 64, "passes": 1, "lanes": 1})


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "données")


def digest(folder: DataFolder) -> dict[str, str]:
    files = (path for path in folder.root.rglob("*") if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def alter(folder: DataFolder, change: str, value: object) -> None:
    content = json.loads(folder.key_file.read_text())
    *parents, last = change.split(".")
    place = content
    for name in parents:
        place = place[name]
    place[last] = value
    folder.key_file.write_text(json.dumps(content))


def test_the_three_ways_open_the_same_key(folder: DataFolder) -> None:
    keychain = MemoryKeychain()
    key, code = keys.create(folder, keychain=keychain, passphrase=PHRASE)
    assert len(key) == 32
    assert keys.open_key(folder, keychain=keychain) == key
    assert keys.open_key(folder, keychain=None, passphrase=PHRASE) == key
    assert keys.open_key(folder, keychain=None, recovery_code=code) == key
    assert keys.slots(folder) == {"keychain", "passphrase", "recovery"}


def test_the_key_file_holds_neither_key_nor_code_nor_phrase(folder: DataFolder) -> None:
    key, code = keys.create(folder, keychain=MemoryKeychain(), passphrase=PHRASE)
    text = folder.key_file.read_text()
    assert key.hex() not in text
    assert code not in text
    assert PHRASE not in text


def test_the_default_cost_is_64_mebibytes_and_three_passes(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    key, _ = keys.create(folder, keychain=None, passphrase=PHRASE)
    parameters = json.loads(folder.key_file.read_text())["slots"]["passphrase"]["parameters"]
    assert (parameters["kdf"], parameters["memory"], parameters["passes"]) == ("argon2id", 65536, 3)
    assert keys.open_key(folder, keychain=None, passphrase=PHRASE) == key


@pytest.mark.parametrize("trace", ["boutique.db", "boutique.db-wal", "boutique.key", "sauvegardes/a.db"])
def test_no_key_is_made_where_a_trace_of_a_base_exists(folder: DataFolder, trace: str) -> None:
    left = folder.root / trace
    left.parent.mkdir(parents=True)
    left.write_bytes(b"x")
    before = digest(folder)
    keychain = MemoryKeychain()
    with pytest.raises(UserError, match="aucune clé n’a été créée"):
        keys.create(folder, keychain=keychain, passphrase=PHRASE)
    assert digest(folder) == before
    assert keychain.kept == {}


def test_without_keychain_nor_phrase_a_phrase_is_asked(folder: DataFolder) -> None:
    with pytest.raises(KeyNeeded, match="choisissez une phrase de passe"):
        keys.create(folder, keychain=None, passphrase=None)
    assert not folder.key_file.exists()


def test_an_empty_phrase_is_refused(folder: DataFolder) -> None:
    with pytest.raises(UserError, match="vide"):
        keys.create(folder, keychain=None, passphrase="  ")
    assert not folder.key_file.exists()


def test_a_keychain_that_keeps_nothing_is_refused(folder: DataFolder) -> None:
    with pytest.raises(UserError, match="n’a pas gardé la clé"):
        keys.create(folder, keychain=ForgetfulKeychain(), passphrase=None)
    assert not folder.key_file.exists()


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        (PHRASE.upper(), "Verr. Maj"),
        (PHRASE + " ", "espace"),
        ("autre phrase", "accents"),
        ("x" * 100_000, "accents"),
        ("\ud800", "accents"),
    ],
)
def test_a_wrong_phrase_gets_a_hint_and_changes_nothing(folder: DataFolder, typed: str, hint: str) -> None:
    key, _ = keys.create(folder, keychain=None, passphrase=PHRASE)
    before = digest(folder)
    for _ in range(20):
        with pytest.raises(WrongSecret, match=hint):
            keys.open_key(folder, keychain=None, passphrase=typed)
    assert digest(folder) == before
    assert keys.open_key(folder, keychain=None, passphrase=PHRASE) == key


def test_accents_typed_in_one_or_two_characters_are_the_same(folder: DataFolder) -> None:
    phrase = "éléphant brûlé à Nîmes"
    key, _ = keys.create(folder, keychain=None, passphrase=unicodedata.normalize("NFD", phrase))
    assert keys.open_key(folder, keychain=None, passphrase=unicodedata.normalize("NFC", phrase)) == key


@pytest.mark.parametrize("keychain", [None, MemoryKeychain(), LockedKeychain()])
def test_a_missing_or_locked_keychain_asks_for_the_phrase(folder: DataFolder, keychain: MemoryKeychain | None) -> None:
    key, code = keys.create(folder, keychain=MemoryKeychain(), passphrase=PHRASE)
    before = digest(folder)
    with pytest.raises(KeyNeeded, match="phrase de passe, ou le code de la feuille de secours"):
        keys.open_key(folder, keychain=keychain)
    assert keys.open_key(folder, keychain=keychain, recovery_code=code) == key
    assert digest(folder) == before


def test_a_keychain_holding_another_secret_asks_for_the_code(folder: DataFolder) -> None:
    keychain = MemoryKeychain()
    keys.create(folder, keychain=keychain, passphrase=None)
    for wrong in ("", "pas du base64 !", "AAAA", "A" * 44):
        keychain.kept[keys.base_id(folder)] = wrong
        with pytest.raises(KeyNeeded, match="code de la feuille de secours"):
            keys.open_key(folder, keychain=keychain)


def test_a_recovered_base_goes_back_into_the_keychain(folder: DataFolder) -> None:
    key, code = keys.create(folder, keychain=MemoryKeychain(), passphrase=None)
    found = keys.open_key(folder, keychain=None, recovery_code=code)
    new = MemoryKeychain()
    keys.store_in_keychain(folder, found, new)
    assert keys.open_key(folder, keychain=new) == key


def test_changing_the_phrase_closes_the_old_one(folder: DataFolder) -> None:
    key, code = keys.create(folder, keychain=None, passphrase=PHRASE)
    keys.set_passphrase(folder, key, "une autre phrase")
    assert keys.open_key(folder, keychain=None, passphrase="une autre phrase") == key
    assert keys.open_key(folder, keychain=None, recovery_code=code) == key
    with pytest.raises(WrongSecret):
        keys.open_key(folder, keychain=None, passphrase=PHRASE)


def test_the_phrase_goes_only_if_the_keychain_remains(folder: DataFolder) -> None:
    keychain = MemoryKeychain()
    key, _ = keys.create(folder, keychain=None, passphrase=PHRASE)
    with pytest.raises(UserError, match="trousseau"):
        keys.remove_passphrase(folder)
    keys.store_in_keychain(folder, key, keychain)
    keys.remove_passphrase(folder)
    assert keys.slots(folder) == {"keychain", "recovery"}
    with pytest.raises(KeyNeeded, match="ne s’ouvre pas avec une phrase"):
        keys.open_key(folder, keychain=keychain, passphrase=PHRASE)
    with pytest.raises(UserError, match="Choisissez d’abord"):
        keys.remove_from_keychain(folder, keychain)


def test_a_base_taken_out_of_the_keychain_asks_for_the_phrase(folder: DataFolder) -> None:
    keychain = MemoryKeychain()
    keys.create(folder, keychain=keychain, passphrase=PHRASE)
    keys.remove_from_keychain(folder, keychain)
    assert keychain.kept == {}
    with pytest.raises(KeyNeeded, match="La base est protégée"):
        keys.open_key(folder, keychain=keychain)


def test_a_new_sheet_closes_the_old_one(folder: DataFolder) -> None:
    key, old = keys.create(folder, keychain=None, passphrase=PHRASE)
    new = keys.renew_recovery(folder, key)
    assert keys.open_key(folder, keychain=None, recovery_code=new) == key
    with pytest.raises(WrongSecret, match="fiche la plus récente"):
        keys.open_key(folder, keychain=None, recovery_code=old)


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("slots.passphrase.parameters.passes", 2),
        ("slots.passphrase.parameters.memory", 128),
        ("slots.passphrase.parameters.memory", 1 << 40),
        ("slots.passphrase.parameters.memory", "64"),
        ("slots.passphrase.parameters.salt", "AAAAAAAAAAAAAAAAAAAAAA=="),
        ("slots.passphrase.parameters.salt", ""),
        ("slots.passphrase.parameters.kdf", "rien"),
        ("slots.passphrase.parameters", []),
        ("slots.passphrase.parameters", {}),
        ("slots.passphrase.wrapped", "AAAA"),
        ("slots.passphrase.wrapped", "é"),
        ("slots.passphrase.nonce", 3),
        ("slots.passphrase", {}),
        ("slots", []),
        ("base", "0" * 32),
        ("version", 0),
        ("version", "x"),
    ],
)
def test_an_altered_key_file_opens_nothing(folder: DataFolder, change: str, value: object) -> None:
    keys.create(folder, keychain=None, passphrase=PHRASE)
    alter(folder, change, value)
    with pytest.raises(UserError):
        keys.open_key(folder, keychain=None, passphrase=PHRASE)


def test_slots_cannot_be_swapped(folder: DataFolder) -> None:
    _, code = keys.create(folder, keychain=None, passphrase=PHRASE)
    content = json.loads(folder.key_file.read_text())
    content["slots"]["recovery"], content["slots"]["passphrase"] = (
        content["slots"]["passphrase"],
        content["slots"]["recovery"],
    )
    folder.key_file.write_text(json.dumps(content))
    with pytest.raises(UserError):
        keys.open_key(folder, keychain=None, passphrase=PHRASE)
    with pytest.raises(UserError):
        keys.open_key(folder, keychain=None, recovery_code=code)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000])
def test_a_file_that_is_no_key_file_is_said_damaged(folder: DataFolder, content: bytes) -> None:
    folder.root.mkdir()
    folder.key_file.write_bytes(content)
    with pytest.raises(UserError, match="abîmé"):
        keys.open_key(folder, keychain=None, passphrase=PHRASE)


def test_a_missing_key_file_is_never_made_again(folder: DataFolder) -> None:
    with pytest.raises(UserError, match=r"« boutique\.key »"):
        keys.open_key(folder, keychain=MemoryKeychain())
    assert not folder.key_file.exists()


def test_a_newer_key_file_asks_for_an_update(folder: DataFolder) -> None:
    keys.create(folder, keychain=None, passphrase=PHRASE)
    alter(folder, "version", 2)
    with pytest.raises(UserError, match="mettez l’application à jour"):
        keys.slots(folder)


def test_a_code_is_read_whatever_the_case_the_blanks_and_the_look_alikes() -> None:
    secret = bytes(range(20))
    code = recovery_code.format_code(secret)
    assert len(code.split("-")) == 8
    sloppy = code.lower().replace("0", "o").replace("1", "l").replace("-", "  ")
    assert recovery_code.parse(sloppy) == secret
    assert recovery_code.parse(code.replace("-", "")) == secret
    assert recovery_code.parse(code.replace("1", "I")) == secret


def test_one_wrong_symbol_points_at_its_group() -> None:
    code = recovery_code.format_code(bytes(range(20)))
    for position, symbol in enumerate(code):
        if symbol == "-":
            continue
        wrong = code[:position] + ("2" if symbol != "2" else "3") + code[position + 1 :]
        with pytest.raises(UserError, match=f"groupe n° {position // 6 + 1} "):
            recovery_code.parse(wrong)


def test_two_groups_in_each_other_s_place_are_noticed() -> None:
    groups = recovery_code.format_code(bytes(range(20))).split("-")
    groups[1], groups[2] = groups[2], groups[1]
    with pytest.raises(UserError, match="groupe n° 2 "):
        recovery_code.parse("-".join(groups))


@pytest.mark.parametrize("position", range(8))
def test_a_missing_symbol_points_at_its_group(position: int) -> None:
    groups = recovery_code.format_code(bytes(range(20))).split("-")
    groups[position] = groups[position][:-1]
    with pytest.raises(UserError, match=f"groupe n° {position + 1} "):
        recovery_code.parse(" ".join(groups))


@pytest.mark.parametrize("typed", ["", "AB", "é" * 40, "😀", "A" * 41])
def test_what_is_no_code_is_said_so(typed: str) -> None:
    with pytest.raises(UserError, match="code de secours"):
        recovery_code.parse(typed)


def test_the_phrase_of_a_file_loses_only_its_line_end(tmp_path: Path) -> None:
    file = tmp_path / "phrase"
    for written, read in [
        (b"abc\n", "abc"),
        (b"abc\r\n", "abc"),
        (b" abc \n", " abc "),
        (b"\xef\xbb\xbfabc", "abc"),
        ("é\n".encode(), "é"),
    ]:
        file.write_bytes(written)
        assert keys.read_passphrase_file(file) == read


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe\x00"])
def test_an_unusable_phrase_file_is_said_so(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "phrase"
    file.write_bytes(content)
    with pytest.raises(UserError, match="phrase de passe"):
        keys.read_passphrase_file(file)


def test_an_absent_phrase_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="introuvable"):
        keys.read_passphrase_file(tmp_path / "absent")
    with pytest.raises(UserError, match="introuvable"):
        keys.read_passphrase_file(tmp_path)


def test_a_folder_in_the_place_of_the_key_file_is_told(folder: DataFolder) -> None:
    folder.key_file.mkdir(parents=True)
    with pytest.raises(UserError, match="ne peut pas être lu"):
        keys.slots(folder)


def test_a_base_without_recovery_slot_says_so(folder: DataFolder) -> None:
    _, code = keys.create(folder, keychain=MemoryKeychain(), passphrase=PHRASE)
    content = json.loads(folder.key_file.read_text())
    del content["slots"]["recovery"]
    folder.key_file.write_text(json.dumps(content))
    with pytest.raises(WrongSecret, match="n’a pas de code de secours"):
        keys.open_key(folder, keychain=None, recovery_code=code)


def test_a_lost_keychain_can_be_left_out(folder: DataFolder) -> None:
    key, _ = keys.create(folder, keychain=MemoryKeychain(), passphrase=PHRASE)
    keys.remove_from_keychain(folder, None)
    assert keys.slots(folder) == {"passphrase", "recovery"}
    assert keys.open_key(folder, keychain=None, passphrase=PHRASE) == key

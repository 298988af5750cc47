"""Documents of a file: kept byte for byte, refused with a sentence, undone, binned, restored, never readable."""

import io
import os
import tracemalloc
import uuid
from pathlib import Path

import pytest
import time_machine
from PIL import Image
from sqlalchemy import func, select, text

from boutique.core.errors import Cancelled, UserError
from boutique.core.file_names import safe_name
from boutique.core.paths import DataFolder
from boutique.models.attachment import Attachment, AttachmentChunk, AttachmentContent
from boutique.services import attaching, attachment_store, attachments, history, photo_places, reader, undo
from boutique.services.attaching import Candidate, Chosen, Source
from boutique.services.intakes import Saved
from boutique.services.workspace import Workspace, open_workspace
from boutique.storage import backup, check, restore
from tests.services import papers
from tests.services.conftest import MemoryKeychain, new_workspace
from tests.services.filling import open_file


def nothing(_done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def examined(workspace: Workspace, case_id: uuid.UUID, *paths: Path) -> tuple[Candidate, ...]:
    sources = [Source(path.name, path) for path in paths]
    return workspace.read(attaching.examine, case_id, sources, nothing)


def attach(
    workspace: Workspace, case_id: uuid.UUID, *paths: Path, without_place: bool = False
) -> tuple[uuid.UUID, ...]:
    chosen = [
        Chosen(one, one.name, one.kind_code, without_place=without_place and one.gps)
        for one in examined(workspace, case_id, *paths)
    ]
    assert [one.candidate.refusal for one in chosen if one.candidate.refusal] == []
    return attaching.add_all(workspace, case_id, chosen, nothing)


def names(workspace: Workspace, case_id: uuid.UUID) -> list[str]:
    return [line.name for line in workspace.read(attachments.listing, case_id).lines]


def rows(workspace: Workspace, model: type) -> int:
    return workspace.read(lambda session: session.scalar(select(func.count()).select_from(model)) or 0)


def test_a_document_comes_back_byte_for_byte(workspace: Workspace, saved: Saved, tmp_path: Path) -> None:
    content = papers.scan(3)
    (made,) = attach(workspace, saved.case_id, papers.file(tmp_path, "Devis four.pdf", content))
    assert workspace.read(attachments.content, made) == content
    target = tmp_path / "copie.pdf"
    workspace.read(attachments.save_as, made, target)
    assert target.read_bytes() == content
    (line,) = workspace.read(attachments.listing, saved.case_id).lines
    assert (line.name, line.kind, line.size) == ("Devis four.pdf", "Devis, facture", len(content))
    assert rows(workspace, AttachmentChunk) == -(-len(content) // attachment_store.CHUNK)


def test_what_is_attached_in_one_go_is_undone_in_one_go(workspace: Workspace, saved: Saved, tmp_path: Path) -> None:
    attach(workspace, saved.case_id, *(papers.file(tmp_path, f"{n}.pdf", papers.paper(n)) for n in (1, 2, 3)))
    assert len(names(workspace, saved.case_id)) == 3
    assert workspace.write("Annulation", undo.undo) == "3 documents joints"
    assert names(workspace, saved.case_id) == []


def test_a_deletion_is_undone_with_the_bytes(workspace: Workspace, saved: Saved, tmp_path: Path) -> None:
    content = papers.paper()
    (made,) = attach(workspace, saved.case_id, papers.file(tmp_path, "a.pdf", content))
    workspace.write("Document supprimé", attachments.delete, made)
    shelf = workspace.read(attachments.listing, saved.case_id)
    assert (shelf.lines, len(shelf.bin)) == ((), 1)
    assert str(shelf.bin[0].kept_until) == "2026-12-24"
    workspace.write("Annulation", undo.undo)
    assert workspace.read(attachments.content, made) == content
    workspace.write("Document supprimé", attachments.delete, made)
    workspace.write("Restauré", attachments.restore, made)
    assert names(workspace, saved.case_id) == ["a.pdf"]


def test_the_bin_keeps_a_month_of_real_use_whatever_the_clock_says(
    workspace: Workspace, saved: Saved, tmp_path: Path
) -> None:
    (made,) = attach(workspace, saved.case_id, papers.file(tmp_path, "a.pdf", papers.paper()))
    assert workspace.write("Ménage", attachment_store.sweep) == 0
    workspace.write("Document supprimé", attachments.delete, made)
    assert workspace.write("Ménage", attachment_store.sweep) == 0
    with time_machine.travel("2086-11-24 09:00"):  # a clock that jumps sixty years empties nothing
        assert workspace.write("Ménage", attachment_store.sweep) == 0
    for day in range(25, 30):
        with time_machine.travel(f"2026-11-{day} 09:00"):
            assert workspace.write("Ménage", attachment_store.sweep) == 0
    with time_machine.travel("2026-12-23 09:00"):
        assert workspace.write("Ménage", attachment_store.sweep) == 0
    with time_machine.travel("2026-12-28 09:00"):
        assert workspace.write("Ménage", attachment_store.sweep) == 1
    assert [rows(workspace, model) for model in (Attachment, AttachmentContent, AttachmentChunk)] == [0, 0, 0]
    assert workspace.read(undo.undoable) != "Corbeille vidée"


def test_a_document_taken_back_from_the_bin_starts_counting_again(
    workspace: Workspace, saved: Saved, tmp_path: Path
) -> None:
    (made,) = attach(workspace, saved.case_id, papers.file(tmp_path, "a.pdf", papers.paper()))
    workspace.write("Document supprimé", attachments.delete, made)
    workspace.write("Ménage", attachment_store.sweep)
    workspace.write("Restauré", attachments.restore, made)
    workspace.write("Ménage", attachment_store.sweep)

    def state(session: object) -> object:
        return session.scalars(select(AttachmentContent)).one().unused_since  # type: ignore[attr-defined]

    assert workspace.read(state) is None


def test_what_is_erased_for_good_leaves_no_bytes_and_offers_no_undo(
    workspace: Workspace, saved: Saved, tmp_path: Path
) -> None:
    (made,) = attach(workspace, saved.case_id, papers.file(tmp_path, "a.pdf", papers.paper()))
    workspace.write("Document supprimé", attachments.delete, made)
    workspace.write("Effacé", attachments.erase, made)
    assert [rows(workspace, model) for model in (Attachment, AttachmentContent, AttachmentChunk)] == [0, 0, 0]
    assert workspace.read(undo.undoable) == "Document joint"
    erased = next(
        line for line in workspace.read(history.of_case, saved.case_id) if line.action.startswith("Document effacé")
    )
    assert not erased.undoable


def test_the_same_document_twice_is_told_and_kept_once(workspace: Workspace, saved: Saved, tmp_path: Path) -> None:
    one = papers.file(tmp_path, "a.pdf", papers.paper())
    again = papers.file(tmp_path, "b.pdf", papers.paper())
    first, second = examined(workspace, saved.case_id, one, again)
    if first.sha256 == second.sha256:
        assert "même document" in second.refusal
    again.write_bytes(one.read_bytes())
    attach(workspace, saved.case_id, one)
    (known,) = examined(workspace, saved.case_id, again)
    assert "déjà dans ce dossier : « a.pdf », ajouté le 24/11/2026" in known.refusal
    other = open_file(workspace, "Paul", "Autre")
    (free,) = examined(workspace, other.case_id, again)
    assert free.refusal == ""


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("setup.exe", b"MZ" + bytes(300), "programme"),
        ("facture.pdf.exe", papers.paper(), "programme"),
        ("facture.pdf", b"MZ" + bytes(300), "programme"),
        ("script.sh", b"#!/bin/sh\necho\n", "programme"),
        ("page.html", b"<html><script>x</script></html>", "programme"),
        ("plan.svg", b'<?xml version="1.0"?><svg/>', "programme"),
        ("raccourci.lnk", bytes.fromhex("4c0000000114020000000000c000000000000046"), "programme"),
        ("dossier.zip", papers.archive(a="x"), "archive"),
        ("dossier.pdf", papers.archive(a="x"), "archive"),
        ("vide.pdf", b"", "vide"),
        ("inconnu.xyz", bytes(range(256)) * 4, "n’est pas accepté"),
    ],
)
def test_what_is_no_document_is_refused_with_a_sentence(
    workspace: Workspace, saved: Saved, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    (found,) = examined(workspace, saved.case_id, papers.file(tmp_path, name, content))
    assert told in found.refusal
    assert found.refusal.endswith(".")


def test_folders_vanished_files_and_devices_are_refused_without_being_read(
    workspace: Workspace, saved: Saved, tmp_path: Path
) -> None:
    pipe = tmp_path / "tuyau.pdf"
    os.mkfifo(pipe)
    told = examined(workspace, saved.case_id, tmp_path, tmp_path / "parti.pdf", pipe, Path("/dev/zero"))
    assert ["dossier" in told[0].refusal, "accessible" in told[1].refusal] == [True, True]
    assert "ordinaire" in told[2].refusal
    assert "ordinaire" in told[3].refusal


def test_the_limit_is_said_before_a_byte_is_read(workspace: Workspace, saved: Saved, tmp_path: Path) -> None:
    huge = tmp_path / "scan.pdf"
    with huge.open("wb") as stream:
        stream.truncate(2_000_000_000)  # sparse: nothing on the disk, and nothing is read
    tracemalloc.start()
    (found,) = examined(workspace, saved.case_id, huge)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "2 Go" in found.refusal
    assert "25 Mo" in found.refusal
    assert peak < 2_000_000


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\CV.pdf", "CV.pdf"),
        ("con.pdf", "document con.pdf"),
        ("LPT1.pdf", "document LPT1.pdf"),
        ("facture\u202efdp.exe.pdf", "facturefdp.exe.pdf"),
        ("  .pdf", "document.pdf"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ('a<b>:"c|?*.pdf', "a b c.pdf"),
        ("x" * 400 + ".pdf", "x" * 99 + ".pdf"),
        ("photo.png", "photo.pdf"),
    ],
)
def test_names_are_made_safe(typed: str, kept: str) -> None:
    assert safe_name(typed, "pdf") == kept


def test_office_documents_are_known_by_their_content_and_macros_are_told(
    workspace: Workspace, saved: Saved, tmp_path: Path
) -> None:
    plain, active, odt, old = examined(
        workspace, saved.case_id,
        papers.file(tmp_path, "a.docx", papers.word()),
        papers.file(tmp_path, "b.docx", papers.word(macros=True)),
        papers.file(tmp_path, "c.odt", papers.archive(mimetype="application/vnd.oasis.opendocument.text")),
        papers.file(tmp_path, "d.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)),
    )  # fmt: skip
    assert (plain.type.extension, plain.notes) == ("docx", ())
    assert active.name == "b.docm"
    assert "macros" in active.notes[0]
    assert odt.type.label == "Document OpenDocument"
    assert "macros" in old.notes[0]


def test_a_corrupt_picture_is_told_and_may_still_be_attached(
    workspace: Workspace, saved: Saved, tmp_path: Path
) -> None:
    cut = papers.file(tmp_path, "coupée.jpg", papers.picture()[:9000])
    false = papers.file(tmp_path, "fausse.png", b"\xff\xfe\x00rien d'une image" * 9)
    broken, lying = examined(workspace, saved.case_id, cut, false)
    assert broken.doubtful
    assert "abîmé" in broken.notes[0]
    assert lying.doubtful
    assert "abîmé" in lying.notes[0]
    made = attach(workspace, saved.case_id, cut, false)
    assert [workspace.read(attachments.content, one) for one in made] == [cut.read_bytes(), false.read_bytes()]


def test_floods_and_endless_papers_are_looked_at_elsewhere_and_stopped(tmp_path: Path) -> None:
    def look(content: bytes) -> reader.Look:
        with papers.file(tmp_path, "x", content).open("rb") as stream:
            return reader.inspect(stream)

    assert "trop grande" in look(papers.flood()).problem
    long = look(papers.endless())
    assert (long.pages, long.problem) == (100_000, "")
    locked = look(b"%PDF-1.7\n" + bytes(5000))
    assert "abîmé" in locked.problem


def test_a_photo_that_tells_its_place_can_be_kept_without_it(
    workspace: Workspace, saved: Saved, tmp_path: Path
) -> None:
    content = papers.photo_with_place()
    path = papers.file(tmp_path, "IMG_1.jpg", content)
    (found,) = examined(workspace, saved.case_id, path)
    assert found.gps
    assert "position GPS" in found.notes[-1]
    (made,) = attach(workspace, saved.case_id, path, without_place=True)
    kept = workspace.read(attachments.content, made)
    assert kept != content
    assert photo_places.without_place(kept) == kept
    with Image.open(io.BytesIO(kept)) as after, Image.open(io.BytesIO(content)) as before:
        assert after.tobytes() == before.tobytes()
        assert after.getexif().get(0x0112) == 6
        assert 0x8825 not in after.getexif()


def test_a_kind_not_to_copy_is_warned_about(workspace: Workspace, saved: Saved, tmp_path: Path) -> None:
    identity, bank = examined(
        workspace, saved.case_id,
        papers.file(tmp_path, "Passeport Zoé.pdf", papers.paper(1, "a")),
        papers.file(tmp_path, "RIB.pdf", papers.paper(1, "b")),
    )  # fmt: skip
    assert "ne se copie pas" in identity.notes[0]
    assert "inutile" in bank.notes[0]


def test_giving_up_in_the_middle_leaves_nothing(workspace: Workspace, saved: Saved, tmp_path: Path) -> None:
    chosen = [
        Chosen(one, one.name, "AUTRE")
        for one in examined(
            workspace, saved.case_id, *(papers.file(tmp_path, f"{n}.pdf", papers.scan(2, f"n{n}")) for n in range(2))
        )
    ]

    def give_up(done: int, _total: int) -> None:
        if done > 3_000_000:
            raise Cancelled

    with pytest.raises(Cancelled):
        attaching.add_all(workspace, saved.case_id, chosen, give_up)
    assert [rows(workspace, model) for model in (Attachment, AttachmentContent, AttachmentChunk)] == [0, 0, 0]


def test_a_file_that_changes_while_it_is_added_is_not_kept(workspace: Workspace, saved: Saved, tmp_path: Path) -> None:
    path = papers.file(tmp_path, "a.pdf", papers.paper())
    (found,) = examined(workspace, saved.case_id, path)
    path.write_bytes(papers.paper(2))
    with pytest.raises(UserError, match="a changé"):
        attaching.add_all(workspace, saved.case_id, [Chosen(found, "a.pdf", "DEVIS")], nothing)
    assert rows(workspace, AttachmentContent) == 0


def test_a_new_version_replaces_the_bytes_and_can_be_undone(workspace: Workspace, saved: Saved, tmp_path: Path) -> None:
    old, new = papers.paper(), papers.paper(2)
    (made,) = attach(workspace, saved.case_id, papers.file(tmp_path, "a.pdf", old))
    copy = attachments.open_copy(workspace, made)
    assert copy.read_bytes() == old
    assert copy.stat().st_mode & 0o777 == 0o400
    assert copy.parent.parent.stat().st_mode & 0o777 == 0o700
    assert workspace.copies.changed() == ()
    copy.chmod(0o600)
    copy.write_bytes(new)
    assert attachments.keep_changed(workspace) == 1
    assert not copy.exists()
    assert workspace.read(attachments.content, made) == new
    workspace.write("Annulation", undo.undo)
    assert workspace.read(attachments.content, made) == old


def test_the_readable_copy_is_gone_after_closing_and_after_a_crash(
    tmp_path: Path, empty_base: tuple[Path, MemoryKeychain], workspace: Workspace, saved: Saved
) -> None:
    (made,) = attach(workspace, saved.case_id, papers.file(tmp_path, "a.pdf", papers.paper()))
    copy = attachments.open_copy(workspace, made)
    (copy.parent / ".~lock.document.pdf#").write_text("verrou")
    folder = workspace.copies.folder
    # A crash: the next window finds the folder by its name.
    open_workspace(workspace.folder, keychain=empty_base[1]).copies.wipe()
    assert not folder.exists()
    copy = attachments.open_copy(workspace, made)
    workspace.close()
    assert not copy.exists()
    assert not folder.exists()


def test_a_folder_taken_by_somebody_else_is_not_used(workspace: Workspace, saved: Saved, tmp_path: Path) -> None:
    (made,) = attach(workspace, saved.case_id, papers.file(tmp_path, "a.pdf", papers.paper()))
    workspace.copies.folder.symlink_to(tmp_path)
    with pytest.raises(UserError, match="n’est pas sûr"):
        attachments.open_copy(workspace, made)
    workspace.copies.folder.unlink()


def test_a_copy_outside_is_named_after_the_file_never_after_the_person(
    workspace: Workspace, saved: Saved, tmp_path: Path
) -> None:
    (made,) = attach(workspace, saved.case_id, papers.file(tmp_path, "CV Zoé Martin.pdf", papers.paper()))
    name = workspace.read(attachments.export_name, made)
    assert name.endswith("-CV.pdf")
    assert "Zo" not in name


def test_an_incomplete_document_is_found_by_the_check(workspace: Workspace, saved: Saved, tmp_path: Path) -> None:
    (made,) = attach(workspace, saved.case_id, papers.file(tmp_path, "a.pdf", papers.scan(1.5)))
    findings = {one.name: one for one in check.check(workspace.database)}
    assert findings["Documents"].state is check.State.OK
    assert "1 document" in findings["Documents"].sentence
    with workspace.database.session() as session:
        session.execute(text("DELETE FROM attachment_chunk WHERE number = 1"))
    findings = {one.name: one for one in check.check(workspace.database)}
    assert findings["Documents"].state is check.State.PROBLEM
    with pytest.raises(UserError, match="incomplet"):
        workspace.read(attachments.save_as, made, tmp_path / "copie.pdf")
    assert not (tmp_path / "copie.pdf").exists()


def spelled(content: str) -> set[bytes]:
    return {content.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")} | {content.lower().encode()}


def holding(*roots: Path) -> list[str]:
    needles = spelled(papers.MARK)
    files = [path for root in roots for path in root.rglob("*") if path.is_file()]
    return [path.name for path in files if any(needle in path.read_bytes() for needle in needles)]


def test_a_scan_of_twenty_megabytes_survives_a_backup_and_its_text_is_nowhere_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch, outside = tmp_path / "tmp", tmp_path / "ailleurs"
    scratch.mkdir()
    outside.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(scratch))
    monkeypatch.setattr("tempfile.tempdir", None)
    root, keychain, content = tmp_path / "base", MemoryKeychain(), papers.scan(20)
    assert len(content) >= 20_000_000
    source = papers.file(outside, "scan.pdf", content)
    assert holding(outside) == ["scan.pdf"]  # otherwise the rest would prove nothing
    workspace = new_workspace(root, keychain)
    case_id = open_file(workspace).case_id
    (made,) = attach(workspace, case_id, source)
    log = workspace.folder.database.with_name("boutique.db-wal")
    assert log.stat().st_size > 10_000_000, "the write-ahead log must be there to be searched"
    assert holding(root, scratch) == []
    copy = attachments.open_copy(workspace, made)
    assert copy.read_bytes() == content
    assert holding(root) == []
    saved_copy = backup.make(workspace.database, workspace.folder, "essai")
    assert holding(root) == []
    assert holding(scratch) == [copy.name]  # while another program shows it, and only there
    workspace.write("Document supprimé", attachments.delete, made)
    workspace.write("Effacé", attachments.erase, made)
    workspace.close()
    assert holding(root, scratch) == []
    assert list(scratch.iterdir()) == []
    restore.restore(DataFolder(root), workspace.database.key, saved_copy)
    again = open_workspace(DataFolder(root), keychain=keychain)
    assert again.read(attachments.content, made) == content
    again.close()
    assert holding(root, scratch) == []


def test_a_document_of_twenty_megabytes_never_lies_twice_in_memory(
    workspace: Workspace, saved: Saved, tmp_path: Path
) -> None:
    source = papers.file(tmp_path, "scan.pdf", papers.scan(20))
    tracemalloc.start()
    (made,) = attach(workspace, saved.case_id, source)
    workspace.read(attachments.save_as, made, tmp_path / "copie.pdf")
    backup.make(workspace.database, workspace.folder, "essai")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 15_000_000

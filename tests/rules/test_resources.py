"""The loader refuses whatever it does not know, with file and entry; one block is enough to add anything."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from boutique.core.paths import resources_folder
from boutique.rules.criteria import load_vocabulary
from boutique.rules.journey import load_journey
from boutique.rules.lists import load_grid, load_sectors
from boutique.rules.needs import load_needs
from boutique.rules.partners import load_partner_types
from boutique.rules.pieces import load_pieces
from boutique.rules.referral import evaluate, load_rules
from boutique.rules.schemes import load_schemes

RULE = """
[[rule]]
id = "R900"
label = "Essai"
all_of = [["holder.age", ">=", 60]]
partner_type = "EGEE"
priority = 3
timing = "à l’accueil"
reason = "Pour essayer"
confidence = "proposition"
source = ["essai"]
"""
SCHEME = """
[[scheme]]
code = "ESSAI"
label = "Essai"
family = "subvention"
operator = "Nous"
public = "Tous"
conditions = "Aucune"
all_of = [["holder.age", ">=", 18]]
amount = "rien"
confidence = "proposition"
source = ["essai"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("journey", "partners", "rules", "schemes", "lists"):
        shutil.copytree(resources_folder() / name, tmp_path / name)
    return tmp_path


def change(folder: Path, name: str, before: str, after: str) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def add(folder: Path, name: str, block: str) -> None:
    path = folder / name
    path.write_text(path.read_text("utf-8") + block, "utf-8")


def test_a_rule_is_added_by_one_block_in_one_file(folder: Path) -> None:
    add(folder, "rules/referral.toml", RULE)
    assert "EGEE" in [s.partner_type for s in evaluate(load_rules(folder), {"holder.age": 61})]


def test_a_partner_type_a_scheme_and_a_step_are_added_by_one_block_in_one_file(folder: Path) -> None:
    types = (folder / "partners/types.toml").read_text("utf-8")
    block = types.split("\n[[partner_type]]\n")[1].replace('"CMA"', '"ESSAI"')
    add(folder, "partners/types.toml", f"\n[[partner_type]]\n{block}")
    add(folder, "schemes/schemes.toml", SCHEME)
    journey = (folder / "journey/journey.toml").read_text("utf-8")
    step = journey[journey.rindex("[[phase.step]]") :].replace('"SUI4"', '"SUI5"')
    add(folder, "journey/journey.toml", "\n" + step)
    assert "ESSAI" in load_partner_types(folder)
    assert "ESSAI" in load_schemes(folder)
    assert load_journey(folder).steps[-1].code == "SUI5"


Fault = tuple[str, str, str, str, Callable[[Path], object]]


def faults(name: str, load: Callable[[Path], object], *changes: tuple[str, str, str]) -> list[Fault]:
    return [(name, before, after, entry, load) for before, after, entry in changes]


AGE = '"holder.age", "<", 18'
PHASES = '"in", ["FINANCEMENT", "IMMATRICULATION"]'
ASS = 'all_of = [\n  ["holder.allowances", "contains", "ASS"],\n]\n'
QPV = 'all_of = [\n  ["holder.lives_in_qpv", "is_true"],\n]\n'
FAULTS = [
    *faults(
        "rules/referral.toml",
        load_rules,
        (AGE, '"holder.aje", "<", 18', "R008"),
        (AGE, '"holder.age", "~", 18', "R008"),
        (AGE, '"holder.age", "contains", 18', "R008"),
        (AGE, '"holder.age", "<", "18"', "R008"),
        (AGE, '"holder.age", "<", 999', "R008"),
        (AGE, '"holder.age"', "R008"),
        ('["holder.digital_obstacle", "is_true"]', '["holder.digital_obstacle", "is_true", 1]', "R042"),
        ('"contains", "RSA"]', '"contains", "RSI"]', "R004"),
        (PHASES, '"in", ["FINANCES"]', "R003"),
        (PHASES, '"in", "FINANCEMENT"', "R003"),
        ('partner_type = "MISSION_LOCALE"', 'partner_type = "MISSION"', "R008"),
        ('scheme = "ASS_CUMUL"', 'scheme = "ASS"', "R005"),
        ('test_true = { "holder.age" = 17 }', 'test_true = { "holder.ages" = 17 }', "R008"),
        (
            'test_true = { "holder.rqth_declared" = true }',
            'test_true = { "holder.rqth_declared" = 1 }',
            "R033",
        ),
        ('id = "R002"', 'id = "R001"', "R001"),
        ('id = "R002"\n', 'id = "R002"\nprioriti = 1\n', "R002"),
        ("priority = 1\n", "priority = 4\n", "R001"),
        ("blocking = true\n", 'blocking = "oui"\n', "R001"),
        ('reason = "Le conseil', 'raison = "Le conseil', "R001"),
        (ASS, "", "R005"),
        (ASS, 'all_of = "ASS"\n', "R005"),
        ('version = "2026-1"', 'versions = "2026-1"', "versions"),
        ('version = "2026-1"', 'version = 2026-1"', "mal écrit"),
    ),
    *faults(
        "rules/fields.toml",
        load_vocabulary,
        ('asked_in = "fiche_accueil"', 'asked_in = "ailleurs"', "holder.employment_status"),
        ('type = "list"', 'type = "texte"', "holder.allowances"),
        ('type = "list"', 'type = "int"', "holder.allowances"),
        ("range = [0, 120]", "range = [0]", "holder.age"),
        ("if_no = ", "help = ", "holder.rqth_declared"),
    ),
    *faults(
        "schemes/schemes.toml",
        load_schemes,
        ('{ text = "Moins', '{ texte = "Moins', "ACRE"),
        ('any_of = [\n  ["holder.emp', 'any_of = "non"\nnon = [\n  ["holder.emp', "ACRE"),
        (QPV, "", "CITESLAB"),
        ("valid_from = 2026-01-01", 'valid_from = "2026"', "ACRE"),
    ),
    *faults(
        "journey/journey.toml",
        load_journey,
        ('"CITESLAB", "ACTIV_CREA"', '"CITELAB"', "ACCUEIL"),
        ('"CITESLAB", "BUS_ENTREPRENEURIAT"', '"BUS"', "ACCUEIL"),
        ('interview_type = "ACCUEIL"', 'interview_type = "VISITEUR"', "ACC1"),
        ("minutes = 20", 'minutes = "20"', "ACC1"),
        ('code = "ACC2"', 'code = "ACC1"', "ACC1"),
        ('code = "PRE_ACCUEIL"', 'code = "ACCUEIL"', "ACCUEIL"),
        ("\n[[phase.step]]", "\n[[phase.stage]]", "ACCUEIL"),
    ),
    *faults(
        "lists/needs.toml",
        load_needs,
        ('"CITESLAB"', '"CITELAB"', "IDEE_EMERGENCE"),
        ('code = "IDEE_PARCOURS"', 'code = "IDEE_EMERGENCE"', "IDEE_EMERGENCE"),
    ),
    *faults(
        "lists/diagnosis.toml",
        load_grid,
        ('  "Projet subi ou imposé",\n', "", "PER1"),
    ),
    *faults(
        "lists/pieces.toml",
        load_pieces,
        ('phase = "PRE_ACCUEIL"\nkind = "IDENTITE"', 'phase = "AVANT"\nkind = "IDENTITE"', "IDENTITE_VUE"),
        ('kind = "SIGNE"', 'kind = "SIGNEE"', "CONTRAT"),
        ('"PH_INITIATIVE", "MICROCREDIT_ADIE"]', '"PH_INITIATIVES"]', "CV"),
        ('code = "PROJET"', 'code = "CV"', "CV"),
        ("\n[[piece]]", "\n[[pièce]]", "pieces"),
    ),
    *faults(
        "lists/sectors.toml",
        load_sectors,
        ("\n[[sector]]", "\n[[secteur]]", "secteur"),
        ("\n[[regulated_craft]]\n", "\n[[sector]]\n", "consular|social_fund"),
    ),
    *faults(
        "partners/types.toml",
        load_partner_types,
        ("follow_up_days = 15\n", "", "CMA"),
    ),
]


@pytest.mark.parametrize(("name", "before", "after", "entry", "load"), FAULTS)
def test_fault_is_refused_naming_file_and_entry(
    folder: Path, name: str, before: str, after: str, entry: str, load: Callable[[Path], object]
) -> None:
    change(folder, name, before, after)
    with pytest.raises(ValueError, match=entry) as refused:
        load(folder)
    assert f"resources/{name}" in str(refused.value)


def test_file_without_its_blocks_is_refused(folder: Path) -> None:
    (folder / "rules/referral.toml").write_text('version = "2026-2"', "utf-8")
    with pytest.raises(ValueError, match=r"resources/rules/referral\.toml : aucun bloc \[\[rule\]\]"):
        load_rules(folder)


def test_signs_and_thousands_cannot_be_cut_at_the_end_of_a_line(folder: Path) -> None:
    change(folder, "rules/referral.toml", 'label = "Mineur"', 'label = "Mineur : « moins de 18 ans » ? 7 500 €"')
    rule = next(rule for rule in load_rules(folder).rules if rule.id == "R008")
    assert rule.label == "Mineur\u00a0: «\u00a0moins de 18 ans\u00a0»\u00a0? 7\u00a0500\u00a0€"

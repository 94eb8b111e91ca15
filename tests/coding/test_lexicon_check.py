"""A pattern that names no word of the vocabulary is told by the one command that checks the ontology."""

from __future__ import annotations

import shutil
from pathlib import Path

from click.testing import CliRunner

from kg.commands.review import ontology
from kg.terms.reader import home


def test_a_pattern_for_a_word_that_does_not_exist_is_told_when_the_ontology_is_checked(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(home(), tmp_path / "ontology"))
    with (copy / "patterns.ttl").open("a", encoding="utf-8") as file:
        file.write('\npattern:none kg:suggests indicator:no-such-word ; kg:sure "entirely made up" .\n')
    told = CliRunner().invoke(ontology, ["--check", "--folder", str(copy)])
    assert told.exit_code == 1
    assert "indicator:no-such-word" in told.output


def test_the_program_s_own_ontology_is_sound_with_its_patterns() -> None:
    assert CliRunner().invoke(ontology, ["--check"]).output == "The ontology is sound.\n"

"""An explanation says nothing twice, however many rules and persons a finding is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.folder import study
from kg.reports.finding import explain_report
from kg.wording.findings import because


@pytest.mark.parametrize("case", ["connelly", "training"])
def test_no_sentence_and_no_rule_of_an_explanation_stands_twice(case: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(case)
    gaps, _ = study(folder, "recorded")
    for finding in gaps.findings:
        sentences = list(because(gaps, finding))
        assert len(sentences) == len(set(sentences)), finding.id
        lines = [text for _, text in explain_report(gaps, finding)]
        said = lines[: lines.index("The entries, as written")]
        assert max(map(len, said)) <= 100, finding.id
        whole = " ".join(" ".join(said).split())
        told = {sentence for sentence in sentences if " asks for " in sentence}
        assert all(whole.count(rule) == 1 for rule in told), finding.id

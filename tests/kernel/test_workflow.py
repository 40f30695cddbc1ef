"""Workflows: what a folder says is read whole, and what is wrong with it is told with file and line."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.text import language
from tna_desktop.kernel.workflow import (
    Workflow,
    available_workflows,
    from_json,
    read_workflow,
    to_json,
    translated,
)
from tna_desktop.kernel.workflow_format import CATALOGUES, CHECK_NAMES, CHECKS, STEPS
from tna_desktop.kernel.yaml_nodes import LARGEST, parsed

ROOT = Path(__file__).parents[2]
WORKFLOWS = ROOT / "workflows"
BROKEN = Path(__file__).parents[1] / "documents" / "broken_workflow"
SHIPPED = sorted(path.parent.name for path in WORKFLOWS.glob("*/workflow.yaml"))

SMALL = """\
key: "small"
version: 3
title: "Small"
stages:
  - key: "criteria"
    title: "Criteria"
    icon: "scales"
    steps:
      - key: "tree"
        title: "Tree"
        question: "What is good?"
        checks:
          - {check: "criteria_enough", text: "Four to nine.", with: {at_least: 4, at_most: 9}}
          - {check: "convention_criteria_present", text: "One of these.", with: {groups: ["nature"]}}
catalogues: ["criteria_groups", "criteria"]
outline:
  - {key: "summary", title: "Summary"}
"""
GUIDANCE = """\
## why
Criteria come first,
so that comparing stays honest.

## more
One paragraph that
is wrapped.

### A heading
- first item
- second item,
  also wrapped

## sources
- [article] CBD Article 16(3)
"""
GROUPS = 'title: "Groups"\nentries:\n  - {key: "nature", name: "Nature"}\n'
CRITERIA = """\
title: "Criteria"
entries:
  - key: "species"
    name: "Species saved"
    short: "Species"
    group: "nature"
    direction: "benefit"
    unit: "species"
    anchors: {"1": "None", "5": "Many"}
    core: true
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small workflow without a mistake."""
    here = tmp_path / "small"
    (here / "guidance").mkdir(parents=True)
    (here / "catalogue").mkdir()
    (here / "workflow.yaml").write_text(SMALL, encoding="utf-8")
    (here / "guidance" / "criteria.tree.md").write_text(GUIDANCE, encoding="utf-8")
    (here / "catalogue" / "criteria_groups.yaml").write_text(GROUPS, encoding="utf-8")
    (here / "catalogue" / "criteria.yaml").write_text(CRITERIA, encoding="utf-8")
    return here


def told(folder: Path) -> list[tuple[str, int, str]]:
    return [(each.file, each.line, each.message.english()) for each in read_workflow(folder)[1]]


def spoil(folder: Path, file: str, before: str, after: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_a_workflow_without_mistakes_is_read_whole(folder: Path) -> None:
    workflow, problems = read_workflow(folder)
    assert problems == ()
    assert workflow is not None
    assert (workflow.key, workflow.version, workflow.title) == ("small", 3, "Small")
    step = workflow.step("criteria.tree")
    assert step is not None
    assert step.question == "What is good?"
    assert [(each.check, dict(each.parameters)) for each in step.checks] == [
        ("criteria_enough", {"at_least": 4, "at_most": 9}),
        ("convention_criteria_present", {"groups": ("nature",)}),
    ]
    assert step.guidance.why == "Criteria come first, so that comparing stays honest."
    assert step.guidance.more == (
        "One paragraph that is wrapped.\n\n### A heading\n- first item\n- second item, also wrapped"
    )
    assert [(each.kind, each.text) for each in step.guidance.sources] == [("article", "CBD Article 16(3)")]
    entry = workflow.catalogue("criteria").find("species")
    assert entry is not None
    assert entry.get("core") is True
    assert entry.get("anchors") == {"1": "None", "5": "Many"}
    assert workflow.catalogue("gates").entries == ()


@pytest.mark.parametrize("key", SHIPPED)
def test_the_shipped_workflows_have_no_mistakes(key: str) -> None:
    workflow, problems = read_workflow(WORKFLOWS / key)
    assert [(each.file, each.line, each.message.english()) for each in problems] == []
    assert workflow is not None
    assert {stage.key: tuple(step.key for step in stage.steps) for stage in workflow.stages} == dict(STEPS)
    assert set(workflow.catalogues) == set(CATALOGUES)
    for stage in workflow.stages:
        assert (ROOT / "resources" / "icons" / f"{stage.icon}.svg").is_file()
        for step in stage.steps:
            assert step.guidance.why and step.guidance.sources
            assert 1 <= len(step.checks) <= 6


@pytest.mark.parametrize("key", SHIPPED)
def test_keeping_a_workflow_in_a_document_loses_nothing(key: str) -> None:
    workflow, _ = read_workflow(WORKFLOWS / key)
    assert workflow is not None
    stored = to_json(workflow)
    assert from_json(stored) == workflow
    assert to_json(from_json(stored)) == stored


def test_the_method_for_climate_change_needs_nothing_from_biodiversity() -> None:
    workflow, _ = read_workflow(WORKFLOWS / "climate")
    assert workflow is not None
    groups = workflow.catalogue("stakeholder_groups").entries
    assert len(groups) == 8
    assert len({group.get("shape") for group in groups}) == 8
    assert {each.get("group") for each in workflow.catalogue("criteria").entries} == {
        "development_benefits",
        "implementation_market",
        "climate_goals",
    }
    for unused in ("consent_forms", "benefits", "gbf_targets", "cbd_articles"):
        assert workflow.catalogue(unused).entries == ()


def test_keys_that_mean_something_to_the_program_are_the_same_everywhere() -> None:
    fixed = (
        "stakeholder_roles engagement_levels overview_kinds gate_answers technology_natures sureness score_states "
        "shortlist_states barrier_classes action_states"
    )
    found = {key: read_workflow(WORKFLOWS / key)[0] for key in SHIPPED}
    for name in fixed.split():
        keys = {tuple(entry.key for entry in each.catalogue(name).entries) for each in found.values() if each}
        assert len(keys) == 1 and keys != {()}, name
    for workflow in found.values():
        assert workflow is not None
        for scale in ("barrier_severity", "barrier_ease", "measure_effect", "measure_ease"):
            assert workflow.catalogue("scales").find(scale), (workflow.key, scale)


def test_a_broken_workflow_yields_findings_with_file_and_line_and_never_stops() -> None:
    workflow, problems = read_workflow(BROKEN)
    found = {(each.file, each.line) for each in problems}
    lines = {
        "workflow.yaml": (2, 3, 5, 14, 15, 16, 21, 24, 29, 34, 39, 42, 44),
        "guidance/stakeholders.scope.md": (1, 4, 8, 12, 13),
        "guidance/criteria.tree.md": (2,),
        "guidance/stakeholders.influence.md": (1,),
        "catalogue/criteria_groups.yaml": (4,),
        "catalogue/criteria.yaml": (5, 8, 10, 11, 12, 16),
        "catalogue/stakeholder_groups.yaml": (5,),
        "catalogue/gates.yaml": (2,),
        "catalogue/terms.yaml": (2,),
    }
    assert found == {(file, line) for file, each in lines.items() for line in each}
    assert workflow is not None
    assert [(stage.key, [step.key for step in stage.steps]) for stage in workflow.stages] == [
        ("stakeholders", ["scope", "register", "map"]),
        ("criteria", ["tree"]),
    ]
    assert [each.key for each in workflow.catalogue("criteria").entries] == ["jobs", "cost"]
    assert workflow.description == "NO"
    assert from_json(to_json(workflow)) == workflow


@pytest.mark.parametrize(
    ("file", "before", "after", "line", "words"),
    [
        ("workflow.yaml", 'title: "Small"', "titel: Small", 3, "did you mean “title”"),
        ("workflow.yaml", 'title: "Small"', "title: 012", 3, 'Write "012" in quotes'),
        ("workflow.yaml", 'title: "Small"', "title: yes", 3, 'Write "yes" in quotes'),
        ("workflow.yaml", 'title: "Small"', 'title: ["Small"]', 3, "must be a text"),
        ("workflow.yaml", 'title: "Small"', 'title: ""', 3, "is empty"),
        ("workflow.yaml", 'title: "Small"', "", 1, "“title” is missing"),
        ("workflow.yaml", 'key: "small"', 'key: "large"', 1, "differs from the folder"),
        ("workflow.yaml", "at_least: 4", "at_leats: 4", 13, "did you mean “at_least”"),
        ("workflow.yaml", "at_least: 4", 'at_least: "4"', 13, "plain number"),
        ("workflow.yaml", '["nature"]', '["natur"]', 14, "“nature” is"),
        ("workflow.yaml", "criteria_enough", "criteria_enugh", 13, "did you mean “criteria_enough”"),
        ("workflow.yaml", '"criteria"]', '"criterions"]', 15, "did you mean “criteria”"),
        ("guidance/criteria.tree.md", "## why", "## wy", 1, "did you mean “why”"),
        ("guidance/criteria.tree.md", "[article]", "[book]", 15, "not known"),
        ("catalogue/criteria.yaml", '"nature"', '"people"', 6, "not in the list criteria_groups"),
        ("catalogue/criteria.yaml", 'direction: "benefit"', "", 3, "“direction” is missing"),
        ("catalogue/criteria.yaml", "core: true", "core: yes", 10, "true or false"),
        ("catalogue/criteria.yaml", '"Species"', '"Species that were saved"', 5, "23 characters; 22 fit"),
        ("catalogue/criteria.yaml", 'name: "Species saved"', 'nam: "Species saved"', 4, "did you mean “name”"),
        ("catalogue/criteria.yaml", '"species"', '"Species 1"', 3, "small letters"),
    ],
)
def test_a_mistake_is_told_at_its_line(folder: Path, file: str, before: str, after: str, line: int, words: str) -> None:
    spoil(folder, file, before, after)
    assert any(where == file and at == line and words in what for where, at, what in told(folder))
    assert read_workflow(folder)[0] is not None


def test_a_known_check_is_what_the_program_says(folder: Path) -> None:
    workflow, problems = read_workflow(folder, known_checks=frozenset({"convention_criteria_present"}))
    assert [(each.file, each.line) for each in problems] == [("workflow.yaml", 13)]
    assert workflow is not None
    assert [each.check for each in workflow.stages[0].steps[0].checks] == ["convention_criteria_present"]


def test_a_long_why_is_only_a_finding(folder: Path) -> None:
    path = folder / "guidance" / "criteria.tree.md"
    path.write_text("## why\n" + "word " * 46, encoding="utf-8")
    workflow, problems = read_workflow(folder)
    assert [each.line for each in problems] == [2]
    assert "46 words" in problems[0].message.english()
    assert workflow is not None
    step = workflow.step("criteria.tree")
    assert step is not None
    assert len(step.guidance.why.split()) == 46


def test_a_missing_file_is_told_where_it_is_asked_for(folder: Path) -> None:
    (folder / "guidance" / "criteria.tree.md").unlink()
    (folder / "catalogue" / "criteria.yaml").unlink()
    assert [(file, line) for file, line, _ in told(folder)] == [("workflow.yaml", 9), ("workflow.yaml", 15)]


def test_a_list_cannot_name_a_file_elsewhere(folder: Path) -> None:
    (folder.parent / "outside.yaml").write_text(GROUPS, encoding="utf-8")
    spoil(folder, "workflow.yaml", '"criteria"]', '"criteria", "../../outside"]')
    workflow, problems = read_workflow(folder)
    assert [(each.file, each.line) for each in problems] == [("workflow.yaml", 15)]
    assert workflow is not None
    assert set(workflow.catalogues) == {"criteria_groups", "criteria"}


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", 1),
        (b"- a\n- b\n", 1),
        (b'key: "small"\n  title: "x"\n', 2),
        (b'key: "small"\ntitle: "\xff"\n', 2),
        (b'key: "small"\ntitle: "\x00"\n', 2),
        (b"key: !!python/name:os.system x\n", 1),
        (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", 2),
        (b"a: " + b"[" * 50_000, 1),
        (b"a: 1\n---\nb: 2\n", 2),
        (b'title: "x"\nstages: []\n', 1),
        (b"#" * (LARGEST + 1), 1),
    ],
)
def test_an_unusable_workflow_is_none_with_the_reason(folder: Path, content: bytes, line: int) -> None:
    (folder / "workflow.yaml").write_bytes(content)
    workflow, problems = read_workflow(folder)
    assert workflow is None
    assert ("workflow.yaml", line) in [(each.file, each.line) for each in problems]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    workflow, problems = read_workflow(tmp_path / "nowhere")
    assert workflow is None
    assert [each.message.english() for each in problems] == ["The file workflow.yaml is missing."]


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(alphabet="key:titls[]{}-\"'&*!|>%@#?, \n\t01", max_size=200).map(str.encode),
    )
)
def test_no_bytes_stop_the_reading(content: bytes) -> None:
    problems: list[int] = []
    node = parsed(content, lambda line, _: problems.append(line))
    assert node is not None or problems
    assert all(1 <= line <= content.count(b"\n") + content.count(b"\r") + 2 for line in problems)


def test_workflows_to_choose_from_are_named_by_title(folder: Path) -> None:
    shutil.copytree(BROKEN, folder.parent / "broken_workflow")
    (folder.parent / "empty").mkdir()
    (folder.parent / "README.md").write_text("not a workflow", encoding="utf-8")
    assert [(each.key, each.title, each.folder) for each in available_workflows(folder.parent)] == [
        ("broken_workflow", "Broken", folder.parent / "broken_workflow"),
        ("small", "Small", folder),
    ]
    assert "climate" in [each.key for each in available_workflows()]


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"key": 1}', "[" * 100_000])
def test_a_stored_workflow_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        from_json(text)


def test_a_stored_workflow_with_a_wrong_type_is_refused(folder: Path) -> None:
    data = json.loads(to_json(workflow_in(folder)))
    data["stages"][0]["title"] = 7
    with pytest.raises(Refused):
        from_json(json.dumps(data))


def workflow_in(folder: Path) -> Workflow:
    workflow, problems = read_workflow(folder)
    assert workflow is not None and not problems
    return workflow


def test_in_english_a_workflow_stays_as_it_is(folder: Path) -> None:
    workflow = workflow_in(folder)
    assert translated(workflow, language("en")) is workflow


def test_every_text_of_a_workflow_is_translated_and_no_key(folder: Path) -> None:
    workflow = workflow_in(folder)
    said = translated(workflow, language("qps"))
    step = said.step("criteria.tree")
    assert step is not None
    texts = [said.title, said.stages[0].title, step.title, step.question, step.guidance.why]
    texts += [each.text for each in step.checks] + [each.text for each in step.guidance.sources]
    texts += [part.title for part in said.outline]
    entry = said.catalogue("criteria").entries[0]
    texts += [entry.name, entry.short, entry.get("unit"), *entry.get("anchors").values()]
    assert all(text.startswith("[") and text.endswith("~]") for text in texts)
    more = step.guidance.more.split("\n")
    assert [line[: line.index("[")] for line in more if line] == ["", "### ", "- ", "- "]
    assert (entry.key, entry.get("group"), entry.get("direction")) == ("species", "nature", "benefit")
    assert step.checks[1].parameters == {"groups": ("nature",)}
    assert said.stages[0].icon == "scales"
    assert replace(said, stages=(), catalogues={}).key == "small"


def test_the_described_format_is_the_one_that_is_read() -> None:
    readme = (WORKFLOWS / "README.md").read_text(encoding="utf-8")
    for name in [*CHECK_NAMES, *CATALOGUES, *STEPS, *(step for steps in STEPS.values() for step in steps)]:
        assert f"`{name}`" in readme, name
    for fields in [*CHECKS.values(), *CATALOGUES.values()]:
        for name, field in fields.items():
            assert name in readme, name
            assert not field.of or field.of in CATALOGUES

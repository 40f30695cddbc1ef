"""The score table of a spreadsheet: what it may look like, and how a mistake is told."""

from pathlib import Path

import pytest

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.intake import Cells, Row, read_pasted, read_table
from tna_desktop.kernel.text import ENGLISH
from tna_desktop.stages.priorities.score_table import MOST_PROBLEMS, ScoreCell, read_score_table

PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "cases" / "tna" / "import"


def read(text):
    """A table written with | between its cells, one row a line."""
    return read_score_table(
        read_pasted("\n".join(line.strip().replace("|", "\t") for line in text.strip().split("\n")))
    )


def problems(table):
    return [(problem.row, problem.letter, problem.heading, problem.text) for problem in table.problems]


def reasons(table):
    return [problem.reason.english() for problem in table.problems]


def test_a_whole_table():
    table = read(
        """technology|Jobs|Cost
        #unit|people|USD per ha
        # Direction|Benefit|COST
        #weight|3|1
        #low|0|
        #high|500|
        Mangrove nurseries|120|1 250.5
        Seed  banks|?|n/a
        Fishing gear||Not applicable"""
    )
    assert table.problems == () and table.more == 0 and table.remarks == ()
    jobs, cost = table.criteria
    assert (jobs.name, jobs.unit, jobs.direction, jobs.weight, jobs.low, jobs.high) == (
        "Jobs",
        "people",
        "benefit",
        3,
        0,
        500,
    )
    assert (cost.unit, cost.direction, cost.weight, cost.low, cost.high) == ("USD per ha", "cost", 1, None, None)
    assert table.technologies == ("Mangrove nurseries", "Seed banks", "Fishing gear")
    unknown, no = ScoreCell("unknown"), ScoreCell("not_applicable")
    assert table.scores == (
        (ScoreCell("value", 120), ScoreCell("value", 1250.5)),
        (unknown, no),
        (unknown, no),
    )


@pytest.mark.parametrize("word", ["n/a", "N/A", "na", "NA", "n.a.", "not  applicable"])
def test_words_for_what_does_not_apply(word):
    assert read(f"t|C\nA|{word}").scores[0][0].state == "not_applicable"


@pytest.mark.parametrize("word", ["", "?", "Unknown"])
def test_words_for_what_is_unknown(word):
    assert read(f"t|C|D\nA|{word}|1").scores[0][0] == ScoreCell("unknown")


def test_the_least_a_table_can_be():
    table = read("t|C\nA|0")
    assert table.problems == ()
    assert table.criteria[0].weight is None and table.criteria[0].direction == "benefit"
    assert table.scores == ((ScoreCell("value", 0),),)
    assert "more is taken as better" in table.remarks[0].reason.english()


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("t|C\nA|abc", (2, "B", "C", "abc"), "not a number"),
        ("t|C\nA|nan", (2, "B", "C", "nan"), "not a number"),
        ("t|C\nA|inf", (2, "B", "C", "inf"), "not a number"),
        ("t|C\nA|1e999", (2, "B", "C", "1e999"), "too large"),
        ("t|C\nA|1,500", (2, "B", "C", "1,500"), "thousand"),
        ("t|C\n#weight|-3\nA|1", (2, "B", "C", "-3"), "below zero"),
        ("t|C\n#weight|heavy\nA|1", (2, "B", "C", "heavy"), "not a number"),
        ("t|C|D\n#weight||1\nA|1|1", (2, "B", "C", ""), "missing"),
        ("t|C|D\n#weight|0|0\nA|1|1", (2, "B", "C", "0"), "Every weight is zero"),
        ("t|C\n#direction|up\nA|1", (2, "B", "C", "up"), "benefit"),
        ("t|C|D\n#direction||cost\nA|1|1", (2, "B", "C", ""), "benefit"),
        ("t|C\n#low|5\n#high|5\nA|1", (2, "B", "C", "5"), "below its high end"),
        ("t|C\n#high|1\nA|1\n#low|2", (4, "B", "C", "2"), "below its high end"),
        ("t|C\n#low|x\nA|1", (2, "B", "C", "x"), "not a number"),
        ("t|C\n#color|red\nA|1", (2, "A", "t", "#color"), "#direction"),
        ("t|C\n#unit|m\n#unit|m\nA|1", (3, "A", "t", "#unit"), "row 2"),
        ("t|Jobs|Cost|JOBS\nA|1|2|3", (1, "D", "JOBS", "JOBS"), "column B"),
        ("t|C\nSeed banks|1\nseed  BANKS|2", (3, "A", "t", "seed  BANKS"), "row 2"),
        ("t|C\nA|1|2", (2, "C", "", "2"), "no criterion's name"),
        ("t|C||D\nA|1|5|2", (2, "C", "", "5"), "no criterion's name"),
        ("t|C\nA|1\n|7", (3, "A", "t", ""), "no technology"),
        ("t|C", (1, "A", "t", "t"), "no technology"),
        ("t|C\n#weight|1", (1, "A", "t", "t"), "no technology"),
        ("t\nA", (1, "B", "", ""), "no criterion"),
        ("#unit|m\nA|1", (1, "A", "#unit", "#unit"), "first row"),
        (f"t|{'x' * 201}\nA|1", (1, "B", "x" * 201, "x" * 201), "200"),
        (f"t|C\n{'x' * 301}|1", (2, "A", "t", "x" * 301), "300"),
        (f"t|C\n#unit|{'x' * 61}\nA|1", (2, "B", "C", "x" * 61), "60"),
    ],
)
def test_a_mistake_is_told_once_with_its_place_and_reason(text, place, said):
    table = read(text)
    assert problems(table) == [place]
    assert said in reasons(table)[0]


def test_every_mistake_is_told_at_once():
    table = read("t|C|D\n#weight|-1|x\nA|one|2\nA|1|two")
    assert [(row, letter) for row, letter, *_ in problems(table)] == [(3, "B"), (4, "A"), (4, "C"), (2, "B"), (2, "C")]
    assert ENGLISH.tell(table.problems[0].sentence()) == "Row 3, column B (C), “one”: This is not a number."


def test_thresholds_and_ranges_are_read():
    table = read("t|C|D\n#direction|cost|benefit\n#q|1|\n#P|2,5|3\nA|40..60|1 .. 2 .. 4\nB|-3..-1|5…5")
    assert table.problems == ()
    assert [(each.indifference, each.preference) for each in table.criteria] == [(1, 2.5), (None, 3)]
    assert table.scores == (
        (ScoreCell("value", None, 40, 60), ScoreCell("value", 2, 1, 4)),
        (ScoreCell("value", None, -3, -1), ScoreCell("value", 5)),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("t|C\nA|60..40", "lowest to the highest"),
        ("t|C\nA|40..70..60", "lowest to the highest"),
        ("t|C\nA|40..", "written as 40..60"),
        ("t|C\nA|1..2..3..4", "written as 40..60"),
        ("t|C\nA|1..x", "not a number"),
        ("t|C\n#q|-1\nA|1", "below zero"),
        ("t|C\n#q|3\n#p|2\nA|1", "must not be above #p"),
    ],
)
def test_a_range_or_threshold_that_cannot_be_is_told(text, said):
    assert said in reasons(read(text))[0]


def test_a_range_beyond_the_scale_is_a_remark_once_for_each_end():
    table = read("t|C\n#direction|cost\n#low|0\n#high|5\nA|-1..6\nB|1..2")
    assert [(remark.row, remark.letter) for remark in table.remarks] == [(5, "B"), (5, "B")]


def test_a_score_beyond_its_scale_is_a_remark():
    table = read("t|C\n#direction|cost\n#low|0\n#high|5\nA|-1\nB|6\nD|5")
    assert [(remark.row, remark.letter) for remark in table.remarks] == [(5, "B"), (6, "B")]
    assert table.problems == ()


def test_an_unused_column_between_criteria_is_no_matter():
    table = read("t|C||D\nA|1||2")
    assert [criterion.name for criterion in table.criteria] == ["C", "D"]
    assert [cell.value for cell in table.scores[0]] == [1, 2]


def test_points_are_doubted_only_where_the_table_writes_decimal_commas():
    assert read("t|C|D\nA|1.234|2.5").scores[0][0].value == 1.234
    table = read("t|C|D\nA|1.234|2,5")
    assert problems(table) == [(2, "B", "C", "1.234")]


def test_commas_between_columns_leave_no_decimal_comma(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text('t,C\nA,"1,5"\n')
    assert problems(read_score_table(read_table(path))) == [(2, "B", "C", "1,5")]
    path.write_text("t;C\nA;1,5\n")
    assert read_score_table(read_table(path)).scores[0][0].value == 1.5


def test_cells_of_a_workbook_are_numbers_already():
    cells = Cells((Row(1, ("t", 2020, 2030)), Row(2, (7, 1, 2.5)), Row(3, ("B", True, None))))
    table = read_score_table(cells)
    assert [criterion.name for criterion in table.criteria] == ["2020", "2030"]
    assert table.technologies == ("7", "B")
    assert table.scores[0] == (ScoreCell("value", 1), ScoreCell("value", 2.5))
    assert problems(table) == [(3, "B", "2020", "True")]


def test_nothing_at_all_is_refused():
    with pytest.raises(Refused, match="empty"):
        read_score_table(read_pasted("  \n"))


def test_a_table_of_nothing_but_mistakes_is_told_in_part():
    table = read("t|C|D\n" + "\n".join(f"T{number}|x|y" for number in range(300)))
    assert len(table.problems) == MOST_PROBLEMS and table.more == 600 - MOST_PROBLEMS


def test_published_tables_are_read_whole():
    if not PUBLISHED.exists():
        pytest.skip("the published cases are not beside this checkout")
    shapes = {}
    for name in ("02_enterprise", "04_offshore_wind", "10_tie"):
        table = read_score_table(read_table(PUBLISHED / f"{name}.csv"))
        assert table.problems == ()
        shapes[name] = (
            len(table.technologies),
            len(table.criteria),
            sum(criterion.weight for criterion in table.criteria),
        )
    assert shapes["02_enterprise"] == (4, 8, 8)
    assert shapes["04_offshore_wind"] == (4, 12, pytest.approx(100.01))
    assert shapes["10_tie"] == (6, 5, 100)
    wind = read_score_table(read_table(PUBLISHED / "04_offshore_wind.csv"))
    assert wind.criteria[0].unit == "mln PLN" and wind.criteria[0].direction == "cost"
    assert wind.scores[0][10].value == 1720524

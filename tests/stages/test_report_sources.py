"""The annex of sources: by kind, each document once, its places put together."""

from __future__ import annotations

from tna_desktop.kernel.workflow import Source
from tna_desktop.stages.synthesis.sources import merged


def test_places_of_one_document_are_put_together_and_what_lies_in_another_is_left_out() -> None:
    found = merged(
        [
            Source("seed", "UNEP/CBD/COP/8/19, paragraph 28 (d)"),
            Source("seed", "UNEP/CBD/COP/8/19, paragraphs 23 to 30"),
            Source("seed", "UNEP/CBD/COP/8/19, paragraphs 26 and 47 to 52"),
            Source("seed", "UNEP/CBD/COP/8/19, paragraph 34"),
        ]
    )
    assert found == ("UNEP/CBD/COP/8/19, paragraphs 23 to 30, 34 and 47 to 52",)


def test_sources_stand_by_kind_and_in_the_order_of_their_numbers() -> None:
    found = merged(
        [
            Source("source", "Nygaard and Hansen 2015"),
            Source("handbook", "UNDP and GEF 2003, handbook, section 4"),
            Source("decision", "Decision X/16"),
            Source("article", "CBD Article 8(j)"),
            Source("decision", "Decision VIII/12"),
            Source("article", "CBD Articles 12 and 6"),
            Source("handbook", "UNDP and GEF 2003, handbook, section 3"),
            Source("seed", "UNEP/CBD/COP/8/19, paragraph 26"),
            Source("decision", "Decision X/16"),
        ]
    )
    # Nothing says how two sections are joined here, so they stay apart.
    assert found == (
        "UNEP/CBD/COP/8/19, paragraph 26",
        "CBD Articles 6, 8(j) and 12",
        "Decision VIII/12",
        "Decision X/16",
        "UNDP and GEF 2003, handbook, section 3",
        "UNDP and GEF 2003, handbook, section 4",
        "Nygaard and Hansen 2015",
    )


def test_a_year_is_no_place_and_a_whole_article_holds_its_paragraphs() -> None:
    assert merged([Source("source", "Report of 2003"), Source("source", "Report of 2004")]) == (
        "Report of 2003",
        "Report of 2004",
    )
    assert merged([Source("article", "CBD Articles 16(2) to 16(5)"), Source("article", "CBD Articles 16 and 17")]) == (
        "CBD Articles 16 and 17",
    )

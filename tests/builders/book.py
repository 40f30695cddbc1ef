"""A made-up report, shaped like a real one: a ranking figure, a table of scores, a long table of barriers."""

from __future__ import annotations

from datetime import date

from tna_desktop.reports.book import make_book
from tna_desktop.reports.chapter import Aside, Book, Chapter, Picture, Section
from tna_desktop.reports.table import Table, TableColumn

TECHNOLOGIES = (
    "Community mangrove nurseries",
    "Seed banks with local varieties",
    "Low-impact fishing gear",
    "Agroforestry decision tool",
    "Environmental DNA monitoring",
    "Coral fragment gardening",
    "Biological control of invasive ants",
    "Drone survey of protected areas",
    "Genetic sample traceability",
    "Acoustic reef sensors",
    "Wetland rewetting by weirs",
    "Fire early warning by satellite",
)
CRITERIA = (
    "Habitats gained",
    "Threatened species",
    "Local income",
    "Benefit-sharing",
    "Women's workload",
    "Traditional knowledge respected",
    "Cost to start",
    "Cost to run",
    "Skills at hand",
    "Time to effect",
    "Supply of spare parts",
    "Fit with the law",
)
ARABIC_TECHNOLOGIES = ("مشاتل المانغروف المجتمعية", "بنوك بذور الأصناف المحلية", "معدات صيد منخفضة الأثر")


def ranking_svg(names: tuple[str, ...] = TECHNOLOGIES, width: int = 627) -> str:
    bars = []
    for place, name in enumerate(names):
        y, long = 24 + place * 22, 300 - place * 19
        bars.append(
            f'<text x="0" y="{y + 11}" font-family="IBM Plex Sans" font-size="10.5" fill="#12272B">{name}</text>'
            f'<rect x="220" y="{y}" width="{long}" height="14" fill="#0F6670"/>'
            f'<text x="{226 + long}" y="{y + 11}" font-family="IBM Plex Sans" font-weight="600" font-size="10.5" '
            f'fill="#12272B">{84 - place * 5}</text>'
        )
    height = 30 + 22 * len(names)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">{"".join(bars)}</svg>'
    )


def shortlist() -> Table:
    return Table(
        "shortlist",
        "Shortlist",
        (
            TableColumn("technology", "Technology", width=3, strong=True),
            TableColumn("sector", "Sector", width=1.6),
            TableColumn("score", "Score", "number", 0),
            TableColumn("share", "In first four", "percent", 0, width=1.3),
            TableColumn("strong", "Strongest for", width=2),
        ),
        [
            ["Community mangrove nurseries", "Coast", 84.23456789, 1.0, "Habitats, local income"],
            ["Seed banks with local varieties", "Agriculture", 78.0, 0.999, "Benefit-sharing"],
            ["Low-impact fishing gear", "Fisheries", 64.5, 0.8612, "Sustainable use"],
            ["Agroforestry decision tool", "Agriculture", None, 0.58, "Cost to start"],
        ],
        note="Source: TNA Desktop, run 22 Nov 2026.",
    )


def scores() -> Table:
    columns = (
        TableColumn("technology", "Technology", strong=True),
        *(TableColumn(f"c{n}", name, "rating") for n, name in enumerate(CRITERIA)),
    )
    rows = [
        [name, *[None if (row, n) in {(4, 7), (9, 2)} else (row * 7 + n * 3) % 5 + 1 for n in range(12)]]
        for row, name in enumerate(TECHNOLOGIES)
    ]
    return Table(
        "scores",
        "Scores of each technology",
        columns,
        rows,
        wide=True,
        note="1 is weak, 5 is strong. A dash is unknown and is not counted as zero.",
    )


def barriers(count: int = 40) -> Table:
    kinds = ("Economic", "Legal", "Skills", "Social", "Technical")
    rows = [
        [
            TECHNOLOGIES[n % 4],
            f"Barrier {n + 1}: nobody is charged with keeping the equipment in working order",
            kinds[n % 5],
            n % 5 + 1,
            "Name an office in the next budget law and give it two posts",
            12000.5 + n * 250,
        ]
        for n in range(count)
    ]
    return Table(
        "barriers",
        "Barriers and measures",
        (
            TableColumn("technology", "Technology", width=2.2, strong=True),
            TableColumn("barrier", "Barrier", width=3.2),
            TableColumn("kind", "Kind", width=1.2),
            TableColumn("importance", "Importance", "rating", width=1.3),
            TableColumn("measure", "Measure", width=3),
            TableColumn("cost", "Cost, USD", "money", width=1.2),
        ),
        rows,
        wide=True,
        total=["All", None, None, None, None, sum(row[5] for row in rows)],
        note="Importance from 1 to 5, judged at the second workshop.",
    )


def register(count: int = 27) -> Table:
    """A list of many text columns, as a register has; the printed report gives it pages in landscape."""
    titles = (
        "Organisation",
        "Group",
        "Sector",
        "Interest",
        "Influence",
        "How it is engaged",
        "Contact office",
        "Since",
        "Remark",
    )
    rows = [
        [
            f"Organisation number {n + 1} of the coast",
            "Civil society",
            "Fisheries",
            "High",
            "Low",
            "Workshops and a written round",
            "District office",
            "2026",
            "Asked to see the draft",
        ]
        for n in range(count)
    ]
    return Table(
        "register",
        "Stakeholder register",
        tuple(TableColumn(f"c{n}", t) for n, t in enumerate(titles)),
        rows,
        wide=True,
    )


def meetings() -> Table:
    return Table(
        "meetings",
        "Meetings",
        (TableColumn("day", "Day", "date"), TableColumn("what", "What")),
        [[date(2026, 3, 9), "First workshop"], [date(2026, 9, 17), "Second workshop"]],
    )


def sample_book(**changes: object) -> Book:
    text = (
        "Scores come from a technical panel of eleven people and were reviewed at the second workshop. Weights are "
        "the mean of six stakeholder groups, each of which weighted on its own before the groups met. Two of "
        "ninety scores are unknown and are treated as such."
    )
    chapters = (
        Chapter(
            "summary",
            "Summary",
            lead="Four technologies were put first by 27 organisations in six groups.",
            sections=(
                Section("", (text, text)),
                Section(
                    "What was decided",
                    (text,),
                    bullets=(
                        "Mangrove nurseries start in two districts in 2027.",
                        "Seed banks join the national gene bank under one agreement.",
                        "The fourth place is decided at the validation workshop.",
                    ),
                ),
            ),
        ),
        Chapter(
            "stakeholders",
            "Who has a stake in these technologies",
            "Stage 1",
            "Twenty-seven organisations took part; two groups joined late.",
            (Section("Meetings", (text,), tables=(meetings(),)),),
            short="Stakeholders",
        ),
        Chapter(
            "criteria",
            "What the country wants to gain",
            "Stage 2",
            "Twelve criteria in three groups.",
            (Section("", (text, text, text)),),
            short="Criteria",
        ),
        Chapter(
            "priorities",
            "Priority technologies and how sure we are of them",
            "Stage 3",
            "Twelve technologies in seven sectors were scored against twelve criteria. Community mangrove nurseries "
            "and seed banks with local varieties take the first two places for five of six groups.",
            (
                Section(
                    "",
                    (text,),
                    (
                        Picture(
                            "ranking",
                            "Ranking of twelve technologies.",
                            ranking_svg(),
                            "Community mangrove nurseries lead with 84 points of 100.",
                            "Source: TNA Desktop, run 22 Nov 2026.",
                        ),
                    ),
                    asides=(
                        Aside(
                            "keep each of the first three technologies on a shortlist of four.",
                            "of trials",
                            "86 %",
                        ),
                    ),
                ),
                Section(
                    "Shortlist",
                    tables=(shortlist(),),
                    asides=(
                        Aside(
                            "Indigenous and local communities place seed banks first.",
                            "Who would choose otherwise",
                        ),
                        Aside("Annex B, scores and evidence. Annex C, trials in detail.", "Read this with"),
                    ),
                ),
                Section(
                    "",
                    (
                        "Fourth place is a near tie. The validation workshop should decide which of the two goes "
                        "forward.",
                    ),
                ),
                Section("Scores", (text,), tables=(scores(),)),
            ),
            short="Priority technologies",
        ),
        Chapter(
            "barriers",
            "What stands in the way",
            "Stage 4",
            "Most barriers are economic, and cheap to remove.",
            (
                Section("How causes were found", (text,)),
                Section("All barriers", (text,), tables=(barriers(),)),
            ),
            short="Barriers",
        ),
    )
    annex = Chapter(
        "annex-a", "Stakeholder register", number="A", sections=(Section("", (text,), tables=(register(),)),)
    )
    facts: dict[str, object] = dict(
        title="Technology Needs Assessment for Biodiversity",
        country="Republic of Kelvara",
        year="2026",
        finding="Four technologies that 27 organisations in six groups put first, what stands in their way, and nine "
        "actions to bring them into use by 2030.",
        prepared_by="National assessment team, Ministry of Environment, Biodiversity Directorate",
        prepared_under="Convention on Biological Diversity, Articles 12 and 16–18",
        status="Draft 3 for validation workshop, 22 November 2026",
        fictional="Fictional example",
        foot="Draft 3, 22 November 2026",
        notes=("Scores are those of the panel of 17 September 2026.",),
        progress=(1, 1, 1, 1, 1, 0.5),
    )
    return make_book(facts_chapters((*chapters, annex), changes), **{**facts, **changes})


def facts_chapters(chapters: tuple[Chapter, ...], changes: dict[str, object]) -> tuple[Chapter, ...]:
    return changes.pop("chapters", chapters)  # type: ignore[return-value]


def arabic_book() -> Book:
    table = Table(
        "shortlist",
        "القائمة المختصرة",
        (
            TableColumn("technology", "التقنية", width=2, strong=True),
            TableColumn("score", "النتيجة", "number", 1),
            TableColumn("who", "الجهة", width=2),
        ),
        [[name, 84.25 - place, "Blue Coast Ltd (2026)"] for place, name in enumerate(ARABIC_TECHNOLOGIES)],
        note="المصدر: تشغيل 22 نوفمبر 2026.",
    )
    text = (
        "جاءت الدرجات من فريق تقني من أحد عشر شخصا وروجعت في ورشة العمل الثانية. "
        "الأوزان هي متوسط ست فئات من أصحاب المصلحة."
    )
    chapter = Chapter(
        "priorities",
        "التقنيات ذات الأولوية ومدى ثقتنا بها",
        "المرحلة 3",
        "أربع تقنيات وضعتها 27 جهة في المقدمة.",
        (
            Section(
                "",
                (text,),
                (Picture("ranking", "ترتيب التقنيات", ranking_svg(ARABIC_TECHNOLOGIES), "مشاتل المانغروف أولا."),),
                asides=(Aside("من التجارب تبقي الثلاثة الأولى.", "من التجارب", "86 %"),),
            ),
            Section("القائمة المختصرة", (text,), tables=(table,), bullets=("أول إجراء.", "ثاني إجراء.")),
        ),
    )
    return make_book(
        (chapter,),
        title="تقييم الاحتياجات من التقنيات للتنوع البيولوجي",
        country="جمهورية كلفارا",
        year="2026",
        finding="أربع تقنيات وضعتها 27 جهة من ست فئات في المقدمة، وما يعيقها، وتسعة إجراءات لاعتمادها بحلول عام 2030.",
        prepared_by="فريق التقييم الوطني، وزارة البيئة",
        prepared_under="اتفاقية التنوع البيولوجي، المواد 12 و16 إلى 18",
        status="المسودة 3 لورشة التحقق، 22 نوفمبر 2026",
        foot="المسودة 3",
        fictional="مثال خيالي",
    )

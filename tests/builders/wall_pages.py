"""Invented pages of every kind for the wall: sixty stakeholders of nine groups, twenty criteria, long names among them."""

from __future__ import annotations

from datetime import date

from tna_desktop.charts.palette import GROUPS
from tna_desktop.kernel.projected import (
    Bar,
    Bars,
    Branch,
    Calendar,
    Cause,
    Causes,
    Cell,
    Disputed,
    Event,
    Figure,
    Hidden,
    Map,
    Matrix,
    MatrixRow,
    Month,
    NameList,
    Names,
    Pill,
    Places,
    PlacesRow,
    Projection,
    Span,
    Statement,
    Timeline,
    Tree,
    WeightRow,
    Weights,
)
from tna_desktop.ui.wall import Header, Stages

SHORT = {
    "government": "Government",
    "indigenous_peoples": "Indigenous peoples",
    "local_communities": "Local communities",
    "research": "Research",
    "civil_society": "Civil society",
    "private_sector": "Private sector",
    "women_youth": "Women & youth",
    "local_authorities": "Local authorities",
    "partners": "Partners",
}
SHORT_ARABIC = dict(
    zip(
        SHORT,
        (
            "الحكومة", "الشعوب الأصلية", "المجتمعات المحلية", "البحث العلمي", "المجتمع المدني", "القطاع الخاص",
            "النساء والشباب", "السلطات المحلية", "الشركاء",
        ),
        strict=True,
    )
)  # fmt: skip
_NAMES = (
    "Environment", "Finance", "Fisheries", "Agriculture", "National Parks", "Plant Quarantine", "Statistics",
    "Planning Commission", "Elders of the North Shore", "Council of the River Peoples", "Serin Clan Assembly",
    "Reef Wardens", "Highland Herders", "Upper Valley Commons", "Forest User Group", "Marine Science", "Botanic Garden",
    "Genetic Resources", "Forestry Institute", "Kelvara University", "Mangrove Watch", "Seed Savers", "Legal Aid",
    "Farmers’ Union", "Green Kelvara", "Chamber of Commerce", "Timber Exporters", "BlueSeed", "Port Serin Shipping",
    "Coastal Women", "Youth Forum", "Girls in Science", "Municipalities", "Port Serin", "District of Lower Mara",
    "Development Bank", "Regional Fisheries Body",
)  # fmt: skip
_ARABIC = (
    "وزارة البيئة",
    "وزارة المالية",
    "اتحاد المزارعين",
    "هيئة المصايد",
    "معهد الغابات",
    "حديقة النباتات",
    "منتدى الشباب",
)
CRITERIA = (
    "Conservation of species and habitats", "Sustainable use and yields", "Access and benefit-sharing",
    "Jobs and local income", "Respect for traditional knowledge", "Benefits for women and youth", "Cost to start",
    "National skills and institutions", "Time to first results", "Running cost",
    "Fit with the national biodiversity strategy and its targets", "Reversibility", "Risk for wild relatives",
    "Scale that can be reached", "Maturity of the technology", "Dependence on imports", "Acceptance by communities",
    "Data and monitoring needs", "Resilience to a changing climate", "Food security",
)  # fmt: skip


def header(rtl: bool = False, question: str = "") -> Header:
    if rtl:
        return Header(
            question or "من يقرر، ومن يهمه الأمر أكثر؟",
            "الخطوة 1.2، خريطة التأثير",
            "كلفارا 2026",
            (1, 0.4, 0, 0, 0, 0),
        )
    words = question or "Who decides, and who cares most?"
    return Header(words, "Step 1.2, Influence map", "Republic of Kelvara 2026", (1, 0.4, 0, 0, 0, 0))


def legend(rtl: bool = False) -> tuple[tuple[str, str], ...]:
    return tuple((SHORT_ARABIC if rtl else SHORT).items())


def stakeholder(number: int, rtl: bool = False) -> str:
    names = _ARABIC if rtl else _NAMES
    name = names[number % len(names)]
    return name if number < len(names) else f"{name} {number // len(names) + 1}"


def group_of(number: int, of: int = 60) -> str:
    # Government is many, partners are few, as in life.
    weights = (14, 6, 7, 8, 8, 6, 4, 5, 2)
    place = number * sum(weights) / of
    for group, weight in zip(GROUPS, weights, strict=True):
        if place < weight:
            return group
        place -= weight
    return GROUPS[-1]


def pills(count: int = 60, rtl: bool = False, crowded: bool = False) -> tuple[Pill, ...]:
    found = []
    for number in range(count):
        influence, interest = 1 + (number * 37 % 41) / 10, 1 + (number * 53 % 41) / 10
        if crowded:
            influence, interest = 4 + (number % 4) / 4, 4.2 + (number % 3) / 4
        spread = None
        if number % 7 == 0:
            spread = (max(1, interest - 0.8), min(5, interest + 0.6), max(1, influence - 0.7), min(5, influence + 0.9))
        found.append(Pill(f"s{number}", stakeholder(number, rtl), group_of(number, count), influence, interest, spread))
    return tuple(found)


def influence_map(count: int = 60, rtl: bool = False, crowded: bool = False) -> Projection:
    words = ("Keep engaged", "Decide together", "Keep informed", "Give a stronger voice")
    axes = ("Influence", "Interest", "low", "high")
    if rtl:
        words = ("إبقاء على اطلاع دائم", "القرار معا", "الإعلام", "إعطاء صوت أقوى")
        axes = ("التأثير", "الاهتمام", "منخفض", "مرتفع")
    page = Map(pills(count, rtl, crowded), words, *axes, "3 are not placed yet")
    present = {pill.group for pill in page.pills}
    return Projection((page,), "", tuple(entry for entry in legend(rtl) if entry[0] in present))


def weight_rows(count: int = 20, rtl: bool = False) -> tuple[WeightRow, ...]:
    rows = []
    for number in range(count):
        base = 2 + number * 5 % 11
        voices = tuple(
            (group, max(0.0, base + (number * 7 + at * 5) % 9 - 4 + (14 if at == 1 and number % 5 == 2 else 0)) / 100)
            for at, group in enumerate(GROUPS)
        )
        if number == 3:
            voices = tuple((group, 0.08) for group in GROUPS)
        agreed = sum(share for _, share in voices) / len(voices)
        name = f"معيار الأثر على التنوع البيولوجي {number + 1}" if rtl else CRITERIA[number % len(CRITERIA)]
        wide = number % 5 == 2
        rows.append(
            WeightRow(
                f"c{number}", name, f"{round(agreed * 100)} %", voices, agreed,
                ("ناقشوا" if rtl else "Discuss") if wide else "", number % 6 == 5,
            )
        )  # fmt: skip
    return tuple(rows)


def weights(rtl: bool = False) -> Projection:
    return Projection((Weights(weight_rows(rtl=rtl)),), "", legend(rtl))


def ranking(rtl: bool = False, count: int = 12, unknown: int = 3) -> Projection:
    """A ranking whose last ones have no rank: one with room for the reason beside it, one with a range to the end."""
    names = (
        "Customary closure", "Mangrove restoration", "Seed bank", "Selective gear", "Rodent eradication", "Agroforestry",
        "Pollinators", "Participatory breeding", "Vessel monitoring", "eDNA survey", "Biological control", "Coral gardening",
    )  # fmt: skip
    ranges = ((48, 60), (20, 100), (0, 100))
    bars = []
    for n in range(count):
        name = f"تقنية {n + 1}" if rtl else names[n % len(names)] if n < len(names) else f"{names[n % len(names)]} {n}"
        at = n - (count - unknown)
        if at < 0:
            value = 84 - 4.5 * n
            bars.append(
                Bar(f"t{n}", name, str(n + 1), value, str(round(value)), (0.3, 0.3, 0.2, 0.02), n in (0, 1, 2, 4))
            )
            continue
        low, high = ranges[at % len(ranges)]
        parts = (0.2, 0.1, 0.1, 0.0) if low else (0.0,) * 4
        bars.append(Bar(f"t{n}", name, "–", None, f"{low} to {high}", parts, False, low, high, "one score unknown"))
    page = Bars(
        tuple(bars), ("Development", "Implementation", "Convention", "Genetic resources"), "On the shortlist",
        ties=(("t3", "t4"),) if count > 5 else (), tie="Near tie", unknown="Unknown scores",
    )  # fmt: skip
    return Projection((page,), "Customary closure comes first. The first 3 are safe choices.")


def places(rtl: bool = False) -> Projection:
    """Five technologies with the places they take in the trials, of twelve places."""
    shares = (
        (1.0,), (0.0, 1.0), (0.0, 0.0, 0.953, 0.047), (0.0, 0.0, 0.002, 0.598, 0.4),
        (0.0, 0.0, 0.05, 0.34, 0.44, 0.16, 0.0, 0.0, 0.004, 0.0, 0.003, 0.003),
    )  # fmt: skip
    names = [bar.name for page in ranking(rtl).pages for bar in page.bars]
    rows = tuple(
        PlacesRow(f"t{n}", names[n], f"{n + 1}=" if n > 2 else str(n + 1), line + (0.0,) * (12 - len(line)), f"{among} of 100", n != 3)
        for n, (line, among) in enumerate(zip(shares, ("100", "100", "> 99", "60", "39"), strict=True))
    )  # fmt: skip
    return Projection(
        (Places(rows, "Places among all 12, ranked or not, of 100 trials", "Among first 4", "On the shortlist"),), ""
    )


def every_kind(rtl: bool = False) -> dict[str, tuple[Header, Projection]]:
    """A projection of every kind of page, by the name of the kind."""
    key = legend(rtl)
    row = weight_rows(rtl=rtl)[2]
    before = tuple((group, share + (0.04 if at % 2 else -0.03)) for at, (group, share) in enumerate(row.voices))
    names = tuple(
        NameList(
            name,
            tuple(stakeholder(n, rtl) for n in range(60) if group_of(n) == group),
            group,
            str(sum(group_of(n) == group for n in range(60))),
        )
        for group, name in key
    )
    lacking = NameList("Media", (), "", "0", "Nobody yet: the association of journalists was invited twice")
    stages = ("Stakeholders", "Criteria", "Priorities", "Barriers", "Actions", "Synthesis")
    causes = [Cause("core", "Reef restoration stays at the size of a pilot", "")]
    for main in range(4):
        causes.append(
            Cause(
                f"m{main}",
                (
                    "No money beyond donor projects",
                    "Permits take three years",
                    "Few trained divers",
                    "Communities were not asked",
                )[main],
                "core",
                "Economic and financial",
            )
        )
        for number in range(4):
            causes.append(
                Cause(
                    f"m{main}.{number}",
                    f"Budget lines for marine work end with the project year {number + 1}",
                    f"m{main}",
                    "Institutional",
                )
            )
            if main == 1 and number == 1:
                causes += [
                    Cause(
                        f"deep{n}",
                        f"The fisheries act names no authority for corals, article {n}",
                        f"m{main}.{number}",
                        "Legal",
                    )
                    for n in range(3)
                ]
                causes.append(Cause("deeper", "The act is older than the convention", "deep1", "Legal"))
    spans = tuple(
        Span(
            f"a{n}", ("Train forty reef gardeners", "Write the permit rule", "Build two coral nurseries", "Survey of wild relatives on the north shore")[n % 4],
            ("Fisheries", "Environment", "Marine Science", "Council of the River Peoples")[n % 4],
            None if n == 5 else date(2026 + n % 3, 1 + n % 11, 1), None if n in (5, 8) else date(2027 + n % 3, 2 + n % 10, 15),
            (1.0, 0.6, 0.0, None)[n % 4], n % 4 == 1,
        )
        for n in range(11)
    )  # fmt: skip
    found: dict[str, Projection] = {
        "statement": Projection((Statement(
            ("To find the technologies that help Kelvara to keep its reefs, its seeds and the knowledge about both.", "From 2026 to 2030."),
            (Figure("27", "stakeholders from eight groups"), Figure("9", "earlier assessments and data sets"), Figure("0", "letters answered", True), Figure("1.4 million USD", "known cost")),
        ),)),
        "hidden": Projection((Hidden("Round 2: 23 answers are in. Nothing is shown until the round is revealed.", tuple(Figure(str(3 + at), name) for at, (_, name) in enumerate(key))),)),
        "names": Projection((Names((*names, lacking)),), "60 stakeholders from nine groups", key),
        "map": influence_map(rtl=rtl),
        "small map": influence_map(22, rtl=rtl),
        "crowded map": influence_map(24, rtl=rtl, crowded=True),
        "matrix": Projection((Matrix(stages, tuple(
            MatrixRow(name, tuple(Cell(str((at * 3 + n) % 7 or "–"), (at * 3 + n) % 7 == 0, "" if (at * 3 + n) % 3 else "2 decide") for n in range(6)), group)
            for at, (group, name) in enumerate(key)
        ), "Group"),), "", ()),
        "policy": Projection((Matrix(("Law or rule", "Who can act"), tuple(
            MatrixRow(f"A permit for reef gardens within ninety days, part {n + 1}", (Cell("Fisheries act of 1987, article 14, and its by-laws on marine construction"), Cell("Parliament, on the proposal of Fisheries" if n % 3 else "–", not n % 3)))
            for n in range(7)
        ), "Policy need"),)),
        "calendar": Projection((Calendar(tuple(
            Month(title, tuple(Event(f"{3 + n * 4} {title[:3]}", ("Consultation on the north shore", "Sector group reefs", "Steering body")[n % 3], "Port Serin, town hall", "held" if at < 2 else "planned") for n in range(4)))
            for at, title in enumerate(("March 2026", "April 2026", "May 2026"))
        )),)),
        "tree": Projection((Tree(tuple(
            Branch(name, f"{20 + n} %", tuple((criterion, f"{4 + at} %", (at > 2) * 1) for at, criterion in enumerate(CRITERIA[n * 5 : n * 5 + 5 + n])))
            for n, name in enumerate(("Biodiversity", "People and traditional knowledge", "Feasibility", "Cost"))
        )),)),
        "weights": weights(rtl),
        "disputed": Projection((Disputed(row, "Whether people who hold knowledge or resources decide about their use and share in what is earned with them.", "19 points apart",
            ("Indigenous peoples gives most: 25 %", "Private sector gives least: 3 %"), before),), "Four criteria need a discussion", key),
        "bars": Projection((Bars(tuple(
            Bar(f"t{n}", ("Reef gardens", "Community seed banks", "Drones for patrols", "Environmental DNA for rivers and estuaries", "Mangrove nurseries")[n % 5], str(n + 1), 82 - n * 5.5 if n < 10 else None, str(82 - n * 5) if n < 10 else "12 to 48", (0.3, 0.22, 0.2, 0.1), n < 3)
            for n in range(11)
        ), ("Biodiversity", "People and knowledge", "Feasibility", "Cost"), "On the shortlist"),), "Reef gardens leads, in 72 of 100 trials with other weights and scores too."),
        "ranking": ranking(rtl),
        "places": places(rtl),
        "causes": Projection((Causes("Reef gardens", tuple(causes)),)),
        "small causes": Projection((Causes("Seed banks", tuple(causes[:3] + causes[6:8])),)),
        "timeline": Projection((Timeline(spans, date(2026, 10, 15), (2026, 2027, 2028, 2029)),), "61 % of the known cost has a source"),
        "stages": Projection((Stages(tuple((stage, f"{n} of 4 steps") for n, stage in enumerate(stages)), (1, 0.5, 0, 0, 0, 0), 1),)),
    }  # fmt: skip
    return {name: (header(rtl), projection) for name, projection in found.items()}

"""Languages: sentences with places, numbers and dates as each language writes them, and what translators get."""

from __future__ import annotations

import gettext
import importlib.util
import io
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from tna_desktop.kernel.text import ENGLISH, LANGUAGES, Language, language, message, message_n

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def extract_texts() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "extract_texts", ROOT / "resources" / "languages" / "extract_texts.py"
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def with_translations(code: str, catalogue: Catalog | None = None, **texts: str | tuple[str, ...]) -> Language:
    """A language that knows these translations, made as the program's own are."""
    catalogue = catalogue if catalogue is not None else Catalog(code, domain="tna")
    for english, said in TEXTS.items():
        if english in texts:
            catalogue.add(said, texts[english])
    file = io.BytesIO()
    write_mo(file, catalogue)
    file.seek(0)
    made = Language(code)
    made._catalogue = gettext.GNUTranslations(file)
    return made


TEXTS: dict[str, str | tuple[str, str]] = {
    "missing": "{group} is missing",
    "barriers": ("one barrier", "{n} barriers"),
}


def test_places_are_filled_once_and_unknown_places_stay() -> None:
    assert ENGLISH.say("{who} met {whom}", who="{whom}", whom="B") == "{whom} met B"
    assert ENGLISH.say("{who} left", whom="B") == "{who} left"
    assert ENGLISH.say("{{name}} and {a {name} b}", name="x") == "{x} and {a x b}"
    assert ENGLISH.say("50 % of {so called", so="x") == "50 % of {so called"
    assert ENGLISH.say("") == ""


def test_values_inside_a_sentence_are_written_as_the_language_writes_them() -> None:
    sentence = "{n} on {day}: {share}, {names}, {inner}"
    values = {
        "n": 12345,
        "day": date(2026, 3, 5),
        "share": 0.1 + 0.2,
        "names": ["A", "B", "C"],
        "inner": message("in {year}", year=2026),
    }
    assert ENGLISH.say(sentence, **values) == "12,345 on 5 March 2026: 0.3, A, B and C, in 2026"
    assert language("es").say(sentence, **values) == "12.345 on 5 de marzo de 2026: 0,3, A, B y C, in 2026"
    assert ENGLISH.say("{missing}", missing=None) == "–"


def test_a_message_is_told_in_the_language_of_the_reader() -> None:
    french = with_translations("fr", missing="{group} manque", barriers=("une barrière", "{n} barrières"))
    inner = message_n("one barrier", "{n} barriers", 1500)
    assert french.tell(message("{group} is missing", group="X")) == "X manque"
    assert french.tell(inner) == "1\u202f500 barrières"
    assert french.tell(message("{group} is missing", group=inner)) == "1\u202f500 barrières manque"
    assert french.tell("typed by a person") == "typed by a person"
    assert french.say("not translated {x}", x=1) == "not translated 1"
    assert inner.english() == "1,500 barriers"


def test_a_language_may_have_many_forms(extract_texts: ModuleType) -> None:
    forms = ("zero {n}", "one", "two", "few {n}", "many {n}", "other {n}")
    arabic = with_translations("ar", extract_texts.new_catalogue("ar"), barriers=forms)
    said = [arabic.say_n("one barrier", "{n} barriers", n) for n in (0, 1, 2, 5, 11, 100)]
    assert said == ["zero 0", "one", "two", "few 5", "many 11", "other 100"]
    english = [ENGLISH.say_n("one thing", "{n} things", n) for n in (0, 1, 2)]
    assert english == ["0 things", "one thing", "2 things"]


@pytest.mark.parametrize(
    ("code", "number", "money"),
    [
        ("en", "1,234,567.5", "12.5 thousand USD"),
        ("fr", "1\u202f234\u202f567,5", "12,5 thousand USD"),
        ("es", "1.234.567,5", "12,5 thousand USD"),
        ("ru", "1\xa0234\xa0567,5", "12,5 thousand USD"),
        ("zh", "1,234,567.5", "12.5 thousand USD"),
    ],
)
def test_numbers_in_each_language(code: str, number: str, money: str) -> None:
    assert language(code).number(1234567.5) == number
    assert language(code).money(12.5, "USD", "thousand") == money


def test_numbers_are_honest() -> None:
    assert ENGLISH.number(None) == ENGLISH.number(float("nan")) == ENGLISH.percent(None) == "–"
    assert ENGLISH.money(None, "EUR") == ENGLISH.date(None) == ENGLISH.moment(None) == ENGLISH.compact(None) == "–"
    assert ENGLISH.number(0) == ENGLISH.number(-0.0001) == "0"
    assert ENGLISH.number(-0.004, 2) == "0.00"
    assert ENGLISH.number(2.0) == "2"
    assert ENGLISH.number(2, 1) == "2.0"
    assert ENGLISH.number(1 / 3) == "0.333"
    assert ENGLISH.percent(0.83) == "83 %"
    assert ENGLISH.percent(0.1234, 1) == "12.3 %"


def test_money_has_its_currency_and_only_the_decimals_it_needs() -> None:
    assert ENGLISH.money(1250, "USD") == "1,250 USD"
    assert ENGLISH.money(1250.5, "USD") == "1,250.50 USD"
    assert ENGLISH.money(-3, "EUR", "million") == "-3 million EUR"
    assert ENGLISH.money(2.25, "XOF", "crore") == "2.3 crore XOF"
    assert ENGLISH.money(5, "") == "5"
    assert ENGLISH.compact(1_250_000) == "1.2M"


def test_lists_and_dates() -> None:
    assert [ENGLISH.listing(each) for each in ([], ["a"], ["a", "b"], "abc")] == ["", "a", "a and b", "a, b and c"]
    assert language("zh").date(date(2026, 3, 5)) == "2026年3月5日"
    noon = datetime(2026, 3, 5, 12, tzinfo=UTC).astimezone()
    assert ENGLISH.moment(noon) == f"5 Mar 2026, {noon:%H:%M}"


def test_only_arabic_runs_from_right_to_left() -> None:
    assert [code for code in LANGUAGES if language(code).direction == "rtl"] == ["ar"]


def test_an_unknown_language_speaks_english() -> None:
    assert language("tlh") is language("en") is ENGLISH


def test_a_damaged_catalogue_does_not_stop_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "resources" / "languages" / "ru" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "tna.mo").write_bytes(b"\xde\x12\x04\x95" + b"\xff" * 40)
    monkeypatch.setenv("TNA_DESKTOP_DATA", str(tmp_path))
    assert Language("ru").say("Save") == "Save"


def test_the_made_up_language_stretches_texts_but_neither_places_nor_values() -> None:
    made_up = language("qps")
    said = made_up.say("The {name} of {{place}} is open", name="Ministry", place="Oslo {name}")
    assert said.startswith("[Thé Ministry óf {Oslo {name}} ís ópéñ~") and said.endswith("~]")
    assert made_up.say_n("one action", "{n} actions", 1).startswith("[óñé áçtíóñ~")
    assert made_up.say_n("one action", "{n} actions", 7).startswith("[7 áçtíóñs~")
    assert len(made_up.say("A sentence of some length.")) >= 1.35 * len("A sentence of some length.")
    assert made_up.tell("typed by a person") == "typed by a person"


def test_speaking_does_not_load_babel() -> None:
    code = (
        "import sys; from tna_desktop.kernel.text import ENGLISH; ENGLISH.say('Hello {x}', x=3);"
        "sys.exit('babel' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


def test_translators_get_sentences_of_every_kind(extract_texts: ModuleType, tmp_path: Path) -> None:
    files = {
        "tna_desktop/stages/x.py": "\n".join(
            [
                '"""Not a text."""',
                "# Translators: on a button",
                'language.say("Said {name}", name=name)',
                'self.language.say_n("one said thing", "{n} said things", n)',
                'message("Told later, 50 % of it")',
                'message_n("one told", "{n} told", 3)',
                '@operation("Thing added")',
                "def operation(label): ...",
            ]
        ),
        "report_templates/chapters/x.html": '<p>{{ say("In a template") }} {{ say_n("one row", "{n} rows", 2) }}</p>',
        "workflows/own/workflow.yaml": 'key: "own"\ntitle: "Own method"\n',
        "workflows/own/catalogue/criteria.yaml": (
            'title: "Model criteria"\nentries:\n'
            '  - {key: "a", name: "A name", unit: "tonnes", anchors: {"1": "Lowest"}, direction: "benefit"}\n'
        ),
        "workflows/own/guidance/criteria.tree.md": "## why\nA sentence that\ngoes on.\n\n## more\n- an item\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    catalogue = extract_texts.collected(tmp_path)
    found = {entry.id: entry for entry in catalogue if entry.id}
    assert set(found) == {
        "Said {name}",
        ("one said thing", "{n} said things"),
        "Told later, 50 % of it",
        ("one told", "{n} told"),
        "Thing added",
        "In a template",
        ("one row", "{n} rows"),
        "Own method",
        "Model criteria",
        "A name",
        "tonnes",
        "Lowest",
        "A sentence that goes on.",
        "an item",
    }
    assert found["Said {name}"].auto_comments == ["on a button"]
    assert found["Said {name}"].flags == {"python-brace-format"}
    assert found["Told later, 50 % of it"].flags == set()
    assert found["A sentence that goes on."].locations == [("workflows/own/guidance/criteria.tree.md", 2)]


def test_what_is_extracted_from_the_program_is_what_a_reader_sees(extract_texts: ModuleType) -> None:
    catalogue = extract_texts.collected()
    assert "Technology needs for climate change" in catalogue
    assert "Which technologies will the country pursue?" in catalogue
    assert "The workflow stored in this file cannot be read." in catalogue
    assert "{number} %" in catalogue


def test_a_translation_that_loses_a_place_is_found(extract_texts: ModuleType) -> None:
    catalogue = Catalog("fr")
    catalogue.add("{a} and {b}", "{b} et {a}")
    catalogue.add("{a} or {b}", "{a} ou {c}")
    catalogue.add("{a} is not translated", "")
    catalogue.add(("one thing", "{n} things"), ("une chose", "{n} choses"))
    catalogue.add(("{n} thing of {a}", "{n} things of {a}"), ("une chose", "{n} choses de {a}"))
    mistakes = extract_texts.placeholder_mistakes(catalogue)
    assert len(mistakes) == 2
    assert "{a} or {b}" in mistakes[0]
    assert "{n} thing of {a}" in mistakes[1]


def test_the_places_agree_in_every_language_that_is_there(extract_texts: ModuleType) -> None:
    for path in extract_texts.languages():
        assert extract_texts.placeholder_mistakes(extract_texts.read_catalogue_file(path)) == [], path


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (52.45, 1, "52.5"),
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (-0.4, 0, "0"),
        (-2.5, 0, "-3"),
        (1.0005, None, "1.001"),
        (1e300, 0, None),
    ],
)
def test_halves_are_rounded_as_a_spreadsheet_rounds_them(value, decimals, shown) -> None:
    said = language("en").number(value, decimals)
    assert said == shown if shown else said.startswith("1,000,000")


def test_a_share_is_rounded_as_it_was_written() -> None:
    assert language("en").percent(0.575) == "58 %"  # the product of floats would be 57.49999999999999

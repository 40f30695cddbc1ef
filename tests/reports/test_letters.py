"""Invitations and attendance lists: what they hold, what never gets in, and that teams may change the files."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pypdf
import pytest

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.text import language
from tna_desktop.paths import OVERRIDE, data_folder
from tna_desktop.reports.letter import (
    Addressee,
    AttendanceList,
    Invitations,
    Letterhead,
    MeetingFacts,
    default_wording,
    letter_values,
    letters_html,
    wording_paragraphs,
    write_letters,
)

ENGLISH, ARABIC = language("en"), language("ar")
HEAD = Letterhead("Kelvara", "Technology Needs Assessment", "Strategy Unit", fictional=True)
MEETING = MeetingFacts(
    "Inception workshop",
    date(2026, 3, 12),
    "09:00 to 16:30",
    "Harbour Hall",
    "English",
    "09:00 Opening\n10:30 – 11:00: Break\nAny other business",
)
ADDRESSEES = (
    Addressee("Ministry of Water", "Government", (("I. Torovu", "Secretary"), ("P. Haleki", ""))),
    Addressee("Fishers' Committee", "Local communities", (("Epeli Dorrane", "Chair"),)),
    Addressee("Seed House", "Local communities"),
)
LETTERS = Invitations(
    HEAD, MEETING, ADDRESSEES, "Please come.\n\nIt matters.", "Port Amarel", date(2026, 2, 9), "S. Orru"
)


def page(letters, spoken=ENGLISH) -> str:
    return letters_html(letter_values(letters, spoken))


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.split("<body>")[1])).strip()


def test_each_stakeholder_gets_a_letter_of_its_own() -> None:
    html = page(LETTERS)
    letters = [words("<body>" + part) for part in html.split('<article class="letter">')[1:]]
    assert len(letters) == 3
    assert "Ministry of Water I. Torovu, Secretary P. Haleki" in letters[0]
    assert "Dear Sir or Madam," in letters[0]
    assert "Dear Epeli Dorrane," in letters[1]
    assert "Torovu" not in letters[1]
    for letter in letters:
        assert "Kelvara Technology Needs Assessment Strategy Unit Fictional example" in letter
        assert "Port Amarel, 9 February 2026" in letter
        assert "When Thursday, 12 March 2026, 09:00 to 16:30 Where Harbour Hall Language English" in letter
        assert "Please come. It matters." in letter
        assert letter.endswith("Yours sincerely, S. Orru")


def test_the_agenda_stands_by_the_hour() -> None:
    assert letter_values(LETTERS, ENGLISH)["meeting"]["agenda"] == [
        {"time": "09:00", "text": "Opening", "dir": ""},
        {"time": "10:30 – 11:00", "text": "Break", "dir": ""},
        {"time": "", "text": "Any other business", "dir": ""},
    ]


def test_what_is_not_known_yet_is_left_out() -> None:
    plain = Invitations(Letterhead("Kelvara", "TNA"), MeetingFacts("Talk"), ADDRESSEES[2:], "Come.")
    told = words(page(plain))
    assert told == "Kelvara TNA Seed House Invitation: Talk Dear Sir or Madam, Come. Yours sincerely,"


def test_the_list_goes_by_group_with_a_line_for_each_person_and_empty_ones() -> None:
    values = letter_values(AttendanceList(HEAD, MEETING, ADDRESSEES, blank=2), ENGLISH)
    rows = [
        (g["name"], r["number"], r["organisation"]["text"], r["name"]["text"])
        for g in values["groups"]
        for r in g["rows"]
    ]
    assert rows == [
        ("Government", "1", "Ministry of Water", "I. Torovu, Secretary"),
        ("Government", "2", "Ministry of Water", "P. Haleki"),
        ("Local communities", "3", "Fishers' Committee", "Epeli Dorrane, Chair"),
        ("Local communities", "4", "Seed House", ""),
    ]
    assert values["blank"] == ["5", "6"]
    html = letters_html(values)
    assert html.count("<tr") - html.count('<tr class="group">') == 3 + 1 + 4 + 2  # facts, head, persons, empty lines
    assert "Further participants" in html and "Signature" in html


@pytest.mark.parametrize("typed", ["<script>x</script>", "{{ 7 * 7 }}", "{% for a in b %}", 'a" onload="x'])
def test_typed_text_is_printed_as_typed_and_never_executed(typed: str) -> None:
    html = page(Invitations(HEAD, MeetingFacts(typed, agenda=typed), (Addressee(typed, "", ((typed, typed),)),), typed))
    assert "<script>" not in html and "49" not in words(html) and ' onload="' not in html
    assert words(html).count(typed.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;")) >= 4


def test_only_a_real_picture_becomes_an_emblem() -> None:
    def source(media: str, content: bytes) -> str:
        head = Letterhead("K", "T", emblem=(media, content))
        return letter_values(AttendanceList(head, MEETING, ()), ENGLISH)["head"]["emblem"]

    assert source("image/png", b"\x89PNG\r\n\x1a\nxx").startswith("data:image/png;base64,")
    assert source("image/png", b"<svg/>") == ""
    assert source("image/svg+xml", b"<svg/>") == ""


def test_in_arabic_the_page_turns_and_foreign_words_keep_their_direction() -> None:
    html = page(LETTERS, ARABIC)
    assert '<html lang="ar" dir="rtl">' in html
    assert '<span dir="ltr">Ministry of Water</span>' in html
    assert "IBMPlexSansArabic" in html


def test_remarks_and_line_breaks_of_the_wording_file_are_not_printed() -> None:
    text = "# a remark\n\nFirst line\nof the first.\n\n\n# more\nSecond {meeting}.\n"
    assert list(wording_paragraphs(text)) == [(3, "First line of the first."), (8, "Second {meeting}.")]


def test_a_team_may_change_wording_and_layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "data" / "stakeholder_templates"
    shutil.copytree(data_folder("stakeholder_templates"), folder)
    monkeypatch.setenv(OVERRIDE, str(tmp_path / "data"))
    (folder / "letters" / "invitation.txt").write_text("Bula! {meeting} in {country}.", encoding="utf-8")
    (folder / "letters" / "invitation.html").write_text("<p>{{ letters[0].organisation.text }}</p>")
    assert default_wording(ENGLISH, "Talk", "TNA", "Kelvara") == "Bula! Talk in Kelvara."
    assert page(LETTERS) == "<p>Ministry of Water</p>"


def test_a_wording_that_cannot_be_read_is_told_and_no_empty_letter_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data" / "stakeholder_templates"
    shutil.copytree(data_folder("stakeholder_templates"), folder)
    monkeypatch.setenv(OVERRIDE, str(tmp_path / "data"))
    (folder / "letters" / "invitation.txt").write_bytes("Chère amie".encode("latin-1"))
    with pytest.raises(Refused, match="cannot be read"):
        default_wording(ENGLISH, "Talk", "TNA", "Kelvara")


@pytest.mark.parametrize(
    "attack", ["{{ say.__globals__['os'] }}", "{% set _ = letters.append(1) %}", "{% include '../../secret.html' %}"]
)
def test_a_template_cannot_reach_the_program(attack: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "data" / "stakeholder_templates"
    shutil.copytree(data_folder("stakeholder_templates"), folder)
    (tmp_path / "data" / "secret.html").write_text("secret")
    monkeypatch.setenv(OVERRIDE, str(tmp_path / "data"))
    (folder / "letters" / "invitation.html").write_text(attack)
    with pytest.raises(Refused, match="cannot be used"):
        page(LETTERS)


def test_the_default_wording_names_the_meeting_and_leaves_no_place_open() -> None:
    text = default_wording(ENGLISH, "Inception workshop", "TNA", "Kelvara")
    assert "“Inception workshop”" in text and "Kelvara" in text
    assert "{" not in text and "#" not in text


@pytest.fixture(scope="module")
def invitations(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("letters") / "invitations.pdf"
    assert write_letters(LETTERS, ENGLISH, path) is True
    return path


def test_the_pdf_has_a_page_for_each_with_title_and_language(invitations: Path) -> None:
    reader = pypdf.PdfReader(invitations)
    assert len(reader.pages) == 3
    assert reader.metadata is not None and reader.metadata.title == "Invitation: Inception workshop"
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert "Fishers' Committee" in reader.pages[1].extract_text()


def test_a_long_agenda_takes_the_signature_along(tmp_path: Path) -> None:
    agenda = "\n".join(f"{hour:02}:00 Item number {hour}" for hour in range(8, 23))
    long = Invitations(HEAD, MeetingFacts("Talk", date(2026, 3, 12), agenda=agenda), ADDRESSEES[:1], "Come.\n\n" * 12)
    write_letters(long, ENGLISH, tmp_path / "long.pdf")
    pages = [each.extract_text() for each in pypdf.PdfReader(tmp_path / "long.pdf").pages]
    assert len(pages) == 2
    assert "Item number 22" in pages[1] and "Yours sincerely" in pages[1]


def test_letters_to_nobody_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        write_letters(Invitations(HEAD, MEETING, (), "Come."), ENGLISH, tmp_path / "none.pdf")
    assert list(tmp_path.iterdir()) == []


def test_the_command_line_writes_the_same_letters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.builders.room import do, new_document
    from tna_desktop import cli
    from tna_desktop.stages.stakeholders import operations

    document = new_document(tmp_path)
    meeting = do(document, operations.add_meeting, "Inception workshop")
    do(document, operations.invite, meeting, [do(document, operations.add_stakeholder, name="Ministry of Water")])
    document.close()
    file, goal = str(tmp_path / "kelvara.tna"), tmp_path / "out.pdf"
    assert cli.main(["letters", file, "--meeting", "inception workshop", "-o", str(goal)]) == 0
    assert "Ministry of Water" in pypdf.PdfReader(goal).pages[0].extract_text()
    goal.unlink()
    assert cli.main(["letters", file, "--meeting", "Another", "-o", str(goal)]) == 2
    assert "There is no meeting “Another”" in capsys.readouterr().err
    assert not goal.exists()

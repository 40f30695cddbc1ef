"""The command line: the same functions as the screens, without a window. Exit status 0, or 2 with one sentence."""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import __version__

if TYPE_CHECKING:
    from .kernel.document import Document
    from .kernel.workflow import Workflow

COMMANDS = ("new", "sample", "check", "results", "report", "letters", "import-scores", "history", "verify")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, or open the window when the first word is none."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    if not given or (given[0] not in COMMANDS and given[0] not in ("-h", "--help", "--version")):
        return _window(given)
    try:
        return _command(given)
    except BrokenPipeError:
        # Whoever read the output has seen enough; Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as problem:
        from .kernel.errors import Refused

        if isinstance(problem, Refused):
            return _refuse(problem.reason.english())
        if isinstance(problem, OSError) and problem.filename:
            return _refuse(f"{problem.filename}: {problem.strerror or problem}.")
        return _broken()


def _broken() -> int:
    """Say that the program failed and where the reason was written; nobody is shown a traceback."""
    import traceback

    place = _write_down(traceback.format_exc())
    where = f"the reason is in {place}" if place else "the reason could not be written down"
    return _refuse(f"Something in the program went wrong, and nothing more was done; {where}.")


def _write_down(text: str) -> Path | None:
    """Add to the error log in the person's own data, the same as the window's; None if it cannot be written."""
    from datetime import datetime

    from .paths import user_data

    try:
        place = user_data() / "errors.log"
        with place.open("a", encoding="utf-8") as log:
            log.write(f"{datetime.now().isoformat(timespec='seconds')}  tna-desktop {__version__}\n{text.rstrip()}\n\n")
    except OSError:
        return None
    return place


def _log_to_file() -> None:
    """What a part of the program logs goes to the error log; Python would print it, traceback and all."""
    import logging

    class ErrorLog(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            _write_down(logging.Formatter().format(record))

    log = logging.getLogger("tna_desktop")
    if not log.handlers:
        log.addHandler(ErrorLog(logging.ERROR))


def _refuse(sentence: str) -> int:
    print(" ".join(sentence.split()), file=sys.stderr)
    return 2


def _window(given: Sequence[str]) -> int:
    parser = _Parser(prog="tna-desktop", add_help=False)
    parser.add_argument("file", nargs="?")
    parser.add_argument("--sample", action="store_true")
    try:
        chosen = parser.parse_args(given)
    except SystemExit:
        return 2
    if _no_display():
        return _refuse(
            "There is no display here to open a window on. The commands work without one; see tna-desktop --help."
        )
    # From the very first: what the imports make stays for good, to look through it for garbage takes a tenth of the
    # time to the first picture. The window collects where it is safe, see app.py.
    gc.disable()
    try:
        from .app import run
    except ImportError as problem:  # a library the system lacks, usually
        return _refuse(
            f"The window cannot be opened here: {problem}. The commands work without it; see tna-desktop --help."
        )

    return run(Path(chosen.file) if chosen.file else None, sample=chosen.sample)


def _no_display() -> bool:
    """Whether a window has nowhere to go: on Linux a display is named, unless Qt was told to do without."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return False
    return not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


class _Parser(argparse.ArgumentParser):
    """A parser that refuses in one sentence, as every command does."""

    def error(self, message: str) -> Any:
        print(f"{message[:1].upper()}{message[1:]}. See tna-desktop --help.", file=sys.stderr)
        raise SystemExit(2)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="tna-desktop",
        description="Technology needs assessments. Without a command, or with a FILE, opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"tna-desktop {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)

    new = commands.add_parser("new", help="begin an empty assessment")
    new.add_argument("file", type=Path)
    new.add_argument("--workflow", required=True, metavar="KEY", help="cbd or climate")
    new.add_argument("--country", required=True, metavar="NAME")
    new.add_argument("--language", default="en", metavar="CODE", help="ar, en, es, fr, ru or zh")
    new.set_defaults(run=_new)

    sample = commands.add_parser("sample", help="write the sample assessment of the fictional country Kelvara")
    sample.add_argument("file", type=Path)
    sample.set_defaults(run=_sample)

    check = commands.add_parser("check", help="what the checks find, and the progress")
    check.add_argument("file", type=Path)
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=_check)

    results = commands.add_parser("results", help="criteria, scores and ranking")
    results.add_argument("file", type=Path)
    results.add_argument("--json", action="store_true", help="as JSON instead of a short list")
    results.add_argument(
        "--method", default="weighted_sum", metavar="METHOD", help="weighted_sum, topsis, promethee2 or ahp"
    )
    results.add_argument("--normalisation", metavar="NAME", help="minmax, vector or max; for ahp ideal or distributive")
    results.add_argument("--preference", metavar="NAME", help="usual or linear; for promethee2")
    results.add_argument(
        "--trials", type=int, metavar="N", help="also how often each takes which place, in N trials with any weights"
    )
    results.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed gives the same trials")
    results.set_defaults(run=_results)

    report = commands.add_parser("report", help="write the synthesis report")
    report.add_argument("file", type=Path)
    report.add_argument("--pdf", type=Path, metavar="P")
    report.add_argument("--xlsx", type=Path, metavar="P")
    report.add_argument("--language", metavar="CODE", help="the report's language; the assessment's own unless given")
    report.add_argument("--contacts", action="store_true", help="include names and contact data; left out otherwise")
    report.set_defaults(run=_report)

    letters = commands.add_parser("letters", help="write a meeting's invitations or its attendance list as PDF")
    letters.add_argument("file", type=Path)
    letters.add_argument("--meeting", required=True, metavar="NAME")
    letters.add_argument("--output", "-o", required=True, type=Path, metavar="P")
    letters.add_argument("--attendance", action="store_true", help="the attendance list instead of the invitations")
    letters.add_argument("--language", metavar="CODE", help="the meeting's own language unless given")
    letters.set_defaults(run=_letters)

    scores = commands.add_parser("import-scores", help="bring a table of scores in")
    scores.add_argument("file", type=Path)
    scores.add_argument("table", type=Path, metavar="TABLE", help="a .csv or .xlsx file")
    scores.add_argument("--partial", action="store_true", help="import what can be used, leave the named cells out")
    scores.set_defaults(run=_import_scores)

    history = commands.add_parser("history", help="what was changed when, newest first")
    history.add_argument("file", type=Path)
    history.set_defaults(run=_history)

    verify = commands.add_parser("verify", help="check that the file is whole")
    verify.add_argument("file", type=Path)
    verify.set_defaults(run=_verify)
    return parser


def _command(given: Sequence[str]) -> int:
    try:
        chosen = _parser().parse_args(given)
    except SystemExit as end:
        return int(end.code or 0)
    from .stages import load_tables

    _log_to_file()
    load_tables()
    return int(chosen.run(chosen) or 0)


# What the commands share -----------------------------------------------------------------------------


@contextlib.contextmanager
def _opened(path: Path, *, read_only: bool = True) -> Iterator[tuple[Document, Workflow]]:
    """An assessment, open while the block lasts, with the workflow that is stored in it."""
    from .kernel.assessment import facts
    from .kernel.document import Document
    from .kernel.errors import DocumentRefused
    from .kernel.text import message
    from .kernel.workflow import from_json

    document = Document.open(path, read_only=read_only)
    try:
        if not read_only and document.read_only:
            raise DocumentRefused(
                message("{name} is write-protected. Work on a copy of it.", name=path.name), "unwritable"
            )
        with document.reading() as session:
            content = facts(session).workflow_content
        yield document, from_json(content)
        if not read_only:
            document.publish()
    finally:
        document.close(publish=False)


def _tell(found: object) -> str:
    from .kernel.text import ENGLISH

    return ENGLISH.tell(found)  # type: ignore[arg-type]


# The commands ----------------------------------------------------------------------------------------


def _new(chosen: argparse.Namespace) -> None:
    from .beginning import begin

    begin(chosen.file, workflow=chosen.workflow, country=chosen.country, language=chosen.language).close()
    print(f"{chosen.file}: a new assessment for {chosen.country}.")


def _sample(chosen: argparse.Namespace) -> None:
    from .sample import build_sample

    build_sample(chosen.file)
    print(f"{chosen.file}: the sample assessment of Kelvara, a fictional country.")


def _check(chosen: argparse.Namespace) -> None:
    from .kernel.assessment import facts, steps_done
    from .kernel.progress import progress_of
    from .kernel.text import ENGLISH
    from .stages.checking import run_checks
    from .stages.stakeholders.withholding import outgoing

    with _opened(chosen.file) as (document, workflow), outgoing(document, ENGLISH) as session:
        known = facts(session)
        found = run_checks(session, workflow)
        progress = progress_of(workflow, found, steps_done(session))
    outcome = {
        "file": str(chosen.file),
        "country": known.country,
        "title": known.title,
        "workflow": known.workflow_key,
        "progress": progress.share,
        "stages": [
            {
                "key": stage.key,
                "title": stage.title,
                "progress": progress.stage(stage.key).share,
                "steps": [
                    {
                        "key": step.key,
                        "title": step.title,
                        "progress": progress.step(f"{stage.key}.{step.key}").share,
                        "done": progress.step(f"{stage.key}.{step.key}").done,
                        "findings": [
                            {"check": finding.check, "state": finding.state.value, "text": _tell(finding.text)}
                            for finding in found[f"{stage.key}.{step.key}"]
                        ],
                    }
                    for step in stage.steps
                ],
            }
            for stage in workflow.stages
        ],
    }
    if chosen.json:
        print(json.dumps(outcome, ensure_ascii=False, indent=2))
        return
    marks = {"good": "ok", "attention": "look", "open": "open"}
    print(f"{known.title or known.country}: {progress.share:.0%} done")
    for stage in outcome["stages"]:  # type: ignore[attr-defined]
        print(f"\n{stage['title']}: {stage['progress']:.0%}")
        for step in stage["steps"]:
            for finding in step["findings"]:
                print(f"  {marks[finding['state']]:5}{step['title']}: {finding['text']}")


def _results(chosen: argparse.Namespace) -> None:
    from .kernel.text import ENGLISH
    from .stages.priorities.results import results_json
    from .stages.priorities.results_text import lines
    from .stages.stakeholders import withholding

    with _opened(chosen.file) as (document, workflow), withholding.outgoing(document, ENGLISH) as session:
        how = chosen.method, chosen.normalisation, chosen.preference, chosen.trials, chosen.seed
        held = withholding.how_much(session)
        outcome = {**results_json(session, workflow, *how), "withheld": held.count}
    if chosen.json:
        print(json.dumps(outcome, ensure_ascii=False, indent=2, allow_nan=False))
        return
    print(*lines(outcome), sep="\n")
    if held.count:
        print(withholding.sentence(held, ENGLISH))


def _report(chosen: argparse.Namespace) -> int | None:
    from .kernel.assessment import facts
    from .kernel.errors import Refused
    from .kernel.text import language, message
    from .reports.chapter import Options
    from .reports.pdf import write_pdf
    from .reports.workbook import write_workbook
    from .stages.synthesis.report import book_of

    if not (chosen.pdf or chosen.xlsx):
        raise Refused(message("Say what to write: --pdf, --xlsx, or both."))
    _known_language(chosen.language)
    for path in filter(None, (chosen.pdf, chosen.xlsx)):
        if not path.absolute().parent.is_dir():
            raise Refused(
                message("There is no folder {folder}; choose another place for the report.", folder=path.parent)
            )
        if path.resolve() == chosen.file.resolve():
            raise Refused(message("{path} is the assessment itself; give the report another name.", path=path))
    if chosen.pdf and chosen.xlsx and chosen.pdf.resolve() == chosen.xlsx.resolve():
        raise Refused(message("The PDF and the Excel file need names of their own."))
    with _opened(chosen.file) as (document, _):
        with document.reading() as session:
            spoken = language(chosen.language or facts(session).language or "en")
        book = book_of(document, spoken, Options(contacts=chosen.contacts))
    if chosen.pdf:
        write_pdf(book, spoken, chosen.pdf)
        print(f"{chosen.pdf}: the report as PDF.")
    if chosen.xlsx:
        write_workbook(book, spoken, chosen.xlsx)
        print(f"{chosen.xlsx}: the report's tables for Excel.")
    return None


def _known_language(code: str | None) -> None:
    from .kernel.errors import Refused
    from .kernel.text import LANGUAGES, message

    if code and code not in LANGUAGES:
        raise Refused(
            message("There is no language “{code}”. Choose one of: {all}.", code=code, all=", ".join(LANGUAGES))
        )


def _letters(chosen: argparse.Namespace) -> None:
    from .kernel.assessment import facts
    from .kernel.errors import Refused
    from .kernel.text import language, message
    from .kernel.workflow import translated
    from .reports.letter import AttendanceList, Invitations, write_letters
    from .stages.stakeholders import letters, reading
    from .stages.stakeholders.withholding import outgoing

    _known_language(chosen.language)
    if chosen.output.resolve() == chosen.file.resolve():
        raise Refused(message("{path} is the assessment itself; give the letters another name.", path=chosen.output))
    told: AttendanceList | Invitations
    with _opened(chosen.file) as (document, workflow):
        with document.reading() as session:
            known, meetings = facts(session), reading.meetings(session)
        wanted = chosen.meeting.strip().casefold()
        met = next((row for row in meetings if row["name"].casefold() == wanted), None)
        if met is None:
            raise Refused(message("There is no meeting “{name}” in this assessment.", name=chosen.meeting))
        spoken = language(chosen.language or letters.language_code(met["language"], known.language))
        here = translated(workflow, spoken)
        with outgoing(document, spoken) as session:
            if chosen.attendance:
                told = letters.attendance_list(session, here, met["id"])
            else:
                text = letters.wording(session, here, met["id"], spoken)
                told = letters.invitations(session, here, met["id"], text=text, signed=known.prepared_by)
    write_letters(told, spoken, chosen.output)
    print(
        f"{chosen.output}: {'the attendance list' if chosen.attendance else 'the invitations'}, with names of persons."
    )


def _import_scores(chosen: argparse.Namespace) -> int:
    from .kernel.intake import read_table
    from .kernel.text import ENGLISH
    from .stages.priorities.operations import import_scores
    from .stages.priorities.score_table import read_score_table

    with _opened(chosen.file, read_only=False) as (document, _):
        table = read_score_table(read_table(chosen.table))
        for problem in (*table.problems, *table.remarks):
            print(_tell(problem.sentence()), file=sys.stderr if not chosen.partial else sys.stdout)
        if table.more:
            print(f"{table.more} further cells cannot be used.", file=sys.stderr if not chosen.partial else sys.stdout)
        if table.problems and not chosen.partial:
            return _refuse(
                f"Nothing was imported from {chosen.table.name}. Mend these cells, or import the rest with --partial."
            )
        made = document.do(import_scores, table, author="import-scores").result
    said = (
        ENGLISH.say_n("one score written", "{n} scores written", made["scores"]),
        ENGLISH.say_n("one criterion", "{n} criteria", made["criteria"]),
        ENGLISH.say_n("one technology", "{n} technologies", made["technologies"]),
    )
    print(
        ENGLISH.say(
            "{file}: {scores}, {criteria} and {technologies} made.",
            file=str(chosen.file),
            scores=said[0],
            criteria=said[1],
            technologies=said[2],
        )
    )
    return 0


def _history(chosen: argparse.Namespace) -> None:
    from .kernel.journal import history
    from .kernel.text import ENGLISH
    from .stages.stakeholders.withholding import veil

    with _opened(chosen.file) as (document, workflow), document.reading() as session:
        veiled = veil(session, ENGLISH)
        titles = {f"{stage.key}.{step.key}": step.title for stage in workflow.stages for step in stage.steps}
        for change in history(session, newest=1_000_000):
            when = change.at.strftime("%Y-%m-%d %H:%M") if change.at else ""
            undo = "Undone: " if change.undoes else ""
            about = f": {titles.get(change.about, veiled(change.about))}" if change.about else ""
            who = f" ({change.author})" if change.author else ""
            print(f"{change.seq:>6}  {when}  {undo}{change.label}{about}{who}")


def _verify(chosen: argparse.Namespace) -> None:
    from sqlalchemy import func, select

    from .kernel.errors import Refused
    from .kernel.journal import ChangeRow
    from .kernel.text import message_n
    from .kernel.verifying import unexplained

    with _opened(chosen.file) as (document, _), document.reading() as session:
        count = session.scalar(select(func.count()).select_from(ChangeRow))
        wrong = unexplained(session)
    if wrong:
        one, many = (
            "The file is whole, but its log does not explain one entry.",
            "The file is whole, but its log does not explain {n} entries.",
        )
        raise Refused(message_n(one, many, len(wrong)))
    print(f"{chosen.file}: whole. Its log has {count} changes, and they explain everything in it.")


if __name__ == "__main__":
    sys.exit(main())

"""The texts of the program, for translators: collect them, bring a language up to date, check it, compile it.

    python resources/languages/extract_texts.py collect       tna.pot, from Python, report templates and workflows
    python resources/languages/extract_texts.py update fr     fr/LC_MESSAGES/tna.po, made if it is not there
    python resources/languages/extract_texts.py check         whether {named} places agree in every language
    python resources/languages/extract_texts.py compile       tna.mo beside every tna.po

One catalogue holds everything, so the same sentence is translated once, wherever it stands.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tna_desktop.kernel.guidance_reading import read_guidance
from tna_desktop.kernel.text import LANGUAGES
from tna_desktop.kernel.workflow_format import CHECK_NAMES
from tna_desktop.kernel.workflow_notes import Notes
from tna_desktop.kernel.workflow_reading import read_catalogue, read_outline
from tna_desktop.kernel.yaml_nodes import Node, parsed
from tna_desktop.reports.letter import wording_paragraphs

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent
KEYWORDS = "say say_n:1,2 message message_n:1,2 operation:1"
COMMENT = "Translators:"
_LOCALES = {"zh": "zh_Hans_CN"}
_ARABIC = "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)"
_PLACE = re.compile(r"\{([A-Za-z_]\w*)\}")


def workflow_texts(
    stream: BinaryIO, keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Babel's extractor for workflows, lists, guidance and letters: the texts that the program itself would read."""
    path, data, notes = Path(stream.name), stream.read(), Notes()
    if path.suffix == ".md":
        read_guidance(data, notes, path.name)
    elif path.parent.name == "catalogue":
        read_catalogue(data, notes, path.name, path.stem)
    elif path.parent.name == "stakeholder_templates":
        yield from ((line, "", text, []) for line, text in model_list_texts(parsed(data, lambda *_: None)))
    elif path.suffix == ".txt":
        for line, text in wording_paragraphs(data.decode("utf-8")):
            yield line, "", text, []
    else:
        read_outline(data, notes, path.parent.name, CHECK_NAMES)
    for _, line, text in notes.texts:
        yield line, "", text, []


def model_list_texts(node: Node | None) -> Iterator[tuple[int, str]]:
    """The texts of a model list of stakeholders, with their lines."""
    if node is None or node.kind != "mapping":
        return
    for name in ("title", "description", "name", "short", "reason", "source"):
        if name in node.value and node.value[name][1].kind == "text":
            yield node.value[name][1].line, node.value[name][1].value
    if "entries" in node.value:
        for entry in node.value["entries"][1].value:
            yield from model_list_texts(entry)


def collected(root: Path = ROOT) -> Catalog:
    """Every text under this folder, in the places that babel.cfg names."""
    with open(ROOT / "babel.cfg", encoding="utf-8") as stream:
        methods, options = parse_mapping_cfg(stream, "babel.cfg")
    # Babel would import the extractor by name, which works only where this folder is on the path.
    methods = [(where, workflow_texts if how.startswith("extract_texts:") else how) for where, how in methods]
    catalogue = Catalog(domain="tna", project="TNA Desktop", charset="utf-8")
    found = extract_from_dir(
        root,
        methods,
        options,
        keywords=parse_keywords(KEYWORDS.split()),
        comment_tags=(COMMENT,),
        strip_comment_tags=True,
    )
    for file, line, text, comments, context in found:
        if not text:
            continue
        entry = catalogue.add(text, None, [(Path(file).as_posix(), line)], auto_comments=comments, context=context)
        mark(entry)
    return catalogue


def mark(entry: Any) -> None:
    """Tell translation tools how places are written: {so}, while "50 % of it" is no place at all."""
    entry.flags.discard("python-format")
    texts = entry.id if isinstance(entry.id, tuple) else (entry.id,)
    if any(_PLACE.search(text) for text in texts):
        entry.flags.add("python-brace-format")


def placeholder_mistakes(catalogue: Catalog) -> list[str]:
    """Translations whose {named} places are not those of the English; a form for one may leave out {n}."""
    mistakes = []
    for entry in catalogue:
        ids = entry.id if isinstance(entry.id, tuple) else (entry.id,)
        strings = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        wanted = {name for text in ids for name in _PLACE.findall(text)}
        may_miss = {"n"} if len(ids) > 1 else set()
        for string in strings:
            if not entry.id or not string:
                continue
            given = set(_PLACE.findall(string))
            if given - wanted or wanted - given - may_miss:
                mistakes.append(f"line {entry.lineno}: “{ids[0]}” is translated as “{string}”")
    return mistakes


def languages(folder: Path = FOLDER) -> list[Path]:
    """The tna.po of every language that has one."""
    return sorted(folder.glob("*/LC_MESSAGES/tna.po"))


def collect() -> int:
    catalogue = collected()
    with open(FOLDER / "tna.pot", "wb") as stream:
        write_po(stream, catalogue, sort_by_file=True)
    print(f"{len(catalogue)} texts in {FOLDER / 'tna.pot'}")
    return 0


def update(code: str) -> int:
    if code not in LANGUAGES or code == "en":
        print(f"The languages are {', '.join(each for each in LANGUAGES if each != 'en')}.", file=sys.stderr)
        return 1
    path = FOLDER / code / "LC_MESSAGES" / "tna.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue = read_catalogue_file(path) if path.exists() else new_catalogue(code)
    catalogue.update(collected())
    for entry in catalogue:
        if entry.id:
            mark(entry)
    with open(path, "wb") as stream:
        write_po(stream, catalogue, sort_by_file=True, omit_header=False)
    done = sum(1 for entry in catalogue if entry.id and entry.string and any(entry.string) and not entry.fuzzy)
    print(f"{code}: {done} of {len(catalogue)} texts are translated")
    return 0


def check() -> int:
    mistakes = 0
    for path in languages():
        for mistake in placeholder_mistakes(read_catalogue_file(path)):
            print(f"{path}, {mistake}", file=sys.stderr)
            mistakes += 1
    return 1 if mistakes else 0


def compile_all() -> int:
    for path in languages():
        with open(path.with_suffix(".mo"), "wb") as stream:
            write_mo(stream, read_catalogue_file(path))
        print(f"{path.with_suffix('.mo')}")
    return 0


def new_catalogue(code: str) -> Catalog:
    """An empty catalogue, with the number classes that translation tools know for the language."""
    catalogue = Catalog(_LOCALES.get(code, code), domain="tna")
    if code == "ar":  # Babel's own rule puts 11 to 99 with the last class and 100 to 102 before it
        catalogue.mime_headers = [("Plural-Forms", f"nplurals=6; plural={_ARABIC};")]
    return catalogue


def read_catalogue_file(path: Path) -> Catalog:
    code = path.parent.parent.name
    with open(path, "rb") as stream:
        return read_po(stream, locale=_LOCALES.get(code, code), domain="tna")


def main(arguments: list[str]) -> int:
    commands = {"collect": collect, "check": check, "compile": compile_all}
    if len(arguments) == 1 and arguments[0] in commands:
        return commands[arguments[0]]()
    if len(arguments) == 2 and arguments[0] == "update":
        return update(arguments[1])
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

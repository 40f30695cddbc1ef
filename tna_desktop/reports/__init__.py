"""The report: chapters of plain values, tables and pictures, laid out once for PDF and once for Excel.

A stage makes a ``Chapter`` (chapter.py) with its ``Table`` objects (table.py); ``book.make_book`` puts them together.
Then, with a Language and a path:

    from tna_desktop.reports.pdf import write_pdf
    from tna_desktop.reports.workbook import write_workbook
    from tna_desktop.reports.pages import book_html

    write_pdf(book, language, path, progress=None, cancelled=None) -> bool   # False when it was stopped
    write_workbook(book, language, path) -> None
    book_html(book, language) -> str

All three read the same Table objects, so the numbers cannot differ. What cannot be written raises ``Refused`` with one
sentence, and leaves what was at the path as it was.
"""

"""Pictures from outside: looked at with every caution, made smaller, and written anew before they are kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.text import message

from ..operations_pictures import kind_of

#: What is read at all, the longest side that is kept, and the most dots that are taken apart.
LARGEST_FILE, LONGEST_SIDE, MOST_DOTS = 20_000_000, 1600, 60_000_000
#: Megabytes a decoder may take.
MEMORY = 256
_FORMATS = {"image/png": b"png", "image/jpeg": b"jpeg"}


def read_picture(path: Path) -> bytes:
    """A picture file, ready to be kept. Raises Refused with one sentence."""
    try:
        if not path.is_file():
            raise Refused(message("There is no file {path}.", path=path), "picture")
        if path.stat().st_size > LARGEST_FILE:
            raise Refused(message("This picture is larger than twenty megabytes; choose a smaller one."), "picture")
        content = path.read_bytes()
    except OSError as problem:
        sentence = message("{name} cannot be read. Check the disk or the permissions.", name=path.name)
        raise Refused(sentence, "picture") from problem
    return prepared(content)


def prepared(content: bytes) -> bytes:
    """The picture written anew: no larger than it need be, and without what a camera adds (place, time, owner)."""
    image = decoded(content, LONGEST_SIDE)
    if image is None:
        raise Refused(message("This picture cannot be read. Choose a PNG or JPEG picture."), "picture")
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if image.hasAlphaChannel():
        image.save(buffer, "PNG")
    else:
        image.save(buffer, "JPEG", 85)
    return bytes(data.data())


def decoded(content: bytes, side: int) -> QImage | None:
    """The picture with no side longer than this; None for what is no PNG or JPEG, or is too large to be taken apart.

    The kind is told by the first bytes; size and memory are bounded before anything is decoded.
    """
    kind = kind_of(content)
    if not kind:
        return None
    data = QByteArray(content)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(_FORMATS[kind]))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    before = QImageReader.allocationLimit()
    QImageReader.setAllocationLimit(MEMORY)
    try:
        size = reader.size()
        if not size.isValid() or size.isEmpty() or size.width() * size.height() > MOST_DOTS:
            return None
        if max(size.width(), size.height()) > side:
            reader.setScaledSize(
                size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
            )
        image = reader.read()
    finally:
        QImageReader.setAllocationLimit(before)
    return None if image.isNull() else image

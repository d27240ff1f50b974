"""Judge by its content whether an uploaded document is of the format that its name says."""

import codecs
import re
import zipfile
import zlib
from enum import Enum

import filetype
from pypdf import PasswordType, PdfReader
from pypdf.errors import PyPdfError

START = 8192

# The kinds of containers that formats have.
CONTAINERS = {
    "pdf": "pdf",
    "zip": "zip",
    **dict.fromkeys(("doc", "xls", "ppt"), "ole"),
    **dict.fromkeys(("docx", "xlsx", "pptx"), "office"),
    **dict.fromkeys(("odt", "ods", "odp"), "open"),
}
ZIPPED = {"zip", "office", "open"}

# Legacy Office files are OLE containers, whose streams are named in UTF-16.
OLE_START = bytes.fromhex("d0cf11e0a1b11ae1")
OLE_STREAMS = {"doc": "WordDocument", "xls": "Workbook", "ppt": "PowerPoint Document"}
# Any Office file with a password is an OLE container with this stream ([MS-OFFCRYPTO] 2.3.4.4).
ENCRYPTED_STREAM = "EncryptedPackage"

# What is in the archive of an Office or OpenDocument file.
OFFICE_ENTRY = "[Content_Types].xml"
OFFICE_FOLDERS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
OPEN_ENTRY, OPEN_MANIFEST = "mimetype", "META-INF/manifest.xml"
OPEN_TYPES = {"odt": b"opendocument.text", "ods": b".spreadsheet", "odp": b".presentation"}
UNREADABLE_PDF = (PyPdfError, ValueError, TypeError, LookupError, AttributeError, RecursionError)
# Bit 0 of the flags of an archive's entry (APPNOTE.TXT 4.4.4).
ENCRYPTED_ENTRY = 1
UNREADABLE_ARCHIVE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError)

TEXTS = {"txt", "csv"}
UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
LATIN = re.compile("[\t\r\n -\u024f\u1e00-\u1eff\u2000-\u206f]")
# Formats that can do without control characters.
WRITTEN_AS_TEXT = {"pdf", "rtf", "ps"}


class Finding(Enum):
    """What the content of a file is, compared with the format that its name says."""

    GENUINE = "genuine"
    PROTECTED = "protected"
    OTHER = "other"
    UNREADABLE = "unreadable"


def examine(file, extension: str) -> tuple[Finding, str]:
    """
    Return what an open file is, and with `Finding.OTHER` the extension that suits its content.

    A format that is not known here is taken for genuine: `WAGTAILDOCS_EXTENSIONS` says which may be
    uploaded. Passwords of legacy Office files are not looked for.
    """
    start = file.read(START)
    if extension in TEXTS and is_text(start):
        return Finding.GENUINE, ""
    wanted = CONTAINERS.get(extension)
    if wanted is None and extension not in TEXTS:
        return Finding.GENUINE, ""
    container, actual, is_protected = _container(file, start, extension)
    if is_protected:
        return Finding.PROTECTED, ""
    if extension == "zip" and container in ZIPPED:
        return Finding.GENUINE, ""
    if container == wanted and actual in {"", extension}:
        return Finding.GENUINE, ""
    return (Finding.OTHER, actual) if actual else (Finding.UNREADABLE, "")


def _container(file, start: bytes, extension: str) -> tuple[str, str, bool]:
    """
    Return the container of a file, its format and whether a password protects it.

    The format is "" if only the container is known; `extension` is preferred where a file could be
    of several, such as a text with a table inside.
    """
    # An archive may hold a PDF that is not compressed.
    if b"%PDF-" in start[:1024] and not start.startswith(b"PK"):
        return "pdf", "pdf", _asks_for_password(file)
    if start.startswith(OLE_START):
        file.seek(0)
        content = file.read()
        if ENCRYPTED_STREAM.encode("utf-16-le") in content:
            return "ole", "", True
        found = [key for key, name in OLE_STREAMS.items() if name.encode("utf-16-le") in content]
        return "ole", extension if extension in found else "".join(found[:1]), False
    if not zipfile.is_zipfile(file):
        return "", "", False
    try:
        with zipfile.ZipFile(file) as archive:
            return _archive(archive)
    except UNREADABLE_ARCHIVE:
        return "", "", False


def _asks_for_password(file) -> bool:
    """
    Return whether a PDF opens with a password only.

    Many are encrypted so that they cannot be printed or changed, and open with an empty one. A PDF
    that pypdf cannot read, but a tolerant reader perhaps can, counts as open.
    """
    file.seek(0)
    if b"/Encrypt" not in file.read():
        return False
    try:
        reader = PdfReader(file)
        return reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED
    except UNREADABLE_PDF:
        return False


def _archive(archive: zipfile.ZipFile) -> tuple[str, str, bool]:
    names = archive.namelist()
    if OPEN_ENTRY in names:
        kind = _read_part(archive, OPEN_ENTRY, 200)
        manifest = _read_part(archive, OPEN_MANIFEST, 2**20) if OPEN_MANIFEST in names else b""
        actual = [key for key, name in OPEN_TYPES.items() if name in kind]
        return "open", "".join(actual[:1]), b"encryption-data" in manifest
    if OFFICE_ENTRY in names:
        actual = [
            key
            for key, folder in OFFICE_FOLDERS.items()
            if any(name.startswith(folder) for name in names)
        ]
        return "office", "".join(actual[:1]), False
    return "zip", "zip", any(entry.flag_bits & ENCRYPTED_ENTRY for entry in archive.infolist())


def _read_part(archive: zipfile.ZipFile, name: str, size: int) -> bytes:
    """Return the first bytes of an entry; its size says nothing of what it unpacks to."""
    with archive.open(name) as entry:
        return entry.read(size)


def is_text(start: bytes) -> bool:
    """
    Return whether a file that begins with `start` is a text, in UTF-16 or any encoding of bytes.

    Excel saves as “Unicode text” in UTF-16 with a byte order mark; without one only text in Latin
    letters is told from other content.
    """
    for mark, encoding in UTF_16.items():
        if start.startswith(mark):
            return _decode(start[len(mark) :], encoding) is not None
    if b"\0" in start:
        texts = [_decode(start, encoding) for encoding in UTF_16.values()]
        return any(text and len(LATIN.findall(text)) >= 0.9 * len(text) for text in texts)
    kind = filetype.guess(start)
    # A table may begin with BM or MZ, as a picture or a program does.
    return kind is None or (
        kind.extension not in WRITTEN_AS_TEXT and CONTROL.search(start.decode("latin-1")) is None
    )


def _decode(start: bytes, encoding: str) -> str | None:
    """Return the text of the first bytes of a file; None if they are none in this encoding."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(start)
    except UnicodeDecodeError:
        return None
    return None if CONTROL.search(text) else text

"""Keeps the catalogs in step with the code: ``python -m scripts.languages``.

Finds the sentences that the code says, puts the new ones into each ``tui_nn.po``, takes out those that are gone, and
compiles ``tui_nn.mo``, which the program reads. A sentence that only resembles a translated one does not get its
translation.
"""

from collections.abc import Iterator
from copy import copy
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

_ROOT = Path(__file__).parents[1]
_PROGRAM = _ROOT / "tui_nn"
# The functions of tui_nn/language.py, and which of their arguments are sentences.
_FUNCTIONS = {"_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}

# The fields that Babel writes into the header of a catalog, and that would make its file change without a new sentence.
_CHANGING = ("POT-Creation-Date", "PO-Revision-Date", "Generated-By")


def catalogs() -> list[Path]:
    """The catalog of each language but English, as people edit it."""
    return sorted((_PROGRAM / "languages").glob("*/LC_MESSAGES/tui_nn.po"))


def said() -> Catalog:
    """The sentences of the code, without translations, and the files in which they stand."""
    found = Catalog(project="tui_nn", charset="utf-8", fuzzy=False)
    for name, line, message, comments, context in _extracted():
        found.add(message, locations=[(name, line)], auto_comments=comments, context=context)
    return found


def _extracted() -> Iterator[tuple[str, int, str | tuple[str, ...], list[str], str | None]]:
    return extract_from_dir(_PROGRAM, [("**.py", "python")], keywords=_FUNCTIONS, comment_tags=("For translators:",))


def key(message: Message) -> tuple[object, str | None]:
    """What tells a sentence from all others: its words in English, and the context if it has one."""
    return message.id, message.context


def read_catalog(path: Path) -> Catalog:
    """The catalog that people edit. Raises an error of babel if it is not written as gettext wants it."""
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


class _Plain(Catalog):
    """A catalog without dates and Babel's version in its header: it changes only with the sentences."""

    def __iter__(self) -> Iterator[Message]:
        """The header, then each sentence."""
        header, *sentences = super().__iter__()
        fields = str(header.string).splitlines()
        header.string = "".join(f"{field}\n" for field in fields if not field.startswith(_CHANGING))
        yield header
        yield from sentences


def written(catalog: Catalog) -> bytes:
    """``catalog`` as people edit it, sorted by sentence."""
    file = BytesIO()
    write_po(file, _plain(catalog), width=120, sort_output=True, include_lineno=False)
    return file.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """``catalog`` as the program reads it."""
    file = BytesIO()
    write_mo(file, _plain(catalog))
    return file.getvalue()


def _plain(catalog: Catalog) -> Catalog:
    plain = copy(catalog)
    plain.__class__ = _Plain
    return plain


def updated(catalog: Catalog) -> Catalog:
    """``catalog`` with the sentences of the code: the new ones without a translation, none that are gone."""
    catalog.update(said(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    # The project has no address yet; babel would make one up.
    catalog.msgid_bugs_address = ""
    return catalog


def without_translation(catalog: Catalog) -> list[str]:
    """The sentences of ``catalog`` that have no translation, or none for one of their forms."""
    messages = [message for message in catalog if message.id]
    forms = [message.string if isinstance(message.string, (list, tuple)) else (message.string,) for message in messages]
    return [str(message.id) for message, each in zip(messages, forms, strict=True) if not all(each)]


def main() -> None:
    """Brings each catalog up to date, and says how many sentences have no translation yet."""
    for path in catalogs():
        catalog = updated(read_catalog(path))
        path.write_bytes(written(catalog))
        path.with_suffix(".mo").write_bytes(compiled(catalog))
        missing = len(without_translation(catalog))
        print(f"{path.relative_to(_ROOT)}: {len(catalog)} sentences, {missing} without a translation")  # noqa: T201


if __name__ == "__main__":
    main()

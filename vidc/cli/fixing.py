"""fixing: writes files with their repairs made, or shows what that would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from vidc.compile import Compiled, compile
from vidc.diag.result import counted
from vidc.diag.sink import brief
from vidc.ir.tree import Node
from vidc.project import reader
from vidc.review.fixing import Fixed, difference, fixed
from vidc.source import Source

from .end import DONE, ERRORS, complain
from .linting import Sources
from .printing import write
from .writing import write_file

_MARK = "\ufeff"


def fix_files(paths: Iterable[str], given: Mapping[str, Node], root: str | None, exclude: Sequence[str]) -> None:
    """Write the files of which a repair was made, and say which."""
    for source, made in _fixed(paths, given, root, exclude):
        with open(source.file, "rb") as file:
            start = file.read(3)
        if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
            complain(f"{source.path} is UTF-16 and was left as it is; save it as UTF-8")
            continue
        write_file(source.path, (_MARK if start == b"\xef\xbb\xbf" else "") + made.text)
        complain(f"{source.path}: {counted(len(made.titles), 'repair')} made: {brief('; '.join(made.titles))}")


def show_fixes(paths: Iterable[str], given: Mapping[str, Node], root: str | None, exclude: Sequence[str]) -> int:
    """Print the changes as one patch; ERRORS where there is one to make."""
    code = DONE
    for source, made in _fixed(paths, given, root, exclude):
        write(difference(source.path, source.text, made.text))
        code = ERRORS
    return code


def _fixed(
    paths: Iterable[str], given: Mapping[str, Node], root: str | None, exclude: Sequence[str]
) -> Iterable[tuple[Source, Fixed]]:
    def compiled(source: Source) -> Compiled:
        return compile(source, given=given, read=reader(root))

    for source in Sources(paths, root, exclude):
        made = fixed(source, compiled)
        if made.titles:
            yield source, made

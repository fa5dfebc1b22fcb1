"""end: how a command ends: its exit code, and what is said where the world failed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from vidc.diag.sink import brief, clean
from vidc.project import CannotRead

from .printing import CannotWrite, columns

DONE, ERRORS, USAGE, WORLD, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit codes: done; the spec has errors; usage; the world failed, trying again may help; interrupted."""


def ended(command: Callable[[], int]) -> int:
    """Run a command and give its exit code. A failure of the world is said in one line."""
    try:
        code = command()
        if sys.stdout is not None:
            sys.stdout.flush()
    except (CannotRead, CannotWrite) as error:
        complain(str(error))
        return WORLD
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return DONE
    except OSError as error:
        where = error.filename or ("cannot write what is to be printed" if _in_printing(error) else "")
        said = error.strerror or str(error)
        complain(f"{where}: {said}" if where else said)
        return WORLD
    except KeyboardInterrupt:
        complain("interrupted")
        return INTERRUPTED
    except Exception as error:
        complain(failed(error))
        return WORLD
    return code


def _in_printing(error: OSError) -> bool:
    """Whether it was raised where text is printed: here, where the output is flushed, or inside of click."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    name = "" if trace is None else trace.tb_frame.f_globals.get("__name__", "")
    return name == __name__ or name.partition(".")[0] == "click"


def failed(error: Exception, file: str = "") -> str:
    """What is said of a mistake of ours: what it is, and where, the innermost place first."""
    places = []
    trace = error.__traceback__
    while trace is not None:
        places.append(f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}")
        trace = trace.tb_next
    said = f"{type(error).__name__}: {brief(str(error))}" if str(error) else type(error).__name__
    where = f" on {file}" if file else ""
    return f"failed{where}: {said} (at {', from '.join(places[:-5:-1])}); please report it"


def complain(text: str) -> None:
    """Say what is wrong: in one line, which is folded where a terminal shows it."""
    if sys.stderr is None:
        return
    from contextlib import suppress

    with suppress(OSError):  # there is nowhere else to say so
        print("\n  ".join(_folded(f"vidc: {clean(text)}")), file=sys.stderr)


def _folded(line: str) -> list[str]:
    if not sys.stderr.isatty() or len(line) < columns(sys.stderr):
        return [line]
    from vidc.diag.cells import wrap

    return wrap(line, columns(sys.stderr) - 2)

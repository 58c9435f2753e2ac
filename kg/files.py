"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import LockedError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEMPORARY = ".kg-tmp-"
"""What the name of every temporary file and folder of ours starts with."""

_MEANINGS = {
    errno.ENOSPC: ("the disk is full", "Free some space and run the command again; nothing stored is lost."),
    errno.EDQUOT: ("the disk quota is used up", "Free some space and run the command again."),
    errno.EFBIG: ("the file is larger than may be written here", "Raise the limit, or choose another place."),
    errno.EIO: ("the disk failed", "See to the disk; what was stored before is as it was."),
    errno.EROFS: ("the disk is read-only", "Choose a folder that can be written."),
    errno.EACCES: ("permission denied", "Choose a folder that you may write."),
    errno.EPERM: ("permission denied", "Choose a folder that you may write."),
    errno.ENOENT: ("no such folder", "Create the folder first."),
    errno.ENOTDIR: ("not a folder", "Choose another place."),
    errno.EISDIR: ("is a folder, not a file", "Give the name of a file."),
}


def store_error(error: OSError, where: Path | str) -> StoreError:
    """Name what the operating system refused, with a hint."""
    reason = error.strerror or str(error)
    what, hint = _MEANINGS.get(error.errno or 0, (reason, "See the message of the operating system."))
    return StoreError(what, where=str(where), hint=hint)


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Open a file for writing that takes its place only when all of it is on disk.

    A reader, and a run that is killed, find the old file or the new one. A device or a pipe
    (``/dev/null``) is written as it is.

    Raises:
        StoreError: the disk is full or read-only, or the folder is missing.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as stream:
                yield stream
            return
        with _temporary(path) as stream:
            yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        raise store_error(error, path) from error


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    with writing(path) as stream:
        stream.write(data)


@contextmanager
def target(path: Path | None) -> Iterator[BinaryIO]:
    """Open the file, or standard output where there is none or it is called ``-``."""
    if path is None or str(path) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with writing(path) as stream:
        yield stream


@contextmanager
def _temporary(path: Path) -> Iterator[BinaryIO]:
    path = path.resolve()  # the file that a link points to is replaced, not the link
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a folder", str(path))
    sweep(path.parent)
    temporary = path.parent / f"{TEMPORARY}{os.getpid()}-{os.urandom(4).hex()}"
    try:
        with temporary.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sweep(folder: Path) -> None:
    """Remove temporary files that processes left behind which are no longer alive."""
    for stray in folder.glob(f"{TEMPORARY}*"):
        owner = stray.name.removeprefix(TEMPORARY).partition("-")[0]
        if owner.isdecimal() and not is_alive(int(owner)) and stray.is_file():
            with contextlib.suppress(OSError):
                stray.unlink()


def is_alive(process: int) -> bool:
    """Tell whether there is a process of that number, whoever it belongs to."""
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):  # no system counts so far
        return False
    except OSError:
        return True
    return True


def lock(path: Path) -> int:
    """Take the writers' lock in a file, and give its handle; it falls when the process ends.

    Raises:
        LockedError: another process holds it.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise store_error(error, path) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        hint = "Wait until the other command has ended; reading is possible meanwhile."
        raise LockedError("another process is writing", where=str(path.parent), hint=hint) from error
    return handle


def check_format(state: object, wanted: int, folder: Path) -> None:
    """Refuse a folder whose layout is of another version than this program writes."""
    found = state.get("format") if isinstance(state, dict) else None
    if found == wanted:
        return
    newer = isinstance(found, int) and found > wanted
    hint = "Update diplomacy-kg." if newer else "Build into a new folder."
    raise StoreError(
        f"the folder has format {found!r}, this version reads {wanted}", where=str(folder), hint=hint
    )

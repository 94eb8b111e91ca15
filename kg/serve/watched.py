"""A review's folder, read again whenever one of its files changes."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kg.model.problem import NotAReview

if TYPE_CHECKING:
    from kg.findings.study import Study
    from kg.model.problem import Problem

PASSING = (".", "~")
"""How the names of files begin that programs keep beside an open document."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was computed of the folder in one state. ``stamp`` changes when a file does; ``wrong`` says what in the folder
    cannot be read as it is now, and ``older`` that this is the last state in which everything could be."""

    gaps: Study
    stamp: str
    wrong: str = ""
    older: bool = False


Reading = Callable[[Path], tuple["Study", Sequence["Problem"]]]
"""What reads and computes a review's folder. Raises NotAReview, with words for people, where it is none."""


class Watched:
    """The latest state of a review's folder that could be read whole; where none could be yet, what of it can be read.

    A file that is just being written is half a file, and half a return would show as what was never recorded.
    """

    def __init__(self, folder: Path, study: Reading) -> None:
        self._folder, self._study = folder, study
        self._alone = threading.Lock()
        self._seen = self._read(self.stamp())

    def stamp(self) -> str:
        """A mark of every file's name, size and time of change."""
        found = sha256()
        for folder, below, names in os.walk(self._folder):
            below.sort()
            for name in sorted(names):
                file = os.path.join(folder, name)
                try:
                    state = os.stat(file)
                except OSError:
                    continue  # it went away meanwhile
                if not name.startswith(PASSING):
                    words = f"{file}\0{state.st_size}\0{state.st_mtime_ns}\n"
                    found.update(words.encode("utf-8", "surrogateescape"))
        return found.hexdigest()[:16]

    def latest(self) -> Seen:
        """The folder as it is now, or as it last could be read whole."""
        with self._alone:
            stamp, last = self.stamp(), self._seen
            if stamp != last.stamp:
                try:
                    seen = self._read(stamp)
                except (OSError, NotAReview) as wrong:
                    seen = Seen(last.gaps, stamp, str(wrong), older=True)
                if seen.wrong and (last.older or not last.wrong):
                    seen = Seen(last.gaps, stamp, seen.wrong, older=True)
                self._seen = seen
            return self._seen

    def _read(self, stamp: str) -> Seen:
        gaps, problems = self._study(self._folder)
        return Seen(gaps, stamp, "\n".join(str(each) for each in problems if each.severity == "error"))

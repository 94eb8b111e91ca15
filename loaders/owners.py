"""Which file is which agency's return: by what review.toml says, else by the name that the file bears."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.base.folding import spelling
from kg.base.signs import sound
from kg.model.problem import Place, Problem
from kg.model.review import Agency
from loaders.beside import in_words
from loaders.rows.roster import short
from loaders.told import FILE

RETURNS = "returns"


@dataclass(frozen=True, slots=True)
class Owners:
    """Which agency each file of a folder belongs to, for the agencies that review.toml lists; doubts go to ``problems``."""

    folder: Path
    agencies: Sequence[Agency]
    problems: list[Problem]

    def files(self) -> list[str]:
        """The names of the files in returns/, in order; hidden ones and those of the system are none."""
        try:
            found = sorted(os.scandir(self.folder / RETURNS), key=lambda entry: entry.name)
        except FileNotFoundError:
            found = []
            self.say("", "error", "there is no folder returns/", "the agencies' returns are looked for there",
                      "The review is opened without any entry.",
                      "Make a folder named returns beside review.toml, one file an agency.")  # fmt: skip
        except OSError as reason:
            found = []
            self.say("", "error", "the folder returns/ could not be opened", in_words(reason),
                      "The review is opened without any entry.", "Ask for leave to read the folder.")  # fmt: skip
        files: list[str] = []
        for entry in found:
            if entry.name.startswith((".", "~$")) or entry.name in ("Thumbs.db", "desktop.ini"):
                continue
            if os.path.isdir(entry.path):
                self.say(entry.name, "warning", "this is a folder within returns/",
                          "returns are looked for in returns/ itself", "Nothing in it was read.",
                          "Move the files one folder up.")  # fmt: skip
                continue
            if sound(entry.name) != entry.name:
                self.say(sound(entry.name), "error", "the file's name holds signs that stand for no letter",
                         "it was written by a system with letters of its own",
                         "It was not read: none of its rows is an entry; the agency's silence says nothing.",
                         "Give the file a name in plain letters.")  # fmt: skip
                continue
            files.append(entry.name)
        return files

    def claims(self, files: Sequence[str]) -> dict[str, str]:
        """Which agency each file belongs to: by ``file`` in review.toml, else by the longest name or alias it bears."""
        claims: dict[str, str] = {}
        folded = {file.casefold(): file for file in files}
        for agency in self.agencies:
            if not agency.file:
                continue
            file = folded.get(agency.file.replace("\\", "/").rpartition("/")[2].casefold())
            if file is None:
                self.say("", "warning", f"{short(agency.name)} claims the file {short(agency.file)}",
                          "there is no file of that name in returns/", "The agency is looked for by its name.",
                          "Correct file in review.toml, or put the return in its place.")  # fmt: skip
            elif file in claims:
                self.say(file, "error", f"{short(agency.name)} claims this file, and so does {short(claims[file])}",
                          "a return belongs to one agency", f"It is read as the return of {short(claims[file])}.",
                          "Correct file for one of them in review.toml.")  # fmt: skip
            else:
                claims[file] = agency.name
        names = [
            (words, words.replace(" ", ""), agency.name)
            for agency in self.agencies
            for words in map(spelling, (agency.name, *agency.aliases))
            if words
        ]
        for file in files:
            if file not in claims and (bearer := self._bearer(file, names)):
                claims[file] = bearer
        return claims

    def _bearer(self, file: str, names: Sequence[tuple[str, str, str]]) -> str:
        """The agency whose name or alias stands in the file's name; the longest name wins, and a tie is said."""
        stem = spelling(file.rpartition(".")[0] or file)
        run, apart = stem.replace(" ", ""), f" {stem} "
        best, bearers = 0, []
        for words, joined, agency in names:
            if len(joined) < best or not (f" {words} " in apart or (len(joined) >= 6 and joined in run)):
                continue
            if len(joined) > best:
                best, bearers = len(joined), [agency]
            elif agency not in bearers:
                bearers.append(agency)
        if len(bearers) > 1:
            self.say(file, "error", f"the file's name fits {len(bearers)} agencies: " + ", ".join(bearers),
                      "a return belongs to one agency", f"It is read as the return of {short(bearers[0])}.",
                      "Say in review.toml whose it is, with file = \"...\".")  # fmt: skip
        return bearers[0] if bearers else ""

    def say(self, file: str, severity: str, what: str, why: str, done: str, remedy: str) -> None:
        """Say something of a file in returns/, or of review.toml where no file is named."""
        place = Place(f"{RETURNS}/{file}" if file else FILE)
        self.problems.append(Problem(place, severity, what, why, done, remedy))

"""Reviews made up for measuring: as large as asked, the same on every machine, and like real ones in their shape.

Ten agencies a review; dates of every kind that agencies write; tellings that both sides wrote down, or only one;
several indicators a row; narratives of about 140 characters. Nobody in them ever lived.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Final

AGENCIES: Final = (
    ("Riverside Children's Services", "childrens-social-care"),
    ("County Police", "police"),
    ("Riverside Hospital", "hospital"),
    ("Mill Lane Surgery", "general-practice"),
    ("Health Visiting Service", "health-visiting"),
    ("Hillside Primary School", "school"),
    ("Borough Housing", "housing"),
    ("Mental Health Trust", "mental-health"),
    ("Harbour Recovery Service", "substance-misuse"),
    ("Family and neighbours", "community"),
)
"""Name and type of the agencies of every review made."""

HEADINGS: Final = (
    "Ref", "Date", "Time", "Learnt", "People", "Professional", "Contact", "What happened", "Seen", "Said", "Indicators",
    "Response", "Shared with", "Shared what", "Received from",
)  # fmt: skip

_CONTACTS: Final = {
    "childrens-social-care": (
        "home-visit",
        "telephone-call",
        "assessment",
        "supervision",
        "no-access-visit",
        "record-only",
    ),
    "police": ("police-attendance", "interview", "telephone-call", "welfare-check", "record-only"),
    "hospital": ("emergency-attendance", "hospital-admission", "hospital-discharge", "medical-examination"),
    "general-practice": ("gp-consultation", "missed-appointment", "telephone-call", "letter-or-email"),
    "health-visiting": ("home-visit", "no-access-visit", "clinic-appointment", "missed-appointment"),
    "school": ("school-contact", "telephone-call", "professionals-conversation"),
    "housing": ("office-attendance", "home-visit", "letter-or-email"),
    "mental-health": ("clinic-appointment", "missed-appointment", "assessment", "case-closure"),
    "substance-misuse": ("clinic-appointment", "missed-appointment", "telephone-call"),
    "community": ("life-event",),
}
_TELLING: Final = ("telephone-call", "professionals-conversation", "referral-made", "letter-or-email")
_MEETINGS: Final = ("strategy-discussion", "multi-agency-meeting", "child-protection-conference", "core-group")
_INDICATORS: Final = (
    "bruising", "unexplained-injury", "neglect", "poor-hygiene", "poor-home-conditions", "fearfulness", "domestic-abuse",
    "alcohol-misuse", "drug-misuse", "carer-mental-ill-health", "new-or-unknown-adult", "frequent-moves",
    "missed-appointments", "physical-chastisement", "third-party-allegation", "poor-school-attendance",
    "inconsistent-explanation", "hostility",
)  # fmt: skip
_SLIPS: Final = ("brusing", "home conditions (see notes)", "DA", "attendance 74%", "unsettled", "low mood?")
_RESPONSES: Final = (
    "information-shared", "referral-childrens-social-care", "home-visit", "follow-up", "no-further-action",
    "advice-given", "support-provided", "medical-treatment", "strategy-discussion", "risk-assessment", "case-closed",
)  # fmt: skip
_WHO: Final = (
    "duty social worker", "police constable", "staff nurse", "general practitioner", "health visitor", "class teacher",
    "housing officer", "care coordinator", "keyworker", "team manager", "consultant", "receptionist",
)  # fmt: skip
_OPENINGS: Final = (
    "The worker called as arranged and was let in by the mother.",
    "Mother telephoned and asked for the appointment to be moved.",
    "The visit took place; the partner was at the door.",
    "The grandmother brought the child in.",
    "A neighbour rang, without a name, about raised voices.",
    "The family came without an appointment and waited an hour.",
    "The file was read again before supervision.",
    "There was no answer at the door; a card was left.",
)
_MIDDLES: Final = (
    "The rooms were cold but tidy,",
    "The explanation was the same as last time,",
    "The younger child slept through the whole visit,",
    "A mark on the left arm was pointed out,",
    "Rent and benefits took up most of the time,",
    "School reported three absences this month,",
    "She said that things were better since spring,",
)
_ENDINGS: Final = (
    "and another visit was agreed for the week after.",
    "and a note was left for the allocated worker.",
    "and nothing further was asked for at the time.",
    "and advice was given about a doctor.",
    "and the manager was told at the end of the day.",
    "and he would ring back once he had spoken to her.",
)
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: the review folders, in order, how many entries they hold together, and how many bytes of returns."""

    folders: tuple[Path, ...]
    entries: int
    size: int

    def returns(self) -> list[Path]:
        """Every return of every review."""
        return [file for folder in self.folders for file in sorted((folder / "returns").iterdir())]


def make_reviews(into: Path, reviews: int, entries: int) -> Made:
    """Write ``reviews`` folders of ``entries`` entries each below ``into``, the same bytes at every call."""
    folders = tuple(into / f"review-{number:05d}" for number in range(reviews))
    size = sum(_make_review(folder, entries, seed) for seed, folder in enumerate(folders))
    return Made(folders, reviews * entries, size)


def _make_review(folder: Path, entries: int, seed: int) -> int:
    draw = Random(seed)
    days = min(max(entries * 4, 200), 4000)
    start = date(1996, 1, 1) + timedelta(days=draw.randrange(8000))
    people = _people(draw)
    returns = folder / "returns"
    returns.mkdir(parents=True)
    (folder / "review.toml").write_text(_told(seed, start, start + timedelta(days=days), people), encoding="utf-8")
    rows: list[list[tuple[int, list[str]]]] = [[] for _ in AGENCIES]
    made = 0
    while made < entries:
        made += _event(draw, start, draw.randrange(days), people, rows, entries - made)
    size = 0
    for (name, _), own in zip(AGENCIES, rows, strict=True):
        own.sort(key=lambda pair: pair[0])
        path = returns / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADINGS)
            for number, (_, row) in enumerate(own, 1):
                row[0] = f"{name[:2].upper()}-{number:03d}"
                writer.writerow(row)
        size += path.stat().st_size
    return size


def _people(draw: Random) -> tuple[str, ...]:
    family = f"{draw.choice(('Ash', 'Birch', 'Cole', 'Dale', 'Elm', 'Frost', 'Gale', 'Holt'))}{draw.randrange(100)}"
    return tuple(f"{first} {family}" for first in ("Robin", "Jo", "Max", "Chris", "Vera"))


def _told(seed: int, start: date, end: date, people: Sequence[str]) -> str:
    child, sibling, mother, partner, grandmother = people
    lines = [
        f'title = "Made review {seed}"', 'jurisdiction = "England"', 'kind = "child"',
        f'period = ["{start}", "{end}"]', f'subjects = ["{child}"]', "",
    ]  # fmt: skip
    for name, role, relation in (
        (child, "child", f"child of {mother}"),
        (sibling, "child", f"sibling of {child}"),
        (mother, "mother", f"partner of {partner}"),
        (partner, "stepfather", f"partner of {mother}"),
        (grandmother, "relative", f"mother of {mother}"),
    ):
        lines += ["[[people]]", f'name = "{name}"', f'role = "{role}"', f'relations = ["{relation}"]', ""]
    for name, kind in AGENCIES:
        lines += ["[[agencies]]", f'name = "{name}"', f'type = "{kind}"', f'file = "{name}.csv"', ""]
    return "\n".join(lines)


def _event(
    draw: Random, start: date, day: int, people: Sequence[str], rows: list[list[tuple[int, list[str]]]], room: int
) -> int:
    """One contact of one agency; where it tells another, perhaps also the other's row of it. How many rows it took."""
    at = draw.randrange(len(AGENCIES))
    kind = AGENCIES[at][1]
    tells = draw.random() < 0.18
    meets = tells and kind != "community" and draw.random() < 0.2
    contact = draw.choice(_MEETINGS if meets else _TELLING if tells and kind != "community" else _CONTACTS[kind])
    others = draw.sample([o for o in range(len(AGENCIES) - 1) if o != at], 3 if meets else 1) if tells else []
    found = draw.sample(_INDICATORS, draw.choice((0, 0, 0, 1, 1, 1, 2, 2, 3)))
    row = _row(draw, start + timedelta(days=day), people, contact, found)
    one_sided = tells and draw.random() < 0.12
    row[14 if one_sided else 12] = "; ".join(AGENCIES[other][0] for other in others)
    if tells and found and draw.random() < 0.1:
        row[13] = found[0]
    rows[at].append((day, row))
    used = 1
    for other in others:
        if not one_sided and used < room and draw.random() < 0.55:
            later = day + draw.choice((0, 0, 0, 1, 2, 5))
            heard = draw.choice(_MEETINGS) if meets else "referral-received"
            answer = _row(draw, start + timedelta(days=later), people, heard, found[:2])
            answer[12 if meets else 14] = AGENCIES[at][0]
            rows[other].append((later, answer))
            used += 1
    return used


def _row(draw: Random, day: date, people: Sequence[str], contact: str, indicators: Sequence[str]) -> list[str]:
    named = draw.choice(((0,), (0, 2), (0, 2), (0, 2, 3), (0, 1, 2), (2,), (2, 3), ()))
    if draw.random() < 0.015:
        indicators = (*indicators, draw.choice(_SLIPS))
    when = _date(draw, day)
    learnt = f"{day + timedelta(days=draw.randrange(1, 40)):%d/%m/%Y}" if draw.random() < 0.04 else ""
    return [
        "",
        when,
        f"{draw.randrange(8, 19):02d}:{draw.randrange(0, 60, 5):02d}"
        if len(when) == 10 and draw.random() < 0.3
        else "",
        learnt,
        "; ".join(people[who] for who in named),
        draw.choice(_WHO),
        contact,
        f"{draw.choice(_OPENINGS)} {draw.choice(_MIDDLES)} {draw.choice(_ENDINGS)} ({draw.randrange(10**5)})",
        draw.choice(("", "", "yes", "yes", "no", "alone", people[0])),
        "She would rather stay at her grandmother's." if draw.random() < 0.06 else "",
        "; ".join(indicators),
        draw.choice(_RESPONSES) if draw.random() < 0.45 else "",
        "",
        "",
        "",
    ]


def _date(draw: Random, day: date) -> str:
    kind = draw.random()
    if kind < 0.78:
        return f"{day:%d/%m/%Y}"
    month = f"{_MONTHS[day.month - 1]} {day.year}"
    if kind < 0.84:
        return month
    if kind < 0.88:
        return f"{day:%d/%m/%Y} - {day + timedelta(days=draw.randrange(1, 9)):%d/%m/%Y}"
    if kind < 0.90:
        return f"before {day:%d/%m/%Y}"
    if kind < 0.92:
        return f"c. {day:%d/%m/%Y}"
    if kind < 0.94:
        return f"?{day:%d/%m/%Y}"
    if kind < 0.96:
        return f"{draw.choice(('early', 'mid', 'late'))} {month}"
    return f"{day.day} {month}" if kind < 0.98 else ""

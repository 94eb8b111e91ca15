"""Who knew what, when: for every agency and fact, the earliest moment surely and the earliest moment possibly.

News travels only forward in time. The record is uncertain in two ways: dates have bounds, and a message that only the
sender wrote down may not have arrived. *Possibly* held from a moment means: so in some reading of the record. *Surely*
means: so in every reading. One sweep in order of time answers both for all facts at once, an agency's facts being one
integer used as a set of bits.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from heapq import heappop, heappush

from kg.dates.when import BEGINNING, END
from kg.knowledge.facts import Facts
from kg.knowledge.ledger import Gain, Knowledge, Ledger
from kg.knowledge.shares import EVERYTHING, Share
from kg.model.review import Review


def sweep(
    facts: Facts, shares: Sequence[Share], *, generous: Iterable[Share] = (), paths_for: Knowledge | None = None
) -> Knowledge:
    """Compute who held what and when, surely and possibly, from the rows and the recorded shares.

    ``generous`` adds conversations that possibly passed on everything; they never make anything sure. ``paths_for`` is
    the knowledge without them, where only paths are asked for: what is sure is taken from it, and the ledgers of
    ``possible`` leave out of ``brought`` what was no news.
    """
    review = facts.review
    names = [agency.name for agency in review.agencies]
    own_of = dict.fromkeys(facts.chronology.public, 0)
    for row, entry in enumerate(review.entries):
        if entry.agency in own_of:
            own_of[entry.agency] |= facts.possibly[row]
    rows = sorted((row for row, mask in enumerate(facts.possibly) if mask), key=lambda row: _turn(review, row))
    both = [*shares, *generous]
    if paths_for is not None:
        # Nobody knows when an undated conversation was: no news travels along it.
        both = [share for share in both if not review.entries[share.row].known.undated]
        possible = _possibly(facts, both, rows, names, own_of, news_alone=True)
        return Knowledge(facts, shares, paths_for.sure, possible, paths_for.told_to, if_so=paths_for.if_so)
    told_to: dict[str, dict[int, int]] = {name: {} for name in names}
    for share in shares:
        if share.sender == review.entries[share.row].agency:
            told = told_to[share.receiver]
            told[share.row] = told.get(share.row, 0) | share.exact
    sure = _surely(facts, shares, rows, names, own_of)
    doubtful = facts.surely != facts.possibly
    return Knowledge(
        facts,
        shares,
        sure,
        _possibly(facts, both, rows, names, own_of),
        told_to,
        if_so=_surely(facts, shares, rows, names, own_of, if_so=True) if doubtful else sure,
    )


def _possibly(
    facts: Facts,
    shares: Sequence[Share],
    rows: Sequence[int],
    names: Sequence[str],
    own_of: Mapping[str, int],
    *,
    news_alone: bool = False,
) -> dict[str, Ledger]:
    """Earliest arrival in some reading: a share carries what its sender held at or before its latest moment.

    Events are taken in order of time. A share stays open from its earliest to its latest moment; what its sender gains
    meanwhile goes along at once, or when the receiver's row is reached.
    """
    ledgers = {name: Ledger() for name in names}
    opened: dict[str, list[tuple[Share, int]]] = {name: [] for name in names}
    # What would be news to each agency: all that it neither holds nor is about to hold at this very moment.
    news = dict.fromkeys(names, (1 << len(facts.all)) - 1) if news_alone else {}
    lasts: dict[tuple[str, str], int] = {}
    closes = dict.fromkeys(names, END)  # when the first share that an agency has open closes
    events: list[tuple[int, int, int, str, int, int, Share | None, int]] = []
    # (moment, 0 gain or 1 opening, turn, agency, facts, row, share, mask): ``turn`` keeps the order total.
    turn = 0
    for row in rows:
        entry = facts.review.entries[row]
        events.append((entry.known.earliest, 0, turn, entry.agency, facts.possibly[row], row, None, 0))
        turn += 1
    for share in shares:
        mask = share.alike | share.exact
        if share.sender in own_of:
            mask &= own_of[share.sender] | share.exact
        if share.heard is not None and share.received:
            # A receipt says that its sender possibly held what is received.
            received = share.received
            events.append((share.earliest, 0, turn, share.sender, received, share.heard, None, 0))
            turn += 1
        if mask:
            events.append((share.earliest, 1, turn, share.sender, 0, share.row, share, mask))
            turn += 1
    events.sort(key=lambda event: event[:3])
    later: list[tuple[int, int, str, int, int, Share | None]] = []
    now: deque[tuple[str, int, int, Share | None]] = deque()
    at = 0
    while at < len(events) or later:
        if later and (at >= len(events) or later[0][0] <= events[at][0]):
            moment, _, agency, gained, row, share_in = heappop(later)
            now.append((agency, gained, row, share_in))
        else:
            moment, opening, _, agency, gained, row, opens, mask = events[at]
            at += 1
            if opening and opens is not None:
                if news_alone and opens.alike == EVERYTHING:
                    # While one conversation lasts, another between the same two brings nothing that is news.
                    pair = (agency, opens.receiver)
                    if lasts.get(pair, BEGINNING) >= opens.latest:
                        continue
                    lasts[pair] = opens.latest
                opened[agency].append((opens, mask))
                closes[agency] = min(closes[agency], opens.latest)
                gained = ledgers[agency].facts & mask
                if news_alone:
                    gained &= news[opens.receiver]
                if gained:
                    turn += 1
                    _send(opens, gained, moment, now, later, turn, news)
            else:
                now.append((agency, gained, row, None))
        while now:
            agency, gained, row, share_in = now.popleft()
            ledger = ledgers[agency]
            new = gained & ~ledger.facts
            if not new and news_alone:
                continue
            gain = Gain(moment, gained, row, share_in)
            ledger.brought.append(gain)
            if not new:
                continue
            ledger.gain(gain, new)
            if news_alone:
                news[agency] &= ~new
            still = opened[agency]
            if closes[agency] < moment:
                still = opened[agency] = [pair for pair in still if pair[0].latest >= moment]
                closes[agency] = min((share.latest for share, _ in still), default=END)
            for share, mask in still:
                carried = new & (news[share.receiver] if news_alone else mask)
                if carried and news_alone:
                    carried &= mask
                if carried:
                    turn += 1
                    _send(share, carried, moment, now, later, turn, news)
    return ledgers


def _send(
    share: Share,
    facts: int,
    moment: int,
    now: deque[tuple[str, int, int, Share | None]],
    later: list[tuple[int, int, str, int, int, Share | None]],
    turn: int,
    news: dict[str, int],
) -> None:
    if share.arrives_earliest > moment:
        heappush(later, (share.arrives_earliest, turn, share.receiver, facts, share.row, share))
    else:
        now.append((share.receiver, facts, share.row, share))
        if news:
            news[share.receiver] &= ~facts


def _surely(
    facts: Facts,
    shares: Sequence[Share],
    rows: Sequence[int],
    names: Sequence[str],
    own_of: Mapping[str, int],
    *,
    if_so: bool = False,
) -> dict[str, Ledger]:
    """Latest arrival over all readings: a share that arrived carries what its sender held before its earliest moment.

    ``if_so`` asks it of the readings in which what rows say possibly of somebody is so: who wrote that, or was told it,
    then held it.
    """
    reveals = facts.possibly if if_so else facts.surely
    ledgers = {name: Ledger() for name in names}
    events: list[tuple[int, int, int, str, int, int, Share | None]] = []
    turn = 0
    for row in rows:
        entry = facts.review.entries[row]
        if reveals[row] and entry.known.latest < END:
            events.append((entry.known.latest, 1, turn, entry.agency, reveals[row], row, None))
            turn += 1
    for share in shares:
        if share.arrived and (share.own | share.exact):
            events.append((share.earliest, 0, turn, share.sender, 0, share.row, share))
            turn += 1
    events.sort(key=lambda event: event[:3])
    later: list[tuple[int, int, str, int, int, Share | None]] = []
    at = 0
    while at < len(events) or later:
        # What a share carries is read before anything that is gained at the same moment.
        if later and (at >= len(events) or (later[0][0], 1) < events[at][:2]):
            moment, _, agency, gained, row, share_in = heappop(later)
        else:
            moment, gains, _, agency, gained, row, share_in = events[at]
            at += 1
            if not gains and share_in is not None:
                exact = share_in.exact & own_of[agency] if agency in own_of else share_in.exact
                own = share_in.own | (share_in.exact & facts.possibly[share_in.row] if if_so else 0)
                carried = (ledgers[agency].facts & exact) | own
                arrives = max(share_in.latest, share_in.arrives_latest)
                if carried and arrives < END:
                    turn += 1
                    heappush(later, (arrives, turn, share_in.receiver, carried, row, share_in))
                continue
        ledger = ledgers[agency]
        gain = Gain(moment, gained, row, share_in)
        ledger.brought.append(gain)
        new = gained & ~ledger.facts
        if new:
            ledger.gain(gain, new)
    return ledgers


def _turn(review: Review, row: int) -> tuple[int, int, str]:
    entry = review.entries[row]
    return (entry.known.earliest, entry.known.latest, entry.name)

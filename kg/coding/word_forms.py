"""The forms in which a word is written: "slap" also as slaps, slapped, slapping, slap's.

Forms are made from the pattern's word, never guessed from the record's: a word of the record is compared as written.
"""

from __future__ import annotations

from functools import cache

_IRREGULAR = """be is are was were been being am's|have has had having|do does did done doing|go goes went gone going
say says said saying|tell tells told telling|see sees saw seen seeing|give gives gave given giving
take takes took taken taking|make makes made making|come comes came coming|get gets got gotten getting
ring rings rang rung ringing|speak speaks spoke spoken speaking|write writes wrote written writing
send sends sent sending|leave leaves left leaving|keep keeps kept keeping|bring brings brought bringing
find finds found finding|hold holds held holding|feel feels felt feeling|hear hears heard hearing
know knows knew known knowing|think thinks thought thinking|lose loses lost losing|meet meets met meeting
pay pays paid paying|run runs ran running|sleep sleeps slept sleeping|steal steals stole stolen stealing
wear wears wore worn wearing|wake wakes woke woken waking|fall falls fell fallen falling
break breaks broke broken breaking|bite bites bit bitten biting|beat beats beaten beating
shake shakes shook shaken shaking|throw throws threw thrown throwing|strike strikes struck striking
drink drinks drank drinking|eat eats ate eaten eating|feed feeds fed feeding|grow grows grew grown growing
hit hits hitting|cut cuts cutting|put puts putting|shut shuts shutting|hurt hurts hurting|let lets letting
split splits splitting|quit quits quitting|hide hides hid hidden hiding|choose chooses chose chosen choosing
withdraw withdraws withdrew withdrawn withdrawing|forbid forbids forbade forbidden forbidding
burn burns burned burnt burning|smell smells smelled smelt smelling|spill spills spilled spilt spilling
drive drives drove driven driving|fight fights fought fighting|catch catches caught catching
sell sells sold selling|buy buys bought buying|stick sticks stuck sticking|swing swings swung swinging
sting stings stung stinging|tear tears tore torn tearing|swear swears swore sworn swearing
flee flees fled fleeing|creep creeps crept creeping|lie lies lied lying|lay lays laid laying
child child's children children's|woman woman's women women's|man man's men men's|tooth teeth|foot feet|knife knives
wife wife's wives|baby baby's babies babies'|refer refers referred referring|admit admits admitted admitting
regret regrets regretted|occur occurs occurred occurring|self selves|life lives|spend spends spent spending
lend lends lent lending|understand understands understood understanding|become becomes became becoming
begin begins began begun beginning|forget forgets forgot forgotten forgetting|hang hangs hung hanged hanging
stab stabs stabbed stabbing|sit sits sat sitting|stand stands stood standing|set sets setting|read reads reading
show shows showed shown showing|build builds built building|win wins won|drown drowns drowned drowning"""

_TABLE = {row.split()[0]: tuple(row.split()) for block in _IRREGULAR.splitlines() for row in block.split("|")}

_FIXED = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "not",
        "no",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "as",
        "if",
        "it",
        "its",
        "he",
        "she",
        "him",
        "her",
        "his",
        "they",
        "them",
        "their",
        "we",
        "us",
        "our",
        "you",
        "i",
        "me",
        "my",
        "this",
        "that",
        "these",
        "those",
        "there",
        "here",
        "when",
        "then",
        "than",
        "so",
        "too",
        "very",
        "but",
        "nor",
        "re",
        "per",
        "via",
        "ex",
        "own",
        "all",
        "any",
        "each",
        "both",
        "who",
        "whom",
        "whose",
        "which",
        "what",
        "where",
        "how",
        "never",
        "nobody",
        "none",
        "without",
        "out",
        "up",
        "off",
        "down",
        "over",
        "under",
        "into",
        "about",
        "after",
        "before",
        "was",
        "were",
        "is",
        "are",
        "been",
        "had",
        "has",
        "did",
        "does",
        "said",
        "told",
        "seen",
        "left",
    ]
)
_VOWELS = "aeiou"


@cache
def forms(word: str) -> tuple[str, ...]:
    """Every form of a word in lower case: itself first, then its regular or listed forms.

    A word of fewer than three letters, a number, and a small word such as "not" stand for themselves only.
    """
    if word in _TABLE:
        return _TABLE[word]
    if len(word) < 3 or word in _FIXED or not word.isalpha():
        return (word,)
    made = [word, f"{word}'s", f"{word}s'"]
    last, before = word[-1], word[-2]
    if last == "y" and before not in _VOWELS:
        made += [word[:-1] + "ies", word[:-1] + "ied", word + "ing"]
    elif last == "e":
        made += [word + "s", word + "d", word[:-1] + "ing"]
    elif last in "sxz" or word.endswith(("ch", "sh")):
        made += [word + "es", word + "ed", word + "ing"]
    else:
        made += [word + "s", word + "ed", word + "ing"]
        if last not in "wxyaeiou" and before in _VOWELS and word[-3] not in _VOWELS:
            made += [word + last + "ed", word + last + "ing"]
    return tuple(dict.fromkeys(made))

"""The JSON Schema of ``kg find-gaps --format json``: the contract that other programs may rely on."""

from __future__ import annotations

from kg.base.tables import Json

_TEXT: Json = {"type": "string"}
_NAME: Json = {"type": ["string", "null"]}
_COUNT: Json = {"type": "integer", "minimum": 0}
_EDTF: Json = {"type": "string", "description": "EDTF (ISO 8601-2); empty when undated"}
_ENTRY: Json = {"type": "string", "pattern": "^.+/.+$", "description": "<agency>/<Ref>"}
_CERTAINTY: Json = {"enum": ["sure", "possible"]}


def _record(required: dict[str, Json], optional: dict[str, Json] | None = None) -> Json:
    return {
        "type": "object",
        "required": list(required),
        "properties": {**required, **(optional or {})},
        "additionalProperties": False,
    }


def _list(of: Json) -> Json:
    return {"type": "array", "items": of}


def _finding(kind: str, required: dict[str, Json]) -> Json:
    return _record(
        {
            "id": _TEXT,
            "kind": {"const": kind},
            "certainty": _CERTAINTY,
            "subject": _NAME,
            "agency": _NAME,
            "status": {"enum": ["open", "accepted", "dismissed"]},
            "read": {
                "type": "boolean",
                "description": "every row it judges carries a code or was passed by the reviewer",
            },
            "rests_on_suggestions": {"type": "boolean", "description": "a code it rests on is the reviewer's reading"},
            "suggested": {
                "type": "boolean",
                "description": "a code it rests on is only suggested, and nobody accepted it",
            },
            **required,
            "because": _list(_TEXT),
            "episode": {"type": ["string", "null"], "description": "an episode's id; null in a stretch between"},
        }
    )


_SEEN_BY: Json = {"anyOf": [{"type": "null"}, _record({"entry": _ENTRY, "when": _EDTF})]}
_MISSED: dict[str, Json] = {
    "indicator": _TEXT,
    "grade": {"enum": ["novel", "more"]},
    "holders": _list(
        _record({"agency": _TEXT, "entry": _ENTRY, "since": _EDTF, "knew_subject": _SEEN_BY, "learnt": _SEEN_BY})
    ),
    "contacts": _list(_ENTRY),
    "novel_contacts": _list(_ENTRY),
    "refusals": _list(_ENTRY),
    "first": _EDTF,
    "last": _EDTF,
    "channel": {"enum": ["unsaid", "silent", "unlinked"]},
    "path": _list(_ENTRY),
}
_ONE_SIDED: dict[str, Json] = {"other": _TEXT, "entry": _ENTRY, "when": _EDTF, "within_days": _COUNT}

_OUTCOME: Json = _record(
    {
        "id": _TEXT,
        "subject": _TEXT,
        "outcome": {"enum": ["met", "late", "decided-otherwise", "no-record", "cannot-tell"]},
        "certainty": _CERTAINTY,
        "strength": {"enum": ["firm", "expected", "prompt"]},
        "due": {"type": ["string", "null"], "format": "date"},
        "own_limit": {"type": "boolean", "description": "true where the limit is our convention of 14 days"},
        "source": _TEXT,
        "verified": {"type": "boolean"},
        "opened_by": {"enum": ["revealed", "response", "decision"]},
        "trigger": _list(_TEXT),
        "held_from": _list(_ENTRY),
        "answer": {"anyOf": [{"type": "null"}, _ENTRY]},
        "asked": _list(_ENTRY),
        "why": _TEXT,
    }
)
_OPPORTUNITY: dict[str, Json] = {
    "subjects": _list(_TEXT),
    "entry": _ENTRY,
    "when": _EDTF,
    "strength": {"enum": ["firm", "expected", "prompt"]},
    "duties": _list(_OUTCOME),
    "duty": _TEXT,
    **{name: {"type": "integer", "minimum": 1} for name in ("ordinal", "of", "agency_ordinal", "agency_of")},
    "chain": _list(_ENTRY),
}

FINDINGS: tuple[Json, ...] = (
    _finding("missed-opportunity", _OPPORTUNITY),
    _finding("decision-to-look-at", _OPPORTUNITY),
    _finding("question", _OPPORTUNITY),
    _finding("response-recorded", _OPPORTUNITY),
    _finding(
        "pooled-threshold",
        {
            "duty": _TEXT,
            "source": _TEXT,
            "together": {"type": "string", "format": "date"},
            "alone": {"type": ["string", "null"]},
            "first": _NAME,
            "days": _COUNT,
            "pieces": _list(_record({"agency": _TEXT, "entry": _ENTRY, "indicator": _TEXT})),
        },
    ),
    _finding("missed-share", _MISSED),
    _finding("sharing-refused", _MISSED),
    _finding(
        "accounts-differ",
        {
            "entries": _list(_ENTRY),
            "differ": _list(
                _record(
                    {
                        "what": {"enum": ["seen", "indicators", "response", "when"]},
                        "said": _list(_record({"entry": _ENTRY, "words": _TEXT})),
                    }
                )
            ),
        },
    ),
    _finding("not-received", _ONE_SIDED),
    _finding("not-sent", _ONE_SIDED),
    _finding(
        "not-seen",
        {
            "days": _record({"at_least": _COUNT, "at_most": _COUNT}),
            "after": _NAME,
            "until": _NAME,
            "not_stated": _COUNT,
        },
    ),
)
"""One schema for each kind of finding."""

_COUNTS = (
    "entries", "contacts", "seen", "seen_alone", "not_seen", "seen_not_stated", "undated", "missed_opportunities",
    "decisions_to_look_at", "accepted", "missed_shares",
)  # fmt: skip
_COVERED = (
    "rows", "coded", "read_by_reviewer", "suggested_only", "kind_not_stated", "doubtful", "undated", "machine_drafted",
    "contacts", "seen", "seen_alone", "not_seen",
    "seen_not_stated",
)  # fmt: skip
_PLACE = _record({"file": _TEXT, "sheet": _TEXT, "row": _COUNT, "column": _TEXT, "entry": _TEXT})

SCHEMA: Json = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "https://w3id.org/kg-review/find-gaps.schema.json",
    "title": "kg find-gaps --format json",
    "description": "One review. With several reviews, one such object a line.",
    **_record(
        {
            "review": _record(
                {
                    "title": _TEXT,
                    "jurisdiction": _TEXT,
                    "area": _TEXT,
                    "kind": {"enum": ["child", "adult"]},
                    "period": _EDTF,
                    "incident": _EDTF,
                    "subjects": _list(_TEXT),
                    "reading": {"enum": ["recorded", "generous"]},
                }
            ),
            "counts": _record(dict.fromkeys(_COUNTS, _COUNT)),
            "coverage": _list(
                _record(
                    {
                        "agency": _TEXT,
                        "has_return": {"type": "boolean"},
                        **dict.fromkeys(_COVERED, _COUNT),
                        "last": {"type": ["string", "null"]},
                        "signed_off": _TEXT,
                    }
                )
            ),
            "findings": _list({"oneOf": list(FINDINGS)}),
            "episodes": _list(
                _record(
                    {
                        "id": _TEXT,
                        "title": _TEXT,
                        "from": {"type": "string", "format": "date"},
                        "until": {"type": "string", "format": "date"},
                        "gravity": {"type": "integer", "minimum": 0, "maximum": 3},
                        "entries": _list(_ENTRY),
                        "findings": _list(_TEXT),
                    }
                )
            ),
            "problems": _list(
                _record(
                    {
                        "place": _PLACE,
                        "severity": {"enum": ["error", "warning", "note"]},
                        **dict.fromkeys(("what", "why", "done", "remedy"), _TEXT),
                    }
                )
            ),
        }
    ),
}
"""The whole schema, as ``kg schema`` prints it."""

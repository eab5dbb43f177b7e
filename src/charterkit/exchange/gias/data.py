"""What a trial run says, for programs."""

import json
from typing import Any, get_args

from charterkit.exchange.gias.links import FateKind
from charterkit.exchange.gias.outcome import GiasPlan
from charterkit.exchange.gias.read import GiasRead

_BECOMES = ("made", "changed", "stays", "left out", *get_args(FateKind))


def gias_json(read: GiasRead) -> str:
    """The plan as JSON; what the keys mean is written in docs/json.md."""
    plans = read.plans
    made: dict[str, Any] = {
        "file": read.extract.name,
        "establishments": len(read.extract.by_urn),
        "where": read.extract.wished or None,
        "lacking": list(read.extract.lacking),
        "counts": {_word(each): len(plans.of(each)) for each in _BECOMES},
        "plans": [_plan(plan) for plan in plans.plans],
        "kept": [*plans.kept, *plans.by_hand],
        "look_at": [*read.links.puzzles, *read.extract.puzzles, *plans.notes],
        "to_mend": list(plans.blocks),
        "absent": list(plans.absent),
        "not_made": {"closed": plans.closed, "yet_to_open": plans.coming},
    }
    return json.dumps(made, ensure_ascii=False, indent=2)


def _plan(plan: GiasPlan) -> dict[str, Any]:
    return {
        "becomes": _word(plan.becomes),
        "kind": "trust" if plan.is_trust else "school",
        "key": plan.key,
        "name": plan.name,
        "school": plan.slug or None,
        "said": list(plan.words),
    }


def _word(becomes: str) -> str:
    return becomes.replace(" ", "-")

"""Of very many findings of one rule in one file the first ones, and a last one that counts the rest."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from charterkit.files.yaml.subset import MOST_SAID
from charterkit.findings import Problem


def capped(problems: Sequence[Problem], most: int = MOST_SAID) -> list[Problem]:
    """One file's problems in their order: of each code the first `most`, and one more that says how many follow.

    To be called behind `suppressed`, so that what a comment silences does not count.
    """
    count = Counter(problem.code for problem in problems)
    if all(number <= most for number in count.values()):
        return list(problems)
    kept: list[Problem] = []
    seen: Counter[str] = Counter()
    for problem in problems:
        seen[problem.code] += 1
        rest = count[problem.code] - seen[problem.code]
        if seen[problem.code] <= most:
            kept.append(problem)
        elif seen[problem.code] == most + 1:
            more = f"; {rest:,} more of these in this file are not listed" if rest else ""
            kept.append(replace(problem, message=problem.message + more))
    return kept

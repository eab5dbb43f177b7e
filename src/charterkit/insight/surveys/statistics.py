"""Two formulas: how sure a share is, and whether two shares differ by more than chance.

Both take families' answers as if they were drawn at random from many: where most of a school's families answered, a
share is surer than its interval says. Neither knows that some families answered both times.
"""

import statistics
from functools import cache
from math import sqrt

CONFIDENCE = 0.95
FEWEST_EXPECTED = 5
"""Answers that each of the four cells of a comparison needs before the normal curve may stand for it: Cochran (1954),
"Some methods for strengthening the common chi-squared tests", Biometrics 10, page 420."""


def wilson(share: float, answers: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The interval of a share from 0 to 1 of so many answers: Wilson (1927), Journal of the American Statistical
    Association 22, pages 209 to 212. Of no answers, from 0 to 1.
    """
    if answers <= 0:
        return 0.0, 1.0
    z = _normal().inv_cdf((1 + confidence) / 2)
    spread = z * z / answers
    middle = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / answers + spread / (4 * answers)) / (1 + spread)
    return max(0.0, min(middle - half, share)), min(1.0, max(middle + half, share))


def two_proportions(first: float, first_answers: int, second: float, second_answers: int) -> float | None:
    """How likely two shares are to differ so much by chance alone: the p-value of the pooled z-test, two-sided.

    None where there are too few answers for it.
    """
    if min(first_answers, second_answers) <= 0:
        return None
    pooled = (first * first_answers + second * second_answers) / (first_answers + second_answers)
    if min(first_answers, second_answers) * min(pooled, 1 - pooled) < FEWEST_EXPECTED:
        return None
    error = sqrt(pooled * (1 - pooled) * (1 / first_answers + 1 / second_answers))
    return 2 * (1 - _normal().cdf(abs(first - second) / error))


@cache
def _normal() -> "statistics.NormalDist":
    return statistics.NormalDist()

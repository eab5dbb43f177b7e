"""Which groups of a question are not shown: those of few answers, and those that would give such a one away.

What is left when the groups that are shown are taken from the total must not point at few people either. So as long as
it does, the smallest group that is still shown goes too. Those who are in no group count as one more group that is not
shown.
"""

from collections.abc import Mapping


def withheld(
    groups: Mapping[str, int], total: int, smallest: int, gone: frozenset[str] = frozenset()
) -> frozenset[str]:
    """The groups not to be shown, of how many answered in each and in all. `gone` are withheld already."""
    hidden = {name for name, answers in groups.items() if answers < smallest} | gone
    while True:
        shown = {name: answers for name, answers in groups.items() if name not in hidden}
        if not shown:
            return frozenset(hidden)
        left = total - sum(shown.values())
        known = [groups[name] for name in hidden - gone if groups[name]]
        others = left - sum(known)
        """Those who are in a group that was taken out before, or in none."""
        cells = len(known) + (others > 0)
        is_bare = 0 < left < smallest or (cells == 1 and bool(known))
        if not is_bare:
            return frozenset(hidden)
        hidden.add(min(shown, key=lambda name: (shown[name], name)))

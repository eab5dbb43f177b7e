"""What looks like somebody's name in a short text, where none belongs. A guess: who writes it is asked."""

import re
from collections.abc import Collection, Iterator

from charterkit.text.addressed import addresses, is_form

_WORD = re.compile(r"[^\W\d_]{1,40}+(?:[’'\-][^\W\d_]{1,40}+){0,3}")
_NO_NAMES = frozenset(
    re.findall(
        r"\S+",
        """
        i year reception nursery key stage ks english maths mathematics science history geography french german spanish
        welsh latin music art drama computing religious education physical ofsted dfe governors governor governing body
        trust trustees trustee board council headteacher head deputy assistant principal senco sendco school schools
        academy primary secondary federation parent parents carer carers pupil pupils staff teacher teachers class form
        tutor special educational needs disability christmas easter diwali eid ramadan autumn spring summer term half
        monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
        september october november december google microsoft teams whatsapp facebook classdojo parentmail seesaw
        file record safe folder no number case ref reference log england wales scotland local authority children act
        policy committee complaint complaints community charter british values
        """,
    )
)
"""Words with a capital that are nobody's name: a choice of ours, from no list."""


def names_in(text: str, known: Collection[str] = (), allowed: Collection[str] = ()) -> Iterator[str]:
    """What may be names: of people who are `known`; behind Mr or Mrs; and words with a capital inside a sentence.

    `allowed` are words that are none here, such as those of the policy's title.
    """
    small = {word.casefold() for word in allowed} | _NO_NAMES
    people = {part for name in known for part in _WORD.findall(name) if part.casefold() not in small and len(part) > 1}
    found = list(_WORD.finditer(text))
    for place, match in enumerate(found):
        word = match[0]
        before = found[place - 1] if place else None
        gap = text[before.end() : match.start()] if before else ""
        begins = before is None or bool(re.search(r"[.!?:;]", gap))
        is_addressed = before is not None and addresses(before[0])
        base = re.sub(r"[’']s$", "", word)
        if base.casefold() in small or is_form(base):
            continue
        if is_addressed or (
            word[0].isupper() and not base.isupper() and (base in people or base != word or not begins)
        ):
            yield base

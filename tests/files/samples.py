"""Good files to break, and ways to break them."""

from hypothesis import strategies as st

EVALUATION = """\
# An evaluation as people write it: comments, blank lines, every style of text.
charter: community-engagement
charter_version: "1"
cycle: 2025-26-autumn
date: 2025-10-14   # the day of the meeting
status: draft

rated_by:
- {role: Headteacher, name: "St Joseph's: Jo"}
- role: Governor

ratings:
  gate-greeting:
    rating: amber
    strengths: 'It''s better'
    note: |
      First line, é 😀

      third line
    ideas: [Put a leader on the gate, "Mondays, too"]
    groups: {black-caribbean: red}
    evidence:
      - {kind: survey, survey: parents-2025, question: welcome}
      - kind: link
        url: https://example.org/a#b
        date: 2025-10

  # about the door
  open-door: {rating: green, note: "x"}
  new-families:
    note: >-
      Folded
      text
    rating: red
  empty-one:
  braces: {}
actions:
  - {id: monday-gate, aspect: gate-greeting, action: Stand there, due: 2026-03, status: planned}
  - action: |+
      Keep

"""
POLICY = """\
id: behaviour
title: Behaviour
status: live
review: {every: 1 year}
history:
  - {date: 2017-05-01, event: drafted}
people: {TR: Tim}
commitments:
  - {id: newsletter, what: Newsletter, when: "after: Ofsted", from: 2025-09}
"""
GOOD = [EVALUATION.encode(), EVALUATION.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + POLICY.encode()]


@st.composite
def broken_bytes(draw, files):
    """A file with a few of its bytes changed, doubled, dropped or moved."""
    data = bytearray(draw(st.sampled_from(files)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        size = draw(st.integers(0, 12))
        piece = draw(
            st.one_of(
                st.binary(max_size=6),
                st.sampled_from([b": ", b"\n", b"\t", b"- ", b"{", b"[", b'"', b"'", b"\r", b"&a ", b"~"]),
            )
        )
        data[at : at + size] = draw(st.sampled_from([piece, data[at : at + size] * 2, b""]))
    return bytes(data)

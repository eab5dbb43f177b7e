"""A small workspace that fills every column of every table, where all that can be told apart is different."""

from pathlib import Path

from charterkit.files.workspace import Workspace
from tests.insight.samples import write

CHARTER = """\
id: small
version: "1"
title: A small charter
status: published
publisher: {name: The Council}
purpose: To listen
strategic_priority: Families
provenance: Made in 2020
rated: both
met_at: good
evidence_max_age: 2 years
focus_groups: [{id: send, name: Pupils with SEND}]
scale:
  - {id: poor, label: Poor, meaning: Nothing yet, colour: "#aa0000"}
  - {id: fair, label: Fair, letter: f}
  - {id: good, label: Good}
  - {id: best, label: Best}
key_points:
  - id: welcome
    title: Welcome
    aspects:
      - {id: gate, text: The gate is open, number: "7", detail: Somebody stands there, evidence: [link, survey], evidence_max_age: 1 year, met_at: best}
      - {id: phone, text: Calls are answered}
      - {id: post, text: Letters are answered}
      - {id: web, text: The website is new}
  - {id: talk, title: Talk, aspects: [{id: night, text: Evenings}]}
"""
SECOND = CHARTER.replace('version: "1"\n', 'version: "2"\nwritten_in: cy\n').replace(
    "status: published", "status: draft"
)
SECOND = SECOND.replace(
    "{id: web, text: The website is new}", "{id: site, text: The site is new, replaces: [web, post]}"
)
SECOND = SECOND.replace("      - {id: post, text: Letters are answered}\n", "")
SCHOOL = """\
name: Elm School
type: academy
urn: "100001"
former_urns: ["100002", "100003"]
dfe_number: 301/2000
ukprn: "10000001"
phase: primary
nation: wales
local_authority: Someshire
trust: ash
website: https://elm.example.org
address: 1 Elm Lane
shares_practice: yes
source: The register
charters:
  - {charter: small, signed: 2025-03, signed_by: The head, pledges: {visit: 2025-04}}
  - {charter: other, signed: 2026}
  - {charter: small, signed: 2026, pledges: {leaflet: 2026-01-02}}
"""
FIRST = """\
charter: small
charter_version: "1"
cycle: 2023-24
date: 2023-10
status: agreed
ratings:
  gate: {rating: good}
  phone: {rating: poor}
  post: {rating: best}
  web: {rating: fair}
actions:
  - {id: card, action: Draft a card, due: 2023-12}
"""
THEN = """\
charter: small
charter_version: "1"
cycle: 2024-25-spring
date: 2025-02-03
status: agreed
rated_by: [{name: A. Head, role: headteacher}, {role: governor}, {name: B. Parent}]
intent: To open
impact: It is open
ratings:
  gate:
    rating: good
    strengths: A strength
    note: A note
    ideas: [One, Two]
    target: {level: best, by: 2026-07}
    value: 62.50%
    carried: 2023-24
    groups: {send: fair, eal: best}
    evidence:
      - {kind: survey, survey: families, question: q1}
      - {kind: document, path: evidence/rota.pdf, url: https://example.org/rota, date: 2025-01, by: The office, with: Governors, note: A rota}
  phone: {rating: fair, target: {level: good}, value: 14 families}
  post: {rating: not-applicable, reason: We have none}
  web: {rating: lime, groups: {send: lime}}
key_points:
  welcome: {rating: good, note: Of the whole point, evidence: [{kind: observation, note: Seen}]}
overall: {rating: poor}
actions:
  - {id: card, action: Draft the card, aspect: gate, owner: The office, due: 2026-10, success: It is there, note: Slow, carried_from: 2023-24}
  - {action: Ring home, due: 2027-10, status: in-progress}
  - {id: old, action: Old, status: dropped, closed: 2025-05, due: 2025-01}
"""
NOW = """\
charter: small
charter_version: "2"
cycle: 2025-26
date: 2025-10-14
status: agreed
ratings:
  gate: {rating: best}
  phone: {rating: fair}
  site: {rating: good}
"""
POLICY = """\
id: listen
title: Listening
status: live
owner: {name: C. Deputy, role: deputy}
approver: {body: full-governing-body, name: The full board}
statutory: yes
requirement: [one, two]
issued: 2023-05
review: {every: 2 years}
operated_by: Acme
related: [other, more]
publication: {url: https://elm.example.org/listen, visibility: public}
note: A note
document: listen.docx
source: The web
people: {AB: Anna Brown}
acknowledged: [{date: 2025-01, staff: 3, of: 9}, {date: 2026-01, staff: 7, of: 8}]
history:
  - {date: 2024-06, event: approved, version: "1", by: AB, outcome: Good, note: Again}
  - {date: 2026-02-03, event: drafted, version: "2", by: CD}
commitments:
  - {id: letter, what: A letter, when: each term, from: 2025-09, audience: [parents, staff], owner: [Head, Office], aspects: [gate, phone], applies_to: []}
  - {id: letter, what: A call, audience: staff}
concerns:
  - {id: c1, category: A sort}
  - {id: c2, category: A  sort, closed: 2026-05}
  - {id: c3, category: "A sort", outcome: Settled}
  - {id: c4, category: ring 01632 960123}
  - {id: c5, category: me@example.org}
  - {id: c6}
  - {id: c7, category: Miss Hill}
  - {id: c8, category: to miss Maths}
"""
SHARED = """\
id: shared
title: Shared
status: live
publication: {visibility: public}
applies_to: [elm, oak]
history: [{date: 2024, event: approved, version: "1"}, {date: 2026-01, event: approved, version: "2"}]
next_review: 2027-01-02
commitments: [{id: tea, what: Tea, applies_to: [elm]}]
"""
SURVEY = """\
title: Families
date: 2026-05
audience: parents
sent: 90
responses: 50
smallest_group: 7
questions:
  - id: q1
    text: Is it open?
    aspects: [gate, phone]
    agree: 30
    neutral: 10
    disagree: 10
    groups: {send: {agree: 2, neutral: 0, disagree: 1}, eal: {agree: 9, neutral: 5, disagree: 6}}
  - {id: q2, text: Is it new?, answers: {yes: 61%, no: 39%}, agreeing: [yes]}
you_said_we_did:
  - {said: It is shut}
  - {said: It is cold, did: We lit it, date: 2026-06}
"""
VISIT = """\
school: elm
charter: small
charter_version: "1"
date: 2026-03-03
purpose: certification
requested: 2026-01
proposed_dates: [2026-02-01, 2026-02]
agreed_dates: [2026-03-03]
outcome: met
award: gold
summary: All is well
visitors: [{name: D. Adviser, role: adviser}, {email: d@example.org}, {role: observer}]
findings: {gate: {rating: best, note: Open}, phone: {rating: sky}, post: {rating: not-applicable, reason: None there}}
answer: {accurate: yes, note: Thanks}
support_log: [{what: Came}, {what: Rang}]
certificate: {number: CE-3, issued: 2026-04, valid_until: 2029-04, replaces: CE-2}
earlier_certificates:
  - {number: CE-1, issued: 2025, revoked: {date: 2026-01, reason: A slip}}
  - {number: CE-2, issued: 2025-06, suspended: {date: 2026-02, reason: A pause}}
"""
FILES = {
    "charters/small-1.yaml": CHARTER,
    "charters/small-2.yaml": SECOND,
    "charters/small-2-again.yaml": SECOND,
    "charters/unread.yaml": 'id: small\nversion: "3"\ntitle: [Unread]\n',
    "charterkit.yaml": "examples: [example]\n",
    "schools/example/school.yaml": "name: Example School\n",
    "schools/ash/school.yaml": "name: Ash Trust\nkind: trust\nmembers: [elm, away]\n",
    "schools/ash/policies/shared.yaml": SHARED,
    "schools/ash/visits/2026-03-03.yaml": VISIT,
    "schools/ash/visits/2026-12-01.yaml": "school: away\ndate: 2026-12-01\n",
    "schools/ash/visits/2026-12-02.yaml": "school: example\ndate: 2026-12-02\n",
    "schools/ash/visits/2027-01-01.yaml": "agreed_dates: [2027-01-01]\n",
    "schools/elm/school.yaml": SCHOOL,
    "schools/elm/adopted/shared.yaml": "policy: shared\nfrom: ash\nversion: '1'\ndate: 2025-03\nchanges: Less\n",
    "schools/elm/evaluations/2023-24.yaml": FIRST,
    "schools/elm/evaluations/2024-25.yaml": THEN,
    "schools/elm/evaluations/2025-26.yaml": NOW,
    "schools/elm/policies/listen.yaml": POLICY,
    "schools/elm/surveys/families.yaml": SURVEY,
    "schools/elm/surveys/staff.yaml": "title: Staff\ndate: 2026-04\naudience: staff\nquestions: []\nyou_said_we_did: [{said: Late, did: Earlier}]\n",
    "schools/elm/surveys/unread.yaml": "title: [Unread\n",
    "schools/oak/school.yaml": "name: Oak School\ntrust: ash\n",
    "schools/oak/evaluations/a.yaml": NOW,
    "schools/oak/evaluations/b.yaml": NOW,
    "schools/oak/evaluations/c.yaml": NOW.replace("small", "gone"),
    "schools/oak/policies/bad.yaml": "id: bad\ntitle: Bad\nstatus: lively\n",
    "schools/oak/policies/many.yaml": "id: many\ntitle: Many\nstatus: live\nhistory:\n" + "  - {date: 2024}\n" * 21,
    "schools/oak/policies/most.yaml": "id: most\ntitle: Most\nstatus: live\nhistory:\n" + "  - {date: 2024}\n" * 20,
}


def small(root: Path) -> Workspace:
    """Those files, and what is made of them without the charters that come with charterkit."""
    write(root, FILES)
    return Workspace(root)

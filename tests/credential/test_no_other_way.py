"""Whatever is typed, in whatever order: no certificate without a met visit of the same charter version and text, and
after every step `verify` says what is true.
"""

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.credential.office import CHARTER, SEEN, Office
from tests.sampling import some

LEVELS = st.sampled_from(["red", "amber", "green"])
RANKS = {"red": 0, "amber": 1, "green": 2}
NEEDS = {"silver": 1, "gold": 2}
VISITS = st.tuples(
    LEVELS,
    st.sampled_from(["support", "certification", "certification"]),
    st.tuples(
        st.sampled_from([list(SEEN), list(SEEN), list(SEEN[:2]), list(SEEN[2:])]),
        st.sampled_from([[], ["--set", "office=green"]]),
        st.sampled_from([[], ["--outcome", "met"], ["--outcome", "not-yet"]]),
        st.sampled_from([[], ["--award", "silver"], ["--award", "gold"]]),
        st.sampled_from([[], ["--reason", "gate=It rained."]]),
    ).map(lambda parts: [word for part in parts for word in part]),
)
TEXTS = st.sampled_from(["The gate is kept", "The gate is open"])


class Way(RuleBasedStateMachine):
    """One school, one charter, and whoever types."""

    def __init__(self) -> None:
        super().__init__()
        self.place = tempfile.TemporaryDirectory(prefix="ck-way-")
        self.office = Office(Path(self.place.name))
        self.states: dict[str, str] = {}
        """What is known of each certificate, by its number: valid, suspended or revoked."""
        self.until: dict[str, str] = {}

    def teardown(self) -> None:
        self.place.cleanup()

    def do(self, *arguments: str) -> tuple[int, str]:
        code, said = self.office.call(*arguments)
        assert code in (0, 1, 2), said
        return code, said

    @initialize()
    def begin(self) -> None:
        assert self.do("sign", "small", "--school", "lathom")[0] == 0

    @rule(gate=LEVELS, office=LEVELS)
    def evaluate(self, gate: str, office: str) -> None:
        self.do("evaluate", "--set", f"gate={gate}", "--set", f"office={office}")

    @rule(drawn=VISITS)
    def visit(self, drawn: tuple[str, str, list[str]]) -> None:
        gate, purpose, more = drawn
        day = ("--date", self.office.today, "--purpose", purpose)
        self.do("visit", "record", *day, "--set", f"gate={gate}", *more)

    @rule(gate=st.sampled_from(["amber", "green"]))
    def earn(self, gate: str) -> None:
        """The way that is meant, so that there is something to take back."""
        self.wait(40)
        self.visit((gate, "certification", [*SEEN, "--set", "office=green", "--outcome", "met", "--award", "silver"]))
        self.issue("", "issue")

    @rule(
        text=TEXTS,
        key=st.sampled_from(["outcome: met", "award: gold"]),
        level=LEVELS,
        ended=st.sampled_from(["met", "not-yet"]),
    )
    def cheat(self, text: str, key: str, level: str, ended: str) -> None:
        """A visit, then another text or an outcome written by hand, then the certificate."""
        self.wait(40)
        self.visit((level, "certification", [*SEEN, "--set", "office=green", "--outcome", ended, "--award", "silver"]))
        self.write_the_charter_anew(text)
        self.write_into_a_visit_by_hand(key)
        self.issue("", "issue")

    @rule(office=st.sampled_from([[], ["--set", "office=green"]]))
    def another_version(self, office: list[str]) -> None:
        """The school has rated itself on version 1 alone; then there is a version 2, a visit on it, the certificate."""
        self.wait(40)
        self.do("evaluate", "--set", "gate=green", "--set", "office=green")
        path = self.office.root / "charters/small-2.yaml"
        path.write_text(CHARTER.format(version="2", text="The gate is kept"), encoding="utf-8")
        self.visit(("green", "certification", [*SEEN, *office, "--outcome", "met", "--award", "silver"]))
        self.issue("", "issue")

    @rule(accurate=st.sampled_from(["yes", "no"]))
    def answer(self, accurate: str) -> None:
        self.do("visit", "answer", "--accurate", accurate)

    @rule(text=TEXTS)
    def write_the_charter_anew(self, text: str) -> None:
        path = self.office.root / "charters/small.yaml"
        path.write_text(CHARTER.format(version="1", text=text), encoding="utf-8")

    @rule(key=st.sampled_from(["outcome: met", "purpose: certification", "award: gold"]))
    def write_into_a_visit_by_hand(self, key: str) -> None:
        for path in sorted((self.office.root / "schools/lathom/visits").glob("*.yaml"))[-1:]:
            lines = path.read_text(encoding="utf-8").splitlines()
            kept = [line for line in lines if not line.startswith(key.partition(":")[0] + ":")]
            path.write_text("\n".join([*kept, key, ""]), encoding="utf-8")

    @rule(days=st.sampled_from([1, 40, 500]))
    def wait(self, days: int) -> None:
        self.office.today = (dt.date.fromisoformat(self.office.today) + dt.timedelta(days=days)).isoformat()
        if self.office.certificates():
            self.office.run("keys", "publish")

    @rule(award=st.sampled_from(["", "silver", "gold"]), verb=st.sampled_from(["issue", "issue", "renew", "rule"]))
    def issue(self, award: str, verb: str) -> None:
        before = set(self.office.certificates())
        arguments = ["renew", "--reason", "Our rule."] if verb == "rule" else [verb]
        code, said = self.do("certificate", *arguments, "--valid-for", "1 year", *(["--award", award] if award else []))
        new = set(self.office.certificates()) - before
        assert len(new) == (code == 0), said
        for number in new:
            self.bears(number)
            self.states[number] = "valid"
            self.until[number] = self.named()[number][1]["valid_until"]

    def bears(self, number: str) -> None:
        """The visit that names it is a met certification visit of this version and text, with nothing below."""
        visit, _ = self.named()[number]
        version, document = visit["charter_version"], self.office.certificates()[number]
        assert (visit["purpose"], visit["outcome"]) == ("certification", "met")
        assert visit["visitors"]
        assert visit["looked_at"]
        assert visit["charter_text"] == self.office.hash_of(version)
        assert visit["charter_text"] in str(document)
        assert document["credentialSubject"]["achievement"]["version"] == version
        for aspect in ("gate", "office"):
            finding = visit["findings"].get(aspect, {})
            if finding.get("reason"):
                continue
            own = [each["ratings"].get(aspect, {}) for each in self.office.evaluations(version)]
            levels = (
                [finding["rating"]] if "rating" in finding else [each["rating"] for each in own if "rating" in each]
            )
            assert max((RANKS[level] for level in levels), default=-1) >= NEEDS[visit["award"]], visit

    def named(self) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
        """By number, the visit that names a certificate, and what it says of it."""
        return {
            each["number"]: (visit, each)
            for visit in self.office.visits().values()
            for each in [*visit.get("earlier_certificates", []), *filter(None, [visit.get("certificate")])]
        }

    @rule(verb=st.sampled_from(["revoke", "suspend", "lift"]), which=st.integers(0, 9))
    def take_back(self, verb: str, which: int) -> None:
        if not self.states:
            assert self.do("certificate", "revoke", "--reason", "So.")[0] == 2
            return
        number = sorted(self.states)[which % len(self.states)]
        before = self.states[number]
        call = {"revoke": ["revoke"], "suspend": ["suspend"], "lift": ["suspend", "--lift"]}[verb]
        code, said = self.do("certificate", *call, "--number", number, "--reason", "So.")
        is_refused = before == "revoked" or (verb == "suspend" and before == "suspended")
        assert (code != 0) is is_refused, said
        if not is_refused:
            self.states[number] = {"revoke": "revoked", "suspend": "suspended", "lift": "valid"}[verb]

    @invariant()
    def every_certificate_has_its_visit(self) -> None:
        assert set(self.office.certificates()) == set(self.named()) == set(self.states)

    @invariant()
    def verify_says_what_is_true(self) -> None:
        for number, state in self.states.items():
            code, said = self.office.call("verify", self.office.path(number))
            has_run_out = self.office.today > self.until[number]
            assert code == (0 if state == "valid" and not has_run_out else 1), said
            if state == "revoked":
                assert "was revoked" in said


TestNoOtherWay = Way.TestCase
TestNoOtherWay.settings = settings(
    max_examples=some(8, 2), stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
)

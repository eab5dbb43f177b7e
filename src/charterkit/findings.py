"""What is said about a file: a problem while it is being found, a finding once it has a name and a place."""

import dataclasses
from collections import Counter
from enum import StrEnum
from typing import Literal

from charterkit.choices import Severity
from charterkit.records import dataclass

TreePath = tuple[str | int, ...]
"""The way to a value inside a file: keys and list positions, such as ("ratings", "gate-greeting", "rating")."""

UNSILENCED = "CK1"
"""Beginning of the codes about unreadable files and silencing comments: no settings and no comment reach them."""


class Code(StrEnum):
    """What a finding is about: each code with its name, by which people may call it too."""

    # the file as YAML: CK1xx
    ENCODING = "CK101"
    TOO_LARGE = "CK102"
    SYNTAX = "CK103"
    DUPLICATE_KEY = "CK104"
    ANCHOR_OR_ALIAS = "CK105"
    TAG = "CK106"
    MERGE_KEY = "CK107"
    SEVERAL_DOCUMENTS = "CK108"
    TAB = "CK109"
    CONTROL_CHARACTER = "CK110"
    TOO_DEEP = "CK111"
    NULL_WORD = "CK112"
    UNFIT_FILE = "CK113"
    MISPLACED_FILE = "CK114"
    BAD_KEY = "CK115"
    EMPTY_FILE = "CK116"
    BACKUP = "CK117"
    UNUSED_IGNORE = "CK120"
    IGNORE_WITHOUT_REASON = "CK121"
    BAD_IGNORE = "CK122"

    # the file as data: CK2xx
    UNKNOWN_KEY = "CK201"
    MISSING_KEY = "CK202"
    WRONG_SHAPE = "CK203"
    NOT_AN_ID = "CK204"
    NOT_A_DATE = "CK205"
    NOT_A_CYCLE = "CK206"
    NOT_AN_INTERVAL = "CK207"
    NOT_A_CHOICE = "CK208"
    NOT_A_NUMBER = "CK209"
    NOT_YES_OR_NO = "CK210"
    BAD_FORM = "CK211"
    BAD_SCALE = "CK212"
    DUPLICATE_ID = "CK213"
    REASON_MISSING = "CK214"
    FUTURE_DATE = "CK215"
    UNKNOWN_CODE = "CK216"
    BAD_TERMS = "CK217"
    NEARLY_THE_WORD = "CK218"
    AMBIGUOUS_WHEN = "CK219"
    WHEN_NOT_UNDERSTOOD = "CK220"
    NO_FIRST_DATE = "CK221"

    # across files: CK3xx
    UNKNOWN_CHARTER = "CK301"
    UNKNOWN_CHARTER_VERSION = "CK302"
    UNKNOWN_ASPECT = "CK303"
    UNKNOWN_LEVEL = "CK304"
    UNKNOWN_SCHOOL = "CK305"
    DUPLICATE_EVALUATION = "CK306"
    DUPLICATE_CHARTER = "CK307"
    DATE_OUTSIDE_CYCLE = "CK308"
    UNKNOWN_FOCUS_GROUP = "CK309"
    UNKNOWN_PLEDGE = "CK310"
    BROKEN_REPLACES = "CK311"
    UNKNOWN_REFERENCE = "CK312"
    SCHOOL_FOLDER = "CK313"
    UNKNOWN_SURVEY = "CK314"
    MEMBERS_DISAGREE = "CK315"
    DUPLICATE_POLICY = "CK316"
    UNKNOWN_PACK = "CK317"
    UNKNOWN_REQUIREMENT = "CK318"
    COPY = "CK319"
    UNKNOWN_SERVED_ASPECT = "CK320"
    DOES_NOT_APPLY = "CK321"
    PART_NOT_RATED = "CK322"
    UNKNOWN_KEY_POINT = "CK323"
    TARGET_NOT_AHEAD = "CK324"
    UNKNOWN_AWARD = "CK326"
    PHASE_NOT_KNOWN = "CK327"
    WAIVER_ENDED = "CK328"
    WAIVER_SCHOOL = "CK329"
    ADOPTED_NOWHERE = "CK330"
    ADOPTED_BY_ANOTHER = "CK331"
    ADOPTED_OLDER = "CK332"
    ADOPTED_VERSION = "CK333"
    ADOPTED_TOO_EARLY = "CK334"

    # evidence and completeness: CK4xx
    EVIDENCE_MISSING = "CK401"
    EVIDENCE_OUTSIDE = "CK402"
    EVIDENCE_CHANGED = "CK403"
    BARE_RATING = "CK404"
    OLD_EVIDENCE = "CK407"
    ABOVE_THE_LOWEST = "CK408"
    ACTION_WITHOUT_OWNER = "CK410"
    ACTION_WITHOUT_DATE = "CK411"
    ACTION_OVERDUE = "CK412"
    EVALUATION_OUTDATED = "CK413"
    NOT_LOOKED_AT = "CK414"
    TOO_MANY_ANSWERS = "CK420"
    TOO_MANY_RESPONSES = "CK421"
    AWARD_NOT_EARNED = "CK422"
    SHARES_OFF = "CK423"
    BAD_ANSWERS = "CK424"
    AGREEING_NOT_SAID = "CK425"
    SMALL_GROUP = "CK426"
    SURVEY_DISAGREES = "CK427"
    VISIT_CONTRADICTS = "CK440"
    CHARTER_TEXT_CHANGED = "CK441"
    CERTIFICATE_HALF = "CK442"
    CERTIFICATE_TWICE = "CK443"
    CERTIFICATE_NOT_LISTED = "CK444"
    VISIT_UNSEEN = "CK445"

    # policies and dates: CK5xx
    NO_OWNER = "CK501"
    REVIEW_OVERDUE = "CK502"
    NO_FREQUENCY = "CK503"
    NO_REVIEW = "CK504"
    REVIEW_CONTRADICTS = "CK505"
    REVIEW_TOO_LATE = "CK506"
    HISTORY_OUT_OF_ORDER = "CK507"
    BROKEN_RELATED = "CK508"
    DOCUMENT_UNFIT = "CK509"
    ABOLISHED_BODY = "CK510"
    OTHER_SCHOOL = "CK511"
    PASSED_REVIEW = "CK512"
    DECISION_AWAITED = "CK513"
    MONITORING_UNDATED = "CK514"
    MORE_THAN_ALL = "CK515"
    NO_WORKSPACE_ID = "CK520"

    # privacy and safety: CK6xx
    BAD_LINK = "CK601"
    EMAIL_ADDRESS = "CK610"
    TELEPHONE_NUMBER = "CK611"
    PUPIL_NUMBER = "CK612"
    DATE_OF_BIRTH = "CK613"
    PRIVATE_KEY = "CK614"

    # charters and translations: CK7xx
    UNKNOWN_ORIGINAL = "CK701"
    UNKNOWN_PART = "CK702"
    INCOMPLETE_TRANSLATION = "CK703"
    STALE_TRANSLATION = "CK704"
    DUPLICATE_TRANSLATION = "CK705"
    NOTHING_TO_RATE = "CK706"
    LEVELS_LOOK_ALIKE = "CK707"
    AMBIGUOUS_LEVEL = "CK708"
    MISPLACED_RUBRIC = "CK709"
    INCOMPLETE_RUBRIC = "CK710"
    BAD_AWARD = "CK711"
    BAD_LETTER = "CK712"
    NUMBER_TWICE = "CK713"
    PART_COMES_BACK = "CK714"
    NEVER_ASKED = "CK715"
    OWN_KEY_AS_ID = "CK716"
    AMBIGUOUS_PART = "CK717"
    NO_POSTER = "CK729"
    LABEL_IN_SENTENCES = "CK730"
    WORD_OF_COMMAND = "CK731"

    @property
    def word(self) -> str:
        """The name as people write it: "duplicate-key"."""
        return self.name.lower().replace("_", "-")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong inside one file. A line of 0 means: not looked up yet, `at` says where."""

    code: Code
    message: str
    help: str = ""
    at: TreePath = ()
    on: Literal["key", "value"] = "value"
    line: int = 0
    column: int = 0


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A problem as a person meets it: the file (relative, forward slashes), line and column from 1, and the remedy.

    `excerpt` is the line of the file as it stands there, without its line end; empty where there is no text.
    """

    path: str
    line: int
    column: int
    code: str
    name: str
    severity: Severity
    message: str
    help: str = ""
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How many files were looked at, what was found, by file and place, and which files those were."""

    files: int
    findings: tuple[Finding, ...]
    paths: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    """What the workspace's settings took out or made matter less, each in words."""

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each severity."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity.value: found[severity] for severity in Severity}

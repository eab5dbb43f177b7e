"""Every rule there is, by code. A new rule is its class and one line here.

A module of rules is loaded when one of its rules is asked for. A check asks for no rule that would look only at files
of kinds of which there is none: most workspaces have no surveys, visits or adopted policies, and a check of a few files
is mostly loading.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module

from charterkit.findings import Code
from charterkit.rules.base import Rule
from charterkit.rules.context import Context

_RULES: dict[str, str] = {
    Code.ENCODING: "reading.Encoding",
    Code.TOO_LARGE: "reading.TooLarge",
    Code.SYNTAX: "reading.Syntax",
    Code.DUPLICATE_KEY: "reading.DuplicateKey",
    Code.ANCHOR_OR_ALIAS: "reading.AnchorOrAlias",
    Code.TAG: "reading.Tag",
    Code.MERGE_KEY: "reading.MergeKey",
    Code.SEVERAL_DOCUMENTS: "reading.SeveralDocuments",
    Code.TAB: "reading.Tab",
    Code.CONTROL_CHARACTER: "reading.ControlCharacter",
    Code.TOO_DEEP: "reading.TooDeep",
    Code.NULL_WORD: "reading.NullWord",
    Code.UNFIT_FILE: "reading.UnfitFile",
    Code.MISPLACED_FILE: "reading.Misplaced",
    Code.BAD_KEY: "reading.BadKey",
    Code.EMPTY_FILE: "reading.Empty",
    Code.BACKUP: "reading.Backup",
    Code.UNUSED_IGNORE: "comments.UnusedIgnore",
    Code.IGNORE_WITHOUT_REASON: "comments.IgnoreWithoutReason",
    Code.BAD_IGNORE: "comments.BadIgnore",
    Code.UNKNOWN_KEY: "values.UnknownKey",
    Code.MISSING_KEY: "values.MissingKey",
    Code.WRONG_SHAPE: "values.Shape",
    Code.NOT_AN_ID: "values.NotAnId",
    Code.NOT_A_DATE: "values.NotADate",
    Code.NOT_A_CYCLE: "values.NotACycle",
    Code.NOT_AN_INTERVAL: "values.NotAnInterval",
    Code.NOT_A_CHOICE: "values.NotAChoice",
    Code.NOT_A_NUMBER: "values.NotANumber",
    Code.NOT_YES_OR_NO: "values.NotYesOrNo",
    Code.BAD_FORM: "values.BadForm",
    Code.BAD_SCALE: "charters.BadScale",
    Code.DUPLICATE_ID: "values.DuplicateId",
    Code.REASON_MISSING: "values.ReasonMissing",
    Code.FUTURE_DATE: "values.FutureDate",
    Code.UNKNOWN_CODE: "comments.UnknownCode",
    Code.BAD_TERMS: "terms.BadTerms",
    Code.AMBIGUOUS_WHEN: "promised.AmbiguousWhen",
    Code.WHEN_NOT_UNDERSTOOD: "promised.WhenNotUnderstood",
    Code.NO_FIRST_DATE: "promised.NoFirstDate",
    Code.NEARLY_THE_WORD: "charter_parts.NearlyTheWord",
    Code.UNKNOWN_CHARTER: "charter_named.UnknownCharter",
    Code.UNKNOWN_CHARTER_VERSION: "charter_named.UnknownVersion",
    Code.UNKNOWN_ASPECT: "charter_parts.UnknownAspect",
    Code.UNKNOWN_LEVEL: "charter_parts.UnknownLevel",
    Code.UNKNOWN_SCHOOL: "school_folders.UnknownSchool",
    Code.DUPLICATE_EVALUATION: "evaluations.DuplicateEvaluation",
    Code.DUPLICATE_CHARTER: "charters.DuplicateCharter",
    Code.DATE_OUTSIDE_CYCLE: "evaluations.DateOutsideCycle",
    Code.UNKNOWN_FOCUS_GROUP: "charter_parts.UnknownGroup",
    Code.UNKNOWN_PLEDGE: "charter_parts.UnknownPledge",
    Code.BROKEN_REPLACES: "charters.BrokenReplaces",
    Code.UNKNOWN_REFERENCE: "charters.UnknownReference",
    Code.SCHOOL_FOLDER: "school_folders.SchoolFile",
    Code.UNKNOWN_SURVEY: "evidence.UnknownSurvey",
    Code.MEMBERS_DISAGREE: "organisations.MembersDisagree",
    Code.DUPLICATE_POLICY: "organisations.DuplicatePolicy",
    Code.UNKNOWN_PACK: "packs.UnknownPack",
    Code.UNKNOWN_REQUIREMENT: "packs.UnknownRequirement",
    Code.WAIVER_ENDED: "packs.WaiverEnded",
    Code.WAIVER_SCHOOL: "packs.WaiverSchool",
    Code.ADOPTED_NOWHERE: "adopting.AdoptedNowhere",
    Code.ADOPTED_BY_ANOTHER: "adopting.AdoptedByAnother",
    Code.ADOPTED_OLDER: "adopting.AdoptedOlder",
    Code.ADOPTED_VERSION: "adopting.AdoptedVersion",
    Code.ADOPTED_TOO_EARLY: "adopting.AdoptedTooEarly",
    Code.COPY: "copies.Copy",
    Code.UNKNOWN_SERVED_ASPECT: "serving.UnknownServedAspect",
    Code.DOES_NOT_APPLY: "applying.DoesNotApply",
    Code.PART_NOT_RATED: "whole_parts.PartNotRated",
    Code.UNKNOWN_KEY_POINT: "whole_parts.UnknownKeyPoint",
    Code.TARGET_NOT_AHEAD: "aims.TargetNotAhead",
    Code.UNKNOWN_AWARD: "awards.UnknownAward",
    Code.PHASE_NOT_KNOWN: "applying.PhaseNotKnown",
    Code.EVIDENCE_MISSING: "evidence.EvidenceMissing",
    Code.EVIDENCE_OUTSIDE: "evidence.EvidenceOutside",
    Code.EVIDENCE_CHANGED: "evidence.EvidenceChanged",
    Code.BARE_RATING: "evidence.BareRating",
    Code.OLD_EVIDENCE: "evidence.OldEvidence",
    Code.ABOVE_THE_LOWEST: "whole_parts.AboveTheLowest",
    Code.ACTION_WITHOUT_OWNER: "actions.ActionWithoutOwner",
    Code.ACTION_WITHOUT_DATE: "actions.ActionWithoutDate",
    Code.ACTION_OVERDUE: "actions.ActionOverdue",
    Code.EVALUATION_OUTDATED: "actions.EvaluationOutdated",
    Code.NOT_LOOKED_AT: "evaluations.NotLookedAt",
    Code.TOO_MANY_ANSWERS: "surveys.TooManyAnswers",
    Code.TOO_MANY_RESPONSES: "surveys.TooManyResponses",
    Code.AWARD_NOT_EARNED: "awards.AwardNotEarned",
    Code.SHARES_OFF: "surveys.SharesOff",
    Code.BAD_ANSWERS: "surveys.BadAnswers",
    Code.AGREEING_NOT_SAID: "surveys.AgreeingNotSaid",
    Code.SMALL_GROUP: "surveys.SmallGroup",
    Code.SURVEY_DISAGREES: "surveys.SurveyDisagrees",
    Code.VISIT_CONTRADICTS: "visits.VisitContradicts",
    Code.VISIT_UNSEEN: "visits.VisitUnseen",
    Code.CHARTER_TEXT_CHANGED: "visits.CharterTextChanged",
    Code.CERTIFICATE_HALF: "certificates.CertificateHalf",
    Code.CERTIFICATE_TWICE: "certificates.CertificateTwice",
    Code.CERTIFICATE_NOT_LISTED: "certificates.CertificateNotListed",
    Code.NO_OWNER: "policies.NoOwner",
    Code.REVIEW_OVERDUE: "policies.ReviewOverdue",
    Code.DECISION_AWAITED: "policies.DecisionAwaited",
    Code.MONITORING_UNDATED: "policies.MonitoringUndated",
    Code.MORE_THAN_ALL: "policies.MoreThanAll",
    Code.NO_FREQUENCY: "promised.NoFrequency",
    Code.NO_REVIEW: "policies.NoReview",
    Code.REVIEW_CONTRADICTS: "policies.ReviewContradicts",
    Code.REVIEW_TOO_LATE: "policies.ReviewTooLate",
    Code.HISTORY_OUT_OF_ORDER: "policies.HistoryOutOfOrder",
    Code.BROKEN_RELATED: "organisations.BrokenRelated",
    Code.DOCUMENT_UNFIT: "organisations.DocumentUnfit",
    Code.ABOLISHED_BODY: "wording.AbolishedBody",
    Code.OTHER_SCHOOL: "wording.OtherSchool",
    Code.PASSED_REVIEW: "wording.PassedReview",
    Code.NO_WORKSPACE_ID: "workspace_id.NoWorkspaceId",
    Code.BAD_LINK: "links.BadLink",
    Code.EMAIL_ADDRESS: "privacy.Email",
    Code.TELEPHONE_NUMBER: "privacy.Phone",
    Code.PUPIL_NUMBER: "privacy.PupilNumber",
    Code.DATE_OF_BIRTH: "privacy.DateOfBirth",
    Code.PRIVATE_KEY: "secret_keys.PrivateKey",
    Code.UNKNOWN_ORIGINAL: "translations.UnknownOriginal",
    Code.UNKNOWN_PART: "translations.UnknownPart",
    Code.INCOMPLETE_TRANSLATION: "translations.IncompleteTranslation",
    Code.STALE_TRANSLATION: "translations.StaleTranslation",
    Code.DUPLICATE_TRANSLATION: "translations.DuplicateTranslation",
    Code.NOTHING_TO_RATE: "charters.NothingToRate",
    Code.LEVELS_LOOK_ALIKE: "charters.LevelsLookAlike",
    Code.AMBIGUOUS_LEVEL: "charters.AmbiguousLevel",
    Code.MISPLACED_RUBRIC: "rubrics.MisplacedRubric",
    Code.INCOMPLETE_RUBRIC: "rubrics.IncompleteRubric",
    Code.BAD_AWARD: "awards.BadAward",
    Code.BAD_LETTER: "numbering.BadLetter",
    Code.NUMBER_TWICE: "numbering.NumberTwice",
    Code.PART_COMES_BACK: "numbering.PartComesBack",
    Code.NEVER_ASKED: "applying.NeverAsked",
    Code.OWN_KEY_AS_ID: "numbering.OwnKeyAsId",
    Code.AMBIGUOUS_PART: "whole_parts.AmbiguousPart",
    Code.NO_POSTER: "authors.NoPoster",
    Code.LABEL_IN_SENTENCES: "authors.LabelInSentences",
    Code.WORD_OF_COMMAND: "authors.WordOfCommand",
}
"""By code the module of this package and the class."""

_LOOKS_AT: dict[str, tuple[str, ...]] = {
    "adopting": ("adoptions",),
    "aims": ("evaluations",),
    "awards": ("charters", "visits"),
    "evidence": ("evaluations", "visits"),
    "policies": ("policies",),
    "promised": ("policies",),
    "serving": ("policies", "surveys"),
    "surveys": ("surveys",),
    "translations": ("translations",),
    "visits": ("evaluations", "visits"),
    "whole_parts": ("charters", "evaluations"),
    "wording": ("policies",),
}
"""Of a module whose rules say nothing without files of some kinds, what `Context` calls those; any other looks at all.

A module that is left out here is loaded in vain now and then; one that stands here by mistake finds less, which its
cases show.
"""


class _Rules(Mapping[str, Rule]):
    """The rules by code, in the order of their codes; each is made, and its module loaded, when it is asked for."""

    def __init__(self) -> None:
        self._made: dict[str, Rule] = {}

    def __getitem__(self, code: str) -> Rule:
        if code not in self._made:
            module, _, name = _RULES[code].partition(".")
            self._made[code] = getattr(import_module(f"charterkit.rules.{module}"), name)()
        return self._made[code]

    def __contains__(self, code: object) -> bool:
        return code in _RULES

    def __iter__(self) -> Iterator[str]:
        return iter(_RULES)

    def __len__(self) -> int:
        return len(_RULES)


RULES: Mapping[str, Rule] = _Rules()


def looks_at_some(code: str, context: Context) -> bool:
    """Whether there is any file of those that a rule looks at; so that one that has none is not even loaded."""
    kinds = _LOOKS_AT.get(_RULES[code].partition(".")[0])
    return kinds is None or any(getattr(context, kind) for kind in kinds)

"""Errors about visits of advisers and what they end in."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "no-reason-below": (
        "{aspect}: say why the visit may be met although it is below the mark.",
        "Nothing was changed.",
    ),
    "no-award": (
        "This charter has no award {award:shown}.",
        "Did you mean {meant}?",
        "There is: {known:or}.",
    ),
    "outcome-of-support": (
        "Only a certification visit ends in met or not-yet.",
        "Add --purpose certification, if it was one; nothing was changed.",
    ),
    "visit-not-met": (
        "The visit cannot be met: these are below the mark, and nobody says why it may be all the same.\n{complaints}",
        'Nothing was changed. Say why with --reason {first}="...", or write --outcome not-yet.',
    ),
    "visit-unseen": (
        "The visit cannot be met, because nobody can tell from it what it rests on.\n{complaints}",
        'Nothing was changed. Add --visitor "Name, role" and --looked-at walkthrough="..." or --talked-with "...".',
        "Or write --outcome not-yet.",
    ),
    "visit-certified": (
        "The certificate {number:shown} was issued for this visit and is not revoked, so the visit stays met.",
        "Nothing was changed. Revoke the certificate first, or record another visit.",
    ),
    "visit-not-come": (
        "{when} has not come yet: a visit is recorded when it has taken place.",
        "Write the day of the visit, or ask for one with: charterkit visit request",
    ),
    "no-visit-of": (
        "{name} has no visit of {wanted}.",
        "There is one of: {known:some}.",
        "Record it with: charterkit visit record {slug}",
    ),
    "no-visit": (
        "{name} has no visit that has taken place.",
        "Record it with: charterkit visit record {slug}",
    ),
    "visits-of-a-day": (
        "There are nine visits of that day already, beside {path:long}.",
        "Say with --date which of them is meant.",
    ),
    "visit-of-no-version": (
        "{path:long} is about version {version:shown} of {charter}, which the workspace does not have.",
        "Put that version into charters/, or correct the line charter_version: there is {known:or}.",
    ),
    "visit-of-other-version": (
        "{path:long} is about version {version:shown} of the charter, and the school has rated itself on version {own}.",
        "Correct charter_version in that file, or evaluate the school on that version first.",
    ),
    "visit-not-ready": (
        "{name} is not ready to ask for a certification visit:\n{complaints}",
        'Nothing was written. See to these first; or say why you ask all the same: --anyway "..."',
    ),
    "no-request": (
        "{name} has not asked for a visit.",
        "Ask with: charterkit visit request {slug} --propose 2027-01-20",
    ),
    "no-contact-address": (
        "No contact of the charter {charter} has an email address.",
        "Add one under 'contacts' in the charter's file, or make the letter in another format.",
    ),
    "visit-day-over": (
        "{option} {when}: that day is over.",
        "Name a day to come.",
    ),
    "bad-looked-at": (
        "--looked-at {said:shown}: write what kind it was, an equals sign, and what was seen.",
        "A kind is {known:or}. Such as --looked-at walkthrough='The entrance'.",
    ),
    "no-terminal-visit": (
        "The questions need a terminal.",
        "Say what was found without them: --set ASPECT=LEVEL, --note ASPECT=TEXT, --outcome met or not-yet.",
    ),
}
"""By code: what is wrong, and what to do about it."""

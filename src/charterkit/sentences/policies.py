"""Errors about policies, reminders and promises."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "policy-of-several": (
        "Several schools have a policy '{name}'.",
        "Add --school with one of: {known:some}.",
    ),
    "no-policy": (
        "There is no policy '{name}'{place}.",
        "Did you mean {meant}?",
        "There is: {known:some}.",
        "No policy is kept here yet.",
    ),
    "policies-of-one-id": (
        "There are {count} policies '{name}' here: {paths}.",
        "Give one another id.",
    ),
    "has-mistake": (
        "{path} has a mistake.",
        "Run 'charterkit check' and mend it first.",
    ),
    "not-come": (
        "{when} has not come yet.",
        "Write the date on which it happened.",
    ),
    "earlier-than-history": (
        "{when} is earlier than what the history has of {spoken}.",
        "Add --backdate if it really happened then.",
    ),
    "in-history-already": (
        "This stands in the history already.",
        "Nothing was changed.",
    ),
    "policy-archived": (
        "The policy is archived.",
        "To take it up again, begin with: charterkit policy draft {called}",
    ),
    "nothing-drafted": (
        "Nothing has been drafted yet that could be approved.",
        "First record it: charterkit policy draft {called}",
    ),
    "version-not-drafted": (
        "Version {event_version:shown} has not been drafted.",
        "There is: {known:list}. {begin} --version {event_version:shown}",
    ),
    "before-drafted": (
        "{date} is before it was drafted, {spoken}.",
        "Write when it was decided.",
    ),
    "policy-is-draft": (
        "The policy is a draft, which nobody has approved.",
        "First: charterkit policy approve {called}",
    ),
    "next-review-too-early": (
        "The next review, {said}, is not after {when}.",
        "Write a later date after --next.",
    ),
    "no-next-review": (
        "The file says no interval, and the next review it states, {stated}, is over.",
        "Say when it is reviewed next with --next, such as --next 2027-09.",
    ),
    "no-pack": (
        "There is no rule pack '{name}'.",
        "Did you mean {meant}?",
        "There is: {known:list}.",
    ),
    "policy-not-in-force": (
        "‘{title}’ is not published: {why}.",
        "Families read what is in force: see {path}.",
    ),
    "policy-visibility-unreadable": (
        "‘{title}’ is not published: who may read it cannot be read.",
        "Mend {path}.",
    ),
    "policy-not-public": (
        "‘{title}’ is not for everybody: its file says ‘{visibility}’.",
        "If that has changed, write 'visibility: public' under 'publication' in {path}.",
    ),
}

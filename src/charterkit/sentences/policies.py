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
    "own-policy": (
        "'{name}' is a policy of {school} itself.",
        "Only a policy of its trust is adopted; one of its own is approved: charterkit policy approve {name}",
    ),
    "no-policy-above": (
        "No trust of {school} has a policy '{name}' that holds for it.",
        "Did you mean {meant}?",
        "There is: {known:some}.",
        "Write 'trust: SLUG' into its school.yaml, where it belongs to one.",
    ),
    "no-approved-version": (
        "Version {version:shown} of {title:shown} has not been approved.",
        "There is: {known:list}.",
    ),
    "adopted-before-approved": (
        "{title:shown} was approved on {spoken}, and {when} is before that.",
        "Write when it was adopted, or an earlier --version.",
    ),
    "adopted-already": (
        "{path} says so already.",
        "Nothing was changed.",
    ),
    "policies-of-one-title": (
        "Several policies are called '{name}'.",
        "Write the id of the one that you mean: {ids:or}.",
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
        "Version {version:shown} has not been drafted.",
        "There is: {known:list}. {begin} --version {version:shown}",
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
    "no-body": (
        "No policy is approved by '{name}', and no meeting of it is stated.",
        "Did you mean {meant}?",
        "There is: {known:some}.",
        "Say who approves a policy: charterkit policy set POLICY --approver full-governing-body; or --committee NAME.",
    ),
    "several-bodies": (
        "'{name}' fits several bodies.",
        "Write more of its name: {known:some}.",
    ),
    "policies-or-all-due": (
        "Say which policies are meant: by their ids, or all that is due with --all-due, not both.",
        "For example: charterkit policy review behaviour attendance",
    ),
    "approver-without-all-due": (
        "--approver chooses among all that is due, and --all-due is not there.",
        "Add --all-due; or say with --by who it was: --by '{name:shown}'",
    ),
    "no-approving-body": (
        "'{text:shown}' is none of the bodies that approve policies.",
        "Did you mean {meant}? A committee is named with --committee '{text:shown}'.",
        "Write one of: {known:list}. A committee is named with --committee 'Resources committee'.",
    ),
    "committee-or-approver": (
        "--approver {approver} and --committee '{committee:shown}' are two bodies.",
        "Say the one that approves it.",
    ),
    "no-requirement-entry": (
        "No rule pack here has an entry '{name:shown}'.",
        "Did you mean {meant}?",
        "All entries are shown by: charterkit policy gaps --all --format json",
    ),
    "no-related-policy": (
        "No policy here is called '{name:shown}'.",
        "Write its id or its title. There is: {known:some}.",
        "Write its id, such as 'behaviour'.",
    ),
    "monitored-by-whom": (
        "It is not said who watches over the policy.",
        "Say it with --monitored-by, such as --monitored-by Headteacher.",
    ),
    "owner-no-email-address": (
        "'{text:shown}' is not an email address.",
        "Write one, such as office@school.example.",
    ),
    "nothing-to-set": (
        "It is not said what to change.",
        "For example: charterkit policy set behaviour --owner 'Deputy headteacher' --next 2027-09",
    ),
    "policy-unfit": (
        "{path} could then not be read: {why}.",
        "Nothing was written.",
    ),
    "draft-has-none": (
        "{option} is said of a policy in force, and this one is to be a draft.",
        "Add when it was approved: --approved 2026-09-14",
    ),
    "nothing-due": (
        "No policy of {name}{whose} is due, overdue or waiting.",
        "Name the policies that were seen to instead.",
    ),
    "nothing-left": (
        "All policies that are meant are left out with --except.",
        "Leave fewer out.",
    ),
    "said-of-one-policy": (
        "{option} is said of one policy, and several are meant.",
        "Record that one by itself, with {option}, and the others without.",
    ),
    "cannot-all": (
        "Of {of} policies {count} cannot be recorded. Nothing was written.",
        "Leave them out: {without}, or --skip for whatever cannot.",
        "See what each of them says.",
    ),
    "nothing-to-take-back": (
        "There is nothing to take back{place}.",
        "Only what 'policy', 'import register' and 'migrate' wrote on this computer can be. Lines can be taken out by hand.",
    ),
    "undo-file-gone": (
        "{path} is not there any more.",
        "Nothing was changed.",
    ),
    "undo-changed-since": (
        "It cannot be taken back by itself: {said}. Somebody has changed '{key}' in {path} since.",
        "Look at the file, and take the line out by hand.",
    ),
    "undo-new-changed": (
        "It cannot be taken back by itself: {said}. Somebody has changed {path} since.",
        "Look at the file, and delete it by hand.",
    ),
    "concern-personal": (
        "--{key} holds {what}, and no personal data belongs here.",
        "Write it without; what tells of a person stays in the school's safe, under the number that --reference gives.",
    ),
    "concern-name": (
        "‘{name:shown}’ in --{key} may be somebody's name, and no names belong here.",
        "Write it without; or add --no-name if it is none.",
    ),
    "closed-before-raised": (
        "{when} is before it was raised, {raised}.",
        "Write when it was settled.",
    ),
    "concern-closed-already": (
        "Concern {name} is closed already.",
        "Nothing was changed.",
    ),
    "no-open-concern": (
        "No concern under ‘{title:shown}’ is open.",
        "See them with: charterkit concern list",
    ),
    "several-open-concerns": (
        "There are several concerns under ‘{title:shown}’.",
        "Say which: {known:some}.",
    ),
    "no-concern": (
        "There is no concern '{name:shown}' under ‘{title:shown}’.",
        "Did you mean {meant}?",
        "There is: {known:some}.",
        "None is on record there.",
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
    "no-order-by-aspect": (
        "A calendar of days has no order by aspect.",
        "Leave --by aspect out.",
    ),
    "charter-needs-by-aspect": (
        "--charter goes with --by aspect only.",
        "Add --by aspect, or leave it out.",
    ),
    "no-web-address": (
        "--url {url}: this is not the address of a web page.",
        "Write it from https:// on.",
    ),
    "bad-text": (
        "--{key} is {what}.",
        "Leave it out, or mend it.",
    ),
    "line-break": (
        "--{key} holds a line break.",
        "Write it in one line.",
    ),
    "send-needs-email": (
        "--send sends emails only.",
        "Add --format email.",
    ),
    "no-email-address": (
        "--from {sender}: this is no email address.",
        "Write one as office@example.org.",
    ),
    "send-or-write": (
        "Messages are sent, or written to the folder of -o.",
        "Leave out --send or -o.",
    ),
    "folder-is-file": (
        "{folder} is a file.",
        "Name a folder: each owner's message becomes a file in it.",
    ),
    "no-mail-server": (
        "There is no mail server to send by.",
        "Add --smtp HOST:PORT, or set CHARTERKIT_SMTP.",
    ),
    "no-sender": (
        "Whom the messages are from is not said.",
        "Add --from ADDRESS, or set CHARTERKIT_FROM.",
    ),
    "bad-mail-server": (
        "--smtp {smtp}: this is no mail server.",
        "Write it as smtp.example.org:587.",
    ),
    "login-in-clear": (
        "A login is not sent where anybody can read it.",
        "Use --security starttls or tls.",
    ),
    "password-or-token": (
        "Both a password and a token are set to log in by.",
        "Unset CHARTERKIT_SMTP_PASSWORD, or CHARTERKIT_SMTP_TOKEN and CHARTERKIT_SMTP_TOKEN_FILE.",
    ),
    "no-token-user": (
        "Whose token it is is not said.",
        "Set CHARTERKIT_SMTP_USER to the address that the token was made for.",
    ),
    "token-file-unfit": (
        "{path}: no token can be read from this file.",
        "It holds the token and nothing else, as the program that fetches it writes it.",
    ),
    "token-file-open": (
        "{path}: others on this computer can read this file.",
        "Take their rights away, with: chmod 600 and the file's name.",
    ),
    "mail-under-way": (
        "Another call is sending the messages of this workspace.",
        "Wait until it is done. What it sends is not sent again.",
    ),
    "not-sent": (
        "{failed} of {count} {which} not sent.",
        "The lines above say why.",
    ),
    "register-too-large": (
        "{name} is larger than {most} MiB, which is the most.",
        "Save the register alone, without pictures and other sheets.",
    ),
    "no-register": (
        "{name} has no sheet with a line of headings in which a column of policies can be seen.",
        'Say which it is by its heading or letter, such as --map "Name of document=title".',
    ),
    "no-register-map": (
        "--map {text:shown}: write a column’s heading, an equals sign, and what the column is.",
        'Did you mean {meant}? Such as --map "Next due=next_review".',
        'A column is one of: {known:list}. Such as --map "Next due=next_review".',
    ),
    "register-not-told": (
        "{things} to be mended first, and nothing was written.",
        "Each is named above with its cell.",
    ),
    "register-unfit": (
        "{where}: the policy’s file would not be sound: {why}.",
        "Mend the row, or leave the column out with --map COLUMN=-.",
    ),
}

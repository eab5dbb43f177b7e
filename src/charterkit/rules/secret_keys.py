"""CK614: a private key where others get to see it."""

from collections.abc import Iterator

from charterkit.files.secrets import key_at
from charterkit.files.yaml.reader import decode, place
from charterkit.findings import Code, Finding, Problem
from charterkit.rules.base import Report, Rule
from charterkit.rules.context import Context

_REMEDY = (
    "Whoever has seen it can sign in your name: make a new one with 'charterkit keys rotate', publish with --without, "
    "and delete this one."
)
_IN_HISTORY = f"{_REMEDY} To delete the file does not take it out of the history."


class PrivateKey(Rule):
    """A private key lies in the workspace, or was once committed.

    Why: whoever has it can issue certificates in your name, and what was once in a git history stays there. Where the
    workspace names an issuer, other files than YAML ones and the git history are looked at too, within limits.
    Bad: a note with the line -----BEGIN PRIVATE KEY-----, or issuer/key.pem
    Good: the key in your own settings, where 'charterkit keys new' puts it; its id in charterkit.yaml
    Mend: make a new key with 'charterkit keys rotate', leave the old one out with 'charterkit keys publish --without',
    and issue anew what it signed.
    """

    code = Code.PRIVATE_KEY

    def check(self, context: Context) -> Iterator[Report]:
        """Every file as it was read."""
        for document in context.documents:
            at = key_at(document.data)
            if at is not None:
                text, _ = decode(document.data)
                line, column = place(text, len(document.data[:at].decode("utf-8", "replace")))
                yield document, Problem(self.code, "a private key stands here", _REMEDY, line=line, column=column)


def found_at(path: str, *, in_history: bool) -> Finding:
    """The finding about another file of the workspace, or one that its git history holds."""
    said = "a private key was committed under this name" if in_history else "this file holds a private key"
    rule = PrivateKey()
    help_ = _IN_HISTORY if in_history else _REMEDY
    return Finding(path, 1, 1, rule.code, rule.name, rule.severity, said, help_)

"""What lets a browser in: a token of one use in the opening address, exchanged for a cookie of strict rules."""

import hashlib
import hmac
import secrets

MOST = 64
"""Cookies, and tokens not yet used, that count at one time; the oldest goes first."""


class Door:
    """The tokens and cookies of one run. Nothing of it is ever on disk."""

    def __init__(self) -> None:
        """Nobody is let in yet."""
        self.way = f"/{secrets.token_urlsafe(12)}"
        """What every address begins with, and where the cookie counts.

        Cookies know no ports: without it the browser would hand ours to whatever else answers at 127.0.0.1, and let
        that write over it. With it nobody gets it who does not know these letters, and they are said to nobody.
        """
        self._tokens: list[str] = []
        self._cookies: list[str] = []

    def token(self) -> str:
        """A new token, good for one exchange."""
        self._tokens = [*self._tokens[1 - MOST :], secrets.token_urlsafe(32)]
        return self._tokens[-1]

    def exchange(self, token: str) -> str | None:
        """The cookie for a token, which counts no more; None for what is no token, or was used already."""
        held = _found(token, self._tokens)
        if held is None:
            return None
        self._tokens.remove(held)
        self._cookies = [*self._cookies[1 - MOST :], secrets.token_urlsafe(32)]
        return self._cookies[-1]

    def lets_in(self, cookie: str) -> bool:
        """Whether a cookie is one of this run."""
        return _found(cookie, self._cookies) is not None


def _found(word: str, held: list[str]) -> str | None:
    """The same word among those held; how long it takes says nothing of them."""
    same = [known for known in held if hmac.compare_digest(known.encode(), word.encode(errors="replace"))]
    return same[0] if same else None


def proof(secret: str, side: str, nonce: str) -> str:
    """What shows that one side knows the secret of a run, without saying it. RFC 2104, with SHA-256."""
    return hmac.new(secret.encode(), f"{side}:{nonce}".encode(), hashlib.sha256).hexdigest()


def is_proof(said: str, secret: str, side: str, nonce: str) -> bool:
    """Whether a proof is right."""
    return hmac.compare_digest(said.encode(errors="replace"), proof(secret, side, nonce).encode())

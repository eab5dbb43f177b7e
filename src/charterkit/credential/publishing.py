"""What an issuer publishes: its document, the same as JWKS, and both status lists, signed anew.

Old public keys stay, so that what they signed still holds, and what was revoked stays revoked: both are read from what
was published before. No private key but today's is needed, so a lost one costs nothing that was issued.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from urllib.parse import unquote

from charterkit.credential.issuer import IssuerDocument, issuer_document, key_set, read_issuer
from charterkit.credential.issuing import text_of
from charterkit.credential.keys import SigningKey, method
from charterkit.credential.making import PURPOSES
from charterkit.credential.reading import parsed
from charterkit.credential.status import signed_list
from charterkit.credential.verifying import check_list
from charterkit.errors import CharterkitError, NotThere, Refused
from charterkit.insight.certificates.bits import places_set

DOCUMENT, KEY_SET = "did.json", "jwks.json"
LISTS = {purpose: f"status/{purpose}.json" for purpose in PURPOSES}
NAMES = (DOCUMENT, KEY_SET, *LISTS.values())
"""What is published, by the path of each below the issuer's folder."""

Changes = Mapping[str, Mapping[int, bool]]
"""By list, `revocation` or `suspension`: places of certificates, and whether they are to be set."""


def publication(
    issuer: str,
    address: str,
    key: SigningKey,
    before: Mapping[str, bytes],
    *,
    now: datetime,
    until: datetime,
    changes: Changes | None = None,
    without: Collection[str] = (),
) -> dict[str, bytes]:
    """Every file that is published, by its path, of those that were there before and what is to be changed.

    `address` is that of the folder of the lists, `until` how long they are good for, `without` are ids of keys that
    somebody else has: what they signed holds no longer. Raises Refused where what was there is another issuer's, spoilt
    or not whole, and NotThere for a key to leave out that is not in it.
    """
    known = _published(issuer, before)
    named = {method(issuer, key.id, key.public): key.public} | dict(known.keys if known else {})
    ids = {name.partition("#")[2]: public for name, public in named.items()}
    missing = [name for name in without if name not in ids or name == key.id]
    if missing:
        raise NotThere("no-published-key", key=missing[0], known=[name for name in ids if name != key.id])
    kept = {name: public for name, public in ids.items() if name not in without}
    document = issuer_document(issuer, kept)
    made = {DOCUMENT: text_of(document), KEY_SET: text_of(key_set(read_issuer(document)))}
    for purpose, path in LISTS.items():
        places = set(_places(path, purpose, before, known))
        for place, is_set in (changes or {}).get(purpose, {}).items():
            (places.add if is_set else places.discard)(place)
        made[path] = text_of(signed_list(issuer, address, purpose, places, key=key, made=now, until=until))
    return made


def status_address(issuer: str, url: str | None, status: str | None) -> str:
    """The web address of the folder of both lists: as set, else below the place of did:web, else below the website.

    Raises Refused where none of them is known.
    """
    if status:
        return status.rstrip("/")
    if issuer.startswith("did:web:"):
        return f"{web_folder(issuer)}/status"
    if url:
        return f"{url.rstrip('/')}/status"
    raise Refused("no-status-address")


def certificate_address(issuer: str, url: str | None, number: str) -> str | None:
    """The web address of a certificate's page: below the place of did:web, else below the website; None without."""
    base = web_folder(issuer) if issuer.startswith("did:web:") else (url or "").rstrip("/")
    return f"{base}/certificates/{number}.html" if base else None


def web_folder(issuer: str) -> str:
    """The web address of the folder that a did:web stands for; its did.json lies there, or below it in .well-known."""
    host, *way = issuer.removeprefix("did:web:").split(":")
    return "/".join((f"https://{unquote(host)}", *way))


def is_whole_host(issuer: str) -> bool:
    """Whether a did:web is a whole website's, whose did.json lies in .well-known."""
    return issuer.startswith("did:web:") and ":" not in issuer.removeprefix("did:web:")


def _published(issuer: str, before: Mapping[str, bytes]) -> IssuerDocument | None:
    if DOCUMENT not in before:
        if any(path in before for path in LISTS.values()):
            raise Refused("published-not-whole", path=DOCUMENT)
        return None
    try:
        found = read_issuer(parsed(before[DOCUMENT]))
    except CharterkitError as error:
        raise Refused("published-spoilt", path=DOCUMENT, reason=error.message) from None
    if found.id != issuer:
        raise Refused("published-of-another", issuer=found.id)
    return found


def _places(path: str, purpose: str, before: Mapping[str, bytes], known: IssuerDocument | None) -> frozenset[int]:
    """What a list has set. With one that is gone or forged, what was revoked would hold again."""
    if known is None:
        return frozenset()
    if path not in before:
        raise Refused("published-not-whole", path=path)
    try:
        document = parsed(before[path])
        check_list(document, purpose, known)
        return places_set(document)
    except CharterkitError as error:
        raise Refused("published-spoilt", path=path, reason=error.message) from None

"""Errors about keys, certificates, and what verifies them."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "no-certificate-extra": (
        "Certificates need a part of charterkit that is not installed.",
        'Install it with: pip install "charterkit[certificate]"',
    ),
    "context-changed": (
        "The file {name} of charterkit itself has been changed.",
        "Install charterkit anew.",
    ),
    "foreign-context": (
        "It names words of its own (@context) that charterkit does not have, so what it says cannot be relied on.",
        "Only these are taken, alone and in this order: {known:list}.",
    ),
    "not-signed": (
        "The credential cannot be signed: {reason:long}.",
        "Please send us the certificate's facts.",
    ),
    "not-covered": (
        "It says something that its signature does not cover ({reason:long}).",
        "Ask whoever issued it for the certificate as it was issued.",
    ),
    "bad-signature": (
        "Its signature does not fit what it says: it was changed after it was signed, or signed by somebody else.",
        "Ask whoever issued it for the certificate as it was issued.",
    ),
    "bad-proof": (
        "It is not signed in the one way that is taken here: a single DataIntegrityProof, eddsa-rdfc-2022.",
        "Ask whoever issued it for the certificate as it was issued.",
    ),
    "key-not-of-issuer": (
        "It is signed with a key that is not among those of {issuer:long}.",
        "Where that issuer has a new key, get its did.json anew.",
    ),
    "not-ed25519": (
        "A public key in the issuer's document is none of Ed25519.",
        "Get the issuer's did.json anew.",
    ),
    "no-issuer-document": (
        "This is no issuer's document: a did.json with keys of its own (Multikey, Ed25519).",
        "Get it from the issuer's website.",
    ),
    "issuer-unknown": (
        "It names {issuer:long} as its issuer, and nothing here says which keys are theirs.",
        "Get their did.json from their own website, and name it with --issuer.",
    ),
    "not-yet-valid": (
        "It is valid from {day} on, and not before.",
        "Look again then.",
    ),
    "expired": (
        "It ran out: it was valid until {day}.",
        "Ask the school whether it has a newer one.",
    ),
    "bad-moment": (
        "It states a date that is none.",
        "Ask whoever issued it for the certificate as it was issued.",
    ),
    "revoked": (
        "It was revoked by its issuer.",
        "Ask the issuer why.",
    ),
    "suspended": (
        "It is suspended by its issuer for the time being.",
        "Ask the issuer until when.",
    ),
    "status-not-given": (
        "Whether it was revoked cannot be told: its status list is not here.",
        "Get it from {address:long}, and name it with --status.",
    ),
    "status-old": (
        "Whether it was revoked cannot be told: the status list here, {purpose}, was good until {day:%Y-%m-%d}.",
        "Get it anew from the issuer's website.",
    ),
    "status-not-to-be-trusted": (
        "Whether it was revoked cannot be told: the status list here is not to be relied on. {reason}",
        "Get it anew from {address:long}.",
    ),
    "status-of-another": (
        "The status list is another issuer's: {issuer:long}.",
        "Get the one that the certificate names.",
    ),
    "status-spoilt": (
        "The status list cannot be read.",
        "Get it anew from the issuer's website.",
    ),
    "status-no-place": (
        "The status list has no place {place}, which the certificate names.",
        "Get it anew from the issuer's website.",
    ),
    "status-bad-entry": (
        "What it says of its status list cannot be read.",
        "Ask whoever issued it for the certificate as it was issued.",
    ),
    "status-full": (
        "The status list is full: {most} certificates.",
        "Publish under another address.",
    ),
    "json-too-large": (
        "It is larger than a certificate can be: {most} KB.",
        "Check that it is the right file.",
    ),
    "json-too-deep": (
        "It is nested more than {most} deep, which no certificate is.",
        "Check that it is the right file.",
    ),
    "json-key-twice": (
        "It has the key '{name:shown}' twice, so nobody can tell which one counts.",
        "Ask whoever issued it for the certificate as it was issued.",
    ),
    "json-no-number": (
        "It has {said:shown} for a number, which is none.",
        "Ask whoever issued it for the certificate as it was issued.",
    ),
    "not-json": (
        "This is no certificate: neither JSON, nor a PDF or a picture that carries one.",
        "Name the .json file, the PDF, or the PNG or SVG that the school was given.",
    ),
    "no-credential": (
        "This is no Open Badges 3.0 credential with a proof in it.",
        "Name the .json file, the PDF, or the PNG or SVG that the school was given.",
    ),
    "carrier-too-large": (
        "The file is larger than a certificate can be: {most} MB.",
        "Check that it is the right file.",
    ),
    "carrier-empty": (
        "There is no certificate in this {kind}.",
        "A scan or a print-out carries none: ask the school for the file that it was given.",
    ),
    "carrier-several": (
        "There is more than one certificate in this {kind}.",
        "Ask the school for the file that it was given.",
    ),
    "carrier-spoilt": (
        "This {kind} cannot be read ({reason}).",
        "Ask the school for the file that it was given.",
    ),
    "no-carrier": (
        "A certificate is put into a PDF, a PNG or an SVG; this is none.",
        "Name another file.",
    ),
    "key-of-another-did": (
        "The issuer is {issuer:long}, which is made of another key than {key}.",
        "A did:key cannot change its key: name the key it is made of, or take a did:web.",
    ),
    "no-key": (
        "There is no key {key:shown} on this computer.",
        "The keys here: {known:list}.",
        "Make one with: charterkit keys new",
    ),
    "no-passphrase": (
        "The key {key} is encrypted.",
        "Type its passphrase in a terminal, or name the file that holds it with --passphrase-file.",
    ),
    "wrong-passphrase": (
        "This is not the passphrase of {key}.",
        "Try again. Nobody can open the key without it: where it is lost, make a new key with: charterkit keys rotate",
    ),
    "key-spoilt": (
        "The key {key} cannot be used: {path} is not what charterkit wrote.",
        "Put it back from a copy, or make a new key with: charterkit keys rotate",
    ),
    "key-readable": (
        "Other users of this computer can read {path} (mode {mode}), so it is not used.",
        "Where somebody may have copied it, make a new key with: charterkit keys rotate. Else: chmod 600 '{path}'",
    ),
    "key-not-read": (
        "{path} cannot be read: {reason}.",
        "Check whose file it is.",
    ),
    "no-published-key": (
        "There is no former key {key:shown} in the issuer's document.",
        "The former keys are: {known:list}.",
        "Only a former key can be left out: make a new one first, with: charterkit keys rotate",
    ),
    "published-not-whole": (
        "{path} of what was published before is not there, so what was revoked would hold again.",
        "Get it back, from git or from the website, then publish.",
    ),
    "published-spoilt": (
        "{path} of what was published before cannot be relied on. {reason}",
        "Get it back as it was, from git or from the website, then publish.",
    ),
    "published-of-another": (
        "What was published before is {issuer:long}'s.",
        "Another issuer starts anew: move the folder issuer/ away. What was issued holds by the old one's documents.",
    ),
    "no-status-address": (
        "Nothing says where on the web the issuer's lists are.",
        "Give issuer in charterkit.yaml a url, or status: the web address of the folder that status lists are put in.",
    ),
    "no-issuer": (
        "charterkit.yaml names no issuer of certificates.",
        "Write there: issuer: {{id: 'did:web:charter.example.gov.uk', name: ..., url: ..., key: {key}}}",
        "Write there: issuer: {{id: 'did:web:charter.example.gov.uk', name: ..., url: ..., key: ...}}",
    ),
    "no-issuer-key-named": (
        "The issuer in charterkit.yaml names no key, and there is one on this computer: {known:or}.",
        "Add it below 'issuer:' in charterkit.yaml, as in 'key: {first}'.",
    ),
    "no-issuer-key": (
        "The issuer in charterkit.yaml has no key.",
        "Make one with: charterkit keys new",
    ),
    "file-not-read": (
        "'{path}' cannot be read: {reason}.",
        "Check its name, and whose it is.",
    ),
    "unfit-document": (
        "'{path}' is no issuer's document and no status list. {reason}",
        "Get it anew from the issuer's website.",
    ),
    "no-settings-folder": (
        "You have no home folder here, so there is no place for your settings.",
        "Name one with --settings.",
    ),
    "did-key-stays": (
        "The issuer is {issuer:long}, and a did:key is made of its key: it has no other.",
        "Issue under a did:web, whose keys can change.",
    ),
    "unfit-file-named": (
        "'{path}' is no file that can be read.",
        "Check its name.",
    ),
    "passphrases-differ": (
        "The two passphrases are not the same, and no key was made.",
        "Try again.",
    ),
    "empty-passphrase": (
        "There is no passphrase in '{path}'.",
        "It is the first line of the file.",
    ),
    "key-in-repository": (
        "{folder} lies in {top}, a workspace or a git repository: a key there is one commit away from everybody.",
        "Name a folder elsewhere with --settings.",
    ),
    "certificate-refused": (
        "No certificate can be issued to {name}:\n{complaints}",
        "Nothing was changed.",
    ),
    "no-visit-to-certify": (
        "{name} has had no certification visit.",
        "Record it with: charterkit visit record {slug} --purpose certification",
    ),
    "no-certificate-of": (
        "{name} has no certificate {number:shown}.",
        "There is: {known:or}.",
        "Issue one with: charterkit certificate issue {slug}",
    ),
    "no-certificate": (
        "{name} has no certificate.",
        "Issue one with: charterkit certificate issue {slug}",
    ),
    "nothing-to-renew": (
        "{name} has no certificate that could be renewed.",
        "Issue the first one with: charterkit certificate issue {slug}",
    ),
    "renewal-of-same-visit": (
        "The newest visit to {name} has its certificate, {number}, and there is no other that is met since.",
        "Record the new visit first. To issue another for the same visit, say with --reason by which rule.",
    ),
    "certificate-spoilt": (
        "{path:long} is not the certificate that was issued. {reason:long}",
        "Get it back as it was, from git or from the school.",
    ),
    "certificate-not-here": (
        "The certificate {number} does not lie in {path:long}.",
        "Get it back, from git or from the school.",
    ),
    "nothing-published": (
        "What the issuer published is not in the workspace's folder {folder}, so no certificate can be relied on.",
        "Get it back, from git or from the website; or make it with: charterkit keys publish",
    ),
    "certificate-is": (
        "The certificate {number} is {state} already.",
        "Nothing was changed.",
    ),
    "no-reason-to-take-back": (
        "Say why with --reason: whoever looks the certificate up will ask.",
        "Nothing was changed.",
    ),
    "bad-validity": (
        "A certificate cannot be valid until {until}: it is issued on {today}.",
        "Write a day that is to come, such as --valid-for '3 years'.",
    ),
    "two-validities": (
        "--valid-for and --valid-until both say how long it is valid.",
        "Leave one of them out.",
    ),
    "bad-prefix": (
        "Numbers of certificates cannot begin with {prefix:shown}.",
        "Give issuer in charterkit.yaml a prefix of at most {most} letters, digits and hyphens, such as CE.",
    ),
    "certificates-busy": (
        "Somebody else is issuing a certificate in this workspace.",
        "Try again in a moment; nothing was changed.",
    ),
}

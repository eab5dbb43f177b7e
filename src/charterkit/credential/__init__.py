"""Certificates that anybody can check: the issuer's keys, the signed credential, its status, and what verifies it.

All cryptography and JSON-LD is `openbadgeslib`'s, `cryptography`'s and `pyld`'s (the extra `certificate`); `library.py`
alone calls the first. Nothing in here ever asks a network.
"""

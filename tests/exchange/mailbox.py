"""A real mail server on this computer, in a thread of its own, and how it may go wrong."""

import base64
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

HOST = "127.0.0.1"


class Post:
    """What was handed in. Addresses in `refused` are refused, those in `dropped` end the connection in the middle."""

    def __init__(self, refused: tuple[str, ...] = (), dropped: tuple[str, ...] = ()) -> None:
        self.refused, self.dropped = refused, dropped
        self.raw: list[bytes] = []
        self.tls: list[bool] = []
        self.logins: list[str] = []
        self.connections = 0

    @property
    def messages(self) -> list[EmailMessage]:
        """Each message as a mail program reads it."""
        return [message_from_bytes(one, policy=default) for one in self.raw]

    @property
    def to(self) -> list[str]:
        return [one["To"].addresses[0].addr_spec for one in self.messages]

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += session.ssl is None
        return responses

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if address in self.refused:
            return "550 5.1.1 No such person here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if set(envelope.rcpt_tos) & set(self.dropped):
            server.transport.abort()
            return "451 gone"
        self.raw.append(envelope.content)
        self.tls.append(server.transport.get_extra_info("ssl_object") is not None)
        return "250 OK"

    def login(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append(f"{data.login.decode()}:{data.password.decode()}")
        return AuthResult(success=data.password == b"correct horse", handled=False)


class TokenPost(Post):
    """One that takes tokens: XOAUTH2 as Google and Microsoft have it. `says` is what it answers to a password."""

    def __init__(self, token: str, says: str = "") -> None:
        super().__init__()
        self.token, self.says = token, says

    async def auth_XOAUTH2(self, server: Any, args: list[str]) -> AuthResult:
        said = (base64.b64decode(args[1]) if len(args) > 1 else await server.challenge_auth(b"")).decode()
        self.logins.append(said)
        if said == f"user=kim@lathom.example\x01auth=Bearer {self.token}\x01\x01":
            return AuthResult(success=True)
        more = await server.challenge_auth(b'{"status":"400","schemes":"Bearer"}')
        self.logins.append(f"then {more!r}")
        return AuthResult(success=False, handled=False)

    def login(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        self.logins.append(mechanism)
        return AuthResult(success=False, handled=False, message=self.says or None)


@contextmanager
def running(
    post: Post, certificate: "tuple[Path, Path] | None" = None, security: str = "none", *, login: bool = False
) -> Iterator[int]:
    """A server for a while; its port."""
    context = None
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*certificate)
    more: dict[str, Any] = (
        {"authenticator": post.login, "auth_required": True, "auth_require_tls": False} if login else {}
    )
    if security == "starttls":
        more |= {"tls_context": context, "require_starttls": True}
    controller = Controller(
        post, hostname=HOST, port=free_port(), ssl_context=context if security == "tls" else None, **more
    )
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


@contextmanager
def silent() -> Iterator[tuple[int, list[float]]]:
    """Takes connections and never says a word; its port, and when each came."""
    came: list[float] = []
    held: list[socket.socket] = []
    with socket.create_server((HOST, 0)) as listening:
        listening.settimeout(0.05)
        over = threading.Event()

        def serve() -> None:
            while not over.is_set():
                try:
                    held.append(listening.accept()[0])
                    came.append(time.monotonic())
                except TimeoutError:
                    continue

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield int(listening.getsockname()[1]), came
        finally:
            over.set()
            thread.join()
            for one in held:
                one.close()


@contextmanager
def rude(answer: bytes, often: float = 0) -> Iterator[int]:
    """Says one thing to whoever comes, and hangs up; or the same again and again, every so many seconds. Its port."""
    with socket.create_server((HOST, 0)) as listening:
        listening.settimeout(0.05)
        over = threading.Event()

        def serve() -> None:
            while not over.is_set():
                try:
                    with listening.accept()[0] as found:
                        found.sendall(answer)
                        while often and not over.wait(often):
                            found.sendall(answer)
                except (TimeoutError, ConnectionError):
                    continue

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield int(listening.getsockname()[1])
        finally:
            over.set()
            thread.join()


def certificate(folder: Path, name: str = f"IP:{HOST}") -> tuple[Path, Path] | None:
    """A certificate and its key for this computer, made by the openssl program; None where there is none."""
    program = shutil.which("openssl")
    if program is None:
        return None
    cert, key = folder / "cert.pem", folder / "key.pem"
    made = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    about = ["-subj", "/CN=charterkit test", "-addext", f"subjectAltName={name}"]
    command = [program, "req", *made, "-keyout", str(key), "-out", str(cert), *about]
    subprocess.run(command, check=True, capture_output=True)
    return cert, key

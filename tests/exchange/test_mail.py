"""Emails handed in at a real server on this computer, and headers that nobody can break out of."""

import re
import smtplib
from base64 import b64encode
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import compat32, default
from email.utils import parseaddr

import pytest
from aiosmtpd.smtp import AuthResult
from hypothesis import given, settings
from hypothesis import strategies as st

from charterkit.exchange.mail import Server, as_file, message, reason, send
from charterkit.insight.telling import Letter
from charterkit.text.safe import in_header
from tests.exchange.mailbox import HOST, Post, TokenPost, certificate, free_port, rude, running, silent

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
TODAY = date(2026, 11, 22)
SENDER = "reminders@lathom.example"
PASSWORD = "correct horse"


def letter(to: str = "ada@lathom.example", name: str = "Ada Okafor", subject: str = "One thing due: Lathom") -> Letter:
    return Letter(to, name, subject, f"Dear {name},\n\nfamily café: £5 – naïve\n", f"<p>Dear {name}, café</p>\n")


def letters(*names: str) -> list[EmailMessage]:
    return [message(letter(f"{name}@lathom.example", name), SENDER, TODAY) for name in names]


def told(found: "list[EmailMessage]", port: int, **more: object) -> dict[str, str]:
    """By name, what became of each message."""
    server = Server(HOST, port, **({"security": "none", "seconds": 5} | more))  # type: ignore[arg-type]
    return {one.address.partition("@")[0]: one.error for one in send(found, server)}


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    made = certificate(tmp_path_factory.mktemp("tls"))
    if made is None:
        pytest.skip("the certificate is made by the openssl program")
    return made


@pytest.fixture
def trusted(pair, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(pair[0]))
    return pair


class TestOverTheWire:
    def test_both_parts_and_all_headers_arrive(self):
        with running(post := Post()) as port:
            assert told(letters("ada", "ben"), port) == {"ada": "", "ben": ""}
        assert post.connections == 1, "one connection for all"
        first, second = post.messages
        assert (str(first["Subject"]), str(first["To"])) == ("One thing due: Lathom", "ada <ada@lathom.example>")
        assert str(first["From"]) == f"charterkit reminders <{SENDER}>"
        assert first["Date"].datetime.date() == TODAY
        assert first["Auto-Submitted"] == "auto-generated"
        assert first["Message-ID"] != second["Message-ID"]
        assert [one.get_content_type() for one in first.iter_parts()] == ["text/plain", "text/html"]
        text, html = (one.get_content() for one in first.iter_parts())
        assert "family café: £5 – naïve" in text
        assert "<p>Dear ada, café</p>" in html
        assert not first.defects

    def test_what_arrives_is_what_the_file_holds(self):
        with running(post := Post()) as port:
            told([message(letter(name="Zoë 🎒"), SENDER, TODAY)], port)
        made = message_from_bytes(as_file(message(letter(name="Zoë 🎒"), SENDER, TODAY)), policy=default)
        (sent,) = post.messages
        assert made["X-Unsent"] == "1"
        assert sent["X-Unsent"] is None
        for name in ("Subject", "To", "From", "Date", "Message-ID"):
            assert str(made[name]) == str(sent[name])
        assert [one.get_content() for one in made.iter_parts()] == [one.get_content() for one in sent.iter_parts()]

    @pytest.mark.parametrize("security", ["starttls", "tls"])
    def test_tls_with_a_certificate_that_is_trusted(self, trusted, security):
        with running(post := Post(), trusted, security) as port:
            assert told(letters("ada"), port, security=security) == {"ada": ""}
        assert post.tls == [True]

    @pytest.mark.parametrize("security", ["starttls", "tls"])
    def test_a_certificate_of_nobody_known_is_refused_and_nothing_is_said_to_it(self, pair, security, monkeypatch):
        monkeypatch.delenv("SSL_CERT_FILE", raising=False)
        with running(post := Post(), pair, security, login=True) as port:
            found = told(letters("ada", "ben", "cy"), port, security=security, user="u", password=PASSWORD)
        untrusted = "the server's certificate cannot be trusted"
        assert found == {"ada": untrusted, "ben": untrusted, "cy": "not tried, as the server could not be used before"}
        assert (post.raw, post.logins) == ([], [])

    def test_a_certificate_of_another_server_is_refused(self, tmp_path, monkeypatch):
        other = certificate(tmp_path, "DNS:mail.example.org")
        if other is None:
            pytest.skip("the certificate is made by the openssl program")
        monkeypatch.setenv("SSL_CERT_FILE", str(other[0]))
        with running(Post(), other, "tls") as port:
            assert told(letters("ada"), port, security="tls") == {"ada": "the server's certificate cannot be trusted"}

    def test_a_server_without_starttls_gets_nothing(self):
        with running(post := Post(), login=True) as port:
            found = told(letters("ada"), port, security="starttls", user="u", password=PASSWORD)
        assert found == {"ada": "the server offers no STARTTLS, or no login"}
        assert (post.raw, post.logins) == ([], [])

    def test_tls_where_none_is_spoken(self):
        with running(Post()) as port:
            found = told(letters("ada"), port, security="tls", seconds=2)
        assert found["ada"] in ("no safe connection could be made", "the server did not answer in time")

    def test_login(self, trusted):
        with running(post := Post(), trusted, "starttls", login=True) as port:
            assert told(letters("ada"), port, security="starttls", user="kim", password=PASSWORD) == {"ada": ""}
        assert post.logins == [f"kim:{PASSWORD}"]

    def test_login_refused_is_tried_twice_and_no_password_is_said(self, trusted):
        with running(post := Post(), trusted, "starttls", login=True) as port:
            found = told(
                letters("ada", "ben", "cy", "di"), port, security="starttls", user="kim", password="s3cret pass"
            )
        refused, left = "the login was refused", "not tried, as the server could not be used before"
        assert found == {"ada": refused, "ben": refused, "cy": left, "di": left}
        assert post.raw == []
        assert "s3cret" not in str(found)

    def test_a_login_that_is_asked_for_and_not_given(self):
        with running(Post(), login=True) as port:
            assert "Authentication required" in told(letters("ada"), port)["ada"]

    def test_a_login_that_is_given_and_not_asked_for(self):
        with running(Post()) as port:
            found = told(letters("ada"), port, user="kim", password=PASSWORD)
        assert found == {"ada": "the server offers no STARTTLS, or no login"}

    def test_a_password_that_cannot_be_sent_is_not_spelt_out(self, trusted):
        with running(Post(), trusted, "starttls", login=True) as port:
            found = told(letters("ada"), port, security="starttls", user="kim", password="pâsswörd")
        assert found == {"ada": "the server's name, the login or the password has letters that cannot be sent"}


class TestTokens:
    """XOAUTH2, at a real server that has it; Microsoft 365 and Google take no passwords."""

    @pytest.fixture
    def told(self, trusted):
        def ask(post, **more):
            with running(post, trusted, "starttls", login=True) as port:
                given = {"security": "starttls", "user": "kim@lathom.example"}
                return told(letters("ada"), port, **given, **more)["ada"]

        return ask

    def test_a_token_is_taken_also_a_long_one(self, told):
        for token in ("t0ken", "x" * 600):  # aiosmtpd reads no longer line; Microsoft's are longer
            assert told(post := TokenPost(token), token=token) == ""
            assert (post.to, post.tls) == (["ada@lathom.example"], [True])

    def test_one_that_has_run_out_is_said_and_never_shown(self, told):
        post = TokenPost("other")
        assert told(post, token="t0ken") == "the token was refused: it may have run out, or be for another address"
        assert (post.raw, post.logins[1]) == ([], "then b''")

    def test_a_server_without_tokens_and_one_that_has_nothing_else(self, told):
        assert told(Post(), token="t0ken") == "the server takes no token (XOAUTH2)"
        wants = "the login was refused: instead of the usual password this server takes a token (XOAUTH2)"
        assert told(TokenPost("t0ken"), password=PASSWORD) == wants

    def test_what_microsoft_and_google_answer_to_a_password(self):
        wants = "the login was refused: instead of the usual password this server takes a token (XOAUTH2)"
        for answer, expected in (
            ("535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.", wants),
            ("535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", wants),
            ("534-5.7.9 Application-specific password required.\r\n534 5.7.9 Learn more", wants),
            ("535-5.7.8 Username and Password not accepted.\r\n535 5.7.8 ?p=BadCredentials a1-20b gsmtp", wants),
            ("535 5.7.8 Authentication credentials invalid", "the login was refused"),
        ):

            class Refusing(Post):
                says = answer

                def login(self, server, session, envelope, mechanism, data):
                    return AuthResult(success=False, handled=False, message=self.says)

            with running(Refusing(), login=True) as port:
                assert told(letters("ada"), port, user="kim", password=PASSWORD)["ada"] == expected

    def test_a_token_is_masked_wherever_a_server_repeats_it(self):
        spoken = b64encode(b"user=kim\x01auth=Bearer t0ken\x01\x01").decode()
        refusal = smtplib.SMTPSenderRefused(550, f"no t0ken, {spoken}, {b64encode(b't0ken').decode()}".encode(), SENDER)
        assert not re.search(f"t0ken|{spoken}|dDBrZW4", reason(refusal, "kim", "t0ken"))


def test_a_copy_goes_by_itself_so_that_one_refused_address_costs_nobody_else_anything():
    made = replace(letter(), copies=("clerk@lathom.example", "head@lathom.example"))
    with running(post := Post(refused=("clerk@lathom.example",))) as port:
        found = list(send([message(made, SENDER, TODAY)], Server(HOST, port, "none", seconds=5)))
    assert [(sent.address.partition("@")[0], bool(sent.error), sent.is_copy) for sent in found] == [
        ("ada", False, False),
        ("clerk", True, True),
        ("head", False, True),
    ]
    assert [str(one["Cc"]) for one in post.messages] == ["clerk@lathom.example, head@lathom.example"] * 2


LEFT = "not tried, as the server could not be used before"


class TestWhatGoesWrong:
    def test_nobody_listens(self):
        found = told(letters("ada", "ben", "cy", "di"), free_port())
        assert found["ada"] == found["ben"] == "Connection refused"
        assert (found["cy"], found["di"]) == (LEFT, LEFT)

    def test_no_such_host(self):
        found = [one.error for one in send(letters("ada"), Server("no.such.host.invalid", 25, "none", seconds=5))]
        assert len(found) == 1
        assert found[0]

    def test_one_receiver_is_refused(self):
        with running(post := Post(refused=("ben@lathom.example",))) as port:
            found = told(letters("ada", "ben", "cy"), port)
        assert found == {"ada": "", "ben": "the address was refused (550 5.1.1 No such person here)", "cy": ""}
        assert post.to == ["ada@lathom.example", "cy@lathom.example"]

    def test_all_receivers_are_refused_one_after_the_other(self):
        names = ("ada", "ben", "cy", "di")
        with running(Post(refused=tuple(f"{name}@lathom.example" for name in names))) as port:
            found = told(letters(*names), port)
        assert set(found.values()) == {"the address was refused (550 5.1.1 No such person here)"}

    def test_the_connection_drops_in_the_middle_of_a_message(self):
        with running(post := Post(dropped=("ben@lathom.example", "cy@lathom.example", "di@lathom.example"))) as port:
            found = told(letters("ada", "ben", "cy", "di", "eve"), port)
        broken = "the server broke the connection off"
        assert found == {"ada": "", "ben": broken, "cy": broken, "di": broken, "eve": ""}
        assert post.to == ["ada@lathom.example", "eve@lathom.example"]

    @pytest.mark.parametrize("most", [1, 2])
    def test_a_server_that_hangs_up_after_some_messages_gets_the_rest_on_new_connections(self, most):
        class Often(Post):
            async def handle_DATA(self, server, session, envelope):
                answer = await super().handle_DATA(server, session, envelope)
                if len(self.raw) % most == 0:
                    server.transport.close()
                return answer

        with running(post := Often()) as port:
            found = told(letters("ada", "ben", "cy", "di"), port)
        arrived = [f"{name}@lathom.example" for name in ("ada", "ben", "cy", "di")]
        assert len(post.to) == len(set(post.to)), "nothing twice"
        assert post.to == arrived
        assert set(found) == {"ada", "ben", "cy", "di"}

    def test_a_server_that_hangs_after_connecting(self):
        with silent() as (port, came):
            found = told(letters("ada", "ben", "cy", "di"), port, seconds=0.3)
        slow = "the server did not answer in time"
        assert found == {"ada": slow, "ben": slow, "cy": LEFT, "di": LEFT}
        assert len(came) == 2

    def test_a_server_that_hangs_in_the_middle_of_each_message(self):
        import asyncio

        class Slow(Post):
            async def handle_DATA(self, server, session, envelope):
                await asyncio.sleep(1)
                return "250 OK"

        with running(Slow()) as port:
            found = told(letters("ada", "ben", "cy"), port, seconds=0.3)
        assert found == {
            "ada": "the server did not answer in time",
            "ben": "the server did not answer in time",
            "cy": LEFT,
        }

    @pytest.mark.parametrize(
        ("answer", "said"),
        [
            (b"", "broke the connection off"),
            (b"554 No service today\r\n", "554 No service today"),
            (b"421 Too busy\r\n", "421 Too busy"),
            (b"HTTP/1.1 400 Bad Request\r\n\r\n", ""),
            (b"\xff\xfe\x00\x1b[31m\r\n", ""),
            (b"2" * 100_000 + b"\r\n", ""),
            (b"250-\r\n" * 1000, "has no end"),
            (b"220-" + b"x" * 4000 + b"\r\n", "broke the connection off"),
        ],
    )
    def test_something_else_answers(self, answer, said):
        with rude(answer) as port:
            found = told(letters("ada", "ben", "cy"), port, seconds=2)
        assert said in found["ada"]
        assert found["cy"] == LEFT
        assert all(one.isprintable() and 0 < len(one) < 300 for one in found.values())

    @pytest.mark.parametrize("drop", [b"2", b"220-hello\r\n"])
    def test_a_server_that_says_a_little_now_and_then_has_no_longer(self, drop):
        with rude(drop, often=0.05) as port:
            found = told(letters("ada", "ben", "cy"), port, seconds=0.3)
        slow = "the server did not answer in time"
        assert found == {"ada": slow, "ben": slow, "cy": LEFT}

    def test_nobody_to_write_to_needs_no_server(self):
        assert told([], free_port()) == {}

    def test_each_is_told_as_soon_as_it_is_settled(self):
        with running(post := Post()) as port:
            found = send(letters("ada", "ben"), Server(HOST, port, "none"))
            assert (next(found).address, len(post.raw)) == ("ada@lathom.example", 1)
            assert (next(found).address, len(post.raw)) == ("ben@lathom.example", 2)
            assert list(found) == []

    def test_a_reason_never_holds_what_was_said_to_log_in(self):
        for error in (
            smtplib.SMTPAuthenticationError(535, b"bad: kim s3cret"),
            UnicodeEncodeError("ascii", "s3crét", 4, 5, "no"),
        ):
            assert "s3c" not in reason(error)
            assert "é" not in reason(error)
        plain = b64encode(b"\0kim\0s3cret").decode()
        repeated = f"unknown: AUTH PLAIN {plain}; {plain[:9]}\n{plain[9:]}; S3CRET; {b64encode(b's3cret').decode()} kim"
        repeating: list[smtplib.SMTPException] = [
            smtplib.SMTPSenderRefused(550, repeated.encode(), SENDER),
            smtplib.SMTPRecipientsRefused({"ada@lathom.example": (550, repeated.encode())}),
            smtplib.SMTPException(f"Last response: {(550, repeated)!r}"),
        ]
        for refusal in repeating:
            said = reason(refusal, "kim", "s3cret")
            assert not re.search(f"s3cret|kim|{plain[:9]}|{plain[9:]}|czNjcmV0", said, re.IGNORECASE), said
            assert "***" in said


HOSTILE = [
    "Kim\r\nBcc: all@example.org",
    "Kim\nSubject: other",
    "Kim\r\n\r\n<p>body</p>",
    "Okafor, Ada; Kim <x@y.example>",
    'He said "no" \\ \\" <',
    "(comment) Kim",
    "🎒 مدرسة الأمل",
    "Zoë\u2028Bcc: x@y.example\u2029\x85\x0b\x0c\x1c",
    "nul\0 bell\a escape\x1b[31m",
    "\u202eright to left",
    "lone \ud83d surrogate",
    "=?utf-8?q?Bcc:_x=40y.example?=",
    "=?utf-8?q?Kim=0D=0ABcc:_x=40y.example?= =?utf-8?b?DQpCY2M6IGE=?=",
    "long " * 1000,
    "x" * 5000,
    "é" * 5000,
    "   ",
    "",
    "@",
    ":;,<>[]",
    "undisclosed-recipients:;",
]
HEADERS = ["Subject", "From", "To", "Date", "Auto-Submitted", "MIME-Version", "Message-ID", "Content-Type"]


def shown_name(raw: bytes) -> str:
    """The receiver's name, read by the older parser: the newer one has blanks between encoded words (Python 3.11)."""
    said = str(message_from_bytes(raw, policy=compat32)["To"]).replace("\r\n", "")
    name = parseaddr(said)[0]
    return str(make_header(decode_header(name)))


def is_safe(name: str, subject: str) -> EmailMessage:
    made = message(Letter("ada@lathom.example", name, subject, "text\n", "<p>html</p>\n"), SENDER, TODAY)
    raw = made.as_bytes()
    found: EmailMessage = message_from_bytes(raw, policy=default)
    assert sorted(found.keys()) == sorted(HEADERS)
    assert [one.addr_spec for one in found["To"].addresses] == ["ada@lathom.example"]
    assert [one.addr_spec for one in found["From"].addresses] == [SENDER]
    assert [one.get_content() for one in found.iter_parts()] == ["text\r\n", "<p>html</p>\r\n"]
    head = raw.partition(b"\r\n\r\n")[0]
    assert head.isascii()
    assert b"\0" not in head
    assert re.fullmatch(rb"(?:[A-Za-z-]+:(?: [^\r\n]*)?\r\n(?:[ \t][^\r\n]*\r\n)*)+", head + b"\r\n")
    assert max(map(len, raw.split(b"\r\n"))) <= 998, "RFC 5322, section 2.1.1"
    # Python's email package may lose a space where it parts a long subject or display name; never a letter
    assert "".join(str(found["Subject"]).split()) == "".join(in_header(subject).split())
    assert "".join(shown_name(raw).split()) == "".join(in_header(name).split())
    assert not re.search("[\x00-\x1f\x7f\u2028\u2029\u202e\ud800-\udfff]", str(found["Subject"]) + str(found["To"]))
    return found


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_breaks_out_of_a_header(text):
    found = is_safe(text, text)
    for one in ("Kim", "Zoë", "مدرسة", "Okafor, Ada;", "🎒"):
        if one in text:
            assert one in str(found["Subject"])


@settings(max_examples=200)
@given(st.text(max_size=300), st.text(max_size=300))
def test_no_text_at_all_does(name, subject):
    is_safe(name, subject)


@given(
    st.text(
        st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Zs", "Cn", "Co")), min_size=1, max_size=150
    )
)
def test_a_header_decodes_to_the_same_text(text):
    found = is_safe(text, text)
    assert str(found["Subject"]) == text.replace("=?", "= ?"), "what looks encoded already is the one thing changed"


@pytest.mark.alike(4)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_go_over_the_wire_too(text):
    with running(post := Post()) as port:
        made = message(Letter("ada@lathom.example", text, text, f"{text}\n", f"<p>{text}</p>"), SENDER, TODAY)
        assert told([made], port) == {"ada": ""}
    assert post.to == ["ada@lathom.example"]


def test_a_line_that_is_a_dot_and_lines_that_look_like_headers_stay_in_the_body():
    body = "one\n.\n..\nSubject: two\n\nFrom here\nQUIT\n"
    with running(post := Post()) as port:
        told([message(Letter("ada@lathom.example", "Ada", "Due", body, "<p>.</p>"), SENDER, TODAY)], port)
    (found,) = post.messages
    text = next(iter(found.iter_parts())).get_content()
    assert text.replace("\r\n", "\n") == body


def test_the_same_input_gives_the_same_bytes():
    one, two = (as_file(message(letter(), SENDER, TODAY)) for _ in range(2))
    assert one == two
    other = as_file(message(letter(name="Ben"), SENDER, TODAY))
    found = [re.search(rb"Message-ID: (.*)", text, re.IGNORECASE) for text in (one, other)]
    assert found[0] is not None
    assert found[1] is not None
    assert found[0][1] != found[1][1]


@pytest.mark.parametrize("address", ["", "a", "a@", "a@b@c.example", "a@b.example\r\nBcc: c@d.example"])
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(ValueError, match="no email address"):
        message(letter(to=address), SENDER, TODAY)

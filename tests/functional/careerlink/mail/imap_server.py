"""A mailbox over real sockets: as much of IMAP4rev1 (RFC 3501) as a reader of reports uses.

Python's own ``imaplib`` talks to it. Literals, UIDs, flags, keywords and PEEK behave as the RFC
says; ``breaks_off_at`` closes the connection when that command comes.
"""

import re
import socketserver
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

USER, PASSWORD = "bounces@careerlink.example", "s3cret pass"
PEEK = re.compile(r"BODY\.PEEK\[\](?:<(\d+)\.(\d+)>)?", re.IGNORECASE)


@dataclass
class Stored:
    uid: int
    data: bytes
    flags: set[str] = field(default_factory=set)


@dataclass
class MailboxState:
    messages: list[Stored] = field(default_factory=list)
    keeps_keywords: bool = True
    breaks_off_at: str = ""
    commands: list[str] = field(default_factory=list)

    def deliver(self, data: bytes) -> Stored:
        stored = Stored(len(self.messages) + 101, data.replace(b"\n", b"\r\n"))
        self.messages.append(stored)
        return stored


class Conversation(socketserver.StreamRequestHandler):
    server: "ImapServer"

    def handle(self) -> None:
        self.say("* OK [CAPABILITY IMAP4rev1] ready")
        while line := self.rfile.readline():
            tag, _, rest = line.decode().rstrip("\r\n").partition(" ")
            name, _, arguments = rest.partition(" ")
            name = name.upper()
            if name == "UID":
                sub, _, arguments = arguments.partition(" ")
                name = f"UID {sub.upper()}"
            self.server.state.commands.append(name)
            if name == self.server.state.breaks_off_at:
                return
            answers: dict[str, Callable[[str], str]] = {
                "CAPABILITY": self.capability, "LOGIN": self.login, "SELECT": self.select,
                "UID SEARCH": self.search, "UID FETCH": self.fetch, "UID STORE": self.store,
                "LOGOUT": self.logout,
            }  # fmt: skip
            answer = answers.get(name, self.unknown)
            self.say(f"{tag} {answer(arguments)}")
            if name == "LOGOUT":
                return

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")

    def unknown(self, _arguments: str) -> str:
        return "BAD unknown command"

    def capability(self, _arguments: str) -> str:
        self.say("* CAPABILITY IMAP4rev1")
        return "OK done"

    def login(self, arguments: str) -> str:
        user, _, password = arguments.partition(" ")
        given = (user.strip('"'), password.strip('"'))
        return "OK in" if given == (USER, PASSWORD) else "NO [AUTHENTICATIONFAILED] no"

    def select(self, arguments: str) -> str:
        if arguments.strip('"') != "INBOX":
            return "NO no such mailbox"
        any_keyword = r" \*" if self.server.state.keeps_keywords else ""
        self.say(f"* {len(self.server.state.messages)} EXISTS")
        self.say(rf"* OK [PERMANENTFLAGS (\Seen \Deleted{any_keyword})] flags")
        return "OK [READ-WRITE] selected"

    def search(self, arguments: str) -> str:
        words = arguments.split()
        unwanted = {r"\Seen"} if "UNSEEN" in words else set()
        unwanted |= {r"\Deleted"} if "UNDELETED" in words else set()
        if "UNKEYWORD" in words:
            unwanted.add(words[words.index("UNKEYWORD") + 1])
        found = [str(m.uid) for m in self.server.state.messages if not m.flags & unwanted]
        self.say(" ".join(["* SEARCH", *found]))
        return "OK searched"

    def fetch(self, arguments: str) -> str:
        number, message = self._named(arguments)
        part = PEEK.search(arguments)
        assert part is not None, "only what leaves a message unread"
        first, most = int(part[1] or 0), int(part[2] or len(message.data))
        body = message.data[first : first + most]
        origin = f"<{first}>" if part[1] else ""
        self.wfile.write(
            f"* {number} FETCH (UID {message.uid} BODY[]{origin} {{{len(body)}}}\r\n".encode()
        )
        self.wfile.write(body + b")\r\n")
        return "OK fetched"

    def store(self, arguments: str) -> str:
        number, message = self._named(arguments)
        flags = set(arguments[arguments.index("(") + 1 : arguments.rindex(")")].split())
        if not self.server.state.keeps_keywords:
            flags = {flag for flag in flags if flag.startswith("\\")}
        message.flags |= flags
        self.say(f"* {number} FETCH (UID {message.uid} FLAGS ({' '.join(message.flags)}))")
        return "OK stored"

    def logout(self, _arguments: str) -> str:
        self.say("* BYE")
        return "OK out"

    def _named(self, arguments: str) -> tuple[int, Stored]:
        uid = int(arguments.split(" ")[0])
        return next(
            (at, m) for at, m in enumerate(self.server.state.messages, 1) if m.uid == uid
        )


class ImapServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.state = MailboxState()
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        user, password = USER.replace("@", "%40"), PASSWORD.replace(" ", "%20")
        return f"imap://{user}:{password}@127.0.0.1:{self.server_address[1]}/INBOX"

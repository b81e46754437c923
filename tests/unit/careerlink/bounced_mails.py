"""Reports of failed mail in the shapes that servers send; all names are invented."""

from textwrap import dedent

SECRET = "a secret of at least thirty-two characters"


def report(
    mail: str,
    *,
    action: str = "failed",
    status: str = "5.1.1",
    recipient: str = "ines@northlight.example",
    said: str = "smtp; 550 5.1.1 <ines@northlight.example>: User unknown",
    returned: str = "message/rfc822",
) -> bytes:
    """RFC 3464, as Postfix writes it; ``returned`` empty: without any of the original."""
    original = (
        f"--b1\nContent-Type: {returned}\n\n"
        f"Message-ID: <{mail}@example.edu>\nSubject: Your evaluation\n\nDear Ines,\n"
        if returned
        else ""
    )
    return (
        "From: MAILER-DAEMON@mx.example.edu (Mail Delivery System)\n"
        "Subject: Undelivered Mail Returned to Sender\n"
        "Message-ID: <20261012.A1@mx.example.edu>\n"
        "Auto-Submitted: auto-replied\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"\n'
        "MIME-Version: 1.0\n\n"
        "--b1\nContent-Type: text/plain\n\nThis is the mail system.\n\n"
        "--b1\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.example.edu\nArrival-Date: Mon, 12 Oct 2026 09:00:00 +0000\n\n"
        f"Final-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {status}\n"
        f"Diagnostic-Code: {said}\n\n"
        f"{original}--b1--\n"
    ).encode()


def gmail(mail: str) -> bytes:
    """Words and one header; the original's headers quoted, its id folded."""
    return dedent(f"""\
        From: Mail Delivery Subsystem <mailer-daemon@googlemail.example>
        To: careers@example.edu
        Subject: Delivery Status Notification (Failure)
        Message-ID: <g1@mail.gmail.example>
        X-Failed-Recipients: ines@northlight.example
        In-Reply-To:
         <{mail}@example.edu>
        Content-Type: text/plain; charset=utf-8

        ** Address not found **

        Your message wasn't delivered to ines@northlight.example because the address
        couldn't be found. The response was: 550 5.1.1 The email account does not exist.
        """).encode()


def exchange(mail: str) -> bytes:
    """An NDR whose words hold the code, and only headers of the original."""
    return report(
        mail,
        status="5.1.10",
        said="smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP "
        "address lookup",
        returned="text/rfc822-headers",
    )


def qmail(mail: str) -> bytes:
    return dedent(f"""\
        From: MAILER-DAEMON@mail.northlight.example
        To: careers@example.edu
        Subject: failure notice
        Message-ID: <q1@mail.northlight.example>

        Hi. This is the qmail-send program at mail.northlight.example.
        I'm afraid I wasn't able to deliver your message to the following addresses.
        This is a permanent error; I've given up. Sorry it didn't work out.

        <ines@northlight.example>:
        Sorry, no mailbox here by that name. (#5.1.1)

        --- Below this line is a copy of the message.

        Message-ID: <{mail}@example.edu>
        """).encode()


def out_of_office() -> bytes:
    return dedent("""\
        From: Ines Carvalho <ines@northlight.example>
        Subject: Automatic reply: Your evaluation
        Message-ID: <o1@northlight.example>
        Auto-Submitted: auto-replied
        In-Reply-To: <outbox-1-0000000000000000@example.edu>
        Content-Type: text/plain

        I am away until 3 November. In urgent cases call 550 123.
        """).encode()


def answer() -> bytes:
    return dedent("""\
        From: Ines Carvalho <ines@northlight.example>
        Subject: Re: Your evaluation
        Message-ID: <a1@northlight.example>
        Content-Type: text/plain

        Could you send me the link again? The first one failed with error 550 5.1.1.
        """).encode()


def read_receipt(mail: str) -> bytes:
    return (
        report(mail)
        .replace(b"report-type=delivery-status", b"report-type=disposition-notification")
        .replace(b"message/delivery-status", b"message/disposition-notification")
    )

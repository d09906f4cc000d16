"""A mail server for tests: takes mail as its options say, and prints each one as a line of JSON, read by Python's parser.

Options (JSON, the only argument): security (plain, starttls, tls), cert, key, user, password, mechanisms to leave out,
refuse ({address: answer}), data (its answer to a mail), size, host and port to listen on.
"""
import asyncio
import email
import email.policy
import json
import logging
import ssl
import sys
import warnings

from aiosmtpd.smtp import SMTP, AuthResult

# It is told on purpose to take passwords in the clear.
warnings.simplefilter("ignore")
logging.disable(logging.WARNING)

options = json.loads(sys.argv[1])
security = options.get("security", "plain")


class Desk:
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        answer = options.get("refuse", {}).get(address)
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        body = {kind: mail.get_body((kind,)) for kind in ("plain", "html")}
        files = [
            {"name": part.get_filename(), "type": part.get_content_type(), "size": len(part.get_payload(decode=True) or b"")}
            for part in mail.iter_attachments()
        ]
        invitations = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
        say({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": session.ssl is not None or security == "tls",
            "user": getattr(session, "user", None),
            "line": id(session),
            "headers": [[name, str(value)] for name, value in mail.items()],
            "text": body["plain"] and body["plain"].get_content(),
            "html": body["html"] and body["html"].get_content(),
            "files": files,
            "invitations": [
                {"method": part.get_param("method"), "calendar": part.get_content()} for part in invitations
            ],
            "raw": envelope.content.decode("latin-1"),
        })
        return options.get("data", "250 OK queued as 7")


def authenticate(server, session, envelope, mechanism, data):
    good = (data.login.decode(), data.password.decode()) == (options["user"], options["password"])
    if good:
        session.user = data.login.decode()
    return AuthResult(success=good, handled=False)


def say(value):
    print(json.dumps(value), flush=True)


async def main():
    context = None
    if security != "plain":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options["cert"], options["key"])
    signs_in = "user" in options

    def serve():
        return SMTP(
            Desk(),
            hostname="mail.test",
            tls_context=context if security == "starttls" else None,
            require_starttls=security == "starttls",
            authenticator=authenticate if signs_in else None,
            auth_required=signs_in,
            auth_require_tls=False,
            auth_exclude_mechanism=options.get("without", []),
            data_size_limit=options.get("size", 33554432),
        )

    server = await asyncio.get_running_loop().create_server(
        serve, options.get("host", "127.0.0.1"), options.get("port", 0), ssl=context if security == "tls" else None
    )
    say({"port": server.sockets[0].getsockname()[1]})
    async with server:
        await server.serve_forever()


asyncio.run(main())

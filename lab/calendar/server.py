"""A calendar server for tests: Radicale on a port of its own, for one user. Prints its port as a line of JSON.

Options (JSON, the only argument): folder, user, password, calendars ({folder's name: {displayname, components}}).
"""
import json
import logging
import pathlib
import socketserver
import sys
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import radicale.config
from radicale.app import Application

options = json.loads(sys.argv[1])
folder = pathlib.Path(options["folder"])
user = options["user"]

# Written as Radicale itself writes them: see its documentation of the storage.
root = folder / "collections" / "collection-root" / user
root.mkdir(parents=True)
for name, about in options["calendars"].items():
    (root / name).mkdir()
    properties = {"tag": "VCALENDAR", "D:displayname": about.get("displayname", name)}
    if "components" in about:
        properties["C:supported-calendar-component-set"] = about["components"]
    (root / name / ".Radicale.props").write_text(json.dumps(properties))
(folder / "users").write_text(f"{user}:{options['password']}\n")

configuration = radicale.config.load()
configuration.update(
    {
        "auth": {"type": "htpasswd", "htpasswd_filename": str(folder / "users"), "htpasswd_encryption": "plain", "delay": "0"},
        "storage": {"filesystem_folder": str(folder / "collections"), "_filesystem_fsync": "False"},
        "logging": {"level": "critical"},
    },
    "test",
    privileged=True,
)
logging.disable(logging.CRITICAL)


class Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Handler(WSGIRequestHandler):
    def log_message(self, *_):
        pass


server = Server(("127.0.0.1", options.get("port", 0)), Handler)
server.set_app(Application(configuration))
print(json.dumps({"port": server.server_port}), flush=True)
server.serve_forever()

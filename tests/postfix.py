"""Debian's Postfix on a free loopback port, with settings, spool and mailboxes of its own.

    with Postfix(["ana@springs.example.org"]) as server:
        settings = server.toml(folder)  # the [mail] table; writes the authority's certificate
        environ = server.environ  # the password
        ...
        server.mailbox("ana@springs.example.org")  # what was delivered, as it lies there

It needs root, as Postfix does. It asks for STARTTLS and for a password, knows no other mailboxes
than those named (550 for all others of their domain) and lets no mail leave the machine.
"""

from __future__ import annotations

import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Self

from tests.mailserver import AUTHORITY, PASSWORD, USER, authority, toml

REALM = "springs.example.org"
SENDER = f"weaver@{REALM}"
PATIENCE = 60.0
_MAIN = """\
compatibility_level = 3.6
myhostname = mail.{realm}
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
default_transport = error:no mail leaves this machine
queue_directory = {home}/spool
data_directory = {home}/data
maillog_file = {home}/log
maillog_file_prefixes = {home}
virtual_mailbox_domains = {domains}
virtual_mailbox_base = {home}/mail
virtual_mailbox_maps = inline:{{ {boxes} }}
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_tls_key_file = {home}/settings/key.pem
smtpd_tls_cert_file = {home}/settings/certificate.pem
smtpd_sasl_auth_enable = yes
smtpd_sasl_local_domain = {realm}
smtpd_client_restrictions =
smtpd_relay_restrictions = reject_unauth_destination
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
"""
_MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
postlog unix-dgram n - n - 1 postlogd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
proxymap unix - - n - - proxymap
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
"""
_SASL = """\
pwcheck_method: auxprop
auxprop_plugin: sasldb
mech_list: PLAIN LOGIN
sasldb_path: {home}/settings/sasl/passwords
"""


class Postfix:
    """The server, while the `with` lasts."""

    host = "localhost"

    def __init__(self, addresses: Sequence[str]) -> None:
        self.boxes = {address: f"box{number}/" for number, address in enumerate(addresses)}
        # Not below pytest's own folders: only their owner may enter those.
        self.home = Path(tempfile.mkdtemp(prefix="weaver-postfix-"))
        self.port = _free_port()

    def __enter__(self) -> Self:
        self._furnish()
        self._process = subprocess.Popen(
            ["postfix", "-c", self.home / "settings", "start-fg"], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until(self._listens, self.log)
        return self

    def __exit__(self, *_: object) -> None:
        subprocess.run(
            ["postfix", "-c", self.home / "settings", "stop"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
            timeout=PATIENCE,
        )
        self._process.wait(PATIENCE)
        shutil.rmtree(self.home)

    def toml(self, folder: Path, **more: Any) -> str:
        """The [mail] table of a `weaver.toml`; the authority's certificate goes into the folder."""
        authority().cert_pem.write_to_path(str(folder / AUTHORITY))
        values = {"by": "smtp", "sender": SENDER, "host": self.host, "port": self.port,
                  "user": USER, "authorities": AUTHORITY} | more  # fmt: skip
        return "\n".join(["[mail]", *(f"{key} = {toml(value)}" for key, value in values.items())])

    @property
    def environ(self) -> dict[str, str]:
        """The environment with the password."""
        return {"WEAVER_MAIL_PASSWORD": PASSWORD}

    def mailbox(self, address: str, at_least: int = 0) -> list[bytes]:
        """What lies in the mailbox, once so many messages do."""
        folder = self.home / "mail" / self.boxes[address] / "new"
        until(lambda: len(list(folder.glob("*"))) >= at_least, self.log)
        return [path.read_bytes() for path in sorted(folder.glob("*"))]

    def log(self) -> str:
        """What Postfix says of its work."""
        path = self.home / "log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def _furnish(self) -> None:
        settings = self.home / "settings"
        self.home.chmod(0o755)
        nobody = pwd.getpwnam("nobody")
        owners = {"settings": "root", "settings/sasl": "root", "spool": "root",
                  "data": "postfix", "mail": "nobody"}  # fmt: skip
        for name, owner in owners.items():
            (self.home / name).mkdir()
            shutil.chown(self.home / name, owner)
        values = {
            "home": self.home, "port": self.port, "realm": REALM,
            "uid": nobody.pw_uid, "gid": nobody.pw_gid,
            "domains": ", ".join(sorted({a.partition("@")[2] for a in self.boxes})),
            "boxes": ", ".join(f"{{{address} = {box}}}" for address, box in self.boxes.items()),
        }  # fmt: skip
        for file, text in (("main.cf", _MAIN), ("master.cf", _MASTER), ("sasl/smtpd.conf", _SASL)):
            (settings / file).write_text(text.format_map(values), encoding="ascii")
        mine = authority().issue_cert(self.host)
        mine.private_key_pem.write_to_path(str(settings / "key.pem"))
        for pem in mine.cert_chain_pems:
            pem.write_to_path(str(settings / "certificate.pem"), append=True)
        self._let_in(settings / "sasl" / "passwords")

    def _let_in(self, passwords: Path) -> None:
        """Make the user known, in a file that Postfix's own user may read."""
        subprocess.run(
            ["saslpasswd2", "-p", "-c", "-f", passwords, "-u", REALM, USER],
            input=PASSWORD, text=True, check=True, timeout=PATIENCE,
        )  # fmt: skip
        shutil.chown(passwords, "postfix")

    def _listens(self) -> bool:
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self.port)) == 0


def until(holds: Callable[[], bool], told: Callable[[], str] = str) -> None:
    """Wait for it. Fails with what is told where it doesn't come to that."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, told()
        time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])

"""The emulated Google for tests: `with Emulator() as google: ... google.url`."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from tests.google_emulator.faults import Fault, Faults
from tests.google_emulator.service import Recorded, Service
from tests.google_emulator.transport import POLL, Server
from tests.google_emulator.world import SimulatedClock, World

__all__ = ["Emulator", "Fault", "Recorded"]


class Emulator:
    """Sheets, Drive, Forms and tokens on a free loopback port, until `close`.

    Attributes:
        world: all files; take `world.lock` to touch it while requests may run.
        faults: the script of faults.
        service: the rest of the emulator: `tokens`, `accounts`, `quotas`, `consent`, `disabled`.
    """

    def __init__(self, seed: int = 0, port: int = 0, clock: SimulatedClock | None = None) -> None:
        self.world = World(seed, clock or SimulatedClock())
        self.service = Service(self.world)
        self._server = Server(self.service, port)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(POLL,))
        self._thread.daemon = True
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the server and all connections."""
        self._server.close()
        self._thread.join(5)

    @property
    def faults(self) -> Faults:
        """The script of faults: `google.faults.add(Fault("503", "token"))`."""
        return self.service.script

    @property
    def log(self) -> list[Recorded]:
        """Every request, in the order of arrival."""
        return self.service.log

    @property
    def bugs(self) -> list[str]:
        """Faults of the emulator itself."""
        return self.service.bugs

    @property
    def unhandled(self) -> list[str]:
        """What was answered 501."""
        return self.service.unhandled

    @property
    def quota_limits(self) -> dict[tuple[str, str], tuple[int, int]]:
        """(api, "Read requests"/"Write requests") → per project and per user, a minute."""
        return self.service.quotas.limits

    @property
    def quotas_on(self) -> bool:
        """Whether requests are refused when the quota is used up."""
        return self.service.quotas_on

    @quotas_on.setter
    def quotas_on(self, value: bool) -> None:
        self.service.quotas_on = value

    def before(self, callback: Callable[[Recorded], None]) -> None:
        """Call this before each API call is carried out, outside the world's lock."""
        self.service.callbacks.append(callback)

    def calls(self, start: int = 0) -> list[Recorded]:
        """The requests that count: tokens and API calls, not google-auth's look-up (A-20)."""
        return [r for r in self.log[start:] if r.method_id not in ("allowedLocations", "consent")]

    def counted(self) -> int:
        """How many requests count."""
        return len(self.calls())

    def service_account(self, name: str = "weaver") -> dict[str, Any]:
        """The key file of a service account, which is made when first asked for."""
        return self.service.accounts.service(name).info(self.url)

    def key_file(self, path: Path, name: str = "weaver") -> Path:
        """The same, written to a file."""
        path.write_text(json.dumps(self.service_account(name), indent=2), encoding="utf-8")
        return path

    def client_secrets(self, path: Path) -> Path:
        """The client file of an installed app, for the sign-in of a person in a browser."""
        secrets = self.service.accounts.client_secrets(self.url)
        path.write_text(json.dumps(secrets, indent=2), encoding="utf-8")
        return path

    def workload(self, folder: Path, name: str = "weaver", subject: str = "job:weaver") -> Path:
        """A workload identity's configuration file, for a job that may act as the account.

        The job's own token lies next to it in `subject-token`.
        """
        account = self.service.accounts.service(name)
        federation = self.service.federation
        federation.may_act_as.setdefault(subject, set()).add(account.email)
        token, path = folder / "subject-token", folder / "workload.json"
        token.write_text(federation.subject_token(subject), encoding="utf-8")
        config = federation.config(self.url, str(token), account.email)
        path.write_text(json.dumps(config, indent=2), encoding="utf-8")
        return path

    def user(self, person: str, *scopes: str, testing: bool = False) -> dict[str, Any]:
        """What a person's finished sign-in leaves behind (an "authorized_user" file)."""
        accounts = self.service.accounts
        return {
            "type": "authorized_user",
            "client_id": accounts.client_id,
            "client_secret": accounts.client_secret,
            "refresh_token": self.service.tokens.grant(person, frozenset(scopes), testing),
            "token_uri": f"{self.url}/token",
        }

    def revoke(self, person: str) -> None:
        """The person takes back what was agreed to; access tokens end as well."""
        for grant in self.service.tokens.grants.values():
            grant.revoked = grant.revoked or grant.person == person
        self.service.tokens.forget_access()

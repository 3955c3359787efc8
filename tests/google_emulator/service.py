"""From a request to an answer: who asks, may they, is it well formed, what does Google say."""

from __future__ import annotations

import datetime as dt
import importlib
import random
import re
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from tests.google_emulator import answers, discovery, faults, grammar, masks, query, refusals
from tests.google_emulator import schemas as own
from tests.google_emulator.accounts import Accounts
from tests.google_emulator.answers import Answer
from tests.google_emulator.consent import Consent
from tests.google_emulator.discovery import Method
from tests.google_emulator.errors import GoogleError, NotEmulated
from tests.google_emulator.federation import Federation
from tests.google_emulator.quotas import Quotas
from tests.google_emulator.tokens import Access, Tokens
from tests.google_emulator.world import Call, World

Handler = Callable[[World, Call], dict[str, Any]]
MODULES = {"sheets": "sheets.api", "drive": "drive", "forms": "forms.api", "gmail": "gmail"}
EXCHANGE = "/v1/token"
IMPERSONATE = re.compile(r"/v1/projects/-/serviceAccounts/([^/]+):generateAccessToken")
BACKGROUND = re.compile(r"/v1/projects/-/serviceAccounts/[^/]+/allowedLocations")
CONSENT = {"/o/oauth2/auth", "/o/oauth2/v2/auth"}
UPLOADS = "/upload/drive/"


@dataclass
class Request:
    """What came over the wire: the target is still encoded, header names are in lower case."""

    verb: str
    target: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Recorded:
    """One line of the request log.

    Attributes:
        method_id: the discovery id, "token", "sts.token", "impersonation", "allowedLocations",
            "consent", or "" for none.
        host: the host that the client meant, "" if it didn't say.
        path: as sent, encoded.
        status: what was answered; 0 where the connection was dropped or left hanging.
        principal: whose token it was, "" before that is known.
        at: on the simulated clock.
        served: whether the request was carried out with success, whatever the client heard.
    """

    method_id: str
    verb: str
    host: str
    path: str
    query: Mapping[str, tuple[str, ...]]
    headers: Mapping[str, str]
    body: bytes
    at: dt.datetime
    status: int = 0
    principal: str = ""
    served: bool = False


@dataclass
class Reply:
    """An answer and how it is sent; without an answer the connection is dropped or hangs."""

    answer: Answer | None
    fault: faults.Fault | None = None


def handlers(api: str) -> Mapping[str, Handler]:
    """The handlers of an API by method id; none while its part isn't there."""
    name = f"tests.google_emulator.{MODULES[api]}"
    try:
        return importlib.import_module(name).HANDLERS
    except ModuleNotFoundError as error:
        if error.name and name.startswith(error.name):
            return {}
        raise


@dataclass
class Service:
    """All of the emulator but the sockets.

    Attributes:
        log: every request, in the order of arrival.
        bugs: faults of the emulator itself, such as an answer that Google's schema forbids.
        unhandled: what was asked for and isn't emulated.
        disabled: APIs that the project hasn't switched on.
        retry_after: value of the Retry-After header of 429s, "" for none.
        latency: real seconds that a call may take more, from the world's seed; calls that run side
            by side overtake one another then.
        callbacks: called before each API call is carried out, outside the world's lock.
    """

    world: World
    accounts: Accounts = field(default_factory=Accounts)
    log: list[Recorded] = field(default_factory=list)
    bugs: list[str] = field(default_factory=list)
    unhandled: list[str] = field(default_factory=list)
    disabled: set[str] = field(default_factory=set)
    quotas_on: bool = True
    retry_after: str = ""
    latency: float = 0.0
    consent: Consent = field(default_factory=Consent)
    script: faults.Faults = field(default_factory=faults.Faults)
    callbacks: list[Callable[[Recorded], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tokens = Tokens(self.world, self.accounts)
        self.federation = Federation(self.tokens)
        self.quotas = Quotas(self.world.clock)
        self._counting = threading.Lock()
        self._delays = random.Random(self.world.seed)

    def respond(self, request: Request) -> Reply:
        """Answer one request, or say that a fault swallows the answer."""
        path, _, asked = request.target.partition("?")
        host = request.headers.get("x-original-host", "")
        found = discovery.find(host, request.verb, path)
        recorded = Recorded(
            found[0].id if found else _special(request.verb, path),
            request.verb,
            host,
            path,
            query.parse(asked),
            request.headers,
            request.body,
            self.world.clock.now(),
        )
        fault = self._noted(recorded)
        if self.latency:
            time.sleep(self._delays.uniform(0, self.latency))
        if found:
            for callback in list(self.callbacks):
                callback(recorded)
        reply = self._reply(recorded, found, fault)
        recorded.status = reply.answer.status if reply.answer else 0
        return reply

    def _noted(self, recorded: Recorded) -> faults.Fault | None:
        with self._counting:
            self.log.append(recorded)
            background = recorded.method_id in ("allowedLocations", "consent")
            return None if background else self.script.next(recorded)

    def _reply(
        self,
        recorded: Recorded,
        found: tuple[Method, dict[str, str]] | None,
        fault: faults.Fault | None,
    ) -> Reply:
        answered = None
        if fault is None or fault.applied:
            answered = self._api(recorded, *found) if found else self._special(recorded)
            recorded.served = answered.status < 300
        if fault is None:
            return Reply(answered)
        if fault.plain in ("reset-before", "lost", "hang"):
            return Reply(None, fault)
        method = found[0] if found else None
        return Reply(faults.answer(fault, method, self.quotas, answered), fault)

    def _special(self, recorded: Recorded) -> Answer:
        try:
            return self._other(recorded)
        except Exception:  # noqa: BLE001 - whatever it is, it is a fault of the emulator
            return self._fault(f"{recorded.path}\n{traceback.format_exc()}")

    def _other(self, recorded: Recorded) -> Answer:
        """Everything that isn't a method of an API."""
        match recorded.method_id:
            case "token":
                with self.world.lock:
                    return self.tokens.answer(recorded.body, recorded.headers)
            case "sts.token":
                with self.world.lock:
                    return self.federation.exchange(recorded.body)
            case "impersonation":
                return self._impersonation(recorded)
            case "consent":
                with self.world.lock:
                    return self.consent.answer(self.tokens, dict(recorded.query))
            case "allowedLocations":
                error = GoogleError(404, "NOT_FOUND", "Requested entity was not found.")
                return answers.failure("iam", error)
        if recorded.path.startswith(UPLOADS):
            return self._unimplemented(f"{recorded.verb} {recorded.path}")
        return answers.wrong_address(recorded.path)

    def _impersonation(self, recorded: Recorded) -> Answer:
        found = IMPERSONATE.fullmatch(unquote(recorded.path))
        assert found is not None
        with self.world.lock:
            return self.federation.impersonate(found[1], recorded.headers, recorded.body)

    def _unimplemented(self, what: str) -> Answer:
        self.unhandled.append(what)
        return answers.unimplemented(what)

    def _api(self, recorded: Recorded, method: Method, path: dict[str, str]) -> Answer:
        try:
            access = self._admitted(recorded, method)
            return self._carried_out(recorded, method, path, access)
        except Refused as refused:
            return answers.failure(method.api, refused.error, refused.headers)
        except GoogleError as error:
            waits = error.code == 429 and self.retry_after
            more = {"Retry-After": self.retry_after} if waits else {}
            return answers.failure(method.api, error, more)
        except NotEmulated as missing:
            return self._unimplemented(str(missing) or method.id)
        except Exception:  # noqa: BLE001 - whatever it is, it is a fault of the emulator
            return self._fault(f"{method.id}\n{traceback.format_exc()}")

    def _fault(self, text: str) -> Answer:
        self.bugs.append(text)
        return answers.own_fault(text)

    def _admitted(self, recorded: Recorded, method: Method) -> Access:
        """Who asks, once token, switched-on API, quota and scopes are looked at."""
        kind, _, token = recorded.headers.get("authorization", "").partition(" ")
        access = self.tokens.known(token.strip()) if kind.lower() == "bearer" else None
        if access is None:
            raise Refused(*refusals.unauthenticated())
        recorded.principal = access.principal
        if method.api in self.disabled:
            raise refusals.disabled(method.api)
        if self.quotas_on:
            with self._counting:
                self.quotas.take(method, access.principal)
        if not access.scopes & set(method.scopes):
            raise Refused(*refusals.too_narrow(method))
        return access

    def _carried_out(
        self, recorded: Recorded, method: Method, path: dict[str, str], access: Access
    ) -> Answer:
        query.check(method, dict(recorded.query))
        mask = masks.parse(recorded.query["fields"][-1]) if "fields" in recorded.query else {}
        if method.response:
            masks.check(method.api, method.response, mask)
        body = grammar.checked_body(method, recorded.body)
        handler = handlers(method.api).get(method.id)
        if handler is None:
            raise NotEmulated(method.id)
        call = Call(method.id, path, recorded.query, body, access.principal, access.delegated)
        pretty = call.one("prettyPrint", "true").lower() not in ("false", "0")
        with self.world.lock:
            value = handler(self.world, call)
            if wrong := own.faults(method.api, method.response, value) if method.response else []:
                return self._fault(f"{method.id} answered what Google can't:\n" + "\n".join(wrong))
            shown = masks.apply(mask, value)
            return answers.success(method.api, shown, bool(method.response), pretty)


class Refused(Exception):
    """A refusal that comes with headers of its own."""

    def __init__(self, error: GoogleError, headers: dict[str, str]) -> None:
        super().__init__(str(error))
        self.error, self.headers = error, headers


def _special(verb: str, path: str) -> str:
    """What a path outside the APIs is for."""
    if path == "/token" and verb == "POST":
        return "token"
    if path == EXCHANGE and verb == "POST":
        return "sts.token"
    if IMPERSONATE.fullmatch(unquote(path)) and verb == "POST":
        return "impersonation"
    if BACKGROUND.fullmatch(unquote(path)) and verb == "GET":
        return "allowedLocations"
    return "consent" if path in CONSENT and verb == "GET" else ""

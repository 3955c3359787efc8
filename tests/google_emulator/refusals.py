"""Google's refusals that don't depend on what is in a file: tokens, scopes, quotas, outages."""

from __future__ import annotations

from typing import Any

from tests.google_emulator.answers import PROJECT
from tests.google_emulator.discovery import Method
from tests.google_emulator.errors import GoogleError

UNAUTHENTICATED = (
    "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie "
    "or other valid authentication credential. See "
    "https://developers.google.com/identity/sign-in/web/devconsole-project."
)
HOSTS = {
    "sheets": "sheets.googleapis.com",
    "drive": "www.googleapis.com",
    "forms": "forms.googleapis.com",
    "gmail": "gmail.googleapis.com",
}
TITLES = {
    "sheets": "Google Sheets API",
    "drive": "Google Drive API",
    "forms": "Google Forms API",
    "gmail": "Gmail API",
}
OUTAGES = {
    500: ("INTERNAL", "Internal error encountered."),
    503: ("UNAVAILABLE", "The service is currently unavailable."),
    504: ("DEADLINE_EXCEEDED", "Deadline exceeded"),
    408: ("DEADLINE_EXCEEDED", "The request timed out."),
}


def service(api: str) -> str:
    """The service's name in error details."""
    return "drive.googleapis.com" if api == "drive" else HOSTS[api]


def _info(reason: str, **metadata: str) -> dict[str, Any]:
    return {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": reason,
        "domain": "googleapis.com",
        "metadata": metadata,
    }


def _help(text: str, url: str) -> dict[str, Any]:
    links = [{"description": text, "url": url}]
    return {"@type": "type.googleapis.com/google.rpc.Help", "links": links}


def unauthenticated() -> tuple[GoogleError, dict[str, str]]:
    """401 for a token that is missing, unknown or expired, with its header."""
    header = 'Bearer realm="https://accounts.google.com/", error="invalid_token"'
    error = GoogleError(401, "UNAUTHENTICATED", UNAUTHENTICATED)
    return error, {"WWW-Authenticate": header}


def too_narrow(method: Method) -> tuple[GoogleError, dict[str, str]]:
    """403 for a token whose scopes don't cover the method, with its header."""
    info = _info("ACCESS_TOKEN_SCOPE_INSUFFICIENT", service=service(method.api), method=method.id)
    text = "Request had insufficient authentication scopes."
    scopes = " ".join(method.scopes)
    realm = 'Bearer realm="https://accounts.google.com/", error="insufficient_scope"'
    error = GoogleError(403, "PERMISSION_DENIED", text, [info])
    return error, {"WWW-Authenticate": f'{realm}, scope="{scopes}"'}


def disabled(api: str) -> GoogleError:
    """403 for an API that the project hasn't switched on."""
    name, title = service(api), TITLES[api]
    url = f"https://console.developers.google.com/apis/api/{name}/overview?project={PROJECT}"
    text = (
        f"{title} has not been used in project {PROJECT} before or it is disabled. "
        f"Enable it by visiting {url} then retry. If you enabled this API recently, wait a few "
        "minutes for the action to propagate to our systems and retry."
    )
    info = _info(
        "SERVICE_DISABLED",
        service=name,
        serviceTitle=title,
        consumer=f"projects/{PROJECT}",
        activationUrl=url,
        containerInfo=PROJECT,
    )
    local = {"@type": "type.googleapis.com/google.rpc.LocalizedMessage"}
    local |= {"locale": "en-US", "message": text}
    links = _help("Google developers console API activation", url)
    return GoogleError(403, "PERMISSION_DENIED", text, [info, local, links])


def exhausted(api: str, words: str, per: str, value: int) -> GoogleError:
    """429 for a bucket that is empty: words such as "Read requests", per User or Project."""
    name = service(api)
    limit = f"{words} per minute per {per.lower()}"
    info = _info(
        "RATE_LIMIT_EXCEEDED",
        service=name,
        consumer=f"projects/{PROJECT}",
        quota_metric=f"{name}/{words.lower().replace(' ', '_')}",
        quota_limit=f"{words.title().replace(' ', '')}PerMinutePer{per}",
        quota_limit_value=str(value),
        quota_unit="1/min/{project}" + ("/{user}" if per == "User" else ""),
        quota_location="global",
    )
    text = (
        f"Quota exceeded for quota metric '{words}' and limit '{limit}' of service '{name}' "
        f"for consumer 'project_number:{PROJECT}'."
    )
    url = "https://cloud.google.com/docs/quotas/help/request_increase"
    links = _help("Request a higher quota limit.", url)
    return GoogleError(429, "RESOURCE_EXHAUSTED", text, [info, links])


def outage(code: int) -> GoogleError:
    """A fault of Google's own."""
    status, text = OUTAGES[code]
    return GoogleError(code, status, text)

"""Who may see and change a file: Drive's permissions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from tests.google_emulator.errors import GoogleError, NotEmulated
from tests.google_emulator.visible import refused, visible
from tests.google_emulator.world import ROLES, Call, File, World

BASIC = ("kind", "id", "type", "role")


def permission_id(name: str) -> str:
    """The id that an address, a domain or "anyone" has on every file."""
    if name == "anyone":
        return "anyoneWithLink"
    digits = int(hashlib.sha1(name.encode()).hexdigest(), 16)
    return str(digits % 10**19 + 10**19)


def _shown(call: Call, file: File, name: str) -> dict[str, Any]:
    kind = "anyone" if name == "anyone" else "user" if "@" in name else "domain"
    whole: dict[str, Any] = {
        "kind": "drive#permission",
        "id": permission_id(name),
        "type": kind,
        "role": file.roles[name],
        "pendingOwner": file.pending_owner == name,
    }
    if kind == "user":
        whole |= {"emailAddress": name, "displayName": name.partition("@")[0], "deleted": False}
    elif kind == "domain":
        whole |= {"domain": name, "displayName": name, "allowFileDiscovery": False}
    else:
        whole["allowFileDiscovery"] = False
    return whole if "fields" in call.query else {field: whole[field] for field in BASIC}


def _invalid(text: str) -> GoogleError:
    listed = {"domain": "global", "reason": "invalid", "message": text}
    return GoogleError(400, "INVALID_ARGUMENT", text, errors=[listed])


def _named(call: Call, file: File) -> str:
    """Who the permission of the call is for."""
    wanted = call.path["permissionId"]
    for name in file.roles:
        if permission_id(name) == wanted:
            return name
    text = f"Permission not found: {wanted}."
    listed = {"domain": "global", "reason": "notFound", "message": text}
    listed |= {"locationType": "parameter", "location": "permissionId"}
    raise GoogleError(404, "NOT_FOUND", text, errors=[listed])


def list_permissions(world: World, call: Call) -> dict[str, Any]:
    """permissions.list: for those who may share the file."""
    file = visible(world, call, "writer")
    listed = [_shown(call, file, name) for name in file.roles]
    return {"kind": "drive#permissionList", "permissions": listed}


def get_permission(world: World, call: Call) -> dict[str, Any]:
    """permissions.get"""
    file = visible(world, call, "writer")
    return _shown(call, file, _named(call, file))


def create_permission(world: World, call: Call) -> dict[str, Any]:
    """permissions.create: share with a person, a domain or anyone."""
    file = visible(world, call, "writer")
    kind, role = call.body.get("type", ""), call.body.get("role", "")
    if kind == "group":
        raise NotEmulated("sharing with a group")
    field = {"user": "emailAddress", "domain": "domain"}.get(kind, "")
    name = "anyone" if kind == "anyone" else call.body.get(field, "") if field else ""
    if not name or role not in ROLES:
        raise _invalid("The permission type field is required." if not kind else "Invalid Value")
    if role == "owner":
        raise _invalid("The transferOwnership parameter must be enabled when the role is 'owner'.")
    if file.roles.get(name) == "owner":
        raise refused(file)
    file.roles[name] = role
    return _shown(call, file, name)


def update_permission(world: World, call: Call) -> dict[str, Any]:
    """permissions.update: another role, or handing the file over."""
    file = visible(world, call, "writer")
    name, role = _named(call, file), call.body.get("role", "")
    if role not in ROLES:
        raise _invalid("Invalid Value")
    owns = file.roles.get(call.principal) == "owner"
    if call.body.get("pendingOwner"):
        if not owns:
            raise refused(file)
        file.pending_owner = name
    if role == "owner":
        _hand_over(call, file, name, owns)
    elif file.roles[name] == "owner":
        raise refused(file)
    else:
        file.roles[name] = role
    return _shown(call, file, name)


def _hand_over(call: Call, file: File, name: str, owns: bool) -> None:
    if not call.flag("transferOwnership"):
        raise _invalid("The transferOwnership parameter must be enabled when the role is 'owner'.")
    if not owns and not (file.pending_owner == name == call.principal):
        raise refused(file)
    for other, role in file.roles.items():
        if role == "owner":
            file.roles[other] = "writer"
    file.roles[name], file.pending_owner = "owner", ""


def delete_permission(world: World, call: Call) -> dict[str, Any]:
    """permissions.delete: stop sharing; one may always take oneself away."""
    file = visible(world, call)
    name = _named(call, file)
    if file.roles[name] == "owner":
        raise refused(file)
    if name != call.principal and not file.allows(call.principal, "writer"):
        raise refused(file)
    del file.roles[name]
    return {}


PERMISSIONS: Mapping[str, Any] = {
    "drive.permissions.list": list_permissions,
    "drive.permissions.get": get_permission,
    "drive.permissions.create": create_permission,
    "drive.permissions.update": update_permission,
    "drive.permissions.delete": delete_permission,
}

"""Drive's two refusals: it hides what isn't shared, and names what it won't let one do."""

from __future__ import annotations

from tests.google_emulator.errors import GoogleError
from tests.google_emulator.world import Call, File, World


def missing_file(file_id: str) -> GoogleError:
    """404, also for a file that exists but isn't shared with the caller."""
    text = f"File not found: {file_id}."
    listed = {"domain": "global", "reason": "notFound", "message": text}
    listed |= {"locationType": "parameter", "location": "fileId"}
    return GoogleError(404, "NOT_FOUND", text, errors=[listed])


def refused(file: File) -> GoogleError:
    """403 for a file that the caller sees but may not change like this."""
    text = f"The user does not have sufficient permissions for file {file.id}."
    listed = {"domain": "global", "reason": "insufficientFilePermissions", "message": text}
    return GoogleError(403, "PERMISSION_DENIED", text, errors=[listed])


def visible(world: World, call: Call, role: str = "reader") -> File:
    """The file of the call, where the caller has at least that role."""
    file = world.files.get(call.path["fileId"])
    if file is None or not file.allows(call.principal, "reader"):
        raise missing_file(call.path["fileId"])
    if not file.allows(call.principal, role):
        raise refused(file)
    return file

"""spreadsheets.batchUpdate: every request is tried on a draft, which counts only if all succeed."""

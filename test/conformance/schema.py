"""jupyter_kernel_test's message schema, as a check of every message that a test hears.

Where that schema contradicts the specification, the specification holds: the status of an aborted request is `aborted`,
and `password` of an `input_request` is a boolean.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from jupyter_kernel_test.msgspec_v5 import msg_structure_validator, schema_fragments, validate_message


def check(message: dict[str, Any]) -> None:
    check_header(message)
    kind, content = message["header"]["msg_type"], message["content"]
    if content.get("status") == "aborted":
        msg_structure_validator.validate(message)
    elif kind == "input_request":
        assert isinstance(content["prompt"], str) and isinstance(content["password"], bool), content
    elif kind in schema_fragments:
        validate_message(message)
    else:
        msg_structure_validator.validate(message)


def check_header(message: dict[str, Any]) -> None:
    header = message["header"]
    assert isinstance(header["date"], datetime), f"not an ISO 8601 date: {header['date']!r}"
    assert header["date"].tzinfo is not None, "a date without a time zone"
    assert re.fullmatch(r"\d+\.\d+(\.\d+)?", header["version"]), header["version"]
    assert header["msg_id"] and header["session"], header

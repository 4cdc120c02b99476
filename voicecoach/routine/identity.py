"""Names for programs and names for people."""

from __future__ import annotations

import re
from typing import Final

from voicecoach.yaml_reader.fields import Fields
from voicecoach.yaml_reader.nodes import shown
from voicecoach.yaml_reader.text_lint import OUTSIDE

MAX_NAME: Final = 60
"""Characters: a name is spoken often ("Next: ...") and stands in lists."""

ID: Final = "[a-z0-9]+(-[a-z0-9]+)*"
ID_HINT: Final = f"small letters, digits and single hyphens, at most {MAX_NAME} characters"

_ID: Final = re.compile(ID)


def is_id(name: str) -> bool:
    """Tell whether `name` can be the id of a routine or exercise."""
    return len(name) <= MAX_NAME and bool(_ID.fullmatch(name))


def read_id(fields: Fields) -> str:
    """Return the id of a routine or exercise."""
    name = fields.text("id")
    if name and not is_id(name):
        fields.note("id", f"'{shown(name)}' cannot be an id", ID_HINT)
    return name


def read_name(fields: Fields) -> str:
    """Return the spoken name of a routine or exercise."""
    name = fields.text("name", OUTSIDE)
    if len(name) > MAX_NAME:
        fields.note("name", f"a name of {len(name)} characters", f"at most {MAX_NAME}")
    return name

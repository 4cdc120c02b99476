"""How an editor sees a routine file: values of YAML 1.2, and the schema over them."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml
from jsonschema import Draft7Validator

from voicecoach.paths import shipped

SCHEMA = json.loads(shipped("docs/routine.schema.json").read_text("utf-8"))
VALIDATOR = Draft7Validator(SCHEMA)


class _Core(yaml.SafeLoader):
    """The core schema of YAML 1.2, which knows neither dates nor ``no`` for false."""


_Core.yaml_implicit_resolvers = {}
for _tag, _form, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"(?:{_form})$"), _first)
_Core.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))
_Core.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))


def seen(text: str) -> Any:
    """Return the values of a file. Raises `yaml.YAMLError`."""
    return yaml.load(text, _Core)


def marks(text: str) -> list[str]:
    """Return what an editor marks in a file: place and message of each fault."""
    errors = VALIDATOR.iter_errors(seen(text))
    return [f"{'.'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in errors]

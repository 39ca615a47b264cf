"""Other ways to write the same data."""

import json
from typing import Any

import yaml

from .plain import Plain


class PrettyAndFlow(Plain):
    """JSON indented, sorted and in ASCII; YAML in flow style, by libyaml."""

    def serialize(self, data: Any) -> bytes:
        if self.format == "json":
            return json.dumps(data, indent=4, sort_keys=True).encode()
        return yaml.dump(data, Dumper=yaml.CSafeDumper, default_flow_style=True).encode()


class ReversedAndQuoted(Plain):
    """Keys in reverse; JSON without spaces, in UTF-8; YAML with a beginning, all text in quotes."""

    def serialize(self, data: Any) -> bytes:
        reverse = dict(reversed(data.items()))
        if self.format == "json":
            return json.dumps(reverse, separators=(",", ":"), ensure_ascii=False).encode()
        text = yaml.safe_dump(
            reverse, sort_keys=False, default_style='"', explicit_start=True, allow_unicode=True
        )
        return str(text).encode()

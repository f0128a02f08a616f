"""The sections of a TOML file, which give checked values or say what is wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from dashboard.errors import ImportFileError

WORDS = {str: "a text", float: "a number", bool: "true or false", list: "a list"}


class Section:
    """A table of a TOML file; every fault it finds is an ImportFileError."""

    def __init__(self, path: Path, title: str, values: dict[str, Any]):
        self.path = path
        self.title = title
        self.values = values

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def only(self, known: Iterable[str]) -> Section:
        """This section, if it has no keys but the known ones."""
        for key in self.values.keys() - set(known):
            self.fail(f"there is no {key!r} here; write one of {', '.join(known)}")
        return self

    def section(self, key: str) -> Section:
        """The section of that name; an empty one if it is missing."""
        return Section(self.path, f"{self.title}[{key}]", self.get(key, dict, {}))

    def get(self, key: str, kind: type, default: Any = None) -> Any:
        """A value of that kind, or the default if it is missing."""
        value = self.values.get(key, default)
        if kind is float and type(value) is int:
            value = float(value)
        if value is not default and not isinstance(value, kind):
            self.fail(f"{key} must be {WORDS.get(kind, 'a section')}")
        return value

    def need(self, key: str, kind: type) -> Any:
        """A value of that kind, which must be there."""
        if self.get(key, kind) in (None, ""):
            self.fail(f"{key} is missing")
        return self.values[key]

    def texts(self, key: str, default: Iterable[str]) -> tuple[str, ...]:
        """A list of texts, or the default if it is missing."""
        values = tuple(self.get(key, list, list(default)))
        if not all(isinstance(value, str) for value in values):
            self.fail(f"{key} must be a list of texts")
        return values

    def fail(self, fault: str) -> NoReturn:
        """Say what is wrong in this section."""
        raise ImportFileError(f"{self.path}, {self.title or 'top'}: {fault}.")


def read_toml(path: Path) -> Section:
    """The whole of a TOML file; ImportFileError if it cannot be read."""
    try:
        return Section(path, "", tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise ImportFileError(f"{path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ImportFileError(f"{path} is not valid TOML: {error}.") from error

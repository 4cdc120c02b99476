"""Results of passes, kept in a file of JSON lines as they come: a run that was stopped goes on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.barge.trials import Task
from voicecoach.errors import InputError

Row = dict[str, Any]


class Kept:
    """Passes by their task. The first line of the file tells what they are of.

    Raises `InputError` if the file is of something else, or cannot be read.
    """

    def __init__(self, path: Path | None, of: str) -> None:
        self._path, self._rows = path, dict[str, Row]()
        if path is None:
            return
        try:
            lines = path.read_text("utf-8").splitlines() if path.exists() else []
            if not lines:
                path.write_text(json.dumps({"of": of}) + "\n", "utf-8")
            self._take(lines, of)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path} has no passes of this measurement", str(error)) from error

    def _take(self, lines: list[str], of: str) -> None:
        if lines and json.loads(lines[0])["of"] != of:
            raise ValueError("It is of another model or of other recordings")
        for line in lines[1:]:
            if not line.endswith("}"):
                continue  # it was stopped while this was written
            row = json.loads(line)
            self._rows[row.pop("task")] = row

    def missing(self, planned: Iterable[Task]) -> list[Task]:
        """Return the tasks that have no result yet."""
        return [task for task in planned if str(task) not in self._rows]

    def add(self, task: Task, row: Row) -> None:
        """Keep a result."""
        self._rows[str(task)] = row
        if self._path:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"task": str(task), **row}) + "\n")

    def of(self, task: Task) -> Row:
        """Return the result of a task."""
        return self._rows[str(task)]

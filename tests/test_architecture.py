"""The rooms and the direction in which they may know of each other."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "handlers", "knowledge")
KNOWLEDGE_LIBRARIES = {"rapidfuzz", "ahocorasick", "pydantic", "phonenumbers", "publicsuffixlist"}
HANDLER_LIBRARIES = {"slack_bolt", "slack_sdk"}
FILES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield node.module or ""


def tops_of(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imports_of(path)} - set(sys.stdlib_module_names)


def place_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", [p for p in FILES if p.is_relative_to(ROOT / "knowledge")], ids=place_of)
def test_knowledge_knows_nothing_of_ours(path: Path) -> None:
    assert tops_of(path) <= KNOWLEDGE_LIBRARIES | {"knowledge"}


@pytest.mark.parametrize("path", [p for p in FILES if p.is_relative_to(ROOT / "handlers")], ids=place_of)
def test_handlers_know_the_house_and_bolt(path: Path) -> None:
    assert tops_of(path) <= HANDLER_LIBRARIES | set(ROOMS)


@pytest.mark.parametrize("path", [p for p in FILES if p.is_relative_to(ROOT / "bot")], ids=place_of)
def test_only_the_assembly_knows_the_handlers(path: Path) -> None:
    assert "handlers" not in tops_of(path) or place_of(path) == "bot/app.py"


@pytest.mark.parametrize("path", [p for p in FILES if p.is_relative_to(ROOT / "bot")], ids=place_of)
def test_slack_stays_behind_its_door(path: Path) -> None:
    is_door = place_of(path) in ("bot/app.py", "bot/web.py") or path.is_relative_to(ROOT / "bot" / "slack")
    assert is_door or not tops_of(path) & HANDLER_LIBRARIES


@pytest.mark.parametrize("path", FILES, ids=place_of)
def test_importing_a_module_does_nothing(path: Path) -> None:
    """A module's body holds definitions and constants; a table's index is a definition too."""
    calls = [node.value for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.Expr)]
    names = {ast.unparse(call.func) for call in calls if isinstance(call, ast.Call)}
    assert names <= {"Index"} or path.name == "__main__.py"


@pytest.mark.parametrize("path", FILES, ids=place_of)
def test_the_environment_is_read_in_one_place(path: Path) -> None:
    names = {
        ast.unparse(node)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
    }
    assert not names & {"os.environ", "os.getenv"} or place_of(path).startswith("bot/command_line/")

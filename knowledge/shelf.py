"""Reads the knowledge files of a folder and lays a team's folder over the built-in one."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from knowledge.faults import Fault

FOLDERS = ("types", "situations", "replies")
WORD_LISTS = ("notions", "negation", "spelling")
BY_NAME = ("types", "follow_ups", "blanks")  # the tables of a reply file that are laid over one by one
SINGLE_FILES = ("guide.toml", "calibration.toml")
_FORGETFUL = ("lacks", "counts", "needs_any")  # keys of a cue that do without a cue taken away
_AT_LINE = re.compile(r"\(at (?:line (\d+)[^)]*|end of document)\)")

Table = dict[str, Any]


@dataclass(slots=True)
class Shelf:
    """Tables by kind ("types", "guide", …) and id, and the file each came from."""

    tables: dict[str, dict[str, Table]] = field(default_factory=dict)
    files: dict[tuple[str, str], str] = field(default_factory=dict)

    def of(self, kind: str) -> dict[str, Table]:
        """Return the tables of one kind by id; empty when there is none."""
        return self.tables.get(kind, {})

    def put(self, kind: str, id_: str, table: Table, file: str) -> None:
        """Lay `table` over what stands under that id; the cues of a type are laid over one by one."""
        known = self.tables.setdefault(kind, {}).get(id_)
        self.tables[kind][id_] = table if known is None else laid_over(known, table)
        self.files[kind, id_] = file

    def without(self, files: set[str]) -> "Shelf":
        """Return the shelf without the tables of those files."""
        kept = Shelf()
        for (kind, id_), file in self.files.items():
            if file not in files:
                kept.put(kind, id_, self.of(kind)[id_], file)
        return kept


def read_shelf(folder: Path) -> tuple[Shelf, list[Fault]]:
    """Read every knowledge file of `folder`; what cannot be read is a fault and left out."""
    shelf, faults = Shelf(), []
    for kind, path in _files(folder):
        name = path.relative_to(folder).as_posix()
        table = _table(path, name)
        if isinstance(table, Fault):
            faults.append(table)
        elif isinstance(id_ := _id_of(kind, path, table), str) and id_:
            shelf.put(kind, id_, table, name)
        else:
            faults.append(Fault(name, "id", "must be a text that names the type or situation"))
    return shelf, faults


def unread_files(folder: Path) -> list[Fault]:
    """Return a fault for every TOML file of `folder` that nothing reads: no change may be lost silently."""
    read = {path for _, path in _files(folder)}
    names = (
        path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.toml")) if path not in read
    )
    return [Fault(name, "", "is not a file that is read from a folder of your own") for name in names]


def laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> Table:
    """Return `below` with what `above` gives replaced; cues are merged by id, `remove` takes some away.

    Of the drafts and blanks of a reply file only those that `above` names are replaced.
    """
    merged = {**below, **{key: value for key, value in above.items() if key not in {"cues", "remove"}}}
    for key in BY_NAME:
        if isinstance(above.get(key), dict) and isinstance(below.get(key), dict):
            merged[key] = {**below[key], **above[key]}
    if "cues" in above or "remove" in above:
        merged["cues"] = _merged_cues(below.get("cues", []), above.get("cues", []), above.get("remove", []))
    return merged


def merged_shelf(below: Shelf, above: Shelf) -> Shelf:
    """Return a new shelf with `above` laid over `below`."""
    merged = Shelf({kind: dict(tables) for kind, tables in below.tables.items()}, dict(below.files))
    for kind, tables in above.tables.items():
        for id_, table in tables.items():
            merged.put(kind, id_, table, above.files[kind, id_])
    _forget(merged, {f"{id_}.{cue}" for id_, table in above.of("types").items() for cue in _removed(table)})
    return merged


def _removed(table: Table) -> list[str]:
    named = table.get("remove", [])
    return [cue for cue in named if isinstance(cue, str)] if isinstance(named, list) else []


def _forget(shelf: Shelf, removed: set[str]) -> None:
    """Take `removed` cues out of what others lack, count or choose from, so that they can be taken away."""
    for id_, table in list(shelf.of("types").items()):
        if isinstance(cues := table.get("cues"), list):
            shelf.tables["types"][id_] = {**table, "cues": [_without(cue, removed) for cue in cues]}


def _without(cue: Table, removed: set[str]) -> Table:
    named = {key: cue[key] for key in _FORGETFUL if isinstance(cue.get(key), list)}
    kept = {key: [name for name in names if name not in removed] for key, names in named.items()}
    return cue | {key: names for key, names in kept.items() if names or key == "lacks"}


def _merged_cues(below: list[Table], above: list[Table], removed: list[str]) -> list[Table]:
    cues = {cue["id"]: cue for cue in below}
    for cue in above:
        known = cues.get(cue["id"], {})
        merged = {**known, **cue}
        if "phrases" in known and "phrases" in cue:
            merged["phrases"] = {**known["phrases"], **cue["phrases"]}
        cues[cue["id"]] = merged
    return [cue for id_, cue in cues.items() if id_ not in removed]


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for kind in FOLDERS:
        for path in sorted((folder / kind).glob("*.toml")):
            yield kind, path
    for name in WORD_LISTS:
        if (path := folder / "lexicon" / f"{name}.toml").is_file():
            yield "lexicon", path
    for name in SINGLE_FILES:
        if (path := folder / name).is_file():
            yield path.stem, path


def _table(path: Path, name: str) -> Table | Fault:
    try:
        # utf-8-sig: Windows editors begin the file with a byte order mark.
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        return Fault(name, "", f"is not UTF-8 text (byte {error.start}): save it again as UTF-8")
    except tomllib.TOMLDecodeError as error:
        return Fault(name, _place(str(error)), f"is not TOML: {_AT_LINE.sub('', str(error)).strip()}")
    except (OSError, RecursionError) as error:
        return Fault(name, "", f"cannot be read: {getattr(error, 'strerror', None) or 'nested too deeply'}")


def _place(error: str) -> str:
    found = _AT_LINE.search(error)
    return f"line {found[1]}" if found and found[1] else "end of file"


def _id_of(kind: str, path: Path, table: Table) -> Any:
    if kind in {"types", "situations"}:
        return table.get("id")
    return path.stem

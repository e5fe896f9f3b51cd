"""What is wrong with knowledge files, said so that the person who edits them can put it right."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault: in which file, at which key, and why. `str()` is one line."""

    file: str
    key: str
    reason: str

    def __str__(self) -> str:
        return ": ".join(part.replace("\n", " ") for part in (self.file, self.key, self.reason) if part)


class KnowledgeFaults(Exception):
    """The knowledge cannot be used; `faults` holds every reason."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults

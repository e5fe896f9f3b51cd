"""The figures of an evaluation as a picture: confusion matrix and reliability curve."""

from pathlib import Path
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from knowledge import LABELS, UNCLEAR
from knowledge.evaluation import Report

COLUMNS = (*LABELS, UNCLEAR)


def draw_report(report: Report, path: Path) -> None:
    """Draw `report` to `path`; raises OSError or ValueError when that cannot be written."""
    figure = Figure(figsize=(13, 6), layout="constrained")
    FigureCanvasAgg(figure)
    left, right = figure.subplots(1, 2, width_ratios=(3, 2))
    _confusion(left, report)
    _reliability(right, report)
    figure.suptitle(
        f"{report.count} inquiries · {report.accuracy:.1%} right · macro-F1 {report.macro_f1:.3f}"
    )
    figure.savefig(path, dpi=120)


def _confusion(axes: Any, report: Report) -> None:
    truths = list(report.confusion)
    counts = [[report.confusion[truth][taken] for taken in COLUMNS] for truth in truths]
    shares = [[n / max(sum(row), 1) for n in row] for row in counts]
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    axes.set_xticks(range(len(COLUMNS)), [c.replace("_", "\n") for c in COLUMNS], fontsize=7)
    axes.set_yticks(range(len(truths)), [t.replace("_", " ") for t in truths], fontsize=8)
    for y, row in enumerate(counts):
        for x, n in enumerate(row):
            if n:
                axes.text(x, y, n, ha="center", va="center", color="white" if shares[y][x] > 0.5 else "black")
    axes.set_xlabel("taken for")
    axes.set_ylabel("is")


def _reliability(axes: Any, report: Report) -> None:
    axes.plot((0, 1), (0, 1), color="grey", linestyle="--", linewidth=1)
    sure = [bin_.confidence for bin_ in report.reliability]
    right = [bin_.accuracy for bin_ in report.reliability]
    axes.plot(sure, right, marker="o", color="#1f4e5f")
    for bin_ in report.reliability:
        axes.annotate(
            str(bin_.count),
            (bin_.confidence, bin_.accuracy),
            xytext=(4, -10),
            textcoords="offset points",
            fontsize=7,
        )
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_xlabel("confidence")
    axes.set_ylabel("share that is right")
    axes.set_title(f"calibration error {report.calibration_error:.3f}", fontsize=10)

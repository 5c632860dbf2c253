"""Show the operator, on standard error, how far the work is."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


@contextmanager
def progress_bars() -> Iterator[Progress]:
    """Give a place for bars; what is printed on its console stands above them."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        yield progress


def tell(progress: Progress, sentence: str) -> None:
    """Print a sentence above the bars as it stands: brackets in it are no markup."""
    progress.console.print(sentence, markup=False, highlight=False, soft_wrap=True)

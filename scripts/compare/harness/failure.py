"""What ends a run: one line in three parts, and a status of sysexits."""

USAGE, UNAVAILABLE, SOFTWARE, CANNOT_CREATE = 64, 69, 70, 73


class Failure(Exception):
    """What failed, what was found against what was needed, what to do."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class Disagreement(Exception):
    """Results differ by more than their tolerance: nothing may be timed."""

"""Where comparisons run: the programs that are built, the Python that has the peers, folders, and the environment."""

import hashlib
import os
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

from harness.failure import SOFTWARE, UNAVAILABLE, Failure

COMPARE = Path(__file__).resolve().parent.parent
ROOT = COMPARE.parent.parent
REQUIREMENTS = COMPARE / "requirements.txt"
OLDEST_PYTHON = (3, 11)
# Settings that would let a peer run below its best, or with other threads than the rest.
UNSET = ("OPENBLAS_", "OMP_", "GOTO_", "MKL_", "NUMBA_", "RAYON_", "PYTHON")


@dataclass(frozen=True)
class Workplace:
    """Everything a comparison needs to know of this machine and this run."""

    python: Path
    fluke: Path
    engine: Path
    folder: Path
    threads: int
    quick: bool

    @property
    def environment(self) -> dict[str, str]:
        """Of every process that is measured; what Numba compiles is kept for this run and no longer."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(UNSET)}
        return kept | {
            "NUMBA_CACHE_DIR": str(self.folder / "numba"), "NUMBA_NUM_THREADS": str(self.threads),
            "RAYON_NUM_THREADS": str(self.threads), "PYTHONWARNINGS": "ignore"}

    def subfolder(self, name: str) -> Path:
        """A folder for the inputs and results of one comparison."""
        folder = self.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def peer(self, name: str, *arguments: object) -> list[str]:
        """The command line of a peer."""
        return [str(self.python), str(COMPARE / "peers" / f"{name}.py"), *map(str, arguments)]

    def make_inputs(self, folder: Path, kind: str, **values: object) -> None:
        """Puts inputs of one kind into `folder`."""
        command = self.peer("inputs", folder, kind, *(f"{name}={value}" for name, value in values.items()))
        self.check(command, "making inputs")

    def check(self, command: list[str], what: str) -> str:
        """Runs `command` to its end and returns what it printed."""
        return run(command, what, self.environment)


def run(command: list[str], what: str, environment: dict[str, str] | None = None, status: int = SOFTWARE) -> str:
    """Runs `command` to its end and returns what it printed; its last line says why where it failed."""
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = (done.stderr.strip() or done.stdout.strip() or "nothing").splitlines()[-1]
        raise Failure(
            f"{what} failed: exit status {done.returncode} where 0 was needed, it said \"{said}\"; "
            f"try it alone: {' '.join(command)}", status)
    return done.stdout


def python_with_peers() -> Path:
    """A Python with what requirements.txt names, in a folder of the user's cache that is made once."""
    if sys.version_info < OLDEST_PYTHON:
        raise Failure(
            f"Python is {sys.version.split()[0]}, {'.'.join(map(str, OLDEST_PYTHON))} or later is needed; "
            "run this script with a newer one", UNAVAILABLE)
    names = REQUIREMENTS.read_bytes() + sys.version.encode()
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "fluke-compare" / hashlib.sha256(names).hexdigest()[:12]
    python, finished = folder / "bin/python", folder / "finished"
    if not finished.exists():
        print(f"compare: installing the peers in {folder}, which takes a minute", file=sys.stderr)
        venv.create(folder, clear=True, with_pip=True)
        run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(REQUIREMENTS)],
            "installing the peers from PyPI", status=UNAVAILABLE)
        finished.touch()
    return python


def build() -> tuple[Path, Path]:
    """fluke and the engine's own program, in release and up to date."""
    run([str(ROOT / "scripts/setup")], "scripts/setup", status=UNAVAILABLE)
    print("compare: building fluke and Benchmarks/engine in release", file=sys.stderr)
    run([str(ROOT / "scripts/build")], "building fluke")
    run(["swift", "build", "--package-path", str(ROOT / "Benchmarks"), "--configuration", "release", "--product",
         "engine"], "building engine")
    return ROOT / ".build/release/fluke", ROOT / "Benchmarks/.build/release/engine"

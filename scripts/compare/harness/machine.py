"""What the measurements were made on and with."""

import json
import os
import platform
import subprocess
from pathlib import Path

from harness.workplace import REQUIREMENTS, ROOT, Workplace


def machine(place: Workplace) -> dict[str, str]:
    """Processor, cores, memory, system, threads."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": processor(), "cores": str(len(os.sched_getaffinity(0))), "threads used": str(place.threads),
        "memory": f"{memory / 2**30:.0f} GB", "system": system(), "load before": f"{os.getloadavg()[0]:.2f}"}


def processor() -> str:
    """As the kernel names it."""
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return " ".join(line.split(":", 1)[1].split())
    return platform.machine()


def system() -> str:
    """The distribution's name and the kernel's version."""
    return f"{platform.freedesktop_os_release().get('PRETTY_NAME', 'Linux')}, Linux {platform.release()}"


def versions(place: Workplace) -> dict[str, str]:
    """Of Fluke, its tools, Python and the packages of the peers."""
    swift = place.check(["swift", "--version"], "swift --version").splitlines()[0]
    commit = subprocess.run(
        ["git", "-C", str(ROOT), "describe", "--always", "--dirty"], capture_output=True, text=True, check=False)
    names = [line.split("==")[0] for line in REQUIREMENTS.read_text(encoding="utf-8").splitlines()
             if "==" in line]
    listing = place.check(
        [str(place.python), "-c", "import json, sys; from importlib.metadata import version; "
         "print(json.dumps({name: version(name) for name in sys.argv[1:]}))", *names], "listing versions")
    return {
        "fluke": f"{place.check([str(place.fluke), '--version'], 'fluke --version').strip()}, commit "
                 f"{commit.stdout.strip() or 'unknown'}",
        "swift": swift, "python": platform.python_version(),
        "peers": ", ".join(f"{name} {version}" for name, version in json.loads(listing).items())}

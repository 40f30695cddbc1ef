"""Are the system's libraries there that Qt's window and Pango's text layout need? Standard library only.

Run by the Makefile with the Python that the environment will be made from. Where something is missing and
apt may be used without asking (as root, or with sudo that wants no password), it is installed; otherwise
the exact command is printed and nothing is done. Exit status 0: all there. 1: something is missing, and
told on stderr. Written so that older Pythons can read it too and be told that they are too old.
"""

import ctypes
import os
import shutil
import subprocess
import sys

OLDEST_PYTHON = (3, 11)

# What is loaded at run time -> the Debian package that brings it. Qt's own libraries come with PySide6;
# this is what those (QtWidgets, QtSvg, QtPrintSupport, the platform plugins "xcb" and "offscreen") want
# from the system.
QT = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
PANGO = {
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


def say(sentence):
    sys.stderr.write(sentence + "\n")


def missing_libraries():
    """The libraries that cannot be loaded, each with its Debian package."""
    missing = {}
    for library, package in {**QT, **PANGO}.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing[library] = package
    return missing


def venv_package():
    """The Debian package that is missing when Python cannot make environments, or None."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    return None


def privilege():
    """What to put before apt-get: nothing as root, sudo where it wants no password, None where it may not."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        allowed = subprocess.run(["sudo", "-n", "true"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if allowed.returncode == 0:
            return ["sudo", "-n"]
    return None


def install(before, packages):
    """apt-get, quietly unless it fails; True if it went well."""
    apt = before + ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    print("Installing system packages: " + " ".join(packages), flush=True)
    # One source that cannot be reached need not stop the others: whether it sufficed is seen below.
    subprocess.run(apt + ["update"], stdout=subprocess.DEVNULL)
    outcome = subprocess.run(
        apt + ["install", "-y", "--no-install-recommends"] + packages,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if outcome.returncode != 0:
        say(outcome.stdout.decode(errors="replace").strip())
    return outcome.returncode == 0


def main():
    if sys.version_info < OLDEST_PYTHON:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        say(
            f"TNA Desktop needs Python 3.11 or newer, and this is {version}; "
            "name another one with: make run PYTHON=python3.12"
        )
        return 1
    if sys.platform == "darwin":
        return 0  # Qt brings everything there, and the README tells how Pango is installed

    missing = missing_libraries()
    packages = sorted(set(missing.values()))
    if venv_package():
        packages.append(venv_package())
    if not packages:
        return 0

    if not shutil.which("apt-get"):
        if missing:
            say("These system libraries are missing: " + ", ".join(sorted(missing)))
        if venv_package():
            say("This Python cannot make virtual environments (its modules venv and ensurepip are missing).")
        say("Install them with your system's package manager and run the same command again.")
        return 1

    before = privilege()
    if before is None:
        say("Some system packages are missing. Please run this, then the same command again:\n")
        say("    sudo apt-get update && sudo apt-get install " + " ".join(packages) + "\n")
        return 1
    if not install(before, packages):
        return 1

    # A fresh interpreter looks again: this one remembers what it did not find.
    again = subprocess.run([sys.executable, "-c", "import ensurepip, venv"], stderr=subprocess.DEVNULL)
    still = sorted(missing_libraries()) + (["venv and ensurepip for this Python"] if again.returncode else [])
    if still:
        say("Still missing after installing: " + ", ".join(still))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

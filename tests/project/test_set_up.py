"""The set-up behind `make run` and `make test`, tried with stand-ins for Python, pip, sudo and apt-get.

The stand-ins write what they are asked to do into a log; nothing is installed and nothing is fetched.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON = getattr(sys, "_base_executable", sys.executable)
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"

# Answers as a Debian Python does: without ensurepip until its package is "installed". Environments it makes have a pip
# that only writes down what it is asked.
FAKE_PYTHON = f"""#!/bin/bash
case "$*" in
    *"import ensurepip"*) [ -e "$LOG.venv-package" ] ;;
    *"-m venv"*)
        echo "venv ${{*: -2}}" >>"$LOG"
        rm -rf .venv; mkdir -p .venv/bin
        cp "$0" .venv/bin/python
        echo "#!$PWD/.venv/bin/python" >.venv/bin/pip ;;
    *"-m pip"*) echo "pip ${{*: -2}}" >>"$LOG"; [ ! -e "$LOG.no-network" ] ;;
    *) exec {PYTHON} "$@" ;;
esac
"""
FAKE_APT = """#!/bin/bash
case "$*" in *install*) echo "apt-get ${*: -1}" >>"$LOG" ;; esac
[ ! -e "$LOG.no-network" ] || exit 100
case "$*" in *venv*) touch "$LOG.venv-package" ;; esac
"""


class Machine:
    """A copy of the set-up with its own commands in front of the real ones."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "pegextract"
        self.bin = folder / "bin"
        self.log = folder / "log"
        for part in ("scripts", "requirements"):
            shutil.copytree(ROOT / part, self.home / part)
        shutil.copy(ROOT / "pyproject.toml", self.home)
        self.bin.mkdir()
        self.command("python3", FAKE_PYTHON)
        self.command("apt-get", FAKE_APT)
        self.command("dpkg-query", "#!/bin/bash\nexit 1\n")
        self.user(root=False, sudo=False)

    def command(self, name: str, script: str) -> None:
        """Put a command on this machine."""
        (self.bin / name).write_text(script)
        (self.bin / name).chmod(0o755)

    def user(self, *, root: bool, sudo: bool) -> None:
        """Say who is at the keyboard."""
        self.command("id", f"#!/bin/bash\necho {0 if root else 1000}\n")
        self.command("sudo", '#!/bin/bash\nshift\nexec "$@"\n' if sudo else "#!/bin/bash\nexit 1\n")

    def has(self, what: str) -> None:
        """Set a switch of the stand-ins: `venv-package` or `no-network`."""
        Path(f"{self.log}.{what}").touch()

    def run(self, *command: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run a script of the project; its own virtual environment is not known here."""
        env = {
            "PATH": f"{self.bin}{os.pathsep}{os.environ['PATH']}",
            "LOG": str(self.log),
            "HOME": str(self.home),
        } | settings
        return subprocess.run(command, cwd=self.home, env=env, capture_output=True, text=True, check=False)

    def done(self) -> list[str]:
        """What the stand-ins were asked since this was asked last."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return lines


RUN = ["scripts/set-up.sh", "run"]
DEV = ["scripts/set-up.sh", "dev"]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A Debian machine where python3 lacks its venv package and the user may install nothing."""
    return Machine(tmp_path)


def test_set_up_happens_once(machine):
    """The first set-up makes the environment and installs; the second does nothing and says nothing."""
    machine.has("venv-package")
    first = machine.run(*RUN)
    assert first.returncode == 0, first.stderr
    assert len(first.stdout.splitlines()) == 1
    assert machine.done() == ["venv --clear .venv", "pip -r requirements/run.lock", "pip --editable ."]
    second = machine.run(*RUN)
    assert (second.returncode, second.stdout, machine.done()) == (0, "", [])


def test_tests_add_to_what_use_needs(machine):
    """A set-up for tests goes on from one for use; after it, a set-up for use has nothing to do."""
    machine.has("venv-package")
    machine.run(*RUN)
    machine.done()
    assert machine.run(*DEV).returncode == 0
    assert machine.done() == ["pip -r requirements/dev.lock"]
    machine.run(*RUN)
    assert machine.done() == []


@pytest.mark.parametrize("file", ["pyproject.toml", "requirements/run.lock"])
def test_a_changed_project_is_set_up_again(machine, file):
    """A change of pyproject.toml or of a lock installs again, into the environment that is there."""
    machine.has("venv-package")
    machine.run(*RUN)
    machine.done()
    with (machine.home / file).open("a") as end:
        end.write("\n# changed\n")
    machine.run(*RUN)
    assert machine.done() == ["pip -r requirements/run.lock", "pip --editable ."]


def test_a_copied_environment_is_made_anew(machine):
    """An environment that came along with a copied folder points to the original, so it is replaced."""
    machine.has("venv-package")
    machine.run(*RUN)
    machine.done()
    machine.home = machine.home.rename(machine.home.with_name("copy"))
    assert machine.run(*RUN).returncode == 0
    assert "venv --clear .venv" in machine.done()


def test_a_failed_installation_is_not_taken_for_done(machine):
    """When packages cannot be fetched the set-up fails with a sentence, and the next one tries again."""
    machine.has("venv-package")
    machine.has("no-network")
    failed = machine.run(*RUN)
    assert failed.returncode != 0
    assert "the packages could not be installed" in failed.stderr
    machine.done()
    Path(f"{machine.log}.no-network").unlink()
    assert machine.run(*RUN).returncode == 0
    assert "pip --editable ." in machine.done()


@pytest.mark.parametrize("user", [{"root": True, "sudo": False}, {"root": False, "sudo": True}])
def test_a_missing_venv_package_is_installed_where_that_is_allowed(machine, user):
    """As root, or with sudo that needs no password, Debian's venv package is installed and the set-up goes on."""
    machine.user(**user)
    done = machine.run(*RUN)
    assert done.returncode == 0, done.stderr
    assert machine.done()[:2] == [f"apt-get python{VERSION}-venv", "venv --clear .venv"]


def test_a_missing_venv_package_is_named_where_nothing_may_be_installed(machine):
    """Without rights the set-up stops with the one line to run, and leaves nothing half made."""
    done = machine.run(*RUN)
    assert done.returncode == 1
    assert done.stderr.strip().endswith(f"sudo apt-get install -y python{VERSION}-venv")
    assert machine.done() == []
    assert not (machine.home / ".venv").exists()


def test_a_venv_package_that_cannot_be_fetched_is_named(machine):
    """Where apt-get fails, the line to run is printed all the same."""
    machine.user(root=True, sudo=False)
    machine.has("no-network")
    done = machine.run(*RUN)
    assert done.returncode == 1
    assert done.stderr.strip().endswith(f"apt-get install -y python{VERSION}-venv")


def test_an_old_python_is_refused(machine):
    """A Python before 3.11 is named together with what to do."""
    machine.command("python3", "#!/bin/bash\nprintf '%s\\n' python3 3.9 '3.9.2 /usr'\n")
    done = machine.run(*RUN)
    assert done.returncode == 1
    assert "needs Python 3.11 or newer and python3 is 3.9" in done.stderr


def test_a_missing_python_is_refused(machine):
    """A Python that is not there is named."""
    done = machine.run(*RUN, PYTHON="python9")
    assert done.returncode == 1
    assert "there is no python9 here" in done.stderr


def test_missing_programs_are_installed_where_that_is_allowed(machine):
    """As root, the programs that the tests use are installed in one go."""
    machine.user(root=True, sudo=False)
    done = machine.run("scripts/system-packages.sh", "test")
    assert done.returncode == 0
    assert done.stdout.startswith("set-up: installing poppler-utils")
    assert len(machine.done()) == 1


def test_missing_programs_are_named_where_nothing_may_be_installed(machine):
    """Without rights one line says what to run, and the set-up goes on: the tests will skip."""
    done = machine.run("scripts/system-packages.sh", "test")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1
    assert "To have them: sudo apt-get install -y poppler-utils" in done.stdout
    assert machine.done() == []


def test_one_of_several_packages_is_enough(machine):
    """A machine with the desktop's LibreOffice is not given the one without windows, which would replace it."""
    machine.user(root=True, sudo=False)
    machine.command("dpkg-query", '#!/bin/bash\n[ "${*: -1}" != libreoffice-writer ] || echo installed\n')
    done = machine.run("scripts/system-packages.sh", "test")
    assert "poppler-utils" in done.stdout
    assert "libreoffice" not in done.stdout


def test_programs_that_are_there_cost_nothing(machine):
    """When every program is installed, nothing is said and nobody is asked."""
    machine.command("dpkg-query", "#!/bin/bash\necho installed\n")
    done = machine.run("scripts/system-packages.sh", "run", "test")
    assert (done.returncode, done.stdout, machine.done()) == (0, "", [])


def test_use_installs_no_tools_of_the_tests(machine):
    """`make run` asks for nothing that only tests need."""
    machine.user(root=True, sudo=False)
    machine.run("scripts/system-packages.sh", "run")
    assert not any("poppler" in line for line in machine.done())

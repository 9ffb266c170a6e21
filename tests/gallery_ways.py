"""Ways from a terminal window to the reader, for the gallery: ssh and mosh through a server on the loopback interface.

The server is a real sshd with keys made for it alone, on a free port; it ends with the gallery.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import shlex
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

_CONFIG = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
AuthorizedKeysFile {folder}/user.pub
PidFile {folder}/pid
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
AcceptEnv LANG LC_*
"""


def through(way: str, command: Sequence[str], env: Sequence[str], ssh: str) -> list[str]:
    """The command that runs ``command`` by a way, with the variables set at its far end."""
    inner = ["env", *env, *command]
    if way == "ssh":
        return ["sh", "-c", f"exec {ssh} -tt 127.0.0.1 {shlex.quote(shlex.join(inner))}"]
    if way == "mosh":
        return ["mosh", "--server=env LANG=C.UTF-8 mosh-server", f"--ssh={ssh}", "127.0.0.1", "--", *inner]
    return inner


@contextlib.contextmanager
def loopback(folder: Path) -> Iterator[str]:
    """A server on 127.0.0.1; gives the ssh command that is let in. Raises OSError where there is no sshd."""
    server = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if server is None:
        raise OSError("no sshd: ssh and mosh cannot be shown")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    for name in ("host", "user"):
        subprocess.run(("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)), check=True)
    port = _free_port()
    config = folder / "config"
    config.write_text(_CONFIG.format(port=port, folder=folder))
    process = subprocess.Popen((server, "-D", "-f", str(config), "-E", str(folder / "log")))
    try:
        _wait_for(port)
        yield (
            f"ssh -p {port} -i {folder}/user -l {getpass.getuser()} -o StrictHostKeyChecking=no"
            f" -o UserKnownHostsFile={folder}/known -o LogLevel=ERROR"
        )
    finally:
        process.terminate()
        process.wait(10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(100):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise OSError(f"sshd does not answer on port {port}")

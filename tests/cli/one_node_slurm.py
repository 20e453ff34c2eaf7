"""A Slurm of one node, this machine, on loopback and in a folder of its own: enough to submit to."""

import contextlib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time

PROGRAMS = ["munged", "slurmctld", "slurmd", "sbatch", "sinfo"]
CONFIGURATION = """\
ClusterName=one
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller}
SlurmdPort={node}
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SwitchType=switch/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmdSpoolDir={folder}/spool
StateSaveLocation={folder}/state
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=5 State=UP
"""


def is_possible():
    return os.geteuid() == 0 and all(shutil.which(program) for program in PROGRAMS)


def free_ports(count):
    """Ports that nobody listens on now."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def is_alive(pid):
    """Whether it runs. Who has ended and whom nobody waited for (a container's first process may
    wait for none) does not."""
    try:
        stat = pathlib.Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] not in "ZX"


def end(pid):
    """Returns when it has ended: a daemon saves its state on the way, into a folder of ours."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        for _ in range(200):
            if not is_alive(pid):
                return
            time.sleep(0.05)


class OneNodeSlurm:
    """Up while its `with` lasts. Jobs find it by `environment`."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.environment = os.environ | {"SLURM_CONF": str(self.folder / "slurm.conf")}

    def __enter__(self):
        for name in ("spool", "state"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "munge.key").write_bytes(os.urandom(1024))
        (self.folder / "munge.key").chmod(0o400)
        controller, node = free_ports(2)
        (self.folder / "slurm.conf").write_text(CONFIGURATION.format(
            host=socket.gethostname().split(".")[0], folder=self.folder, controller=controller,
            node=node, cpus=os.cpu_count()))
        try:
            # By force: the folder is for one user alone, which munged wants to be told is meant.
            self.run("munged", "--force", *(f"--{what}={self.folder}/munge.{what.split('-')[0]}"
                                            for what in ("key-file", "socket", "pid-file",
                                                         "log-file", "seed-file")))
            self.run("slurmctld")
            self.run("slurmd")
            self.wait_until_idle()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for name in ("slurmd", "slurmctld", "munge"):
            file = self.folder / f"{name}.pid"
            if file.exists():
                end(int(file.read_text()))

    def run(self, *words):
        return subprocess.run(words, env=self.environment, capture_output=True, text=True,
                              check=True, timeout=60).stdout

    def wait_until_idle(self):
        for _ in range(150):
            try:
                if self.run("sinfo", "--noheader", "--format=%T").strip() == "idle":
                    return
            except subprocess.CalledProcessError:
                pass  # The controller is not there yet.
            time.sleep(0.2)
        raise TimeoutError("the node did not come up; see " + str(self.folder))

    def submit(self, *words, **variables):
        """Waits until the job has ended; fails as it does."""
        return subprocess.run(["sbatch", "--wait", *words], env=self.environment | variables,
                              capture_output=True, text=True, check=False, timeout=120)

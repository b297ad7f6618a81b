"""Runs SAM CLI commands without loading the SAM CLI for each.

Loading it takes longer than what most commands do. This process loads it once; for each line of standard input, a JSON
list of arguments, it forks, and the copy runs the command as `sam` would. What the command prints goes to standard
output, then a line that starts with the byte 0x1e and holds the exit code.

It ends, with all that a command has started, when its standard input does, as when the process that started it was
killed. Else a command of a dead run would build into the folder of the next one, and deploy beside it.

With `--share SOCKET` it loads the SAM CLI for other such processes: one that finds the socket's path in
AVIARY_SHARED_SAM hands over its standard streams, folder and environment, and a copy serves in its place.
"""

import array
import functools
import json
import os
import select
import signal
import socket
import sys


def be_served(path: str) -> None:
    """Has the process behind the socket serve in the place of this one, which ends when that does."""
    with socket.socket(socket.AF_UNIX) as shared:
        shared.connect(path)
        streams = array.array("i", [0, 1]).tobytes()
        with_streams = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, streams)]
        shared.sendmsg([json.dumps({"cwd": os.getcwd(), "env": dict(os.environ)}).encode() + b"\n"], with_streams)
        shared.recv(1)


def join_streams() -> None:
    """One stream, so that lines keep their order. Python's own object would still take it for what it was: a file, say."""
    os.dup2(1, 2)
    sys.stderr = open(2, "w", buffering=1, closefd=False)


join_streams()

shared = None
if "--share" in sys.argv:
    # Before anything is loaded: who connects meanwhile waits, and nobody has to wait for that.
    shared = socket.socket(socket.AF_UNIX)
    shared.bind(sys.argv[2])
    shared.listen(64)
    print("\x1eready", flush=True)
elif shared_sam := os.environ.pop("AVIARY_SHARED_SAM", ""):
    be_served(shared_sam)
    sys.exit()

import yaml

# SAM reads the template seven times in a deploy, in Python unless it finds what is in C under this name.
yaml.SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

import samcli.yamlhelper

# What it writes, it and CloudFormation read again: JSON is YAML too, and takes a fraction of the time.
samcli.yamlhelper.yaml_dump = functools.partial(json.dumps, ensure_ascii=False)
# What it reads it copies again and again. Any dictionary keeps its order today, and a plain one is copied by far the fastest.
samcli.yamlhelper.OrderedDict = dict

import samcli.cli.main
import samcli.commands.build.build_context
import samcli.commands.build.command
import samcli.commands.deploy.command
import samcli.commands.deploy.deploy_context
import samcli.commands.package.package_context
import samcli.lib.build.app_builder
import samcli.lib.deploy.deployer


def run(arguments: list[str]) -> int:
    try:
        samcli.cli.main.cli(arguments, prog_name="sam")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def end_with_parent(running: int) -> None:
    """Returns when the command has closed its end of a pipe; where standard input ends before, everything does."""
    poll = select.poll()
    poll.register(running, select.POLLIN)
    poll.register(0, 0)  # not what is in it: its end alone
    if any(descriptor == 0 for descriptor, _ in poll.poll()):
        os.killpg(0, signal.SIGKILL)


def serve(line: str) -> int:
    running, end = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            # The command's own children see an end where this process reads its next line.
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            code = run(json.loads(line))
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    os.close(end)
    end_with_parent(running)
    os.close(running)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def serve_all() -> None:
    # Ctrl-C is for the process that started this one, which then closes standard input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    print("\x1eready", flush=True)
    for request in sys.stdin:
        print(f"\x1e{serve(request)}", flush=True)


def share(shared: socket.socket) -> None:
    """Serves whoever connects, each by a copy of its own, until standard input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while shared in select.select([shared, 0], [], [])[0]:
        served, _ = shared.accept()
        if os.fork() == 0:
            shared.close()
            take_place(served)
        served.close()


def take_place(served: socket.socket) -> None:
    message, (rights, *_), _, _ = served.recvmsg(1 << 20, socket.CMSG_SPACE(8))
    while not message.endswith(b"\n"):
        message += served.recv(1 << 20)
    given = json.loads(message)
    for stream, descriptor in enumerate(array.array("i", rights[2])):
        os.dup2(descriptor, stream)
        os.close(descriptor)
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.chdir(given["cwd"])
    os.environ.clear()
    os.environ.update(given["env"])
    sys.stdin = open(0, closefd=False)
    sys.stdout = open(1, "w", buffering=1, closefd=False)
    join_streams()
    if os.fork() == 0:
        end_with(served)
    serve_all()
    os.killpg(0, signal.SIGKILL)


def end_with(served: socket.socket) -> None:
    """Ends all of the group when the process does in whose place it serves."""
    served.recv(1)
    os.killpg(0, signal.SIGKILL)


if shared:
    share(shared)
else:
    serve_all()

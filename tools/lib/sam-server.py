"""Runs SAM CLI commands without loading the SAM CLI for each.

Loading it takes longer than what most commands do. This process loads it once; for each line of standard input, a JSON
list of arguments, it forks, and the copy runs the command as `sam` would. What the command prints goes to standard
output, then a line that starts with the byte 0x1e and holds the exit code.

It ends, with all that a command has started, when its standard input does, as when the process that started it was
killed. Else a command of a dead run would build into the folder of the next one, and deploy beside it.
"""

import json
import os
import select
import signal
import sys

# One stream, so that lines keep their order. Python's own object would still take it for what it was: a file, say.
os.dup2(1, 2)
sys.stderr = open(2, "w", buffering=1, closefd=False)

import yaml

# SAM reads the template seven times in a deploy and writes it twice, in Python unless it finds what is in C under these names.
yaml.SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
yaml.SafeDumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

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


# Ctrl-C is for the process that started this one, which then closes standard input.
signal.signal(signal.SIGINT, signal.SIG_IGN)
print("\x1eready", flush=True)
for request in sys.stdin:
    print(f"\x1e{serve(request)}", flush=True)

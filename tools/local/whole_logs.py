"""
Gives each invocation all of its log lines, and gives them at once.

MiniStack takes what a function prints for complete when nothing came for 5 ms, or for 50 ms at first. On a busy machine a
line comes later: it is then counted to the next invocation, and never seen where there is none. But a Node.js function
writes to the pipe synchronously (Node.js, "A note on process I/O"), before it answers: once it has answered, all is read
when the pipe is empty and its reader has put away what it had in hand. Nobody has to wait.

On Windows, where pipes are asynchronous, MiniStack's own way stays.
"""

import os
import select
import sys
import threading
import time


def give_whole_logs() -> None:
    if sys.platform == "win32":
        return
    from ministack.core.lambda_runtime import ProvidedWorker, Worker

    Worker._read_stderr = read_lines
    # Runtimes of one's own write through a pump of MiniStack's.
    ProvidedWorker._drain_stderr_bounded = Worker._drain_stderr_bounded
    Worker._drain_stderr_bounded = take_lines


def read_lines(worker) -> None:
    """Runs in a thread of each process of a function, as long as that lives."""
    lines, pipe = worker._stderr_queue, worker._proc.stderr
    rest = b""
    while True:
        wait_for_data(pipe)
        with in_hand(worker):
            chunk = os.read(pipe.fileno(), 65536)
            *whole, rest = (rest + chunk).split(b"\n")
            for line in whole if chunk else filter(None, [rest]):
                lines.put(line.decode(errors="replace").rstrip("\r"))
        if not chunk:
            return


def take_lines(worker) -> str:
    if worker._proc is None:
        # It failed and was ended, so that its pipe has an end.
        worker._stderr_thread.join(timeout=1)
        return worker._drain_stderr()
    while worker._stderr_thread.is_alive() and wait_for_data(worker._proc.stderr, 0):
        time.sleep(0.001)
    with in_hand(worker):
        return worker._drain_stderr()


def in_hand(worker) -> threading.Lock:
    """Held while lines are out of the pipe and not yet put away."""
    return vars(worker).setdefault("lines_in_hand", threading.Lock())


def wait_for_data(pipe, timeout: int | None = None) -> bool:
    """Whether there is some, or its end. Not `select`, which knows the first 1,024 files alone."""
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    return bool(poll.poll(timeout))

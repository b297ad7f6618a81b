"""
The lines that an invocation is given, as JSON, where each takes its time to be put away. The process that prints them is
MiniStack's worker, but for what it does not need here.
Usage: python slow_worker.py <answer | fail>
"""

import json
import queue
import subprocess
import sys
import threading
import time

from ministack.core.lambda_runtime import Worker
from whole_logs import give_whole_logs

PRINTED = "import sys; [print(f'line {at}', file=sys.stderr, flush=True) for at in range(5)]; print('answer', flush=True); sys.stdin.read()"


class SlowQueue(queue.Queue):
    def put(self, item, *rest):
        time.sleep(0.02)
        super().put(item, *rest)


give_whole_logs()
worker = Worker.__new__(Worker)
worker._proc = subprocess.Popen(
    [sys.executable, "-c", PRINTED], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
)
worker._stderr_queue = SlowQueue()
worker._stderr_thread = threading.Thread(target=worker._read_stderr, daemon=True)
worker._stderr_thread.start()
worker._proc.stdout.readline()
process = worker._proc
if sys.argv[1] == "fail":
    worker._proc = None
    process.kill()
print(json.dumps(worker._drain_stderr_bounded().split("\n")))
process.kill()

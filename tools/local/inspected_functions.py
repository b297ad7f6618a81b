"""
Runs functions under the inspector of Node.js, each on a port of its own that debuggers attach to.

One process at a time has the port: what is sent to the function meanwhile waits, and the process of another version takes
its place when the invocation has ended. It is there before the first invocation, so that a breakpoint can be. Where a
debugger was attached to the one before, the new one waits until it is again, so that nothing runs past its breakpoints.
A paused invocation has a day. What the cloud says of the function stays: its workers alone have another configuration.
"""

import json
import os
import pathlib
import sys
import threading
import time

timeout = 86_400
# In seconds: a debugger that is to come back tries once a second, and then it reads the source maps of what is loaded, before
# which it cannot set its breakpoints.
patience = 5
breath = 1
alias = "live"
hook = pathlib.Path(__file__).resolve().parent.parent / "inspect" / "attach-maps.ts"


def inspect_functions() -> None:
    ports = json.loads(os.environ.pop("AVIARY_INSPECT", "{}"))
    if not ports:
        return
    from ministack.core import lambda_runtime
    from ministack.core.lambda_runtime import Worker

    functions = {name: Inspected(port, Worker._spawn) for name, port in ports.items()}
    spawn, invoke, read, acquire = Worker._spawn, Worker.invoke, Worker._read_stderr, lambda_runtime.acquire_worker

    def spawn_inspected(worker):
        function = functions.get(worker.func_name)
        return function.start(worker) if function else spawn(worker)

    def invoke_in_turn(worker, *args, **kwargs):
        function = functions.get(worker.func_name)
        if function is None:
            return invoke(worker, *args, **kwargs)
        with function.turn:
            return invoke(worker, *args, **kwargs)

    def read_without_inspector(worker):
        function = functions.get(worker.func_name)
        if function:
            function.listen(worker._stderr_queue)
        read(worker)

    def acquire_the_one(name, config, code_zip, qualifier="$LATEST", max_concurrency=None):
        if name in functions:
            with lambda_runtime._lock:
                for worker in lambda_runtime._workers.get(lambda_runtime._worker_key(name, config, qualifier), []):
                    return worker, "reused"
        return acquire(name, config, code_zip, qualifier, max_concurrency)

    Worker._spawn = spawn_inspected
    Worker.invoke = invoke_in_turn
    Worker._read_stderr = read_without_inspector
    # Before the service is loaded, which takes it from here.
    lambda_runtime.acquire_worker = acquire_the_one
    for name, function in functions.items():
        threading.Thread(target=keep_running, args=(name, function), daemon=True).start()


class Inspected:
    def __init__(self, port, spawn):
        self.port = port
        self.spawn = spawn
        # Held while the function is started or invoked.
        self.turn = threading.RLock()
        self.worker = None
        self.has_debugger = threading.Event()

    def start(self, worker) -> None:
        from ministack.core.lambda_runtime import kill_workers

        if self.worker is not worker:
            kill_workers([self.worker])
            self.worker = worker
        if self.has_debugger.is_set() and self.start_with_debugger(worker):
            return
        self.spawn_with("--inspect", worker)

    def start_with_debugger(self, worker) -> bool:
        """Whether one has attached in time."""
        self.has_debugger.clear()
        started = threading.Event()

        def end_unless_attached():
            if not self.has_debugger.wait(patience) and not started.is_set() and worker._proc:
                worker._proc.kill()

        threading.Thread(target=end_unless_attached, daemon=True).start()
        try:
            self.spawn_with("--inspect-wait", worker)
            started.set()
            time.sleep(breath)
            return True
        except RuntimeError:
            if self.has_debugger.is_set():
                raise
            return False

    def spawn_with(self, flag: str, worker) -> None:
        # Left as it is: the record of the function has the same one.
        config = vars(worker).setdefault("recorded_config", worker.config)
        variables = config.get("Environment", {}).get("Variables", {})
        options = [
            variables.get("NODE_OPTIONS", ""),
            f"{flag}=127.0.0.1:{self.port} --inspect-publish-uid=http",
            f"--disable-warning=ExperimentalWarning --import {hook.as_uri()}",
        ]
        own = {"Variables": {**variables, "NODE_OPTIONS": " ".join(options)}}
        worker.config = {**config, "Timeout": timeout, "Environment": own}
        self.spawn(worker)

    def listen(self, lines) -> None:
        """Takes out of a process's log what its inspector says."""
        put = lines.put

        def put_own(line):
            if line == "Debugger attached.":
                self.has_debugger.set()
            elif not line.startswith(("Debugger ending on ", "Waiting for the debugger to disconnect")):
                put(line)

        lines.put = put_own


def keep_running(name: str, function: Inspected) -> None:
    """Starts the version that is asked for whenever it is another one, and again where it has ended."""
    service = "ministack.services.lambda_svc"
    # Left to the main thread to load: two that load modules which need each other get half of them.
    while service not in sys.modules:
        time.sleep(0.1)
    from ministack.core import lambda_runtime
    from ministack.services import lambda_svc

    broken = None
    while True:
        record, config = lambda_svc._get_func_record_for_qualifier(name, alias)
        version = config.get("Version") if config else None
        if record and record.get("code_zip") and version != broken:
            worker, _ = lambda_runtime.acquire_worker(name, config, record["code_zip"], version)
            lambda_runtime.release_worker(worker)
            with function.turn:
                try:
                    lambda_runtime.ensure_spawned(worker)
                except Exception:
                    # Whatever it is: whoever invokes that version is told.
                    broken = version
        time.sleep(0.1)

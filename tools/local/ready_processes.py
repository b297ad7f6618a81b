"""
Starts functions of Node.js sooner after a change of their code.

A function that is being worked on, which is to say one of which a second version has been started, has a process in
reserve: Node.js is up in it, and the packages of the layers that the last version used are loaded. The next version
begins in that, as soon as it is published: its own code, and the shared modules, are loaded anew as in any other
process. It is taken only where packages found there what they would find now: the same variables, but for those that
name the version. (docs/decisions/0032-processes-in-reserve.md)

Layers are unpacked once, and not for each process; a layer's packages are found by NODE_PATH, as in Lambda, and not by
`import`, for which MiniStack puts links beside the code.

On Windows MiniStack's own way stays.
"""

import concurrent.futures
import contextlib
import contextvars
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time
import types

launcher = str(pathlib.Path(__file__).resolve().parent / "function-process.cjs")
# Processes in reserve, of about 60 MB each.
most = 6
# Seconds after the start of a process: by then its packages are loaded, and the first request is answered.
delay = 1.5
# Seconds in which nothing is published, until versions begin of which several were published together. Whoever asks one of
# them before begins it.
pause = 0.2
# What may differ between the process in reserve and the version that begins in it.
of_version = {
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "COMMIT",
    "LAMBDA_TASK_ROOT",
    "NODE_PATH",
    "RELEASE",
    "_LAMBDA_FUNCTION_ARN",
}


def keep_processes_ready() -> None:
    if sys.platform == "win32":
        return
    from ministack.core import lambda_runtime

    spawn = lambda_runtime.Worker._spawn

    def spawn_with_shared_layers(worker):
        if not worker.config.get("Runtime", "").startswith("nodejs"):
            return spawn(worker)
        config = worker.config
        worker.config = with_shared_layers(config)
        try:
            spawn(worker)
        finally:
            worker.config = config

    lambda_runtime.Worker._spawn = spawn_with_shared_layers
    # It starts every process by this name.
    lambda_runtime.subprocess = types.SimpleNamespace(**{**vars(subprocess), "Popen": reserve.start})


def begin_what_is_published() -> None:
    if sys.platform == "win32":
        return
    from ministack.services import lambda_svc

    update_code, publish_version = lambda_svc._update_code, lambda_svc._publish_version

    def update_code_and_begin(name, data):
        answer = update_code(name, data)
        if data.get("Publish"):
            reserve.begin_newest(name)
        return answer

    def publish_version_and_begin(name, data):
        answer = publish_version(name, data)
        reserve.begin_newest(name)
        return answer

    lambda_svc._update_code = update_code_and_begin
    lambda_svc._publish_version = publish_version_and_begin


def with_shared_layers(config: dict) -> dict:
    """The configuration of a function whose layers are unpacked already."""
    from ministack.services import lambda_svc

    contents = [lambda_svc._resolve_layer_zip(layer) for layer in config.get("Layers", [])]
    folders = [lambda_svc._docker_extracted_dir(content, "layer") for content in contents if content]
    own = config.get("Environment", {}).get("Variables", {})
    paths = [os.path.join(folder, "nodejs", "node_modules") for folder in folders]
    path = os.pathsep.join([*paths, *filter(None, [own.get("NODE_PATH")])])
    return {**config, "Layers": [], "Environment": {"Variables": {**own, "NODE_PATH": path}}}


class Reserve:
    def __init__(self):
        self.lock = threading.Lock()
        # By the name of the function; the one that was used last is the last.
        self.processes: dict[str, Process] = {}
        self.versions: dict[str, str] = {}
        self.timers: dict[str, threading.Timer] = {}
        # One after the other, so that those which nobody asks for do not keep up the one that is asked for.
        self.beginner = concurrent.futures.ThreadPoolExecutor(max_workers=1)
        # By the clock of `time.monotonic`.
        self.published = 0.0
        self.lists = tempfile.mkdtemp(prefix="packages-")

    def start(self, arguments, *, cwd=None, env=None, **options):
        if arguments[0] != "node" or cwd is None or env is None:
            return subprocess.Popen(arguments, cwd=cwd, env=env, **options)
        name = env["AWS_LAMBDA_FUNCTION_NAME"]
        process = self.take(name, env) or Process([self.list_of(name)], env, options)
        process.begin(arguments[1], cwd, env)
        before = self.versions.get(name)
        self.versions[name] = env["AWS_LAMBDA_FUNCTION_VERSION"]
        # Options may name a port, as the inspector's, which two processes cannot have.
        if before not in (None, self.versions[name]) and "NODE_OPTIONS" not in env:
            self.put_later(name, env, options)
        return process.child

    def put_later(self, name: str, env: dict, options: dict) -> None:
        if name in self.timers:
            self.timers[name].cancel()
        self.timers[name] = timer = threading.Timer(delay, self.put, (name, env, options))
        timer.daemon = True
        timer.start()

    def begin_newest(self, name: str) -> None:
        """Has the newest version begin in the process that is ready for it, where there is one, and before it is asked."""
        from ministack.core import lambda_runtime
        from ministack.services import lambda_svc

        before, self.published = self.published, time.monotonic()
        waits = self.published - before < pause
        versions = lambda_svc._functions.get(name, {}).get("versions")
        if name not in self.processes or not versions:
            return
        newest = max(versions, key=int)
        version = versions[newest]

        worker, _ = lambda_runtime.acquire_worker(name, version["config"], version["code_zip"], newest)
        # Free at once: a request that comes meanwhile waits for this one, and starts none beside it.
        lambda_runtime.release_worker(worker)
        # The account and the region of the request are in the context.
        self.beginner.submit(contextvars.copy_context().run, self.begin, worker, waits)

    def begin(self, worker, waits: bool) -> None:
        from ministack.core import lambda_runtime

        while waits and (rest := self.published + pause - time.monotonic()) > 0:
            time.sleep(rest)
        with contextlib.suppress(Exception):  # whatever it is: whoever invokes that version is told
            lambda_runtime.ensure_spawned(worker)

    def take(self, name: str, env: dict):
        with self.lock:
            process = self.processes.pop(name, None)
        if process and process.fits(env):
            return process
        if process:
            process.end()
        return None

    def put(self, name: str, env: dict, options: dict) -> None:
        process = Process([self.list_of(name), "in-reserve"], env, options)
        with self.lock:
            surplus = [self.processes.pop(name, None)]
            self.processes[name] = process
            if len(self.processes) > most:
                surplus.append(self.processes.pop(next(iter(self.processes))))
        for other in filter(None, surplus):
            other.end()

    def list_of(self, name: str) -> str:
        """The file that has the packages which the function has loaded, as the process of its last version wrote it."""
        return os.path.join(self.lists, f"{name}.json")


class Process:
    """Node.js with packages loaded, which waits for the function that it is to be."""

    def __init__(self, arguments: list[str], env: dict, options: dict):
        self.env = env
        self.child = subprocess.Popen(["node", launcher, *arguments], env=env, **options)

    def fits(self, env: dict) -> bool:
        differing = {name for name, _ in self.env.items() ^ env.items()}
        return differing <= of_version and self.child.poll() is None

    def begin(self, script: str, cwd: str, env: dict) -> None:
        # In ASCII, so that it has as many bytes as letters.
        message = json.dumps({"script": script, "cwd": cwd, "env": env})
        self.child.stdin.write(f"{len(message)}\n{message}")
        self.child.stdin.flush()

    def end(self) -> None:
        self.child.kill()
        self.child.wait()


reserve = Reserve()

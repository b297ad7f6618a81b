"""Runs MiniStack until its standard input ends, which it does when the process that started it is gone in any way."""

import os
import runpy
import shutil
import signal
import sys
import tempfile
import threading

import yaml

sys.dont_write_bytecode = True  # in the repository
from all_versions import list_all_versions
from changed_events import tell_of_changes_alone
from inspected_functions import inspect_functions
from kept_processes import keep_processes_that_throw
from nested_stacks import complete_nested_stacks
from own_callers import refuse_foreign_callers
from ready_processes import begin_what_is_published, keep_processes_ready
from whole_logs import give_whole_logs

sys.dont_write_bytecode = False


def end_with_parent() -> None:
    while sys.stdin.buffer.raw.read(1):
        pass
    # MiniStack ends in order, saving its state; where that takes too long it ends all the same.
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(15)
    os._exit(1)


threading.Thread(target=end_with_parent, daemon=True).start()
sys.argv = ["ministack"]
sys.path.pop(0)  # this folder
give_whole_logs()
keep_processes_ready()
keep_processes_that_throw()
inspect_functions()
# It reads templates with a parser in Python unless it finds that in C, which takes a tenth of the time, under this name.
yaml.SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
complete_nested_stacks()
tell_of_changes_alone()
list_all_versions()
begin_what_is_published()
refuse_foreign_callers()
try:
    runpy.run_module("ministack", run_name="__main__")
finally:
    shutil.rmtree(tempfile.gettempdir(), ignore_errors=True)

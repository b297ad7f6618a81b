"""
Keeps the process of a function that has thrown, as Lambda does: what its modules remember is there for the next event, and
nobody waits for another start. An authorizer throws for each token that it refuses.

MiniStack ends a process by the word "error" in its answer, in the midst of a method. So function-process.cjs puts another
one there, and what is told of the invocation is put right here. A process that has ended by itself, or has not answered in
time, is replaced as before.

On Windows MiniStack's own way stays.
"""

import sys


def keep_processes_that_throw() -> None:
    if sys.platform == "win32":
        return
    from ministack.core.lambda_runtime import Worker

    invoke = Worker.invoke

    def invoke_and_keep(worker, *args, **kwargs):
        answer = invoke(worker, *args, **kwargs)
        return {**answer, "status": "error"} if answer.get("hasThrown") else answer

    Worker.invoke = invoke_and_keep

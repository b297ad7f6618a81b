"""What Lambda's ListFunctions does with `FunctionVersion=ALL`, and MiniStack does not: it lists every published version, too.
All of them in one answer; an account gives 50 at a time."""


def list_all_versions() -> None:
    from ministack.core.responses import json_response
    from ministack.services import lambda_svc

    list_latest = lambda_svc._list_functions

    def list_functions(query_params):
        if lambda_svc._qp_first(query_params, "FunctionVersion") != "ALL":
            return list_latest(query_params)
        functions = [function for _, function in sorted(lambda_svc._functions.items())]
        versions = [it["config"] for function in functions for it in (function, *function["versions"].values())]
        return json_response({"Functions": versions})

    lambda_svc._list_functions = list_functions

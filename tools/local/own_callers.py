"""
Refuses what pages of other origins send.

MiniStack tells every browser that any page may send it anything and read the answer (`Access-Control-Allow-Origin: *`), and it
runs code and asks nobody's name: whatever page a developer looks at could invoke functions, read tables and delete queues. A
browser says where a request comes from in `Origin` and `Sec-Fetch-Site` (Fetch Standard; W3C, "Fetch Metadata Request
Headers"), and what is no browser says neither. Another name that is made to lead to this machine (DNS rebinding) is in `Host`.

The API of the product, by its path, decides itself which origins may ask it.
"""

import ipaddress
import re

own_names = re.compile(r"(.+\.)?localhost|host\.docker\.internal")
api_path = "/_aws/execute-api/"


def refuse_foreign_callers() -> None:
    from ministack import app as gateway

    answer = gateway.app

    async def answer_own(scope, receive, send):
        if scope["type"] in ("http", "websocket") and is_foreign(scope["path"], headers_of(scope)):
            await refuse(scope["type"], send)
        else:
            await answer(scope, receive, send)

    gateway.app = answer_own


def headers_of(scope) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


def is_foreign(path: str, headers: dict[str, str]) -> bool:
    host = headers.get("host", "")
    if not is_own(re.sub(r":\d+$", "", host)):
        return True
    if path.startswith(api_path):
        return False
    origin = headers.get("origin", f"http://{host}")
    return origin != f"http://{host}" or headers.get("sec-fetch-site", "none") not in ("none", "same-origin")


def is_own(name: str) -> bool:
    """A number leads nowhere else than it says; containers know this machine by one."""
    if name == "" or own_names.fullmatch(name):
        return True
    try:
        ipaddress.ip_address(name.strip("[]"))
        return True
    except ValueError:
        return False


async def refuse(kind: str, send) -> None:
    if kind == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    body = b"Not for pages of another origin, nor by another name of this machine.\n"
    headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body})

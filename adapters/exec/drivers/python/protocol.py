"""The protocol of adapters/exec/README.md, so that a driver need only say how it opens its library and calls it."""

import json
import platform
import sys


class Refused(Exception):
    """The settings ask for something that the library cannot do."""


class Inexpressible(Exception):
    """The library has no way to say this call."""


def say(value):
    sys.stdout.write(json.dumps(value, default=str) + "\n")
    sys.stdout.flush()


def nested(params):
    """Flat parameters as lists and objects; raises ValueError for those that have no such form."""
    tree = {}
    for name, value in params.items():
        at, steps = tree, name.split(".")
        for step in steps[:-1]:
            at = at.setdefault(step, {})
            if not isinstance(at, dict):
                raise ValueError(name)
        if steps[-1] in at:
            raise ValueError(name)
        at[steps[-1]] = value
    return {name: listed(value) for name, value in tree.items()}


def listed(value):
    if not isinstance(value, dict):
        return value
    numbers = [name for name in value if name.isdigit()]
    if not numbers:
        return {name: listed(each) for name, each in value.items()}
    if sorted(value) != sorted(str(index + 1) for index in range(len(value))):
        raise ValueError(numbers[0])
    return [listed(value[str(index + 1)]) for index in range(len(value))]


def failure_of(error):
    """Why no answer of the server is in an error: by what requests and json, on which both libraries rest, say."""
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        kinds = {kind.__name__ for kind in type(error).__mro__}
        text = str(error)
        if kinds & {"ConnectTimeout", "NewConnectionError", "ConnectionRefusedError", "SSLError"}:
            return "unreachable"
        if kinds & {"ReadTimeout", "ReadTimeoutError"} or "Read timed out" in text:
            return "timeout"
        if "NewConnectionError" in text or "Failed to establish a new connection" in text:
            return "unreachable"
        if kinds & {"ConnectionError", "ChunkedEncodingError", "ProtocolError"} or "Connection aborted" in text:
            return "broken"
        if "JSONDecodeError" in kinds:
            return "unreadable"
        error = getattr(error, "inner_exception", None) or error.__cause__ or error.__context__
    return None


def described(error, **told):
    """An error as the protocol wants it; what is None was not told."""
    kind = type(error)
    described = {
        "class": kind.__name__,
        "message": str(getattr(error, "message", None) or error),
        **told,
    }
    return {name: value for name, value in described.items() if value is not None}


def serve(open_library, name, version):
    """Speaks the protocol until standard input ends. `open_library` takes the settings and returns what performs a call."""
    perform = None
    for line in sys.stdin:
        message = json.loads(line)
        if message["type"] == "bye":
            return
        if message["type"] == "hello":
            try:
                perform = open_library(message["settings"])
                language = "Python " + platform.python_version()
                say({"type": "hello", "name": name, "version": version, "language": language})
            except Refused as refused:
                say({"type": "hello", "error": str(refused)})
        else:
            try:
                view = perform(message["operation"], message["params"])
            except Inexpressible as why:
                view = {"kind": "inexpressible", "reason": str(why)}
            say({"id": message["id"], **view})

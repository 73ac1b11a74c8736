"""What every contestant in Python has to do with the arena, which performs, counts and judges its calls.

Reads one JSON object a line: a job first ({"seed", "region"}), then the answers to what it asks for. Writes what it
wants done: {"do": "begin"}, {"do": "perform", "command": ...}, {"do": "end"}, and {"do": "done"} at last.
"""

import json
import sys


def say(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def ask(message):
    """What comes of it: of a command {"diverged", "status", "body"}, or {"over"} where no calls are left to spend."""
    say(message)
    return json.loads(sys.stdin.readline())


def serve(find):
    """Does one job after another: `find` returns once something diverged or the calls are used up."""
    for line in iter(sys.stdin.readline, ""):
        find(json.loads(line))
        say({"do": "done"})

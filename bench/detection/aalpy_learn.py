"""Learning a pair of interfaces by AALpy: every query is judged, the first that diverges ends it."""

import random

from aalpy.base import SUL
from aalpy.learning_algs import run_KV
from aalpy.oracles import RandomWordEqOracle

from bridge import ask, serve


class Over(Exception):
    """The calls that may be spent are used up, or a query diverged."""


def on(operation, number, **args):
    interface = {"ref": f"ri#{number}"}
    return {"kind": "call", "operation": operation, "args": {"RouterInterfaceId": interface, **args}}


INPUTS = {
    "settle": {"kind": "settle"},
    **{
        f"{operation.lower()} {number}": on(f"{operation}RouterInterface", number)
        for operation in ["Connect", "Activate", "Deactivate", "Delete"]
        for number in [1, 2]
    },
    **{f"rename {number}": on("ModifyRouterInterfaceAttribute", number, Name="edge") for number in [1, 2]},
    "spec 1": on("ModifyRouterInterfaceSpec", 1, Spec="Small.1"),
    "spec 2": on("ModifyRouterInterfaceSpec", 2, Spec="Negative"),
}


class Pair(SUL):
    def __init__(self, region):
        super().__init__()
        self.region = region

    def perform(self, command):
        if "args" in command:
            command = {**command, "args": {"RegionId": self.region, **command["args"]}}
        answer = ask({"do": "perform", "command": command})
        if answer.get("over") or answer["diverged"]:
            raise Over()
        return answer

    def create(self, number):
        role = "InitiatingSide" if number == 1 else "AcceptingSide"
        args = {
            "Role": role,
            "Spec": "Mini.2" if number == 1 else "Negative",
            "RouterType": "VRouter",
            "RouterId": {"ref": f"router#{number}"},
            "OppositeRegionId": self.region,
        }
        self.perform({"kind": "call", "operation": "CreateRouterInterface", "args": args, "as": f"ri#{number}"})

    def tell(self, one, other):
        opposite = {
            "OppositeInterfaceId": {"ref": f"ri#{other}"},
            "OppositeRouterId": {"ref": f"router#{other}"},
            "OppositeRouterType": "VRouter",
        }
        self.perform(on("ModifyRouterInterfaceAttribute", one, **opposite))

    def pre(self):
        ask({"do": "begin"})
        self.create(1)
        self.create(2)
        self.tell(1, 2)
        self.tell(2, 1)

    def post(self):
        ask({"do": "end"})

    def step(self, letter):
        answer = self.perform(INPUTS[letter])
        if letter == "settle":
            return "settled"
        return answer["body"].get("Code", "ok")


def find(job):
    random.seed(job["seed"])
    pair = Pair(job["region"])
    alphabet = list(INPUTS)
    try:
        oracle = RandomWordEqOracle(alphabet, pair, num_walks=500, min_walk_len=5, max_walk_len=30)
        run_KV(alphabet, pair, oracle, automaton_type="mealy", print_level=0)
    except Over:
        return


serve(find)

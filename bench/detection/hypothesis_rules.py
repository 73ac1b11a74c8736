"""Stateful testing by Hypothesis, its settings as they are by default."""

from hypothesis import HealthCheck, Verbosity, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from bridge import ask, serve


class Over(Exception):
    """The calls that may be spent are used up."""


class Diverged(AssertionError):
    """The oracle found something wrong."""


def names(prefix):
    return st.one_of(
        st.sampled_from(["ab", "edge", "n" + "x" * 127]),
        st.sampled_from(["a", "1abc", "http://abc", "n" + "x" * 128]),
        st.text(alphabet="abcXYZ019_-", min_size=2, max_size=40).map(lambda tail: prefix + tail),
    )


SPECS = st.sampled_from(["Mini.2", "Small.1", "Small.2", "Middle.1", "Large.1", "Huge.1", "Negative"])


class Interfaces(RuleBasedStateMachine):
    region = "cn-hangzhou"
    over = False
    interfaces = Bundle("interfaces")

    def __init__(self):
        super().__init__()
        self.made = 0
        ask({"do": "begin"})

    def teardown(self):
        ask({"do": "end"})

    def perform(self, command):
        answer = ask({"do": "perform", "command": command})
        if answer.get("over"):
            Interfaces.over = True
            return
        if answer["diverged"]:
            raise Diverged(command)

    def call(self, operation, args, name=None):
        command = {"kind": "call", "operation": operation, "args": {"RegionId": self.region, **args}}
        if name is not None:
            command["as"] = name
        self.perform(command)

    def on(self, operation, interface, **args):
        self.call(operation, {"RouterInterfaceId": {"ref": interface}, **args})

    @rule(
        target=interfaces,
        role=st.sampled_from(["InitiatingSide", "AcceptingSide"]),
        spec=SPECS,
        router=st.integers(1, 2),
        more=st.fixed_dictionaries(
            {},
            optional={
                "Name": names("n"),
                "Description": names("d"),
                "OppositeRouterType": st.sampled_from(["VRouter", "VBR", "Router"]),
                "HealthCheckSourceIp": st.sampled_from(["10.0.0.1", "10.0.0"]),
                "HealthCheckTargetIp": st.sampled_from(["10.0.0.2", "ten"]),
                "ClientToken": st.integers(1, 9).map(lambda number: {"ref": f"token#{number}"}),
                "RegionId": st.sampled_from(["cn-nowhere"]),
            },
        ),
    )
    def create(self, role, spec, router, more):
        self.made += 1
        name = f"ri#{self.made}"
        args = {
            "Role": role,
            "Spec": "Negative" if role == "AcceptingSide" else spec,
            "RouterType": "VRouter",
            "RouterId": {"ref": f"router#{router}"},
            "OppositeRegionId": self.region,
            **more,
        }
        self.call("CreateRouterInterface", args, name)
        return name

    @rule(one=interfaces, other=interfaces, router=st.integers(1, 2))
    def tell(self, one, other, router):
        self.on(
            "ModifyRouterInterfaceAttribute",
            one,
            OppositeInterfaceId={"ref": other},
            OppositeRouterId={"ref": f"router#{router}"},
            OppositeRouterType="VRouter",
        )

    @rule(one=interfaces)
    def connect(self, one):
        self.on("ConnectRouterInterface", one)

    @rule(one=interfaces)
    def activate(self, one):
        self.on("ActivateRouterInterface", one)

    @rule(one=interfaces)
    def deactivate(self, one):
        self.on("DeactivateRouterInterface", one)

    @rule(one=interfaces)
    def delete(self, one):
        self.on("DeleteRouterInterface", one)

    @rule(
        one=interfaces,
        changes=st.fixed_dictionaries(
            {},
            optional={
                "Name": names("n"),
                "Description": names("d"),
                "OppositeRouterType": st.sampled_from(["VRouter", "Router"]),
                "HealthCheckSourceIp": st.sampled_from(["10.0.0.1", "10.0.0"]),
                "HealthCheckTargetIp": st.sampled_from(["10.0.0.2", "ten"]),
                "HcThreshold": st.sampled_from(["8", "3", "eight"]),
                "HcRate": st.sampled_from(["2000", "2.5"]),
                "DeleteHealthCheckIp": st.sampled_from(["true"]),
            },
        ),
    )
    def modify(self, one, changes):
        self.on("ModifyRouterInterfaceAttribute", one, **changes)

    @rule(one=interfaces, spec=SPECS)
    def change_spec(self, one, spec):
        self.on("ModifyRouterInterfaceSpec", one, Spec=spec)

    @rule(one=interfaces)
    def describe(self, one):
        self.call("DescribeRouterInterfaceAttribute", {"InstanceId": {"ref": one}})

    @rule(
        more=st.fixed_dictionaries(
            {}, optional={"PageNumber": st.sampled_from(["1", "2", "0"]), "PageSize": st.sampled_from(["1", "50", "51"])}
        ),
        filtered=st.one_of(
            st.just(("RouterId", {"ref": "router#1"})),
            st.tuples(st.just("RouterInterfaceId"), interfaces.map(lambda name: {"ref": name})),
            st.sampled_from([("Status", "Active"), ("Name", "edge"), ("Role", "InitiatingSide"), ("Nonsense", "x")]),
        ),
    )
    def list_some(self, more, filtered):
        key, value = filtered
        self.call("DescribeRouterInterfaces", {"Filter.1.Key": key, "Filter.1.Value.1": value, **more})

    @rule()
    def look(self):
        both = {"Filter.1.Value.1": {"ref": "router#1"}, "Filter.1.Value.2": {"ref": "router#2"}}
        self.call("DescribeRouterInterfaces", {"Filter.1.Key": "RouterId", "PageSize": "50", **both})

    @rule()
    def settle(self):
        self.perform({"kind": "settle"})

    @rule(
        one=interfaces,
        change=st.sampled_from(
            [
                {"businessStatus": "FinancialLocked"},
                {"businessStatus": "Normal"},
                {"operationLocked": True},
                {"operationLocked": False},
            ]
        ),
    )
    def lock(self, one, change):
        self.perform({"kind": "control", "hook": "interface", "on": {"ref": one}, "set": change})

    @rule(value=st.booleans())
    def overdue(self, value):
        self.perform({"kind": "control", "hook": "account", "set": {"overdue": value}})

    @precondition(lambda self: self.made > 0)
    @rule(one=interfaces, network=st.integers(1, 250))
    def route(self, one, network):
        args = {
            "RouteTableId": {"ref": "table#1"},
            "DestinationCidrBlock": f"10.{network}.0.0/24",
            "NextHopType": "RouterInterface",
            "NextHopId": {"ref": one},
        }
        self.call("CreateRouteEntry", args, f"route#{network}")


def find(job):
    """Runs again with other seeds until something diverges or the calls are used up."""
    Interfaces.over = False
    Interfaces.region = job["region"]
    for again in range(1000):
        test = seed(job["seed"] * 1000 + again)(Interfaces)
        try:
            run_state_machine_as_test(
                test,
                settings=settings(
                    database=None,
                    deadline=None,
                    print_blob=False,
                    verbosity=Verbosity.quiet,
                    suppress_health_check=list(HealthCheck),
                ),
            )
        except Exception:
            return
        if Interfaces.over:
            return


serve(find)

"""The decisions of demo/aws/ecs_agent.py and load_balancer.py that need no process: how a deployment rolls.

Run: python3 test/aws/test_rollout.py
"""

import pathlib
import sys
import types
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "demo" / "aws"))

import ecs_agent  # noqa: E402
import load_balancer  # noqa: E402


def tasks(healthy=0, unhealthy=0):
    return [types.SimpleNamespace(healthy=number < healthy) for number in range(healthy + unhealthy)]


def limits(least, most):
    return {"minimumHealthyPercent": least, "maximumPercent": most}


class NextStep(unittest.TestCase):
    def step(self, desired, configuration, current, former):
        start, stop = ecs_agent.next_step(desired, configuration, current, former)
        return start, len(stop)

    def test_starts_all_new_tasks_beside_the_old_when_there_is_room(self):
        self.assertEqual(self.step(2, limits(100, 200), [], tasks(2)), (2, 0))

    def test_keeps_the_old_until_the_new_are_healthy(self):
        self.assertEqual(self.step(2, limits(100, 200), tasks(unhealthy=2), tasks(2)), (0, 0))
        self.assertEqual(self.step(2, limits(100, 200), tasks(1, 1), tasks(2)), (0, 1))
        self.assertEqual(self.step(2, limits(100, 200), tasks(2), tasks(2)), (0, 2))

    def test_stops_first_where_there_is_no_room(self):
        self.assertEqual(self.step(2, limits(50, 100), [], tasks(2)), (0, 1))
        self.assertEqual(self.step(2, limits(50, 100), [], tasks(1)), (1, 0))

    def test_stops_old_tasks_that_are_not_healthy_at_once(self):
        self.assertEqual(self.step(1, limits(100, 200), [], tasks(unhealthy=1)), (1, 1))

    def test_scales(self):
        self.assertEqual(self.step(3, limits(100, 200), tasks(1), []), (2, 0))
        self.assertEqual(self.step(1, limits(100, 200), tasks(3), []), (0, 2))
        self.assertEqual(self.step(0, limits(100, 200), tasks(2), tasks(1)), (0, 3))


class Numbers(unittest.TestCase):
    def test_the_breaker_opens_at_half_of_the_desired_from_3_to_200(self):
        self.assertEqual([ecs_agent.breaker_threshold(n) for n in (1, 6, 7, 25, 1000)], [3, 3, 4, 13, 200])

    def test_a_signal_is_an_exit_code_above_128(self):
        self.assertEqual([ecs_agent.exit_code(code) for code in (0, 3, -9, -15)], [0, 3, 137, 143])

    def test_success_codes(self):
        for codes, status, success in [
            ("200", 200, True),
            ("200", 204, False),
            ("200,204", 204, True),
            ("200-299", 299, True),
            ("200-299", 300, False),
        ]:
            self.assertIs(load_balancer.matches(codes, status), success, (codes, status))


class Heads(unittest.TestCase):
    def test_a_request_goes_on_for_one_exchange_with_the_client_named(self):
        head = load_balancer.parse_head(
            b"POST /mcp HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\nX-Forwarded-For: 1.2.3.4\r\n\r\n"
        )
        sent = load_balancer.forwarded_head(head, "127.0.0.1", 8080).decode()
        self.assertTrue(sent.startswith("POST /mcp HTTP/1.1\r\nHost: x\r\n"))
        self.assertIn("\r\nX-Forwarded-For: 1.2.3.4, 127.0.0.1\r\n", sent)
        self.assertIn("\r\nConnection: close\r\n", sent)
        self.assertNotIn("keep-alive", sent)

    def test_what_is_no_request_is_refused(self):
        for head in (b"hello\r\n\r\n", b"GET / HTTP/1.1\r\nno colon\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\n"):
            self.assertIsNone(load_balancer.parse_head(head))


class Rules(unittest.TestCase):
    def target_of(self, request, *rules):
        def action(group):
            return types.SimpleNamespace(type="forward", data={"TargetGroupArn": group})

        listener = types.SimpleNamespace(
            default_actions=[
                types.SimpleNamespace(type="fixed-response", data={"FixedResponseConfig": {"StatusCode": "404"}})
            ],
            rules={
                group: types.SimpleNamespace(
                    is_default=False, priority=priority, conditions=conditions, actions=[action(group)]
                )
                for priority, group, conditions in rules
            },
        )
        balancer = types.SimpleNamespace(listeners={"listener": listener})
        method, url, host = request
        head = load_balancer.parse_head(f"{method} {url} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        actions = load_balancer.actions_for(balancer, head)
        return load_balancer.fixed_response(actions) or load_balancer.forwarding_groups(actions)

    def test_the_rule_with_the_lowest_number_goes_first(self):
        rules = [
            (20, "all", [{"Field": "path-pattern", "Values": ["*"]}]),
            (10, "orders", [{"Field": "path-pattern", "PathPatternConfig": {"Values": ["/a/*", "/orders/*"]}}]),
        ]
        self.assertEqual(self.target_of(("POST", "/orders/mcp?x=1", "x"), *rules), ["orders"])
        self.assertEqual(self.target_of(("POST", "/Orders/mcp", "x"), *rules), ["all"])

    def test_all_conditions_must_hold_and_else_the_listener_answers(self):
        both = [
            {"Field": "host-header", "HostHeaderConfig": {"Values": ["*.Example.com"]}},
            {"Field": "path-pattern", "Values": ["/v?/mcp"]},
        ]
        self.assertEqual(self.target_of(("GET", "/v1/mcp", "MCP.example.com:443"), (1, "g", both)), ["g"])
        self.assertEqual(self.target_of(("GET", "/v1/mcp", "example.com"), (1, "g", both)), 404)
        self.assertEqual(self.target_of(("GET", "/v12/mcp", "mcp.example.com"), (1, "g", both)), 404)

    def test_a_condition_that_is_not_known_matches_nothing(self):
        rule = (1, "g", [{"Field": "http-header", "HttpHeaderConfig": {"Values": ["*"]}}])
        self.assertEqual(self.target_of(("GET", "/mcp", "x"), rule), 404)


if __name__ == "__main__":
    unittest.main()

"""Application load balancers as real HTTP listeners on 127.0.0.1, one for each that moto knows.

Routes by the rules of a listener, in the order of their priority, or by its default action to the healthy
targets of the group, in turn. Checks their health as the target group says, except that one good answer is
enough to be healthy. Each client connection carries one request over an upstream connection of its own, and
is then closed: nothing is reused, so no request meets a connection that a leaving target has just ended.
All listeners of a load balancer have one port. A rule that has other conditions than paths and host names
matches nothing. No TLS, HTTP/2, weights or stickiness. Everything here runs in one event loop, so nothing
here needs a lock.
"""

import asyncio
import contextlib
import re
import secrets
import socket
import time
from email.utils import formatdate

FORWARDED = (b"x-forwarded-for", b"x-forwarded-port", b"x-forwarded-proto")
HEAD_LIMIT = 64 * 1024
LISTEN_BACKLOG = 512
# Until its first good answer a target is asked this often, in seconds; afterwards at its group's interval.
FIRST_CHECKS_EVERY = 0.2
# How long a client whose connection we end may take to read what was sent, in seconds.
LINGER = 2

REASONS = {400: "Bad Request", 404: "Not Found", 502: "Bad Gateway", 503: "Service Temporarily Unavailable", 504: "Gateway Time-out"}


def listen_for_load_balancers():
    """Gives each application load balancer, when it is created, a listening socket and the DNS name 127.0.0.1:PORT."""
    from moto.elbv2.models import FakeLoadBalancer

    initialise = FakeLoadBalancer.__init__

    def __init__(self, *arguments, **options):
        initialise(self, *arguments, **options)
        if self.type == "application":
            self.listening = socket.create_server(("127.0.0.1", 0), backlog=LISTEN_BACKLOG)
            self.dns_name = f"127.0.0.1:{self.listening.getsockname()[1]}"

    FakeLoadBalancer.__init__ = __init__


class Target:
    """A task in a target group: `address` and `port` are what the API shows, `local_port` is where it listens."""

    def __init__(self, group, address, port, local_port):
        self.group = group
        self.address = address
        self.port = port
        self.local_port = local_port
        self.connections = 0
        self.registered = True
        self.state = ""

    def report(self, state, reason=None, description=None):
        """Makes `state` what routing goes by and what DescribeTargetHealth answers."""
        self.state = state
        self.group.targets[self.address] = {
            "Id": self.address,
            "Port": self.port,
            "Health": (state, reason, description),
        }


class LoadBalancers:
    """The listeners and targets of every application load balancer."""

    def __init__(self):
        self.targets = []
        self.served = {}
        # The loop itself holds its tasks weakly.
        self.checks = set()
        self.turn = 0

    async def serve_all(self, balancers):
        """Opens and closes listeners so that exactly `balancers` (moto's objects) are served."""
        for balancer in balancers:
            if balancer.type == "application" and balancer.arn not in self.served:
                self.served[balancer.arn] = await asyncio.start_server(
                    lambda reader, writer, balancer=balancer: self.serve(balancer, reader, writer),
                    sock=balancer.listening,
                    limit=HEAD_LIMIT,
                )
        for arn in self.served.keys() - {balancer.arn for balancer in balancers}:
            self.served.pop(arn).close()

    # --- targets ---

    def register(self, group, address, port, local_port):
        """Registers a target and starts its health checks."""
        target = Target(group, address, port, local_port)
        target.report("initial", "Elb.RegistrationInProgress", "Target registration is in progress")
        self.targets.append(target)
        self.checks.add(check := asyncio.create_task(check_health(target)))
        check.add_done_callback(self.checks.discard)
        return target

    def drain(self, target):
        """Takes a target out of the rotation; its open connections go on."""
        target.registered = False
        target.report("draining", "Target.DeregistrationInProgress", "Target deregistration is in progress")

    def remove(self, target):
        """Forgets a target, as at the end of its deregistration delay."""
        target.registered = False
        self.targets.remove(target)
        target.group.targets.pop(target.address, None)

    # --- requests ---

    def route(self, groups):
        """The next healthy target of these target groups in turn, or None."""
        healthy = [target for target in self.targets if target.state == "healthy" and target.group.arn in groups]
        if not healthy:
            return None
        self.turn += 1
        return healthy[self.turn % len(healthy)]

    async def serve(self, balancer, reader, writer):
        try:
            head = parse_head(await reader.readuntil(b"\r\n\r\n"))
            if head is None:
                await refuse(writer, 400)
            elif (status := fixed_response(actions := actions_for(balancer, head))) is not None:
                await refuse(writer, status)
            elif (target := self.route(forwarding_groups(actions))) is None:
                await refuse(writer, 503)
            else:
                target.connections += 1
                try:
                    await self.forward(balancer, target, head, reader, writer)
                finally:
                    target.connections -= 1
        except asyncio.LimitOverrunError:
            await refuse(writer, 400)
        except (asyncio.IncompleteReadError, OSError):
            pass
        finally:
            await end(reader, writer)

    async def forward(self, balancer, target, head, reader, writer):
        idle = float(balancer.attrs.get("idle_timeout.timeout_seconds", 60))
        try:
            upstream_reader, upstream = await asyncio.open_connection("127.0.0.1", target.local_port, limit=HEAD_LIMIT)
        except OSError:
            return await refuse(writer, 502)
        upstream.write(forwarded_head(head, writer.get_extra_info("peername")[0], writer.get_extra_info("sockname")[1]))
        upload = asyncio.create_task(send_body(reader, upstream))
        answer = asyncio.create_task(send_answer(upstream_reader, writer, idle))
        try:
            # The upload ends when the client has gone: then nobody waits for the answer.
            await asyncio.wait({upload, answer}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            upstream.close()
            for task in (upload, answer):
                task.cancel()
            await asyncio.gather(upload, answer, return_exceptions=True)


def actions_for(balancer, head):
    """The actions of the first rule of each listener that a request matches, else the listener's default actions."""
    start, lines = head
    path = start.split(b" ")[1].split(b"?", 1)[0].decode("latin-1")
    host = header(lines, b"host").decode("latin-1").rsplit(":", 1)[0]
    actions = []
    for listener in list(balancer.listeners.values()):
        rules = [rule for rule in listener.rules.values() if not rule.is_default]
        matching = (rule for rule in sorted(rules, key=lambda rule: int(rule.priority)) if is_met(rule, host, path))
        rule = next(matching, None)
        actions += listener.default_actions if rule is None else rule.actions
    return actions


def is_met(rule, host, path):
    """Whether a request meets all conditions of a rule."""
    return all(is_condition_met(condition, host, path) for condition in rule.conditions)


def is_condition_met(condition, host, path):
    field = condition["Field"]
    own = condition.get({"path-pattern": "PathPatternConfig", "host-header": "HostHeaderConfig"}.get(field)) or condition
    patterns = own.get("Values", [])
    if field == "path-pattern":
        return any(fits(pattern, path) for pattern in patterns)
    return field == "host-header" and any(fits(pattern.lower(), host.lower()) for pattern in patterns)


def fits(pattern, text):
    """Whether a text fits a pattern, in which * is any number of characters, and ? exactly one."""
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), text, re.DOTALL) is not None


def forwarding_groups(actions):
    """ARNs of the target groups that actions forward to, in their order."""
    groups = []
    for action in actions:
        if action.type == "forward":
            weighted = action.data.get("ForwardConfig", {}).get("TargetGroups", [])
            groups += [group["TargetGroupArn"] for group in weighted] or [action.data.get("TargetGroupArn")]
    return groups


def fixed_response(actions):
    """The status that actions answer with, or None if one of them forwards."""
    if forwarding_groups(actions):
        return None
    fixed = (action.data["FixedResponseConfig"] for action in actions if action.type == "fixed-response")
    return next((int(response["StatusCode"]) for response in fixed), None)


def parse_head(head):
    """The start line and the header lines of an HTTP/1 head, or None when it is not one."""
    start, *lines = head[:-4].split(b"\r\n")
    well_formed = re.fullmatch(rb"[!-~]+ [!-~]+ HTTP/1\.[01]", start) and all(b":" in line for line in lines)
    return (start, lines) if well_formed else None


def without(lines, *names):
    return [line for line in lines if line.split(b":", 1)[0].strip().lower() not in names]


def header(lines, name):
    for line in lines:
        key, value = line.split(b":", 1)
        if key.strip().lower() == name:
            return value.strip()
    return b""


def joined(start, lines):
    return b"\r\n".join([start, *lines, b"", b""])


def forwarded_head(head, client, port):
    """The request head as an ALB sends it on: with the X-Forwarded headers, and for one exchange only."""
    start, lines = head
    chain = header(lines, b"x-forwarded-for")
    upgrade = header(lines, b"upgrade")
    return joined(
        start,
        [
            *without(lines, b"connection", b"keep-alive", *FORWARDED),
            b"X-Forwarded-For: " + (chain + b", " if chain else b"") + client.encode(),
            b"X-Forwarded-Proto: http",
            b"X-Forwarded-Port: %d" % port,
            b"X-Amzn-Trace-Id: Root=1-%08x-%s" % (int(time.time()), secrets.token_hex(12).encode()),
            b"Connection: upgrade" if upgrade else b"Connection: close",
        ],
    )


async def send_answer(upstream, writer, idle):
    """Sends the target's answer on; 504 when it does not begin within `idle` seconds, 502 when it is none."""
    status = b"100"
    while re.fullmatch(b"1..", status) and status != b"101":
        try:
            head = await asyncio.wait_for(upstream.readuntil(b"\r\n\r\n"), idle)
        except asyncio.TimeoutError:
            return await refuse(writer, 504)
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError):
            return await refuse(writer, 502)
        start, *lines = head[:-4].split(b"\r\n")
        match = re.match(rb"HTTP/1\.[01] (\d{3})", start)
        if match is None:
            return await refuse(writer, 502)
        status = match[1]
        if not status.startswith(b"1"):
            lines = [*without(lines, b"connection", b"keep-alive"), b"Connection: close"]
        writer.write(joined(start, lines))
        await writer.drain()
    with contextlib.suppress(asyncio.TimeoutError):
        await copy(upstream, writer, idle)


async def send_body(reader, upstream):
    """Copies what the client sends until the client has gone, also when the target no longer wants to read it."""
    with contextlib.suppress(OSError):
        await copy(reader, upstream)
        return
    await copy_to_nowhere(reader)


async def copy(reader, writer, idle=None):
    """Copies until the reader ends, or has been silent for `idle` seconds."""
    while data := await asyncio.wait_for(reader.read(HEAD_LIMIT), idle):
        writer.write(data)
        await writer.drain()


async def refuse(writer, status):
    """Answers as the load balancer itself does, in its own words."""
    title = f"{status} {REASONS[status]}"
    body = (
        f"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n"
        f"<center><h1>{title}</h1></center>\r\n</body>\r\n</html>\r\n"
    )
    writer.write(
        f"HTTP/1.1 {title}\r\nServer: awselb/2.0\r\nDate: {formatdate(usegmt=True)}\r\nContent-Type: text/html\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}".encode()
    )
    await writer.drain()


async def end(reader, writer):
    """Closes a client connection so that what was sent is read: a close over unread input would be a reset."""
    with contextlib.suppress(OSError, asyncio.TimeoutError):
        writer.write_eof()
        await asyncio.wait_for(copy_to_nowhere(reader), LINGER)
    writer.close()


async def copy_to_nowhere(reader):
    while await reader.read(HEAD_LIMIT):
        pass


async def check_health(target):
    """Checks a target and reports its health until it is deregistered."""
    group = target.group
    interval = float(group.health_check_interval_seconds)
    threshold = int(group.unhealthy_threshold_count)
    bad = 0
    unhealthy_at = time.monotonic() + threshold * interval
    while True:
        reason, description = await failed_check(target)
        # Asked here and not ended from outside: a check under way would put a leaving target back into the rotation.
        if not target.registered:
            return
        bad = bad + 1 if reason else 0
        if not reason:
            target.report("healthy")
        elif target.state == "initial" and time.monotonic() >= unhealthy_at:
            target.report("unhealthy", reason, description)
        elif target.state == "healthy" and bad >= threshold:
            target.report("unhealthy", reason, description)
        await asyncio.sleep(interval if target.state == "healthy" else FIRST_CHECKS_EVERY)


async def failed_check(target):
    """One health check of a target: (None, None) when it passed, else AWS's reason code and description."""
    group = target.group
    codes = (group.matcher or {}).get("HttpCode") or "200"
    try:
        status = await asyncio.wait_for(
            status_of(target.local_port, group.health_check_path or "/"), float(group.health_check_timeout_seconds)
        )
    except asyncio.TimeoutError:
        return "Target.Timeout", "Request timed out"
    except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        return "Target.FailedHealthChecks", "Health checks failed"
    if matches(codes, status):
        return None, None
    return "Target.ResponseCodeMismatch", f"Health checks failed with these codes: [{status}]"


def matches(codes, status):
    """Whether a status is among a target group's success codes, such as "200", "200,202" or "200-299"."""
    for item in codes.split(","):
        first, _, last = item.partition("-")
        if int(first) <= status <= int(last or first):
            return True
    return False


async def status_of(port, path):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n"
            "User-Agent: ELB-HealthChecker/2.0\r\nAccept-Encoding: gzip, compressed\r\n\r\n".encode()
        )
        return int((await reader.readuntil(b"\r\n")).split(b" ")[1])
    except IndexError:
        raise ValueError("not an HTTP status line") from None
    finally:
        writer.close()

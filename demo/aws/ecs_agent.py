"""ECS's scheduler and agent for the services in moto: deployments that roll, complete, fail and roll back.

A task is one local process (the essential container behind the load balancer), started from a tasks file
that says which command an image stands for, with the environment and the resolved secrets of its task
definition and a free PORT. Times are shorter than AWS's wherever only patience is lost. Container health
checks, tasks of RunTask, placement and other containers of a task are left to moto, that is: not run.
"""

import asyncio
import contextlib
import copy
import functools
import json
import math
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field

from load_balancer import LoadBalancers, Target
from moto_patches import ecs_lock

TICK = 0.1
# A connection may hold up the end of a leaving task at most this long, in seconds; AWS's own default is 300.
LONGEST_DRAIN = 5
# ECS's default for stopTimeout: seconds between SIGTERM and SIGKILL.
STOP_TIMEOUT = 30
# Without a load balancer nothing asks a task how it is: it counts as healthy after this many seconds.
HEALTHY_AFTER = 1
# Seconds for which a failed deployment stays listed beside the one it was rolled back to. AWS takes longer,
# and whoever asks once a second must be able to see it here as there.
ROLLBACK_TAKES = 3
# Seconds before the first replacement of a failed task; doubled with each further failure, up to the second.
FIRST_RETRY, LONGEST_RETRY = 0.25, 10


# --- decisions --------------------------------------------------------------------------------------------


def next_step(desired, configuration, current, former):
    """What a rolling deployment does now: how many tasks to start, and which to stop.

    `current` and `former` are the living tasks of the PRIMARY deployment and of all others, `configuration`
    a DeploymentConfiguration. Never fewer healthy tasks than the minimum, nor more than the maximum in all.
    """
    fewest = math.ceil(desired * configuration["minimumHealthyPercent"] / 100)
    most = math.floor(desired * configuration["maximumPercent"] / 100)
    start = max(0, min(desired - len(current), most - len(current) - len(former)))
    spare = sum(task.healthy for task in current[:desired] + former) - fewest
    stop = current[desired:]
    for task in former:
        if not task.healthy or spare > 0:
            stop.append(task)
            spare -= task.healthy
    return start, stop


def breaker_threshold(desired):
    """Failed tasks after which the deployment circuit breaker opens (half of the desired, from 3 to 200)."""
    return min(max(3, math.ceil(desired / 2)), 200)


def retry_delay(failures):
    """Seconds until the next task is started after so many failed in a row."""
    return min(FIRST_RETRY * 2 ** (failures - 1), LONGEST_RETRY) if failures else 0


def exit_code(returncode):
    """A container's exit code: 128 + the signal, where one ended the process."""
    return returncode if returncode >= 0 else 128 - returncode


# --- one task ---------------------------------------------------------------------------------------------


class TaskFailedToStart(Exception):
    """A task ended before its container ran; the message is the stopped reason that AWS gives."""


@dataclass
class RunningTask:
    """A task of moto's together with the process that stands for it."""

    record: object
    deployment: str
    container: dict
    placed: float = field(default_factory=time.monotonic)
    process: subprocess.Popen | None = None
    local_port: int = 0
    started: float = 0
    targets: list[Target] = field(default_factory=list)
    ends_at: float | None = None
    killed_at: float | None = None

    @property
    def leaving(self):
        return self.record.desired_status == "STOPPED"

    @property
    def healthy(self):
        if self.process is None or self.leaving:
            return False
        if self.targets:
            return all(target.state == "healthy" for target in self.targets)
        return time.monotonic() - self.started >= HEALTHY_AFTER

    @property
    def short_id(self):
        return self.record.id.replace("-", "")


def send_signal(process, number):
    # The whole group, because the command of an image may be a launcher such as npm.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def secret_value(reference, account, region):
    """The value of a container secret: Secrets Manager (with :json-key:stage:version) or Parameter Store.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html
    """
    from moto.secretsmanager.models import secretsmanager_backends
    from moto.ssm.models import ssm_backends

    if ":secretsmanager:" in reference:
        parts = [*reference.split(":"), "", "", ""]
        arn, (key, stage, version) = ":".join(parts[:7]), parts[7:10]
        value = secretsmanager_backends[account][region].get_secret_value(arn, version or None, stage or None)
        return json.loads(value["SecretString"])[key] if key else value["SecretString"]
    name = "/" + reference.split(":parameter/", 1)[1] if ":parameter/" in reference else reference
    parameters = ssm_backends[account][region]
    parameter = parameters.get_parameter(name) or parameters.get_parameter(name.lstrip("/"))
    return parameter.response_object(decrypt=True, region=region)["Value"]


def environment_of(container, image, port, account, region):
    """The environment of a container: the image's own, then the task definition's, then PORT."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    environment.update(image.get("env", {}))
    environment.update({item["name"]: item["value"] for item in container.get("environment", [])})
    for item in container.get("secrets", []):
        try:
            environment[item["name"]] = secret_value(item["valueFrom"], account, region)
        except Exception as error:
            raise TaskFailedToStart(
                "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret "
                f"from asm: failed to fetch secret {item['valueFrom']}: {type(error).__name__}"
            ) from None
    return {**environment, "PORT": str(port)}


# --- one service ------------------------------------------------------------------------------------------


class Service:
    """Drives one of moto's services: what its API answers, and the processes that make it true."""

    def __init__(self, service, agent):
        self.service = service
        self.agent = agent
        self.tasks = []
        self.last_completed = None
        self.failures = 0
        self.next_start = 0
        self.rolled_back_at = None
        self.primary = None

    # --- what the API shows ---

    def event(self, text):
        from moto.core.utils import utcnow
        from moto.moto_api._internal import mock_random

        message = f"(service {self.service.name}) {text}"
        entry = {"id": str(mock_random.uuid4()), "createdAt": utcnow(), "message": message}
        # A new list, here and for deployments: an answer that is being written must not change on the way.
        self.service.events = [entry, *self.service.events][:100]

    def change_deployment(self, identifier, **changes):
        from moto.core.utils import utcnow

        self.service.deployments = [
            {**deployment, **changes, "updatedAt": utcnow()} if deployment["id"] == identifier else deployment
            for deployment in self.service.deployments
        ]

    def count(self):
        """Writes the counts of the service and of its deployments, and drops the deployments that are over."""
        counted = []
        for deployment in self.service.deployments:
            tasks = [task for task in self.tasks if task.deployment == deployment["id"]]
            running = sum(task.record.last_status == "RUNNING" for task in tasks)
            pending = sum(task.record.last_status == "PENDING" for task in tasks)
            primary = deployment["status"] == "PRIMARY"
            if not primary and not tasks and self.rolled_back_at is None:
                continue
            desired = self.service.desired_count if primary else sum(not task.leaving for task in tasks)
            counted.append({**deployment, "desiredCount": desired, "runningCount": running, "pendingCount": pending})
        self.service.deployments = counted
        self.service.running_count = sum(task.record.last_status == "RUNNING" for task in self.tasks)
        self.service.pending_count = sum(task.record.last_status == "PENDING" for task in self.tasks)

    # --- starting ---

    def place(self, deployment):
        """A new task of a deployment, PENDING."""
        from moto.core.utils import utcnow
        from moto.ecs.models import Task

        service = self.service
        backend = service._backend
        definition = backend.describe_task_definition(deployment["taskDefinition"])
        tags = {"SERVICE": service.tags, "TASK_DEFINITION": definition.tags}.get(service.propagate_tags) or []
        record = Task(
            cluster=backend.clusters[service.cluster_name],
            task_definition=definition,
            container_instance_arn=None,
            resource_requirements=None,
            backend=backend,
            group=f"service:{service.name}",
            launch_type=service.launch_type or "FARGATE",
            started_by=deployment["id"],
            tags=list(tags),
            networking_configuration=service.network_configuration,
            platform_version=service.platform_version,
        )
        record.last_status = "PENDING"
        record.created_at = utcnow()
        record.cpu, record.memory = definition.cpu, definition.memory
        backend.tasks.setdefault(service.cluster_name, {})[record.task_arn] = record
        named = {balancer.get("containerName") for balancer in service.load_balancers}
        containers = definition.container_definitions
        container = next((c for c in containers if c["name"] in named), containers[0])
        task = RunningTask(record, deployment["id"], container)
        self.tasks.append(task)
        self.event(f"has started 1 tasks: (task {task.short_id}).")

    def launch(self, task):
        """Starts the process of a PENDING task once its image is pulled, and registers it with the target groups."""
        from moto.core.utils import utcnow
        from moto.elbv2.models import elbv2_backends

        service = self.service
        image = self.agent.image(task.container["image"])
        if time.monotonic() < task.placed + image.get("pullSeconds", 0):
            return
        task.local_port = free_port()
        environment = environment_of(
            task.container, image, task.local_port, service._account_id, service.region_name
        )
        task.process = self.agent.spawn(image["command"], environment, f"{service.name}-{task.short_id}.log")
        task.started = time.monotonic()
        task.record.last_status = "RUNNING"
        task.record.started_at = utcnow()
        for container in task.record.containers:
            container.last_status = "RUNNING"
            # ECS reports the digest of what it has pulled. Here only a reference by digest says it.
            _, _, digest = container.image.partition("@")
            if digest:
                container.image_digest = digest
        for balancer in service.load_balancers:
            arn = balancer.get("targetGroupArn")
            group = elbv2_backends[service._account_id][service.region_name].target_groups.get(arn)
            if group is not None:
                target = self.agent.balancers.register(
                    group, address_of(task.record) or "127.0.0.1", balancer.get("containerPort"), task.local_port
                )
                task.targets.append(target)
                self.event(f"registered 1 targets in (target-group {arn})")

    # --- stopping ---

    def stop(self, task, reason, code="ServiceSchedulerInitiated"):
        """Begins the end of a task: out of the rotation first, SIGTERM when its connections have ended."""
        task.record.desired_status = "STOPPED"
        task.record.stopped_reason = reason
        task.record.stop_code = code
        self.drain(task)

    def drain(self, task):
        from moto.core.utils import utcnow

        task.record.last_status = "DEACTIVATING"
        task.record.stopping_at = utcnow()
        delays = [float(target.group.attributes["deregistration_delay.timeout_seconds"]) for target in task.targets]
        task.ends_at = time.monotonic() + min([LONGEST_DRAIN, *delays])
        for target in task.targets:
            self.agent.balancers.drain(target)
        if task.targets:
            self.event("has begun draining connections on 1 tasks.")

    def end(self, task):
        """One step of a leaving task towards its last signal."""
        now = time.monotonic()
        if task.killed_at is None:
            if now < task.ends_at and any(target.connections for target in task.targets):
                return
            task.record.last_status = "STOPPING"
            task.killed_at = now + float(task.container.get("stopTimeout") or STOP_TIMEOUT)
            if task.process is not None:
                send_signal(task.process, signal.SIGTERM)
                self.event(f"has stopped 1 running tasks: (task {task.short_id}).")
        elif now >= task.killed_at and task.process is not None:
            send_signal(task.process, signal.SIGKILL)

    def ended(self, task, code):
        """Records that a task is STOPPED; `code` is its container's exit code, None when it never ran."""
        from moto.core.utils import utcnow
        from moto.ec2.models import ec2_backends

        record = task.record
        record.last_status = record.desired_status = "STOPPED"
        record.stopped_at = utcnow()
        for container in record.containers:
            container.last_status = "STOPPED"
            container.exitCode = code
            if code is None:
                container.reason = record.stopped_reason
        for target in task.targets:
            self.agent.balancers.remove(target)
        interface = interface_of(record)
        if interface is not None:
            ec2_backends[self.service._account_id][self.service.region_name].enis.pop(interface, None)
        self.tasks.remove(task)

    def failed(self, task):
        """Counts a task that nobody asked to stop."""
        deployment = self.service.deployments[0] if self.service.deployments else None
        if deployment and task.deployment == deployment["id"]:
            self.failures += 1
            self.next_start = time.monotonic() + retry_delay(self.failures)
            if deployment["rolloutState"] == "IN_PROGRESS":
                self.change_deployment(deployment["id"], failedTasks=deployment["failedTasks"] + 1)

    # --- the loop ---

    def tick(self):
        """Observes every task, then takes the next step of the deployment."""
        for task in list(self.tasks):
            self.observe(task)
        if self.service.status != "ACTIVE":
            self.end_all("Service was deleted")
        elif self.service.deployments:
            self.roll()
        self.count()

    def observe(self, task):
        if task.leaving and task.ends_at is None:
            self.drain(task)
        if task.leaving:
            self.end(task)
        if task.process is None:
            if task.leaving:
                self.ended(task, None)
            elif task.record.last_status == "PENDING":
                self.try_to_launch(task)
            return
        returncode = task.process.poll()
        if returncode is not None:
            self.agent.reaped(task.process)
            if not task.leaving:
                task.record.stopped_reason = "Essential container in task exited"
                task.record.stop_code = "EssentialContainerExited"
                self.failed(task)
            self.ended(task, exit_code(returncode))
            return
        grace = float(self.service.health_check_grace_period_seconds or 0)
        sick = next((target for target in task.targets if target.state == "unhealthy"), None)
        if sick and not task.leaving and time.monotonic() - task.started >= grace:
            self.event(
                f"(task {task.short_id}) (port {sick.port}) is unhealthy in (target-group {sick.group.arn}) "
                f"due to (reason {sick.group.targets[sick.address]['Health'][2]})."
            )
            self.failed(task)
            self.stop(task, f"Task failed ELB health checks in (target-group {sick.group.arn})")

    def try_to_launch(self, task):
        try:
            self.launch(task)
        except TaskFailedToStart as failure:
            task.record.stopped_reason = str(failure)
            task.record.stop_code = "TaskFailedToStart"
            self.failed(task)
            self.ended(task, None)

    def end_all(self, reason):
        for task in self.tasks:
            if not task.leaving:
                self.stop(task, reason)

    def roll(self):
        service = self.service
        primary = service.deployments[0]
        if primary["id"] != self.primary:
            self.primary, self.failures, self.next_start = primary["id"], 0, 0
        if primary["rolloutState"] == "IN_PROGRESS" and self.breaker_opens(primary):
            self.fail(primary)
            primary = service.deployments[0]
        current = [task for task in self.tasks if task.deployment == primary["id"]]
        former = [task for task in self.tasks if task.deployment != primary["id"]]
        living = [task for task in current if not task.leaving]
        if primary["rolloutState"] == "FAILED":
            return
        start, stop = next_step(
            service.desired_count,
            service.deployment_configuration,
            living,
            [task for task in former if not task.leaving],
        )
        for task in stop:
            self.stop(task, f"Scaling activity initiated by (deployment {primary['id']})")
        if time.monotonic() >= self.next_start:
            for _ in range(start):
                self.place(primary)
        healthy = sum(task.healthy for task in living)
        if healthy == service.desired_count:
            self.failures = 0
        if primary["rolloutState"] == "IN_PROGRESS" and healthy == len(current) == service.desired_count and not former:
            self.complete(primary)

    def breaker_opens(self, deployment):
        breaker = self.service.deployment_configuration.get("deploymentCircuitBreaker") or {}
        return breaker.get("enable") and deployment["failedTasks"] >= breaker_threshold(self.service.desired_count)

    def complete(self, deployment):
        if self.rolled_back_at is not None and time.monotonic() < self.rolled_back_at + ROLLBACK_TAKES:
            return
        self.rolled_back_at = None
        self.change_deployment(
            deployment["id"],
            rolloutState="COMPLETED",
            rolloutStateReason=f"ECS deployment {deployment['id']} completed.",
        )
        self.last_completed = self.service.deployments[0]
        self.event(f"(deployment {deployment['id']}) deployment completed.")
        self.event("has reached a steady state.")

    def fail(self, deployment):
        """Opens the circuit breaker, and where it may, makes the last completed deployment PRIMARY again."""
        service = self.service
        reason = "tasks failed to start."
        self.change_deployment(
            deployment["id"],
            rolloutState="FAILED",
            rolloutStateReason=f"ECS deployment circuit breaker: {reason}",
        )
        self.event(f"(deployment {deployment['id']}) deployment failed: {reason}")
        good = self.last_completed
        wanted = service.deployment_configuration["deploymentCircuitBreaker"].get("rollback")
        if not wanted or good is None or good["id"] == deployment["id"]:
            return
        self.event(f"rolling back to (deployment {good['id']}).")
        restored = {
            **good,
            "status": "PRIMARY",
            "rolloutState": "IN_PROGRESS",
            "rolloutStateReason": f"ECS deployment circuit breaker: rolling back to deploymentId {good['id']}.",
            "failedTasks": 0,
        }
        others = [{**d, "status": "ACTIVE"} for d in service.deployments if d["id"] != good["id"]]
        service.deployments = [restored, *others]
        service.task_definition = good["taskDefinition"]
        self.rolled_back_at = time.monotonic()


def detail_of(record, name):
    details = record.attachments[0]["details"] if record.attachments else []
    return next((item["value"] for item in details if item["name"] == name), None)


def address_of(record):
    return detail_of(record, "privateIPv4Address")


def interface_of(record):
    return detail_of(record, "networkInterfaceId")


# --- the whole --------------------------------------------------------------------------------------------


class Agent:
    """Runs the services and load balancers of every account and region in moto, until it is stopped.

    `tasks_file` maps an image to {"command": [...], "env": {...}} and is read anew for each task, so that an
    image can be added while this runs. `watch` is told the process groups that must not outlive this process.
    """

    def __init__(self, tasks_file, log_directory, watch):
        self.tasks_file = pathlib.Path(tasks_file)
        self.log_directory = pathlib.Path(log_directory)
        self.watch = watch
        self.balancers = LoadBalancers()
        self.services = {}
        self.stopping = False

    async def run(self):
        """Drives everything until `stop`, then ends each task process."""
        while not self.stopping:
            await self.balancers.serve_all(all_load_balancers())
            with ecs_lock:
                self.tick()
            await asyncio.sleep(TICK)
        await self.end_processes()

    def stop(self):
        self.stopping = True

    def tick(self):
        present = {id(service): service for service in all_services()}
        for key, service in present.items():
            if key not in self.services:
                self.services[key] = Service(service, self)
        for key, driven in list(self.services.items()):
            if key not in present:
                driven.service.status = "INACTIVE"
            try:
                driven.tick()
            except Exception as error:
                # One impossible service must not end the others, and the log is where to look for it.
                print(f"service {driven.service.name}: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
            if driven.service.status != "ACTIVE" and not driven.tasks:
                driven.service.deployments = []
                if key not in present:
                    del self.services[key]

    def image(self, name):
        images = json.loads(self.tasks_file.read_text())
        if name not in images:
            raise TaskFailedToStart(f"CannotPullContainerError: failed to resolve ref {name}: {name}: not found")
        return images[name]

    def spawn(self, command, environment, log_name):
        """Starts a process in a group of its own, its output in a file of the log directory."""
        with open(self.log_directory / log_name, "ab") as log:
            try:
                process = subprocess.Popen(
                    command,
                    env=environment,
                    cwd=self.tasks_file.parent,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            except OSError as error:
                raise TaskFailedToStart(f"CannotStartContainerError: {command[0]}: {error.strerror}") from None
        self.watch(f"+{process.pid}\n")
        return process

    def reaped(self, process):
        # What the process left behind goes with it, as a container's processes go with its first.
        send_signal(process, signal.SIGKILL)
        self.watch(f"-{process.pid}\n")

    async def end_processes(self):
        processes = [task.process for driven in self.services.values() for task in driven.tasks if task.process]
        for process in processes:
            send_signal(process, signal.SIGTERM)
        deadline = time.monotonic() + 3
        while any(process.poll() is None for process in processes) and time.monotonic() < deadline:
            await asyncio.sleep(TICK / 2)
        for process in processes:
            send_signal(process, signal.SIGKILL)
            process.wait()
            self.reaped(process)


def all_services():
    from moto.ecs.models import ecs_backends

    return [service for backend in backends_in(ecs_backends) for service in list(backend.services.values())]


def all_load_balancers():
    from moto.elbv2.models import elbv2_backends

    return [lb for backend in backends_in(elbv2_backends) for lb in list(backend.load_balancers.values())]


def backends_in(backend_dict):
    return [backend for account in list(backend_dict.values()) for backend in list(account.values())]


def answer_from_snapshots():
    """DescribeServices answers a service as it was at one instant, while the agent goes on changing it."""
    from moto.ecs.models import EC2ContainerServiceBackend

    describe = EC2ContainerServiceBackend.describe_services

    @functools.wraps(describe)
    def describe_services(self, cluster, names):
        with ecs_lock:
            services, failures = describe(self, cluster, names)
            return [copy.copy(service) for service in services], failures

    EC2ContainerServiceBackend.describe_services = describe_services

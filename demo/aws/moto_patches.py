"""What moto lacks for the shipped modules, driven by the real Terraform AWS provider and the ECS API.

One function per defect, applied to moto's own classes in this process. Each knows moto's internals, so
the version is pinned: another one is refused instead of half working. test/aws/test_moto_patches.py shows
each defect in unpatched moto, and with that which functions a newer moto no longer needs.
"""

import datetime
import functools
import json
import sys
import threading
import types

MOTO_VERSION = "5.2.1"

# moto answers each request in a thread of its own and ecs_agent.py changes the same services meanwhile.
# Held by whoever reads or writes more than one field of an ECS service.
ecs_lock = threading.RLock()

PATCHES = []


def patch(function):
    PATCHES.append(function)
    return function


def require_moto():
    """Ends the process with one line unless moto is exactly MOTO_VERSION."""
    try:
        from moto import __version__ as found
    except ImportError:
        found = "none"
    if found != MOTO_VERSION:
        wanted = f"moto[server]=={MOTO_VERSION}"
        sys.exit(f"The AWS stand-in needs moto {MOTO_VERSION}, found {found}: pip install '{wanted}'")


def apply():
    """Applies every patch to moto in this process. Call it once, before the first request."""
    for function in PATCHES:
        function()


# --- ECS services -----------------------------------------------------------------------------------------

# API name, the attribute moto serialises it from, and what AWS answers when the caller left it out
SERVICE_FIELDS = [
    ("capacityProviderStrategy", "capacity_provider_strategy", None),
    ("enableExecuteCommand", "enable_execute_command", False),
    ("enableECSManagedTags", "enable_ecs_managed_tags", False),
    ("healthCheckGracePeriodSeconds", "health_check_grace_period_seconds", None),
    ("availabilityZoneRebalancing", "availability_zone_rebalancing", "DISABLED"),
]

DEFAULT_DEPLOYMENT_CONFIGURATION = {"maximumPercent": 200, "minimumHealthyPercent": 100}

# UpdateService starts a deployment when one of these changes, and for the task definition
DEPLOYED_ATTRIBUTES = [
    "capacity_provider_strategy",
    "enable_ecs_managed_tags",
    "load_balancers",
    "network_configuration",
    "platform_version",
    "propagate_tags",
    "service_registries",
]


def completed_strategy(strategy):
    """A capacity provider strategy as AWS answers it: with the defaults of base and weight."""
    return [{"base": 0, "weight": 0, **item} for item in strategy]


def new_deployment(service):
    """A PRIMARY deployment of the service as it is now, of which no task has been started yet."""
    from moto.core.utils import utcnow
    from moto.moto_api._internal import mock_random

    identifier = f"ecs-svc/{mock_random.randint(10**18, 10**19 - 1)}"
    now = utcnow()
    return {
        "id": identifier,
        "status": "PRIMARY",
        "taskDefinition": service.task_definition,
        "desiredCount": service.desired_count,
        "pendingCount": 0,
        "runningCount": 0,
        "failedTasks": 0,
        "createdAt": now,
        "updatedAt": now,
        "launchType": service.launch_type,
        "capacityProviderStrategy": service.capacity_provider_strategy,
        "platformVersion": service.platform_version,
        "platformFamily": "Linux",
        "networkConfiguration": service.network_configuration or None,
        "rolloutState": "IN_PROGRESS",
        "rolloutStateReason": f"ECS deployment {identifier} in progress.",
    }


@patch
def ecs_create_service_keeps_its_fields():
    """CreateService drops the deployment configuration, the capacity provider strategy and five more fields."""
    from moto.ecs.responses import EC2ContainerServiceResponse

    create = EC2ContainerServiceResponse.create_service

    def create_service(self):
        with ecs_lock:
            answer = create(self)
            service = answer.result["service"]
            for name, attribute, default in SERVICE_FIELDS:
                given = self._get_param(name)
                setattr(service, attribute, default if given is None else given)
            if service.capacity_provider_strategy:
                service.capacity_provider_strategy = completed_strategy(service.capacity_provider_strategy)
                service.launch_type = None
            given = self._get_param("deploymentConfiguration") or {}
            service.deployment_configuration = {**DEFAULT_DEPLOYMENT_CONFIGURATION, **given}
            service.network_configuration = self._get_param("networkConfiguration") or {}
            service.running_count = service.pending_count = 0
            service.deployments = [new_deployment(service)] if service.deployments else []
            return answer

    EC2ContainerServiceResponse.create_service = create_service


@patch
def ecs_update_service_starts_a_deployment():
    """UpdateService leaves the old revision deployed and COMPLETED, and stores "family:2" in place of the ARN."""
    from moto.ecs.models import EC2ContainerServiceBackend

    update = EC2ContainerServiceBackend.update_service

    def update_service(self, properties):
        with ecs_lock:
            properties = dict(properties)
            service = self._get_service(properties.get("cluster") or "default", properties["service"].split("/")[-1])
            reference = properties.pop("task_definition", None)
            force = properties.pop("force_new_deployment", None)
            arn = self.describe_task_definition(reference).arn if reference else service.task_definition
            if properties.get("capacity_provider_strategy"):
                properties["capacity_provider_strategy"] = completed_strategy(properties["capacity_provider_strategy"])
                service.launch_type = None
            if properties.get("deployment_configuration"):
                known = service.deployment_configuration
                properties["deployment_configuration"] = {**known, **properties["deployment_configuration"]}
            started = (
                bool(force)
                or arn != service.task_definition
                or any(
                    properties.get(name) is not None and properties[name] != getattr(service, name)
                    for name in DEPLOYED_ATTRIBUTES
                )
            )
            counted = service.running_count, service.pending_count, service.deployments
            update(self, properties)
            service.running_count, service.pending_count, deployments = counted
            service.task_definition = arn
            if started:
                former = [{**deployment, "status": "ACTIVE"} for deployment in deployments]
                service.deployments = [new_deployment(service), *former]
            elif deployments:
                current = {**deployments[0], "desiredCount": service.desired_count}
                service.deployments = [current, *deployments[1:]]
            return service

    EC2ContainerServiceBackend.update_service = update_service


@patch
def ecs_refuses_inactive_task_definitions():
    """CreateService, UpdateService and RunTask take a task definition that was deregistered."""
    from moto.ecs.exceptions import EcsClientException
    from moto.ecs.responses import EC2ContainerServiceResponse

    def refuse_inactive(call):
        @functools.wraps(call)
        def checked(self):
            reference = self._get_param("taskDefinition")
            if reference:
                if self.ecs_backend.describe_task_definition(reference).status != "ACTIVE":
                    raise EcsClientException("TaskDefinition is inactive")
            return call(self)

        return checked

    for name in ("create_service", "update_service", "run_task"):
        setattr(EC2ContainerServiceResponse, name, refuse_inactive(getattr(EC2ContainerServiceResponse, name)))


# --- ECS tasks --------------------------------------------------------------------------------------------


@patch
def ecs_list_tasks_filters_by_service():
    """ListTasks ignores serviceName."""
    from moto.ecs.models import EC2ContainerServiceBackend

    list_all = EC2ContainerServiceBackend.list_tasks

    def list_tasks(
        self,
        cluster_str=None,
        container_instance=None,
        family=None,
        started_by=None,
        service_name=None,
        desiredStatus=None,
    ):
        tasks = list_all(self, cluster_str, container_instance, family, started_by, None, desiredStatus)
        if not service_name:
            return tasks
        group = f"service:{service_name.split('/')[-1]}"
        cluster = self._get_cluster(cluster_str)
        return [task for task in tasks if task.group == group and task.cluster_arn == cluster.arn]

    EC2ContainerServiceBackend.list_tasks = list_tasks


@patch
def ecs_list_tasks_leaves_stopped_tasks_out():
    """ListTasks without desiredStatus lists stopped tasks too; AWS takes RUNNING."""
    from moto.ecs.models import EC2ContainerServiceBackend

    list_all = EC2ContainerServiceBackend.list_tasks

    def list_tasks(
        self,
        cluster_str=None,
        container_instance=None,
        family=None,
        started_by=None,
        service_name=None,
        desiredStatus=None,
    ):
        # A call of the API always names a cluster; moto's own calls, which want every task, never do.
        status = desiredStatus or ("RUNNING" if cluster_str else None)
        return list_all(self, cluster_str, container_instance, family, started_by, service_name, status)

    EC2ContainerServiceBackend.list_tasks = list_tasks


@patch
def ecs_describe_tasks_changes_nothing():
    """Each DescribeTasks moves a task one state on towards STOPPED."""
    from moto.ecs.models import Task

    Task.advance = lambda self: None


@patch
def ecs_describe_tasks_names_missing_tasks():
    """DescribeTasks leaves an unknown task out without a failure."""
    from moto.ecs.responses import EC2ContainerServiceResponse

    describe = EC2ContainerServiceResponse.describe_tasks

    def describe_tasks(self):
        answer = describe(self)
        found = {task.task_arn.split("/")[-1]: task.task_arn for task in answer.result["tasks"]}
        cluster = self.ecs_backend._get_cluster(self._get_param("cluster", "default"))
        prefix = cluster.arn.replace(":cluster/", ":task/")
        answer.result["failures"] = [
            {"arn": task if task.startswith("arn:") else f"{prefix}/{task}", "reason": "MISSING"}
            for task in self._get_param("tasks", [])
            if task.split("/")[-1] not in found
        ]
        return answer

    EC2ContainerServiceResponse.describe_tasks = describe_tasks


@patch
def ecs_stop_task_says_who_stopped_it():
    """StopTask sets neither a stop code nor a default reason."""
    from moto.ecs.models import EC2ContainerServiceBackend

    stop = EC2ContainerServiceBackend.stop_task

    def stop_task(self, cluster_str, task_str, reason):
        with ecs_lock:
            task = stop(self, cluster_str, task_str, reason or "Task stopped by user")
            task.stop_code = "UserInitiated"
            return task

    EC2ContainerServiceBackend.stop_task = stop_task


@patch
def ecs_fargate_containers_need_no_memory():
    """A container without a memory of its own, as Fargate allows, ends RunTask with a 500."""
    from moto.ecs.models import EC2ContainerServiceBackend

    calculate = EC2ContainerServiceBackend._calculate_task_resource_requirements

    def requirements(task_definition):
        known = {"memory", "memoryReservation", "Memory", "MemoryReservation"}
        complete = [c if known & c.keys() else {**c, "memory": 0} for c in task_definition.container_definitions]
        return calculate(types.SimpleNamespace(container_definitions=complete))

    EC2ContainerServiceBackend._calculate_task_resource_requirements = staticmethod(requirements)


@patch
def ecs_list_task_definitions_sorts():
    """ListTaskDefinitions ignores sort=DESC, so the newest revision is never first."""
    from moto.ecs.responses import EC2ContainerServiceResponse

    list_all = EC2ContainerServiceResponse.list_task_definitions

    def list_task_definitions(self):
        answer = list_all(self)
        if self._get_param("sort") == "DESC":
            answer.result["taskDefinitionArns"] = answer.result["taskDefinitionArns"][::-1]
        return answer

    EC2ContainerServiceResponse.list_task_definitions = list_task_definitions


# --- Load balancing and scaling ---------------------------------------------------------------------------


@patch
def elbv2_target_health_is_measured():
    """A registered address is healthy at once, whether or not anything answers there."""
    from moto.elbv2.models import FakeHealthStatus, FakeTargetGroup

    health_of_known = FakeTargetGroup.health_for

    def health_for(self, target, ec2_backend):
        registered = self.targets.get(target["Id"])
        if registered is None or registered["Id"].startswith("i-"):
            return health_of_known(self, target, ec2_backend)
        state, reason, description = registered.get(
            "Health", ("initial", "Elb.RegistrationInProgress", "Target registration is in progress")
        )
        return FakeHealthStatus(
            registered["Id"], registered["Port"], self.health_check_port, state, reason, description
        )

    FakeTargetGroup.health_for = health_for


@patch
def autoscaling_targets_have_tags():
    """Application Auto Scaling knows no tags: ListTagsForResource is a 500 that the provider retries for minutes."""
    from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
    from moto.utilities.tagging_service import TaggingService

    def tagger(response):
        backend = response.applicationautoscaling_backend
        if not hasattr(backend, "tagger"):
            backend.tagger = TaggingService()
        return backend.tagger

    def tag(response, arn, tags):
        tagger(response).tag_resource(arn, [{"Key": key, "Value": value} for key, value in tags.items()])

    register = ApplicationAutoScalingResponse.register_scalable_target

    def register_scalable_target(self):
        answer = register(self)
        tag(self, json.loads(answer)["ScalableTargetARN"], self._get_param("Tags") or {})
        return answer

    def list_tags_for_resource(self):
        return json.dumps({"Tags": tagger(self).get_tag_dict_for_resource(self._get_param("ResourceARN"))})

    def tag_resource(self):
        tag(self, self._get_param("ResourceARN"), self._get_param("Tags"))
        return "{}"

    def untag_resource(self):
        tagger(self).untag_resource_using_names(self._get_param("ResourceARN"), self._get_param("TagKeys"))
        return "{}"

    ApplicationAutoScalingResponse.register_scalable_target = register_scalable_target
    ApplicationAutoScalingResponse.list_tags_for_resource = list_tags_for_resource
    ApplicationAutoScalingResponse.tag_resource = tag_resource
    ApplicationAutoScalingResponse.untag_resource = untag_resource


# --- CloudFormation ---------------------------------------------------------------------------------------


@patch
def cloudformation_waits_for_signals():
    """A WaitCondition with a creation policy is complete at once, and SignalResource is missing.

    As on AWS the stack stays CREATE_IN_PROGRESS until the resource is signalled; a FAILURE ends it as OnFailure says.
    The time-out of the policy is not imitated: whoever waits for it waits.
    """
    from moto.cloudformation.exceptions import ValidationError
    from moto.cloudformation.models import Event, Stack
    from moto.cloudformation.responses import CloudFormationResponse
    from moto.core.responses import ActionResult

    def waiting(stack):
        return [name for name, resource in stack.template_dict.get("Resources", {}).items() if "CreationPolicy" in resource]

    create_resources, verify_readiness = Stack.create_resources, Stack.verify_readiness

    def create_until_waiting(self):
        if not waiting(self):
            return create_resources(self)
        self.status = "CREATE_IN_PROGRESS"

    def verify_unless_waiting(self):
        if not waiting(self):
            verify_readiness(self)

    Stack.create_resources, Stack.verify_readiness = create_until_waiting, verify_unless_waiting

    create = CloudFormationResponse.create_stack

    def create_stack(self):
        answer = create(self)
        stack = self.cloudformation_backend.get_stack(answer.result["StackId"])
        stack.on_failure = self._get_param("OnFailure") or "ROLLBACK"
        stack.request_token = self._get_param("ClientRequestToken")
        return answer

    def add_event(stack, logical, status, reason):
        kind = stack.template_dict["Resources"].get(logical, {}).get("Type", "AWS::CloudFormation::Stack")
        event = Event(stack.stack_id, stack.name, logical, stack.stack_id, kind, status, reason, None)
        event.client_request_token = stack.request_token
        stack.events.append(event)

    def signal_resource(self):
        stack = self.cloudformation_backend.get_stack(self._get_param("StackName"))
        logical, identifier = self._get_param("LogicalResourceId"), self._get_param("UniqueId")
        if stack.status != "CREATE_IN_PROGRESS" or logical not in waiting(stack):
            message = f"Resource {logical} of stack {stack.name} can not be signaled in state {stack.status}"
            raise ValidationError(message=message)
        if self._get_param("Status") == "SUCCESS":
            add_event(stack, logical, "CREATE_COMPLETE", f"Received SUCCESS signal with UniqueId {identifier}")
            stack.mark_creation_complete()
            return ActionResult({})
        add_event(stack, logical, "CREATE_FAILED", f"Received 1 FAILURE signal(s) with UniqueId {identifier}")
        action = {"DELETE": "DELETE", "ROLLBACK": "ROLLBACK"}.get(stack.on_failure, "CREATE")
        reason = f"The following resource(s) failed to create: [{logical}]."
        add_event(stack, stack.name, f"{action}_IN_PROGRESS", reason)
        if action == "DELETE":
            self.cloudformation_backend.delete_stack(stack.stack_id)
        stack.status = {"DELETE": "DELETE_COMPLETE", "ROLLBACK": "ROLLBACK_COMPLETE"}.get(action, "CREATE_FAILED")
        return ActionResult({})

    CloudFormationResponse.create_stack = create_stack
    CloudFormationResponse.signal_resource = signal_resource


# --- EC2 and S3 -------------------------------------------------------------------------------------------


@patch
def security_group_rules_keep_their_description():
    """The description of a rule that references a security group is not answered."""
    from moto.ec2.models.security_groups import SecurityGroupRule

    SecurityGroupRule.description = property(
        lambda self: self.ip_range.get("Description") or self.source_group.get("Description")
    )


@patch
def instances_have_the_groups_of_their_interface():
    """An instance started with a public address, that is with a network interface, has no security groups."""
    from moto.ec2.models.instances import Instance

    initialise = Instance.__init__

    def __init__(self, *arguments, **options):
        initialise(self, *arguments, **options)
        if not self.security_groups and self.nics:
            self.security_groups = list(self.nics[0].group_set)

    Instance.__init__ = __init__


@patch
def ubuntu_images_are_current():
    """The newest Ubuntu server image is 16.04; the EC2 module asks for 24.04 on either architecture."""
    from moto.ec2.models.amis import AMIS

    newest = next(image for image in AMIS if "ubuntu-xenial-16.04" in image["name"])
    for identifier, name, architecture in (
        ("ami-02404000000000064", "amd64", "x86_64"),
        ("ami-024040000000000a6", "arm64", "arm64"),
    ):
        AMIS.append(
            {
                **newest,
                "ami_id": identifier,
                "name": f"ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-{name}-server-20250610",
                "description": f"Canonical, Ubuntu, 24.04, {name} noble image",
                "architecture": architecture,
            }
        )


@patch
def images_have_a_date_of_their_own():
    """Amazon's images are created at the first request, so that a plan can hold its own second as an image's date."""
    from moto.ec2.models.amis import AmiBackend

    load = AmiBackend._load_amis

    def load_amis(self):
        load(self)
        for image in self.amis.values():
            image.creation_date = datetime.datetime(2025, 6, 10)

    AmiBackend._load_amis = load_amis


@patch
def s3_delete_markers_can_be_deleted():
    """Emptying a bucket of delete markers, of which every released Terraform lock leaves one, is a 500."""
    from moto.s3.models import FakeDeleteMarker

    FakeDeleteMarker.dispose = lambda self, garbage=False: None


@patch
def s3_conditional_denials_are_not_absolute():
    """A bucket policy that denies plain HTTP denies everything, because moto skips the condition."""
    from moto.iam.access_control import IAMPolicy, PermissionResult
    from moto.s3.models import FakeBucket

    def get_permission(self, action, resource):
        if self.policy is None:
            return PermissionResult.NEUTRAL
        policy = json.loads(self.policy)
        statements = policy["Statement"]
        # The stand-in speaks plain HTTP in place of TLS, so what only TLS may do is done here as well.
        policy["Statement"] = [
            statement
            for statement in (statements if isinstance(statements, list) else [statements])
            if "aws:SecureTransport" not in json.dumps(statement.get("Condition", {}))
        ]
        return IAMPolicy(json.dumps(policy)).is_action_permitted(action, resource)

    FakeBucket.get_permission = get_permission


@patch
def s3_lifecycle_keeps_newer_versions():
    """How many noncurrent versions are kept is dropped, so that the provider waits for minutes to read it back."""
    from moto.s3.models import FakeBucket
    from moto.s3.responses import S3Response

    set_rules = FakeBucket.set_lifecycle
    get_rules = S3Response.get_bucket_lifecycle

    def set_lifecycle(self, rules):
        set_rules(self, rules)
        for rule, given in zip(self.rules, rules):
            expiration = given.get("NoncurrentVersionExpiration") or {}
            rule.newer_noncurrent_versions = expiration.get("NewerNoncurrentVersions")

    def get_bucket_lifecycle(self):
        serialize = self.serialized

        def serialize_whole(answer):
            # A bucket without a configuration answers with an error.
            shown_rules = answer.result["Rules"] if isinstance(answer.result, dict) else []
            for rule, shown in zip(self.backend.get_bucket_lifecycle(self.bucket_name), shown_rules):
                if rule.newer_noncurrent_versions is not None:
                    shown["NoncurrentVersionExpiration"]["NewerNoncurrentVersions"] = rule.newer_noncurrent_versions
            return serialize(answer)

        self.serialized = serialize_whole
        return get_rules(self)

    FakeBucket.set_lifecycle = set_lifecycle
    S3Response.get_bucket_lifecycle = get_bucket_lifecycle

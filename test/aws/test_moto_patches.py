"""One test per patch of demo/aws/moto_patches.py, each in two parts: raw moto has the defect, patched moto has not.

The same observation is made in two processes, one that patched moto and one that did not. When a new moto
turns the first half of a test red, its patch can go.  Run: python3 test/aws/test_moto_patches.py
"""

import concurrent.futures
import json
import multiprocessing
import os
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "demo" / "aws"))

import moto_patches  # noqa: E402

moto_patches.require_moto()

REGION = {"region_name": "us-east-1"}


# --- observations: run in the two processes, against an AWS that is empty at the start ---


def observe(observation):
    import boto3
    from moto import mock_aws

    # Reading hundreds of images takes most of the time of a test that needs none.
    os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = str(observation in (groups_of_a_public_instance, ubuntu_images, newest_image))
    with mock_aws():
        return observation(lambda service: boto3.client(service, **REGION))


def network(client):
    ec2 = client("ec2")
    subnet = ec2.describe_subnets()["Subnets"][0]
    group = ec2.create_security_group(GroupName="tasks", Description="tasks", VpcId=subnet["VpcId"])["GroupId"]
    return {"awsvpcConfiguration": {"subnets": [subnet["SubnetId"]], "securityGroups": [group]}}


def register(ecs, **container):
    return ecs.register_task_definition(
        family="mcp",
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu="256",
        memory="512",
        containerDefinitions=[{"name": "mcp-server", "image": "repo/mcp:v1", **container}],
    )["taskDefinition"]["taskDefinitionArn"]


def create_service(client, **more):
    ecs = client("ecs")
    ecs.create_cluster(clusterName="mcp")
    arguments = {"taskDefinition": register(ecs, memory=512), "networkConfiguration": network(client), **more}
    return ecs, ecs.create_service(cluster="mcp", serviceName="mcp", desiredCount=2, **arguments)["service"]


def run_task(client, **more):
    ecs = client("ecs")
    ecs.create_cluster(clusterName="mcp")
    return ecs, ecs.run_task(
        cluster="mcp",
        taskDefinition=register(ecs, memory=512),
        launchType="FARGATE",
        networkConfiguration=network(client),
        **more,
    )["tasks"][0]["taskArn"]


def error_code(call, **arguments):
    from botocore.exceptions import ClientError

    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    except Exception as error:
        # Against moto in the same process a 500 of its server is the exception behind it.
        return type(error).__name__
    return None


def created_service_fields(client):
    given = {
        "capacityProviderStrategy": [{"capacityProvider": "FARGATE", "weight": 1}],
        "enableExecuteCommand": True,
        "enableECSManagedTags": True,
        "healthCheckGracePeriodSeconds": 60,
        "availabilityZoneRebalancing": "ENABLED",
        "deploymentConfiguration": {"deploymentCircuitBreaker": {"enable": True, "rollback": True}},
    }
    _, service = create_service(client, **given)
    return {name: service.get(name) for name in [*given, "launchType"]}


def update_to_second_revision(client):
    ecs, service = create_service(client, launchType="FARGATE")
    register(ecs, memory=512)
    updated = ecs.update_service(cluster="mcp", service="mcp", taskDefinition="mcp:2")["service"]
    primary = updated["deployments"][0]
    return {
        "taskDefinition": updated["taskDefinition"].split("/")[-1],
        "is an ARN": updated["taskDefinition"].startswith("arn:"),
        "deployed": primary["taskDefinition"].split("/")[-1],
        "another deployment": primary["id"] != service["deployments"][0]["id"],
        "states": [(d["status"], d["rolloutState"]) for d in updated["deployments"]],
    }


def scaling_is_no_deployment(client):
    ecs, service = create_service(client, launchType="FARGATE")
    updated = ecs.update_service(cluster="mcp", service="mcp", desiredCount=5)["service"]
    return [d["id"] for d in updated["deployments"]] == [service["deployments"][0]["id"]]


def inactive_task_definition(client):
    ecs, _ = create_service(client, launchType="FARGATE")
    second = register(ecs, memory=512)
    ecs.deregister_task_definition(taskDefinition=second)
    common = {"cluster": "mcp", "taskDefinition": second}
    return [
        error_code(ecs.update_service, service="mcp", **common),
        error_code(ecs.create_service, serviceName="other", desiredCount=1, launchType="FARGATE", **common),
        error_code(ecs.run_task, launchType="FARGATE", networkConfiguration=network_again(client), **common),
    ]


def network_again(client):
    ec2 = client("ec2")
    group = ec2.describe_security_groups(Filters=[{"Name": "group-name", "Values": ["tasks"]}])["SecurityGroups"][0]
    return {
        "awsvpcConfiguration": {
            "subnets": [ec2.describe_subnets()["Subnets"][0]["SubnetId"]],
            "securityGroups": [group["GroupId"]],
        }
    }


def tasks_of_a_service(client):
    ecs, _ = run_task(client, group="service:mcp")
    return [len(ecs.list_tasks(cluster="mcp", serviceName=name)["taskArns"]) for name in ("mcp", "other")]


def tasks_after_a_stop(client):
    ecs, task = run_task(client)
    ecs.stop_task(cluster="mcp", task=task)
    return [
        len(ecs.list_tasks(cluster="mcp", **status)["taskArns"]) for status in ({}, {"desiredStatus": "STOPPED"})
    ]


def status_after_descriptions(client):
    ecs, task = run_task(client)
    return [ecs.describe_tasks(cluster="mcp", tasks=[task])["tasks"][0]["lastStatus"] for _ in range(3)]


def descriptions_of_missing_tasks(client):
    ecs, task = run_task(client)
    missing = task[:-4] + "0000"
    answer = ecs.describe_tasks(cluster="mcp", tasks=[task, missing])
    return [len(answer["tasks"]), [(f["arn"] == missing, f["reason"]) for f in answer["failures"]]]


def stopped_task(client):
    ecs, task = run_task(client)
    stopped = ecs.stop_task(cluster="mcp", task=task)["task"]
    return [stopped.get("stopCode"), stopped.get("stoppedReason")]


def task_without_container_memory(client):
    ecs = client("ecs")
    ecs.create_cluster(clusterName="mcp")
    return error_code(
        ecs.run_task,
        cluster="mcp",
        taskDefinition=register(ecs),
        launchType="FARGATE",
        networkConfiguration=network(client),
    )


def sorted_task_definitions(client):
    ecs = client("ecs")
    for _ in range(3):
        register(ecs, memory=512)
    arns = ecs.list_task_definitions(familyPrefix="mcp", sort="DESC")["taskDefinitionArns"]
    return [int(arn.split(":")[-1]) for arn in arns]


def health_of_a_new_target(client):
    elb = client("elbv2")
    vpc = client("ec2").describe_vpcs()["Vpcs"][0]["VpcId"]
    group = elb.create_target_group(Name="mcp", Protocol="HTTP", Port=3000, VpcId=vpc, TargetType="ip")
    arn = group["TargetGroups"][0]["TargetGroupArn"]
    elb.register_targets(TargetGroupArn=arn, Targets=[{"Id": "10.0.0.1", "Port": 3000}])
    health = elb.describe_target_health(TargetGroupArn=arn)["TargetHealthDescriptions"][0]["TargetHealth"]
    return [health["State"], health.get("Reason")]


def tags_of_a_scalable_target(client):
    create_service(client, launchType="FARGATE")
    scaling = client("application-autoscaling")
    arn = scaling.register_scalable_target(
        ServiceNamespace="ecs",
        ResourceId="service/mcp/mcp",
        ScalableDimension="ecs:service:DesiredCount",
        MinCapacity=1,
        MaxCapacity=3,
        Tags={"team": "mcp", "gone": "soon"},
    ).get("ScalableTargetARN", "arn:aws:application-autoscaling:us-east-1:123456789012:scalable-target/0")
    failed = error_code(scaling.list_tags_for_resource, ResourceARN=arn)
    if failed:
        return failed
    scaling.tag_resource(ResourceARN=arn, Tags={"more": "yes"})
    scaling.untag_resource(ResourceARN=arn, TagKeys=["gone"])
    return scaling.list_tags_for_resource(ResourceARN=arn)["Tags"]


def described_rule(client):
    ec2 = client("ec2")
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    first, second = (
        ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"] for name in ("alb", "task")
    )
    pair = {"GroupId": first, "Description": "From the load balancer"}
    ec2.authorize_security_group_ingress(
        GroupId=second,
        IpPermissions=[{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "UserIdGroupPairs": [pair]}],
    )
    rules = ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [second]}])
    return next(rule for rule in rules["SecurityGroupRules"] if not rule["IsEgress"]).get("Description")


def groups_of_a_public_instance(client):
    ec2 = client("ec2")
    configuration = network(client)["awsvpcConfiguration"]
    instance = ec2.run_instances(
        ImageId=ec2.describe_images()["Images"][0]["ImageId"],
        MinCount=1,
        MaxCount=1,
        NetworkInterfaces=[
            {
                "DeviceIndex": 0,
                "AssociatePublicIpAddress": True,
                "SubnetId": configuration["subnets"][0],
                "Groups": configuration["securityGroups"],
            }
        ],
    )["Instances"][0]["InstanceId"]
    described = ec2.describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"][0]
    return [group["GroupName"] for group in described["SecurityGroups"]]


def ubuntu_images(client):
    images = client("ec2").describe_images(
        Owners=["099720109477"], Filters=[{"Name": "name", "Values": ["ubuntu/images/hvm-ssd*/ubuntu-noble-24.04-*"]}]
    )
    return sorted(image["Architecture"] for image in images["Images"])


def newest_image(client):
    newest = max(image["CreationDate"] for image in client("ec2").describe_images()["Images"])
    return newest if newest < "2026" else "now"


def deleted_delete_marker(client):
    s3 = client("s3")
    s3.create_bucket(Bucket="state")
    s3.put_bucket_versioning(Bucket="state", VersioningConfiguration={"Status": "Enabled"})
    s3.put_object(Bucket="state", Key="x.tflock", Body=b"lock")
    marker = s3.delete_object(Bucket="state", Key="x.tflock")["VersionId"]
    # Terraform's destroy suspends the versioning before it empties the bucket.
    s3.put_bucket_versioning(Bucket="state", VersioningConfiguration={"Status": "Suspended"})
    return error_code(s3.delete_object, Bucket="state", Key="x.tflock", VersionId=marker)


def denied_by_policy(client):
    s3 = client("s3")
    s3.create_bucket(Bucket="state")
    everything = {"Principal": "*", "Action": "s3:*", "Resource": ["arn:aws:s3:::state", "arn:aws:s3:::state/*"]}
    plain = {**everything, "Effect": "Deny", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
    private = {**everything, "Effect": "Deny", "Resource": "arn:aws:s3:::state/private"}
    s3.put_bucket_policy(Bucket="state", Policy=json.dumps({"Version": "2012-10-17", "Statement": [plain, private]}))
    return [error_code(s3.put_object, Bucket="state", Key=key, Body=b"x") for key in ("public", "private")]


def signalled_stacks(client):
    cloudformation = client("cloudformation")
    wait = {"Type": "AWS::CloudFormation::WaitCondition", "CreationPolicy": {"ResourceSignal": {"Timeout": "PT5M"}}}
    template = json.dumps({"Resources": {"Ready": wait}})

    def signal(stack, status):
        return error_code(
            cloudformation.signal_resource,
            StackName=stack,
            LogicalResourceId="Ready",
            UniqueId="i-1",
            Status=status,
        )

    seen = []
    for name, status in (("good", "SUCCESS"), ("bad", "FAILURE")):
        stack = cloudformation.create_stack(StackName=name, TemplateBody=template, OnFailure="DELETE")["StackId"]
        for times in (0, 1, 1):
            heard = signal(name, status) if times else None
            seen.append((heard, cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"]))
    events = cloudformation.describe_stack_events(StackName=stack)["StackEvents"]
    return seen, [event["ResourceStatusReason"] for event in events if event["ResourceStatus"] == "CREATE_FAILED"]


def kept_versions(client):
    s3 = client("s3")
    s3.create_bucket(Bucket="state")
    # The provider asks before there is one.
    assert error_code(s3.get_bucket_lifecycle_configuration, Bucket="state") == "NoSuchLifecycleConfiguration"
    expiration = {"NoncurrentDays": 90, "NewerNoncurrentVersions": 10}
    rule = {"ID": "old", "Status": "Enabled", "Filter": {}, "NoncurrentVersionExpiration": expiration}
    s3.put_bucket_lifecycle_configuration(Bucket="state", LifecycleConfiguration={"Rules": [rule]})
    return s3.get_bucket_lifecycle_configuration(Bucket="state")["Rules"][0]["NoncurrentVersionExpiration"]


# --- the tests ---


def start_process(patched):
    os.environ.update(AWS_ACCESS_KEY_ID="testing", AWS_SECRET_ACCESS_KEY="testing")
    if patched:
        moto_patches.apply()


def observer(patched):
    return concurrent.futures.ProcessPoolExecutor(
        1, multiprocessing.get_context("spawn"), initializer=start_process, initargs=(patched,)
    )


class MotoPatches(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.raw, cls.patched = observer(False), observer(True)

    @classmethod
    def tearDownClass(cls):
        cls.raw.shutdown()
        cls.patched.shutdown()

    def differs(self, observation, raw, patched):
        """The observation is `raw` in moto as it is, and `patched` in moto as we patch it."""
        observed_raw = self.raw.submit(observe, observation)
        observed_patched = self.patched.submit(observe, observation)
        self.assertEqual(observed_raw.result(), raw, "raw moto: can this patch go?")
        self.assertEqual(observed_patched.result(), patched, "patched moto")

    def test_every_patch_has_a_test(self):
        tested = {name.removeprefix("test_") for name in dir(self) if name.startswith("test_")}
        self.assertEqual({function.__name__ for function in moto_patches.PATCHES} - tested, set())

    def test_ecs_create_service_keeps_its_fields(self):
        breaker = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}
        self.differs(
            created_service_fields,
            {
                "capacityProviderStrategy": None,
                "enableExecuteCommand": None,
                "enableECSManagedTags": None,
                "healthCheckGracePeriodSeconds": None,
                "availabilityZoneRebalancing": None,
                "deploymentConfiguration": None,
                "launchType": "EC2",
            },
            {
                "capacityProviderStrategy": [{"capacityProvider": "FARGATE", "weight": 1, "base": 0}],
                "enableExecuteCommand": True,
                "enableECSManagedTags": True,
                "healthCheckGracePeriodSeconds": 60,
                "availabilityZoneRebalancing": "ENABLED",
                "deploymentConfiguration": {"maximumPercent": 200, "minimumHealthyPercent": 100, **breaker},
                "launchType": None,
            },
        )

    def test_ecs_update_service_starts_a_deployment(self):
        self.differs(
            update_to_second_revision,
            {
                "taskDefinition": "mcp:2",
                "is an ARN": False,
                "deployed": "mcp:1",
                "another deployment": False,
                "states": [("PRIMARY", "IN_PROGRESS")],
            },
            {
                "taskDefinition": "mcp:2",
                "is an ARN": True,
                "deployed": "mcp:2",
                "another deployment": True,
                "states": [("PRIMARY", "IN_PROGRESS"), ("ACTIVE", "IN_PROGRESS")],
            },
        )
        self.assertTrue(self.patched.submit(observe, scaling_is_no_deployment).result())

    def test_ecs_refuses_inactive_task_definitions(self):
        self.differs(inactive_task_definition, [None] * 3, ["ClientException"] * 3)

    def test_ecs_list_tasks_filters_by_service(self):
        self.differs(tasks_of_a_service, [1, 1], [1, 0])

    def test_ecs_list_tasks_leaves_stopped_tasks_out(self):
        self.differs(tasks_after_a_stop, [1, 1], [0, 1])

    def test_ecs_describe_tasks_changes_nothing(self):
        self.differs(status_after_descriptions, ["DEACTIVATING", "STOPPING", "DEPROVISIONING"], ["RUNNING"] * 3)

    def test_ecs_describe_tasks_names_missing_tasks(self):
        self.differs(descriptions_of_missing_tasks, [1, []], [1, [(True, "MISSING")]])

    def test_ecs_stop_task_says_who_stopped_it(self):
        self.differs(stopped_task, [None, None], ["UserInitiated", "Task stopped by user"])

    def test_ecs_fargate_containers_need_no_memory(self):
        self.differs(task_without_container_memory, "TypeError", None)

    def test_ecs_list_task_definitions_sorts(self):
        self.differs(sorted_task_definitions, [1, 2, 3], [3, 2, 1])

    def test_elbv2_target_health_is_measured(self):
        self.differs(health_of_a_new_target, ["healthy", None], ["initial", "Elb.RegistrationInProgress"])

    def test_autoscaling_targets_have_tags(self):
        self.differs(tags_of_a_scalable_target, "NotImplementedError", {"team": "mcp", "more": "yes"})

    def test_security_group_rules_keep_their_description(self):
        self.differs(described_rule, None, "From the load balancer")

    def test_instances_have_the_groups_of_their_interface(self):
        self.differs(groups_of_a_public_instance, [], ["tasks"])

    def test_ubuntu_images_are_current(self):
        self.differs(ubuntu_images, [], ["arm64", "x86_64"])

    def test_images_have_a_date_of_their_own(self):
        self.differs(newest_image, "now", "2025-06-10T00:00:00.000Z")

    def test_cloudformation_waits_for_signals(self):
        missing, complete = "NotImplementedError", "CREATE_COMPLETE"
        at_once = [(None, complete), (missing, complete), (missing, complete)]
        waited = [(None, "CREATE_IN_PROGRESS"), (None, complete), ("ValidationError", complete)]
        failed = [(None, "CREATE_IN_PROGRESS"), (None, "DELETE_COMPLETE"), ("ValidationError", "DELETE_COMPLETE")]
        reasons = ["Received 1 FAILURE signal(s) with UniqueId i-1"]
        self.differs(signalled_stacks, (at_once * 2, []), ([*waited, *failed], reasons))

    def test_s3_delete_markers_can_be_deleted(self):
        self.differs(deleted_delete_marker, "AttributeError", None)

    def test_s3_conditional_denials_are_not_absolute(self):
        self.differs(denied_by_policy, ["403", "403"], [None, "403"])

    def test_s3_lifecycle_keeps_newer_versions(self):
        kept = {"NoncurrentDays": 90, "NewerNoncurrentVersions": 10}
        self.differs(kept_versions, {"NoncurrentDays": 90}, kept)


if __name__ == "__main__":
    unittest.main()

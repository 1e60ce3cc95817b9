"""One test per patch of demo/aws/agentcore.py, each in two parts: raw moto has the defect, patched moto has not.

Run: python3 test/aws/test_agentcore.py
"""

import concurrent.futures
import multiprocessing
import pathlib
import re
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "demo" / "aws"))

import moto_patches  # noqa: E402

moto_patches.require_moto()

REPOSITORY = "123456789012.dkr.ecr.us-east-1.amazonaws.com/weather"
# Longer than an update takes in the stand-in.
AFTER_UPDATE = 1.2


# --- observations: run in the two processes, against an AWS that is empty at the start ---


def observe(observation):
    import boto3
    from moto import mock_aws

    with mock_aws():
        return observation(boto3.client("bedrock-agentcore-control", region_name="us-east-1"))


def arguments(tag):
    return {
        "agentRuntimeArtifact": {"containerConfiguration": {"containerUri": f"{REPOSITORY}:{tag}"}},
        "roleArn": "arn:aws:iam::123456789012:role/weather",
        "networkConfiguration": {"networkMode": "PUBLIC"},
    }


def create(client, tag="v1"):
    made = client.create_agent_runtime(agentRuntimeName="weather_mcp", **arguments(tag))
    client.get_agent_runtime(agentRuntimeId=made["agentRuntimeId"])
    return made["agentRuntimeId"]


def update(client, runtime, tag="v2"):
    return client.update_agent_runtime(agentRuntimeId=runtime, **arguments(tag))


def statuses(client):
    runtime = create(client)
    client.create_agent_runtime_endpoint(agentRuntimeId=runtime, name="live", agentRuntimeVersion="1")
    update(client, runtime)
    client.update_agent_runtime_endpoint(agentRuntimeId=runtime, endpointName="live", agentRuntimeVersion="2")

    def read():
        return [
            client.get_agent_runtime(agentRuntimeId=runtime)["status"],
            client.get_agent_runtime_endpoint(agentRuntimeId=runtime, endpointName="live")["status"],
        ]

    during = read()
    time.sleep(AFTER_UPDATE)
    return {"during": during, "after": read()}


def live_versions(client):
    runtime = create(client)
    client.create_agent_runtime_endpoint(agentRuntimeId=runtime, name="live", agentRuntimeVersion="1")
    update(client, runtime)
    client.update_agent_runtime_endpoint(agentRuntimeId=runtime, endpointName="live", agentRuntimeVersion="2")

    def read():
        found = client.get_agent_runtime_endpoint(agentRuntimeId=runtime, endpointName="live")
        return [found["liveVersion"], found["targetVersion"]]

    during = read()
    time.sleep(AFTER_UPDATE)
    return {"during": during, "after": read()}


def default_endpoint(client):
    runtime = create(client)
    try:
        first = client.get_agent_runtime_endpoint(agentRuntimeId=runtime, endpointName="DEFAULT")["liveVersion"]
    except client.exceptions.ResourceNotFoundException:
        return None
    update(client, runtime)
    time.sleep(AFTER_UPDATE)
    return [first, client.get_agent_runtime_endpoint(agentRuntimeId=runtime, endpointName="DEFAULT")["liveVersion"]]


def arns(client):
    made = client.create_agent_runtime(agentRuntimeName="weather_mcp", **arguments("v1"))
    again = update(client, made["agentRuntimeId"])
    is_of_aws = re.fullmatch(r"arn:aws:bedrock-agentcore:us-east-1:\d+:runtime/weather_mcp-\w{10}", made["agentRuntimeArn"])
    return {"form": is_of_aws is not None, "stable": made["agentRuntimeArn"] == again["agentRuntimeArn"]}


def image_of_an_old_version(client):
    runtime = create(client)
    update(client, runtime)
    found = client.get_agent_runtime(agentRuntimeId=runtime, agentRuntimeVersion="1")
    return [
        found["agentRuntimeArtifact"]["containerConfiguration"]["containerUri"].split(":")[-1],
        found["agentRuntimeVersion"],
    ]


def denied_images(client):
    runtime = create(client)
    client.create_agent_runtime_endpoint(agentRuntimeId=runtime, name="live", agentRuntimeVersion="1")
    update(client, runtime, "denied")
    time.sleep(AFTER_UPDATE)
    found = client.get_agent_runtime(agentRuntimeId=runtime)
    first = create(client, "denied")
    again = client.get_agent_runtime(agentRuntimeId=first)
    return [found["status"], found.get("failureReason", "").split(".")[0], again["status"]]


# --- the two processes ------------------------------------------------------------------------------------


def patched(observation):
    import agentcore

    agentcore.apply()
    return observe(observation)


class Defects(unittest.TestCase):
    def check(self, observation, raw, wanted):
        context = multiprocessing.get_context("spawn")
        with concurrent.futures.ProcessPoolExecutor(2, mp_context=context) as pool:
            found = pool.submit(observe, observation)
            here = pool.submit(patched, observation)
            self.assertEqual(found.result(), raw)
            self.assertEqual(here.result(), wanted)

    def test_updates_end(self):
        endless = ["UPDATING", "UPDATING"]
        self.check(statuses, {"during": endless, "after": endless}, {"during": endless, "after": ["READY", "READY"]})

    def test_live_version_follows(self):
        self.check(
            live_versions,
            {"during": ["1", "2"], "after": ["1", "2"]},
            {"during": ["1", "2"], "after": ["2", "2"]},
        )

    def test_runtimes_have_a_default_endpoint(self):
        self.check(default_endpoint, None, ["1", "2"])

    def test_arns_are_stable(self):
        self.check(arns, {"form": False, "stable": False}, {"form": True, "stable": True})

    def test_versions_keep_their_configuration(self):
        self.check(image_of_an_old_version, ["v2", "2"], ["v1", "1"])

    def test_images_can_be_denied(self):
        self.check(
            denied_images,
            ["UPDATING", "", "READY"],
            ["UPDATE_FAILED", "Access denied while validating ECR URI", "CREATE_FAILED"],
        )


if __name__ == "__main__":
    unittest.main()

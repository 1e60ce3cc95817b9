"""One test per patch of demo/aws/lambda_front.py, each in two parts: raw moto has the defect, patched moto has not.

Run: python3 test/aws/test_lambda_front.py
"""

import concurrent.futures
import io
import json
import multiprocessing
import pathlib
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "demo" / "aws"))

import moto_patches  # noqa: E402

moto_patches.require_moto()

REGION = {"region_name": "us-east-1"}
REPOSITORY = "123456789012.dkr.ecr.us-east-1.amazonaws.com/weather"
SERVER = """
import http.server, os
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(os.environ["AWS_LAMBDA_FUNCTION_VERSION"].encode())
http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
"""


# --- observations: run in the two processes, against an AWS that is empty at the start ---


def observe(observation):
    import boto3
    from moto import mock_aws

    with mock_aws():
        return observation(lambda service: boto3.client(service, **REGION))


def package():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("run.sh", f"exec {sys.executable} \"$LAMBDA_TASK_ROOT/server.py\"\n")
        archive.writestr("server.py", SERVER)
    return data.getvalue()


def create(client, image=None, **more):
    role = client("iam").create_role(RoleName="weather", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    code = (
        {"Code": {"ZipFile": package()}, "Runtime": "python3.12", "Handler": "run.sh"}
        if image is None
        else {"Code": {"ImageUri": f"{REPOSITORY}:{image}"}, "PackageType": "Image"}
    )
    functions = client("lambda")
    functions.create_function(FunctionName="weather", Role=role, Publish=True, **code, **more)
    functions.create_alias(FunctionName="weather", Name="live", FunctionVersion="1")
    return functions


def image_of_an_old_version(client):
    functions = create(client, "v1")
    functions.update_function_code(FunctionName="weather", ImageUri=f"{REPOSITORY}:v2", Publish=True)
    return functions.get_function(FunctionName="weather", Qualifier="1")["Code"]["ImageUri"].split(":")[-1]


def revisions_of_an_alias(client):
    functions = create(client, "v1")
    first = functions.get_alias(FunctionName="weather", Name="live")["RevisionId"]
    second = functions.update_alias(FunctionName="weather", Name="live", FunctionVersion="1")["RevisionId"]
    try:
        functions.update_alias(FunctionName="weather", Name="live", FunctionVersion="1", RevisionId=first)
        refused = None
    except functions.exceptions.ClientError as error:
        refused = error.response["Error"]["Code"]
    return {"changes": first != second, "refused": refused}


def states(client):
    functions = create(client, "invalid")
    during = functions.get_function_configuration(FunctionName="weather")["LastUpdateStatus"]
    time.sleep(1.2)
    after = functions.get_function_configuration(FunctionName="weather")
    version = functions.get_function_configuration(FunctionName="weather", Qualifier="1")
    return [during, after["LastUpdateStatus"], version["State"], version.get("StateReasonCode")]


def log_group(client):
    functions = create(client, "v1", LoggingConfig={"LogFormat": "Text", "LogGroup": "/acme/weather"})
    return functions.get_function_configuration(FunctionName="weather").get("LoggingConfig", {}).get("LogGroup")


def answer(url):
    try:
        with urllib.request.urlopen(url, timeout=20) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())["Message"]
    except OSError:
        return None, ""


def function_urls(client):
    functions = create(client)
    made = functions.create_function_url_config(FunctionName="weather", Qualifier="live", AuthType="NONE")
    url, arn = made["FunctionUrl"], made["FunctionArn"]
    without = answer(url)[0]
    for number, action in enumerate(["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"]):
        functions.add_permission(
            FunctionName="weather", Qualifier="live", StatementId=f"s{number}", Action=action, Principal="*"
        )
    return {"arn": arn.rsplit(":", 1)[-1], "without": without, "with": answer(url)}


def http_api(client):
    create(client)
    functions, apis = client("lambda"), client("apigatewayv2")
    api = apis.create_api(Name="weather", ProtocolType="HTTP")
    arn = functions.get_function(FunctionName="weather")["Configuration"]["FunctionArn"]
    integration = apis.create_integration(
        ApiId=api["ApiId"], IntegrationType="AWS_PROXY", IntegrationUri=f"{arn}:live", PayloadFormatVersion="2.0"
    )
    apis.create_route(
        ApiId=api["ApiId"], RouteKey="$default", Target=f"integrations/{integration['IntegrationId']}"
    )
    apis.create_stage(ApiId=api["ApiId"], StageName="$default", AutoDeploy=True)
    without = answer(api["ApiEndpoint"])[0]
    functions.add_permission(
        FunctionName="weather",
        Qualifier="live",
        StatementId="api",
        Action="lambda:InvokeFunction",
        Principal="apigateway.amazonaws.com",
    )
    return {"without": without, "with": answer(api["ApiEndpoint"])}


# --- the two processes ------------------------------------------------------------------------------------


def host_name(client):
    """The status of a host name, and whether it has an address."""
    made = client("apigatewayv2").create_domain_name(
        DomainName="mcp.example.com", DomainNameConfigurations=[{"EndpointType": "REGIONAL"}]
    )
    [configuration] = made["DomainNameConfigurations"]
    return {"status": configuration.get("DomainNameStatus"), "address": "ApiGatewayDomainName" in configuration}


def patched(observation):
    moto_patches.apply()
    import lambda_front
    from ecs_agent import Agent

    lambda_front.apply()
    folder = pathlib.Path(tempfile.mkdtemp())
    tasks = folder / "tasks.json"
    tasks.write_text("{}")
    lambda_front.workers.agent = Agent(tasks, folder, lambda _: None)
    try:
        return observe(observation)
    finally:
        lambda_front.workers.stop()


class Defects(unittest.TestCase):
    def check(self, observation, raw, wanted):
        context = multiprocessing.get_context("spawn")
        with concurrent.futures.ProcessPoolExecutor(2, mp_context=context) as pool:
            found = pool.submit(observe, observation) if raw is not ... else None
            here = pool.submit(patched, observation).result()
            if found is not None:
                self.assertEqual(found.result(), raw)
        self.assertEqual(here, wanted)

    def test_published_versions_keep_their_code(self):
        self.check(image_of_an_old_version, "v2", "v1")

    def test_aliases_have_revisions(self):
        self.check(
            revisions_of_an_alias,
            {"changes": False, "refused": None},
            {"changes": True, "refused": "PreconditionFailedException"},
        )

    def test_images_can_fail(self):
        self.check(states, ["Successful", "Successful", "Active", None], ["InProgress", "Failed", "Failed", "InvalidImage"])

    def test_functions_keep_their_log_group(self):
        self.check(log_group, None, "/acme/weather")

    # What raw moto answers leads out of this machine, so it is not asked.
    def test_urls_belong_to_a_qualifier(self):
        self.check(function_urls, ..., {"arn": "live", "without": 403, "with": (200, "1")})

    def test_host_names_of_apis_become_available(self):
        self.check(host_name, {"status": None, "address": False}, {"status": "AVAILABLE", "address": True})

    def test_http_apis_answer(self):
        self.check(http_api, ..., {"without": 500, "with": (200, "1")})


if __name__ == "__main__":
    unittest.main()

"""Lambda for moto: function URLs and HTTP APIs that answer, versions that keep their code, and codes that fail.

A version is one local process, started by the first request to it. It stands for the container of an image of
the tasks file, or for a zip package with the Lambda Web Adapter: then its handler is a script in the package. Each
function URL and each HTTP API has a listener of its own. Not here: cold starts and their limits, concurrency,
provisioned concurrency, the events of API Gateway (a request reaches the server as the Web Adapter would hand it
on), routes other than $default, and SigV4: an AWS_IAM address only asks whether there is a signature.

One function per defect of moto, as in moto_patches.py; test/aws/test_lambda_front.py shows each in unpatched moto.
"""

import copy
import functools
import http.client
import http.server
import io
import json
import os
import pathlib
import socket
import sys
import tempfile
import threading
import time
import zipfile

from ecs_agent import TaskFailedToStart, free_port, send_signal

PATCHES = []
# An image whose name holds this is one that Lambda may not fetch, and one with the second that it cannot start.
DENIED, INVALID = "denied", "invalid"
# Seconds until a server must listen; AWS gives an init phase ten.
STARTS_WITHIN = 10
# Seconds between the start of an update and its end, so that somebody who asks once a second can see it.
UPDATE_TAKES = 1.0


def patch(function):
    PATCHES.append(function)
    return function


def apply():
    """Applies every patch to moto in this process. Call it once, before the first request."""
    for function in PATCHES:
        function()


# --- what moto's control plane lacks ----------------------------------------------------------------------


@patch
def published_versions_keep_their_code():
    """A published version shares the dictionary of its code with $LATEST, so its image changes with the next update."""
    from moto.awslambda.models import LambdaStorage

    publish = LambdaStorage.publish_version

    @functools.wraps(publish)
    def publish_version(self, *arguments, **options):
        published = publish(self, *arguments, **options)
        if published is not None:
            published.code = copy.copy(published.code)
        return published

    LambdaStorage.publish_version = publish_version


@patch
def aliases_have_revisions():
    """UpdateAlias takes a wrong RevisionId, and the one of the alias never changes."""
    from moto.awslambda.exceptions import LambdaClientError
    from moto.awslambda.models import LambdaAlias
    from moto.awslambda.responses import LambdaResponse
    from moto.moto_api._internal import mock_random

    class PreconditionFailed(LambdaClientError):
        code = 412

        def __init__(self):
            super().__init__(
                "PreconditionFailedException",
                "The Revision Id provided does not match the latest Revision Id.",
            )

    change = LambdaAlias.update
    answer = LambdaResponse.update_alias

    def update(self, *arguments, **options):
        change(self, *arguments, **options)
        self.revision_id = str(mock_random.uuid4())

    def update_alias(self):
        given = json.loads(self.body or "{}").get("RevisionId")
        names = self.path.rstrip("/").split("/")
        alias = self.backend.get_alias(names[-1], names[-3])
        if given is not None and given != alias.revision_id:
            raise PreconditionFailed()
        return answer(self)

    LambdaAlias.update = update
    LambdaResponse.update_alias = update_alias


@patch
def images_can_fail():
    """Every function is Active at once. Here an update takes a moment, and an image by its name may not be startable."""
    from moto.awslambda.models import LambdaFunction

    configuration = LambdaFunction.get_configuration
    set_code = LambdaFunction._set_function_code

    def _set_function_code(self, updated_spec):
        set_code(self, updated_spec)
        self.updated_at = time.monotonic()

    def get_configuration(self, on_create=False):
        result = configuration(self, on_create)
        image = self.code.get("ImageUri", "")
        reason = next((why for word, why in REASONS.items() if word in image), None)
        if reason is not None:
            result |= {"State": "Failed", "StateReasonCode": reason[0], "StateReason": reason[1]}
        if not on_create and self.version == "$LATEST":
            if time.monotonic() - self.updated_at < UPDATE_TAKES:
                result["LastUpdateStatus"] = "InProgress"
            elif reason is not None:
                result |= {
                    "LastUpdateStatus": "Failed",
                    "LastUpdateStatusReasonCode": reason[0],
                    "LastUpdateStatusReason": reason[1],
                }
        logging = getattr(self, "logging_config", None)
        if logging is not None:
            result["LoggingConfig"] = logging
        return result

    LambdaFunction._set_function_code = _set_function_code
    LambdaFunction.get_configuration = get_configuration


REASONS = {
    DENIED: ("ImageAccessDenied", "Lambda does not have permission to access the ECR image."),
    INVALID: ("InvalidImage", "The image manifest, config or layer media type is not supported."),
}


@patch
def functions_keep_their_log_group():
    """CreateFunction and UpdateFunctionConfiguration drop the logging configuration."""
    from moto.awslambda.models import LambdaFunction

    initialise = LambdaFunction.__init__
    update = LambdaFunction.update_configuration

    def complete(self, given):
        self.logging_config = {"LogFormat": "Text", "LogGroup": f"/aws/lambda/{self.function_name}", **given}
        self.logs_group_name = self.logging_config["LogGroup"]

    def __init__(self, account_id, spec, region, version=1):
        initialise(self, account_id, spec, region, version)
        complete(self, spec.get("LoggingConfig") or {})

    def update_configuration(self, config_updates):
        if config_updates.get("LoggingConfig"):
            complete(self, config_updates["LoggingConfig"])
        return update(self, config_updates)

    LambdaFunction.__init__ = __init__
    LambdaFunction.update_configuration = update_configuration


@patch
def urls_belong_to_a_qualifier():
    """A function has one URL whatever the qualifier, its ARN lacks the alias, and its host leads nowhere."""
    from moto.awslambda.models import FunctionUrlConfig
    from moto.awslambda.responses import LambdaResponse
    from moto.core.exceptions import JsonRESTError

    describe = FunctionUrlConfig.to_dict

    class NoUrl(JsonRESTError):
        code = 404

        def __init__(self):
            super().__init__("ResourceNotFoundException", "The resource you requested does not exist.")

    def configurations(function):
        if not hasattr(function, "urls"):
            function.urls = {}
        return function.urls

    def parts(response):
        name = response.path.rstrip("/").split("/")[-2]
        function = response.backend._lambdas.get_function_by_name_or_arn_forbid_qualifier(name.split(":")[0])
        qualifier = response.querystring.get("Qualifier", [None])[0]
        return function, qualifier

    def found(response):
        function, qualifier = parts(response)
        if qualifier not in configurations(function):
            raise NoUrl()
        return function, qualifier

    def create(self):
        function, qualifier = parts(self)
        config = FunctionUrlConfig(function, self.json_body)
        config.qualifier = qualifier
        config.listener = Listener(functools.partial(invoke_url, function, qualifier, config))
        config.url = config.listener.url + "/"
        configurations(function)[qualifier] = config
        return 201, {}, json.dumps(config.to_dict())

    def read(self):
        function, qualifier = found(self)
        return 200, {}, json.dumps(configurations(function)[qualifier].to_dict())

    def change(self):
        function, qualifier = found(self)
        config = configurations(function)[qualifier]
        config.config |= {key: value for key, value in self.json_body.items() if value}
        return json.dumps(config.to_dict())

    def delete(self):
        function, qualifier = found(self)
        configurations(function).pop(qualifier).listener.close()
        return 204, {}, "{}"

    def to_dict(self):
        result = describe(self)
        qualifier = getattr(self, "qualifier", None)
        if qualifier is not None:
            result["FunctionArn"] = f"{result['FunctionArn']}:{qualifier}"
        result["InvokeMode"] = self.config.get("InvokeMode") or "BUFFERED"
        return result

    FunctionUrlConfig.to_dict = to_dict
    LambdaResponse.create_function_url_config = create
    LambdaResponse.get_function_url_config = read
    LambdaResponse.update_function_url_config = change
    LambdaResponse.delete_function_url_config = delete


@patch
def http_apis_answer():
    """The address of an HTTP API leads nowhere: here it is a listener that hands on to the function of $default."""
    from moto.apigatewayv2.models import Api

    initialise = Api.__init__

    def __init__(self, *arguments, **options):
        initialise(self, *arguments, **options)
        self.listener = Listener(functools.partial(invoke_api, self))
        self.api_endpoint = self.listener.url

    Api.__init__ = __init__


@patch
def host_names_of_apis_become_available():
    """A host name of API Gateway has no status and no address of its own, so whoever waits for it never ends."""
    from moto.apigatewayv2.models import DomainName

    initialise = DomainName.__init__

    def __init__(self, *arguments, **options):
        initialise(self, *arguments, **options)
        self.domain_name_configurations = [
            {
                "apiGatewayDomainName": f"d-{self.domain_name.replace('.', '-')}.execute-api.us-east-1.amazonaws.com",
                "domainNameStatus": "AVAILABLE",
                "hostedZoneId": "Z1UJRXOUMOOFQ8",
                **configuration,
            }
            for configuration in self.domain_name_configurations
        ]

    DomainName.__init__ = __init__


# --- requests ---------------------------------------------------------------------------------------------


class Refused(Exception):
    """An answer of AWS itself: its status and the text of its JSON body."""

    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


def allowed_actions(function, qualifier):
    """The actions that the resource policy of a function or of its alias gives to everybody."""
    statements = [s for s in function.policy.statements if s.get("Principal") == "*"]
    suffix = f":{qualifier}" if qualifier else f":function:{function.function_name}"
    return {s["Action"] for s in statements if s["Resource"].endswith(suffix)}


def invoke_url(function, qualifier, config, headers):
    if config.config.get("AuthType") == "AWS_IAM":
        if not headers.get("Authorization", "").startswith("AWS4-HMAC-SHA256 "):
            raise Refused(403, "Forbidden")
    elif not {"lambda:InvokeFunctionUrl", "lambda:InvokeFunction"} <= allowed_actions(function, qualifier):
        raise Refused(403, "Forbidden. For troubleshooting Function URL authorization issues, see AWS's guide.")
    return version_of(function, qualifier)


def invoke_api(api, headers):
    uris = [integration.integration_uri for integration in api.integrations.values()]
    if not uris or not api.routes or not api.stages:
        raise Refused(404, "Not Found")
    # arn:aws:lambda:REGION:ACCOUNT:function:NAME[:QUALIFIER], alone or between "functions/" and "/invocations"
    arn = uris[0].split("functions/")[-1].removesuffix("/invocations")
    name, _, qualifier = arn.split(":function:")[1].partition(":")
    function = function_named(arn.split(":")[4], arn.split(":")[3], name)
    principals = json.dumps(function.policy.statements)
    if "apigateway.amazonaws.com" not in principals:
        raise Refused(500, "Internal Server Error")
    return version_of(function, qualifier or None)


def function_named(account, region, name):
    from moto.awslambda.models import lambda_backends

    return lambda_backends[account][region]._lambdas.get_function_by_name_forbid_qualifier(name)


def version_of(function, qualifier):
    """The function as it is at a version or at the alias of this name."""
    from moto.awslambda.models import lambda_backends

    storage = lambda_backends[function.account_id][function.region]._lambdas
    return storage.get_function_by_name_with_qualifier(function.function_name, qualifier)


class Listener:
    """A port of 127.0.0.1 whose requests reach the version that `choose` gives for their headers."""

    def __init__(self, choose):
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self):
                self.close_connection = True
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length)
                try:
                    worker = workers.of(choose(self.headers))
                    hand_on(self, worker, body)
                except Refused as refused:
                    self.refuse(refused.status, str(refused))
                except (OSError, TaskFailedToStart, http.client.HTTPException) as error:
                    print(f"lambda: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
                    self.refuse(502, "Internal Server Error")

            def refuse(self, status, message):
                text = json.dumps({"Message": message}).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_):
                pass

        for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"):
            setattr(Handler, f"do_{method}", Handler.handle_any)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __deepcopy__(self, _):
        return self

    def close(self):
        threading.Thread(target=self.server.shutdown, daemon=True).start()
        self.server.server_close()


# Headers that belong to one connection.
OF_CONNECTION = {"connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "content-length"}


def hand_on(handler, port, body):
    """Answers a request with what the server at a local port answers, as it comes."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {name: value for name, value in handler.headers.items() if name.lower() not in OF_CONNECTION}
    connection.request(handler.command, handler.path, body=body, headers=headers)
    answer = connection.getresponse()
    handler.send_response(answer.status)
    for name, value in answer.getheaders():
        if name.lower() not in OF_CONNECTION:
            handler.send_header(name, value)
    handler.send_header("Connection", "close")
    handler.end_headers()
    while chunk := answer.read1(65536):
        handler.wfile.write(chunk)
        handler.wfile.flush()
    connection.close()


# --- processes --------------------------------------------------------------------------------------------


class Workers:
    """One process for each version that was asked; the agent of the ECS tasks knows how to start and end one."""

    def __init__(self):
        self.agent = None
        self.running = {}
        self.lock = threading.Lock()

    def of(self, function):
        """The port of the server of a version. Raises Refused when it does not come up."""
        key = (function.account_id, function.region, function.function_name, function.version, function.code_sha_256)
        with self.lock:
            port, process = self.running.get(key, (0, None))
            if process is None or process.poll() is not None:
                port, process = self.start(function)
                self.running[key] = (port, process)
            return port

    def start(self, function):
        port = free_port()
        environment = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        if "ImageUri" in function.code:
            image = self.agent.image(function.code["ImageUri"])
            command, baked = image["command"], image.get("env", {})
        else:
            folder = tempfile.mkdtemp(prefix="lambda-", dir=self.agent.log_directory)
            zipfile.ZipFile(io.BytesIO(function.code_bytes)).extractall(folder)
            command, baked = ["sh", str(pathlib.Path(folder) / function.handler)], {"LAMBDA_TASK_ROOT": folder}
        environment |= baked | function.environment_vars
        environment |= {"PORT": str(port), "AWS_LAMBDA_FUNCTION_VERSION": str(function.version)}
        log = f"lambda-{function.function_name}-{function.version}.log".replace("$", "")
        process = self.agent.spawn(command, environment, log)
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline and process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return port, process
            time.sleep(0.05)
        self.write_log(function, log, process)
        send_signal(process, 9)
        raise Refused(502, "Internal Server Error")

    def write_log(self, function, log, process):
        """What CloudWatch Logs shows of a server that did not come up."""
        from moto.logs.models import logs_backends

        lines = (self.agent.log_directory / log).read_text(errors="replace").splitlines()[-50:]
        end = "Runtime exited without providing a reason" if process.poll() is not None else "Status: timeout"
        backend = logs_backends[function.account_id][function.region]
        group, stream = function.logging_config["LogGroup"], f"[{function.version}]{process.pid}"
        if group not in backend.groups:
            return
        backend.create_log_stream(group, stream)
        now = int(time.time() * 1000)
        events = [{"timestamp": now, "message": line} for line in [*lines, f"INIT_REPORT Phase: init {end}"] if line]
        backend.put_log_events(group, stream, events)

    def stop(self):
        with self.lock:
            for _, process in self.running.values():
                send_signal(process, 9)
                process.wait()
                self.agent.reaped(process)
            self.running = {}


workers = Workers()

"""Bedrock AgentCore Runtime for moto: a control plane whose updates end, and a data plane that runs the servers.

Each session is one local process, started by its first request: it stands for the microVM with the container of an image of the tasks
file, at the version that its endpoint had then. Requests are signed or carry a token, as the runtime says. Not here: the check of a token
(any is taken), the CPU of an image, code packages, VPC mode, quotas, idle and maximum times of a session, the answers of AWS to other
methods than POST (405 here), and what AWS does when a request names two sessions (the header of the runtime wins here).

One function per defect of moto, as in moto_patches.py; test/aws/test_agentcore.py shows each in unpatched moto.
"""

import copy
import hashlib
import http.client
import json
import os
import re
import socket
import sys
import threading
import time
import urllib.parse
import uuid

from ecs_agent import TaskFailedToStart, free_port, send_signal

PATCHES = []
# An image whose name holds this is one that AgentCore may not pull.
DENIED = "denied"
DENIED_REASON = "Access denied while validating ECR URI. The execution role requires permissions for ecr:BatchGetImage."
# Seconds between the start of an update and its end, so that somebody who asks once a second can see it.
UPDATE_TAKES = 1.0
# Seconds until a server must listen; a session that does not start answers 424.
STARTS_WITHIN = 10
# The only service and the callers that requests may be signed for.
SERVICE = "bedrock-agentcore"
SECRETS = {"testing": "testing"}

SESSION = "X-Amzn-Bedrock-AgentCore-Runtime-Session-Id"
# All other headers are dropped before the container (request-headers, AgentCore Developer Guide).
FORWARDED = re.compile(r"^(?:accept|content-type|mcp-.*|last-event-id|x-amzn-bedrock-agentcore-runtime-.*)$", re.IGNORECASE)


def patch(function):
    PATCHES.append(function)
    return function


def apply():
    """Applies every patch to moto in this process. Call it once, before the first request."""
    for function in PATCHES:
        function()


# --- what moto's control plane lacks ----------------------------------------------------------------------


@patch
def updates_end():
    """UPDATING never ends, neither of a runtime nor of an endpoint; here it does after a moment."""
    from moto.bedrockagentcorecontrol.models import AgentRuntime, AgentRuntimeEndpoint

    def settled(kind):
        update = kind.update
        status = kind.status

        def changed(self, *arguments, **options):
            # moto reads the status within the update.
            self.changed_at = time.monotonic()
            update(self, *arguments, **options)

        def read(self):
            if self._status == "UPDATING" and time.monotonic() - self.changed_at >= UPDATE_TAKES:
                self._status = "READY"
            return status.fget(self)

        kind.update = changed
        kind.status = property(read, status.fset)

    settled(AgentRuntime)
    settled(AgentRuntimeEndpoint)


@patch
def live_version_follows():
    """The live version of an endpoint stays at that of its creation; here it becomes the target version when the update ends."""
    from moto.bedrockagentcorecontrol.responses import BedrockAgentCoreControlResponse

    read = BedrockAgentCoreControlResponse.get_agent_runtime_endpoint

    def get_agent_runtime_endpoint(self):
        key = (self._get_param("agentRuntimeId"), self._get_param("endpointName"))
        endpoint = self.backend.agent_runtime_endpoints.get(key)
        if endpoint is not None:
            settle(endpoint)
        return read(self)

    BedrockAgentCoreControlResponse.get_agent_runtime_endpoint = get_agent_runtime_endpoint


def settle(endpoint):
    """Makes the target version of an endpoint that does not move the live one."""
    if endpoint.status == "READY":
        endpoint.live_version = endpoint.target_version


@patch
def runtimes_have_a_default_endpoint():
    """There is no DEFAULT endpoint; here each runtime has one that follows its newest version."""
    from moto.bedrockagentcorecontrol.models import AgentRuntimeEndpoint, BedrockAgentCoreControlBackend

    create = BedrockAgentCoreControlBackend.create_agent_runtime
    update = BedrockAgentCoreControlBackend.update_agent_runtime

    def create_agent_runtime(self, *arguments, **options):
        runtime = create(self, *arguments, **options)
        key = (runtime.agent_runtime_id, "DEFAULT")
        self.agent_runtime_endpoints[key] = AgentRuntimeEndpoint(
            self.region_name, self.account_id, runtime, "DEFAULT", runtime.agent_runtime_version, None
        )
        return runtime

    def update_agent_runtime(self, *arguments, **options):
        runtime = update(self, *arguments, **options)
        endpoint = self.agent_runtime_endpoints[(runtime.agent_runtime_id, "DEFAULT")]
        settle(endpoint)
        if not is_denied(runtime):
            endpoint.update(runtime.agent_runtime_version, None)
        return runtime

    BedrockAgentCoreControlBackend.create_agent_runtime = create_agent_runtime
    BedrockAgentCoreControlBackend.update_agent_runtime = update_agent_runtime


@patch
def arns_are_stable():
    """The ARN of a runtime is "agent/UUID:VERSION" and changes with each update; AWS has "runtime/ID", and the ID holds the name."""
    from moto.bedrockagentcorecontrol.models import AgentRuntime
    from moto.moto_api._internal import mock_random

    initialise = AgentRuntime.__init__
    update = AgentRuntime.update

    def __init__(self, region_name, account_id, agent_runtime_name, *arguments, **options):
        initialise(self, region_name, account_id, agent_runtime_name, *arguments, **options)
        self.agent_runtime_id = f"{agent_runtime_name}-{mock_random.get_random_string(10)}"
        self.agent_runtime_arn = f"arn:aws:bedrock-agentcore:{region_name}:{account_id}:runtime/{self.agent_runtime_id}"

    def changed(self, *arguments, **options):
        arn = self.agent_runtime_arn
        # moto takes the ARN apart to make the next one.
        self.agent_runtime_arn = f"arn:aws:bedrock-agentcore:{self.region_name}:{self.account_id}:agent/{uuid.uuid4()}:1"
        update(self, *arguments, **options)
        self.agent_runtime_arn = self.versions[-1]["agentRuntimeArn"] = arn

    AgentRuntime.__init__ = __init__
    AgentRuntime.update = changed


CONFIGURATION = ("agent_runtime_artifact", "environment_variables", "authorizer_configuration", "agent_runtime_version")


@patch
def versions_keep_their_configuration():
    """GetAgentRuntime with an older version returns the newest configuration."""
    from moto.bedrockagentcorecontrol.models import AgentRuntime, BedrockAgentCoreControlBackend
    from moto.bedrockagentcorecontrol.responses import BedrockAgentCoreControlResponse

    snapshot = AgentRuntime._snapshot_version
    answer = BedrockAgentCoreControlResponse.get_agent_runtime
    find = BedrockAgentCoreControlBackend.get_agent_runtime
    wanted = threading.local()

    def _snapshot_version(self):
        snapshot(self)
        if not hasattr(self, "snapshots"):
            self.snapshots = {}
        self.snapshots[self.agent_runtime_version] = {name: copy.deepcopy(getattr(self, name)) for name in CONFIGURATION}

    def get_agent_runtime(self):
        wanted.version = self._get_param("version") or self._get_param("agentRuntimeVersion")
        try:
            return answer(self)
        finally:
            wanted.version = None

    def find_version(self, agent_runtime_id):
        runtime = find(self, agent_runtime_id)
        version = getattr(wanted, "version", None)
        return runtime if version is None else at_version(runtime, version)

    AgentRuntime._snapshot_version = _snapshot_version
    BedrockAgentCoreControlResponse.get_agent_runtime = get_agent_runtime
    BedrockAgentCoreControlBackend.get_agent_runtime = find_version


def at_version(runtime, version):
    """The runtime as it was at one of its versions. Raises AWS's error for a version that never was."""
    from moto.bedrockagentcorecontrol.exceptions import ResourceNotFoundException

    if version not in runtime.snapshots:
        raise ResourceNotFoundException(f"Could not find version {version} of {runtime.agent_runtime_id}")
    former = copy.copy(runtime)
    for name, value in runtime.snapshots[version].items():
        setattr(former, name, value)
    return former


@patch
def images_can_be_denied():
    """No version ever fails; here one fails whose image AgentCore may not pull, with the reason in the answer."""
    from moto.bedrockagentcorecontrol.models import AgentRuntime
    from moto.bedrockagentcorecontrol.responses import BedrockAgentCoreControlResponse

    status = AgentRuntime.status
    answer = BedrockAgentCoreControlResponse.get_agent_runtime

    def read(self):
        found = status.fget(self)
        # While moto itself makes the runtime, its image is not known yet.
        if found == "READY" and hasattr(self, "snapshots") and is_denied(self):
            return "CREATE_FAILED" if self.agent_runtime_version == "1" else "UPDATE_FAILED"
        return found

    def get_agent_runtime(self):
        result = answer(self)
        if result._result["status"].endswith("_FAILED"):
            result._result["failureReason"] = DENIED_REASON
        return result

    AgentRuntime.status = property(read, status.fset)
    BedrockAgentCoreControlResponse.get_agent_runtime = get_agent_runtime


def image_of(runtime):
    return runtime.agent_runtime_artifact.get("containerConfiguration", {}).get("containerUri", "")


def is_denied(runtime):
    return DENIED in image_of(runtime)


# --- the data plane ---------------------------------------------------------------------------------------


class Refused(Exception):
    """An answer of AWS itself: its status, its error type and the text of its JSON body."""

    def __init__(self, status, kind, message):
        super().__init__(message)
        self.status, self.kind = status, kind


def front(application):
    """The WSGI application with the data plane before it: InvokeAgentRuntime and StopRuntimeSession."""

    def serve(environ, start_response):
        path = urllib.parse.urlsplit(environ.get("REQUEST_URI") or environ["PATH_INFO"])
        match = re.fullmatch(r"/runtimes/(arn%3A[^/]+)/(invocations|stopruntimesession)", path.path)
        if match is None:
            return application(environ, start_response)
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        headers = headers_in(environ)
        query = urllib.parse.parse_qs(path.query)
        try:
            if environ["REQUEST_METHOD"] != "POST":
                raise Refused(405, "MethodNotAllowedException", "Method Not Allowed")
            runtime, version = runtime_at(urllib.parse.unquote(match[1]), query.get("qualifier", ["DEFAULT"])[0])
            authenticate(runtime, environ["REQUEST_METHOD"], path, headers, body)
            session = headers.get(SESSION.lower()) or headers.get("mcp-session-id") or str(uuid.uuid4())
            if len(session) < 33:
                raise Refused(400, "ValidationException", "runtimeSessionId must have at least 33 characters")
            if match[2] == "stopruntimesession":
                sessions.stop_one(runtime, session)
                return answer(start_response, 200, {}, json.dumps({}).encode())
            port = sessions.port_of(runtime, version, session, query.get("qualifier", ["DEFAULT"])[0])
            return hand_on(start_response, port, headers, session, body)
        except Refused as refused:
            more = {"WWW-Authenticate": "Bearer"} if refused.status == 401 else {}
            text = json.dumps({"message": str(refused)}).encode()
            return answer(start_response, refused.status, {"x-amzn-ErrorType": refused.kind, **more}, text)

    return serve


def headers_in(environ):
    """The headers of a request by their names in small letters."""
    found = {name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name.startswith("HTTP_")}
    if environ.get("CONTENT_TYPE"):
        found["content-type"] = environ["CONTENT_TYPE"]
    return found


def answer(start_response, status, headers, body):
    phrase = http.client.responses.get(status, "Failed Dependency")
    start_response(
        f"{status} {phrase}",
        [("Content-Type", "application/json"), ("Content-Length", str(len(body))), *headers.items()],
    )
    return [body]


def runtime_at(arn, qualifier):
    """The runtime of an ARN, and the version that one of its endpoints serves."""
    from moto.bedrockagentcorecontrol.models import bedrockagentcorecontrol_backends

    parts = arn.split(":")
    backend = bedrockagentcorecontrol_backends[parts[4]][parts[3]]
    runtime = next((each for each in backend.agent_runtimes.values() if each.agent_runtime_arn == arn), None)
    endpoint = runtime and backend.agent_runtime_endpoints.get((runtime.agent_runtime_id, qualifier))
    if endpoint is None:
        raise Refused(404, "ResourceNotFoundException", f"No endpoint or agent found with qualifier '{qualifier}'")
    # The state of a new endpoint moves on only when somebody reads it.
    endpoint.advance()
    settle(endpoint)
    return runtime, endpoint.live_version


def authenticate(runtime, method, path, headers, body):
    """Raises Refused unless the request has what the runtime takes: a signature, or a token."""
    authorization = headers.get("authorization", "")
    is_token = authorization.startswith("Bearer ")
    takes_tokens = bool(runtime.authorizer_configuration)
    if authorization == "":
        raise Refused(401, "UnauthorizedException", "Missing Authentication Token")
    if is_token != takes_tokens:
        raise Refused(403, "AccessDeniedException", "Authorization method mismatch")
    if not is_token and not is_signed(method, path, headers, body):
        raise Refused(403, "InvalidSignatureException", "The request signature we calculated does not match")


def is_signed(method, path, headers, body):
    """Computes the signature of a request again, with botocore."""
    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    found = re.fullmatch(
        r"AWS4-HMAC-SHA256 Credential=([^/]+)/\d{8}/([^/]+)/([^/]+)/aws4_request, SignedHeaders=(\S+), Signature=(\w+)",
        headers["authorization"],
    )
    if found is None or found[1] not in SECRETS or found[3] != SERVICE:
        return False
    if headers.get("x-amz-content-sha256") != hashlib.sha256(body).hexdigest():
        return False
    signed = {name: headers[name] for name in found[4].split(";") if name in headers}
    url = f"http://{headers['host']}{urllib.parse.urlunsplit(path)}"
    request = AWSRequest(method=method, url=url, data=body, headers=signed)
    request.context["timestamp"] = headers["x-amz-date"]
    signer = SigV4Auth(Credentials(found[1], SECRETS[found[1]]), SERVICE, found[2])
    text = signer.string_to_sign(request, signer.canonical_request(request))
    return signer.signature(text, request) == found[5]


def hand_on(start_response, port, headers, session, body):
    """Answers a request with what the server at a local port answers at /mcp, as it comes."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    forwarded = {name: value for name, value in headers.items() if FORWARDED.match(name)}
    try:
        connection.request("POST", "/mcp", body=body, headers={**forwarded, SESSION: session, "Mcp-Session-Id": session})
        found = connection.getresponse()
    except (OSError, http.client.HTTPException):
        connection.close()
        raise Refused(424, "RuntimeClientError", "Received an error from the runtime. Please check your CloudWatch logs.")
    dropped = {"connection", "keep-alive", "transfer-encoding", "mcp-session-id"}
    kept = [(name, value) for name, value in found.getheaders() if name.lower() not in dropped]
    start_response(f"{found.status} {found.reason}", [*kept, ("Mcp-Session-Id", session), (SESSION, session)])

    def chunks():
        try:
            while chunk := found.read1(65536):
                yield chunk
        finally:
            connection.close()

    return chunks()


class Sessions:
    """One process for each session that was asked; the agent of the ECS tasks knows how to start and end one."""

    def __init__(self):
        self.agent = None
        self.running = {}
        self.lock = threading.Lock()

    def port_of(self, runtime, version, session, qualifier):
        """The port of the server of a session. Raises Refused when it does not come up."""
        key = (runtime.agent_runtime_arn, session)
        with self.lock:
            port, process = self.running.get(key, (0, None))
            if process is None or process.poll() is not None:
                self.running.pop(key, None)
                port, process = self.start(runtime, version, qualifier)
                self.running[key] = (port, process)
            return port

    def start(self, runtime, version, qualifier):
        port = free_port()
        configuration = runtime.snapshots[version]
        name = image_of(at_version(runtime, version))
        environment = {each: os.environ[each] for each in ("PATH", "HOME", "TMPDIR") if each in os.environ}
        log = f"agentcore-{runtime.agent_runtime_id}-{version}-{port}.log"
        process = None
        try:
            image = self.agent.image(name)
            environment |= image.get("env", {}) | (configuration["environment_variables"] or {})
            # A container listens on 8000; here each has a port of its own.
            process = self.agent.spawn(image["command"], environment | {"PORT": str(port)}, log)
            deadline = time.monotonic() + STARTS_WITHIN
            while time.monotonic() < deadline and process.poll() is None:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        return port, process
                time.sleep(0.05)
        except TaskFailedToStart as error:
            print(f"agentcore: {error}", file=sys.stderr, flush=True)
        self.write_log(runtime, qualifier, log)
        if process is not None:
            send_signal(process, 9)
        raise Refused(424, "RuntimeClientError", "An error occurred when starting the runtime. Please check your CloudWatch logs.")

    def write_log(self, runtime, qualifier, log):
        """What CloudWatch Logs shows of a server that did not come up."""
        from moto.logs.models import logs_backends

        file = self.agent.log_directory / log
        lines = file.read_text(errors="replace").splitlines()[-50:] if file.exists() else ["exec format error"]
        backend = logs_backends[runtime.account_id][runtime.region_name]
        group = f"/aws/bedrock-agentcore/runtimes/{runtime.agent_runtime_id}-{qualifier}"
        if group not in backend.groups:
            backend.create_log_group(group, {})
        stream = f"[runtime-logs]{uuid.uuid4()}"
        backend.create_log_stream(group, stream)
        now = int(time.time() * 1000)
        backend.put_log_events(group, stream, [{"timestamp": now, "message": line} for line in lines if line])

    def stop_one(self, runtime, session):
        """Ends a session. Raises Refused when there is none."""
        with self.lock:
            port, process = self.running.pop((runtime.agent_runtime_arn, session), (0, None))
            if process is None:
                raise Refused(404, "ResourceNotFoundException", f"Session {session} not found")
            self.end(process)
            print(f"agentcore: session {session} stopped", file=sys.stderr, flush=True)

    def end(self, process):
        send_signal(process, 9)
        process.wait()
        self.agent.reaped(process)

    def stop(self):
        with self.lock:
            for _, process in self.running.values():
                self.end(process)
            self.running = {}


sessions = Sessions()

"""AWS on this machine: moto's server, what it lacks (moto_patches), and ECS tasks that are real processes.

    python3 demo/aws/emulator.py --port PORT --tasks FILE --log-dir DIR

Prints one line with its address when it is ready. Ends with SIGTERM or SIGINT, and when its standard input
is a pipe that closes, that is when whoever started it is gone; every task process ends with it.
"""

import argparse
import asyncio
import os
import pathlib
import signal
import stat
import sys
import threading
import time

import moto_patches

# The roles' policies of the modules are AWS's own, and nobody waits for a certificate here.
SETTINGS = {"MOTO_IAM_LOAD_MANAGED_POLICIES": "true", "MOTO_ACM_VALIDATION_WAIT": "0"}
# moto signs some of its own calls; these are no secrets of anybody's.
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}


def main():
    options = argparse.ArgumentParser(description="A local stand-in for AWS.")
    options.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0, the default, for a free one")
    options.add_argument("--tasks", type=pathlib.Path, required=True, help='JSON: {image: {"command": [], "env": {}, "pullSeconds": 0}}')
    options.add_argument("--log-dir", type=pathlib.Path, required=True, help="where the tasks' output goes")
    options = options.parse_args()

    moto_patches.require_moto()
    watch = start_warden()
    options.log_dir.mkdir(parents=True, exist_ok=True)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    stop_with_parent(stop)

    os.environ.update(SETTINGS | CREDENTIALS)
    server = start_moto(options.port)

    from agentcore import sessions
    from ecs_agent import Agent
    from lambda_front import workers

    agent = Agent(options.tasks.resolve(), options.log_dir.resolve(), watch)
    workers.agent = sessions.agent = agent
    driving = threading.Thread(target=lambda: asyncio.run(agent.run()))
    driving.start()
    print(f"The AWS stand-in is ready on http://127.0.0.1:{server.server_port}", flush=True)
    stop.wait()
    agent.stop()
    driving.join()
    workers.stop()
    sessions.stop()


def start_moto(port):
    """Serves patched moto on 127.0.0.1; port 0 is a free one."""
    moto_patches.apply()
    import agentcore
    import lambda_front

    lambda_front.apply()
    agentcore.apply()
    from ecs_agent import answer_from_snapshots
    from load_balancer import listen_for_load_balancers
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    answer_from_snapshots()
    listen_for_load_balancers()
    application = agentcore.front(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", port, application, threaded=True)
    os.environ["MOTO_PORT"] = str(server.server_port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def stop_with_parent(stop):
    """Sets `stop` when standard input, being a pipe, closes: then the process that held it is gone."""
    mode = os.fstat(0).st_mode
    if stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode):

        def read_to_the_end():
            while os.read(0, 1024):
                pass
            stop.set()

        threading.Thread(target=read_to_the_end, daemon=True).start()


def start_warden():
    """Forks a process that ends the task processes should this one die without a chance to; returns its ear.

    Called with "+GROUP\\n" it notes a process group, with "-GROUP\\n" it forgets one.
    """
    ear, mouth = os.pipe()
    if os.fork() == 0:
        os.close(mouth)
        os.setsid()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        groups = set()
        for line in os.fdopen(ear):
            (groups.add if line[0] == "+" else groups.discard)(int(line[1:]))
        for number, patience in ((signal.SIGTERM, 2), (signal.SIGKILL, 0)):
            for group in groups:
                try:
                    os.killpg(group, number)
                except OSError:
                    pass
            time.sleep(patience if groups else 0)
        os._exit(0)
    os.close(ear)
    return lambda line: os.write(mouth, line.encode())


if __name__ == "__main__":
    sys.exit(main())

"""Runs many calls of the AWS CLI, or of boto3, in one process.

Standard input is a JSON list of jobs; each has its number and either the arguments of the AWS CLI, with the folder to run
in where that matters, or a Python program. Standard output is a JSON list of [number, exit code, what was printed].
"""

import contextlib
import gc
import io
import json
import os
import sys
import traceback

import awscli.clidriver

ENDPOINT = sys.argv[1]


def run(job):
    endpoint = f"{ENDPOINT}/{job['number']}"
    if "arguments" in job:
        if "folder" in job:
            os.chdir(job["folder"])
        driver = fresh_driver() if "--generate-cli-skeleton" in job["arguments"] else cli
        return driver.main([*job["arguments"], "--endpoint-url", endpoint])
    os.environ["AWS_ENDPOINT_URL_EC2"] = endpoint
    exec(compile(job["python"], "generated.py", "exec"), {"__name__": "__main__"})
    return 0


def fresh_driver():
    """A driver that has printed a skeleton prints it again with every later one; the model, which is slow to load, is
    shared."""
    driver = awscli.clidriver.create_clidriver()
    driver.session.register_component("data_loader", cli.session.get_component("data_loader"))
    return driver


def guarded(job):
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        try:
            code = run(job)
        except SystemExit as error:
            code = error.code
        except Exception:
            traceback.print_exc()
            code = 1
    return [job["number"], code, printed.getvalue()]


# The collector would walk the whole model of EC2 with every client made: it goes seldom, and past what stays.
cli = awscli.clidriver.create_clidriver()
gc.freeze()
gc.disable()
results = []
for job in json.load(sys.stdin):
    results.append(guarded(job))
    if len(results) % 20 == 0:
        gc.collect()
json.dump(results, sys.stdout)

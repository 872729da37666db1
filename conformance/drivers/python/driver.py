"""Runs one batch of calls in the Extism runtime: a request on stdin, a response on stdout, both JSON.

The protocol is described in ../../src/hosts/protocol.ts.
"""

import json
import re
import sys
from base64 import b64decode, b64encode

import extism

FAILURE = "the host function failed on purpose"

# How the native runtime formats a line that a plug-in logged: a time, the level, and the message between two marks.
# Its own lines have another mark than extism::pdk.
LOG_LINE = re.compile(r'^\S+\s+([A-Z]+) extism::pdk: (.*) plugin="[^"]*"\s*$', re.DOTALL)


def main():
    request = json.load(sys.stdin)
    lines = []
    logger = extism.set_log_custom(lines.append, "info")
    with open(request["wasm"], "rb") as file:
        wasm = file.read()
    scenarios = [run_scenario(wasm, request["wasi"], item, logger, lines) for item in request["scenarios"]]
    json.dump({"version": extism.extism_version(), "scenarios": scenarios}, sys.stdout)


def run_scenario(wasm, wasi, scenario, logger, lines):
    functions = [host_function(item) for item in scenario["functions"]]
    try:
        plugin = extism.Plugin(wasm, wasi=wasi, config=scenario["config"], functions=functions)
    except extism.Error as error:
        return {"refused": str(error)}
    with plugin:
        return {"calls": [run_call(plugin, call, logger, lines) for call in scenario["calls"]]}


def run_call(plugin, call, logger, lines):
    logger.drain()
    lines.clear()
    try:
        output = plugin.call(call["export"], b64decode(call["input"]))
        result = {"output": b64encode(output).decode()}
    except extism.Error as error:
        result = {"error": str(error)}
    logger.drain()
    result["logs"] = [log_line(match) for match in map(LOG_LINE.match, lines) if match]
    return result


def log_line(match):
    return [match[1].lower(), match[2]]


def host_function(description):
    answer = behaviour(description)

    @extism.host_fn(
        name=description["name"],
        namespace="extism:host/user",
        signature=([extism.ValType.I64], [extism.ValType.I64]),
    )
    def function(plugin, params, results):
        reply = answer(plugin.input_bytes(params[0]))
        if reply:
            plugin.return_bytes(results[0], reply)
        else:
            results[0].value = 0

    return function


def behaviour(description):
    does = description["does"]
    if does == "upper":
        return lambda argument: argument.decode().upper().encode()
    if does == "reverse":
        return lambda argument: argument[::-1]
    if does == "fail":
        return fail
    if does == "table":
        replies = {b64decode(key): b64decode(reply) for key, reply in description["replies"]}
        otherwise = b64decode(description["otherwise"])
        return lambda argument: replies.get(argument, otherwise)
    raise ValueError(f"no host function does {does!r}")


def fail(_argument):
    raise RuntimeError(FAILURE)


if __name__ == "__main__":
    main()

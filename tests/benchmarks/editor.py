"""From a keystroke to the findings, over the language server's standard input and output.

    python tests/benchmarks/editor.py [SPEC]

Prints how long the server takes to start, and the median and the 95th percentile of 200 keystrokes in a spec of some
500 lines. Nothing is asserted: a machine under load measures badly.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import IO, Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

KEYSTROKES = 200
HEAD = "settings: {name: Demo, videoSize: {width: 1920, height: 1080}}\nvariables: {company: Northwind}\nscenes:\n"
SCENE = """\
  - name: scene-NUMBER
    intrinsicDurationTrackReference: speech
    tracks:
      - type: actor
        referenceId: speech
        actor: karen
        speakerId: en-GB-RyanNeural
        text: Welcome to <company>. This is part NUMBER of the course on safe work with machines.
        position: {x: 420, y: 0}
        size: {width: 1080, height: 1080}
      - {type: image, imageUrl: https://cdn.example.com/NUMBER.png, position: {x: 0, y: 0}, size: {width: 100, height: 100}}
      - type: text
        text: Part NUMBER
        position: {x: 10%, y: 80%}
        size: {width: 80%, height: 10%}
        startTimeGap: 500ms
"""


class Server:
    def __init__(self) -> None:
        command = [sys.executable, "-c", "from vidc.cli import main; main()", "lsp"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
        self.number = 0

    def send(self, method: str, params: Any, request: bool = False) -> None:
        message: dict[str, Any] = {"jsonrpc": "2.0", "method": method, "params": params}
        if request:
            self.number += 1
            message["id"] = self.number
        body = json.dumps(message).encode()
        stream: IO[bytes] = self.process.stdin  # type: ignore[assignment]
        stream.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        stream.flush()

    def wait_for(self, wanted: str) -> dict[str, Any]:
        """The next message with this key: `result`, or a notification's method."""
        stream: IO[bytes] = self.process.stdout  # type: ignore[assignment]
        while True:
            length = 0
            while line := stream.readline().strip():
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            message: dict[str, Any] = json.loads(stream.read(length))
            if wanted in message or message.get("method") == wanted:
                return message


def main() -> None:
    text = (
        Path(sys.argv[1]).read_text()
        if sys.argv[1:]
        else HEAD + "".join(SCENE.replace("NUMBER", str(number)) for number in range(31))
    )
    began = time.perf_counter()
    server = Server()
    server.send("initialize", {"processId": None, "rootUri": None, "capabilities": {}}, request=True)
    server.wait_for("result")
    started = time.perf_counter() - began
    server.send("initialized", {})
    uri = "file:///tmp/bench.vidc.yaml"
    document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
    server.send("textDocument/didOpen", {"textDocument": document})
    server.wait_for("textDocument/publishDiagnostics")
    line = next(number for number, one in enumerate(text.split("\n")) if "Welcome" in one)
    column = text.split("\n")[line].index("Welcome")
    taken = []
    for number in range(KEYSTROKES):
        at = {"line": line, "character": column + number}
        change = {"range": {"start": at, "end": at}, "text": "abcdefg hi"[number % 10]}
        before = time.perf_counter()
        server.send(
            "textDocument/didChange",
            {"textDocument": {"uri": uri, "version": number + 2}, "contentChanges": [change]},
        )
        server.wait_for("textDocument/publishDiagnostics")
        taken.append((time.perf_counter() - before) * 1000)
    taken.sort()
    print(f"lines {text.count(chr(10))}")
    print(f"start {started:.2f} s (must be under 1)")
    print(
        f"keystroke to findings: median {median(taken):.1f} ms (100), p95 {taken[int(0.95 * KEYSTROKES)]:.1f} ms (150)"
    )
    server.process.kill()


if __name__ == "__main__":
    main()

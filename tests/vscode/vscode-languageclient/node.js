"use strict";

// As much of a language client as the extension uses: it starts the server for real, and speaks its first words to it.
// Like the one that it stands for, a client whose server ends while it starts asks `closed` and still comes up, idle.

const { spawn } = require("node:child_process");

const CloseAction = { DoNotRestart: 1, Restart: 2 };
const ErrorAction = { Continue: 1, Shutdown: 2 };
const made = [];

class LanguageClient {
  constructor(id, name, server, options) {
    Object.assign(this, { id, name, server, options, running: false, answer: undefined, ended: [] });
    made.push(this);
  }

  isRunning() {
    return this.running;
  }

  error() {}

  start() {
    const { command, args, options } = this.server;
    const child = (this.child = spawn(command, args, { ...options, stdio: ["pipe", "pipe", "ignore"] }));
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", () => {
        this.running = false;
        if (!this.stopped) this.ended.push(this.options.errorHandler.closed().action);
        resolve();
      });
      child.stdin.on("error", () => {});
      this.read(child.stdout, (message) => {
        this.answer = message.result;
        this.running = true;
        this.send({ method: "initialized", params: {} });
        resolve();
      });
      this.send({ id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } });
    });
  }

  send(message) {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    this.child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.child.stdin.write(body);
  }

  read(stream, taken) {
    let waiting = Buffer.alloc(0);
    stream.on("data", (piece) => {
      waiting = Buffer.concat([waiting, piece]);
      const head = waiting.indexOf("\r\n\r\n");
      const size = head < 0 ? NaN : Number(/content-length: *(\d+)/i.exec(waiting.toString("latin1", 0, head))?.[1]);
      if (waiting.length < head + 4 + size || Number.isNaN(size)) return;
      const message = JSON.parse(waiting.toString("utf8", head + 4, head + 4 + size));
      waiting = waiting.subarray(head + 4 + size);
      if (message.id === 1 && message.result) taken(message);
    });
  }

  async stop() {
    this.stopped = true;
    this.running = false;
    this.child.kill();
  }
}

module.exports = { CloseAction, ErrorAction, LanguageClient, made };

"use strict";

// node host.js EXTENSION STEP...   starts the extension, takes the steps, and prints what was seen as JSON.

const { seen } = require("vscode");
const { made } = require("vscode-languageclient/node");
const [extension, ...steps] = process.argv.slice(2);
const { activate, deactivate } = require(extension);

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const taken = {
  restart: () => seen.commands["vidc.restart"](),
  configure: async () => {
    for (const listener of seen.listeners) await listener({ affectsConfiguration: (name) => name === "vidc.command" });
  },
  kill: async () => {
    made.at(-1).child.kill("SIGKILL");
    while (made.at(-1).ended.length === 0) await pause(10);
  },
};

(async () => {
  const context = { subscriptions: [] };
  await activate(context);
  for (const step of steps) await taken[step]();
  await pause(20);
  const clients = made.map(({ server, options, answer, running, ended }) => ({
    words: [server.command, ...server.args],
    cwd: server.options.cwd,
    documents: options.documentSelector,
    server: answer?.serverInfo?.name,
    running,
    ended,
  }));
  await deactivate();
  const { messages, executed, shown } = seen;
  const left = made.map((one) => one.running);
  console.log(JSON.stringify({ clients, messages, executed, shown, left, subscriptions: context.subscriptions.length }));
})();

"use strict";

// What the extension uses of VS Code, so that it runs under plain node. What it does is noted in `seen`.

const seen = { messages: [], commands: {}, listeners: [], executed: [], shown: 0 };
const command = JSON.parse(process.env.VIDC_COMMAND);

module.exports = {
  seen,
  workspace: {
    getConfiguration: (section) => ({ get: (name) => (`${section}.${name}` === "vidc.command" ? command : undefined) }),
    workspaceFolders: [{ uri: { fsPath: process.cwd() } }],
    onDidChangeConfiguration: (listener) => seen.listeners.push(listener) && { dispose() {} },
  },
  window: {
    createOutputChannel: () => ({ appendLine() {}, dispose() {}, show: () => (seen.shown += 1) }),
    showErrorMessage: async (message, ...choices) => {
      seen.messages.push([message, ...choices]);
      return process.env.VIDC_CHOICE;
    },
  },
  commands: {
    registerCommand: (name, run) => (seen.commands[name] = run) && { dispose() {} },
    executeCommand: async (...words) => seen.executed.push(words),
  },
};

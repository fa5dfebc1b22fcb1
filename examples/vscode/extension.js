"use strict";

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

/** Starts `vidc lsp` in the workspace's folder, for what is on disk: specs in YAML by their language, in JSON by name. */
function made() {
  const [command, ...words] = vscode.workspace.getConfiguration("vidc").get("command");
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const server = { command, args: [...words, "lsp"], options: folder ? { cwd: folder } : {} };
  const documentSelector = [
    { scheme: "file", language: "vidc" },
    { scheme: "file", pattern: "**/*.vidc.{yaml,yml,json}" },
  ];
  return new LanguageClient("vidc", "vidc", server, { documentSelector });
}

/** A server that does not start is said with what to do, and once: it is not tried again by itself. */
async function start() {
  client = made();
  try {
    await client.start();
  } catch {
    client = undefined;
    const help = "vidc does not start. Install it with `pip install \"vidc[editor]\"`, or name it in `vidc.command`.";
    const chosen = await vscode.window.showErrorMessage(help, "Open settings");
    if (chosen) await vscode.commands.executeCommand("workbench.action.openSettings", "vidc.command");
  }
}

async function restart() {
  await deactivate();
  await start();
}

async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("vidc.restart", restart),
    vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration("vidc.command") && restart()),
  );
  await start();
}

async function deactivate() {
  const running = client;
  client = undefined;
  await running?.stop();
}

module.exports = { activate, deactivate };

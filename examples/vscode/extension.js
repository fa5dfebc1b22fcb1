"use strict";

const vscode = require("vscode");
const { CloseAction, ErrorAction, LanguageClient } = require("vscode-languageclient/node");

let client;

/** Its errors go to the output alone: what to do about them is said once, by `advise`. */
class QuietClient extends LanguageClient {
  error(message, data) {
    super.error(message, data, false);
  }
}

/** Starts `vidc lsp` in the workspace's folder. It is told of all YAML, since a spec may include a file of any name, and
 *  leaves alone what no spec includes. */
function made(output) {
  const [command, ...words] = vscode.workspace.getConfiguration("vidc").get("command");
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const server = { command, args: [...words, "lsp"], options: folder ? { cwd: folder } : {} };
  const documentSelector = [
    { scheme: "file", language: "vidc" },
    { scheme: "file", language: "vidc-json" },
    { scheme: "file", language: "yaml" },
    { scheme: "untitled", language: "vidc" },
  ];
  const options = { documentSelector, outputChannel: output, errorHandler: patience(output) };
  return new QuietClient("vidc", "vidc", server, { ...options, initializationFailedHandler: () => false });
}

/** A server that ends at once would only end again; one that served and crashed is started again, three times. */
function patience(output) {
  let crashes = 0;
  return {
    error: () => ({ action: ErrorAction.Continue }),
    closed: () => {
      if (client !== undefined && ++crashes <= 3) return { action: CloseAction.Restart };
      if (client !== undefined) advise(output);
      return { action: CloseAction.DoNotRestart };
    },
  };
}

/** A client whose server ends while it starts is not running, and yet its start may succeed. */
async function start(output) {
  const starting = made(output);
  await starting.start().catch(() => undefined);
  if (starting.isRunning()) client = starting;
  else advise(output);
}

async function advise(output) {
  const help = "vidc does not start. Install it with `pip install \"vidc[editor]\"`, or name it in `vidc.command`.";
  const chosen = await vscode.window.showErrorMessage(help, "Open settings", "Show why");
  if (chosen === "Open settings") await vscode.commands.executeCommand("workbench.action.openSettings", "vidc.command");
  if (chosen === "Show why") output.show();
}

async function activate(context) {
  const output = vscode.window.createOutputChannel("vidc");
  const restart = async () => {
    await deactivate();
    await start(output);
  };
  context.subscriptions.push(
    output,
    vscode.commands.registerCommand("vidc.restart", restart),
    vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration("vidc.command") && restart()),
  );
  await start(output);
}

async function deactivate() {
  const running = client;
  client = undefined;
  await running?.stop();
}

module.exports = { activate, deactivate };

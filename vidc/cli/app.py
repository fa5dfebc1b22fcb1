"""app: the group of commands; each is loaded from its own module when it is called."""

from __future__ import annotations

from importlib import import_module

import click

from .end import ended

COMMANDS = {
    "lint": ("lint", "Say what is wrong in specs, with place, reason and repair."),
    "compile": ("compiling", "Compile a spec into the job that the service takes."),
    "timeline": ("timeline", "Show when everything starts and ends."),
    "graph": ("graph", "Show what a spec is made of, and what depends on what."),
    "diff": ("diff", "Say what changes for viewers, and what it costs."),
    "preview": ("preview", "Show a spec as a page that follows the file."),
    "render": ("render", "Render a spec to a video on this machine."),
    "frame": ("frame", "Draw one frame of a video, as a PNG."),
    "sheet": ("sheet", "Draw a contact sheet of a video, as a PNG."),
    "captions": ("captions", "Write what is said as captions."),
    "lsp": ("lsp", "Serve an editor: the language server."),
    "explain": ("explain", "Explain a finding."),
    "schema": ("schema", "Print the schema of specs, or hold a file against it."),
    "import": ("importing", "Turn a job's JSON into a spec."),
    "new": ("new", "Write a first spec that compiles."),
    "serve": ("serve", "Serve Colossyan's API on this machine."),
    "plan": ("plan", "Say what would be sent, what it may cost, and why."),
    "apply": ("apply", "Send what a plan says, once."),
    "submit": ("submit", "Plan and apply in one."),
    "status": ("status", "Show what was sent and where it stands."),
    "wait": ("wait", "Wait until videos are there."),
    "download": ("download", "Download a finished video."),
    "resolve": ("resolve", "Settle what may have been sent or not."),
    "cancel": ("cancel", "Stop a job, or take back one that was not sent."),
    "delete": ("delete", "Delete a finished video."),
    "history": ("history", "Show what was paid when."),
    "listen": ("listen", "Take the service's callbacks."),
    "measure": ("measure", "Measure how long media are, into vidc.lock."),
    "actors": ("actors", "List the actors of the workspace."),
    "voices": ("voices", "List the voices of the workspace."),
    "avatar": ("avatar", "Make an actor of your own."),
    "draft": ("draft", "Let the service draft a video from an outline."),
}
"""Name, module and one line of each command, in the order in which they are listed."""


class Commands(click.Group):
    """Loads a command's module when it is asked for, so that no command pays for another's imports."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # as click calls it
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"vidc.cli.{COMMANDS[cmd_name][0]}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command, or the nearest name as advice."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from vidc.diag.near import nearest

            near = nearest(args[0], COMMANDS) if args else None
            if near is None:
                raise
            raise click.UsageError(f"No such command {args[0]!r}. Did you mean {near!r}?", ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="vidc", message="vidc %(version)s")
@click.pass_context
def group(context: click.Context) -> None:
    """Compile videos written as code: prove that everything fits in time, and make the job for Colossyan.

    Start with `vidc new`, then `vidc lint video.vidc.yaml`.
    """
    from .configured import defaults

    context.default_map = defaults()


def app() -> int:
    """Run the command that the arguments name; its exit code."""

    def run() -> int:
        try:
            code = group.main(prog_name="vidc", standalone_mode=False)
        except click.ClickException as error:
            error.show()
            return error.exit_code
        except click.exceptions.Abort as error:
            raise KeyboardInterrupt from error
        except SystemExit as error:  # click ends so after completing, and where a reader has left
            if isinstance(error.__context__, BrokenPipeError):
                raise error.__context__ from None
            return error.code if isinstance(error.code, int) else 0
        return code if isinstance(code, int) else 0

    return ended(run)

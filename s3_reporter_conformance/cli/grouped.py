"""Commands whose help shows arguments and options in groups, in one column."""

from typing import Any

import click

# So wide is the column of names; a longer one has a line of its own.
_WIDTH = 26


class GroupedOption(click.Option):
    """An option under the title of its group."""

    def __init__(self, *names: Any, group: str, **more: Any) -> None:
        """Take the title, and what other options take."""
        super().__init__(*names, **more)
        self.group = group


class GroupedCommand(click.Command):
    """A command with groups of options."""

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Leave them to the options, whose column is theirs."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each group."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for each in self.get_params(ctx):
            title = "Positional arguments"
            if isinstance(each, click.Option):
                title = each.group if isinstance(each, GroupedOption) else "Options"
            if record := each.get_help_record(ctx):
                groups.setdefault(title, []).append((record[0].ljust(_WIDTH), record[1]))
        for title, rows in groups.items():
            with formatter.section(title):
                formatter.write_dl(rows, col_max=_WIDTH)

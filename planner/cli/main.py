"""The command line: parse, call a verb, show."""

import typer

app = typer.Typer(no_args_is_help=True, help="planner: Dienstplanung und Kapazitätsplanung.")

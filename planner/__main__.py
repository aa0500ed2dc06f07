"""``python -m planner`` is the command line."""

from planner.cli.main import app

if __name__ == "__main__":
    app()

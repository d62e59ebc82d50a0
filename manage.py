#!/usr/bin/env python
"""Django's command line."""

import sys

from sidepro.environment import load_settings


def main() -> None:
    """Run the management command named on the command line."""
    load_settings()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

"""How what lacks is installed: all of it as it was tested, each package in one version and with its hash."""

from __future__ import annotations

INSTALL = "Install it: pip install -r requirements.txt in the folder that kg came in"
"""What to do where a package that one command needs is not there."""

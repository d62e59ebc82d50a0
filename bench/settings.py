"""The product's settings, with the bare views to compare with, alongside its routes."""

from sidepro.settings import *  # noqa: F403

ROOT_URLCONF = "bench.floor"

"""The site's settings with one more address: an empty view behind the same middleware."""

from shangliang.site.settings import *  # noqa: F403

ROOT_URLCONF = "bench.page_urls"

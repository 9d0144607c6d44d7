"""The catalogue of acts, in the order in which a matter meets them. Importing this package registers them all."""

from shangliang.acts.catalogue import (  # noqa: F401
    change,
    closing,
    consulting,
    forums,
    gathering,
    ledger,
    meeting,
    mending,
    opinion,
    oversight,
    place,
    proposing,
    publication,
    results,
    rulebook,
    screening,
    standing,
    survey,
    topic,
    tracking,
)

"""Pages that the site itself fetches, politely or not at all.

    FetchTask (queued) -> host free and willing? -> robots.txt -> quota -> wait -> ask -> decide (pure)
      -> RawPage kept -> parser -> Lot.objects.record     or: not modified, later, blocked, failed
      -> of a listing its next page, and the lots that it cuts short, into the frontier

Nothing is fetched from a source that no administrator has enabled, after reading its terms. The only
place that opens a connection is `asking.py`; clock, sleep, resolver and opener are handed in."""

"""colossyan: the service's API, typed; what may be sent again is decided here and nowhere else.

    client      the ten requests, E1 to E10
    answers     what the service says, as records
    sending     one request and its retries: the table of what may be sent again
    waiting     following jobs until they end
    download    a video to a file: resumed, its size verified, whole or not at all
    service     where the service is, and the token that goes there and nowhere else
    catalog     actors and voices as they were listed, kept with their age
    errors      the tree of what can go wrong
    time        the clock, so that tests need not wait

httpx enters by `sending` and `download`, when the first request is made.
"""

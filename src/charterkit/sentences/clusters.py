"""Errors about the machines that share a work."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "no-dask": (
        "--cluster needs a package that is not installed.",
        "Install it with: pip install 'charterkit[cluster]'",
    ),
    "no-scheduler": (
        "No Dask scheduler answers at {address:shown} within {seconds} seconds.",
        "Start one with 'dask scheduler', and write the address it prints, such as tcp://10.0.0.1:8786.",
    ),
    "no-address-of-scheduler": (
        "--cluster '{address:shown}': this is no address of a Dask scheduler.",
        "Write the one that 'dask scheduler' prints, such as tcp://10.0.0.1:8786.",
    ),
    "no-workers": (
        "The scheduler at {address:shown} has no workers.",
        "Start some with: dask worker {address:shown} --nworkers auto --nthreads 1",
    ),
    "worker-without": (
        "The worker {worker:shown} cannot run charterkit: {why:shown}",
        "Install the same charterkit there, and start the worker again.",
    ),
    "worker-version": (
        "The worker {worker:shown} has charterkit {theirs:shown}, and this is {ours}.",
        "Install charterkit {ours} there, and start the worker again.",
    ),
    "worker-program": (
        "The worker {worker:shown} has another state of charterkit {version}, or another Python: it may find other things.",
        "Install the same files there, and start the worker again.",
    ),
    "worker-blind": (
        "The worker {worker:shown} does not see the workspace: there is no folder {root} on its machine.",
        "Put the workspace on a disk that all of them share, at the same path.",
    ),
    "worker-elsewhere": (
        "The worker {worker:shown} sees another workspace at {root}.",
        "Put the workspace on a disk that all of them share, at the same path.",
    ),
    "cluster-killed": (
        "Workers of the scheduler at {address:shown} end at the same piece of work again and again.",
        "Look at their logs, mostly for want of memory; or do it without --cluster.",
    ),
    "cluster-gone": (
        "The scheduler at {address:shown} is gone.",
        "Start it and its workers again; what was finished before is kept, and not done twice.",
    ),
}

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
    "worker-elsewhere": (
        "The worker {worker:shown} came later, and does not see the workspace as it is at {root}.",
        "Do it again: it is then sent to the workers.",
    ),
    "packed-not-plain": (
        "{path:shown} is no plain file or folder: a workspace that is sent to workers cannot have such.",
        "Put the file itself there; or put the workspace on a disk that all workers see at the same path.",
    ),
    "packed-not-read": (
        "{path:shown} cannot be read to be sent to the workers: {reason:shown}",
        "Check its permissions, and do it again.",
    ),
    "packed-too-large": (
        "The workspace is more than {most} MB when it is packed, which is too much to send to each worker.",
        "Put it on a disk that all workers see at the same path; or do it without --cluster.",
    ),
    "packed-too-large-file": (
        "{path:shown} is larger than {most} MB, which is too much to send to each worker.",
        "Put the workspace on a disk that all workers see at the same path; or do it without --cluster.",
    ),
    "packed-changed": (
        "What came to the worker {worker:shown} is not what was sent: {why:shown}.",
        "Do it again; if that does not help, put the workspace on a disk that all workers see at the same path.",
    ),
    "packed-no-room": (
        "The worker {worker:shown} cannot unpack the workspace: {reason:shown}",
        "Make room on its disk, or start it with --local-directory on another one.",
    ),
    "cluster-killed": (
        "Workers of the scheduler at {address:shown} end at the same piece of work again and again.",
        "Look at their logs, mostly for want of memory; or do it without --cluster.",
    ),
    "cluster-gone": (
        "The scheduler at {address:shown} is gone, or all its workers are.",
        "Start it and its workers again; what was finished before is kept, and not done twice.",
    ),
}

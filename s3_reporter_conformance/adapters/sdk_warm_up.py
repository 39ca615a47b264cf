"""Parses the SDK's data once for all the processes that are forked later."""

import contextlib
import encodings.idna  # noqa: F401 -- every process that looks up a host imports it
import sys
from typing import Any


def warm_up_sdk() -> None:
    """Let boto3, if the reporter uses it, import and parse here what each process would anew.

    The first session of a process takes over the loader that has read everything; so a process
    sees nothing that its own loader would not have read from the same files.
    """
    # What a reporter has made of boto3 is its own business.
    with contextlib.suppress(Exception):
        _warm_up(sys.modules["boto3"], sys.modules["botocore.session"])


def _warm_up(boto3: Any, botocore_session: Any) -> None:
    create_loader = botocore_session.create_loader
    session = botocore_session.Session()
    boto3.session.Session("none", "none", None, "us-east-1", session).client("s3")
    warm = session.get_component("data_loader")
    # boto3 appends a folder of its own again.
    warm.search_paths[:] = create_loader().search_paths
    unused = [warm]

    def first_warm(search_path: str | None = None) -> Any:
        # Somebody who names folders of their own (AWS_DATA_PATH) has other data.
        return unused.pop() if unused and search_path is None else create_loader(search_path)

    botocore_session.create_loader = first_warm

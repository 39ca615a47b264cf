"""What a queue of SQS needs to get the events of a bucket at AWS.

Amazon S3 User Guide, "Granting permissions to publish event notification messages to a
destination" and "Enabling event notifications".
"""

import json
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

# A new configuration can take five minutes to take effect, unless the test event has come.
_SECONDS = 300


def allow_sending(sqs: Any, queue: str, arn: str, bucket: str) -> None:
    """Allow S3 to send the events of a bucket to a queue.

    Args:
        sqs: The client.
        queue: The queue's URL.
        arn: The queue's ARN.
        bucket: The bucket.
    """
    partition = arn.split(":")[1]
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "s3.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": arn,
        "Condition": {"ArnEquals": {"aws:SourceArn": f"arn:{partition}:s3:::{bucket}"}},
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": policy})


def await_test_event(receive: Callable[[], Sequence[str]]) -> bool:
    """Wait for the message by which S3 tells that events arrive from now on.

    Args:
        receive: Waits a moment for messages.
    """
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline:
        if any("s3:TestEvent" in message for message in receive()):
            return True
    return False


def delete_queue(sqs: Any, queue: str) -> None:
    """Delete a queue; one that is gone already is as good.

    Args:
        sqs: The client.
        queue: The queue's URL.
    """
    with suppress(sqs.exceptions.QueueDoesNotExist):
        sqs.delete_queue(QueueUrl=queue)

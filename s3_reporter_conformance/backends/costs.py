"""What a run in an AWS account makes and costs."""

from collections.abc import Iterator

from .amazon import AmazonBackend
from .marks import PREFIX, TAG

# Measured with the reference: 3,471 requests and 386 buckets for 328 examples.  Reporters that look
# more around send more.
_REQUESTS_PER_EXAMPLE = 15
_BUCKETS_PER_EXAMPLE = 1.25

# US dollars for 1,000 requests PUT, COPY, POST or LIST of S3 Standard in us-east-1, the dearest
# kind there; https://aws.amazon.com/s3/pricing/, 2025.  Requests to STS cost nothing, and those to
# SQS ($0.40 for a million), and kilobytes for hours, too little to be counted.
_DOLLARS = 0.005


def plan(backend: AmazonBackend, examples: int) -> Iterator[str]:
    """Say what a run is going to make, and what that costs.

    Args:
        backend: The account.
        examples: How many runs are made at most.

    Raises:
        BackendError: AWS does not say whose account it is.
    """
    requests = examples * _REQUESTS_PER_EXAMPLE
    buckets = round(examples * _BUCKETS_PER_EXAMPLE)
    dollars = requests / 1000 * _DOLLARS
    (tag,) = TAG
    yield f"This run uses {backend.name}, as {backend.account}. It makes"
    yield f"  - about {buckets} buckets {PREFIX}*, with small objects,"
    yield f"  - about 10 queues {PREFIX}* of SQS, and a few sessions of STS,"
    yield f"and tags buckets and queues with {tag}. It deletes them at the end."
    yield (
        f"A run of everything takes about {requests:,} requests, for about ${dollars:.2f} at the "
        "prices of us-east-1 (https://aws.amazon.com/s3/pricing/, 2025)."
    )

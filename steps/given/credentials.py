"""Given: AWS profiles and credentials."""

from dataclasses import replace

from pytest_bdd import given, parsers

from ...credentials import Credentials
from ...scenario.profiles import DEFAULT_PROFILE
from ...scenario.world import World


@given(parsers.parse('an AWS profile "{name}"'))
def an_aws_profile(world: World, name: str) -> None:
    world.add_profile(name)


@given(parsers.parse('the AWS profile "{name}" sets the region "{region}"'))
def profile_sets_the_region(world: World, name: str, region: str) -> None:
    world.regions[name] = region


@given("there are no AWS credentials")
def there_are_no_credentials(world: World) -> None:
    world.profiles.clear()


@given(parsers.parse('an AWS profile "{name}" with a session token'))
def an_aws_profile_with_a_session_token(world: World, name: str) -> None:
    world.add_profile(name, temporary=True)


@given(parsers.parse("the environment contains {kind} credentials"))
def environment_contains_credentials(world: World, kind: str) -> None:
    temporary = {"permanent": False, "temporary": True}[kind]
    world.environment_credentials = Credentials.random(world.rng, temporary=temporary)


@given("the session token has expired")
def the_session_token_has_expired(world: World) -> None:
    world.add_profile(DEFAULT_PROFILE, expired=True)


@given("the credentials are in the environment")
def credentials_are_in_the_environment(world: World) -> None:
    world.environment_credentials = world.profiles[DEFAULT_PROFILE]


@given("the reporter's credentials do not allow uploads")
def credentials_do_not_allow_uploads(world: World) -> None:
    # What a reporter may need to find out beforehand whether the bucket is there.
    world.restrict(["s3:ListBucket", "s3:GetBucketLocation", "s3:ListAllMyBuckets"])


@given("the reporter's credentials allow uploads alone")
def credentials_allow_uploads_alone(world: World) -> None:
    # The wire sees to it: not every backend enforces IAM.
    s3_refuses_the_rest(world, "AccessDenied")


@given(parsers.parse("S3 answers every request but uploads with the error {code:w}"))
def s3_refuses_the_rest(world: World, code: str) -> None:
    world.profiles[DEFAULT_PROFILE] = replace(world.profiles[DEFAULT_PROFILE], refused=code)

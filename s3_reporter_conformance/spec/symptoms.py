"""Where on each diagram it comes about that something is wrong from outside.

A judge says with its finding what it saw to be wrong: a symptom, of several the most telling first.
The path that was left tells the rest: of a symptom's nodes the first one on it is where behavior
diverged, for what comes before cannot be the cause, or cannot be told apart from outside.
"""

from collections.abc import Mapping

Symptom = Mapping[str, frozenset[str]]
"""The nodes at which it comes about, by the name of the diagram; none where it means nothing."""


def _at(**nodes: str) -> Symptom:
    return {diagram: frozenset(ids.split()) for diagram, ids in nodes.items()}


# What `validate` answers.
NOT_READY = _at(
    architecture="reporter",
    configuration="region_variable bucket_set",
    error_handling="call_successful",
    format_conversion="simple_dict",
    integrations="reporter",
    local_output="content",
    object_naming="timestamp",
    report_sequence="process_scan_results",
)
NO_BUCKET_FOUND = _at(configuration="bucket_variable valid")
NO_PROFILE_FOUND = _at(configuration="configured_profile default_profile")
READY_WITHOUT_SETTINGS = _at(configuration="invalid")
UPLOAD_WHILE_DISABLED = _at(configuration="done")

# What S3 is asked.
NOTHING_SENT = _at(
    architecture="sdk",
    configuration="profile_set",
    error_handling="call_successful",
    format_conversion="simple_dict",
    integrations="s3",
    local_output="content",
    object_naming="timestamp",
    report_sequence="put_object_with_retry",
)
REFUSED = _at(
    architecture="bucket",
    configuration="profile_set",
    error_handling="process_response",
    format_conversion="api",
    integrations="s3",
    local_output="upload",
    object_naming="done",
    report_sequence="response",
)
# The request itself is wrong, so that no S3 would take it (interpretation 14).
WRONG_REQUEST: Symptom = {**REFUSED, **_at(architecture="api")}
WRONG_SERVICE = _at(architecture="api")
WRONG_REGION = _at(architecture="api", configuration="region_variable bucket_set")
WRONG_PROFILE = _at(architecture="sdk", configuration="configured_profile default_profile")
PROFILE_NOT_KEPT = _at(configuration="ready")
WRONG_BUCKET = _at(
    architecture="bucket", configuration="bucket_variable valid", report_sequence="api_call"
)
TOO_FEW_ATTEMPTS = _at(error_handling="backoff", object_naming="done")
TOO_MANY_ATTEMPTS = _at(
    architecture="api",
    error_handling="process_response check_permissions check_bucket log_error error_status",
    object_naming="done",
)
ENDLESS_RETRY = _at(error_handling="error_status", report_sequence="api_call")
WRONG_WAIT = _at(error_handling="retry")
# A wait where nothing is retried.
NEEDLESS_WAIT = _at(error_handling="process_response check_permissions")
WAIT_AFTER_THE_LAST = _at(error_handling="error_status")
CONTENT_CHANGES = _at(
    error_handling="retry",
    format_conversion="api",
    local_output="upload",
    report_sequence="put_object_with_retry",
)

MORE_CHANGED = _at(
    architecture="bucket",
    configuration="disabled",
    error_handling="check_permissions check_bucket",
    integrations="s3",
)

# What lies in the bucket.
PUBLIC = _at(architecture="object")
NOT_PLAIN = _at(architecture="object", integrations="s3")
GONE = _at(
    architecture="object",
    configuration="profile_set",
    error_handling="process_response",
    format_conversion="api",
    integrations="s3",
    local_output="upload",
    object_naming="done",
    report_sequence="response",
)
WRITTEN_TWICE = _at(architecture="api", integrations="s3")
FURTHER_OBJECT = _at(architecture="object", integrations="athena lambda quicksight glue")
STORED_AFTER_ALL = _at(error_handling="check_permissions error_status")
NO_CONTENT_TYPE = _at(
    architecture="creator", format_conversion="content", integrations="quicksight"
)
WRONG_CONTENT_TYPE = _at(
    architecture="creator", format_conversion="json_type yaml_type", integrations="quicksight"
)
UNREADABLE = _at(
    architecture="converter",
    format_conversion="to_json to_yaml",
    integrations="s3",
    report_sequence="convert_to_json convert_to_yaml",
)
QUOTES_LOST = _at(format_conversion="to_yaml")
WRONG_DATA = _at(architecture="results", format_conversion="simple_dict", integrations="reporter")

# The object's key.
WRONG_TIMESTAMP = _at(object_naming="timestamp")
WRONG_PREFIX = _at(object_naming="prefix")
WRONG_EXTENSION = _at(object_naming="json_extension yaml_extension", integrations="quicksight")
NO_EXTENSION = _at(object_naming="make_key", integrations="quicksight")
WRONG_NAME = _at(object_naming="key")
KEY_ENCODED = _at(object_naming="done", report_sequence="create_session")

# What lies on disk.
NOTHING_WRITTEN = _at(
    error_handling="error_status", local_output="make_folder", report_sequence="write_local_copy"
)
WRONG_COPY = _at(
    error_handling="error_status", local_output="write_copy", report_sequence="write_local_copy"
)
EARLY_COPY = _at(report_sequence="write_local_copy")
FOREIGN_FILE_CHANGED = _at(local_output="make_folder")
MORE_WRITTEN = _at(configuration="disabled", local_output="write_copy")
COPY_UNSTEADY = _at(local_output="write_copy")

# What is logged and returned.
FAILURE_MISSED = _at(
    configuration="done",
    error_handling="error_type max_reached",
    report_sequence="return_response",
)
FAILURE_NOT_RETURNED = _at(
    configuration="done",
    error_handling="error_status error_message",
    report_sequence="handle_errors",
)
NO_TEXT = _at(
    configuration="done",
    error_handling="error_message make_url",
    integrations="quicksight",
    local_output="return_url",
    report_sequence="handle_errors",
)
EMPTY_MESSAGE = _at(
    configuration="done", error_handling="done", report_sequence="return_s3_url_or_error"
)
WRONG_CAUSE = _at(error_handling="check_permissions check_bucket log_error error_status")
CAUSE_UNKNOWN = _at(error_handling="log_permission log_error error_status")
CAUSE_NOT_RETURNED = _at(error_handling="error_message")
FALSE_ALARM = _at(error_handling="process_response")
SECRET_TOLD = _at(error_handling="log_permission error_message return_url")
NO_URL = _at(
    error_handling="process_response",
    integrations="quicksight",
    local_output="return_url",
    report_sequence="return_s3_url_or_error",
)
WRONG_URL = _at(
    error_handling="make_url",
    integrations="quicksight",
    local_output="return_url",
    report_sequence="return_s3_url_or_error",
)
URL_IN_TEXT = _at(
    error_handling="done",
    integrations="quicksight",
    local_output="done",
    report_sequence="return_s3_url_or_error",
)

# What other services find.
NOT_TOLD = _at(integrations="lambda")
NOT_ACCEPTED = _at(integrations="quicksight")
NOT_USABLE = _at(integrations="sql processing visualization etl")

#!/usr/bin/env bash
# An S3 reporter that implements the command contract: one request on standard input, one reply on
# standard output, the log on standard error. jq parses and writes JSON; curl signs and sends.
set -uo pipefail
export LC_ALL=C.UTF-8
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/request.json"
# One value after the other, each ended by a null character; waits last, one per retry.
mapfile -t -d '' values < <(jq -j '
  (.operation, .output_dir, (.results.metadata.summary_stats.start // ""),
    (.options
      | (.aws_region // "", .bucket_name // "", .aws_profile // ""),
        (.key_prefix // "ash-reports"), (.file_format // ""),
        (range(.max_retries // 3) as $retry
          | [(.base_delay // 0.2) * pow(2; $retry), .max_delay // 20] | min)))
  | tostring, "\u0000"
' "$work/request.json")
operation=${values[0]} output_dir=${values[1]} start=${values[2]} region=${values[3]}
bucket=${values[4]} profile=${values[5]} prefix=${values[6]} format=${values[7]} waits=("${values[@]:8}")

# An empty string counts as not set.
format=${format:-json}
region=${region:-${AWS_REGION:-${AWS_DEFAULT_REGION-}}}
bucket=${bucket:-${ASH_S3_BUCKET_NAME-}}

retried="^(SlowDown|ServiceUnavailable|Throttling|ThrottlingException|TooManyRequests"
retried+="|RequestLimitExceeded|InternalError|RequestTimeout|NoAnswer):"

log() { printf '%s %s\n' "$1" "$2" >&2; }

missing() {
  [[ $region ]] || echo "set aws_region or AWS_REGION"
  [[ $bucket ]] || echo "set bucket_name or ASH_S3_BUCKET_NAME"
}

object_key() {
  local folder time
  folder=$(sed 's:/*$::' <<<"$prefix")
  # An invalid start counts as missing.
  time=$(TZ=UTC date -u -d "${start:-now}" +%Y%m%dT%H%M%S.%6NZ || date -u +%Y%m%dT%H%M%SZ)
  echo "${folder:+$folder/}ash-report-${time/.000000/}.$format"
}

object_url() {
  local endpoint=https://s3.$region.amazonaws.com path
  [[ $region != cn-* ]] || endpoint+=.cn
  # jq 1.6 does not encode some characters that must be encoded in the signature.
  path=$(jq -nr --arg path "$bucket/$1" '$path | split("/") | map(@uri) | join("/")' |
    sed "s/!/%21/g; s/'/%27/g; s/(/%28/g; s/)/%29/g; s/\*/%2A/g")
  echo "${AWS_ENDPOINT_URL:-$endpoint}/$path"
}

# jq computes with double-precision numbers, so numbers pass through it as marked strings.
mark_numbers() {
  awk -v RS='"' -v mark="$1" '
    !inside { gsub(/-?[0-9][-+.0-9eE]*/, "\"" mark "&\"") }
    { printf "%s%s", (NR > 1 ? "\"" : ""), $0 }
    # A quote behind an odd number of backslashes is part of a string.
    { inside = !inside || match($0, /\\+$/) && RLENGTH % 2 }
  ' "$work/request.json"
}

unmark_numbers() {
  sed "s/\"$1\([-+.0-9eE]*\)\"/\1/g"
}

write_content() {
  local mark=number-$RANDOM$RANDOM$RANDOM:
  if [[ $format == yaml ]]; then
    mark_numbers "$mark" | jq .results | jq -r -f "$(dirname "$0")/yaml.jq"
  else
    mark_numbers "$mark" | jq -c .results
  fi | unmark_numbers "$mark" >"$work/content"
}

# Credentials come from the environment, unless a profile is configured.
credential() {
  local variable=${1^^}
  if [[ -z $profile && ${AWS_ACCESS_KEY_ID-} ]]; then
    echo "${!variable-}"
  else
    cat "${AWS_SHARED_CREDENTIALS_FILE:-$HOME/.aws/credentials}" \
      "${AWS_CONFIG_FILE:-$HOME/.aws/config}" 2>/dev/null |
    awk -v name="${profile:-${AWS_PROFILE:-default}}" -v setting="^$1 *= *" '
      /^\[/ { inside = $0 == "[" name "]" || $0 == "[profile " name "]" }
      inside && sub(setting, "") && !found++
    '
  fi
}

# Passed to curl on standard input, because other users can read the arguments of a process.
secrets() {
  local key_id token
  key_id=$(credential aws_access_key_id)
  token=$(credential aws_session_token)
  [[ -z $key_id ]] || printf 'user = "%s:%s"\n' "$key_id" "$(credential aws_secret_access_key)"
  [[ -z $token ]] || printf 'header = "x-amz-security-token: %s"\n' "$token"
}

# This function and `upload` print the error, if any.
put_object() {
  local url=$1 secrets=$2 hash answer
  hash=$(sha256sum <"$work/content")
  answer=$(curl --config - --path-as-is --aws-sigv4 "aws:amz:$region:s3" --request PUT \
    --header "Content-Type: application/$format" --header "x-amz-content-sha256: ${hash%% *}" \
    --data-binary "@$work/content" --max-time 60 --silent --show-error \
    --write-out '%{http_code}' "$url" <<<"$secrets" 2>&1)
  if [[ $answer =~ \<Code\>(.*)\</Code\>.*\<Message\>(.*)\</Message\> ]]; then
    echo "${BASH_REMATCH[1]}: ${BASH_REMATCH[2]}"
  elif [[ $answer != 200 ]]; then
    echo "NoAnswer: ${answer%$'\n'000}"
  fi
}

upload() {
  local url secrets wait problem
  url=$(object_url "$1")
  secrets=$(secrets)
  [[ $secrets ]] || { echo "no credentials in the profile ${profile:-default}"; return; }
  for wait in "${waits[@]}" none; do
    problem=$(put_object "$url" "$secrets")
    [[ $problem =~ $retried && $wait != none ]] || break
    log WARNING "$problem; retry in $wait s"
    sleep "$wait"
  done
  echo "$problem"
}

write_local_copy() {
  local reports=$output_dir/reports
  local copy=$reports/s3-report.$format
  # Rename it into place, so that nobody reads an incomplete file.
  { mkdir -p "$reports" && cp "$work/content" "$copy.$$" && mv -f "$copy.$$" "$copy"; } ||
    log ERROR "The local copy cannot be written"
}

report() {
  local problem key
  problem=$(missing)
  if [[ -z $problem ]]; then
    key=$(object_key)
    write_content
    problem=$(upload "$key")
    write_local_copy
  fi
  if [[ $problem ]]; then
    log ERROR "The report was not uploaded: $problem"
    echo "The report was not uploaded: $problem"
  else
    echo "s3://$bucket/$key"
  fi
}

if [[ $operation == validate ]]; then
  jq -nc --arg message "$(missing)" '
    if $message == "" then {ready: true} else {ready: false, $message} end'
else
  jq -nc --arg returned "$(report)" '{$returned}'
fi

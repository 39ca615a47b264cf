// An S3 reporter with the AWS SDK for JavaScript. It implements the command contract: one request on
// standard input, one reply on standard output, the log on standard error.

import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { HeadBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { parse, stringify as toJson } from "lossless-json";
import { stringify as toYaml } from "yaml";

// Quoted as in JSON, so that every YAML loader reads a string.
const QUOTED = { defaultStringType: "QUOTE_DOUBLE", doubleQuotedAsJSON: true, lineWidth: 0 };
// YAML 1.1 requires more characters to be escaped than JSON.
const ODD = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;
const escaped = (odd) => "\\u" + odd.charCodeAt(0).toString(16).padStart(4, "0");

const SERIALIZE = {
  json: (data) => toJson(data) + "\n",
  yaml: (data) => toYaml(data, QUOTED).replaceAll(ODD, escaped),
};

const THROTTLING =
  "SlowDown ServiceUnavailable Throttling ThrottlingException TooManyRequests RequestLimitExceeded";
const TRANSIENT = "InternalError RequestTimeout ECONNRESET ECONNREFUSED EPIPE ETIMEDOUT";
const RETRIED = new Set(`${THROTTLING} ${TRANSIENT}`.split(" "));

// A number cannot hold integers beyond 2^53.
const number = (text) =>
  /^-?\d+$/.test(text) && !Number.isSafeInteger(Number(text)) ? BigInt(text) : Number(text);

// A start without a zone is UTC.
process.env.TZ = "UTC";

const request = parse(readFileSync(0, "utf8"), undefined, number);
const { operation, options, output_dir: outputDir, results } = request;
// `||` because an empty string counts as not set; `??` where an empty prefix and 0 retries are valid.
const region = options.aws_region || process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION;
const bucket = options.bucket_name || process.env.ASH_S3_BUCKET_NAME;
const format = options.file_format || "json";
const prefix = options.key_prefix ?? "ash-reports/";
const maxRetries = options.max_retries ?? 3;
const baseDelay = options.base_delay ?? 0.2;
const maxDelay = options.max_delay ?? 20;

const log = (level, message) => console.error(`${level} ${message}`);

function missing() {
  if (!region) return "set aws_region or AWS_REGION";
  if (!bucket) return "set bucket_name or ASH_S3_BUCKET_NAME";
}

function s3Client() {
  return new S3Client({
    region,
    profile: options.aws_profile || undefined,
    // The SDK's own retries would multiply the reporter's.
    maxAttempts: 1,
    // An endpoint outside AWS has no host name for each bucket.
    forcePathStyle: Boolean(process.env.AWS_ENDPOINT_URL),
  });
}

async function preflight() {
  try {
    await s3Client().send(new HeadBucketCommand({ Bucket: bucket }));
  } catch (error) {
    // Access denied to HeadBucket says nothing of PutObject. Other errors may be transient; if not, report
    // returns them.
    if (error.$metadata?.httpStatusCode === 404) return `there is no bucket ${bucket}`;
  }
}

function timestamp({ summary_stats: stats, generated_at: generated }) {
  const known = [stats?.start, generated].find((time) => Date.parse(time ?? ""));
  const time = known ?? new Date().toISOString();
  // A Date has only milliseconds, so take the fraction from the text.
  const [, fraction = ""] = /(\.\d*[1-9])0*(?!\d)/.exec(time) ?? [];
  return new Date(time).toISOString().slice(0, 19).replaceAll(/[-:]/g, "") + fraction + "Z";
}

function objectKey() {
  const folder = prefix.replace(/\/+$/, "");
  return `${folder && folder + "/"}ash-report-${timestamp(results.metadata ?? {})}.${format}`;
}

async function upload(object) {
  const client = s3Client();
  for (let retry = 0; ; retry++) {
    try {
      return await client.send(new PutObjectCommand(object));
    } catch (error) {
      const passing = RETRIED.has(error.name) || RETRIED.has(error.code);
      if (!passing || retry >= maxRetries) throw error;
      const delay = Math.min(maxDelay, baseDelay * 2 ** retry);
      log("WARNING", `${error.name}: ${error.message}; retry ${retry + 1} in ${delay} s`);
      await sleep(delay * 1000);
    }
  }
}

function writeLocalCopy(content) {
  const folder = join(outputDir, "reports");
  const unfinished = join(folder, `.s3-report-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
    // Rename it into place, so that nobody reads an incomplete file.
    writeFileSync(unfinished, content);
    renameSync(unfinished, join(folder, `s3-report.${format}`));
  } catch (error) {
    log("ERROR", `The local copy cannot be written: ${error.message}`);
  }
}

async function report() {
  try {
    if (missing()) throw new Error(`the reporter is disabled: ${missing()}`);
    const content = SERIALIZE[format](results);
    const [Key, ContentType] = [objectKey(), `application/${format}`];
    // Write the local copy regardless of the response.
    await upload({ Bucket: bucket, Key, Body: content, ContentType }).finally(() =>
      writeLocalCopy(content),
    );
    return `s3://${bucket}/${Key}`;
  } catch (error) {
    const message = `The report was not uploaded: ${error.name}: ${error.message}`;
    log("ERROR", message);
    return message;
  }
}

async function validate() {
  const message = missing() ?? (await preflight());
  return message ? { ready: false, message } : { ready: true };
}

const reply = operation === "validate" ? await validate() : { returned: await report() };
console.log(JSON.stringify(reply));

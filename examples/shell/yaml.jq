# Converts JSON to YAML in block style. Strings are quoted as in JSON, so that every loader reads strings.

# YAML 1.1 requires more characters to be escaped than JSON.
def escaped:
  explode[0] | [. / 4096, . / 256, . / 16, .]
  | map(floor % 16 | "0123456789abcdef"[. : . + 1]) | "\\u" + add;
def quoted:
  tojson
  | gsub("(?<odd>[\\x{7f}-\\x{9f}\\x{2028}\\x{2029}\\x{feff}\\x{fffe}\\x{ffff}])"; .odd | escaped);

def is_block: (type == "object" or type == "array") and length > 0;

# The lines of a value; nested values are indented by two spaces.
def lines:
  if type == "string" then quoted
  elif is_block | not then tojson
  elif type == "array" then .[] | [lines] | "- " + .[0], "  " + .[1:][]
  else
    to_entries[] | (.key | quoted) as $key
    # Loaders accept a key of more than 1024 characters only if it is explicit.
    | (if $key | length > 1024 then ["? " + $key, ":"] else [$key + ":"] end) as $keys | .value
    | if is_block then $keys[], "  " + lines else $keys[:-1][], "\($keys[-1]) \(lines)" end
  end;

lines

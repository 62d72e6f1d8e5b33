#!/usr/bin/env bash
# Takes a unit in and attaches a photo of it:  ./intake.sh photo.png
set -euo pipefail
url=${AFTERCARE_URL:-http://127.0.0.1:8080}/api/v1
photo=${1:?which photo?}

# A 4xx or 5xx ends the script; the problem says why.
api() { # METHOD PATH [curl arguments]
  local method=$1 path=$2
  shift 2
  curl --silent --show-error --fail-with-body --retry 3 --request "$method" "$url$path" --header "Accept-Language: en" \
    ${token:+--header "Authorization: Bearer $token"} "$@"
}
json() { jq --null-input --compact-output "$@"; }

token=$(api POST /identity/sessions --header 'Content-Type: application/json' --data "$(
  json --arg login "${AFTERCARE_LOGIN:-hz01-qt2}" --arg password "${AFTERCARE_PASSWORD:-demo-2026}" '{$login, $password}'
)" | jq --raw-output .access_token)

# Ids of what the ticket names: a model, a symptom, whether it is under warranty
first() { api GET "$1" --get "${@:2}" | jq --raw-output '.items[0].id'; }
product=$(first /master/products --data kind=unit --data-urlencode 'q=星澜 X9')
fault=$(first /master/dictionaries --data kind=fault --data-urlencode 'q=屏')
warranty=$(first /master/dictionaries --data kind=warranty_state --data-urlencode 'q=保外')

serial=SH-$(date +%s)-$RANDOM
ticket=$(json --arg product_id "$product" --arg fault "$fault" --arg warranty_state_id "$warranty" --arg serial "$serial" '{
  $product_id, $warranty_state_id, $serial, fault_ids: [$fault], priority: "normal", channel: "counter", accept: true,
  fault_text: "screen broken", new_customer: {name: "Lin Xiaoman", kind: "person", phone: "13900001234"}
}')

# The key belongs to this intake. When the network fails, the same request with the same key is the same ticket.
key=intake-$serial
take_in() { api POST /service/tickets --header "Idempotency-Key: $key" --header 'Content-Type: application/json' --data "$ticket"; }
made=$(take_in)
again=$(take_in)
[ "$(jq .id <<<"$made")" = "$(jq .id <<<"$again")" ]
id=$(jq --raw-output .id <<<"$made")

# The body is the file itself; what it belongs to stands in the query.
api POST "/system/attachments?subject_kind=ticket&subject_id=$id&purpose=appearance&file_name=$(basename "$photo")" \
  --header 'Content-Type: application/octet-stream' --data-binary "@$photo" >/dev/null

jq --raw-output '"\(.number): \(.product_name // "unit"), \(.state)"' <<<"$made"

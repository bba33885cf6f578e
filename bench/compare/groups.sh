#!/bin/sh
# Every group has these settings.
set -eu
wanted='{"schedule_meeting":{"host_video":true,"participant_video":true},"in_meeting":{"chat":true,"annotation":true}}'
token=$(curl -fsS -u "$ZOOM_CLIENT_ID:$ZOOM_CLIENT_SECRET" -d grant_type=account_credentials \
  -d "account_id=$ZOOM_ACCOUNT_ID" "$ZOOM_OAUTH_URL" | jq -r .access_token)
zoom() {
  curl -fsS -H "Authorization: Bearer $token" -H 'Accept: application/json' "$@"
}
next=
while :; do
  page=$(zoom "$ZOOM_API_URL/groups?page_size=300${next:+&next_page_token=$next}")
  for id in $(printf '%s' "$page" | jq -r '.groups[].id'); do
    live=$(zoom "$ZOOM_API_URL/groups/$id/settings")
    if printf '%s' "$live" | jq -e --argjson wanted "$wanted" '. * $wanted != .' >/dev/null; then
      echo "changing $id"
      zoom -X PATCH -H 'Content-Type: application/json' -d "$wanted" "$ZOOM_API_URL/groups/$id/settings"
    fi
  done
  next=$(printf '%s' "$page" | jq -r '.next_page_token // ""')
  [ -n "$next" ] || break
done

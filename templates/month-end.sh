#!/bin/sh
# The month end of a shop, for cron: adds the export of the month to the book, closes the month, writes the reports, keeps a copy of
# the book. What is done already is not done again, so that a run which failed half way is simply run again.
# usage: month-end.sh EXPORT AS-OF, e.g. month-end.sh /srv/exports/2025-06.csv 2025-06-30
set -eu
export LC_ALL=C.UTF-8

export_file=$1
as_of=$2
here=${SHOP_HOME:-/srv/clv}
book=$here/shop.clv
reports=$here/reports/$as_of

mkdir -p "$reports" "$here/books"
hash=$(sha256sum < "$export_file" | cut -d ' ' -f 1)
if [ ! -e "$book" ] || ! clv ledger list "$book" --format json -q | grep -q "$hash"; then
  clv ledger add "$book" "$export_file" -q > "$reports/added.txt"
fi
if ! clv closes "$book" --format csv -q | cut -d , -f 2 | grep -qx "$as_of"; then
  # The first close says how the shop is valued; the later ones take what is not typed from it.
  options=
  if [ -r "$here/options" ]; then options=$(cat "$here/options"); fi
  # shellcheck disable=SC2086 # the options are words
  clv close "$book" --as-of "$as_of" $options -q -o "$reports/close.txt" -o "$reports/close.json" \
    -o "$reports/close.html" -o "$reports/close.xlsx"
  cat "$reports/close.txt"
fi
clv ledger check "$book" -q > "$reports/check.txt"
cp "$book" "$here/books/$as_of.clv"

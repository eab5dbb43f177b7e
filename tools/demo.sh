#!/bin/sh
# The main jobs on the made-up example school: an evaluation, a comparison, a report, the policies and what is due.
# Everything is written below demo/.
set -eu
rm -rf demo
charterkit --quiet init demo
cd demo
export CHARTERKIT_TODAY=2026-11-22
say() { printf '\n\033[1m%s\033[0m\n' "$*"; }

say '$ charterkit check example-primary'
charterkit check example-primary

say '$ charterkit evaluate example-primary --set new-families=green --note new-families="Every new family now has a buddy."'
charterkit evaluate example-primary --set new-families=green --note new-families="Every new family now has a buddy."

say '$ charterkit compare example-primary --from 2024-25-autumn --to 2025-26-autumn'
charterkit compare example-primary --from 2024-25-autumn --to 2025-26-autumn

say '$ charterkit report example-primary --cycle 2025-26-autumn   (its first lines)'
mkdir -p results
for audience in leaders governors public; do
    charterkit --quiet report example-primary --cycle 2025-26-autumn --audience $audience -o results/report-$audience.html
done
charterkit --quiet report example-primary --cycle 2025-26-autumn -o results/report.md
charterkit --quiet compare example-primary --from 2024-25-autumn --to 2025-26-autumn -o results/comparison.html
charterkit --quiet compare example-primary --all -o results/all-cycles.html
sed -n 1,20p results/report.md

say '$ charterkit policies example-primary'
charterkit policies example-primary

say '$ charterkit remind example-primary --within 30d'
charterkit remind example-primary --within 30d

charterkit --quiet report example-primary --cycle 2025-26-autumn --audience governors -o results/report-governors.pdf
charterkit --quiet render-poster --school example-primary -o results/poster.pdf
charterkit --quiet render-form --school example-primary -o results/form.pdf
charterkit --quiet render-form --school example-primary -o results/form.xlsx
charterkit --quiet policies example-primary -o results/policies.html
charterkit --quiet policy show parent-carer-engagement example-primary --format html -o results/policy.html
charterkit --quiet policy gaps example-primary -o results/gaps.html
charterkit --quiet remind example-primary -o results/what-is-due.html
charterkit --quiet remind example-primary -o results/what-is-due.ics
charterkit --quiet remind example-primary --format email -o results/emails 2> results/not-reached.txt
charterkit --quiet calendar example-primary --audience parents -o results/planner.html
charterkit --quiet calendar example-primary --audience parents -o results/planner.pdf
charterkit --quiet site example-primary --out results/site

say 'The results are in demo/results:'
ls -1 results
printf '\nOpen demo/results/report-leaders.html in a browser. To answer the questions yourself: cd demo && ../.venv/bin/charterkit evaluate example-primary\n'

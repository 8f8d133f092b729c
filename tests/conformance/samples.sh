#!/usr/bin/env bash
# Files as the program writes them, for the validators: pages beside the plans' own, letters in Word, slides, the form
# for a meeting, a group's own file with tracked changes.
#
#   cargo test && tests/conformance/samples.sh target/debug/handlingsplan
set -euo pipefail
cd "$(dirname "$0")/../.."
program=${1:-target/debug/handlingsplan}
plans=fixtures/plans notes=fixtures/notes/rpo-md-2024-09-18.md
html=target/tmp/html-samples docx=target/tmp/docx-samples pptx=target/tmp/pptx-samples
# What others made a part of: as valid as theirs was.
theirs=target/tmp/derived-samples
rm -rf "$theirs"
mkdir -p "$html" "$docx" "$pptx" "$theirs"
rm -f "$docx"/{form,kept,kept-tracked,own-template}.docx
# Exit status 3 says that something needs a person: nothing is wrong with the file.
run() { "$program" "$@" >/dev/null 2>&1 || [ $? -eq 3 ]; }

run diff $plans/rpo-md-2024.docx $plans/rpo-md-2025.docx -o $html/diff.html --force
run history $plans/rpo-md-202[345].docx -o $html/history.html --force
run merge $plans/rpo-md-202[345].docx -o target/tmp/merged.json --report $html/merge-report.html --force
rm -rf target/tmp/batch-sample
run batch $plans/*.docx fixtures/supporting -o target/tmp/batch-sample
cp target/tmp/batch-sample/report.html $html/batch-report.html

for year in 2023 2024 2025; do run convert $plans/rpo-md-$year.docx -o $pptx/rpo-md-$year.pptx --force; done
run convert $plans/rpo-md-2024.docx --template fixtures/templates/edited-in-libreoffice.pptx -o $pptx/own-template.pptx --force
run template export -o $pptx/template.pptx --force
for letter in fixtures/supporting/*.docx; do run convert "$letter" -o "$docx/letter-$(basename "$letter")" --force; done
run sheet $plans/rpo-md-2024.docx --meeting 2024-09-18 -o $theirs/form.docx --force
run update $plans/rpo-md-2024.docx --notes $notes --track-changes -o $docx/tracked.docx --force
run update $plans/rpo-md-2024.docx --notes $notes --keep-layout -o $theirs/kept.docx --force
run update $plans/rpo-md-2024.docx --notes $notes --keep-layout --track-changes -o $theirs/kept-tracked.docx --force
run convert $plans/rpo-md-2024.docx --mark-new -o $docx/marked.docx --force
run convert $plans/rpo-md-2024.docx --template fixtures/templates/edited-in-libreoffice.docx -o $theirs/own-template.docx --force

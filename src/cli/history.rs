//! `history`: the life of a plan's items over all its versions.

use std::path::PathBuf;

use clap::Args;
use handlingsplan::merge::matching::{Found, find};
use handlingsplan::merge::merge_all;
use handlingsplan::model::{Document, Plan};
use handlingsplan::review::history::{History, history};
use handlingsplan::write::review;
use miette::{Report, miette};

use super::args::{PageArgs, ReadArgs};
use super::{Outcome, decisions, input, output};

#[derive(Debug, Args)]
#[command(
    after_help = "Exempel:\n  handlingsplan history plan-2023.docx plan-2024.pdf plan-2025.pptx -o historia.html\n  \
    handlingsplan history plan-*.docx --item \"patologisamverkan\"\n\n\
    Versionerna ordnas efter ålder, hur de än ges. En fil som har flera års planer räknas som flera versioner."
)]
pub(crate) struct HistoryArgs {
    /// Planens versioner, i vilka format och vilken ordning som helst
    #[arg(value_name = "PLAN", required = true, num_args = 1..)]
    pub(crate) inputs: Vec<PathBuf>,

    /// Bara en punkt: dess id, eller ord som nämner den
    #[arg(long, value_name = "PUNKT")]
    pub(crate) item: Option<String>,

    #[command(flatten)]
    pub(crate) page: PageArgs,

    /// Textfil med beslut om vilka punkter som är samma, som merge skriver den
    #[arg(long, value_name = "FIL")]
    pub(crate) decisions: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) read: ReadArgs,
}

pub(crate) fn run(args: &HistoryArgs) -> Result<Outcome, Report> {
    let inputs = input::files(args.inputs.iter().chain(&args.decisions));
    let format = args.page.format(&inputs)?;
    let vocabulary = input::vocabulary(&args.read)?;
    let mut plans: Vec<Plan> = Vec::new();
    for path in &args.inputs {
        let file = input::load(path)?;
        if args.read.plan.is_some() {
            plans.push(input::plan(&file, &args.read, &vocabulary)?);
            continue;
        }
        let before = plans.len();
        let documents = input::documents(&file, &args.read, &vocabulary)?;
        plans.extend(documents.into_iter().filter_map(|document| match document {
            Document::ActionPlan(plan) => Some(plan),
            Document::SupportingDocument(_) => None,
        }));
        if plans.len() == before {
            return Err(miette!(
                help = "Ge bara planer. Tabellens rubriker kan läggas till med --columns FIL.",
                "{}: ingen tabell med en handlingsplans rubriker hittades",
                file.name
            ));
        }
    }
    let decided = decisions::read(args.decisions.as_deref())?;
    let outcome = output::report(&decisions::unknown(&decided, plans.iter()));
    let merged = args.item.as_ref().map(|_| merge_all(plans.clone(), &decided).0);
    let mut found = history(plans, &decided);
    if let (Some(words), Some(merged)) = (&args.item, merged) {
        only(&mut found, &merged, words)?;
    }
    args.page.write(
        format,
        &inputs,
        || review::history::text(&found),
        || review::history::json(&found),
        || Ok(review::history::html(&found)?),
    )?;
    Ok(outcome)
}

/// Leaves one item: by the id that it has in any version, else by words that name it.
fn only(history: &mut History, merged: &Plan, words: &str) -> Result<(), Report> {
    let is_id = |id: &str| id.eq_ignore_ascii_case(words.trim());
    let by_id = history
        .items
        .iter()
        .find(|item| is_id(item.id.as_str()) || item.appearances.iter().any(|seen| is_id(seen.id.as_str())));
    let id = match (by_id, find(merged, words)) {
        (Some(item), _) => item.id.clone(),
        (None, Found::Item { id, .. }) => id,
        (None, Found::Ambiguous(near) | Found::None(near)) => {
            let near: Vec<&str> = near.iter().map(|id| id.as_str()).collect();
            let help = match near.as_slice() {
                [] => "Kör utan --item för att se alla punkter med deras id.".to_owned(),
                near => format!("Ange ett id. Närmast: {}.", near.join(", ")),
            };
            return Err(miette!(help = help, "”{words}” nämner ingen enda punkt"));
        }
    };
    history.items.retain(|item| item.id == id);
    history.doubtful.retain(|pair| pair.old == id || pair.new == id);
    Ok(())
}

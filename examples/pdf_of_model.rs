//! A plan's model → PDF. `cargo run --example pdf_of_model -- plan.json plan.pdf [--bare]`; bare: without the model.

use std::error::Error;

use handlingsplan::model::Document;
use handlingsplan::write::{WriteOptions, pdf};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(model), Some(output)) = (arguments.next(), arguments.next()) else {
        return Err("which model, and to where?".into());
    };
    let embed_model = arguments.next().as_deref() != Some("--bare");
    let Document::ActionPlan(plan) = serde_json::from_slice(&std::fs::read(model)?)? else {
        return Err("no plan".into());
    };
    let written = pdf::write(&plan, &WriteOptions { embed_model })?;
    for warning in written.warnings {
        eprintln!("{}", warning.message);
    }
    std::fs::write(output, written.value)?;
    Ok(())
}

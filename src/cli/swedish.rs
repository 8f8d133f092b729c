//! What clap says by itself, in Swedish: headings of the help, and what is wrong with a command line.

use anstream::{AutoStream, ColorChoice};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, Error};
use std::io::Write;

/// Words of clap's own in the help, and the same in Swedish.
const HELP: &[(&str, &str)] = &[
    ("Usage:", "Användning:"),
    ("[OPTIONS]", "[VAL]"),
    ("<COMMAND>", "<KOMMANDO>"),
    ("Commands:", "Kommandon:"),
    ("Arguments:", "Argument:"),
    ("Options:", "Val:"),
    ("Possible values:", "Möjliga värden:"),
    ("[possible values: ", "[möjliga värden: "),
    ("[default: ", "[förval: "),
];

/// A command whose flags for help and version are described in Swedish, and so its subcommands.
pub(crate) fn described(command: Command) -> Command {
    let is_top = command.get_version().is_some();
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help_heading(None::<&str>);
    let command = command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(help.help("Visar hjälpen (kort med -h, hela med --help)"))
        .mut_subcommands(described);
    if is_top {
        let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
        return command.arg(version.help("Visar programmets version"));
    }
    command
}

/// Prints the help that was asked for, or what is wrong; the exit status, 0 or 2.
pub(crate) fn print(error: &Error) -> u8 {
    let wrong = error.use_stderr();
    let text = match said(error) {
        Some(said) => said,
        None => in_swedish(&error.render().ansi().to_string()),
    };
    // Nobody reads it any more, or there is nowhere to say it.
    let _ = if wrong {
        AutoStream::new(std::io::stderr(), ColorChoice::Auto).write_all(super::terminal::harmless(&text).as_bytes())
    } else {
        AutoStream::new(std::io::stdout(), ColorChoice::Auto).write_all(text.as_bytes())
    };
    if wrong { 2 } else { 0 }
}

/// A failure as miette draws it, with its word for advice in Swedish (as wide as the English one, for the lines below).
pub(crate) fn advised(report: &str) -> String {
    report.replace("  help: ", "  råd:  ")
}

fn in_swedish(text: &str) -> String {
    HELP.iter().fold(text.to_owned(), |text, (english, swedish)| text.replace(english, swedish))
}

/// What is wrong, in Swedish; none where clap's own text stands (the help itself, and errors of no kind below).
fn said(error: &Error) -> Option<String> {
    let words = |kind| match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(all) => Some(all.join(", ")),
        ContextValue::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let argument = words(ContextKind::InvalidArg);
    let value = words(ContextKind::InvalidValue);
    let mut said = match error.kind() {
        ErrorKind::InvalidValue if value.as_deref() == Some("") => format!("{} saknar sitt värde", argument?),
        ErrorKind::InvalidValue => format!("”{}” är inget värde för {}", value?, argument?),
        ErrorKind::UnknownArgument => format!("”{}” är inget val som kommandot har", argument?),
        ErrorKind::InvalidSubcommand => format!("”{}” är inget kommando", words(ContextKind::InvalidSubcommand)?),
        ErrorKind::MissingRequiredArgument => format!("det saknas: {}", argument?),
        ErrorKind::MissingSubcommand => "det saknas ett kommando".to_owned(),
        ErrorKind::ArgumentConflict => match words(ContextKind::PriorArg) {
            Some(prior) if Some(&prior) == argument.as_ref() => format!("{prior} kan bara anges en gång"),
            Some(prior) => format!("{} kan inte anges tillsammans med {prior}", argument?),
            None => format!("{} kan inte anges tillsammans med de andra valen", argument?),
        },
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(|cause| format!(": {cause}")).unwrap_or_default();
            format!("”{}” är inget värde för {}{why}", value?, argument?)
        }
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("{} har för få värden", argument?),
        ErrorKind::TooManyValues => format!("{} har ett värde för mycket: ”{}”", argument?, value?),
        ErrorKind::NoEquals => format!("{} skrivs med likhetstecken före sitt värde", argument?),
        ErrorKind::InvalidUtf8 => "ett argument är inte skrivet i UTF-8".to_owned(),
        _ => return None,
    };
    said = format!("fel: {said}\n");
    let suggestions =
        [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue].into_iter();
    if let Some(suggestion) = suggestions.filter_map(words).next() {
        said.push_str(&format!("  Menade du {suggestion}?\n"));
    }
    for kind in [ContextKind::ValidValue, ContextKind::ValidSubcommand] {
        if let Some(valid) = words(kind).filter(|valid| !valid.is_empty()) {
            said.push_str(&format!("  Möjliga: {valid}\n"));
        }
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        said.push_str(&format!("\n{}\n", in_swedish(&usage.to_string())));
    }
    said.push_str("\nMer hjälp: --help\n");
    Some(said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    use crate::cli::args::Cli;

    fn tried(line: &[&str]) -> Error {
        described(Cli::command()).try_get_matches_from(line).unwrap_err()
    }

    #[test]
    fn wrong_usage_is_told_in_swedish() {
        for (line, what) in [
            (&["h", "konvert"][..], "”konvert” är inget kommando"),
            (&["h", "konvert"], "Menade du convert?"),
            (&["h"], "Användning:"),
            (&["h", "convert", "--til", "docx"], "”--til” är inget val"),
            (&["h", "convert", "a", "--to", "odt"], "”odt” är inget värde för --to"),
            (&["h", "convert", "a", "--to", "odt"], "Möjliga: json, docx"),
            (&["h", "sheet", "a"], "det saknas: --meeting"),
            (&["h", "sheet", "a", "--meeting", "igår", "-o", "b.xlsx"], "”igår” är inget värde för --meeting"),
            (&["h", "convert", "a", "-o"], "saknar sitt värde"),
            (&["h", "convert", "a", "b"], "”b”"),
        ] {
            let error = tried(line);
            let text = said(&error).unwrap_or_else(|| in_swedish(&error.render().to_string()));
            assert!(text.contains(what), "{line:?}: {text}");
            for english in ["error", "Usage", "For more", "tip:", "required", "unexpected", "[possible"] {
                assert!(!text.contains(english), "{line:?}: {text}");
            }
        }
    }

    #[test]
    fn the_help_has_no_english_headings() {
        fn texts(command: &mut Command, all: &mut Vec<String>) {
            all.push(in_swedish(&command.render_long_help().to_string()));
            command.get_subcommands_mut().for_each(|inner| texts(inner, all));
        }
        let (mut command, mut all) = (described(Cli::command()), Vec::new());
        command.build();
        texts(&mut command, &mut all);
        assert!(all.len() > 10);
        for text in all {
            for english in
                ["Usage", "COMMAND", "Commands", "Options:", "Arguments:", "Print ", "ossible values", "default:"]
            {
                assert!(!text.contains(english), "{english}: {text}");
            }
        }
    }
}

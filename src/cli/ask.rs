//! `camnang ask`.

use std::process::ExitCode;

use clap::Args;

use super::day::day;
use super::{ABSTAINED, index, output};
use crate::answer::wording;
use crate::audit::Record;
use crate::config::Paths;
use crate::document::Date;
use crate::qa::{Service, check};
use crate::wire::{Answer, Status};

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The question, in Vietnamese, with or without diacritics.
    #[arg(required = true)]
    question: Vec<String>,
    /// Answer by the law of this day: `2025-06-30` or `30/6/2025`; today, or the day that the question
    /// names, where left out.
    #[arg(long, value_name = "DAY", value_parser = day)]
    as_of: Option<Date>,
    /// Print the answer as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(paths: &Paths, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let question = arguments.question.join(" ");
    check(&question)?;
    let (store, ranker) = index::ready(paths)?;
    let service = Service::new(store, ranker, Record::open(&paths.record)?);
    let answer = service.ask(&question, arguments.as_of)?;
    if arguments.json {
        output::json(&answer)?;
    } else {
        print(&answer)?;
    }
    Ok(if answer.status == Status::Answered {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(ABSTAINED)
    })
}

fn print(answer: &Answer) -> anyhow::Result<()> {
    if answer.understood != answer.question {
        output::line(&format!("Hiểu là: «{}»", answer.understood))?;
    }
    if let Some(question) = &answer.precedent {
        output::line(&wording::precedent(question))?;
    }
    let ours = answer.notices.iter().chain(&answer.message);
    for sentence in ours {
        output::line(sentence)?;
    }
    if answer.status == Status::Abstained && !answer.statements.is_empty() {
        output::line("\nNội dung có liên quan trong kho:")?;
    }
    for statement in &answer.statements {
        output::line("")?;
        if let Some(lead) = &statement.lead {
            output::line(lead)?;
        }
        if let Some(heading) = &statement.heading {
            output::line(&format!("{heading}:"))?;
        }
        let chips: Vec<String> = statement
            .citations
            .iter()
            .map(|at| format!("[{}]", at + 1))
            .collect();
        output::line(&format!("«{}» {}", statement.text, chips.concat()))?;
    }
    output::line("")?;
    for citation in &answer.citations {
        let name = citation.number.as_deref().unwrap_or_default();
        let standing = citation.standing.as_ref().map(|standing| &standing.label);
        let page = citation.page.map(wording::page);
        let recognised = citation
            .is_recognised
            .then(|| wording::RECOGNISED.to_owned());
        let told: Vec<&str> = std::iter::once(&citation.title)
            .chain(&page)
            .chain(standing)
            .chain(&recognised)
            .chain(&citation.note)
            .map(String::as_str)
            .collect();
        output::line(&format!(
            "[{}] {} {name} – {}",
            citation.index,
            citation.locator,
            told.join(" · ")
        ))?;
    }
    Ok(())
}

//! What AWS answered: how each task stands, why it failed, and what comes next.

use super::block::{Block, Code, Link, Offer, Progress, Tone};
use crate::plan::{Action, Plan};
use crate::render::{Options, command};
use crate::sentence::Sentence;
use crate::task::{Answer, AwsError, Explanation, Kind, Outcome, Step, Task, poll};
use crate::text::answer::AnswerTexts;
use crate::text::aws_pages::link_text;
use crate::text::fill;

/// Everything there is to say of an answer.
pub(super) fn blocks(texts: &AnswerTexts, plan: &Plan, answer: &Answer) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Some(call) = &answer.call {
        blocks.push(Block::toned(Tone::Soft, fill(texts.answer_of, &[("call", call)])));
    }
    for (index, task) in answer.tasks.iter().enumerate() {
        blocks.extend(task_blocks(texts, task, index));
    }
    for error in &answer.errors {
        blocks.extend(error_blocks(texts, error));
    }
    if let Some(id) = &answer.request_id {
        blocks.push(Block::Facts(vec![[texts.request_id.into(), id.clone()]]));
    }
    blocks.extend(answer.not_understood.iter().map(|left| {
        let (text, reason) = (texts.say(&left.text), texts.say(&left.reason));
        let values = [("text", text.as_str()), ("reason", reason.as_str())];
        Block::toned(Tone::Warn, fill(texts.left_out, &values))
    }));
    // A cure stands beside its cause already.
    let cures: Vec<Sentence> = explanations(answer).map(|explanation| explanation.cure.into()).collect();
    let says_more =
        |step: &&Step| step.request.is_some() || step.command.is_some() || !cures.contains(&step.sentence);
    let next = || answer.next.iter().filter(says_more);
    if next().next().is_some() {
        blocks.push(Block::Heading(texts.next.into()));
    }
    let options = Options {
        region: Some(plan.region.clone()).filter(|region| !region.is_empty()),
        profile: None,
        style: super::output::style(plan),
    };
    for (index, step) in next().enumerate() {
        blocks.extend(step_blocks(texts, &options, step, index));
    }
    blocks
}

fn explanations(answer: &Answer) -> impl Iterator<Item = &Explanation> {
    answer
        .tasks
        .iter()
        .flat_map(of_task)
        .chain(answer.errors.iter().filter_map(|error| error.explanation.as_ref()))
}

fn of_task(task: &Task) -> impl Iterator<Item = &Explanation> {
    task.explanation.iter().chain(task.disks.iter().filter_map(|disk| disk.explanation.as_ref()))
}

fn task_blocks(texts: &AnswerTexts, task: &Task, index: usize) -> Vec<Block> {
    let name = match task.kind {
        Kind::SnapshotTask | Kind::ImageTask | Kind::Cancellation => texts.task,
        Kind::Snapshot => texts.snapshot,
        Kind::Image => texts.image,
    };
    let id = task.id.clone().unwrap_or_default();
    let (tone, outcome) = outcome(texts, task.outcome);
    let state = [
        task.status.as_ref().map(|status| fill(texts.status, &[("status", status)])),
        task.stage.as_ref().map(|stage| texts.say(stage)).or_else(|| task.message.clone()),
    ];
    let state: Vec<String> = state.into_iter().flatten().collect();
    let mut blocks = vec![
        Block::Heading(format!("{name} {id}")),
        Block::led(tone, format!("{outcome}."), state.join(". ")),
    ];
    if let Some(progress) = task.progress.filter(|_| task.outcome == Outcome::Running) {
        blocks.push(Block::Progress(Progress {
            label: fill(texts.progress, &[("id", &id)]),
            done: progress.into(),
            of: 100,
            figures: vec![format!("{progress} %")],
        }));
    }
    blocks.extend(of_task(task).flat_map(|explanation| explained(texts, explanation)));
    let rows = task.rows.iter().map(|row| [row.path.clone(), row.value.clone()]).collect();
    blocks.push(Block::details(
        texts.all_fields,
        index == 0 && task.rows.len() < 12,
        vec![Block::Facts(rows)],
    ));
    blocks
}

fn outcome(texts: &AnswerTexts, outcome: Outcome) -> (Tone, &'static str) {
    match outcome {
        Outcome::Running => (Tone::Note, texts.running),
        Outcome::Succeeded => (Tone::Good, texts.succeeded),
        Outcome::Failed => (Tone::Bad, texts.failed),
        Outcome::Cancelled => (Tone::Warn, texts.cancelled),
        Outcome::Unknown => (Tone::Note, texts.unknown),
    }
}

fn error_blocks(texts: &AnswerTexts, error: &AwsError) -> Vec<Block> {
    let (tone, lead) = if error.is_good { (Tone::Good, texts.is_good) } else { (Tone::Bad, texts.error) };
    let code = error.code.as_ref().map(|code| format!("{code}: ")).unwrap_or_default();
    let mut blocks = vec![Block::led(tone, lead, format!("{code}{}", error.message))];
    blocks.extend(error.explanation.iter().flat_map(|explanation| explained(texts, explanation)));
    blocks
}

fn explained(texts: &AnswerTexts, explanation: &Explanation) -> Vec<Block> {
    let mut blocks = vec![
        Block::Text(super::block::Text {
            tone: Tone::Plain,
            lead: texts.cause.into(),
            text: texts.translated(explanation.cause).into(),
        }),
        Block::led(Tone::Note, texts.cure, texts.translated(explanation.cure)),
    ];
    if !explanation.findings.is_empty() {
        blocks.push(Block::toned(Tone::Soft, texts.foretold));
    }
    if !explanation.page.is_empty() {
        blocks.push(Block::Link(Link {
            text: link_text(texts.aws_page, texts.sentences, explanation.page),
            address: explanation.page.into(),
        }));
    }
    blocks
}

/// A step that can be done next: its sentence, its command, and the form of its request.
fn step_blocks(texts: &AnswerTexts, options: &Options, step: &Step, index: usize) -> Vec<Block> {
    let mut blocks = vec![Block::text(texts.say(&step.sentence))];
    let id = |what: &str| format!("next-{index}-{what}");
    if let Some(words) = &step.command
        && let Ok(text) = command::quote(words, options.style.shell)
    {
        blocks.push(Block::Code(Code::new(id("command"), texts.step_command, text)));
    }
    if let Some(prepared) = &step.request {
        if step.action == crate::task::Action::Poll {
            let written = [
                (poll::command(prepared, options), texts.poll_command, "poll"),
                (poll::script(prepared, options), texts.poll_script, "wait"),
            ];
            for (output, label, what) in written {
                if let Ok(output) = output {
                    let code = Code::new(id(what), label, output.text).as_file(output.file_name);
                    blocks.push(Block::details(label, what == "poll", vec![Block::Code(code)]));
                }
            }
        }
        blocks.push(Block::Offers(vec![Offer {
            text: fill(texts.fill_form, &[("call", prepared.call)]),
            changes: vec![Action::Fill {
                call: prepared.call.into(),
                parameters: prepared.parameters.clone(),
            }],
        }]));
    }
    blocks
}

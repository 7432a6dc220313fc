//! What was pasted, in words: where it leads, until when it holds, and what speaks against it. Nothing secret is shown.

use super::super::block::{Block, Tone};
use super::super::image::ImageFacts;
use super::super::locale::Locale;
use crate::text::duration::duration;
use crate::text::fill;
use crate::text::upload::UploadTexts;
use crate::upload::credentials::Credentials;
use crate::upload::means::{Means, MeansError, Place, source};
use crate::upload::part_plan::{MIB, PartPlan};
use crate::upload::presigned::{Doubt, NotPresigned, Presigned};
use crate::upload::settings::Route;
use crate::upload::source::Source;
use crate::upload::ticket::Ticket;

/// What was pasted and what can be said of it.
pub(super) struct Read {
    /// What is wrong with it; empty for nothing.
    pub(super) problem: String,
    /// Its facts and warnings.
    pub(super) blocks: Vec<Block>,
    /// The object it leads to; what it does not say is empty.
    pub(super) bucket: String,
    pub(super) key: String,
    pub(super) region: String,
    /// What an upload of the image would use; `None` where there is no image, or something is wrong.
    pub(super) source: Option<Source>,
    /// Whether an upload by it cannot work, although nothing is wrong with the text.
    pub(super) is_hopeless: bool,
    /// Whether it names the object itself, as credentials do not.
    pub(super) names_object: bool,
}

/// Reads what was pasted, for an image that is to become the object at `place`.
pub(super) fn read(
    texts: &UploadTexts,
    locale: &dyn Locale,
    pasted: &str,
    image: Option<&ImageFacts>,
    now: i64,
    place: Place<'_>,
    route: &Route,
) -> Option<Read> {
    let means = Means::of(pasted)?;
    let file_size = image.map(|image| image.file_size);
    let source = file_size.map(|size| source(pasted, size, now, place, route));
    let problem = source.as_ref().and_then(|source| source.as_ref().err());
    let context = Context { texts, locale, now };
    let mut read = match means {
        Means::Url => context.url(pasted),
        Means::Ticket => match &source {
            Some(Ok(Source::Ticket(ticket))) => context.ticket(ticket, image),
            _ => Read::nothing(),
        },
        Means::Credentials => context.credentials(
            pasted,
            file_size,
            place,
            source.as_ref().and_then(|source| source.as_ref().ok()),
        ),
    };
    if read.problem.is_empty()
        && let Some(problem) = problem
    {
        read.problem = problem_text(texts, problem);
    }
    read.source = source.and_then(Result::ok);
    Some(read)
}

fn problem_text(texts: &UploadTexts, problem: &MeansError) -> String {
    match problem {
        // The obstacle beside the button says it.
        MeansError::TooLargeForUrl | MeansError::NoPlace => String::new(),
        problem => texts.say(&problem.sentence()),
    }
}

impl Read {
    fn nothing() -> Self {
        Self {
            problem: String::new(),
            blocks: Vec::new(),
            bucket: String::new(),
            key: String::new(),
            region: String::new(),
            source: None,
            is_hopeless: false,
            names_object: true,
        }
    }
}

struct Context<'a> {
    texts: &'a UploadTexts,
    locale: &'a dyn Locale,
    now: i64,
}

impl Context<'_> {
    fn url(&self, pasted: &str) -> Read {
        let texts = self.texts;
        let presigned = match Presigned::read(pasted, self.now) {
            Ok(presigned) => presigned,
            Err(problem) => {
                let problem = match problem {
                    NotPresigned::NoUrl => texts.upload_not_url,
                    NotPresigned::NotSigned => texts.upload_not_signed,
                };
                return Read { problem: problem.into(), ..Read::nothing() };
            }
        };
        let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| texts.upload_unknown.to_owned());
        let mut blocks = vec![Block::Facts(vec![
            [texts.upload_host.into(), presigned.host.clone()],
            [texts.upload_bucket.into(), shown(&presigned.bucket)],
            [texts.upload_key.into(), shown(&presigned.key)],
            [texts.upload_region.into(), shown(&presigned.region)],
            [texts.upload_expires.into(), self.expiry(presigned.expires, texts.upload_unknown)],
        ])];
        let warned = presigned.doubts.iter().map(|doubt| Block::toned(Tone::Warn, doubt_text(texts, doubt)));
        blocks.extend(warned);
        let hopeless = |doubt: &Doubt| matches!(doubt, Doubt::Expired | Doubt::OtherService(_));
        Read {
            blocks,
            is_hopeless: presigned.doubts.iter().any(hopeless),
            bucket: presigned.bucket.unwrap_or_default(),
            key: presigned.key.unwrap_or_default(),
            region: presigned.region.unwrap_or_default(),
            ..Read::nothing()
        }
    }

    fn ticket(&self, ticket: &Ticket, image: Option<&ImageFacts>) -> Read {
        let texts = self.texts;
        let mut facts = vec![
            [texts.upload_means.into(), texts.upload_ticket.into()],
            [texts.upload_host.into(), ticket.host.clone()],
            [texts.upload_bucket.into(), ticket.bucket.clone()],
            [texts.upload_key.into(), ticket.key.clone()],
            [texts.upload_region.into(), ticket.region.clone()],
            [texts.upload_expires.into(), self.expiry(Some(ticket.expires), texts.upload_unknown)],
            [texts.upload_parts.into(), self.parts(&ticket.plan)],
        ];
        facts.extend(ticket.file_name.clone().map(|name| [texts.upload_ticket_file.into(), name]));
        let mut blocks = vec![Block::Facts(facts)];
        if let (Some(made_for), Some(image)) = (&ticket.file_name, image)
            && *made_for != image.name
        {
            let values = [("name", made_for.as_str()), ("file", &image.name)];
            blocks.push(Block::toned(Tone::Warn, fill(texts.ticket_other_name, &values)));
        }
        if ticket.upload_id.is_some() {
            let without_list = if ticket.has_too_many_to_list() {
                texts.ticket_list_too_short
            } else {
                texts.ticket_without_list
            };
            let lacks = [
                (ticket.can_list(), without_list),
                (ticket.can_abort(), texts.ticket_without_abort),
                (ticket.can_read_back(), texts.ticket_without_head),
            ];
            let lacking = lacks.into_iter().filter(|(has, _)| !has);
            blocks.extend(lacking.map(|(_, text)| Block::toned(Tone::Soft, text)));
        }
        Read {
            blocks,
            bucket: ticket.bucket.clone(),
            key: ticket.key.clone(),
            region: ticket.region.clone(),
            ..Read::nothing()
        }
    }

    fn credentials(
        &self,
        pasted: &str,
        file_size: Option<u64>,
        place: Place<'_>,
        source: Option<&Source>,
    ) -> Read {
        let texts = self.texts;
        let credentials = match Credentials::read(pasted) {
            Ok(credentials) => credentials,
            Err(problem) => return Read { problem: texts.say(&problem.sentence()), ..Read::nothing() },
        };
        let kind = if credentials.are_permanent() {
            texts.upload_permanent_credentials
        } else {
            texts.upload_temporary_credentials
        };
        let named =
            |text: &str| if text.is_empty() { texts.upload_from_form.to_owned() } else { text.to_owned() };
        let mut facts = vec![
            [texts.upload_means.into(), kind.into()],
            [texts.upload_bucket.into(), named(place.bucket)],
            [texts.upload_key.into(), named(place.key)],
            [texts.upload_region.into(), named(place.region)],
            [texts.upload_expires.into(), self.expiry(credentials.expires(), texts.upload_not_stated)],
        ];
        // The image goes to this host, whatever the bucket's name makes one think.
        if let Some(host) = source.map(Source::host).or(credentials.endpoint()) {
            facts.insert(1, [texts.upload_host.into(), host.to_owned()]);
        }
        let plan = file_size.and_then(|size| PartPlan::for_file(size).ok());
        facts.extend(plan.map(|plan| [texts.upload_parts.into(), self.parts(&plan)]));
        let mut blocks = vec![Block::Facts(facts)];
        if credentials.are_permanent() {
            blocks.push(Block::toned(Tone::Warn, texts.upload_permanent_warning));
        }
        Read {
            blocks,
            is_hopeless: credentials.expires().is_some_and(|expires| expires <= self.now),
            bucket: place.bucket.to_owned(),
            key: place.key.to_owned(),
            region: place.region.to_owned(),
            names_object: false,
            ..Read::nothing()
        }
    }

    fn parts(&self, plan: &PartPlan) -> String {
        if plan.is_single() {
            return self.texts.upload_one_put.into();
        }
        let size = self.locale.size(plan.part_size().max(MIB));
        fill(
            self.texts.upload_parts_of,
            &[("count", &self.locale.number(plan.count().into())), ("size", &size)],
        )
    }

    #[expect(clippy::cast_precision_loss, reason = "a moment in this era")]
    fn expiry(&self, expires: Option<i64>, otherwise: &str) -> String {
        let texts = self.texts;
        let Some(expires) = expires else { return otherwise.into() };
        let moment = self.locale.moment(expires as f64 * 1000.0);
        let left = expires.saturating_sub(self.now);
        if left <= 0 {
            fill(texts.upload_expired, &[("moment", &moment)])
        } else {
            let duration = duration(texts, left as f64);
            fill(texts.upload_expires_in, &[("moment", &moment), ("duration", &duration)])
        }
    }
}

fn doubt_text(texts: &UploadTexts, doubt: &Doubt) -> String {
    match doubt {
        Doubt::Expired => texts.doubt_expired.into(),
        Doubt::SignedHeaders(headers) => fill(texts.doubt_headers, &[("headers", &headers.join(", "))]),
        Doubt::ChecksumOfNothing => texts.doubt_checksum.into(),
        Doubt::OtherService(service) => fill(texts.doubt_service, &[("service", service)]),
        Doubt::PartOfMultipart => texts.doubt_part.into(),
    }
}

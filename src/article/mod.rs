//! The document: one immutable normalised text, ranges over it, and what is known about where it came from.
//!
//! Nothing here reads, parses or detects; [`crate::ingest`] makes articles.

pub mod columns;
pub mod tables;

use std::path::PathBuf;
use std::sync::Arc;

use crate::text::TextRange;
use tables::Tables;

/// An article. All ranges lie in `text`, on grapheme boundaries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Article {
    /// The text that every position refers to. Holds no control characters but LF and tab.
    pub text: String,
    /// In reading order, not overlapping, without the white space between them.
    pub blocks: Vec<Block>,
    /// The blocks inside others of their kind (items of a list in a list, a quotation in a quotation): the byte where each begins and how
    /// many stand around it, in reading order.
    pub nested: Vec<(usize, u8)>,
    /// Which bytes of the table rows are which cells (Markdown, HTML).
    pub tables: Arc<Tables>,
    /// Links inside the text (Markdown, HTML), in reading order.
    pub links: Vec<Link>,
    /// What stood on the page and is not in `text` (HTML), in the order of the page.
    pub left_out: Vec<LeftOut>,
    /// What the article says of itself.
    pub meta: Meta,
    /// Where it came from.
    pub source: Source,
    /// What ingest wants the reader to know, one line each ("read as windows-1252").
    pub warnings: Vec<String>,
}

/// A stretch of the text with one role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Where, in bytes. A hard-wrapped paragraph holds its line feeds; they are drawn as spaces.
    pub range: TextRange,
    /// What it is.
    pub kind: BlockKind,
}

/// The role of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The headline. At most one.
    Title,
    /// Who wrote it ("By Jane Roe").
    Byline,
    /// The date line.
    Date,
    /// A heading inside the article, level 1 to 6.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// One item of a list.
    ListItem,
    /// A block quotation.
    Quote,
    /// A caption of a picture or table.
    Caption,
    /// "(With inputs from AP)", "Reporting by …": shown, not folded.
    Credit,
    /// Preformatted text: line feeds are kept when drawn.
    Code,
    /// One row of a table.
    TableRow,
    /// Page furniture, folded away; its findings do not count.
    Boilerplate(Reason),
}

impl BlockKind {
    /// The name in files and outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Byline => "byline",
            Self::Date => "date",
            Self::Heading(_) => "heading",
            Self::Paragraph => "paragraph",
            Self::ListItem => "list_item",
            Self::Quote => "quote",
            Self::Caption => "caption",
            Self::Credit => "credit",
            Self::Code => "code",
            Self::TableRow => "table_row",
            Self::Boilerplate(_) => "boilerplate",
        }
    }

    /// True for furniture.
    #[must_use]
    pub fn is_boilerplate(self) -> bool {
        matches!(self, Self::Boilerplate(_))
    }
}

/// Why a block counts as furniture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// "Also Read: …", a teaser for another article.
    RelatedLink,
    /// "Source link".
    SourceLink,
    /// The author's profile.
    AuthorBox,
    /// "Leave a Reply" and what follows.
    CommentForm,
    /// Share buttons, counts, "Follow us".
    ShareBar,
    /// Sign-up and subscription lines.
    Newsletter,
    /// Cookie and consent lines.
    Cookie,
    /// Photo captions and credits amid scraped text.
    Caption,
    /// Lists of tags and topics.
    Tags,
    /// Menus, "Home > World", "Skip to content".
    Navigation,
    /// Copyright and legal lines.
    Legal,
    /// "Advertisement".
    Advertisement,
    /// A line above a mail that is neither its subject, its sender nor its date.
    MailHeader,
    /// The signature under a mail.
    Signature,
    /// The web page holds it but does not show it.
    Hidden,
    /// Words of the article that the web page prints a second time, set large.
    Repeated,
    /// On the web page, but not in its article.
    Outside,
    /// What the author says is to be seen in a picture, for those who do not see it.
    Picture,
    /// The reader said so.
    Reader,
}

impl Reason {
    /// The words shown to the reader and written to files.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::RelatedLink => "related link",
            Self::SourceLink => "source link",
            Self::AuthorBox => "author box",
            Self::CommentForm => "comment form",
            Self::ShareBar => "share bar",
            Self::Newsletter => "newsletter",
            Self::Cookie => "cookie notice",
            Self::Caption => "caption",
            Self::Tags => "tags",
            Self::Navigation => "navigation",
            Self::Legal => "legal notice",
            Self::Advertisement => "advertisement",
            Self::MailHeader => "mail header",
            Self::Signature => "signature",
            Self::Hidden => "hidden on the page",
            Self::Repeated => "pull quote",
            Self::Outside => "outside the article",
            Self::Picture => "picture",
            Self::Reader => "marked by you",
        }
    }
}

/// What the reader says a stretch of the text is, against the program's own judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fold {
    /// "This is text": furniture there becomes a paragraph.
    Text,
    /// "This is furniture": what stands there is folded, for [`Reason::Reader`].
    Furniture,
}

/// A link: the words that carry it and where it leads. Never fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The linked words.
    pub range: TextRange,
    /// The target as written.
    pub target: String,
    /// The byte of this article's text that it leads to, for a note, its mark or a heading.
    pub within: Option<usize>,
}

/// A piece of a page that is not in the article's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The byte of the article's text that it stood before; the blocks that end there come first.
    pub at: usize,
    /// Its words. Untrusted.
    pub text: String,
    /// Why it is not part of the article.
    pub reason: Reason,
}

/// What the article says of itself. Untrusted: draw through [`crate::text::sanitize::line`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meta {
    /// The headline.
    pub title: Option<String>,
    /// The authors, one each.
    pub byline: Vec<String>,
    /// The date of publication as written; of a web page, as ISO 8601.
    pub published: Option<String>,
    /// Who published it: the paper, the agency.
    pub publisher: Option<String>,
    /// BCP 47 language tag, when declared or detected.
    pub lang: Option<String>,
    /// The canonical address.
    pub url: Option<String>,
}

/// Where an article came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// The file, when there is one.
    pub path: Option<PathBuf>,
    /// `text/plain`, `text/markdown`, `text/html`.
    pub media_type: &'static str,
    /// Which reader made the text, with its version: `plain/1`. Offsets are comparable only within one.
    pub extractor: &'static str,
    /// The charset the bytes were decoded from, as the Encoding Standard names it.
    pub encoding: &'static str,
    /// The bytes as they were read, for the digest in the notes file.
    pub raw_len: u64,
}

/// True when a list item begins with the bullet or number that its author typed, as in plain text.
#[must_use]
pub fn has_own_mark(item: &str) -> bool {
    item.starts_with(['-', '*', '•', '–', '+', '·']) || item.starts_with(|c: char| c.is_ascii_digit())
}

impl Article {
    /// How many blocks of its kind stand around a block.
    #[must_use]
    pub fn level_of(&self, block: &Block) -> u8 {
        self.nested.binary_search_by_key(&block.range.start(), |(at, _)| *at).map_or(0, |i| self.nested[i].1)
    }

    /// The index of the block that holds byte `at`, or of the nearest before it.
    #[must_use]
    pub fn block_at(&self, at: usize) -> Option<usize> {
        self.blocks.partition_point(|b| b.range.start() <= at).checked_sub(1)
    }

    /// The index of the link whose words hold byte `at`.
    #[must_use]
    pub fn link_at(&self, at: usize) -> Option<usize> {
        let before = self.links.partition_point(|l| l.range.start() <= at).checked_sub(1)?;
        (at < self.links[before].range.end()).then_some(before)
    }

    /// The links that lead out of the article and can be opened, in reading order: the first is number 1.
    pub fn numbered_links(&self) -> impl Iterator<Item = &Link> {
        self.links.iter().filter(|l| l.within.is_none() && self.leads_out(l))
    }

    /// True for a web or mail address; one that is written short is one when the article's own address is known.
    fn leads_out(&self, link: &Link) -> bool {
        let target = link.target.trim();
        let first = target.split(['/', '?', '#']).next().unwrap_or_default();
        match first.split_once(':') {
            _ if target.is_empty() || target.starts_with('#') => false,
            Some((scheme, _)) => ["http", "https", "mailto"].iter().any(|s| s.eq_ignore_ascii_case(scheme)),
            None => self.meta.url.is_some(),
        }
    }

    /// The headline, the file name, or "untitled". Untrusted.
    #[must_use]
    pub fn name(&self) -> String {
        if let Some(title) = &self.meta.title {
            return title.clone();
        }
        let file = self.source.path.as_deref().and_then(std::path::Path::file_name);
        file.map_or_else(|| "untitled".into(), |f| f.to_string_lossy().into_owned())
    }

    /// True for a block that is folded away. What a web page says under a picture is furniture, in which nothing is looked for, and is shown
    /// all the same: it is told from the text by its looks.
    #[must_use]
    pub fn folds_away(&self, block: &Block) -> bool {
        block.kind.is_boilerplate() && !self.is_caption(block)
    }

    /// True for what a web page says under a picture.
    #[must_use]
    pub fn is_caption(&self, block: &Block) -> bool {
        block.kind == BlockKind::Boilerplate(Reason::Caption) && self.source.media_type == "text/html"
    }

    /// What the pictures of the page show, in their author's words, with the byte that each stands before.
    pub fn pictures(&self) -> impl Iterator<Item = (usize, String)> {
        self.left_out.iter().filter(|l| l.reason == Reason::Picture).map(|l| (l.at, format!("[image: {}]", l.text)))
    }

    /// What of the page is not in the text, counted: "14 lines left out: navigation, related link"; nothing when all of it is. The headline as
    /// the page prints it is not counted, nor are the words of pictures: they are shown.
    #[must_use]
    pub fn left_out_words(&self) -> Option<String> {
        let letters = |s: &str| -> String { s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
        let title = self.meta.title.as_deref().map(letters);
        let is_title = |l: &&LeftOut| l.text.len() <= 400 && title.as_ref().is_some_and(|t| *t == letters(&l.text));
        let mut reasons: Vec<(&str, usize)> = Vec::new();
        let mut count = 0;
        for piece in self.left_out.iter().filter(|l| !is_title(l) && l.reason != Reason::Picture) {
            count += 1;
            let words = piece.reason.words();
            match reasons.iter_mut().find(|(w, _)| *w == words) {
                Some((_, n)) => *n += 1,
                None => reasons.push((words, 1)),
            }
        }
        reasons.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let reasons: Vec<&str> = reasons.into_iter().map(|(words, _)| words).collect();
        let lines = if count == 1 { "1 line".to_owned() } else { format!("{count} lines") };
        (count > 0).then(|| format!("{lines} left out: {}", reasons.join(", ")))
    }

    /// The blocks that are read: all but furniture, with their indices.
    pub fn body(&self) -> impl Iterator<Item = (usize, &Block)> {
        self.blocks.iter().enumerate().filter(|(_, b)| !b.kind.is_boilerplate())
    }

    /// The blocks as the reader corrected them: every block that shares a byte with a range takes what the reader says of it. Later
    /// corrections win over earlier ones; the article itself stays as it was read.
    #[must_use]
    pub fn with_folds(&self, corrections: &[(TextRange, Fold)]) -> Vec<Block> {
        let mut blocks = self.blocks.clone();
        for &(range, fold) in corrections {
            let from = blocks.partition_point(|b| b.range.end() <= range.start());
            for block in blocks.iter_mut().skip(from).take_while(|b| b.range.overlaps(range)) {
                block.kind = match fold {
                    Fold::Text if block.kind.is_boilerplate() => BlockKind::Paragraph,
                    Fold::Text => block.kind,
                    Fold::Furniture => BlockKind::Boilerplate(Reason::Reader),
                };
            }
        }
        blocks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_out_is_counted() {
        let piece = |text: &str, reason| LeftOut { at: 0, text: text.into(), reason };
        let mut article = Article { meta: Meta { title: Some("The pier".into()), ..Meta::default() }, ..Article::default() };
        assert_eq!(article.left_out_words(), None);
        article.left_out = vec![piece("THE PIER", Reason::Outside)];
        assert_eq!(article.left_out_words(), None, "the headline stands above the text");
        article.left_out.extend([piece("Share", Reason::ShareBar), piece("Home", Reason::Navigation), piece("News", Reason::Navigation)]);
        assert_eq!(article.left_out_words().as_deref(), Some("3 lines left out: navigation, share bar"));
    }

    #[test]
    fn links_that_cannot_be_opened_have_no_number() {
        let targets =
            ["javascript:alert(1)", "https://example.org", "#part", "mailto:ana@example.org", "/a", "data:text/html,x", "HTTP://b.example"];
        let links = targets.iter().map(|t| Link { range: (0..1).into(), target: (*t).to_owned(), within: None }).collect();
        let mut article = Article { links, ..Article::default() };
        let numbered = |a: &Article| a.numbered_links().map(|l| l.target.clone()).collect::<Vec<_>>();
        assert_eq!(numbered(&article), ["https://example.org", "mailto:ana@example.org", "HTTP://b.example"]);
        article.meta.url = Some("https://example.org/page".into());
        assert!(numbered(&article).contains(&"/a".to_owned()), "it is joined to the page's address");
    }

    #[test]
    fn the_readers_word_on_folds_counts() {
        let block = |range: std::ops::Range<usize>, kind| Block { range: range.into(), kind };
        let article = Article {
            text: "Head\nProse\nAlso Read: x\nMore".into(),
            blocks: vec![
                block(0..4, BlockKind::Heading(2)),
                block(5..10, BlockKind::Paragraph),
                block(11..23, BlockKind::Boilerplate(Reason::RelatedLink)),
                block(24..28, BlockKind::Paragraph),
            ],
            ..Article::default()
        };
        let kinds = |corrections: &[(TextRange, Fold)]| -> Vec<_> { article.with_folds(corrections).iter().map(|b| b.kind).collect() };
        let (h, p) = (BlockKind::Heading(2), BlockKind::Paragraph);
        let (related, reader) = (BlockKind::Boilerplate(Reason::RelatedLink), BlockKind::Boilerplate(Reason::Reader));
        assert_eq!(kinds(&[((12..13).into(), Fold::Text)]), [h, p, p, p]);
        assert_eq!(kinds(&[((0..10).into(), Fold::Furniture)]), [reader, reader, related, p]);
        assert_eq!(kinds(&[((0..10).into(), Fold::Furniture), ((5..6).into(), Fold::Text)]), [reader, p, related, p]);
        assert_eq!(kinds(&[((10..11).into(), Fold::Furniture)]), [h, p, related, p], "a line feed belongs to no block");
    }
}

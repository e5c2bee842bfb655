//! Which stretches of a page are the article: the best path through the lines, each of which speaks for or against being text.
//!
//! A line by itself says little: a heading looks like a menu entry, a reader's comment like prose. So every line is weighed with
//! its neighbours: changing between text and furniture costs, and a line such as "Leave a Reply" makes it cheap to leave the
//! article for good.

/// What a line brings to the search for the best path.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Weighed {
    /// Above 0 for text, below for furniture.
    pub(super) text: f32,
    /// What is gained by ending the article here.
    pub(super) ends: f32,
    /// How much it looks like what stands behind articles: comments, teasers.
    pub(super) after: f32,
    /// Stands for itself amid the text, as "Also Read: …" does: leaving the text for it and coming back is cheap.
    pub(super) alone: bool,
}

/// Where the page is, line by line.
const BEFORE: usize = 0;
const TEXT: usize = 1;
const ASIDE: usize = 2;
const AFTER: usize = 3;

/// Costs of changing: into the article, out of it for some lines and back, and for good.
const BEGIN: f32 = 0.5;
const LEAVE: f32 = 1.6;
const RETURN: f32 = 1.6;
const FINISH: f32 = 2.0;
const CHEAP: f32 = 0.4;

/// For each line, whether it is furniture.
pub(super) fn furniture(lines: &[Weighed]) -> Vec<bool> {
    let mut score = [0.0, -BEGIN, f32::NEG_INFINITY, f32::NEG_INFINITY];
    let mut came: Vec<[u8; 4]> = Vec::with_capacity(lines.len());
    let mut alone = false;
    for (i, line) in lines.iter().enumerate() {
        let mut from = [BEFORE, TEXT, ASIDE, AFTER];
        let mut best = score;
        let mut step = |to: usize, source: usize, value: f32| {
            if value > best[to] {
                best[to] = value;
                from[to] = source;
            }
        };
        if i > 0 {
            step(TEXT, BEFORE, score[BEFORE] - BEGIN);
            step(TEXT, ASIDE, score[ASIDE] - if alone { CHEAP } else { RETURN });
            step(ASIDE, TEXT, score[TEXT] - if line.alone { CHEAP } else { LEAVE });
            step(AFTER, TEXT, score[TEXT] - FINISH + line.ends);
            step(AFTER, AFTER, score[AFTER] + line.ends);
        }
        best[TEXT] += line.text;
        best[AFTER] += line.after;
        came.push([0, 1, 2, 3].map(|to: usize| u8::try_from(from[to]).unwrap_or(0)));
        score = best;
        alone = line.alone;
    }
    let mut state = (0..4).max_by(|a, b| score[*a].total_cmp(&score[*b])).unwrap_or(TEXT);
    let mut out = vec![false; lines.len()];
    for (i, from) in came.iter().enumerate().rev() {
        if let Some(flag) = out.get_mut(i) {
            *flag = state != TEXT;
        }
        state = usize::from(from[state]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(lines: &[(f32, f32)]) -> String {
        let lines: Vec<_> = lines.iter().map(|&(text, ends)| Weighed { text, ends, alone: text == -6.0, after: 0.0 }).collect();
        furniture(&lines).iter().map(|f| if *f { '-' } else { 'T' }).collect()
    }

    #[test]
    fn neighbours_decide_for_weak_lines() {
        assert_eq!(path(&[(-1.0, 0.0), (-1.0, 0.0), (3.0, 0.0), (-0.4, 0.0), (3.0, 0.0), (-1.0, 0.0)]), "--TTTT");
        assert_eq!(path(&[(3.0, 0.0), (-6.0, 0.0), (3.0, 0.0)]), "T-T");
        assert_eq!(path(&[(3.0, 0.0), (3.0, 0.0), (-1.0, 0.0), (-1.0, 0.0), (-1.0, 0.0)]), "TT---");
    }

    #[test]
    fn comments_after_the_end_are_not_text() {
        assert_eq!(path(&[(3.0, 0.0), (3.0, 0.0), (-4.0, 6.0), (2.0, 0.0), (2.0, 0.0)]), "TT---");
        assert_eq!(path(&[(4.0, 0.0), (-4.0, 1.0), (3.0, 0.0), (3.0, 0.0), (3.0, 0.0)]), "T-TTT");
        assert_eq!(path(&[]), "");
    }
}

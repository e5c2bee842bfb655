//! Pairing marks inside one block. One pass with a stack; every look-ahead is bounded by a constant number of marks.

use super::marks::{Family, Fit, Mark};

/// How many marks a look-ahead may pass.
const AHEAD: usize = 24;
/// How deep quotations nest.
const DEEPEST: usize = 8;

/// Two marks that belong together, as indices into the block's marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    /// The opening mark; none when the quotation was opened in an earlier block and not re-opened here.
    pub open: Option<usize>,
    /// The closing mark; none when it is never closed in this block.
    pub close: Option<usize>,
    /// How many quotations it lies in.
    pub depth: usize,
}

#[derive(Debug, Clone, Copy)]
struct Open {
    mark: Option<usize>,
    family: Family,
    low: bool,
    /// For single marks: the mark that closes it, found when it was opened.
    close: Option<usize>,
}

/// What the block before left open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Carried {
    pub family: Family,
}

/// Pairs the marks of a block. `carried`: a quotation goes on from the block before without being re-opened here.
/// `single_may_stay_open`: the next block re-opens a single mark. The result is in order of the opening marks.
pub(super) fn pairs(marks: &[Mark], carried: Option<Carried>, single_may_stay_open: bool) -> Vec<Pair> {
    let mut found: Vec<Pair> = Vec::new();
    let mut stack: Vec<Open> = Vec::new();
    if let Some(carried) = carried {
        stack.push(Open { mark: None, family: carried.family, low: false, close: None });
    }
    for (i, mark) in marks.iter().enumerate() {
        match mark.family {
            Family::Single => single(marks, i, &mut stack, &mut found, single_may_stay_open),
            _ => double(marks, i, &mut stack, &mut found),
        }
    }
    // Never closed: it ends with the block. Only the outermost can be meant.
    if let Some(open) = stack.first() {
        found.push(Pair { open: open.mark, close: None, depth: 0 });
    }
    found.sort_by_key(|p| p.open.map_or(0, |o| o + 1));
    found
}

/// Closes the quotation at `level` of the stack with mark `i`; what lies unclosed inside it was none.
fn close(stack: &mut Vec<Open>, found: &mut Vec<Pair>, level: usize, i: usize) {
    let open = stack[level].mark;
    stack.truncate(level);
    found.push(Pair { open, close: Some(i), depth: level });
}

fn double(marks: &[Mark], i: usize, stack: &mut Vec<Open>, found: &mut Vec<Pair>) {
    let mark = &marks[i];
    let level = stack.iter().rposition(|o| o.family == mark.family);
    let push = |stack: &mut Vec<Open>| {
        if stack.len() < DEEPEST {
            stack.push(Open { mark: Some(i), family: mark.family, low: mark.low, close: None });
        }
    };
    let Some(level) = level else {
        if mark.opens >= Fit::Weak && !mark.measure && (mark.opens == Fit::Strong || mark.closes < Fit::Strong) {
            push(stack);
        } else if mark.glyph == '"'
            && mark.after_comma
            && marks.get(i + 1).is_some_and(|m| m.glyph == '"' && m.opens < Fit::Strong && m.closes == Fit::Strong && !m.measure)
        {
            push(stack); // `schools," For example … now".`: a space on the wrong side
        }
        return;
    };
    let low = stack[level].low;
    let closes = mark.closes >= Fit::Weak || (low && !mark.low);
    if mark.opens == Fit::Strong && !(low && mark.closes >= Fit::Weak) && !(low && closes_low(marks, i)) {
        // Opened again inside: nested when enough closing marks follow, else the earlier one was never closed.
        if nests(marks, i, level + 1) {
            push(stack);
        } else if marks[i].opens == Fit::Strong && mark.closes == Fit::No || !closes {
            stack.truncate(level);
            push(stack);
        } else {
            close(stack, found, level, i);
        }
    } else if closes && !(mark.measure && is_inch(marks, i)) {
        close(stack, found, level, i);
    }
}

/// `“` after a low mark closes it when what comes next is not another closing mark.
fn closes_low(marks: &[Mark], i: usize) -> bool {
    let mark = &marks[i];
    let next = marks.iter().skip(i + 1).take(AHEAD).find(|m| m.family == mark.family);
    next.is_none_or(|m| m.opens == Fit::Strong || m.low)
}

/// True when the marks after the opening mark `i` close it and everything open around it.
fn nests(marks: &[Mark], i: usize, outside: usize) -> bool {
    let mut depth = outside.min(1) + 1;
    for m in marks.iter().skip(i + 1).take(AHEAD).filter(|m| m.family == marks[i].family) {
        if m.opens == Fit::Strong {
            depth += 1;
        } else if m.closes >= Fit::Weak {
            depth -= 1;
        }
        if depth == 0 {
            return true;
        }
        // Back to the outer level and opened once more: `“a “b” c” … “d”`
        if depth > 3 {
            return false;
        }
    }
    false
}

/// A mark after a number inside a quotation: inches when the next mark closes better.
fn is_inch(marks: &[Mark], i: usize) -> bool {
    let next = marks.iter().skip(i + 1).take(AHEAD).find(|m| m.family == marks[i].family);
    next.is_some_and(|m| m.closes == Fit::Strong && m.opens < Fit::Strong && !m.measure)
}

fn single(marks: &[Mark], i: usize, stack: &mut Vec<Open>, found: &mut Vec<Pair>, may_stay_open: bool) {
    let mark = &marks[i];
    if let Some(level) = stack.iter().rposition(|o| o.family == Family::Single && o.close == Some(i)) {
        close(stack, found, level, i);
        return;
    }
    if let Some(top) = stack.last()
        && top.family == Family::Single
        && top.close.is_none()
        && mark.closes == Fit::Strong
    {
        close(stack, found, stack.len() - 1, i);
        return;
    }
    if mark.opens == Fit::No || stack.len() >= DEEPEST {
        return;
    }
    let inside_double = stack.last().is_some_and(|o| o.family != Family::Single);
    let end = single_close(marks, i, inside_double, true).or_else(|| single_close(marks, i, inside_double, false));
    let stays_open = end.is_none() && mark.opens == Fit::Strong && stack.is_empty() && may_stay_open;
    if end.is_some() || stays_open {
        stack.push(Open { mark: Some(i), family: Family::Single, low: mark.low, close: end });
    }
}

/// The mark that closes the single quotation opened at `i`. A mark that may be a possessive's apostrophe closes it only when no better one
/// follows before the next opening mark. `same_style`: a straight mark is closed by a straight one alone, a curly one by a curly one.
fn single_close(marks: &[Mark], i: usize, inside_double: bool, same_style: bool) -> Option<usize> {
    let straight = marks[i].glyph == '\'';
    let mut weak = None;
    let mut doubles = 0usize;
    for (k, m) in marks.iter().enumerate().skip(i + 1).take(AHEAD) {
        if m.family != Family::Single {
            if m.opens == Fit::Strong || (doubles == 0 && !inside_double && m.opens >= Fit::Weak) {
                doubles += 1;
            } else if doubles > 0 {
                doubles -= 1;
            } else if inside_double {
                break; // the quotation around it ends here
            }
            continue;
        }
        if doubles > 0 || (same_style && (m.glyph == '\'') != straight) {
            continue;
        }
        let low_close = marks[i].low && m.opens == Fit::Strong;
        if m.closes == Fit::Strong || low_close {
            return Some(k);
        }
        if m.opens == Fit::Strong {
            break;
        }
        if m.closes == Fit::Weak && weak.is_none() {
            weak = Some(k);
        }
    }
    if marks[i].opens == Fit::Strong { weak } else { None }
}

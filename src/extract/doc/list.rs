//! Lists: definitions with their levels, and the uses that paragraphs name (MS-DOC 2.9.131,
//! 2.9.150).

use std::collections::HashMap;

use super::bytes::i32_at;
use super::bytes::size_at;
use super::bytes::slice;
use super::bytes::u16_at;
use super::bytes::u32_at;
use super::bytes::utf16;
use super::property::CharProperties;
use crate::extract::list::LEVELS;
use crate::extract::list::List;
use crate::extract::list::Lists;
use crate::extract::number::Level;
use crate::text::Legacy;

/// Length of the description of a list, of a level without its variable part, of a use.
const LIST: usize = 28;
const LEVEL: usize = 28;
const USE: usize = 16;

/// Reads all lists; the id of each is the number of its use.
pub(super) fn read(definitions: &[u8], uses: &[u8], fonts: &[Option<Legacy>]) -> Lists {
    let defined = defined(definitions, fonts);
    let mut lists = Lists::default();
    let n_uses = size_at(uses, 0).unwrap_or(0).min(uses.len() / USE);
    let mut at = 4 + USE * n_uses;
    for number in 0..n_uses {
        let entry = 4 + USE * number;
        let Some(id) = u32_at(uses, entry) else { break };
        let n_changes = uses.get(entry + 12).copied().unwrap_or_default();
        let mut list = List {
            definition: id.to_string(),
            levels: defined.get(&id).cloned().unwrap_or_else(plain),
            starts: Vec::new(),
        };
        at += 4;
        for _ in 0..n_changes {
            if change(uses, &mut at, &mut list, fonts).is_none() {
                break;
            }
        }
        lists.add((number + 1).to_string(), list);
    }
    lists
}

fn plain() -> Vec<Level> {
    (0..LEVELS).map(Level::plain).collect()
}

/// What one use changes of one level.
fn change(bytes: &[u8], at: &mut usize, list: &mut List, fonts: &[Option<Legacy>]) -> Option<()> {
    let start = i32_at(bytes, *at)?;
    let flags = u32_at(bytes, *at + 4)?;
    *at += 8;
    let which = usize::try_from(flags & 0x0f).ok()?;
    if flags & 0x10 != 0 && flags & 0x20 == 0 {
        list.starts.push((which, u32::try_from(start).ok()?));
    }
    if flags & 0x20 != 0 {
        let level = level(bytes, at, fonts)?;
        if flags & 0x10 != 0 {
            list.starts.push((which, level.start));
        }
        *list.levels.get_mut(which)? = level;
    }
    Some(())
}

/// The levels of each definition; they stand behind all the descriptions.
fn defined(bytes: &[u8], fonts: &[Option<Legacy>]) -> HashMap<u32, Vec<Level>> {
    let n_lists = usize::from(u16_at(bytes, 0).unwrap_or_default());
    let mut at = 2 + LIST * n_lists;
    let mut found = HashMap::new();
    for number in 0..n_lists {
        let entry = 2 + LIST * number;
        let Some((id, flags)) = u32_at(bytes, entry).zip(bytes.get(entry + 26)) else {
            break;
        };
        let mut levels = plain();
        let n_levels = if flags & 1 == 0 { LEVELS } else { 1 };
        for slot in levels.iter_mut().take(n_levels) {
            match level(bytes, &mut at, fonts) {
                Some(level) => *slot = level,
                None => return found,
            }
        }
        found.insert(id, levels);
    }
    found
}

fn level(bytes: &[u8], at: &mut usize, fonts: &[Option<Legacy>]) -> Option<Level> {
    let fixed = slice(bytes, *at, LEVEL)?;
    let flags = *fixed.get(5)?;
    let n_chars = usize::from(*fixed.get(24)?);
    let n_paragraph = usize::from(*fixed.get(25)?);
    let chars = slice(bytes, *at + LEVEL + n_paragraph, n_chars)?;
    let text_at = *at + LEVEL + n_paragraph + n_chars;
    let n_units = usize::from(u16_at(bytes, text_at)?);
    let text = utf16(bytes, text_at + 2, n_units)?;
    *at = text_at + 2 + 2 * n_units;
    let places = fixed.get(6..15)?;
    let font = CharProperties::default().changed_by(chars).font;
    Some(Level {
        format: (*fixed.get(4)?).into(),
        text: pattern(&text, places),
        start: u32::try_from(i32_at(fixed, 0)?).unwrap_or(0),
        restart: (flags & 0x08 != 0).then(|| u32::from(fixed.get(26).copied().unwrap_or_default())),
        is_decimal: flags & 0x04 != 0,
        encoding: font.and_then(|font| *fonts.get(usize::from(font))?),
    })
}

/// `%1` for the character at each of `places`, from 1: it is the number of a level, from 0.
fn pattern(text: &str, places: &[u8]) -> String {
    let mut out = String::new();
    for (place, c) in (1_u8..).zip(text.chars().take(200)) {
        if places.contains(&place) && (c as u32) < 9 {
            out.push('%');
            out.push(char::from_digit(c as u32 + 1, 10).unwrap_or('1'));
        } else {
            out.push(c);
        }
    }
    out
}
